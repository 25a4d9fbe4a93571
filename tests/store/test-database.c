/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files that cannot be opened say why and are left as they are; read-only media are read; older files are migrated after a backup. */
#include "busy-store.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/mc-rebuild.h"

#define NOBODY 65534

static void
write_bytes (const char *path,
             const void *bytes,
             gsize       length)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
assert_not_opened (const char   *path,
                   McStoreFlags  flags,
                   McStoreError  code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length = 0, length_after = 0;

  (void) g_file_get_contents (path, &before, &length, NULL);
  g_assert_null (mc_store_open (path, flags, &error));
  g_assert_error (error, MC_STORE_ERROR, (int) code);
  g_test_message ("%s", error->message);
  (void) g_file_get_contents (path, &after, &length_after, NULL);
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_missing_file_is_not_made (void)
{
  g_auto (StoreFolder) folder = { 0 };

  store_folder_init (&folder);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_NOT_FOUND);
  assert_not_opened (folder.db, MC_STORE_READ_ONLY, MC_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (folder.db, G_FILE_TEST_EXISTS));
}

static void
test_existing_file_is_not_created_over (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_clear_object (&store);
  assert_not_opened (folder.db, MC_STORE_CREATE, MC_STORE_ERROR_EXISTS);
}

static void
test_other_files_are_not_ours (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *lock = NULL;
  sqlite3 *db = NULL;

  store_folder_init (&folder);
  lock = g_strconcat (folder.db, ".lock", NULL);
  write_bytes (folder.db, "", 0);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_NOT_OURS);
  write_bytes (folder.db, "PK\003\004 something else entirely", 30);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_NOT_OURS);
  assert_not_opened (folder.db, MC_STORE_READ_ONLY, MC_STORE_ERROR_NOT_OURS);
  g_assert_cmpint (g_unlink (folder.db), ==, 0);
  g_assert_cmpint (sqlite3_open (folder.db, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE t (a)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_NOT_OURS);
  /* Nor is anything laid beside them. */
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
run_raw (const char *path,
         const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_newer_file_is_refused (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_clear_object (&store);
  run_raw (folder.db, "PRAGMA user_version = 9999");
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_NEWER);
  assert_not_opened (folder.db, MC_STORE_READ_ONLY, MC_STORE_ERROR_NEWER);
}

static void
test_truncated_file_is_corrupt (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_clear_object (&store);
  g_assert_true (g_file_get_contents (folder.db, &bytes, &length, NULL));
  write_bytes (folder.db, bytes, length / 2);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_CORRUPT);
  assert_not_opened (folder.db, MC_STORE_READ_ONLY, MC_STORE_ERROR_CORRUPT);
}

static void
test_damaged_pages_are_corrupt (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_clear_object (&store);
  g_assert_true (g_file_get_contents (folder.db, &bytes, &length, NULL));
  memset (bytes + 100, 0x5a, 3000);
  write_bytes (folder.db, bytes, length);
  assert_not_opened (folder.db, 0, MC_STORE_ERROR_CORRUPT);
}

/* --- as somebody who may not write ---------------------------------------------------------------------------- */

typedef gboolean (*ChildFunc) (const char *path);

/* TRUE if the child could become nobody; it exits 0 if @func holds. Root ignores chmod, so this is the way to try it. */
static gboolean
run_as_nobody (ChildFunc   func,
               const char *path)
{
  pid_t child;
  int status;

  if (getuid () != 0)
    {
      g_test_skip ("only root can become another user");
      return FALSE;
    }
  child = fork ();
  if (child == 0)
    {
      if (setgid (NOBODY) < 0 || setuid (NOBODY) < 0)
        _exit (77);
      _exit (func (path) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    {
      g_test_skip ("becoming another user was refused");
      return FALSE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return TRUE;
}

static gboolean
write_is_refused (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open (path, 0, &error);

  return !store && g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY);
}

static gboolean
create_is_refused (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open (path, MC_STORE_CREATE, &error);

  return !store && g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY) && !g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
reads_area (const char  *path,
            McStoreMode  mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open (path, MC_STORE_READ_ONLY, &error);
  g_autoptr (McRecord) area = NULL;

  if (!store || mc_store_get_mode (store) != mode)
    {
      g_printerr ("mode %d, not %d: %s\n", store ? (int) mc_store_get_mode (store) : -1, (int) mode, error ? error->message : "");
      return FALSE;
    }
  area = mc_store_load (store, "area", "00000000-0000-4000-8000-00000000000a", &error);
  return area && g_strcmp0 (mc_record_get_text (area, "name"), "Nanhu") == 0;
}

static gboolean
reads_immutable (const char *path)
{
  return reads_area (path, MC_STORE_MODE_IMMUTABLE);
}

static gboolean
reads_copy (const char *path)
{
  return reads_area (path, MC_STORE_MODE_COPY);
}

static void
add_known_area (McStore *store)
{
  g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), "00000000-0000-4000-8000-00000000000a");

  mc_record_set_text (area, "name", "Nanhu");
  mc_record_set_text (area, "level", "county");
  store_save_ok (store, NULL, area);
}

