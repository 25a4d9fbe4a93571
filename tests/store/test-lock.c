/* SPDX-License-Identifier: GPL-3.0-or-later
 * One process writes; a second one is told who holds the file, and may read. */
#include "store-folder.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_second_writer_is_told_who_holds_the_file (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McStore) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = g_strdup_printf ("%ld", (long) getpid ());

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  second = mc_store_open (folder.db, 0, &error);
  g_assert_null (second);
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, pid));
  g_assert_nonnull (strstr (error->message, g_get_prgname ()));
  g_assert_nonnull (strstr (error->message, g_get_user_name ()));
}

static void
test_lock_ends_with_the_store (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
  mc_store_close (store);
  g_clear_object (&store);
  store = store_open_at (folder.db, 0);
}

/* The lock is of the file, whichever name leads to it. */
static void
test_lock_sees_through_links (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GError) error = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  link = g_build_filename (folder.path, "link.db", NULL);
  g_assert_cmpint (symlink (folder.db, link), ==, 0);
  g_assert_null (mc_store_open (link, 0, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY);
}

/* A holder that was killed leaves its name, but no lock. */
static void
test_lock_dies_with_its_holder (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McLock) lock = NULL;
  g_autofree char *database = NULL;
  int ready[2], status;
  char byte;
  pid_t child;

  store_folder_init (&folder);
  database = g_build_filename (folder.path, "mingcha.db", NULL);
  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      McLock *held = mc_lock_acquire (database, NULL);

      if (!held || write (ready[1], "x", 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_null (mc_lock_acquire (database, NULL));
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  lock = mc_lock_acquire (database, NULL);
  g_assert_nonnull (lock);
  close (ready[0]);
  close (ready[1]);
}

static void
test_reading_goes_on_beside_a_writer (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McStore) store = NULL;
  g_autoptr (McStore) reader = NULL;
  g_autofree char *area = NULL;
  g_autofree char *later = NULL;
  g_autoptr (McRecord) first = NULL;
  g_autoptr (McRecord) second = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (GError) error = NULL;

  store_folder_init (&folder);
  store = store_create_at (folder.db);
  area = store_add_area (store, "Nanhu");
  reader = store_open_at (folder.db, MC_STORE_READ_ONLY);
  g_assert_cmpint (mc_store_get_mode (reader), ==, MC_STORE_MODE_READ);
  g_assert_cmpstr (mc_store_get_device (reader), ==, mc_store_get_device (store));
  first = store_load_ok (reader, "area", area);
  later = store_add_area (store, "Xiuzhou");
  second = store_load_ok (reader, "area", later);
  g_assert_cmpstr (mc_record_get_text (second, "name"), ==, "Xiuzhou");
  edited = mc_record_copy (first);
  mc_record_set_text (edited, "name", "Other");
  g_assert_false (mc_store_save (reader, first, edited, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/lock/second-writer-is-told-who-holds-the-file", test_second_writer_is_told_who_holds_the_file);
  g_test_add_func ("/store/lock/lock-ends-with-the-store", test_lock_ends_with_the_store);
  g_test_add_func ("/store/lock/lock-sees-through-links", test_lock_sees_through_links);
  g_test_add_func ("/store/lock/lock-dies-with-its-holder", test_lock_dies_with_its_holder);
  g_test_add_func ("/store/lock/reading-goes-on-beside-a-writer", test_reading_goes_on_beside_a_writer);
  return g_test_run ();
}
