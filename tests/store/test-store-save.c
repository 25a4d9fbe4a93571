/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is saved is on disk: a line, its row, its opening; what may not be saved changes nothing. */
#include "store-folder.h"

#include <string.h>

#include "store/mc-chain.h"

static void
test_create_makes_a_private_file_of_ours (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *data = NULL;
  GStatBuf info;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  data = g_path_get_dirname (folder.db);
  g_assert_cmpint (g_stat (data, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (g_stat (folder.db, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  assert_raw_integer (folder.db, "PRAGMA application_id", MC_DATABASE_APPLICATION_ID);
  assert_raw_integer (folder.db, "PRAGMA user_version", mc_database_newest_schema ());
  assert_raw_text (folder.db, "PRAGMA journal_mode", "wal");
  g_assert_cmpint (mc_store_get_mode (store), ==, MC_STORE_MODE_WRITE);
}

static void
test_first_line_is_the_device (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_assert_true (mc_uuid_is_valid (mc_store_get_device (store)));
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 1);
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.entity') FROM change WHERE seq = 1", "device");
  assert_raw_text (folder.db, "SELECT device FROM chain", mc_store_get_device (store));
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.set.public_key') = lower (hex (public_key)) FROM change JOIN chain ON chain.n = change.chain", "1");
  assert_raw_text (folder.db, "SELECT id FROM device", mc_store_get_device (store));
}

static void
test_save_writes_line_and_row (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autoptr (McRecord) facility = NULL;
  g_autoptr (McRecord) loaded = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  facility = new_facility ("Home", area);
  mc_record_set_integer (facility, "beds", 120);
  store_save_ok (store, NULL, facility);
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 3);
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.set.beds') FROM change WHERE seq = 3", "120");
  assert_raw_integer (folder.db, "SELECT beds FROM facility", 120);
  assert_raw_integer (folder.db, "SELECT instr (search_key, CAST ('home' AS BLOB)) > 0 FROM facility", 1);
  loaded = store_load_ok (store, "facility", mc_record_get_id (facility));
  g_assert_true (mc_record_equal_values (loaded, facility));
  g_assert_cmpuint (mc_record_get_state (loaded), ==, 0);
}

static void
test_lines_stand_in_a_chain (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  McDigest link;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  mc_chain_start (mc_store_get_device (store), &link);
  for (guint seq = 1; seq <= 2; seq++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT line FROM change WHERE seq = %u", seq);
      g_autofree char *line = raw_text (folder.db, sql);
      g_autofree char *compare = NULL;
      McDigest digest;
      char digest_hex[65], link_hex[65];

      mc_digest_of (line, strlen (line), &digest);
      mc_chain_next (&link, &digest, &link);
      mc_digest_to_hex (&digest, digest_hex);
      mc_digest_to_hex (&link, link_hex);
      compare = g_strdup_printf ("SELECT lower (hex (digest)) = '%s' AND lower (hex (link)) = '%s' FROM change WHERE seq = %u", digest_hex, link_hex, seq);
      assert_raw_integer (folder.db, compare, 1);
    }
}

static void
test_second_save_names_what_it_replaces (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (McRecord) loaded = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  id = store_add_facility (store, "Home", area);
  base = store_load_ok (store, "facility", id);
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "name", "House");
  store_save_ok (store, base, edited);
  expected = g_strdup_printf ("{\"name\":[\"%s:3\"]}", mc_store_get_device (store));
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.was') FROM change WHERE seq = 4", expected);
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.set') FROM change WHERE seq = 4", "{\"name\":\"House\"}");
  assert_raw_text (folder.db, "SELECT name FROM facility", "House");
  loaded = store_load_ok (store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (loaded), ==, 0);
  /* Nothing differs: no line. */
  store_save_ok (store, loaded, loaded);
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 4);
}

