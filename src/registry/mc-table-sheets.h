/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sheets of a table file with the number of their rows, for a person to choose among. */
#pragma once

#include "mc-table-reader.h"

G_BEGIN_DECLS

/* Rows are counted up to here: what a person wants to know is which sheet is the long one. */
#define MC_TABLE_SHEETS_MAX_ROWS 20000

typedef struct
{
  guint sheet;   /* from 0, as McImportOptions and the reader count */
  char *name;
  guint64 rows;  /* that have a cell */
  gboolean more; /* there are more than MC_TABLE_SHEETS_MAX_ROWS */
  gboolean hidden;
} McTableSheetInfo;

/* Of McTableSheetInfo, in the order of the workbook. Of a file with one sheet the rows are not counted: there is nothing to choose. A sheet that
 * cannot be read has no rows here; reading it says why. Errors: MC_TABLE_ERROR_*, G_IO_ERROR_CANCELLED. Blocks. */
GPtrArray *mc_table_sheets_list (const char *path, GCancellable *cancellable, GError **error);
void mc_table_sheets_list_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_table_sheets_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
