/* SPDX-License-Identifier: GPL-3.0-or-later
 * Workbooks, read by openpyxl and by LibreOffice: form, types, counts, and no file when something fails. */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

#include "reports/mc-workbook.h"
#include "store/mc-error.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("mc-workbook-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "out.xlsx", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* --- reading back ------------------------------------------------------------------------------------------- */

static JsonArray *
read_workbook (const char *path, JsonParser *parser)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "reports", "read-workbook.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script, path, NULL);
  g_autofree char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  json_parser_load_from_data (parser, out, -1, &error);
  g_assert_no_error (error);
  return json_node_get_array (json_parser_get_root (parser));
}

static JsonObject *
cell (JsonObject *sheet, guint row, guint column)
{
  JsonArray *rows = json_object_get_array_member (sheet, "cells");

  return json_array_get_object_element (json_array_get_array_element (rows, row), column);
}

static void
assert_cell (JsonObject *sheet, guint row, guint column, const char *type, const char *value)
{
  JsonObject *found = cell (sheet, row, column);

  g_assert_cmpstr (json_object_get_string_member (found, "value"), ==, value);
  g_assert_cmpstr (json_object_get_string_member (found, "type"), ==, type);
}

#define TEXT_OF(object, member) json_object_get_string_member (object, member)

/* --- a table of every type ---------------------------------------------------------------------------------- */

static const McColumn all_columns[] = {
  { "\345\220\215\347\247\260", MC_CELL_TEXT, FALSE, FALSE, NULL },
  { "Code", MC_CELL_TEXT, FALSE, FALSE, NULL },
  { "Beds", MC_CELL_INTEGER, TRUE, FALSE, NULL },
  { "Area", MC_CELL_HUNDREDTHS, TRUE, FALSE, NULL },
  { "Money", MC_CELL_MONEY, TRUE, FALSE, NULL },
  { "Day", MC_CELL_DATE, FALSE, FALSE, NULL },
  { "Time", MC_CELL_TIME, FALSE, FALSE, NULL },
  { "Note", MC_CELL_TEXT, FALSE, TRUE, NULL },
};

static const McTable full_table = {
  .sheet_name = "\345\220\215\345\275\225",
  .title = "\346\234\272\346\236\204\345\220\215\345\275\225",
  .reporting_unit = "\345\230\211\345\205\264\345\270\202\346\260\221\346\224\277\345\261\200",
  .date = "2026-11-21",
  .unit = "\345\274\240",
  .columns = all_columns,
  .n_columns = G_N_ELEMENTS (all_columns),
  .frozen_columns = 1,
  .numbered = TRUE,
  .signatures = TRUE,
  .prepared_by = "\351\231\210\347\247\213",
};

static gboolean
three_rows (McCell *cells, gpointer user_data, GError **error)
{
  guint *row = user_data;
  static const char *const names[] = { "\345\272\267\345\205\273\344\270\255\345\277\203", "\342\261\242\360\240\256\267\343\233\203", "=1+1" };
  static const char *const codes[] = { "12330400MB0W12345A", "330402001003", "+86-573" };
  static const char *const days[] = { "2026-11-19", "1900-02-28", "2026-02-30" };
  static const char *const notes[] = { "-5", "@A1", "a\001b\n\346\235\245" };

  if (*row >= 3)
    return FALSE;
  cells[0] = (McCell) { MC_CELL_TEXT, 0, names[*row] };
  cells[1] = (McCell) { MC_CELL_TEXT, 0, codes[*row] };
  if (*row < 2)
    cells[2] = (McCell) { MC_CELL_INTEGER, 100 + *row, NULL };
  cells[3] = (McCell) { MC_CELL_HUNDREDTHS, 12345, NULL };
  cells[4] = (McCell) { MC_CELL_MONEY, G_GINT64_CONSTANT (1234567800), NULL };
  cells[5] = (McCell) { MC_CELL_DATE, 0, days[*row] };
  cells[6] = (McCell) { MC_CELL_TIME, G_GINT64_CONSTANT (1763712000000), NULL };
  cells[7] = (McCell) { MC_CELL_TEXT, 0, notes[*row] };
  (*row)++;
  return TRUE;
}

