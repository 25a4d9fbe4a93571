/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks and what they found, as a workbook of two sheets. */
#include "mc-visit-workbook.h"

#include "mc-record-sheet.h"
#include "mc-row-pages.h"

/* One pass over the answers of a check for all four counts. */
#define COUNT_OF(answer) "count (CASE value WHEN '" answer "' THEN 1 END)"
#define ANSWER_COUNTS                                                                                                      \
  "(SELECT " COUNT_OF ("conform") " || ' ' || " COUNT_OF ("nonconform") " || ' ' || " COUNT_OF ("not_applicable") " || ' ' || " \
  COUNT_OF ("not_checked") " FROM answer WHERE visit = v.id)"
#define FINDING_COUNTS \
  "(SELECT count (*) || ' ' || count (CASE WHEN withdrawn_reason IS NULL THEN 1 END) FROM finding WHERE visit = v.id)"

static const McRowColumn visit_columns[] = {
  { "facility", "f.name", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "operator", "f.operator", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "credit_code", "f.credit_code", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "address", "f.address", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "facility_kind", "f.kind", MC_ROW_FIELD, MC_FIELD_CHOICE, "facility-kind", 0 },
  { "assistants", "v.assistants", MC_ROW_FIELD, MC_FIELD_LIST, "inspector", 0 },
  { "check_matter", "m.name", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "conform_count", ANSWER_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 0 },
  { "nonconform_count", ANSWER_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 1 },
  { "not_applicable_count", ANSWER_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 2 },
  { "not_checked_count", ANSWER_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 3 },
  { "finding_count", FINDING_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 0 },
  { "open_finding_count", FINDING_COUNTS, MC_ROW_COUNT, MC_FIELD_INTEGER, NULL, 1 },
  { "state", "v.whole_state", MC_ROW_STATE, MC_FIELD_INTEGER, NULL, 0 },
  { "visit_id", "v.id", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { NULL },
};

static const McRowTable visit_table = {
  "visits",
  "FROM visit v LEFT JOIN facility f ON f.id = v.facility LEFT JOIN check_matter m ON m.id = v.check_matter",
  "v",
  visit_columns,
};

static const McRowColumn finding_columns[] = {
  { "checked_on", "v.checked_on", MC_ROW_FIELD, MC_FIELD_DATE, NULL, 0 },
  { "facility", "f.name", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "credit_code", "f.credit_code", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { "area", "v.area", MC_ROW_FIELD, MC_FIELD_REFERENCE, "area", 0 },
  { "authority", "v.authority", MC_ROW_FIELD, MC_FIELD_REFERENCE, "authority", 0 },
  { "type", "v.type", MC_ROW_FIELD, MC_FIELD_CHOICE, "visit-type", 0 },
  { "lead", "v.lead", MC_ROW_FIELD, MC_FIELD_REFERENCE, "inspector", 0 },
  { "item_text", "v.standard || ' ' || d.item", MC_ROW_ITEM, MC_FIELD_TEXT, NULL, 0 },
  { "state", "v.whole_state", MC_ROW_STATE, MC_FIELD_INTEGER, NULL, 0 },
  { "visit_id", "v.id", MC_ROW_FIELD, MC_FIELD_TEXT, NULL, 0 },
  { NULL },
};

static const McRowTable finding_table = {
  "findings",
  "FROM finding d JOIN visit v ON v.id = d.visit LEFT JOIN facility f ON f.id = v.facility",
  "d",
  finding_columns,
};

static gboolean
write_sheets (McStore *store, McWorkbook *workbook, const McWorkbookRequest *request, McReportNames *names, const gint64 *rowids,
              guint n_rowids, GError **error)
{
  g_autoptr (GArray) findings = mc_row_pages_list_parts (
    store, "SELECT d.rowid FROM visit v JOIN finding d ON d.visit = v.id WHERE v.rowid = ?1 ORDER BY d.item", rowids, n_rowids,
    request->cancellable, error);

  if (!findings)
    return FALSE;
  mc_workbook_set_progress (workbook, request->progress, (guint64) n_rowids + findings->len, request->progress_data);
  return mc_record_sheet_write (store, workbook, &visit_table, request->plan, request, names, rowids, n_rowids, error)
         && mc_record_sheet_write (store, workbook, &finding_table, request->findings_plan, request, names,
                                   (const gint64 *) findings->data, findings->len, error);
}

gboolean
mc_visit_workbook_write (McStore *store, McStandards *standards, const McWorkbookRequest *request, McWorkbookResult *result, GError **error)
{
  g_autoptr (McReportNames) names = mc_report_names_load (store, standards, request->cancellable, error);
  g_autoptr (McWorkbook) workbook = names ? mc_record_sheet_begin (request, error) : NULL;
  g_autoptr (GArray) all = NULL;

  if (!workbook)
    return FALSE;
  if (request->rowids || request->only_listed)
    return write_sheets (store, workbook, request, names, request->rowids, request->n_rowids, error)
           && mc_workbook_finish (workbook, result, error);
  all = mc_row_pages_list (store, "SELECT rowid FROM visit WHERE retired_on IS NULL AND same_as IS NULL ORDER BY checked_on DESC, rowid DESC",
                           request->cancellable, error);
  return all && write_sheets (store, workbook, request, names, (const gint64 *) all->data, all->len, error)
         && mc_workbook_finish (workbook, result, error);
}

static gboolean
write_visits (McStore *store, gpointer data, const McWorkbookRequest *request, McWorkbookResult *result, GError **error)
{
  return mc_visit_workbook_write (store, data, request, result, error);
}

static void
standards_unref (gpointer standards)
{
  if (standards)
    mc_standards_unref (standards);
}

void
mc_visit_workbook_write_async (McStore *store, McStandards *standards, const McWorkbookRequest *request, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  mc_workbook_request_run_async (store, write_visits, standards ? mc_standards_ref (standards) : NULL, standards_unref, request, callback,
                                 user_data);
}
