/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bulk is one transaction; records prepared elsewhere are written as any others; indexes set aside come back. */
#include "store-folder.h"

#include <string.h>

#include "store/mc-verify.h"

#define MANY 5200 /* enough that indexes are set aside */

typedef struct
{
  const char *area;
  guint n;
  guint fail_at; /* G_MAXUINT: not at all */
  gboolean prepare;
  gboolean expect;
  McRef first;
} Rows;

static McRecord *
nth_facility (const Rows *rows,
              guint       i)
{
  g_autofree char *name = g_strdup_printf ("Home %u", i), *phone = g_strdup_printf ("0573-%05u", i);
  McRecord *facility = new_facility (name, rows->area);

  if (i == rows->fail_at)
    mc_record_set_null (facility, "area");
  mc_record_set_text (facility, "contact_phone", i % 3 == 0 ? phone : NULL);
  return facility;
}

static gboolean
write_rows (McBulk        *bulk,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Rows *rows = data;
  g_autoptr (McRecordPreparer) preparer = mc_record_preparer_new (mc_entity_find ("facility"));

  mc_bulk_get_next_line (bulk, &rows->first);
  if (rows->expect && !mc_bulk_expect (bulk, "facility", rows->n, error))
    return FALSE;
  for (guint i = 0; i < rows->n; i++)
    {
      g_autoptr (McPreparedRecord) prepared = mc_record_preparer_prepare (preparer, nth_facility (rows, i));
      gboolean wrote = FALSE;

      if (!(rows->prepare ? mc_bulk_save_prepared (bulk, prepared, &wrote, error) : mc_bulk_save (bulk, NULL, prepared->record, &wrote, error)))
        return FALSE;
      g_assert_true (wrote);
    }
  return TRUE;
}

static McStore *
begin (StoreFolder *folder,
       char       **area,
       Rows        *rows)
{
  McStore *store;

  store_folder_init (folder);
  store = store_create_at (folder->db);
  *area = store_add_area (store, "Nanhu");
  rows->area = *area;
  return store;
}

static void
assert_verified (McStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McVerifyReport) report = mc_store_verify (store, TRUE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->findings->len, ==, 0);
}

