/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verify finds what was changed behind the program's back, and finds nothing where nothing was. */
#include "busy-store.h"

#include <string.h>

#include "seeded.h"
#include "store/mc-blob-store.h"
#include "store/mc-rebuild.h"
#include "store/mc-verify.h"

/* One busy store for all cases, made once; each works on a copy. */
static char *original;
static char *original_folder;

static void
make_original (void)
{
  g_autoptr (McStore) store = NULL;

  original_folder = g_dir_make_tmp ("mingcha-verify-XXXXXX", NULL);
  original = g_build_filename (original_folder, "mingcha.db", NULL);
  store = store_create_at (original);
  busy_store_fill (store);
  mc_store_close (store);
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          copy_tree (source, target);
          continue;
        }
      g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
      g_assert_true (g_file_set_contents_full (target, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
}

static void
folder_with_copy (StoreFolder *folder)
{
  g_autofree char *data = NULL;

  store_folder_init (folder);
  data = g_path_get_dirname (folder->db);
  copy_tree (original_folder, data);
}

/* NULL: the file cannot even be opened, and @error says why. */
static McVerifyReport *
verify (const char *db, gboolean whole, GError **error)
{
  g_autoptr (McStore) store = mc_store_open (db, MC_STORE_READ_ONLY, error);
  McVerifyReport *report;

  if (!store)
    return NULL;
  report = mc_store_verify (store, whole, NULL, NULL, NULL, error);
  mc_store_close (store);
  return report;
}

static gboolean
has_kind (const McVerifyReport *report, McFindingKind kind)
{
  for (guint i = 0; i < report->findings->len; i++)
    if (((McFinding *) g_ptr_array_index (report->findings, i))->kind == kind)
      return TRUE;
  return FALSE;
}

static void
test_sound (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) report = NULL;

  folder_with_copy (&folder);
  report = verify (folder.db, TRUE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report->findings->len; i++)
    g_test_message ("%s: %s", ((McFinding *) g_ptr_array_index (report->findings, i))->where, ((McFinding *) g_ptr_array_index (report->findings, i))->message);
  g_assert_cmpuint (report->n_findings, ==, 0);
  g_assert_true (report->whole);
  g_assert_cmpuint (report->lines, ==, (guint64) raw_integer (folder.db, "SELECT count(*) FROM change"));
  g_assert_cmpuint (report->openings, ==, (guint64) raw_integer (folder.db, "SELECT count(*) FROM opened"));
  g_assert_cmpuint (report->erased_openings, ==, 4);
  g_assert_cmpuint (report->erased_blobs, ==, 1);
  g_assert_cmpuint (report->blobs, ==, BUSY_STORE_BLOBS);
  g_assert_cmpuint (report->seals, ==, 3);
  g_assert_cmpuint (report->checkpoints, >=, 1);
  g_assert_cmpuint (report->records, ==, report->rows);
}