static void
write_full_table (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McWorkbook) workbook = mc_workbook_new (path, NULL, &error);
  McWorkbookResult result;
  guint row = 0;

  g_assert_no_error (error);
  g_assert_true (mc_workbook_add_table (workbook, &full_table, three_rows, &row, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (mc_workbook_finish (workbook, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.rows, ==, 3);
  g_assert_cmpuint (result.sheets, ==, 1);
  g_assert_cmpuint (result.shortened, ==, 0);
}

static void
types_are_those_of_the_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *sheet;

  write_full_table (fixture->path);
  sheet = json_array_get_object_element (read_workbook (fixture->path, parser), 0);
  g_assert_cmpint (json_object_get_int_member (sheet, "rows"), ==, 3 + 3 + 2);
  g_assert_cmpint (json_object_get_int_member (sheet, "formulas"), ==, 0);
  assert_cell (sheet, 3, 0, "number", "1");
  assert_cell (sheet, 3, 1, "text", "\345\272\267\345\205\273\344\270\255\345\277\203");
  assert_cell (sheet, 3, 2, "text", "12330400MB0W12345A");
  assert_cell (sheet, 3, 3, "number", "100");
  assert_cell (sheet, 3, 4, "number", "123.45");
  assert_cell (sheet, 3, 5, "number", "1234.5678");
  assert_cell (sheet, 3, 6, "date", "2026-11-19 00:00");
  assert_cell (sheet, 3, 7, "date", "2025-11-21 16:00");
  assert_cell (sheet, 3, 8, "text", "-5");
  assert_cell (sheet, 4, 1, "text", "\342\261\242\360\240\256\267\343\233\203");
  assert_cell (sheet, 4, 2, "text", "330402001003");
  assert_cell (sheet, 4, 6, "text", "1900-02-28");
  assert_cell (sheet, 4, 8, "text", "@A1");
  assert_cell (sheet, 5, 1, "text", "=1+1");
  assert_cell (sheet, 5, 2, "text", "+86-573");
  assert_cell (sheet, 5, 3, "empty", "");
  assert_cell (sheet, 5, 6, "text", "2026-02-30");
  assert_cell (sheet, 5, 8, "text", "ab\n\346\235\245");
}

/* What the rows of data are made of by hand: markup, spaces at the ends, signs, zeros, and what is too large for a sheet. */
static const struct
{
  McCell cell;
  const char *type, *value;
} letters[] = {
  { { MC_CELL_TEXT, 0, "a & <b> \"c\" ]]>" }, "text", "a & <b> \"c\" ]]>" },
  { { MC_CELL_TEXT, 0, " two  spaces " }, "text", " two  spaces " },
  { { MC_CELL_TEXT, 0, "" }, "empty", "" },
  { { MC_CELL_TEXT, 0, NULL }, "empty", "" },
  { { MC_CELL_EMPTY, 0, NULL }, "empty", "" },
  { { MC_CELL_TEXT, 0, "_x0041_" }, "text", "_x005F_x0041_" }, /* Excel undoes the escape, openpyxl does not */
  { { MC_CELL_INTEGER, 0, NULL }, "number", "0" },
  { { MC_CELL_INTEGER, -7, NULL }, "number", "-7" },
  { { MC_CELL_INTEGER, G_GINT64_CONSTANT (999999999999999), NULL }, "number", "999999999999999" },
  { { MC_CELL_INTEGER, G_GINT64_CONSTANT (1000000000000000), NULL }, "text", "1000000000000000" },
  { { MC_CELL_INTEGER, G_MININT64, NULL }, "text", "-9223372036854775808" },
  { { MC_CELL_HUNDREDTHS, 0, NULL }, "number", "0" },
  { { MC_CELL_HUNDREDTHS, 5, NULL }, "number", "0.05" },
  { { MC_CELL_HUNDREDTHS, -150, NULL }, "number", "-1.5" },
  { { MC_CELL_HUNDREDTHS, 9985, NULL }, "number", "99.85" },
  { { MC_CELL_MONEY, 1000000, NULL }, "number", "1" },
  { { MC_CELL_MONEY, -1, NULL }, "number", "-1e-06" },
  { { MC_CELL_MONEY, G_GINT64_CONSTANT (120030), NULL }, "number", "0.12003" },
  { { MC_CELL_DATE, 0, "1900-03-01" }, "date", "1900-03-01 00:00" },
  { { MC_CELL_DATE, 0, NULL }, "empty", "" },
};

static gboolean
next_letter (McCell *cells, gpointer user_data, GError **error)
{
  guint *row = user_data;

  if (*row >= G_N_ELEMENTS (letters))
    return FALSE;
  cells[0] = letters[(*row)++].cell;
  return TRUE;
}

static void
cells_are_to_the_letter (Fixture *fixture, gconstpointer data)
{
  const McTable table = { .sheet_name = "S", .columns = all_columns, .n_columns = 1 };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McWorkbook) workbook = mc_workbook_new (fixture->path, NULL, &error);
  JsonObject *sheet;
  guint row = 0;

  g_assert_true (mc_workbook_add_table (workbook, &table, next_letter, &row, &error));
  g_assert_true (mc_workbook_finish (workbook, NULL, &error));
  g_assert_no_error (error);
  sheet = json_array_get_object_element (read_workbook (fixture->path, parser), 0);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    assert_cell (sheet, i + 1, 0, letters[i].type, letters[i].value);
}

