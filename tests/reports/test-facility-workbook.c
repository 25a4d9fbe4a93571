/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register as a workbook: types of the fields, words for codes, names of areas, plans, order, and every row. */
#include "reports/mc-facility-workbook.h"

#include "report-store.h"
#include "reports/mc-roster-template.h"

static void
write_ok (ReportStore *self, McWorkbookRequest *request, McWorkbookResult *result)
{
  g_autoptr (GError) error = NULL;

  request->path = self->path;
  mc_facility_workbook_write (self->store, request, result, &error);
  g_assert_no_error (error);
}

static void
fields_become_typed_cells (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "㛃𬭩𠮷康养中心", "91330411MA2B8XQX3T", 130);
  g_autoptr (McRecord) second = make_facility (self, "=第二家", NULL, -1);
  g_autoptr (McRecord) retired = make_facility (self, "已注销", NULL, 5);
  g_autoptr (JsonParser) parser = json_parser_new ();
  McWorkbookRequest request = { .date = "2026-11-21" };
  McWorkbookResult result;
  JsonObject *sheet;

  mc_record_set_integer (facility, "investment", G_GINT64_CONSTANT (690000000000));
  mc_record_set_integer (facility, "floor_area", 1234550);
  mc_record_set_text (facility, "registered_on", "2020-02-29");
  mc_record_set_text (facility, "sample_fields", "credit_risk_class\nstatus");
  add_record (self, facility);
  add_record (self, second);
  mc_record_set_text (retired, "retired_on", "2026-01-01");
  add_record (self, retired);
  write_ok (self, &request, &result);
  g_assert_cmpuint (result.rows, ==, 2);
  sheet = sheet_at (read_workbook (self->path, parser), 0);
  g_assert_cmpint (json_object_get_int_member (sheet, "formulas"), ==, 0);
  g_assert_nonnull (strstr (cell_member (sheet, 1, 0, "value"), self->user->authority_name));
  assert_cell (sheet, 3, "Name", "text", "㛃𬭩𠮷康养中心");
  assert_cell (sheet, 3, "Unified social credit code", "text", "91330411MA2B8XQX3T");
  assert_cell (sheet, 3, "Kind", "text", "养老机构");
  assert_cell (sheet, 3, "Status", "text", "运营");
  assert_cell (sheet, 3, "县（市、区）", "text", "秀洲区");
  g_assert_cmpstr (cell_member (sheet, 3, column_of (sheet, "镇（街道）"), "value"), !=, "");
  assert_cell (sheet, 3, "Competent authority", "text", self->user->authority_name);
  assert_cell (sheet, 3, "Elder-care beds", "number", "130");
  assert_cell (sheet, 3, "总投资（万元）", "number", "690000");
  assert_cell (sheet, 3, "Floor area (m²)", "number", "12345.5");
  assert_cell (sheet, 3, "Registered on", "date", "2020-02-29 00:00");
  assert_cell (sheet, 3, "Contact phone", "text", "0573-83700000");
  assert_cell (sheet, 3, "Sample values", "text", "Credit risk class、Status");
  assert_cell (sheet, 4, "Name", "text", "=第二家");
  assert_cell (sheet, 4, "Elder-care beds", "empty", "");
  assert_cell (sheet, 5, "Elder-care beds", "number", "130");
}

/* More than a page of the reader, in the order of the caller. */
static void
every_row_in_the_order_asked_for (ReportStore *self, gconstpointer data)
{
  const guint n = 4500;
  g_autofree gint64 *rowids = g_new (gint64, n + 1);
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  const char *const keys[] = { "beds", "name", NULL };
  g_autoptr (McColumnPlan) plan = mc_column_plan_new ("facilities", keys, NULL);
  McWorkbookRequest request = { .plan = plan, .rowids = rowids, .n_rowids = n + 1 };
  McWorkbookResult result;
  JsonObject *sheet;

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("样例%u", i);
      g_autoptr (McRecord) facility = make_facility (self, name, NULL, (int) i);

      mc_transaction_save (transaction, NULL, facility);
      rowids[n - i] = i;
    }
  rowids[n] = 999999; /* gone in the meantime */
  g_assert_true (mc_store_commit (self->store, transaction, &error));
  g_assert_no_error (error);
  write_ok (self, &request, &result);
  g_assert_cmpuint (result.rows, ==, n);
  sheet = sheet_at (read_workbook (self->path, parser), 0);
  g_assert_cmpint (json_object_get_int_member (sheet, "columns"), ==, 3);
  assert_cell (sheet, 3, "Elder-care beds", "number", "4500");
  assert_cell (sheet, 3, "Name", "text", "样例4500");
  assert_cell (sheet, 3 + n - 1, "Elder-care beds", "number", "1");
  assert_cell (sheet, 3 + n, "Elder-care beds", "number", "10127250");
}

