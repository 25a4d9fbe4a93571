/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes .xlsx workbooks as officials know them, row by row, in constant memory. */
#pragma once

#include <gio/gio.h>

#include "store/mc-progress.h"

#include "mc-report-error.h"

G_BEGIN_DECLS

typedef struct _McWorkbook McWorkbook;

/* What stands in a cell. Codes, names and whatever looks like a formula are MC_CELL_TEXT and stay text. */
typedef enum
{
  MC_CELL_EMPTY,
  MC_CELL_TEXT,
  MC_CELL_INTEGER,
  MC_CELL_HUNDREDTHS, /* integer, hundredths of the unit */
  MC_CELL_MONEY,      /* integer, fen; the sheet has it in units of 10,000 yuan */
  MC_CELL_DATE,       /* text, ISO date; what is not a date stays text */
  MC_CELL_TIME,       /* integer, ms since 1970 UTC; the sheet has local time */
} McCellType;

typedef struct
{
  McCellType type;
  gint64 integer;
  const char *text; /* borrowed until the next row is asked for */
} McCell;

typedef struct
{
  const char *header;
  McCellType type;           /* of its cells as a rule; sets the format of blank rows */
  gboolean total;            /* a sum stands below */
  gboolean wrap;             /* long texts: lines are broken, the column stays narrow */
  const char *const *choices;/* NULL, or what may be entered in blank rows; NULL-terminated */
} McColumn;

/* A table: one sheet, or several if it is longer than a sheet can be. Texts may be NULL: that part is left out. */
typedef struct
{
  const char *sheet_name;     /* shortened and cleaned if Excel does not allow it */
  const char *title;
  const char *reporting_unit;
  const char *date;           /* ISO date or any text */
  const char *unit;           /* of the figures */
  const McColumn *columns;
  guint n_columns;
  guint frozen_columns;       /* of these columns, how many stay in sight */
  gboolean numbered;          /* a first column with the running number */
  gboolean signatures;        /* a last row for who prepared, checked and answers for it */
  const char *prepared_by;
  guint blank_rows;           /* rows to be filled in by hand, with the choices of their columns */
} McTable;

/* Fills @cells (all MC_CELL_EMPTY before) with the next row. FALSE: no more rows, or @error is set. */
typedef gboolean (*McRowFunc) (McCell *cells, gpointer user_data, GError **error);

typedef struct
{
  guint64 rows;      /* rows of the tables, read back from the finished file and equal to what was given */
  guint sheets;      /* that can be seen */
  guint shortened;   /* texts that were longer than a cell can hold (32,767) and end in an ellipsis */
} McWorkbookResult;

/* @path is not touched before mc_workbook_finish(). @cancellable may be NULL. Blocks, like all here; may be used on any one thread. */
McWorkbook *mc_workbook_new (const char *path, GCancellable *cancellable, GError **error);

/* Without mc_workbook_finish() no file is left. */
void mc_workbook_free (McWorkbook *self);

/* @total: rows expected over all tables, or 0. Called every 1,000 rows and at the end. */
void mc_workbook_set_progress (McWorkbook *self, McProgressFunc progress, guint64 total, gpointer user_data);

/* Rows a sheet takes before a next one is begun: 1,048,576, or fewer on request. */
void mc_workbook_set_row_limit (McWorkbook *self, guint rows);

/* Writes the rows that @func gives (NULL: none). Fails if @func fails, if cancelled, or if the disk is full. */
gboolean mc_workbook_add_table (McWorkbook *self, const McTable *table, McRowFunc func, gpointer user_data, GError **error);

/* Closes the workbook, reads it back and counts, flushes it to the disk and gives it its name. @result may be NULL. */
gboolean mc_workbook_finish (McWorkbook *self, McWorkbookResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorkbook, mc_workbook_free)

G_END_DECLS