/* `was` is what the person saw, never what is stored: what arrived in between becomes a conflict, not a reversal. */
static void
test_stale_base_becomes_a_conflict (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *id = NULL;
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) first = NULL;
  g_autoptr (McRecord) second = NULL;
  g_autoptr (McRecord) loaded = NULL;
  g_autoptr (McTransaction) pick = mc_transaction_new ();
  g_autoptr (McRecord) settled = NULL;
  g_autoptr (GPtrArray) choices = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  id = store_add_facility (store, "Home", area);
  base = store_load_ok (store, "facility", id);
  first = mc_record_copy (base);
  mc_record_set_integer (first, "beds", 100);
  mc_record_set_text (first, "name", "One");
  store_save_ok (store, base, first);
  second = mc_record_copy (base);
  mc_record_set_text (second, "name", "Two");
  store_save_ok (store, base, second);
  loaded = store_load_ok (store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (loaded), ==, MC_RECORD_CONFLICT);
  g_assert_true (mc_record_field_in_conflict (loaded, "name"));
  g_assert_false (mc_record_field_in_conflict (loaded, "beds"));
  g_assert_cmpint (mc_record_get_integer (loaded, "beds", 0), ==, 100);
  assert_raw_integer (folder.db, "SELECT state FROM facility", MC_RECORD_CONFLICT);
  assert_raw_integer (folder.db, "SELECT whole_state FROM facility", MC_RECORD_CONFLICT);
  choices = mc_store_conflict_choices (store, "facility", id, "name", NULL);
  g_assert_cmpuint (choices->len, ==, 2);

  mc_transaction_pick (pick, loaded, "name", mc_record_get (first, "name"));
  g_assert_true (mc_store_commit (store, pick, NULL));
  settled = store_load_ok (store, "facility", id);
  g_assert_cmpuint (mc_record_get_state (settled), ==, 0);
  g_assert_cmpstr (mc_record_get_text (settled, "name"), ==, "One");
  assert_raw_integer (folder.db, "SELECT whole_state FROM facility", 0);
}

static void
test_personal_values_stand_sealed_in_the_line (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autoptr (McRecord) facility = NULL;
  g_autoptr (McRecord) loaded = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  facility = new_facility ("Home", area);
  mc_record_set_text (facility, "contact_phone", "13800001111");
  store_save_ok (store, NULL, facility);
  assert_raw_integer (folder.db, "SELECT count(*) FROM change WHERE instr (line, '13800001111') > 0", 0);
  assert_raw_integer (folder.db,
                      "SELECT count(*) FROM change JOIN opened ON json_extract (line, '$.set.contact_phone.sealed') = lower (hex (opened.digest)) "
                      "WHERE value = '13800001111' AND length (salt) = 16", 1);
  assert_raw_text (folder.db, "SELECT contact_phone FROM facility", "13800001111");
  loaded = store_load_ok (store, "facility", mc_record_get_id (facility));
  g_assert_cmpstr (mc_record_get_text (loaded, "contact_phone"), ==, "13800001111");
}

typedef struct
{
  const char *key;
  const char *text; /* NULL: null */
  gboolean as_integer;
} Refusal;

static void
test_wrong_values_are_refused (void)
{
  static const Refusal cases[] = {
    { "name", NULL, FALSE },
    { "area", NULL, FALSE },
    { "area", "00000000-0000-4000-8000-000000000000", FALSE },
    { "area", "Nanhu", FALSE },
    { "registered_on", "2026-02-30", FALSE },
    { "registered_on", "2026-2-03", FALSE },
    { "registered_on", "0000-01-01", FALSE },
    { "beds", "12", FALSE },
    { "kind", "7", TRUE },
    { "sample_fields", "b\na", FALSE },
    { "sample_fields", "a\na", FALSE },
  };
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) facility = new_facility ("Home", area);
      g_autoptr (GError) error = NULL;

      if (cases[i].as_integer)
        mc_record_set_integer (facility, cases[i].key, 7);
      else
        mc_record_set_text (facility, cases[i].key, cases[i].text);
      g_assert_false (mc_store_save (store, NULL, facility, &error));
      g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
      g_test_message ("%s", error->message);
    }
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 2);
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility", 0);
  assert_raw_integer (folder.db, "SELECT count(*) FROM opened", 0);
}

static void
test_transaction_is_all_or_nothing (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (McRecord) good = NULL;
  g_autoptr (McRecord) bad = NULL;
  g_autoptr (McRecord) last = NULL;
  g_autoptr (GError) error = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  good = new_facility ("Good", area);
  mc_record_set_text (good, "contact_phone", "13800001111");
  bad = new_facility ("Bad", "00000000-0000-4000-8000-000000000000");
  mc_transaction_save (transaction, NULL, good);
  mc_transaction_save (transaction, NULL, bad);
  g_assert_false (mc_store_commit (store, transaction, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "Bad"));
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 2);
  assert_raw_integer (folder.db, "SELECT count(*) FROM opened", 0);
  /* The chain goes on without a gap. */
  last = new_facility ("Last", area);
  store_save_ok (store, NULL, last);
  assert_raw_integer (folder.db, "SELECT max(seq) FROM change", 3);
}

