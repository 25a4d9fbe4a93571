/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole path in the real window; then database, record and workbook are read by others than the program. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "mc-walk.h"

#define REASON "消防一项经核对，本次检查不适用"

static McWalk *walk;

/* --- helpers ----------------------------------------------------------------------------------------------- */

static int
query_number (const char *sql)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  int number;

  g_assert_cmpint (sqlite3_open_v2 (walk->database, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

static char *
run (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;

  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  return out;
}

static int
run_cli (const char *noun, const char *verb, char **out)
{
  const char *words[] = { noun, verb, NULL };
  g_autoptr (GError) error = NULL;
  int code = mc_walk_run_cli (walk, words, out, &error);

  g_assert_no_error (error);
  return code;
}

static gboolean
path_was_gone (void)
{
  if (!walk->driver)
    g_test_skip ("the path was not gone to its end");
  return walk->driver != NULL;
}

/* --- with the window open ----------------------------------------------------------------------------------- */

static void
test_whole_path (void)
{
  g_autoptr (GError) error = NULL;
  gboolean gone = mc_walk_go (walk, &error);

  if (!gone)
    {
      g_autofree char *failure = g_build_filename (walk->folder, "failure.txt", NULL), *seen = NULL;

      g_file_get_contents (failure, &seen, NULL, NULL);
      g_test_message ("%s", seen ? seen : "nothing was seen");
      g_clear_pointer (&walk->driver, mc_driver_free);
    }
  g_assert_no_error (error);
  g_assert_true (gone);
}

static void
test_second_program (void)
{
  g_autofree char *list = NULL, *said = NULL;

  if (!path_was_gone ())
    return;
  g_assert_cmpint (run_cli ("import", "undo", &said), ==, 4);
  g_assert_cmpint (run_cli ("facility", "list", &list), ==, 0);
  g_assert_nonnull (strstr (list, MC_WALK_PLACE));
  g_assert_cmpint (query_number ("SELECT count(*) FROM facility WHERE retired_on IS NULL"), ==, 72);
}

static void
test_amendment (void)
{
  g_autoptr (GError) error = NULL;

  if (!path_was_gone ())
    return;
  mc_walk_amend (walk, REASON, &error);
  g_assert_no_error (error);
}

static void
test_close (void)
{
  g_autoptr (GError) error = NULL;

  if (!path_was_gone ())
    return;
  mc_walk_close (walk, &error);
  g_assert_no_error (error);
}

/* --- what it left ------------------------------------------------------------------------------------------- */

static void
test_database (void)
{
  g_assert_cmpint (query_number ("SELECT count(*) FROM facility"), ==, 72);
  g_assert_cmpint (query_number ("SELECT count(*) FROM inspector"), ==, 2);
  g_assert_cmpint (query_number ("SELECT count(*) FROM authority WHERE name = '嘉兴市民政局'"), ==, 1);
  g_assert_cmpint (query_number ("SELECT count(*) FROM visit"), ==, 1);
  g_assert_cmpint (query_number ("SELECT count(*) FROM visit WHERE state & 2 = 2"), ==, 1); /* sealed */
  g_assert_cmpint (query_number ("SELECT count(*) >= 1 FROM seal"), ==, 1);
  g_assert_cmpint (query_number ("SELECT count(*) FROM visit v JOIN facility f ON f.id = v.facility WHERE f.name = '" MC_WALK_PLACE "'"), ==, 1);
}

static void
test_answers (void)
{
  g_assert_cmpint (query_number ("SELECT count(*) FROM answer WHERE value IS NOT NULL"), ==, MC_WALK_ITEMS);
  g_assert_cmpint (query_number ("SELECT count(*) FROM answer WHERE value = 'nonconform' AND item = 'A2'"), ==, 1);
  g_assert_cmpint (query_number ("SELECT count(*) FROM answer WHERE value = 'not_applicable' AND item = 'A1.3'"), ==, 1);
  g_assert_cmpint (query_number ("SELECT count(*) FROM answer WHERE bulk"), ==, 6 + 9 + 7 + 6 + 4);
  g_assert_cmpint (query_number ("SELECT count(*) FROM finding WHERE description = '" MC_WALK_FINDING "' AND way = 'by_date' AND deadline_on IS NOT NULL"), ==, 1);
}

static void
test_verify (void)
{
  const char *words[] = { "verify", "--whole", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mc_walk_run_cli (walk, words, &out, &error), ==, 0);
}

static char *
without_blanks (const char *text)
{
  GString *joined = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    if (!g_ascii_isspace (*at))
      g_string_append_c (joined, *at);
  return g_string_free (joined, FALSE);
}

static char *
find_code (const char *text)
{
  g_autoptr (GRegex) hex = g_regex_new ("[0-9a-f]{64}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (hex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

/* The code on the paper is the one of the sealing line. */
static void
test_record (void)
{
  const char *words[] = { "pdftotext", "-raw", walk->record, "-", NULL };
  g_autofree char *text = run (words), *joined = without_blanks (text), *code = find_code (joined), *sql = NULL;

  g_assert_nonnull (strstr (joined, MC_WALK_PLACE));
  g_assert_nonnull (strstr (joined, MC_WALK_FINDING));
  g_assert_nonnull (code);
  sql = g_strdup_printf ("SELECT count(*) FROM change WHERE line LIKE '%%%s%%'", code);
  g_assert_cmpint (query_number (sql), ==, 1);
}

static void
test_workbook (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "read-register.py", NULL);
  const char *words[] = { "/usr/bin/python3", script, walk->workbook, walk->roster, NULL };
  g_autofree char *found = run (words);

  g_assert_cmpstr (g_strstrip (found), ==, "72 places of 72, 22 numbers of beds of 22, 0 formulas");
}

static void
test_libreoffice (void)
{
  const char *words[] = { "soffice", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", walk->folder, walk->workbook, NULL };
  g_autofree char *said = run (words), *path = g_build_filename (walk->folder, "register.csv", NULL), *csv = NULL;

  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, MC_WALK_PLACE));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("mingcha-path-XXXXXX", &error);
  const char *remove[] = { "rm", "-rf", folder, NULL };
  g_autofree char *said = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* libatspi warns about what GTK 4.8 lacks */
  g_assert_no_error (error);
  walk = mc_walk_new (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/end-to-end/whole-path-in-the-window", test_whole_path);
  g_test_add_func ("/end-to-end/second-program-may-only-read", test_second_program);
  g_test_add_func ("/end-to-end/amendment-in-the-window", test_amendment);
  g_test_add_func ("/end-to-end/window-closes-without-complaint", test_close);
  g_test_add_func ("/end-to-end/database-holds-roster-and-sealed-check", test_database);
  g_test_add_func ("/end-to-end/answers-are-those-of-the-keys", test_answers);
  g_test_add_func ("/end-to-end/verify-finds-no-fault", test_verify);
  g_test_add_func ("/end-to-end/record-says-what-was-found-and-its-code", test_record);
  g_test_add_func ("/end-to-end/workbook-opens-in-openpyxl", test_workbook);
  g_test_add_func ("/end-to-end/workbook-opens-in-libreoffice", test_libreoffice);
  status = g_test_run ();
  mc_walk_free (walk);
  if (status == 0)
    said = run (remove);
  else
    g_printerr ("what was made lies in %s\n", folder);
  return status;
}