static void
test_is_one_transaction (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = NULL;
  g_autoptr (GError) error = NULL;
  Rows rows = { .n = 200, .fail_at = 150 };
  g_autoptr (McStore) store = begin (&folder, &area, &rows);

  g_assert_false (mc_store_write_bulk (store, write_rows, &rows, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility", 0);
  assert_raw_integer (folder.db, "SELECT count(*) FROM change", 2);
  rows.fail_at = G_MAXUINT;
  g_assert_true (mc_store_write_bulk (store, write_rows, &rows, NULL, NULL));
  g_assert_cmpuint (rows.first.seq, ==, 3);
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility", 200);
  assert_raw_integer (folder.db, "SELECT max(seq) FROM change", 202);
}

/* All columns but id and rowid, and the lines without what differs from run to run. */
static const char rows_sql[] =
  "SELECT group_concat (name || '|' || kind || '|' || status || '|' || (area IS NOT NULL) || '|' || ifnull (contact_phone, '-') || '|' || state || '|' ||"
  " whole_state || '|' || hex (search_key), '\n') FROM (SELECT * FROM facility ORDER BY rowid)";
static const char lines_sql[] =
  "SELECT group_concat (seq || ' ' || json_extract (line, '$.entity') || ' ' || json_remove (json_extract (line, '$.set'), '$.area', '$.contact_phone') || ' ' ||"
  " json_type (line, '$.set.contact_phone.sealed') || ' ' || json_extract (line, '$.was'), '\n') FROM (SELECT * FROM change WHERE seq > 2 ORDER BY seq)";

static void
test_prepared_records_are_written_as_others (void)
{
  char *found[2][2] = { { NULL } };

  for (guint i = 0; i < 2; i++)
    {
      g_auto (StoreFolder) folder = { 0 };
      g_autofree char *area = NULL;
      Rows rows = { .n = 60, .fail_at = G_MAXUINT, .prepare = i == 1 };
      g_autoptr (McStore) store = begin (&folder, &area, &rows);

      g_assert_true (mc_store_write_bulk (store, write_rows, &rows, NULL, NULL));
      assert_raw_integer (folder.db, "SELECT count(*) FROM opened", 20);
      assert_raw_integer (folder.db, "SELECT instr (group_concat (line), '0573') FROM change", 0);
      found[i][0] = raw_text (folder.db, rows_sql);
      found[i][1] = raw_text (folder.db, lines_sql);
      assert_verified (store);
    }
  g_assert_nonnull (found[0][0]);
  g_assert_cmpstr (found[0][0], ==, found[1][0]);
  g_assert_cmpstr (found[0][1], ==, found[1][1]);
  for (guint i = 0; i < 4; i++)
    g_free (found[i / 2][i % 2]);
}

static void
test_a_wrong_prepared_record_is_explained (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = NULL;
  g_autoptr (GError) error = NULL;
  Rows rows = { .n = 20, .fail_at = 10, .prepare = TRUE };
  g_autoptr (McStore) store = begin (&folder, &area, &rows);

  g_assert_false (mc_store_write_bulk (store, write_rows, &rows, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "Home 10"));
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility", 0);
  assert_raw_integer (folder.db, "SELECT count(*) FROM opened", 0);
}

static gboolean
write_strays (McBulk        *bulk,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Rows *rows = data;
  g_autoptr (McRecordPreparer) preparer = mc_record_preparer_new (mc_entity_find ("facility"));
  g_autoptr (McPreparedRecord) stray = NULL, known = NULL;
  McRecord *again;

  rows->area = "00000000-0000-7000-8000-000000000000";
  stray = mc_record_preparer_prepare (preparer, nth_facility (rows, 1));
  g_assert_false (mc_bulk_save_prepared (bulk, stray, NULL, error));
  g_assert_error (*error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_clear_error (error);

  again = mc_bulk_load (bulk, "facility", data ? rows->first.device : "", error);
  g_assert_no_error (*error);
  mc_record_set_text (again, "name", "Another name");
  known = mc_record_preparer_prepare (preparer, again);
  return mc_bulk_save_prepared (bulk, known, NULL, error);
}

static void
test_a_prepared_record_is_held_against_what_is_there (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = NULL, *id = NULL;
  g_autoptr (GError) error = NULL;
  Rows rows = { 0 };
  g_autoptr (McStore) store = begin (&folder, &area, &rows);

  id = store_add_facility (store, "Home", area);
  g_strlcpy (rows.first.device, id, sizeof rows.first.device); /* which one is known */
  mc_store_write_bulk (store, write_strays, &rows, NULL, &error);
  g_assert_no_error (error);
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility", 1);
  assert_raw_integer (folder.db, "SELECT max(seq) FROM change", 4);
  assert_verified (store);
}

static const char indexes_sql[] = "SELECT group_concat (name || sql, ';') FROM (SELECT * FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)";

static void
test_indexes_set_aside_come_back (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = NULL, *before = NULL;
  Rows rows = { .n = MANY, .fail_at = MANY - 1, .prepare = TRUE, .expect = TRUE };
  g_autoptr (McStore) store = begin (&folder, &area, &rows);

  before = raw_text (folder.db, indexes_sql);
  g_assert_false (mc_store_write_bulk (store, write_rows, &rows, NULL, NULL));
  assert_raw_text (folder.db, indexes_sql, before);
  rows.fail_at = G_MAXUINT;
  g_assert_true (mc_store_write_bulk (store, write_rows, &rows, NULL, NULL));
  assert_raw_text (folder.db, indexes_sql, before);
  assert_raw_text (folder.db, "PRAGMA integrity_check", "ok");
  assert_raw_integer (folder.db, "SELECT count(*) FROM facility INDEXED BY facility_name WHERE name >= ''", MANY);
  assert_verified (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/bulk/is-one-transaction", test_is_one_transaction);
  g_test_add_func ("/store/bulk/prepared-records-are-written-as-others", test_prepared_records_are_written_as_others);
  g_test_add_func ("/store/bulk/a-wrong-prepared-record-is-explained", test_a_wrong_prepared_record_is_explained);
  g_test_add_func ("/store/bulk/a-prepared-record-is-held-against-what-is-there", test_a_prepared_record_is_held_against_what_is_there);
  g_test_add_func ("/store/bulk/indexes-set-aside-come-back", test_indexes_set_aside_come_back);
  return g_test_run ();
}
