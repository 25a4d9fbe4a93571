/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was acknowledged is there after the power failed or the process was killed, and the store is sound. */
#include "store-folder.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "busy-store.h"
#include "lossy-files.h"
#include "lossy-vfs.h"
#include "seeded.h"
#include "store/mc-blob-store.h"
#include "store/mc-blob.h"

/* What was acknowledged: id → beds; and of the one save that was under way, what it would have made. */
typedef struct
{
  GHashTable *beds;
  char *pending;
  int pending_beds;
} Acknowledged;

static void
acknowledged_init (Acknowledged *self)
{
  self->beds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending = NULL;
  self->pending_beds = 0;
}

static void
acknowledged_clear (Acknowledged *self)
{
  g_hash_table_unref (self->beds);
  g_free (self->pending);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Acknowledged, acknowledged_clear)

static gboolean
save (McStore *store, const McRecord *base, const McRecord *edited, Acknowledged *acknowledged)
{
  g_autoptr (GError) error = NULL;
  const char *id = mc_record_get_id (edited);
  int beds = (int) mc_record_get_integer (edited, "beds", 0);

  g_free (acknowledged->pending);
  acknowledged->pending = g_strdup (id);
  acknowledged->pending_beds = beds;
  if (!mc_store_save (store, base, edited, &error))
    return FALSE;
  g_hash_table_replace (acknowledged->beds, g_strdup (id), GINT_TO_POINTER (beds));
  g_clear_pointer (&acknowledged->pending, g_free);
  return TRUE;
}

/* Small pages of the -wal, so that checkpoints happen within the test. */
static gboolean
checkpoint_often (sqlite3 *db, gpointer data, GError **error)
{
  return sqlite3_wal_autocheckpoint (db, 8) == SQLITE_OK;
}

/* What the store must not do: come back from a save before it is on the disk. */
static gboolean careless = FALSE;

static void
be_careless_cb (gpointer database)
{
  g_assert_true (mc_database_execute (database, "PRAGMA synchronous = NORMAL", NULL));
}

static void
work (const char *db, const char *area, Acknowledged *acknowledged)
{
  g_autoptr (McStore) store = mc_store_open (db, 0, NULL);

  if (!store || !mc_store_write_local (store, checkpoint_often, NULL, NULL))
    return;
  if (careless)
    mc_worker_run (store->worker, be_careless_cb, store->database);
  for (int i = 1; i <= 6; i++)
    {
      g_autoptr (McRecord) facility = new_facility ("Home", area);
      g_autoptr (McRecord) base = NULL;
      g_autoptr (McRecord) edited = NULL;

      mc_record_set_integer (facility, "beds", i);
      mc_record_set_text (facility, "contact_phone", "13800000000");
      if (!save (store, NULL, facility, acknowledged))
        break;
      base = mc_store_load (store, "facility", mc_record_get_id (facility), NULL);
      if (!base)
        break;
      edited = mc_record_copy (base);
      mc_record_set_integer (edited, "beds", 100 + i);
      if (!save (store, base, edited, acknowledged))
        break;
    }
  mc_store_close (store);
}

/* The number of what is not as acknowledged; G_MAXUINT if nothing can be read. */
static guint
count_lost (const char *db, const Acknowledged *acknowledged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open (db, 0, &error);
  GHashTableIter iter;
  gpointer id, beds;
  guint n = 0;

  if (!store)
    {
      g_test_message ("the database cannot be opened: %s", error->message);
      return G_MAXUINT;
    }
  g_hash_table_iter_init (&iter, acknowledged->beds);
  while (g_hash_table_iter_next (&iter, &id, &beds))
    {
      g_autoptr (McRecord) record = mc_store_load (store, "facility", id, NULL);
      gint64 found = record ? mc_record_get_integer (record, "beds", 0) : -1;
      gboolean under_way = g_strcmp0 (acknowledged->pending, id) == 0 && found == acknowledged->pending_beds;

      if (found != GPOINTER_TO_INT (beds) && !under_way)
        n++;
    }
  mc_store_close (store);
  return n;
}

/* --- the power fails under the database ----------------------------------------------------------------------------- */

static char *
make_base (StoreFolder *folder)
{
  g_autoptr (McStore) store = NULL;
  char *area;

  store_folder_init (folder);
  store = store_create_at (folder->db);
  area = store_add_area (store, "Nanhu");
  mc_store_close (store);
  return area;
}

