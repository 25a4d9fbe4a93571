/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checklist with a Chinese input method: ibus-daemon with libpinyin, keys at the pace of a person. */
#include "visit-desk.h"

#include <glib/gstdio.h>

/* Between two keys, in ms: a quick person. libpinyin loses what comes at the speed of a machine. */
#define PACE "90"

/* So long nothing may change before the composition counts as made, in µs. */
#define QUIET (500 * G_TIME_SPAN_MILLISECOND)

static GSubprocess *daemon_process;
static char *preedit;     /* as the text shows it now */
static gint64 changed_at; /* and since when */

/* --- ibus -------------------------------------------------------------------------------------------------- */

static char *
ask (const char *command)
{
  char *out = NULL;

  return g_spawn_command_line_sync (command, &out, NULL, NULL, NULL) ? out : NULL;
}

/* Waits until @command says @wanted; it may warn of what a small system lacks. */
static gboolean
wait_for (const char *command, const char *wanted)
{
  for (gint64 limit = g_get_monotonic_time () + WAIT_LIMIT; g_get_monotonic_time () < limit; g_usleep (50000))
    {
      g_autofree char *said = ask (command);

      if (said && strstr (said, wanted))
        return TRUE;
    }
  return FALSE;
}

/* With a home of its own: what libpinyin has learned elsewhere must not decide which candidate comes first. It reads its settings through dconf, so the memory
 * settings of this program are not for it, and it must not be told to do without. */
static gboolean
start_ibus (const char *home)
{
  static const char *const folders[][2] = { { "HOME", "" }, { "XDG_RUNTIME_DIR", "run" }, { "XDG_CONFIG_HOME", "config" }, { "XDG_DATA_HOME", "data" }, { "XDG_CACHE_HOME", "cache" } };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home, folders[i][1], NULL);

      g_mkdir_with_parents (path, 0700);
      g_setenv (folders[i][0], path, TRUE);
    }
  g_unsetenv ("GSETTINGS_BACKEND");
  daemon_process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                                     "ibus-daemon", "--xim=no", "--panel", "disable", NULL);
  g_assert_no_error (error);
  if (!wait_for ("ibus address", "unix:") || !wait_for ("sh -c 'ibus engine libpinyin && echo taken'", "taken") || !wait_for ("ibus engine", "libpinyin"))
    return FALSE;
  address = ask ("ibus address");
  g_setenv ("IBUS_ADDRESS", g_strstrip (address), TRUE); /* the window gets folders of its own */
  return TRUE;
}

static void
stop_ibus (void)
{
  if (daemon_process)
    g_subprocess_force_exit (daemon_process);
  if (daemon_process)
    g_subprocess_wait (daemon_process, NULL, NULL);
  g_clear_object (&daemon_process);
}

/* What is missing, in words; NULL: nothing. */
static const char *
find_missing (void)
{
  g_autofree char *ibus = g_find_program_in_path ("ibus-daemon"), *module = ask ("sh -c 'ls /usr/lib/*/gtk-4.0/*/immodules/libim-ibus.so 2>/dev/null'");

  if (!ibus)
    return "ibus-daemon (package ibus)";
  if (!g_file_test ("/usr/libexec/ibus-engine-libpinyin", G_FILE_TEST_IS_EXECUTABLE))
    return "ibus-engine-libpinyin (package ibus-libpinyin)";
  return module && *module ? NULL : "the input method module of GTK (package ibus-gtk4)";
}

/* --- the keys ---------------------------------------------------------------------------------------------- */

static void
preedit_changed_cb (GtkTextView *view, const char *text)
{
  g_free (preedit);
  preedit = g_strdup (text);
  changed_at = g_get_monotonic_time ();
}

static void
type (const char *keys)
{
  g_autofree char *command = g_strdup_printf ("xdotool type --delay " PACE " %s", keys);
  g_autoptr (GError) error = NULL;

  g_spawn_command_line_async (command, &error);
  g_assert_no_error (error);
}

/* What is composed, once it stands still. */
static char *
wait_composed (void)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (!preedit || !*preedit || g_get_monotonic_time () - changed_at < QUIET)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  return g_strdup (preedit);
}

static void
wait_note (Desk *desk, const char *wanted)
{
  for (gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;; g_main_context_iteration (NULL, TRUE))
    {
      g_autofree char *text = note_text (desk, 0);

      if (strcmp (text, wanted) == 0)
        return;
      if (g_get_monotonic_time () > limit)
        g_error ("the note is “%s”, not “%s”", text, wanted);
    }
}

static void
test_pinyin_in_a_note (void)
{
  Desk desk = { 0 };
  g_autofree char *first = NULL, *answers = NULL, *notes = NULL;

  desk_open (&desk, "sample", "visit");
  press (&desk, "2");
  g_assert_true (note_has_focus (&desk, 0));
  g_signal_connect (note_at (&desk, 0), "preedit-changed", G_CALLBACK (preedit_changed_cb), NULL);
  type ("yilou");
  first = wait_composed ();
  g_test_message ("the first candidate is %s", first);
  g_assert_cmpint (g_utf8_strlen (first, -1), ==, 2);
  g_assert_cmpint (g_utf8_get_char (first), >, 0x3000); /* composed, not five letters */
  type ("1"); /* takes the first candidate: no answer */
  wait_note (&desk, first);
  g_assert_true (note_has_focus (&desk, 0));
  g_assert_cmpuint (count_answers (&desk), ==, 1);
  press (&desk, "ctrl+Return");
  g_assert_true (row_has_focus (&desk, 1));
  press (&desk, "1");
  wait_saved (&desk, code_at (&desk, 0), "note", first);
  wait_saved (&desk, code_at (&desk, 0), "value", "nonconform");
  wait_saved (&desk, code_at (&desk, 1), "value", "conform");
  /* Nothing else changed. */
  g_assert_cmpuint (count_answers (&desk), ==, 2);
  answers = g_strdup_printf ("SELECT count(*) FROM answer WHERE visit = '%s'", mc_visit_get_id (visit_of (&desk)));
  notes = ask_disk (&desk, answers);
  g_assert_cmpstr (notes, ==, "2");
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  const char *missing;
  int result;

  g_test_init (&argc, &argv, NULL);
  missing = find_missing ();
  if (missing)
    {
      g_print ("1..0 # SKIP %s is not installed\n", missing);
      return EXIT_SUCCESS;
    }
  home = g_dir_make_tmp ("mingcha-ibus-XXXXXX", NULL);
  if (!start_ibus (home))
    {
      stop_ibus ();
      g_print ("1..0 # SKIP ibus-daemon does not come up with libpinyin on this machine\n");
      return EXIT_SUCCESS;
    }
  g_setenv ("GTK_IM_MODULE", "ibus", TRUE);
  if (!desk_init ())
    {
      stop_ibus ();
      return EXIT_SUCCESS;
    }
  g_test_add_func ("/input-method/pinyin-in-a-note", test_pinyin_in_a_note);
  result = g_test_run ();
  stop_ibus ();
  return result;
}
