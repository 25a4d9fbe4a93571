/* SPDX-License-Identifier: GPL-3.0-or-later
 * A blob is there whole or not at all, under its SHA-256, before its row is. */
#include "busy-store.h"

#include <string.h>

#include "store/mc-blob-store.h"
#include "store/mc-blob.h"

#define HELLO "hello"
#define HELLO_DIGEST "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"

static char *
add (McStore *store, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  char *digest = mc_store_add_blob (store, bytes, &error);

  g_assert_no_error (error);
  return digest;
}

static char *
path_of (McStore *store, const char *digest)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (mc_store_get_path (store));

  return mc_blob_store_path (blobs, digest);
}

static guint
count_in_folder (McStore *store)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (mc_store_get_path (store));
  g_autoptr (GDir) dir = g_dir_open (mc_blob_store_get_folder (blobs), 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static void
test_added (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  GStatBuf st;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add (store, HELLO);
  g_assert_cmpstr (digest, ==, HELLO_DIGEST);
  again = add (store, HELLO);
  g_assert_cmpstr (again, ==, HELLO_DIGEST);
  path = path_of (store, digest);
  g_assert_true (g_str_has_suffix (path, "/data/blobs/2c/" HELLO_DIGEST));
  g_assert_cmpint (g_stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_in_folder (store), ==, 1);
  bytes = mc_store_read_blob (store, digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), HELLO, 5);
  g_assert_cmpint (mc_store_get_blob_state (store, digest, &error), ==, MC_BLOB_TO_SEND);
  assert_raw_integer (folder.db, "SELECT size FROM blob", 5);
  assert_raw_integer (folder.db, "SELECT count(*) FROM blob", 1);
  mc_store_close (store);
}