static guint
fail_once (const char *base, const char *area, guint64 n, GRand *rand)
{
  g_auto (StoreFolder) folder = { 0 };
  g_auto (Acknowledged) acknowledged = { 0 };
  g_autofree char *data = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  guint lost;

  store_folder_init (&folder);
  data = g_path_get_dirname (folder.db);
  acknowledged_init (&acknowledged);
  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (folder.db, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  lossy_vfs_start (n);
  work (folder.db, area, &acknowledged);
  lossy_vfs_recover (n % 2 ? rand : NULL);
  lost = count_lost (folder.db, &acknowledged);
  if (lost == 0)
    busy_store_assert_sound (folder.db);
  lossy_vfs_start (0);
  return lost;
}

/* How many chances to fail one piece of work has. */
static guint64
count_chances (const char *base, const char *area)
{
  g_auto (StoreFolder) folder = { 0 };
  g_auto (Acknowledged) acknowledged = { 0 };
  g_autofree char *data = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  guint64 n;

  store_folder_init (&folder);
  data = g_path_get_dirname (folder.db);
  acknowledged_init (&acknowledged);
  g_assert_true (g_file_get_contents (base, &bytes, &length, NULL));
  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (folder.db, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  lossy_vfs_start (0);
  work (folder.db, area, &acknowledged);
  n = lossy_vfs_count ();
  g_assert_cmpuint (g_hash_table_size (acknowledged.beds), ==, 6);
  g_assert_cmpuint (count_lost (folder.db, &acknowledged), ==, 0);
  lossy_vfs_start (0);
  return n;
}

static void
test_power (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = make_base (&folder);
  g_autoptr (GRand) rand = seeded_rand ();
  guint64 chances = count_chances (folder.db, area);
  guint rounds = g_test_slow () ? 1000 : 20;

  g_assert_cmpuint (chances, >, 50);
  for (guint i = 0; i < rounds; i++)
    {
      guint64 n = 1 + below (rand, (guint) chances);
      guint lost = fail_once (folder.db, area, n, rand);

      if (lost > 0)
        g_test_message ("the power failed at %u of %u", (guint) n, (guint) chances);
      g_assert_cmpuint (lost, ==, 0);
    }
  g_test_message ("%u failures of power among %u chances: nothing lost", rounds, (guint) chances);
}

/* A disk that says it has synced and has not: then things must get lost, or the test above proves nothing. */
static void
test_power_can_lose (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = make_base (&folder);
  g_autoptr (GRand) rand = seeded_rand ();
  guint64 chances = count_chances (folder.db, area);
  guint n_lost = 0;

  lossy_vfs_set_lying (TRUE);
  for (guint i = 0; i < 20 && n_lost == 0; i++)
    n_lost = fail_once (folder.db, area, (chances / 2 + below (rand, (guint) chances / 2)) & ~G_GUINT64_CONSTANT (1), rand);
  lossy_vfs_set_lying (FALSE);
  g_assert_cmpuint (n_lost, >, 0);
}

/* Without the sync at each commit something must get lost too. */
static void
test_power_needs_full_synchronous (void)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = make_base (&folder);
  g_autoptr (GRand) rand = seeded_rand ();
  guint64 chances;
  guint n_lost = 0;

  careless = TRUE;
  chances = count_chances (folder.db, area);
  for (guint64 n = chances; n > chances / 2 && n_lost == 0; n--)
    n_lost = fail_once (folder.db, area, n & ~G_GUINT64_CONSTANT (1), rand);
  careless = FALSE;
  g_assert_cmpuint (n_lost, >, 0);
}

/* --- the power fails under the blobs -------------------------------------------------------------------------------- */

/* Adds blobs until the power fails; those that were acknowledged go to @acknowledged. */
static void
add_blobs (McBlobStore *blobs, GPtrArray *acknowledged)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strnfill (3000 + i, (char) ('a' + i));
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
      char *digest = mc_blob_store_add (blobs, stream, NULL, 0, NULL, NULL, NULL);

      if (!digest)
        return;
      g_ptr_array_add (acknowledged, digest);
    }
}

static gboolean
is_acknowledged (const char *digest, gpointer acknowledged)
{
  return g_ptr_array_find_with_equal_func (acknowledged, digest, g_str_equal, NULL);
}

static guint64
fail_blobs_once (guint64 n, GRand *rand)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autoptr (McBlobStore) blobs = NULL;
  g_autoptr (GPtrArray) acknowledged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) strays = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  guint64 chances;

  store_folder_init (&folder);
  folder.db = (g_free (folder.db), g_build_filename (folder.path, "mingcha.db", NULL));
  blobs = mc_blob_store_new (folder.db);
  lossy_files_start (folder.path, n);
  add_blobs (blobs, acknowledged);
  chances = lossy_files_count ();
  lossy_files_recover (rand);
  for (guint i = 0; i < acknowledged->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean whole = mc_blob_store_read (blobs, g_ptr_array_index (acknowledged, i), NULL, NULL, NULL, &error);

      if (!whole)
        g_test_message ("the power failed at %u", (guint) n);
      g_assert_no_error (error);
    }
  /* What the next start finds and has no row goes; nothing else stays. */
  mc_blob_store_sweep (blobs, is_acknowledged, acknowledged);
  found = mc_blob_store_list (blobs, strays);
  g_assert_cmpuint (strays->len, ==, 0);
  for (guint i = 0; i < found->len; i++)
    if (!is_acknowledged (g_ptr_array_index (found, i), acknowledged))
      g_assert_true (mc_blob_store_erase (blobs, g_ptr_array_index (found, i), NULL));
  return chances;
}

