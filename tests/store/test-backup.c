/* SPDX-License-Identifier: GPL-3.0-or-later
 * A backup holds everything but this machine's secrets, is checked before it counts, and replaces nothing until it is known to be whole. */
#include "busy-store.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "seeded.h"
#include "store/mc-backup.h"
#include "store/mc-blob-store.h"
#include "store/mc-blob.h"
#include "store/mc-device.h"
#include "store/mc-lock.h"

typedef struct
{
  StoreFolder folder;
  McStore *store;
  char *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  store_folder_init (&self->folder);
  self->store = store_create_at (self->folder.db);
  busy_store_fill (self->store);
  self->file = g_build_filename (self->folder.path, "backup.tar", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->store)
    mc_store_close (self->store);
  g_clear_object (&self->store);
  store_folder_clear (&self->folder);
  g_free (self->file);
}

static McBackupInfo *
back_up (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  McBackupInfo *info = mc_store_backup (self->store, self->file, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);
  return info;
}

static void
close_store (Fixture *self)
{
  mc_store_close (self->store);
  g_clear_object (&self->store);
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

static gboolean
holds_bytes (const char *file, const void *needle, gsize length)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  return memmem (bytes, size, needle, length) != NULL;
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autoptr (McBackupInfo) restored = NULL;
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (self->folder.path, "elsewhere", "mingcha.db", NULL);
  g_autofree char *before = busy_store_dump (self->folder.db);
  g_autofree char *after = NULL;
  g_autofree char *digest = raw_text (self->folder.db, "SELECT digest FROM blob WHERE state = 'to_send'");
  g_autofree char *sql = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpuint (info->blobs, ==, BUSY_STORE_BLOBS);
  g_assert_cmpuint (info->left_out, ==, 0);
  g_assert_cmpuint (info->lines, ==, (guint64) raw_integer (self->folder.db, "SELECT count(*) FROM change"));
  restored = mc_store_restore (self->file, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (restored->kept_aside);
  g_assert_cmpuint (restored->lines, ==, info->lines);
  after = busy_store_dump (target);
  g_assert_cmpstr (before, ==, after);
  busy_store_assert_sound (target);

  /* It goes on as a new device that names the old one. */
  store = store_open_at (target, 0);
  g_assert_cmpstr (mc_store_get_device (store), !=, mc_store_get_device (self->store));
  sql = g_strdup_printf ("SELECT previous FROM device WHERE id = '%s'", mc_store_get_device (store));
  assert_raw_text (target, sql, mc_store_get_device (self->store));
  bytes = mc_store_read_blob (store, digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  mc_store_close (store);
  busy_store_assert_sound (target);
}

/* No token, no key, nor a hash of either. */
static void
test_no_secrets (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autofree char *hash = raw_text (self->folder.db, "SELECT token_hash FROM device_state");
  g_autofree char *state = mc_device_state_folder ();
  g_autofree char *name = g_strconcat (mc_store_get_device (self->store), ".key", NULL);
  g_autofree char *key_file = g_build_filename (state, name, NULL);
  g_autofree char *key = NULL;
  gsize length;

  g_assert_cmpuint (strlen (hash), ==, 64);
  g_assert_false (holds_bytes (self->file, hash, 64));
  g_assert_true (g_file_get_contents (key_file, &key, &length, NULL));
  g_assert_false (holds_bytes (self->file, key, 64));
}

/* What other programs say of it. */
static void
test_plain_tools_read_it (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autofree char *out = g_build_filename (self->folder.path, "out", NULL);
  const char *untar[] = { "tar", "-xf", self->file, "-C", out, NULL };
  const char *sums[] = { "sha256sum", "--quiet", "-c", "manifest.sha256", NULL };
  int status = -1;

  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  g_assert_true (g_spawn_sync (NULL, (char **) untar, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_spawn_sync (out, (char **) sums, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

/* Over the database that it was made from, after more work. */
static void
test_over_an_existing_one (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autoptr (McBackupInfo) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = busy_store_dump (self->folder.db);
  g_autofree char *after = NULL;
  g_autofree char *area = store_add_area (self->store, "Later");
  g_autofree char *device = g_strdup (mc_store_get_device (self->store));

  g_assert_null (mc_store_restore (self->file, self->folder.db, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY);
  g_clear_error (&error);
  close_store (self);

  restored = mc_store_restore (self->file, self->folder.db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  after = busy_store_dump (self->folder.db);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (restored->kept_aside);
  assert_raw_integer (restored->kept_aside, "SELECT count(*) FROM area WHERE name = 'Later'", 1);

  self->store = store_open_at (self->folder.db, 0);
  g_assert_cmpstr (mc_store_get_device (self->store), !=, device);
  busy_store_assert_sound (self->folder.db);
}

static void
test_over_a_damaged_one (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autoptr (McBackupInfo) restored = NULL;
  g_autoptr (GError) error = NULL;

  close_store (self);
  g_assert_true (g_file_set_contents (self->folder.db, "no database", -1, NULL));
  restored = mc_store_restore (self->file, self->folder.db, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  busy_store_assert_sound (self->folder.db);
  g_assert_true (holds_bytes (restored->kept_aside, "no database", 11));
}

/* --- files that are no whole backup ------------------------------------------------------------------------------- */

static void
assert_refused (Fixture *self, const char *bytes, gsize length, gboolean not_ours)
{
  g_autofree char *bad = g_build_filename (self->folder.path, "bad.tar", NULL);
  g_autofree char *target = g_build_filename (self->folder.path, "target", "mingcha.db", NULL);
  g_autofree char *target_folder = g_path_get_dirname (target);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (bad, bytes, (gssize) length, NULL));
  g_assert_null (mc_store_restore (bad, target, NULL, NULL, NULL, &error));
  if (not_ours)
    g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_OURS);
  else
    g_assert_true (error->domain == MC_STORE_ERROR);
  g_assert_false (g_file_test (target_folder, G_FILE_TEST_EXISTS));
}

static void
test_truncated (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (self->file, &bytes, &length, NULL));
  for (guint i = 0; i < 12; i++)
    assert_refused (self, bytes, length * i / 12, i == 0);
  /* Everything but the manifest and the end. */
  assert_refused (self, bytes, length - 3 * 512 - 1024, FALSE);
}

static void
test_any_bit (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autoptr (GRand) rand = seeded_rand ();
  g_autofree char *bytes = NULL;
  g_autofree char *bad = g_build_filename (self->folder.path, "bad.tar", NULL);
  guint n_refused = 0;
  gsize length;

  g_assert_true (g_file_get_contents (self->file, &bytes, &length, NULL));
  for (guint i = 0; i < (g_test_slow () ? 3000 : 100); i++)
    {
      gsize at = below (rand, (guint) length);
      char bit = (char) (1 << below (rand, 8));
      g_autoptr (McBackupInfo) found = NULL;

      bytes[at] ^= bit;
      g_assert_true (g_file_set_contents (bad, bytes, (gssize) length, NULL));
      found = mc_backup_check (bad, NULL, NULL, NULL, NULL);
      bytes[at] ^= bit;
      n_refused += found ? 0 : 1;
      /* Only the zeros that fill up the last block of an entry, and the end, say nothing. */
      if (found)
        g_assert_cmpint (bytes[at], ==, 0);
    }
  g_assert_cmpuint (n_refused, >, 50);
}

static void
test_no_backup (Fixture *self, gconstpointer data)
{
  g_autofree char *database = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  close_store (self);
  g_assert_true (g_file_get_contents (self->folder.db, &database, &length, NULL));
  assert_refused (self, database, length, TRUE);
  assert_refused (self, "hello", 5, TRUE);
  assert_refused (self, "", 0, TRUE);
  g_assert_null (mc_store_restore ("/nowhere/backup", self->folder.db, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (mc_store_restore (self->folder.path, self->folder.db, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  busy_store_assert_sound (self->folder.db);
}

/* A tar that anyone could make: names that lead elsewhere, links, two of the same. */
static void
test_strange_entries (Fixture *self, gconstpointer script)
{
  g_autoptr (McBackupInfo) info = back_up (self);
  g_autofree char *out = g_build_filename (self->folder.path, "out", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *bad = g_build_filename (self->folder.path, "made.tar", NULL);
  g_autofree char *line = g_strdup_printf ("mkdir '%s' && cd '%s' && tar -xf '%s' && %s && tar --format=pax -cf '%s' $LIST", out, out, self->file,
                                           (const char *) script, bad);
  const char *argv[] = { "sh", "-c", line, NULL };
  int status = -1;
  gsize length;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_file_get_contents (bad, &bytes, &length, NULL));
  assert_refused (self, bytes, length, FALSE);
}

/* The checksums agree, but the log does not. */
static void
test_forged_content (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (self->folder.path, "target.db", NULL);
  sqlite3 *handle = NULL;

  close_store (self);
  g_assert_cmpint (sqlite3_open_v2 (self->folder.db, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE change SET line = replace (line, 'Home 3', 'Home 4') WHERE n > 1", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  self->store = store_open_at (self->folder.db, 0);
  info = back_up (self);
  g_assert_null (mc_store_restore (self->file, target, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

/* Derived tables that do not agree with a sound log are made again. */
static void
test_heals (Fixture *self, gconstpointer data)
{
  g_autoptr (McBackupInfo) info = NULL;
  g_autoptr (McBackupInfo) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (self->folder.path, "target", "mingcha.db", NULL);
  sqlite3 *handle = NULL;

  close_store (self);
  g_assert_cmpint (sqlite3_open_v2 (self->folder.db, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "UPDATE facility SET beds = 9", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  self->store = store_open_at (self->folder.db, 0);
  info = back_up (self);
  restored = mc_store_restore (self->file, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  busy_store_assert_sound (target);
}

/* --- what must not happen -------------------------------------------------------------------------------------------- */

static void
cancel_cb (const char *step, guint64 done, guint64 total, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McBackupInfo) info = NULL;
  guint before;

  g_assert_true (g_file_set_contents (self->file, "an older backup", -1, NULL));
  before = count_entries (self->folder.path);
  g_assert_null (mc_store_backup (self->store, self->file, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (holds_bytes (self->file, "an older backup", 15));
  g_assert_cmpuint (count_entries (self->folder.path), ==, before);

  info = back_up (self);
  close_store (self);
  g_clear_object (&cancellable);
  cancellable = g_cancellable_new ();
  g_assert_null (mc_store_restore (self->file, self->folder.db, cancel_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  busy_store_assert_sound (self->folder.db);
}

static void
test_places (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McBackupInfo) info = NULL;
  g_autofree char *beside = g_strconcat (self->folder.db, ".backup", NULL);
  g_autofree char *wal = g_strconcat (self->folder.db, "-wal", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder.path, "none", "backup", NULL);

  g_assert_null (mc_store_backup (self->store, self->folder.db, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_store_backup (self->store, wal, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_store_backup (self->store, self->folder.path, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (mc_store_backup (self->store, nowhere, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  info = mc_store_backup (self->store, beside, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_damaged_blob_is_left_out (Fixture *self, gconstpointer data)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (self->folder.db);
  g_autofree char *digest = raw_text (self->folder.db, "SELECT digest FROM blob WHERE state = 'to_send'");
  g_autofree char *path = mc_blob_store_path (blobs, digest);
  g_autofree char *target = g_build_filename (self->folder.path, "target", "mingcha.db", NULL);
  g_autoptr (McBackupInfo) info = NULL;
  g_autoptr (McBackupInfo) restored = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "other bytes", -1, NULL));
  info = back_up (self);
  g_assert_cmpuint (info->blobs, ==, BUSY_STORE_BLOBS - 1);
  g_assert_cmpuint (info->left_out, ==, 1);
  g_assert_true (holds_bytes (self->file, digest, 64));
  restored = mc_store_restore (self->file, target, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored->left_out, ==, 1);
}

/* In a file system of one megabyte of one's own; TRUE in @skipped where that is refused. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  g_autofree char *small = g_build_filename (self->folder.path, "small", NULL);
  g_autofree char *line = g_strdup_printf ("mount -t tmpfs -o size=256k none '%s' && exec '%s' --full-disk '%s' '%s/backup.tar'", small,
                                           (const char *) data, self->folder.db, small);
  const char *probe[] = { "unshare", "-m", "true", NULL };
  const char *argv[] = { "unshare", "-m", "sh", "-c", line, NULL };
  int status = -1;

  close_store (self);
  g_assert_cmpint (g_mkdir (small, 0700), ==, 0);
  if (!g_spawn_sync (NULL, (char **) probe, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
    {
      g_test_skip ("a file system of one's own is refused here (unshare -m)");
      return;
    }
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  busy_store_assert_sound (self->folder.db);
}

/* The child of the test above: 0 if the backup was refused for want of room, with nothing left behind. */
static int
full_disk (const char *db, const char *file)
{
  g_autoptr (McStore) store = store_open_at (db, MC_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (file);

  if (mc_store_backup (store, file, NULL, NULL, NULL, &error))
    return 1;
  if (!g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL))
    return 2;
  return count_entries (folder) == 0 ? 0 : 3;
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--full-disk"))
    return full_disk (argv[2], argv[3]);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, data, func) g_test_add ("/store/backup/" path, Fixture, data, set_up, func, tear_down)
  ADD ("restores-to-the-same", NULL, test_round_trip);
  ADD ("holds-no-secrets", NULL, test_no_secrets);
  ADD ("can-be-read-by-tar-and-sha256sum", NULL, test_plain_tools_read_it);
  ADD ("replaced-database-is-kept-aside", NULL, test_over_an_existing_one);
  ADD ("replaces-a-damaged-database", NULL, test_over_a_damaged_one);
  ADD ("truncated-is-refused", NULL, test_truncated);
  ADD ("any-flipped-bit-is-found", NULL, test_any_bit);
  ADD ("other-files-are-refused", NULL, test_no_backup);
  ADD ("entry-beside-is-refused", "touch x && LIST='backup.txt mingcha.db blobs manifest.sha256 x'", test_strange_entries);
  ADD ("entry-elsewhere-is-refused", "LIST=\"--transform=s,mingcha.db,../mingcha.db, backup.txt mingcha.db manifest.sha256\"", test_strange_entries);
  ADD ("link-is-refused", "rm mingcha.db && ln -s /etc/passwd mingcha.db && LIST='backup.txt mingcha.db manifest.sha256'", test_strange_entries);
  ADD ("missing-blob-is-refused", "LIST='backup.txt mingcha.db manifest.sha256'", test_strange_entries);
  ADD ("other-order-is-refused", "LIST='mingcha.db backup.txt manifest.sha256'", test_strange_entries);
  ADD ("no-manifest-is-refused", "LIST='backup.txt mingcha.db'", test_strange_entries);
  ADD ("newer-form-is-refused", "sed -i s,backup/1,backup/2, backup.txt && LIST='backup.txt mingcha.db manifest.sha256'", test_strange_entries);
  ADD ("database-with-a-changed-line-is-refused", NULL, test_forged_content);
  ADD ("derived-tables-are-made-again", NULL, test_heals);
  ADD ("cancelled-changes-nothing", NULL, test_cancelled);
  ADD ("may-not-be-written-over-the-database", NULL, test_places);
  ADD ("damaged-blob-is-left-out-and-named", NULL, test_damaged_blob_is_left_out);
  g_test_add ("/store/backup/full-disk-leaves-nothing", Fixture, argv[0], set_up, test_full_disk, tear_down);
#undef ADD
  return g_test_run ();
}
