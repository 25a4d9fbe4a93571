/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks and findings as a workbook: two sheets, counts of answers, states in words. */
#include "reports/mc-visit-workbook.h"

#include "report-store.h"

static void
checks_and_findings_stand_on_two_sheets (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "康养中心", "91330411MA2B8XQX3T", 130);
  g_autofree char *partner = add_partner (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (McVisit) visit = NULL;
  g_autofree const char **visit_columns = mc_column_plan_list_available ("visits");
  g_autofree const char **finding_columns = mc_column_plan_list_available ("findings");
  g_autoptr (McColumnPlan) plan = mc_column_plan_new ("visits", visit_columns, NULL);
  g_autoptr (McColumnPlan) findings_plan = mc_column_plan_new ("findings", finding_columns, NULL);
  McWorkbookRequest request = { .path = self->path, .plan = plan, .findings_plan = findings_plan };
  McWorkbookResult result;
  JsonArray *sheets;
  JsonObject *sheet;
  const McItem *item;

  add_record (self, facility);
  visit = add_visit (self, mc_record_get_id (facility), partner);
  item = own_item (visit);
  g_assert_true (mc_visit_workbook_write (self->store, mc_standards_get_builtin (), &request, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.rows, ==, 2);
  g_assert_cmpuint (result.sheets, ==, 2);
  sheets = read_workbook (self->path, parser);
  sheet = sheet_at (sheets, 0);
  g_assert_cmpstr (json_object_get_string_member (sheet, "name"), ==, "检查");
  assert_cell (sheet, 3, "检查对象", "text", "康养中心");
  assert_cell (sheet, 3, "Checked on", "date", "2026-11-20 00:00");
  assert_cell (sheet, 3, "Lead inspector", "text", "陈秋");
  assert_cell (sheet, 3, "Assistants", "text", "李明");
  assert_cell (sheet, 3, "不符合", "number", "1");
  assert_cell (sheet, 3, "问题数", "number", "1");
  assert_cell (sheet, 3, "状态", "text", "未定稿");
  assert_cell (sheet, 3, "机构类别", "text", "养老机构");
  sheet = sheet_at (sheets, 1);
  g_assert_cmpstr (json_object_get_string_member (sheet, "name"), ==, "问题");
  assert_cell (sheet, 3, "项号", "text", item->code);
  assert_cell (sheet, 3, "检查内容", "text", item->text);
  assert_cell (sheet, 3, "What was found", "text", "二楼东侧疏散通道堆放轮椅3辆。");
  assert_cell (sheet, 3, "Severity", "text", "一般");
  assert_cell (sheet, 3, "Way of correction", "text", "当场改正");
}

static void
no_checks_give_two_empty_sheets (ReportStore *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  McWorkbookRequest request = { .path = self->path };
  McWorkbookResult result;

  g_assert_true (mc_visit_workbook_write (self->store, NULL, &request, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.rows, ==, 0);
  g_assert_cmpuint (result.sheets, ==, 2);
}

#define ADD(path, func) g_test_add (path, ReportStore, NULL, report_store_set_up, func, report_store_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/visit-workbook/two-sheets", checks_and_findings_stand_on_two_sheets);
  ADD ("/visit-workbook/empty", no_checks_give_two_empty_sheets);
  return g_test_run ();
}