static void
form_is_what_officials_know (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *sheet;
  JsonArray *merged, *widths;

  write_full_table (fixture->path);
  sheet = json_array_get_object_element (read_workbook (fixture->path, parser), 0);
  g_assert_cmpstr (TEXT_OF (sheet, "name"), ==, full_table.sheet_name);
  assert_cell (sheet, 0, 0, "text", full_table.title);
  assert_cell (sheet, 1, 0, "text", "\345\241\253\346\212\245\345\215\225\344\275\215\357\274\232\345\230\211\345\205\264\345\270\202\346\260\221\346\224\277\345\261\200");
  assert_cell (sheet, 1, 3, "text", "\346\227\245\346\234\237\357\274\2322026-11-21");
  assert_cell (sheet, 1, 6, "text", "\345\215\225\344\275\215\357\274\232\345\274\240");
  assert_cell (sheet, 2, 0, "text", "\345\272\217\345\217\267");
  assert_cell (sheet, 2, 3, "text", "Beds");
  assert_cell (sheet, 6, 0, "text", "\345\220\210\350\256\241");
  assert_cell (sheet, 6, 3, "number", "201");
  assert_cell (sheet, 6, 4, "number", "370.35");
  assert_cell (sheet, 6, 5, "number", "3703.7034");
  assert_cell (sheet, 7, 0, "text", "\345\210\266\350\241\250\344\272\272\357\274\232\351\231\210\347\247\213");
  assert_cell (sheet, 7, 3, "text", "\345\256\241\346\240\270\344\272\272\357\274\232");
  assert_cell (sheet, 7, 6, "text", "\350\264\237\350\264\243\344\272\272\357\274\232");
  g_assert_cmpstr (TEXT_OF (sheet, "freeze"), ==, "C4");
  g_assert_cmpstr (TEXT_OF (sheet, "filter"), ==, "A3:I6");
  g_assert_cmpstr (TEXT_OF (sheet, "orientation"), ==, "landscape");
  g_assert_cmpstr (TEXT_OF (sheet, "paper"), ==, "9");
  g_assert_cmpstr (TEXT_OF (sheet, "fit_width"), ==, "1");
  g_assert_cmpstr (TEXT_OF (sheet, "fit_height"), ==, "0");
  g_assert_cmpstr (TEXT_OF (sheet, "repeat"), ==, "$3:$3");
  g_assert_cmpstr (TEXT_OF (sheet, "font"), ==, "\345\256\213\344\275\223");
  g_assert_nonnull (strstr (TEXT_OF (sheet, "footer"), "\347\254\254"));
  merged = json_object_get_array_member (sheet, "merged");
  g_assert_cmpuint (json_array_get_length (merged), ==, 1 + 3 + 3);
  g_assert_cmpstr (json_array_get_string_element (merged, 0), ==, "A1:I1");
  widths = json_object_get_array_member (sheet, "widths");
  for (guint i = 0; i < json_array_get_length (widths); i++)
    g_assert_cmpfloat (json_array_get_double_element (widths, i), >, 5.0);
  /* The widest text of the column of codes is 18 Latin characters, that of the names 8 half ones. */
  g_assert_cmpfloat (json_array_get_double_element (widths, 2), >, 18.0);
  g_assert_cmpfloat (json_array_get_double_element (widths, 1), >, 8.0);
}