/* Everybody may look into it, nobody but root may write. */
static void
open_to_all (StoreFolder *folder,
             const char  *path)
{
  g_autofree char *data = g_path_get_dirname (path);

  g_assert_cmpint (g_chmod (folder->path, 0755), ==, 0);
  g_assert_cmpint (g_chmod (data, 0555), ==, 0);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_assert_cmpint (g_chmod (path, 0444), ==, 0);
}

static void
test_read_only_folder_is_named (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *missing = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  add_known_area (store);
  g_clear_object (&store);
  open_to_all (&folder, folder.db);
  missing = g_build_filename (folder.path, "data", "new.db", NULL);
  if (run_as_nobody (write_is_refused, folder.db))
    run_as_nobody (create_is_refused, missing);
}

static void
test_read_only_medium_is_read_in_place (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *lock = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  add_known_area (store);
  g_clear_object (&store);
  lock = g_strconcat (folder.db, ".lock", NULL);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  open_to_all (&folder, folder.db);
  run_as_nobody (reads_immutable, folder.db);
}

/* With a -wal that nobody may go through, immutable would show old data: a copy is read. */
static void
test_read_only_medium_with_a_wal_is_copied (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *copied_wal = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *wal_bytes = NULL;
  gsize length, wal_length;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  add_known_area (store);
  /* As if the power had gone now. */
  wal = g_strconcat (folder.db, "-wal", NULL);
  g_assert_true (g_file_get_contents (folder.db, &bytes, &length, NULL));
  g_assert_true (g_file_get_contents (wal, &wal_bytes, &wal_length, NULL));
  g_assert_cmpuint (wal_length, >, 0);
  copy = g_build_filename (folder.path, "medium", "mingcha.db", NULL);
  copied_wal = g_strconcat (copy, "-wal", NULL);
  write_bytes (copy, bytes, length);
  write_bytes (copied_wal, wal_bytes, wal_length);
  g_assert_cmpint (g_chmod (copied_wal, 0444), ==, 0);
  open_to_all (&folder, copy);
  run_as_nobody (reads_copy, copy);
}

/* --- a full disk ---------------------------------------------------------------------------------------------- */

/* Runs this test again in a mount namespace with a small disk on @path. */
static gboolean
run_on_small_disk (const char *path,
                   const char *test)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *script = g_strdup_printf ("mount -t tmpfs -o size=2m tmpfs %s || exit 77; exec \"$0\" -p %s", quoted, test);
  const char *argv[] = { "unshare", "-m", "sh", "-c", script, self, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_setenv ("MINGCHA_TEST_SMALL_DISK", path, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL, &status, &error))
    {
      g_test_skip ("there is no unshare");
      return FALSE;
    }
  g_unsetenv ("MINGCHA_TEST_SMALL_DISK");
  if (WIFEXITED (status) && (WEXITSTATUS (status) == 77 || WEXITSTATUS (status) == 1) && !strstr (output, "ok "))
    {
      g_test_skip ("a mount namespace was refused");
      return FALSE;
    }
  g_assert_cmpint (status, ==, 0);
  return TRUE;
}

static void
fill_until_full (McStore *store)
{
  g_autoptr (GError) error = NULL;
  guint saved = 0;

  for (guint i = 0; i < 100000 && !error; i++)
    {
      g_autoptr (McRecord) area = mc_record_new (mc_entity_find ("area"), NULL);
      g_autofree char *name = g_strnfill (4000, 'x');

      mc_record_set_text (area, "name", name);
      mc_record_set_text (area, "level", "county");
      saved += mc_store_save (store, NULL, area, &error);
    }
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL);
  g_assert_cmpuint (saved, >, 0);
  /* What was acknowledged is there, and nothing else. */
  assert_raw_integer (mc_store_get_path (store), "SELECT count(*) FROM area", saved);
  assert_raw_integer (mc_store_get_path (store), "SELECT count(*) = max(seq) FROM change", 1);
  assert_raw_text (mc_store_get_path (store), "PRAGMA quick_check", "ok");
}