static gint64
fixed_clock (gpointer data)
{
  return *(gint64 *) data;
}

static void
test_time_never_runs_backwards_within_a_chain (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *other = NULL;
  g_autofree char *third = NULL;
  gint64 now = 4000000000000;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  mc_store_set_clock (store, fixed_clock, &now);
  area = store_add_area (store, "Nanhu");
  assert_raw_integer (folder.db, "SELECT json_extract (line, '$.at') FROM change WHERE seq = 2", 4000000000000);
  now -= 5000;
  other = store_add_area (store, "Xiuzhou");
  assert_raw_integer (folder.db, "SELECT json_extract (line, '$.at') FROM change WHERE seq = 3", 4000000000001);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
  mc_store_set_clock (store, fixed_clock, &now);
  third = store_add_area (store, "Jiashan");
  assert_raw_integer (folder.db, "SELECT json_extract (line, '$.at') FROM change WHERE seq = 4", 4000000000002);
}

static void
test_lines_carry_the_user (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *area = NULL;
  g_autofree char *user = mc_uuid_new ();

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_assert_null (mc_store_get_user (store));
  mc_store_set_user (store, user);
  g_assert_cmpstr (mc_store_get_user (store), ==, user);
  area = store_add_area (store, "Nanhu");
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.by') FROM change WHERE seq = 2", user);
  assert_raw_text (folder.db, "SELECT json_extract (line, '$.by') FROM change WHERE seq = 1", "");
}

static void
test_reopened_store_goes_on (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *device = NULL;
  g_autofree char *area = NULL;
  g_autofree char *other = NULL;
  g_autofree char *wal = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  device = g_strdup (mc_store_get_device (store));
  area = store_add_area (store, "Nanhu");
  g_clear_object (&store);
  wal = g_strconcat (folder.db, "-wal", NULL);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  assert_raw_integer (folder.db, "SELECT count(*) FROM checkpoint WHERE seq = 2 AND length (signature) = 64", 1);
  store = store_open_at (folder.db, 0);
  g_assert_cmpstr (mc_store_get_device (store), ==, device);
  other = store_add_area (store, "Xiuzhou");
  assert_raw_integer (folder.db, "SELECT count(*) FROM chain", 1);
  assert_raw_integer (folder.db, "SELECT max(seq) FROM change", 3);
}

/* A copied file is another writer's life: a new chain, which names the old one, and no seq twice. */
static void
test_copied_file_is_a_new_device (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McStore) copy = NULL;
  g_autofree char *device = NULL;
  g_autofree char *area = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *sql = NULL;
  gsize length;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  device = g_strdup (mc_store_get_device (store));
  g_clear_object (&store);
  copied = g_build_filename (folder.path, "copy.db", NULL);
  g_assert_true (g_file_get_contents (folder.db, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (copied, contents, (gssize) length, NULL));
  copy = store_open_at (copied, 0);
  g_assert_cmpstr (mc_store_get_device (copy), !=, device);
  area = store_add_area (copy, "Nanhu");
  assert_raw_integer (copied, "SELECT count(*) FROM chain", 2);
  sql = g_strdup_printf ("SELECT previous FROM device WHERE id = '%s'", mc_store_get_device (copy));
  assert_raw_text (copied, sql, device);
}

/* --- the main loop ------------------------------------------------------------------------------------------ */

typedef struct
{
  GMainLoop *loop;
  guint n_changed;
  gboolean has_area, has_facility, has_record;
  char *id;
  gboolean committed;
  GPtrArray *whole;
} Heard;

static void
changed_cb (McStore     *store,
            McChangeSet *set,
            Heard       *heard)
{
  heard->n_changed++;
  heard->has_area = mc_change_set_has_entity (set, "area");
  heard->has_facility = mc_change_set_has_entity (set, "facility");
  heard->has_record = mc_change_set_has_record (set, "area", heard->id);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Heard *heard = data;

  heard->committed = mc_store_commit_finish (MC_STORE (source), result, NULL);
  g_main_loop_quit (heard->loop);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Heard *heard = data;

  heard->whole = mc_store_load_whole_finish (MC_STORE (source), result, NULL);
  g_main_loop_quit (heard->loop);
}

