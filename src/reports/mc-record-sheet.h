/* SPDX-License-Identifier: GPL-3.0-or-later
 * Puts rows of records on a sheet of a workbook, with the words that stand around them. */
#pragma once

#include "mc-record-rows.h"
#include "mc-workbook-request.h"

G_BEGIN_DECLS

McWorkbook *mc_record_sheet_begin (const McWorkbookRequest *request, GError **error);

/* @plan NULL: the default plan of the table's sheet. */
gboolean mc_record_sheet_write (McStore *store, McWorkbook *workbook, const McRowTable *table, McColumnPlan *plan,
                                const McWorkbookRequest *request, McReportNames *names, const gint64 *rowids, guint n_rowids, GError **error);

G_END_DECLS
