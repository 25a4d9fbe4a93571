/* SPDX-License-Identifier: GPL-3.0-or-later
 * The derived tables come from the log alone: rebuilt, they are what they were. */
#include "busy-store.h"

#include "store/mc-blob.h"
#include "store/mc-rebuild.h"

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
test_in_place (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  McRebuildResult result;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  before = busy_store_dump (folder.db);
  g_assert_true (mc_store_rebuild (store, &result, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  after = busy_store_dump (folder.db);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (result.lines, ==, (guint64) raw_integer (folder.db, "SELECT count(*) FROM change WHERE record IS NOT NULL"));
  g_assert_cmpuint (result.records, >, 50);
  g_assert_cmpuint (result.held, ==, 0);
  mc_store_close (store);
  busy_store_assert_sound (folder.db);
}

/* Whatever stood in the derived tables does not matter. */
static void
test_heals (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *after = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  mc_store_close (store);
  g_clear_object (&store);
  before = busy_store_dump (folder.db);
  execute (folder.db, "UPDATE facility SET beds = 7; DELETE FROM answer WHERE item = 'A3'; UPDATE visit SET whole_state = 0; DELETE FROM seal;"
                      "INSERT INTO area (id, name) VALUES ('00000000-0000-4000-8000-000000000000', 'nowhere'); DROP INDEX facility_name;"
                      "CREATE INDEX facility_name ON facility (name)");
  damaged = busy_store_dump (folder.db);
  g_assert_cmpstr (before, !=, damaged);
  store = store_open_at (folder.db, 0);
  g_assert_true (mc_store_rebuild (store, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  mc_store_close (store);
  after = busy_store_dump (folder.db);
  g_assert_cmpstr (before, ==, after);
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
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  before = busy_store_dump (folder.db);
  g_assert_false (mc_store_rebuild (store, NULL, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  after = busy_store_dump (folder.db);
  g_assert_cmpstr (before, ==, after);
  store_add_area (store, "Xiuzhou");
  mc_store_close (store);
}

/* A line that was changed on the disk stops it, and nothing is lost. */
static void
test_damaged_log (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_folder_init (&folder);
  out = g_build_filename (folder.path, "out.db", NULL);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  mc_store_close (store);
  g_clear_object (&store);
  execute (folder.db, "UPDATE change SET line = replace (line, 'Home 3', 'Home 4') WHERE line LIKE '%Home 3%'");
  before = busy_store_dump (folder.db);
  g_assert_false (mc_store_rebuild_out (folder.db, out, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  execute (folder.db, "UPDATE change SET line = 'x' WHERE line LIKE '%Home 4%'");
  store = store_open_at (folder.db, 0);
  g_assert_false (mc_store_rebuild (store, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT);
  mc_store_close (store);
  after = busy_store_dump (folder.db);
  g_assert_true (g_str_has_prefix (after, "SELECT"));
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static void
test_new_file (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McStore) rebuilt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GBytes) bytes = NULL;

  store_folder_init (&folder);
  out = g_build_filename (folder.path, "new", "out.db", NULL);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  /* Beside the open store. */
  g_assert_true (mc_store_rebuild_out (folder.db, out, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  busy_store_assert_sound (out);
  rebuilt = store_open_at (out, 0);
  g_assert_cmpstr (mc_store_get_device (rebuilt), !=, mc_store_get_device (store));
  sql = g_strdup_printf ("SELECT previous FROM device WHERE id = '%s'", mc_store_get_device (rebuilt));
  assert_raw_text (out, sql, mc_store_get_device (store));
  g_assert_cmpint (raw_integer (out, "SELECT count(*) FROM change"), ==, raw_integer (folder.db, "SELECT count(*) FROM change") + 1);
  digest = raw_text (out, "SELECT digest FROM blob WHERE state = 'to_send'");
  bytes = mc_store_read_blob (rebuilt, digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  mc_store_close (rebuilt);

  g_assert_false (mc_store_rebuild_out (folder.db, out, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS);
  mc_store_close (store);
}

static void
test_new_file_cancelled (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *out = NULL;
  g_autofree char *out_folder = NULL;

  store_folder_init (&folder);
  out_folder = g_build_filename (folder.path, "new", NULL);
  out = g_build_filename (out_folder, "out.db", NULL);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  g_assert_false (mc_store_rebuild_out (folder.db, out, NULL, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (out_folder), ==, 0);
  mc_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/rebuild/in-place-is-as-before", test_in_place);
  g_test_add_func ("/store/rebuild/heals-derived-tables", test_heals);
  g_test_add_func ("/store/rebuild/cancelled-changes-nothing", test_cancelled);
  g_test_add_func ("/store/rebuild/damaged-line-changes-nothing", test_damaged_log);
  g_test_add_func ("/store/rebuild/new-file-has-a-new-device", test_new_file);
  g_test_add_func ("/store/rebuild/cancelled-new-file-is-gone", test_new_file_cancelled);
  return g_test_run ();
}
