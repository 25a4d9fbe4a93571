/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes one typed cell and keeps what is needed for the width of its column. */
#pragma once

#include "mc-workbook-format.h"

G_BEGIN_DECLS

/* Columns are no narrower and no wider than this, in Latin characters; longer texts show in the cell's own line or are wrapped. */
#define MC_COLUMN_WIDTH_MIN 5
#define MC_COLUMN_WIDTH_MAX 44

/* Writes @cell with the format of its type (or @format if not NULL), and widens *@width to what it needs. *@shortened counts texts that
 * were cut. */
lxw_error mc_workbook_cell_write (lxw_worksheet *worksheet, guint row, guint column, const McCell *cell, const McWorkbookFormats *formats,
                                  lxw_format *format, guint *width, guint *shortened);

/* Writes a text; for titles, headers and the like. */
lxw_error mc_workbook_cell_write_text (lxw_worksheet *worksheet, guint row, guint column, const char *text, lxw_format *format,
                                       guint *width, guint *shortened);

/* The number that stands in the sheet; FALSE if @cell is not one or is too large for a sheet. Widens *@width. */
gboolean mc_workbook_cell_get_number (const McCell *cell, double *number, guint *width);

/* Days since 1899-12-30 of an ISO date, as Excel counts them; FALSE if it is no date or lies before 1900-03-01. */
gboolean mc_workbook_cell_date_serial (const char *iso_date, double *serial);

G_END_DECLS