/* --- one change each ------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *sql;
  McFindingKind kind;
} Case;

static const Case cases[] = {
  { "derived-value", "UPDATE facility SET beds = 7 WHERE rowid = 3", MC_FINDING_RECORD },
  { "derived-text-as-blob", "UPDATE facility SET name = CAST (name AS BLOB) WHERE rowid = 3", MC_FINDING_RECORD },
  { "personal-value", "UPDATE visit SET note = 'other' WHERE note IS NOT NULL", MC_FINDING_RECORD },
  { "state", "UPDATE visit SET state = 0", MC_FINDING_RECORD },
  { "whole-state", "UPDATE visit SET whole_state = 64", MC_FINDING_RECORD },
  { "search-key", "UPDATE facility SET search_key = x'41' WHERE rowid = 2", MC_FINDING_RECORD },
  { "row-missing", "DELETE FROM answer WHERE rowid = 5", MC_FINDING_RECORD },
  { "row-too-many", "INSERT INTO answer (id, visit) VALUES ('00000000-0000-4000-8000-000000000000', 'x')", MC_FINDING_RECORD },
  { "dormant-too-many", "INSERT INTO dormant (id, entity, root) VALUES ('00000000-0000-4000-8000-000000000000', 'visit', 'x')", MC_FINDING_RECORD },
  { "line-text", "UPDATE change SET line = replace (line, 'Home 3', 'Home 4') WHERE n > 1", MC_FINDING_LINE },
  { "line-broken", "UPDATE change SET line = substr (line, 1, 40) WHERE n = 9", MC_FINDING_LINE },
  { "line-of-other-record", "UPDATE change SET record = (SELECT record FROM change WHERE n = 12) WHERE n = 9", MC_FINDING_LINE },
  { "line-became-stub", "UPDATE change SET line = NULL WHERE n = 9", MC_FINDING_LINE },
  { "line-unfiled", "UPDATE change SET record = NULL WHERE n = 9", MC_FINDING_LINE },
  { "digest", "UPDATE change SET digest = x'00' WHERE n = 9", MC_FINDING_CHAIN },
  { "digest-of-other", "UPDATE change SET digest = (SELECT digest FROM change WHERE n = 8) WHERE n = 9", MC_FINDING_CHAIN },
  { "link", "UPDATE change SET link = (SELECT link FROM change WHERE n = 8) WHERE n = 9", MC_FINDING_CHAIN },
  { "gap", "DELETE FROM change WHERE n = 9", MC_FINDING_CHAIN },
  { "last-line-gone", "DELETE FROM change WHERE seq = (SELECT max (seq) FROM change c WHERE c.chain = 1) AND chain = 1", MC_FINDING_CHECKPOINT },
  { "public-key", "UPDATE chain SET public_key = zeroblob (32) WHERE n = 1", MC_FINDING_CHAIN },
  { "chain-unknown", "PRAGMA foreign_keys = OFF; UPDATE change SET chain = 99 WHERE n = 9", MC_FINDING_CHAIN },
  { "checkpoint-signature", "UPDATE checkpoint SET signature = zeroblob (64)", MC_FINDING_CHECKPOINT },
  { "checkpoint-link", "UPDATE checkpoint SET link = zeroblob (32)", MC_FINDING_CHECKPOINT },
  { "opening-value", "UPDATE opened SET value = value || 'x' WHERE digest = (SELECT min (digest) FROM opened)", MC_FINDING_OPENING },
  { "opening-salt", "UPDATE opened SET salt = zeroblob (16) WHERE digest = (SELECT min (digest) FROM opened)", MC_FINDING_OPENING },
  { "opening-missing", "DELETE FROM opened WHERE digest = (SELECT min (digest) FROM opened)", MC_FINDING_OPENING },
  { "erasure-forgotten", "DELETE FROM erased WHERE kind = 'sealed'", MC_FINDING_OPENING },
  { "erasure-invented", "UPDATE erased SET digest = zeroblob (32) WHERE kind = 'blob'", MC_FINDING_RECORD },
  { "seal-note-missing", "DELETE FROM seal", MC_FINDING_RECORD },
  { "seal-note-too-many", "INSERT INTO seal (root, change) VALUES (zeroblob (16), 9)", MC_FINDING_RECORD },
  { "refused-note-too-many", "INSERT INTO refused (record, device, seq, change) VALUES (zeroblob (16), 'x', 1, 9)", MC_FINDING_RECORD },
  { "blob-row-missing", "DELETE FROM blob WHERE state = 'to_send'", MC_FINDING_BLOB },
  { "blob-row-size", "UPDATE blob SET size = size + 1 WHERE state = 'to_send'", MC_FINDING_BLOB },
  { "blob-row-state", "UPDATE blob SET state = 'tn_send' WHERE state = 'to_send'", MC_FINDING_BLOB },
  { "blob-row-digest", "UPDATE blob SET digest = 'x' WHERE digest = (SELECT min (digest) FROM blob WHERE state = 'to_send')", MC_FINDING_BLOB },
  { "index-dropped", "DROP INDEX facility_name", MC_FINDING_FILE },
  { "index-of-other-column", "DROP INDEX facility_name; CREATE INDEX facility_name ON facility (address)", MC_FINDING_FILE },
  { "trigger-added", "CREATE TRIGGER evil AFTER INSERT ON visit BEGIN SELECT 1; END", MC_FINDING_FILE },
  { "index-lacks-row", "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE INDEX facility_name ON facility (name) WHERE rowid > 5' WHERE name = 'facility_name'", MC_FINDING_FILE },
};

static void
execute (const char *db, const char *sql)
{
  sqlite3 *handle = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open_v2 (db, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) report = NULL;

  folder_with_copy (&folder);
  execute (folder.db, c->sql);
  report = verify (folder.db, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_findings, >, 0);
  g_assert_true (has_kind (report, c->kind));
}

/* --- blobs ------------------------------------------------------------------------------------------------------ */