static void
test_from_file (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *digest = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  file = g_build_filename (folder.path, "photo", NULL);
  g_assert_true (g_file_set_contents (file, HELLO, 5, NULL));
  digest = mc_store_add_blob_from_file (store, file, 5, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, HELLO_DIGEST);

  g_assert_null (mc_store_add_blob_from_file (store, file, 4, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_store_add_blob_from_file (store, folder.path, 0, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_store_add_blob_from_file (store, "/nowhere/photo", 0, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_in_folder (store), ==, 1);
  mc_store_close (store);
}

static void
test_too_large_leaves_nothing (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (HELLO, 5, NULL);

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_assert_null (mc_store_add_blob_from_stream (store, stream, 4, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
  g_assert_cmpuint (count_in_folder (store), ==, 0);
  assert_raw_integer (folder.db, "SELECT count(*) FROM blob", 0);
  mc_store_close (store);
}

static void
test_cancelled_leaves_nothing (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (HELLO, 5, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_cancellable_cancel (cancellable);
  g_assert_null (mc_store_add_blob_from_stream (store, stream, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_in_folder (store), ==, 0);
  mc_store_close (store);
}

static void
test_damaged_is_refused (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add (store, HELLO);
  path = path_of (store, digest);
  g_assert_true (g_file_set_contents (path, "hellp", 5, NULL));
  g_assert_null (mc_store_read_blob (store, digest, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT);
  g_clear_error (&error);
  /* Whoever has the bytes mends it. */
  again = add (store, HELLO);
  bytes = mc_store_read_blob (store, digest, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  mc_store_close (store);
}

static void
test_unknown_and_erased_say_why (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *erased = NULL;
  g_autofree char *path = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_assert_null (mc_store_read_blob (store, HELLO_DIGEST, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  busy_store_fill (store);
  erased = raw_text (folder.db, "SELECT digest FROM blob WHERE state = 'erased'");
  g_assert_null (mc_store_read_blob (store, erased, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND);
  path = path_of (store, erased);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  mc_store_close (store);
}

/* --- after a crash: what the sweep of the next start does ----------------------------------------------------------- */

static void
test_crash_before_the_row (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *path = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  kept = add (store, "kept");
  {
    /* What a process does until it dies between file and row. */
    g_autoptr (McBlobStore) blobs = mc_blob_store_new (mc_store_get_path (store));
    g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (HELLO, 5, NULL);
    g_autofree char *digest = mc_blob_store_add (blobs, stream, NULL, 0, NULL, NULL, NULL);
    g_autofree char *temporary = g_build_filename (mc_blob_store_get_folder (blobs), ".tmp-mingcha.db-0123", NULL);
    g_autofree char *foreign = g_build_filename (mc_blob_store_get_folder (blobs), ".tmp-other.db-0123", NULL);

    g_assert_cmpstr (digest, ==, HELLO_DIGEST);
    g_assert_true (g_file_set_contents (temporary, "x", 1, NULL));
    g_assert_true (g_file_set_contents (foreign, "x", 1, NULL));
    path = mc_blob_store_path (blobs, digest);
  }
  mc_store_close (store);
  g_clear_object (&store);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  store = store_open_at (folder.db, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (mc_store_get_blob_state (store, kept, NULL), ==, MC_BLOB_TO_SEND);
  /* The two folders, and what belongs to another database beside this one. */
  g_assert_cmpuint (count_in_folder (store), ==, 3);
  mc_store_close (store);
}

static void
test_crash_after_the_row (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *path = NULL;
  g_autofree char *mark = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add (store, HELLO);
  path = path_of (store, digest);
  {
    g_autoptr (McBlobStore) blobs = mc_blob_store_new (mc_store_get_path (store));

    mark = g_strdup_printf ("%s/.adding-%s-mingcha.db", mc_blob_store_get_folder (blobs), digest);
    g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  }
  mc_store_close (store);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  mc_store_close (store);
}

static void
test_crash_within_an_erasure (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *erased = NULL;
  g_autofree char *path = NULL;
  g_autofree char *parent = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  busy_store_fill (store);
  erased = raw_text (folder.db, "SELECT digest FROM blob WHERE state = 'erased'");
  path = path_of (store, erased);
  parent = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"id\":\"erased\"}", -1, NULL));
  mc_store_close (store);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  mc_store_close (store);
}

/* --- with the record that names it ------------------------------------------------------------------------------ */

static char *
add_for_record (McStore *store)
{
  g_autoptr (GBytes) bytes = g_bytes_new (HELLO, strlen (HELLO));
  g_autoptr (GError) error = NULL;
  char *digest = mc_store_add_blob_for_record (store, bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, HELLO_DIGEST);
  return digest;
}

static void
save_photo (McStore *store, const char *digest)
{
  g_autofree char *visit = store_add_visit (store);
  g_autoptr (McRecord) photo = mc_record_new (mc_entity_find ("photo"), NULL);

  mc_record_set_text (photo, "visit", visit);
  mc_record_set_text (photo, "blob", digest);
  mc_record_set_text (photo, "received_digest", digest);
  store_save_ok (store, NULL, photo);
}

static void
assert_here (McStore *store, McBlobState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mc_store_read_blob (store, HELLO_DIGEST, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), HELLO, 5);
  g_assert_cmpint (mc_store_get_blob_state (store, HELLO_DIGEST, &error), ==, (int) state);
}

static void
test_with_its_record (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *digest = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add_for_record (store);
  assert_raw_integer (folder.db, "SELECT count(*) FROM blob", 0);
  save_photo (store, digest);
  /* Who is told of the record at once can read it. */
  assert_here (store, MC_BLOB_TO_FETCH);
  mc_store_confirm_blob (store, digest);
  assert_here (store, MC_BLOB_TO_SEND);
  assert_raw_integer (folder.db, "SELECT size FROM blob", 5);
  g_assert_cmpuint (count_in_folder (store), ==, 1);
  /* A second one that fails takes nothing away from the first. */
  g_free (add_for_record (store));
  mc_store_drop_blob (store, digest);
  assert_here (store, MC_BLOB_TO_SEND);
  mc_store_close (store);
  busy_store_assert_sound (folder.db);
}

static void
test_record_refused (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *path = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add_for_record (store);
  path = path_of (store, digest);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  mc_store_drop_blob (store, digest);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_raw_integer (folder.db, "SELECT count(*) FROM blob", 0);
  mc_store_close (store);
}

/* It ends before the record is there: no file stays. It ends after it: the file does. */
static void
test_crash_around_the_record (gconstpointer after)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *path = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  digest = add_for_record (store);
  path = path_of (store, digest);
  if (after)
    save_photo (store, digest);
  mc_store_close (store);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, after != NULL);
  if (after)
    assert_here (store, MC_BLOB_TO_SEND);
  else
    assert_raw_integer (folder.db, "SELECT count(*) FROM blob", 0);
  mc_store_close (store);
  busy_store_assert_sound (folder.db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/blob/added-under-its-digest", test_added);
  g_test_add_func ("/store/blob/added-from-a-file", test_from_file);
  g_test_add_func ("/store/blob/too-large-leaves-nothing", test_too_large_leaves_nothing);
  g_test_add_func ("/store/blob/cancelled-leaves-nothing", test_cancelled_leaves_nothing);
  g_test_add_func ("/store/blob/damaged-is-refused", test_damaged_is_refused);
  g_test_add_func ("/store/blob/unknown-and-erased-say-why", test_unknown_and_erased_say_why);
  g_test_add_func ("/store/blob/crash-before-the-row-leaves-no-ghost", test_crash_before_the_row);
  g_test_add_func ("/store/blob/crash-after-the-row-keeps-the-file", test_crash_after_the_row);
  g_test_add_func ("/store/blob/comes-with-its-record", test_with_its_record);
  g_test_add_func ("/store/blob/goes-when-its-record-is-refused", test_record_refused);
  g_test_add_data_func ("/store/blob/crash-before-its-record-leaves-no-ghost", NULL, test_crash_around_the_record);
  g_test_add_data_func ("/store/blob/crash-after-its-record-keeps-the-file", "after", test_crash_around_the_record);
  g_test_add_func ("/store/blob/crash-within-an-erasure-is-finished", test_crash_within_an_erasure);
  return g_test_run ();
}
