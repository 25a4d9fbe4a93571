/* SPDX-License-Identifier: GPL-3.0-or-later
 * Puts rows of records on a sheet of a workbook, with the words that stand around them. */
#include "mc-record-sheet.h"

#include "mc-workbook-words.h"

McWorkbook *
mc_record_sheet_begin (const McWorkbookRequest *request, GError **error)
{
  McWorkbook *workbook = mc_workbook_new (request->path, request->cancellable, error);

  if (workbook && request->row_limit)
    mc_workbook_set_row_limit (workbook, request->row_limit);
  return workbook;
}

/* What is not said is not written, words included. */
static const char *
text_or_null (const char *text)
{
  return text && *text ? text : NULL;
}

gboolean
mc_record_sheet_write (McStore *store, McWorkbook *workbook, const McRowTable *table, McColumnPlan *plan,
                       const McWorkbookRequest *request, McReportNames *names, const gint64 *rowids, guint n_rowids, GError **error)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (table->sheet);
  g_autoptr (McColumnPlan) used = plan ? mc_column_plan_ref (plan) : mc_column_plan_new_default (table->sheet);
  g_autoptr (McRecordRows) rows = mc_record_rows_new (store, table, used, names, rowids, n_rowids, request->cancellable);
  McTable shown = { 0 };

  shown.sheet_name = sheet->sheet;
  shown.title = sheet->title;
  shown.reporting_unit = text_or_null (request->reporting_unit ? request->reporting_unit : mc_report_names_get_reporting_unit (names));
  shown.date = text_or_null (request->date);
  shown.unit = text_or_null (sheet->unit);
  shown.columns = mc_record_rows_get_columns (rows, &shown.n_columns);
  shown.frozen_columns = 1;
  shown.numbered = TRUE;
  shown.signatures = TRUE;
  shown.prepared_by = request->prepared_by ? request->prepared_by : mc_report_names_get_user (names);
  return mc_workbook_add_table (workbook, &shown, mc_record_rows_next, rows, error);
}