/* A reader that officials use as well. */
static void
libreoffice_reads_the_same (Fixture *fixture, gconstpointer data)
{
  g_autofree char *profile = g_strconcat ("-env:UserInstallation=file://", fixture->folder, "/profile", NULL);
  g_autofree char *csv = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autofree char *profile_path = g_build_filename (fixture->folder, "profile", NULL);
  g_autofree char *program = g_find_program_in_path ("soffice");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSubprocess) remove = NULL;

  if (!program)
    {
      g_test_skip ("LibreOffice is not installed");
      return;
    }
  write_full_table (fixture->path);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program, profile, "--headless",
                              "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1",
                              "--outdir", fixture->folder, fixture->path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  if (!g_file_test (csv, G_FILE_TEST_EXISTS))
    {
      g_free (csv);
      csv = g_strdup_printf ("%s/out-%s.csv", fixture->folder, full_table.sheet_name);
    }
  g_assert_true (g_file_get_contents (csv, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "12330400MB0W12345A"));
  g_assert_nonnull (strstr (text, "=1+1"));
  g_assert_nonnull (strstr (text, "2026-11-19"));
  g_assert_nonnull (strstr (text, "1234.5678"));
  g_assert_nonnull (strstr (text, "\360\240\256\267\343\233\203"));
  g_unlink (csv);
  remove = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "rm", "-rf", profile_path, NULL);
  g_assert_true (g_subprocess_wait_check (remove, NULL, &error));
}

/* --- long tables -------------------------------------------------------------------------------------------- */

static const McColumn one_column[] = { { "N", MC_CELL_INTEGER, TRUE, FALSE, NULL } };

typedef struct
{
  guint row;
  guint n_rows;
  guint fail_at;
  GCancellable *cancel_at_half;
  guint n_progress;
} Counter;

static gboolean
count_rows (McCell *cells, gpointer user_data, GError **error)
{
  Counter *counter = user_data;

  if (counter->fail_at && counter->row == counter->fail_at)
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT, "row");
      return FALSE;
    }
  if (counter->row == counter->n_rows)
    return FALSE;
  counter->row++;
  if (counter->cancel_at_half && counter->row == counter->n_rows / 2)
    g_cancellable_cancel (counter->cancel_at_half);
  cells[0] = (McCell) { MC_CELL_INTEGER, counter->row, NULL };
  return TRUE;
}