static void
an_empty_register_has_its_form (ReportStore *self, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  McWorkbookRequest request = { 0 };
  McWorkbookResult result;

  write_ok (self, &request, &result);
  g_assert_cmpuint (result.rows, ==, 0);
  g_assert_cmpint (json_object_get_int_member (sheet_at (read_workbook (self->path, parser), 0), "rows"), ==, 5);
}

static void
store_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
count_cb (const char *step, guint64 done, guint64 total, gpointer user_data)
{
  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  (*(guint *) user_data)++;
}

static void
the_window_writes_on_a_thread (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "一", NULL, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0;
  McWorkbookRequest request = { .path = self->path, .progress = count_cb, .progress_data = &n_told };
  McWorkbookResult result = { 0 };

  add_record (self, facility);
  mc_facility_workbook_write_async (self->store, &request, store_result_cb, &written);
  while (!written)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (mc_workbook_request_finish (written, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.rows, ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_told, >, 0);
  g_unlink (self->path);
  g_cancellable_cancel (cancellable);
  request.cancellable = cancellable;
  mc_facility_workbook_write_async (self->store, &request, store_result_cb, &cancelled);
  while (!cancelled)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (mc_workbook_request_finish (cancelled, &result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
every_column_of_every_plan_is_known (ReportStore *self, gconstpointer data)
{
  g_autoptr (McRecord) facility = make_facility (self, "一", NULL, 1);
  g_autofree const char **all = mc_column_plan_list_available ("facilities");
  g_autoptr (McColumnPlan) plan = mc_column_plan_new ("facilities", all, NULL);
  McWorkbookRequest request = { .plan = plan };
  McWorkbookResult result;

  add_record (self, facility);
  write_ok (self, &request, &result);
  g_assert_cmpuint (result.rows, ==, 1);
  request.only_listed = TRUE;
  write_ok (self, &request, &result);
  g_assert_cmpuint (result.rows, ==, 0);
}

static void
templates_have_headers_and_choices (ReportStore *self, gconstpointer data)
{
  g_autoptr (McAreaTree) tree = mc_area_tree_load (self->store, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *choices;
  JsonObject *sheet;

  g_assert_true (mc_roster_template_write (MC_ROSTER_FACILITIES, tree, self->user->area, 100, self->path, NULL, &error));
  g_assert_no_error (error);
  sheet = sheet_at (read_workbook (self->path, parser), 0);
  g_assert_cmpstr (cell_member (sheet, 1, 0, "value"), ==, "名称");
  choices = json_object_get_array_member (sheet, "choices");
  g_assert_cmpuint (json_array_get_length (choices), >=, 5);
  g_assert_true (mc_roster_template_write (MC_ROSTER_INSPECTORS, tree, NULL, 100, self->path, NULL, &error));
  g_assert_no_error (error);
}

#define ADD(path, func) g_test_add (path, ReportStore, NULL, report_store_set_up, func, report_store_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/facility-workbook/types", fields_become_typed_cells);
  ADD ("/facility-workbook/every-row", every_row_in_the_order_asked_for);
  ADD ("/facility-workbook/empty", an_empty_register_has_its_form);
  ADD ("/facility-workbook/thread", the_window_writes_on_a_thread);
  ADD ("/facility-workbook/columns", every_column_of_every_plan_is_known);
  ADD ("/facility-workbook/templates", templates_have_headers_and_choices);
  return g_test_run ();
}
