/* SPDX-License-Identifier: GPL-3.0-or-later
 * A device id is one writer's life in one file: what goes on, and what must start a new one. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/mc-chain.h"
#include "store/mc-device.h"

typedef struct
{
  char *folder;
  char *database;
  char *id;         /* as the database keeps them */
  char *token_hash;
  guint64 seq;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *state = mc_device_state_folder ();

  self->folder = g_dir_make_tmp ("mingcha-device-XXXXXX", NULL);
  self->database = g_build_filename (self->folder, "mingcha.db", NULL);
  g_assert_true (g_file_set_contents (self->database, "x", 1, NULL));
  g_assert_true (g_str_has_suffix (state, "/mingcha"));
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->id);
  g_free (self->token_hash);
}

/* What the store does: start, store id and hash, confirm. */
static McDevice *
start (Fixture *self, const char *database, gboolean stored, gboolean confirmed)
{
  McDeviceRow row = { self->id, self->token_hash, self->seq };
  g_autoptr (GError) error = NULL;
  McDevice *device = mc_device_start (database, &row, &error);

  g_assert_no_error (error);
  g_assert_nonnull (device);
  if (stored)
    {
      g_free (self->id);
      g_free (self->token_hash);
      self->id = g_strdup (device->id);
      self->token_hash = g_strdup (device->token_hash);
    }
  if (confirmed)
    g_assert_true (mc_device_confirm (device, NULL));
  return device;
}

static McDeviceFound
restart (Fixture *self, const char *database)
{
  g_autoptr (McDevice) device = start (self, database, TRUE, TRUE);

  return device->found;
}

static char *
state_file (const char *id, const char *suffix)
{
  g_autofree char *folder = mc_device_state_folder ();
  g_autofree char *name = g_strconcat (id, suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

static void
test_first (Fixture *self, gconstpointer data)
{
  g_autoptr (McDevice) device = start (self, self->database, TRUE, TRUE);
  g_autofree char *key = state_file (device->id, ".key");
  g_autofree char *folder = mc_device_state_folder ();
  g_auto (McKeyPair) pair = { 0 };
  struct stat st;

  g_assert_cmpint (device->found, ==, MC_DEVICE_FIRST);
  g_assert_true (device->is_new);
  g_assert_true (mc_uuid_is_valid (device->id));
  g_assert_cmpstr (device->previous, ==, "");
  g_assert_cmpuint (strlen (device->public_key_hex), ==, 64);
  g_assert_true (mc_key_pair_from_secret (device->private_key, &pair, NULL));
  g_assert_cmpmem (pair.public_key, 32, device->public_key, 32);
  g_assert_cmpint (stat (key, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (folder, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0700);
}

static void
test_goes_on (Fixture *self, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;

  restart (self, self->database);
  id = g_strdup (self->id);
  hash = g_strdup (self->token_hash);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_GOES_ON);
  g_assert_cmpstr (self->id, ==, id);
  g_assert_cmpstr (self->token_hash, !=, hash);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_GOES_ON);
}

/* A crash before or after the database took the new token: both must go on. */
static void
test_crash_while_starting (Fixture *self, gconstpointer data)
{
  restart (self, self->database);
  for (guint stored = 0; stored <= 1; stored++)
    {
      g_autoptr (McDevice) crashed = start (self, self->database, stored == 1, FALSE);

      g_assert_cmpint (crashed->found, ==, MC_DEVICE_GOES_ON);
      g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_GOES_ON);
    }
}

static void
test_moved (Fixture *self, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (self->folder, "moved.db", NULL);

  restart (self, self->database);
  g_assert_cmpint (g_rename (self->database, elsewhere), ==, 0);
  g_assert_cmpint (restart (self, elsewhere), ==, MC_DEVICE_MOVED);
  g_assert_cmpint (restart (self, elsewhere), ==, MC_DEVICE_GOES_ON);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
}

static void
test_copied (Fixture *self, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (McDevice) device = NULL;

  restart (self, self->database);
  id = g_strdup (self->id);
  hash = g_strdup (self->token_hash);
  copy_file (self->database, copy);
  device = start (self, copy, TRUE, TRUE);
  g_assert_cmpint (device->found, ==, MC_DEVICE_COPIED);
  g_assert_true (device->is_new);
  g_assert_cmpstr (device->previous, ==, id);
  g_assert_cmpstr (device->id, !=, id);

  /* The file it was copied from is not disturbed. */
  g_free (self->id);
  g_free (self->token_hash);
  self->id = g_steal_pointer (&id);
  self->token_hash = g_steal_pointer (&hash);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_GOES_ON);
}

/* An older state of the file is written over it: same path, same inode. */
static void
test_put_back (Fixture *self, gconstpointer data)
{
  g_autofree char *hash = NULL;

  restart (self, self->database);
  hash = g_strdup (self->token_hash);
  restart (self, self->database);
  g_free (self->token_hash);
  self->token_hash = g_steal_pointer (&hash);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_COPIED);
}

/* The same start, but lines that were noted as written are missing. */
static void
test_rolled_back (Fixture *self, gconstpointer data)
{
  g_autoptr (McDevice) device = start (self, self->database, TRUE, TRUE);

  g_assert_true (mc_device_note_seq (device, 17, NULL));
  self->seq = 17;
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_GOES_ON);
  self->seq = 16;
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_COPIED);
}

static void
test_lost (Fixture *self, gconstpointer suffix)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  restart (self, self->database);
  id = g_strdup (self->id);
  path = state_file (self->id, suffix);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_COPIED);
  g_assert_cmpstr (self->id, !=, id);
}

static void
test_garbage (Fixture *self, gconstpointer suffix)
{
  g_autofree char *path = NULL;

  restart (self, self->database);
  path = state_file (self->id, suffix);
  g_assert_true (g_file_set_contents (path, "mingcha-device/1\ntoken zz\n", -1, NULL));
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_COPIED);
}

/* A backup holds no token. */
static void
test_no_token (Fixture *self, gconstpointer data)
{
  restart (self, self->database);
  g_clear_pointer (&self->token_hash, g_free);
  g_assert_cmpint (restart (self, self->database), ==, MC_DEVICE_COPIED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, data, func) g_test_add ("/store/device/" path, Fixture, data, set_up, func, tear_down)
  ADD ("first-has-keys-of-its-own", NULL, test_first);
  ADD ("same-file-goes-on", NULL, test_goes_on);
  ADD ("crash-while-starting-goes-on", NULL, test_crash_while_starting);
  ADD ("moved-file-goes-on", NULL, test_moved);
  ADD ("copy-starts-anew", NULL, test_copied);
  ADD ("older-state-in-place-starts-anew", NULL, test_put_back);
  ADD ("missing-lines-start-anew", NULL, test_rolled_back);
  ADD ("lost-token-starts-anew", "", test_lost);
  ADD ("lost-key-starts-anew", ".key", test_lost);
  ADD ("damaged-token-starts-anew", "", test_garbage);
  ADD ("damaged-key-starts-anew", ".key", test_garbage);
  ADD ("backup-starts-anew", NULL, test_no_token);
#undef ADD
  return g_test_run ();
}