static void
on_small_disk (const char *disk)
{
  g_autofree char *path = g_build_filename (disk, "mingcha.db", NULL);
  g_autofree char *ballast = g_build_filename (disk, "ballast", NULL);
  g_autofree char *other = g_build_filename (disk, "other.db", NULL);
  g_autofree char *bytes = g_malloc0 (600 * 1024);
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (ballast, bytes, 600 * 1024, NULL));
  store = store_create_at (path);
  fill_until_full (store);
  /* A new database has no room, and leaves nothing behind. */
  g_assert_null (mc_store_open (other, MC_STORE_CREATE, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  /* With room again, saving goes on in the same chain. */
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  add_known_area (store);
  assert_raw_integer (path, "SELECT count(*) = max(seq) FROM change", 1);
}

static void
test_full_disk_loses_nothing (void)
{
  g_auto (StoreFolder) folder = { 0 };
  const char *disk = g_getenv ("MINGCHA_TEST_SMALL_DISK");

  if (disk)
    {
      on_small_disk (disk);
      return;
    }
  store_folder_init (&folder);
  run_on_small_disk (folder.path, "/store/database/full-disk-loses-nothing");
}

/* --- migrations ----------------------------------------------------------------------------------------------- */

static char *
dump_schema (const char *path)
{
  return raw_text (path, "SELECT group_concat (sql, char (10)) FROM (SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name)");
}

/* Every schema that was ever on main left a file with its log (see make-fixture.c). Opened, it has the newest schema and goes on. */
static void
test_fixtures_open_and_go_on (void)
{
  for (int schema = 1; schema <= mc_database_newest_schema (); schema++)
    {
      g_auto (StoreFolder) folder = { 0 };
      g_autofree char *name = g_strdup_printf ("%04d.db", schema);
      g_autofree char *fixture = g_test_build_filename (G_TEST_DIST, "store", "fixtures", name, NULL);
      g_autofree char *sql = NULL;
      g_autofree char *migrated = NULL;
      g_autofree char *rebuilt = NULL;
      g_autofree char *fresh = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;
      g_autofree char *bytes = NULL;
      g_autoptr (McStore) store = NULL;
      g_autoptr (McStore) other = NULL;
      g_autoptr (McRecord) area = NULL;
      gsize length;

      store_folder_init (&folder);
      g_assert_true (g_file_get_contents (fixture, &bytes, &length, NULL));
      write_bytes (folder.db, bytes, length);
      store = store_open_at (folder.db, 0);
      assert_raw_integer (folder.db, "PRAGMA user_version", mc_database_newest_schema ());
      area = store_load_ok (store, "area", "00000000-0000-4000-8000-00000000000a");
      g_assert_cmpstr (mc_record_get_text (area, "name"), ==, "Nanhu");
      /* A copy of the file that was checked in: a new device, whose first line names the old one. */
      sql = g_strdup_printf ("SELECT previous IS NOT NULL FROM device WHERE id = '%s'", mc_store_get_device (store));
      assert_raw_integer (folder.db, sql, 1);
      /* Rebuilding it equals migrating it. */
      migrated = busy_store_dump (folder.db);
      g_assert_true (mc_store_rebuild (store, NULL, NULL, NULL, NULL, NULL));
      rebuilt = busy_store_dump (folder.db);
      g_assert_cmpstr (rebuilt, ==, migrated);
      if (schema == mc_database_newest_schema ())
        continue;
      fresh = g_build_filename (folder.path, "fresh.db", NULL);
      other = store_create_at (fresh);
      expected = dump_schema (fresh);
      found = dump_schema (folder.db);
      g_assert_cmpstr (found, ==, expected);
    }
}

/* The step of tomorrow, tried today: a file holds it, which the program then takes for its own. */
static void
with_steps (const char *sql,
            const char *test)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *steps = g_dir_make_tmp ("mingcha-steps-XXXXXX", NULL);
  g_autofree char *name = g_strdup_printf ("%04d.sql", mc_database_newest_schema () + 1);
  g_autofree char *file = g_build_filename (steps, name, NULL);
  g_autofree char *overlay = g_strdup_printf ("/org/mingcha/Mingcha/store/migrations/%s=%s", name, file);
  const char *argv[] = { self, "-p", test, NULL };
  g_autofree char *output = NULL;
  int status;

  g_assert_true (g_file_set_contents (file, sql, -1, NULL));
  g_setenv ("G_RESOURCE_OVERLAYS", overlay, TRUE);
  g_setenv ("MINGCHA_TEST_STEPS", "1", TRUE);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, NULL));
  g_unsetenv ("G_RESOURCE_OVERLAYS");
  g_unsetenv ("MINGCHA_TEST_STEPS");
  if (status != 0)
    g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
  store_folder_remove (steps);
}

