/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program is killed while it saves answers and photos: what it had acknowledged is there, nothing is half there, and the database is sound. */
#include "cli-office.h"

#include <stdio.h>
#include <string.h>

#define QUICK_ROUNDS 10
#define SLOW_ROUNDS 200
#define VERIFY_EACH 10

typedef struct
{
  Office office;
  char *visit;
  GStrv items;
  GHashTable *notes;  /* item → what was acknowledged */
  guint photos;       /* acknowledged */
  guint killed_photos;
  guint killed;
  char *jpeg;
  gsize jpeg_length;
  gint64 whole;       /* µs that one command takes, about */
} Crash;

/* Runs @words and kills it after @us (0: never). TRUE: it had acknowledged, by its exit or by what it said. */
static gboolean
run_killed (Crash *self, const char *words, gulong us)
{
  g_autofree char *line = g_strconcat (g_getenv ("MINGCHA_CLI"), "|--db|jx.db|", words, NULL);
  g_auto (GStrv) argv = g_strsplit (line, "|", -1);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = office_path (&self->office, "state"), *out = NULL, *err = NULL;

  g_subprocess_launcher_set_cwd (launcher, self->office.folder);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", state, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  if (us > 0)
    {
      g_usleep (us);
      g_subprocess_force_exit (process);
    }
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_if_signaled (process))
    {
      self->killed++;
      return strchr (out, '\n') != NULL;
    }
  if (g_subprocess_get_exit_status (process) != 0)
    g_test_message ("%s: %s", words, err);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return TRUE;
}

static void
crash_init (Crash *self)
{
  g_autofree char *items = NULL, *source = office_source ("tests/inspections/photos/plain.jpg"), *warm = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began;

  *self = (Crash) { .notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  office_init (&self->office, TRUE);
  office_import (&self->office);
  self->visit = office_visit (&self->office);
  items = office_raw (&self->office, "SELECT group_concat (item, '|') FROM answer");
  self->items = g_strsplit (items, "|", -1);
  g_file_get_contents (source, &self->jpeg, &self->jpeg_length, &error);
  g_assert_no_error (error);
  warm = g_strconcat ("visit|answer|", self->visit, "|", self->items[0], "|conform", NULL);
  began = g_get_monotonic_time ();
  run_killed (self, warm, 0);
  self->whole = g_get_monotonic_time () - began;
}

static void
crash_clear (Crash *self)
{
  g_free (self->visit);
  g_strfreev (self->items);
  g_hash_table_unref (self->notes);
  g_free (self->jpeg);
  office_clear (&self->office);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Crash, crash_clear)

static char *
note_of (Crash *self, const char *item)
{
  g_autofree char *sql = g_strdup_printf ("SELECT note FROM answer WHERE item = '%s'", item);

  return office_raw (&self->office, sql);
}

/* What was acknowledged last is there, or what was being saved when the kill came: never anything else. */
static void
kill_answer (Crash *self, guint round, gulong us)
{
  const char *item = self->items[round % g_strv_length (self->items)];
  g_autofree char *note = g_strdup_printf ("note %u", round);
  g_autofree char *words = g_strconcat ("visit|answer|", self->visit, "|", item, "|conform|--note|", note, NULL);
  g_autofree char *before = note_of (self, item), *after = NULL;
  gboolean acknowledged = run_killed (self, words, us);

  after = note_of (self, item);
  if (acknowledged)
    g_assert_cmpstr (after, ==, note);
  else if (g_strcmp0 (after, note) != 0)
    g_assert_cmpstr (after, ==, before);
  g_hash_table_replace (self->notes, g_strdup (item), g_steal_pointer (&after));
}

static void
kill_photo (Crash *self, guint round, gulong us)
{
  g_autofree char *name = g_strdup_printf ("photo-%u.jpg", round);
  g_autofree char *words = g_strconcat ("visit|photo|", self->visit, "|-|", name, NULL);
  g_autoptr (GString) bytes = g_string_new_len (self->jpeg, (gssize) self->jpeg_length);
  gint64 rows;

  /* Bytes behind the picture: another file to the program. */
  g_string_append_printf (bytes, "%u", round);
  office_write (&self->office, name, bytes->str, (gssize) bytes->len);
  if (run_killed (self, words, us))
    self->photos++;
  else
    self->killed_photos++;
  rows = office_raw_int (&self->office, "SELECT count (*) FROM photo");
  g_assert_cmpint (rows, >=, self->photos);
  g_assert_cmpint (rows, <=, self->photos + self->killed_photos);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }
  return n;
}

/* After the next start: each note as it was left, each blob that is here has its file, and no other file lies there. */
static void
check_whole (Crash *self)
{
  g_autofree char *words = g_strconcat ("visit|answer|", self->visit, "|", self->items[0], "|conform", NULL);
  g_autofree char *blobs = office_path (&self->office, "blobs");
  GHashTableIter iter;
  gpointer item, note;

  office_does (&self->office, words);
  office_does (&self->office, "verify|--whole");
  g_hash_table_iter_init (&iter, self->notes);
  while (g_hash_table_iter_next (&iter, &item, &note))
    {
      g_autofree char *found = note_of (self, item);

      g_assert_cmpstr (found, ==, note);
    }
  g_assert_cmpint (count_files (blobs), ==, office_raw_int (&self->office, "SELECT count (*) FROM blob WHERE state IN ('here', 'to_send')"));
}

static void
test_killed (void)
{
  g_auto (Crash) crash = { { NULL } };
  guint rounds = g_test_slow () ? SLOW_ROUNDS : QUICK_ROUNDS;

  crash_init (&crash);
  for (guint i = 0; i < rounds; i++)
    {
      gulong us = 1 + (gulong) g_test_rand_int_range (0, (gint32) MIN (crash.whole + crash.whole / 4, 2 * G_USEC_PER_SEC));

      if (i % 3 == 2)
        kill_photo (&crash, i, us);
      else
        kill_answer (&crash, i, us);
      if (i % VERIFY_EACH == VERIFY_EACH - 1)
        check_whole (&crash);
    }
  g_test_message ("%u of %u commands were killed; %u photos were acknowledged", crash.killed, rounds, crash.photos);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/crash/killed-while-it-saves", test_killed);
  return g_test_run ();
}