static void
what_a_sheet_cannot_hold_goes_to_the_next (Fixture *fixture, gconstpointer data)
{
  const McTable table = { .sheet_name = "N", .title = "T", .columns = one_column, .n_columns = 1, .numbered = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (McWorkbook) workbook = mc_workbook_new (fixture->path, NULL, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  Counter counter = { 0, 25, 0, NULL, 0 };
  McWorkbookResult result;
  JsonArray *sheets;

  mc_workbook_set_row_limit (workbook, 14);
  g_assert_true (mc_workbook_add_table (workbook, &table, count_rows, &counter, &error));
  g_assert_true (mc_workbook_finish (workbook, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.rows, ==, 25);
  g_assert_cmpuint (result.sheets, ==, 3);
  sheets = read_workbook (fixture->path, parser);
  g_assert_cmpuint (json_array_get_length (sheets), ==, 3);
  g_assert_cmpstr (TEXT_OF (json_array_get_object_element (sheets, 1), "name"), ==, "N (2)");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (sheets, 0), "rows"), ==, 12);
  assert_cell (json_array_get_object_element (sheets, 1), 2, 0, "number", "11");
  assert_cell (json_array_get_object_element (sheets, 2), 6, 1, "number", "25");
  assert_cell (json_array_get_object_element (sheets, 2), 7, 1, "number", "325");
}

static void
count_progress (const char *step, guint64 done, guint64 total, gpointer user_data)
{
  Counter *counter = user_data;

  g_assert_cmpuint (done, <=, total);
  counter->n_progress++;
}

static void
progress_is_told (Fixture *fixture, gconstpointer data)
{
  const McTable table = { .sheet_name = "N", .columns = one_column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McWorkbook) workbook = mc_workbook_new (fixture->path, NULL, &error);
  Counter counter = { 0, 5500, 0, NULL, 0 };

  mc_workbook_set_progress (workbook, count_progress, 5500, &counter);
  g_assert_true (mc_workbook_add_table (workbook, &table, count_rows, &counter, &error));
  g_assert_true (mc_workbook_finish (workbook, NULL, &error));
  g_assert_cmpuint (counter.n_progress, ==, 6);
}

/* --- what fails leaves nothing ------------------------------------------------------------------------------ */

static void
a_cancelled_export_leaves_no_file (Fixture *fixture, gconstpointer data)
{
  const McTable table = { .sheet_name = "N", .columns = one_column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  McWorkbook *workbook = mc_workbook_new (fixture->path, cancellable, &error);
  Counter counter = { 0, 6000, 0, cancellable, 0 };

  g_assert_false (mc_workbook_add_table (workbook, &table, count_rows, &counter, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (counter.row, <, 6000);
  mc_workbook_free (workbook);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
a_failing_source_leaves_the_old_file (Fixture *fixture, gconstpointer data)
{
  const McTable table = { .sheet_name = "N", .columns = one_column, .n_columns = 1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  McWorkbook *workbook;
  Counter counter = { 0, 6000, 5000, NULL, 0 };

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  workbook = mc_workbook_new (fixture->path, NULL, &error);
  g_assert_false (mc_workbook_add_table (workbook, &table, count_rows, &counter, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT);
  mc_workbook_free (workbook);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
}

static void
a_place_that_is_none_is_named (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (fixture->folder, "no", "out.xlsx", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_workbook_new (inside, NULL, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, fixture->folder));
  g_clear_error (&error);
  g_assert_null (mc_workbook_new (fixture->folder, NULL, &error));
  g_assert_nonnull (strstr (error->message, fixture->folder));
}

/* Writes into /run/mc-small or keeps its temporary parts there; run inside a mount namespace of its own. */
static void
write_until_the_disk_is_full (void)
{
  const McTable table = { .sheet_name = "N", .columns = one_column, .n_columns = 1 };
  const char *path = g_getenv ("MC_TEST_FULL_DISK");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  McWorkbook *workbook = mc_workbook_new (path, NULL, &error);
  Counter counter = { 0, 200000, 0, NULL, 0 };
  guint before = count_files (folder);

  g_assert_no_error (error);
  g_assert_cmpuint (before, ==, 1);
  if (mc_workbook_add_table (workbook, &table, count_rows, &counter, &error))
    g_assert_false (mc_workbook_finish (workbook, NULL, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL);
  mc_workbook_free (workbook);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
run_with_a_small_disk (const char *mount_point, const char *path)
{
  g_autofree char *script = g_strdup_printf (
    "mount -t tmpfs -o size=400k tmpfs '%s' || exit 77; MC_TEST_FULL_DISK='%s' exec '%s' -p /workbook/full-disk/inside", mount_point, path,
    g_get_prgname ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "unshare",
                                                      "-m", "sh", "-c", script, NULL);

  if (!process || !g_subprocess_wait (process, NULL, NULL)
      || (g_subprocess_get_if_exited (process)
          && (g_subprocess_get_exit_status (process) == 77 || g_subprocess_get_exit_status (process) == 1)))
    {
      g_test_skip ("this machine lets us mount no small disk");
      return;
    }
  g_assert_true (g_subprocess_get_successful (process));
}

static void
a_full_disk_leaves_no_file (Fixture *fixture, gconstpointer data)
{
  run_with_a_small_disk (fixture->folder, fixture->path);
}

/* The library does not see that its temporary files are cut off; counting does. */
static void
a_full_temporary_folder_leaves_no_file (Fixture *fixture, gconstpointer data)
{
  run_with_a_small_disk ("/var/tmp", fixture->path);
}

/* --- choices ------------------------------------------------------------------------------------------------ */

static void
long_choices_stand_on_a_hidden_sheet (Fixture *fixture, gconstpointer data)
{
  static const char *const few[] = { "\350\277\220\350\220\245", "\345\201\234\344\270\232", NULL };
  const char *many[101] = { NULL };
  McColumn columns[] = { { "Status", MC_CELL_TEXT, FALSE, FALSE, few }, { "Area", MC_CELL_TEXT, FALSE, FALSE, many } };
  const McTable table = { .sheet_name = "N", .title = "T", .columns = columns, .n_columns = 2, .blank_rows = 200 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McWorkbook) workbook = mc_workbook_new (fixture->path, NULL, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *sheets, *choices;
  McWorkbookResult result;

  for (guint i = 0; i < 100; i++)
    many[i] = g_intern_string (g_strdup_printf ("\346\226\260\345\237\216\350\241\227\351\201\223%u", i));
  g_assert_true (mc_workbook_add_table (workbook, &table, NULL, NULL, &error));
  g_assert_true (mc_workbook_finish (workbook, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.sheets, ==, 1);
  sheets = read_workbook (fixture->path, parser);
  g_assert_cmpuint (json_array_get_length (sheets), ==, 2);
  g_assert_cmpstr (TEXT_OF (json_array_get_object_element (sheets, 1), "state"), ==, "hidden");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (sheets, 1), "rows"), ==, 100);
  choices = json_object_get_array_member (json_array_get_object_element (sheets, 0), "choices");
  g_assert_cmpuint (json_array_get_length (choices), ==, 2);
  g_assert_cmpstr (TEXT_OF (json_array_get_object_element (choices, 0), "list"), ==, "\"\350\277\220\350\220\245,\345\201\234\344\270\232\"");
  g_assert_cmpstr (TEXT_OF (json_array_get_object_element (choices, 1), "list"), ==, "'\351\200\211\351\241\271'!$A$1:$A$100");
  g_assert_cmpstr (TEXT_OF (json_array_get_object_element (choices, 1), "range"), ==, "B3:B202");
}

/* libxlsxwriter writes past its buffer with 256 bytes of Chinese, though they are fewer than 255 characters. */
static void
choices_are_counted_in_bytes (Fixture *fixture, gconstpointer data)
{
  for (guint n = 1; n < 40; n++)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) choices = NULL;
      McColumn column = { "Kind", MC_CELL_TEXT, FALSE, FALSE, NULL };
      const McTable table = { .sheet_name = "N", .columns = &column, .n_columns = 1, .blank_rows = 2 };
      g_autoptr (GError) error = NULL;
      g_autoptr (McWorkbook) workbook = mc_workbook_new (fixture->path, NULL, &error);

      for (guint i = 0; i < n; i++)
        g_strv_builder_add (builder, "\345\205\273\350\200\201");
      choices = g_strv_builder_end (builder);
      column.choices = (const char *const *) choices;
      g_assert_true (mc_workbook_add_table (workbook, &table, NULL, NULL, &error));
      g_assert_true (mc_workbook_finish (workbook, NULL, &error));
      g_assert_no_error (error);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_set_prgname (argv[0]);
  if (g_getenv ("MC_TEST_FULL_DISK"))
    {
      g_test_add_func ("/workbook/full-disk/inside", write_until_the_disk_is_full);
      return g_test_run ();
    }
  ADD ("/workbook/types", types_are_those_of_the_fields);
  ADD ("/workbook/to-the-letter", cells_are_to_the_letter);
  ADD ("/workbook/form", form_is_what_officials_know);
  ADD ("/workbook/libreoffice", libreoffice_reads_the_same);
  ADD ("/workbook/next-sheet", what_a_sheet_cannot_hold_goes_to_the_next);
  ADD ("/workbook/progress", progress_is_told);
  ADD ("/workbook/cancelled", a_cancelled_export_leaves_no_file);
  ADD ("/workbook/failing-source", a_failing_source_leaves_the_old_file);
  ADD ("/workbook/no-such-place", a_place_that_is_none_is_named);
  ADD ("/workbook/full-disk/target", a_full_disk_leaves_no_file);
  ADD ("/workbook/full-disk/temporary", a_full_temporary_folder_leaves_no_file);
  ADD ("/workbook/choices", long_choices_stand_on_a_hidden_sheet);
  ADD ("/workbook/choices-in-bytes", choices_are_counted_in_bytes);
  return g_test_run ();
}
