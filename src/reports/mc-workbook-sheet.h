/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sheet of a table while it is written: title, header, rows, sums, and what follows from them at its end. */
#pragma once

#include "mc-workbook-choices.h"
#include "mc-workbook-format.h"
#include "mc-workbook-row.h"

G_BEGIN_DECLS

typedef struct
{
  const McTable *table;             /* borrowed, like what follows */
  const McWorkbookFormats *formats;
  lxw_worksheet *worksheet;
  McWorkbookRow *data;              /* owned: writes the rows of data */
  guint n_columns;                  /* with the running number */
  guint row;                        /* the next one */
  guint header_row;
  guint *widths;                    /* owned */
  guint shortened;
  lxw_error failure;                /* the first */
} McWorkbookSheetWriter;

/* Rows that title, information and header take, and rows that may follow the data. */
#define MC_WORKBOOK_FRAME_ROWS 5

/* Begins @worksheet with the title, the row of information and the header. */
void mc_workbook_sheet_begin (McWorkbookSheetWriter *self, const McTable *table, const McWorkbookFormats *formats, lxw_worksheet *worksheet);

/* @number: the running number. */
void mc_workbook_sheet_write_row (McWorkbookSheetWriter *self, guint64 number, const McCell *cells);

/* Rows to be filled in by hand. */
void mc_workbook_sheet_write_blank_rows (McWorkbookSheetWriter *self, McWorkbookChoices *choices);

/* After the last row of data: the filter ends here. In constant memory the library takes no range that lies above the row it writes. */
void mc_workbook_sheet_end_data (McWorkbookSheetWriter *self);

/* The sums of the columns that have one (in the units of their cells), and the row of signatures. */
void mc_workbook_sheet_write_end (McWorkbookSheetWriter *self, const gint64 *sums);

/* Sets widths, frozen panes and the page. */
void mc_workbook_sheet_end (McWorkbookSheetWriter *self);

void mc_workbook_sheet_clear (McWorkbookSheetWriter *self);

G_END_DECLS
