/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of data of a sheet as XML, written to where libxlsxwriter keeps the rows of a sheet in constant memory. */
#pragma once

#include "mc-workbook-format.h"

G_BEGIN_DECLS

/* The library makes an object of each cell and prints its parts one by one: for a long table most of the time goes there. Titles, headers, sums
 * and all other parts of the workbook stay the library's. */
typedef struct _McWorkbookRow McWorkbookRow;

/* @widths (@n_columns of them, in Latin characters) grow to what the cells need; *@shortened counts the texts that were cut. */
McWorkbookRow *mc_workbook_row_new (lxw_worksheet *worksheet, const McWorkbookFormats *formats, guint n_columns, guint *widths, guint *shortened);
void mc_workbook_row_free (McWorkbookRow *self);

/* Begins row @row (from 0), below all that were written; puts @cell into its next column, in @format or (NULL) the one of its type; ends it. */
void mc_workbook_row_begin (McWorkbookRow *self, guint row);
void mc_workbook_row_add (McWorkbookRow *self, const McCell *cell, lxw_format *format);
void mc_workbook_row_end (McWorkbookRow *self);

/* Before the library writes again. Whether the file took it, its ferror() says. */
void mc_workbook_row_flush (McWorkbookRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorkbookRow, mc_workbook_row_free)

G_END_DECLS
