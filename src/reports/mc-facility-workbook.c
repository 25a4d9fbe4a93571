/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register of facilities as a workbook. */
#include "mc-facility-workbook.h"

#include "mc-record-sheet.h"
#include "mc-row-pages.h"

#define SHEET "facilities"

static const McRowColumn columns[] = {
  { "area_county", "f.area", MC_ROW_COUNTY, MC_FIELD_TEXT, NULL, 0 },
  { "area", "f.area", MC_ROW_BELOW_COUNTY, MC_FIELD_TEXT, NULL, 0 },
  { "area_code", "f.area", MC_ROW_AREA_CODE, MC_FIELD_TEXT, NULL, 0 },
  { "sample_fields", "f.sample_fields", MC_ROW_SAMPLES, MC_FIELD_TEXT, NULL, 0 },
  { "facility_id", "f.id", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { NULL },
};

static const McRowTable table = { SHEET, "FROM facility f", "f", columns };

static gboolean
write_sheets (McStore *store, McWorkbook *workbook, const McWorkbookRequest *request, McReportNames *names, const gint64 *rowids,
              guint n_rowids, GError **error)
{
  mc_workbook_set_progress (workbook, request->progress, n_rowids, request->progress_data);
  return mc_record_sheet_write (store, workbook, &table, request->plan, request, names, rowids, n_rowids, error);
}

gboolean
mc_facility_workbook_write (McStore *store, const McWorkbookRequest *request, McWorkbookResult *result, GError **error)
{
  g_autoptr (McReportNames) names = mc_report_names_load (store, NULL, request->cancellable, error);
  g_autoptr (McWorkbook) workbook = names ? mc_record_sheet_begin (request, error) : NULL;
  g_autoptr (GArray) all = NULL;

  if (!workbook)
    return FALSE;
  if (request->rowids || request->only_listed)
    return write_sheets (store, workbook, request, names, request->rowids, request->n_rowids, error)
           && mc_workbook_finish (workbook, result, error);
  all = mc_row_pages_list (store, "SELECT rowid FROM facility WHERE retired_on IS NULL AND same_as IS NULL ORDER BY rowid", request->cancellable, error);
  return all && write_sheets (store, workbook, request, names, (const gint64 *) all->data, all->len, error)
         && mc_workbook_finish (workbook, result, error);
}

static gboolean
write_facilities (McStore *store, gpointer data, const McWorkbookRequest *request, McWorkbookResult *result, GError **error)
{
  return mc_facility_workbook_write (store, request, result, error);
}

void
mc_facility_workbook_write_async (McStore *store, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_workbook_request_run_async (store, write_facilities, NULL, NULL, request, callback, user_data);
}
