/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cells of a workbook written by libxlsxwriter alone, in constant memory. */
#include "mc-bench.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "registry/mc-table-reader.h"

typedef struct
{
  guint32 row;
  guint16 column;
  gboolean is_number;
  gsize text; /* offset */
} Cell;

static guint
read_cells (const char *path, GArray *cells, GString *texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, &error);
  McTableRow row;
  guint columns = 0;

  g_assert_no_error (error);
  while (mc_table_reader_next_row (reader, &row, &error))
    for (guint i = 0; i < row.n_cells; i++)
      {
        const McTableCell *cell = &row.cells[i];
        const Cell found = { (guint32) row.number - 1, (guint16) (cell->column - 1), cell->kind == MC_CELL_NUMBER, texts->len };

        columns = MAX (columns, cell->column);
        g_array_append_val (cells, found);
        g_string_append_len (texts, cell->text, (gssize) cell->length + 1);
      }
  g_assert_no_error (error);
  return columns;
}

static void
write_cells (const char *path, GArray *cells, GString *texts)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *workbook = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, NULL);

  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);
      const char *text = texts->str + cell->text;
      lxw_error error = cell->is_number ? worksheet_write_number (sheet, cell->row, cell->column, g_ascii_strtod (text, NULL), NULL)
                                        : worksheet_write_string (sheet, cell->row, cell->column, text, NULL);

      g_assert_cmpint (error, ==, LXW_NO_ERROR);
    }
  g_assert_cmpint (workbook_close (workbook), ==, LXW_NO_ERROR);
}

void
mc_bench_part_export_alone (const McBench *bench, char **arguments)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GString) texts = g_string_new (NULL);
  guint columns = read_cells (arguments[0], cells, texts);
  double cpu = mc_bench_cpu (), began = mc_bench_now ();

  write_cells (arguments[1], cells, texts);
  mc_bench_answer ((double[]) { mc_bench_now () - began, mc_bench_cpu () - cpu, columns }, 3);
}
