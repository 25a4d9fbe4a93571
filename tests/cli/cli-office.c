/* SPDX-License-Identifier: GPL-3.0-or-later
 * An office for one test: a folder of its own with a database, and the command line run in it. */
#include "cli-office.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

char *
office_path (Office *office, const char *name)
{
  return g_build_filename (office->folder, name, NULL);
}

char *
office_source (const char *name)
{
  return g_build_filename (g_getenv ("MINGCHA_SOURCE"), name, NULL);
}

void
office_write (Office *office, const char *name, const char *content, gssize length)
{
  g_autofree char *path = office_path (office, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
office_init (Office *office, gboolean ready)
{
  *office = (Office) { .folder = g_dir_make_tmp ("mingcha-cli-XXXXXX", NULL) };
  g_assert_nonnull (office->folder);
  if (ready)
    office_does (office, "init|--area|3304|--user|检查员01|--role|inspector|--samples");
}

void
office_clear (Office *office)
{
  if (office->folder)
    remove_folder (office->folder);
  g_free (office->folder);
  g_free (office->language);
  g_free (office->out);
  g_free (office->err);
}

void
office_run_argv (Office *office, const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = office_path (office, "state");
  g_autofree char *data = office_path (office, "data");

  g_subprocess_launcher_set_cwd (launcher, office->folder);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", state, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE"); /* it would win over C.UTF-8 */
  if (office->language)
    {
      g_subprocess_launcher_unsetenv (launcher, "LC_ALL");
      g_subprocess_launcher_setenv (launcher, "LANG", office->language, TRUE);
      g_subprocess_launcher_setenv (launcher, "LANGUAGE", "zh_CN", TRUE);
    }
  g_clear_pointer (&office->out, g_free);
  g_clear_pointer (&office->err, g_free);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &office->out, &office->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  office->status = g_subprocess_get_exit_status (process);
}

void
office_run (Office *office, const char *words)
{
  g_autofree char *line = g_strconcat (g_getenv ("MINGCHA_CLI"), "|--db|jx.db", *words ? "|" : "", words, NULL);
  g_auto (GStrv) argv = g_strsplit (line, "|", -1);

  office_run_argv (office, (const char *const *) argv);
}

const char *
office_does (Office *office, const char *words)
{
  office_run (office, words);
  if (office->status != 0 || *office->err)
    g_test_message ("%s: exit %d, %s%s", words, office->status, office->out, office->err);
  g_assert_cmpstr (office->err, ==, "");
  g_assert_cmpint (office->status, ==, 0);
  return office->out;
}

void
office_refuses (Office *office, int status, const char *words, const char *words_of_message)
{
  g_autofree char *before = office_log (office);
  g_autofree char *after = NULL;
  gboolean json = g_str_has_prefix (words, "--json");

  office_run (office, words);
  if (office->status != status || !strstr (json ? office->out : office->err, words_of_message))
    g_test_message ("%s: exit %d\n%s%s", words, office->status, office->out, office->err);
  g_assert_cmpint (office->status, ==, status);
  g_assert_nonnull (strstr (json ? office->out : office->err, words_of_message));
  after = office_log (office);
  g_assert_cmpstr (before, ==, after);
}

JsonNode *
office_json (Office *office, const char *words)
{
  g_autofree char *line = g_strconcat ("--json|", words, NULL);
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (office_does (office, line), &error);

  g_assert_no_error (error);
  return node;
}

gint64
office_json_int (Office *office, const char *words, const char *member)
{
  g_autoptr (JsonNode) node = office_json (office, words);

  g_assert_true (json_object_has_member (json_node_get_object (node), member));
  return json_object_get_int_member (json_node_get_object (node), member);
}

char *
office_raw (Office *office, const char *sql)
{
  g_autofree char *path = office_path (office, "jx.db");
  g_autofree char *uri = g_strconcat ("file:", path, "?mode=ro", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_open_v2 (uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  text = sqlite3_step (statement) == SQLITE_ROW ? g_strdup ((const char *) sqlite3_column_text (statement, 0)) : NULL;
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text ? text : g_strdup ("");
}

gint64
office_raw_int (Office *office, const char *sql)
{
  g_autofree char *text = office_raw (office, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

char *
office_log (Office *office)
{
  g_autofree char *path = office_path (office, "jx.db");
  g_autofree char *start = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &start, &length, NULL))
    return g_strdup ("");
  if (length < 100 || memcmp (start, "SQLite format 3", 16) != 0)
    return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) start, length);
  return office_raw (office, "SELECT count (*) || ' ' || coalesce (group_concat (hex (digest), ','), '') FROM (SELECT digest FROM change ORDER BY digest)");
}

void
office_import (Office *office)
{
  g_autofree char *roster = office_source (OFFICE_ROSTER);
  g_autofree char *words = g_strconcat ("import|facilities|", roster, NULL);

  office_does (office, words);
  office_write (office, "inspectors.csv", "姓名,单位,执法证号,证件有效期\n检查员02,嘉兴市民政局,样例-0002,2030-12-31\n", -1);
  office_does (office, "import|inspectors|inspectors.csv");
}

char *
office_visit (Office *office)
{
  static const char *const sections[] = { "A", "B", "C", "D", "E", "M" };
  g_autoptr (JsonNode) node = office_json (office, "visit|new|--facility|" OFFICE_FACILITY "|--assistant|检查员02");
  const char *id = json_object_get_string_member (json_node_get_object (node), "id");

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *words = g_strdup_printf ("visit|answer|%s|--section|%s", id, sections[i]);

      office_does (office, words);
    }
  return g_strdup (id);
}