static void
test_one_changed_signal_for_each_commit (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), NULL);
  g_autoptr (McRecord) other = mc_record_new (mc_entity_find ("area"), NULL);
  McTransaction *transaction = mc_transaction_new ();
  Heard heard = { 0 };

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  heard.loop = g_main_loop_new (NULL, FALSE);
  heard.id = g_strdup (mc_record_get_id (area));
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &heard);
  mc_record_set_text (area, "name", "Nanhu");
  mc_record_set_text (area, "level", "county");
  mc_record_set_text (other, "name", "Xincheng");
  mc_record_set_text (other, "level", "township");
  mc_record_set_text (other, "parent", heard.id);
  mc_transaction_save (transaction, NULL, area);
  mc_transaction_save (transaction, NULL, other);
  mc_store_commit_async (store, transaction, NULL, committed_cb, &heard);
  g_assert_cmpuint (heard.n_changed, ==, 0);
  g_main_loop_run (heard.loop);
  g_assert_true (heard.committed);
  /* Who hears of the commit has heard of the change before. */
  g_assert_cmpuint (heard.n_changed, ==, 1);
  g_assert_true (heard.has_area && heard.has_record);
  g_assert_false (heard.has_facility);
  mc_store_load_whole_async (store, "area", heard.id, NULL, loaded_cb, &heard);
  g_main_loop_run (heard.loop);
  g_assert_cmpuint (heard.whole->len, ==, 1);
  mc_store_close (store);
  g_ptr_array_unref (heard.whole);
  g_free (heard.id);
  g_main_loop_unref (heard.loop);
}

static void
test_store_may_be_dropped_with_work_queued (void)
{
  g_auto (StoreFolder) folder = { 0 };
  McStore *store;
  g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), NULL);
  McTransaction *transaction = mc_transaction_new ();
  Heard heard = { 0 };

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  heard.loop = g_main_loop_new (NULL, FALSE);
  mc_record_set_text (area, "name", "Nanhu");
  mc_record_set_text (area, "level", "county");
  mc_transaction_save (transaction, NULL, area);
  mc_store_commit_async (store, transaction, NULL, committed_cb, &heard);
  g_object_unref (store);
  g_main_loop_run (heard.loop);
  g_assert_true (heard.committed);
  assert_raw_integer (folder.db, "SELECT count(*) FROM area", 1);
  g_main_loop_unref (heard.loop);
  /* The last reference may have gone on the worker; then a thread of its own closes the file. */
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (McLock) lock = mc_lock_acquire (folder.db, NULL);

      if (lock)
        return;
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/save/create-makes-a-private-file-of-ours", test_create_makes_a_private_file_of_ours);
  g_test_add_func ("/store/save/first-line-is-the-device", test_first_line_is_the_device);
  g_test_add_func ("/store/save/save-writes-line-and-row", test_save_writes_line_and_row);
  g_test_add_func ("/store/save/lines-stand-in-a-chain", test_lines_stand_in_a_chain);
  g_test_add_func ("/store/save/second-save-names-what-it-replaces", test_second_save_names_what_it_replaces);
  g_test_add_func ("/store/save/stale-base-becomes-a-conflict", test_stale_base_becomes_a_conflict);
  g_test_add_func ("/store/save/personal-values-stand-sealed-in-the-line", test_personal_values_stand_sealed_in_the_line);
  g_test_add_func ("/store/save/wrong-values-are-refused", test_wrong_values_are_refused);
  g_test_add_func ("/store/save/transaction-is-all-or-nothing", test_transaction_is_all_or_nothing);
  g_test_add_func ("/store/save/time-never-runs-backwards-within-a-chain", test_time_never_runs_backwards_within_a_chain);
  g_test_add_func ("/store/save/lines-carry-the-user", test_lines_carry_the_user);
  g_test_add_func ("/store/save/reopened-store-goes-on", test_reopened_store_goes_on);
  g_test_add_func ("/store/save/copied-file-is-a-new-device", test_copied_file_is_a_new_device);
  g_test_add_func ("/store/save/one-changed-signal-for-each-commit", test_one_changed_signal_for_each_commit);
  g_test_add_func ("/store/save/store-may-be-dropped-with-work-queued", test_store_may_be_dropped_with_work_queued);
  return g_test_run ();
}
