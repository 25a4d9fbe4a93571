/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sheets of a workbook are named with the number of their rows; of a file with one sheet nothing is counted. */
#include "registry/mc-table-sheets.h"

#include "table-file.h"

static void
test_names_and_rows (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "registry", "data", "officials.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sheets = mc_table_sheets_list (path, NULL, &error);
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (sheets->len, ==, 3);
  for (guint i = 0; i < sheets->len; i++)
    {
      const McTableSheetInfo *info = sheets->pdata[i];
      McTableRow row;
      guint n = 0;

      g_assert_cmpuint (info->sheet, ==, i);
      g_assert_cmpstr (info->name, ==, mc_table_reader_get_sheet_name (reader, i));
      g_assert_true (mc_table_reader_select_sheet (reader, i, NULL));
      while (mc_table_reader_next_row (reader, &row, NULL))
        n++;
      g_assert_cmpuint (info->rows, ==, n);
      g_assert_false (info->more);
      g_assert_cmpint (info->hidden, ==, i == 2);
    }
  g_assert_cmpuint (((McTableSheetInfo *) sheets->pdata[1])->rows, >, 5);
}

static void
test_counting_ends (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) one = NULL, none = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  char *path;

  for (guint i = 0; i < 5; i++)
    g_string_append (text, "a,b\n");
  path = table_file_new ("a.csv", text->str, -1);
  one = mc_table_sheets_list (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (((McTableSheetInfo *) one->pdata[0])->rows, ==, 0);
  g_cancellable_cancel (cancellable);
  none = mc_table_sheets_list (path, cancellable, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  table_file_remove (path);
}

static void
test_no_table (void)
{
  char *path = table_file_new ("a.xlsx", "PK\3\4", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sheets = mc_table_sheets_list (path, NULL, &error);

  g_assert_null (sheets);
  g_assert_nonnull (error);
  table_file_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table-sheets/names-and-rows", test_names_and_rows);
  g_test_add_func ("/table-sheets/counting-ends", test_counting_ends);
  g_test_add_func ("/table-sheets/no-table", test_no_table);
  return g_test_run ();
}