static char *
blob_path (const char *db)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (db);
  g_autofree char *digest = raw_text (db, "SELECT digest FROM blob WHERE state = 'to_send'");

  return mc_blob_store_path (blobs, digest);
}

static void
test_blob (gconstpointer how)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) report = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  folder_with_copy (&folder);
  path = blob_path (folder.db);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  if (g_str_equal (how, "missing"))
    g_assert_cmpint (g_unlink (path), ==, 0);
  else if (g_str_equal (how, "short"))
    g_assert_true (g_file_set_contents (path, bytes, (gssize) length - 1, NULL));
  else
    {
      bytes[length / 2] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
    }
  report = verify (folder.db, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_findings, ==, 1);
  g_assert_true (has_kind (report, MC_FINDING_BLOB));
}

/* --- going on ----------------------------------------------------------------------------------------------------- */

static void
test_goes_on (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  McVerifyReport *report;
  g_autofree char *area = NULL;
  guint64 lines;

  folder_with_copy (&folder);
  store = store_open_at (folder.db, 0);
  report = mc_store_verify (store, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->whole);
  g_assert_cmpuint (report->n_findings, ==, 0);
  lines = report->lines;
  mc_verify_report_free (report);

  area = store_add_area (store, "Xiuzhou");
  report = mc_store_verify (store, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (report->whole);
  g_assert_cmpuint (report->n_findings, ==, 0);
  g_assert_cmpuint (report->lines, ==, 1);
  g_assert_cmpuint (report->records, ==, 1);
  mc_verify_report_free (report);

  report = mc_store_verify (store, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->lines, ==, lines + 1);
  mc_verify_report_free (report);
  mc_store_close (store);
}

/* Damage is not forgotten by the next run. */
static void
test_goes_on_not_over_damage (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;

  folder_with_copy (&folder);
  execute (folder.db, "UPDATE facility SET beds = 7 WHERE rowid = 3");
  store = store_open_at (folder.db, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (McVerifyReport) report = mc_store_verify (store, FALSE, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (report->whole);
      g_assert_cmpuint (report->n_findings, >, 0);
    }
  mc_store_close (store);
}

static void
test_goes_on_finds_new_damage (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) first = NULL;
  g_autoptr (McVerifyReport) second = NULL;
  g_autofree char *area = NULL;

  folder_with_copy (&folder);
  store = store_open_at (folder.db, 0);
  first = mc_store_verify (store, FALSE, NULL, NULL, NULL, &error);
  area = store_add_area (store, "Xiuzhou");
  execute (folder.db, "UPDATE area SET name = 'Other' WHERE name = 'Xiuzhou'");
  second = mc_store_verify (store, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (second->whole);
  g_assert_cmpuint (second->n_findings, ==, 1);
  g_assert_true (has_kind (second, MC_FINDING_RECORD));
  mc_store_close (store);
}

static void
cancel_cb (const char *step, guint64 done, guint64 total, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  folder_with_copy (&folder);
  store = store_open_at (folder.db, 0);
  g_assert_null (mc_store_verify (store, TRUE, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  mc_store_close (store);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(McVerifyReport **) data = mc_store_verify_finish (MC_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
told_cb (const char *step, guint64 done, guint64 total, gpointer thread)
{
  g_assert_true (g_thread_self () == thread);
}

static void
test_async (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  McVerifyReport *report = NULL;

  folder_with_copy (&folder);
  store = store_open_at (folder.db, 0);
  mc_store_verify_async (store, TRUE, told_cb, g_thread_self (), NULL, verified_cb, &report);
  while (!report)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (report->n_findings, ==, 0);
  mc_verify_report_free (report);
  mc_store_close (store);
}

/* --- any bit ------------------------------------------------------------------------------------------------------- */

/* What the file says, table by table; NULL if SQLite cannot read it or finds its structure or an index wrong. */
static char *
content (const char *db)
{
  static const char *const tables[] = { "chain", "change", "opened", "checkpoint", "seal", "refused", "erased", "dormant", "blob" };
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);
  sqlite3 *handle = NULL;
  gboolean good = sqlite3_open_v2 (db, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;

  for (guint i = 0; good && i < 2 + n + G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = i == 0 ? g_strdup ("PRAGMA integrity_check")
                             : i == 1 ? g_strdup ("SELECT * FROM sqlite_master")
                             : i < 2 + n ? g_strdup_printf ("SELECT * FROM %s", entities[i - 2]->name)
                             : g_strdup_printf ("SELECT * FROM %s", tables[i - 2 - n]);
      sqlite3_stmt *statement = NULL;
      int code = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL);

      good = code == SQLITE_OK;
      while (good && (code = sqlite3_step (statement)) == SQLITE_ROW)
        for (int c = 0; c < sqlite3_column_count (statement); c++)
          {
            const guint8 *bytes = sqlite3_column_blob (statement, c);
            int length = sqlite3_column_bytes (statement, c);

            if (i == 0 && strcmp ((const char *) bytes, "ok") != 0)
              good = FALSE;
            /* What SQLite itself keeps of page numbers is no content. */
            if (i == 1 && c == 3)
              continue;
            g_string_append_printf (text, "|%d:", sqlite3_column_type (statement, c));
            g_string_append_len (text, (const char *) bytes, length);
          }
      good = good && code == SQLITE_DONE;
      sqlite3_finalize (statement);
    }
  sqlite3_close (handle);
  return good ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The bit that is flipped may lie in free space, in local tables or in numbers of SQLite's own: then nothing need be found, and nothing may be. Otherwise
 * something must. */
static void
flip_one (GRand *rand, const char *db, const char *bytes, gsize length, const char *sound, guint *n_found, guint *n_silent)
{
  g_autofree char *flipped = g_memdup2 (bytes, length);
  g_autoptr (McVerifyReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gsize at = below (rand, (guint) length);
  guint bit = below (rand, 8);

  /* Much of a small file is empty: every second flip goes where something stands. */
  for (gboolean full = one_in (rand, 2); full && flipped[at] == 0;)
    at = below (rand, (guint) length);
  flipped[at] ^= (char) (1 << bit);
  g_assert_true (g_file_set_contents_full (db, flipped, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  found = content (db);
  report = verify (db, TRUE, &error);
  if (g_strcmp0 (found, sound) != 0)
    {
      if (report && report->n_findings == 0)
        g_test_message ("byte %" G_GSIZE_FORMAT " bit %u was not found", at, bit);
      g_assert_true (report == NULL || report->n_findings > 0);
      ++*n_found;
    }
  else
    ++*n_silent;
}

static void
test_any_bit (gconstpointer data)
{
  guint rounds = GPOINTER_TO_UINT (data);
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (GRand) rand = seeded_rand ();
  g_autofree char *bytes = NULL;
  g_autofree char *sound = NULL;
  guint n_found = 0, n_silent = 0;
  gsize length;

  folder_with_copy (&folder);
  g_assert_true (g_file_get_contents (folder.db, &bytes, &length, NULL));
  sound = content (folder.db);
  g_assert_nonnull (sound);
  for (guint i = 0; i < rounds; i++)
    flip_one (rand, folder.db, bytes, length, sound, &n_found, &n_silent);
  g_test_message ("%u of %u flipped bits changed what the file says; all were found", n_found, rounds);
  g_assert_cmpuint (n_found, >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("mingcha-state-XXXXXX", NULL);
  int result;

  /* The store that all tests share is made before the first of them. */
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  make_original ();
  g_test_add_func ("/store/verify/sound-store-has-no-findings", test_sound);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/store/verify/finds/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_data_func ("/store/verify/finds/blob-bit", "bit", test_blob);
  g_test_add_data_func ("/store/verify/finds/blob-short", "short", test_blob);
  g_test_add_data_func ("/store/verify/finds/blob-missing", "missing", test_blob);
  g_test_add_func ("/store/verify/goes-on-from-the-last-one", test_goes_on);
  g_test_add_func ("/store/verify/does-not-go-on-over-damage", test_goes_on_not_over_damage);
  g_test_add_func ("/store/verify/goes-on-and-finds-new-damage", test_goes_on_finds_new_damage);
  g_test_add_func ("/store/verify/can-be-cancelled", test_cancelled);
  g_test_add_func ("/store/verify/beside-the-main-loop", test_async);
  g_test_add_data_func ("/store/verify/any-bit", GUINT_TO_POINTER (g_test_slow () ? 3000 : 60), test_any_bit);
  result = g_test_run ();
  store_folder_remove (original_folder);
  store_folder_remove (state);
  g_free (original);
  g_free (original_folder);
  return result;
}