static void
test_blobs_power (void)
{
  g_autoptr (GRand) rand = seeded_rand ();
  guint64 chances = fail_blobs_once (0, rand);
  guint rounds = g_test_slow () ? 1000 : 60;

  g_assert_cmpuint (chances, >, 30);
  for (guint i = 0; i < rounds; i++)
    fail_blobs_once (1 + below (rand, (guint) chances), rand);
  g_test_message ("%u failures of power among %u chances: no file lost", rounds, (guint) chances);
}

/* --- the process is killed --------------------------------------------------------------------------------------------- */

/* The child: saves and says so, until it is killed. Each line on the pipe is the id of what mc_store_save() or mc_store_add_blob() has acknowledged. */
static int
child (const char *db, const char *area)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) store = mc_store_open (db, 0, &error);

  if (!store)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  for (guint i = 0;; i++)
    {
      g_autoptr (McRecord) facility = new_facility ("Home", area);
      g_autofree char *text = g_strdup_printf ("photo %u %s", i, mc_record_get_id (facility));
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autofree char *digest = NULL;
      g_autofree char *line = NULL;

      mc_record_set_text (facility, "contact_phone", "13800000000");
      if (!mc_store_save (store, NULL, facility, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      digest = i % 3 == 0 ? mc_store_add_blob (store, bytes, NULL) : NULL;
      line = g_strdup_printf ("%s %s\n", mc_record_get_id (facility), digest ? digest : "-");
      if (write (STDOUT_FILENO, line, strlen (line)) != (gssize) strlen (line))
        return 1;
    }
}

/* Kills it after @lines lines and up to @us microseconds; what it had said by then. */
static char *
kill_child (const char *program, const char *db, const char *area, guint lines, guint us)
{
  const char *argv[] = { program, "--child", db, area, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "XDG_STATE_HOME", g_get_user_state_dir (), TRUE);
  g_autoptr (GString) text = g_string_new (NULL);
  guint seen = 0;
  GPid pid;
  int out, status;
  char c;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, NULL));
  while (seen < lines && read (out, &c, 1) == 1)
    {
      g_string_append_c (text, c);
      seen += c == '\n' ? 1 : 0;
    }
  g_usleep (us);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  while (read (out, &c, 1) == 1)
    g_string_append_c (text, c);
  close (out);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_acknowledged (McStore *store, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  /* The last piece is empty or was cut off. */
  for (guint i = 0; lines[0] && lines[i + 1]; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 2);
      g_autoptr (McRecord) record = store_load_ok (store, "facility", words[0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      g_assert_cmpstr (mc_record_get_text (record, "contact_phone"), ==, "13800000000");
      if (g_str_equal (words[1], "-"))
        continue;
      bytes = mc_store_read_blob (store, words[1], NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_killed (gconstpointer program)
{
  g_auto (StoreFolder) folder = { 0 };
  g_autofree char *area = make_base (&folder);
  g_autoptr (GRand) rand = seeded_rand ();
  guint rounds = g_test_slow () ? 200 : 10;
  g_autofree char *device = NULL;

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *text = kill_child (program, folder.db, area, below (rand, 6), below (rand, 20000));
      g_autoptr (McStore) store = store_open_at (folder.db, 0);

      check_acknowledged (store, text);
      /* A killed process is no copied file: the device goes on. */
      if (device)
        g_assert_cmpstr (mc_store_get_device (store), ==, device);
      g_free (device);
      device = g_strdup (mc_store_get_device (store));
      mc_store_close (store);
      if (i % 10 == 9)
        busy_store_assert_sound (folder.db);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return child (argv[2], argv[3]);
  lossy_vfs_register ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/store/crash/power-fails-under-the-database", test_power);
  g_test_add_func ("/store/crash/a-lying-disk-loses", test_power_can_lose);
  g_test_add_func ("/store/crash/without-a-sync-of-each-commit-it-loses", test_power_needs_full_synchronous);
  g_test_add_func ("/store/crash/power-fails-under-the-blobs", test_blobs_power);
  g_test_add_data_func ("/store/crash/process-is-killed", argv[0], test_killed);
  return g_test_run ();
}