/* Of the schema before the step of tomorrow; returns its number. */
static int
copy_fixture (StoreFolder *folder)
{
  int schema = mc_database_newest_schema () - 1;
  g_autofree char *name = g_strdup_printf ("%04d.db", schema);
  g_autofree char *fixture = g_test_build_filename (G_TEST_DIST, "store", "fixtures", name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture, &bytes, &length, NULL));
  write_bytes (folder->db, bytes, length);
  return schema;
}

static void
test_migration_keeps_a_backup (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *backup = NULL;
  int schema;

  if (!g_getenv ("MINGCHA_TEST_STEPS"))
    {
      with_steps ("CREATE TABLE later (a); DELETE FROM area;", "/store/database/migration-keeps-a-backup");
      return;
    }
  store_folder_init (&folder);
  schema = copy_fixture (&folder);
  backup = g_strdup_printf ("%s.schema-%d", folder.db, schema);
  store = store_open_at (folder.db, 0);
  assert_raw_integer (folder.db, "PRAGMA user_version", schema + 1);
  assert_raw_integer (folder.db, "SELECT count(*) FROM sqlite_master WHERE name = 'later'", 1);
  /* The derived tables were made again, so that what the older version did not know takes effect. */
  assert_raw_integer (folder.db, "SELECT count(*) FROM local_setting WHERE key = 'rebuild_due'", 0);
  assert_raw_text (folder.db, "SELECT name FROM area WHERE id = '00000000-0000-4000-8000-00000000000a'", "Nanhu");
  assert_raw_integer (backup, "PRAGMA user_version", schema);
  assert_raw_text (backup, "PRAGMA quick_check", "ok");
  assert_raw_integer (backup, "SELECT count(*) > 0 FROM change", 1);
}

static void
test_failed_migration_changes_nothing (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *schema = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  int version;

  if (!g_getenv ("MINGCHA_TEST_STEPS"))
    {
      with_steps ("CREATE TABLE later (a); CREATE TABLE area (b);", "/store/database/failed-migration-changes-nothing");
      return;
    }
  store_folder_init (&folder);
  version = copy_fixture (&folder);
  schema = dump_schema (folder.db);
  g_assert_null (mc_store_open (folder.db, 0, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED);
  after = dump_schema (folder.db);
  g_assert_cmpstr (after, ==, schema);
  assert_raw_integer (folder.db, "PRAGMA user_version", version);
}

/* A reader cannot migrate the file, so it reads a copy that it may migrate. */
static void
test_older_file_is_read_as_a_migrated_copy (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McRecord) area = NULL;
  int version;

  if (!g_getenv ("MINGCHA_TEST_STEPS"))
    {
      with_steps ("CREATE TABLE later (a);", "/store/database/older-file-is-read-as-a-migrated-copy");
      return;
    }
  store_folder_init (&folder);
  version = copy_fixture (&folder);
  store = store_open_at (folder.db, MC_STORE_READ_ONLY);
  g_assert_cmpint (mc_store_get_mode (store), ==, MC_STORE_MODE_COPY);
  area = store_load_ok (store, "area", "00000000-0000-4000-8000-00000000000a");
  assert_raw_integer (folder.db, "PRAGMA user_version", version);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/database/missing-file-is-not-made", test_missing_file_is_not_made);
  g_test_add_func ("/store/database/existing-file-is-not-created-over", test_existing_file_is_not_created_over);
  g_test_add_func ("/store/database/other-files-are-not-ours", test_other_files_are_not_ours);
  g_test_add_func ("/store/database/newer-file-is-refused", test_newer_file_is_refused);
  g_test_add_func ("/store/database/truncated-file-is-corrupt", test_truncated_file_is_corrupt);
  g_test_add_func ("/store/database/damaged-pages-are-corrupt", test_damaged_pages_are_corrupt);
  g_test_add_func ("/store/database/read-only-folder-is-named", test_read_only_folder_is_named);
  g_test_add_func ("/store/database/read-only-medium-is-read-in-place", test_read_only_medium_is_read_in_place);
  g_test_add_func ("/store/database/read-only-medium-with-a-wal-is-copied", test_read_only_medium_with_a_wal_is_copied);
  g_test_add_func ("/store/database/full-disk-loses-nothing", test_full_disk_loses_nothing);
  g_test_add_func ("/store/database/fixtures-open-and-go-on", test_fixtures_open_and_go_on);
  g_test_add_func ("/store/database/migration-keeps-a-backup", test_migration_keeps_a_backup);
  g_test_add_func ("/store/database/failed-migration-changes-nothing", test_failed_migration_changes_nothing);
  g_test_add_func ("/store/database/older-file-is-read-as-a-migrated-copy", test_older_file_is_read_as_a_migrated_copy);
  return g_test_run ();
}
