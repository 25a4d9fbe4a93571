/* SPDX-License-Identifier: GPL-3.0-or-later
 * An import does what its plan said, all of it or nothing; what is doubtful waits for a person; the last one can be undone. */
#include "test-registry-store.h"

#include <sqlite3.h>

#include "registry/mc-import.h"
#include "store/mc-change.h"
#include "table-file.h"

#define HEADER "名称,类型,区域,状态,床位数,统一社会信用代码,运营主体,地址\n"
#define A "甲养老院,养老机构,嘉善县 魏塘街道,运营,120,,甲公司,一号\n"
#define B "乙养老院,养老机构,嘉善县 罗星街道,运营,90,,乙公司,二号\n"
#define C "丙托育园,托育机构,嘉善县,筹建,,,丙公司,三号\n"

typedef struct
{
  TestStore base;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_store_open (&fixture->base, NULL);
  test_store_set_up (&fixture->base, "330421");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_store_close (&fixture->base, NULL);
}

static McImportPlan *
plan_with (Fixture *fixture, McImportKind kind, const char *content, const char *const *maps, GError **error)
{
  GDate today;
  McImportOptions options = { .kind = kind, .sheet = -1, .today = &today, .maps = maps };
  char *path = table_file_new ("名录.csv", content, -1);
  McImportPlan *plan;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 20, 11, 2026);
  options.path = path;
  plan = mc_import_plan_new (fixture->base.store, &options, NULL, NULL, NULL, error);
  table_file_remove (path);
  return plan;
}

static McImportPlan *
plan_full (Fixture *fixture, McImportKind kind, const char *content, GError **error)
{
  return plan_with (fixture, kind, content, NULL, error);
}

static McImportPlan *
plan_of (Fixture *fixture, const char *content)
{
  g_autoptr (GError) error = NULL;
  McImportPlan *plan = plan_full (fixture, MC_IMPORT_FACILITIES, content, &error);

  g_assert_no_error (error);
  return plan;
}

/* "created updated unchanged unsure rejected skipped" */
static void
assert_counts (McImportPlan *plan, const char *expected)
{
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint i = 0; i < MC_IMPORT_N_OUTCOMES; i++)
    g_string_append_printf (counts, "%s%d", i > 0 ? " " : "", (int) mc_import_plan_count (plan, i));
  if (strcmp (counts->str, expected) != 0)
    {
      GPtrArray *messages = mc_import_plan_get_messages (plan);

      for (guint i = 0; i < messages->len; i++)
        g_test_message ("row %d: %s", (int) ((McImportMessage *) messages->pdata[i])->row, ((McImportMessage *) messages->pdata[i])->message);
    }
  g_assert_cmpstr (counts->str, ==, expected);
}

/* Plans, compares the counts, applies. The batch, "" if nothing was written. */
static char *
import (Fixture *fixture, const char *content, const char *expected)
{
  g_autoptr (McImportPlan) plan = plan_of (fixture, content);
  g_autoptr (GError) error = NULL;
  char *batch;

  assert_counts (plan, expected);
  batch = mc_import_apply (plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return batch;
}

/* The one value of @sql, as text, by a handle of its own. */
static char *
query (Fixture *fixture, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open_v2 (fixture->base.path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

static void
assert_query (Fixture *fixture, const char *sql, const char *expected)
{
  g_autofree char *text = query (fixture, sql);

  g_assert_cmpstr (text, ==, expected);
}

static const McImportMessage *
find_message (McImportPlan *plan, McImportOutcome outcome, guint64 row)
{
  GPtrArray *messages = mc_import_plan_get_messages (plan);

  for (guint i = 0; i < messages->len; i++)
    {
      const McImportMessage *message = messages->pdata[i];

      if (message->outcome == outcome && message->row == row)
        return message;
    }
  g_assert_not_reached ();
}

static char *
facility_id (Fixture *fixture, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM facility WHERE name = '%s'", name);

  return query (fixture, sql);
}

static void
edit (Fixture *fixture, const char *name, const char *key, const char *text)
{
  g_autofree char *id = facility_id (fixture, name);
  g_autoptr (McRecord) base = mc_store_load (fixture->base.store, "facility", id, NULL);
  g_autoptr (McRecord) edited = mc_record_copy (base);

  mc_record_set_text (edited, key, text);
  g_assert_true (mc_store_save (fixture->base.store, base, edited, NULL));
}

/* --- again and corrected ---------------------------------------------------------------------------------- */

static void
test_same_sheet_changes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A B C, "3 0 0 0 0 0");
  g_autofree char *lines = query (fixture, "SELECT count(*) FROM change");
  g_autofree char *second = import (fixture, HEADER A B C, "0 0 3 0 0 0");

  g_assert_cmpstr (first, !=, "");
  g_assert_cmpstr (second, ==, "");
  assert_query (fixture, "SELECT count(*) FROM change", lines);
  assert_query (fixture, "SELECT count(*) FROM import_batch", "1");
  assert_query (fixture, "SELECT count(*) FROM facility WHERE area IS NOT NULL AND kind IS NOT NULL", "3");
}

static void
test_corrected_sheet_updates_what_it_holds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A B C, "3 0 0 0 0 0");
  g_autofree char *second = NULL, *third = NULL;

  edit (fixture, "甲养老院", "contact_person", "张三");
  second = import (fixture, "名称,类型,区域,状态,床位数,地址\n甲养老院,养老机构,魏塘街道,运营,150,\n乙养老院,养老机构,罗星街道,停业,—,\n", "0 2 0 0 0 0");
  assert_query (fixture, "SELECT beds || address || contact_person || operator FROM facility WHERE name = '甲养老院'", "150一号张三甲公司");
  assert_query (fixture, "SELECT beds || status FROM facility WHERE name = '乙养老院'", "90suspended");
  third = import (fixture, HEADER A, "0 1 0 0 0 0");
  assert_query (fixture, "SELECT beds FROM facility WHERE name = '甲养老院'", "120");
}

static void
test_wider_area_does_not_undo_a_finer_one (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A, "1 0 0 0 0 0");
  g_autofree char *second = import (fixture, "名称,类型,区域\n甲养老院,养老机构,嘉善县\n", "0 0 1 0 0 0");
  g_autofree char *third = import (fixture, HEADER C, "1 0 0 0 0 0");
  g_autofree char *fourth = import (fixture, "名称,类型,区域\n丙托育园,托育机构,魏塘街道\n", "0 1 0 0 0 0");

  assert_query (fixture, "SELECT a.name FROM facility f JOIN area a ON a.id = f.area WHERE f.name = '丙托育园'", "魏塘街道");
}

static void
test_officials_workbook (Fixture *fixture, gconstpointer name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "registry", "data", name, NULL);
  McImportOptions options = { .kind = MC_IMPORT_FACILITIES, .path = path, .sheet = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = mc_import_plan_new (fixture->base.store, &options, NULL, NULL, NULL, &error);
  g_autofree char *batch = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (mc_import_plan_get_sheet_name (plan), ==, "机构名录");
  assert_counts (plan, "3 0 0 0 0 3");
  batch = mc_import_apply (plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_query (fixture, "SELECT f.beds || '/' || f.nursing_beds || '/' || f.investment || '/' || f.opened_on || '/' || a.name FROM facility f JOIN area a ON a.id = f.area"
                         " WHERE f.credit_code = '12330421123456781W'", "300/120/8900500000/2020-02-29/罗星街道");
  assert_query (fixture, "SELECT f.opened_on || '/' || a.name || '/' || f.contact_phone FROM facility f JOIN area a ON a.id = f.area WHERE f.name = '嘉善县罗星街道幸福托育园'", "2021-03-01/罗星街道/13800000001");
  assert_query (fixture, "SELECT beds || '/' || nursing_beds || '/' || investment || '/' || status FROM facility WHERE name = '魏塘街道健康颐养中心'", "120/60/12000000000/preparing");
}

/* --- bad rows --------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *line;
  guint column;
  const char *says;
} BadRow;

static const BadRow bad_rows[] = {
  { "unknown-area", "丁院,养老机构,魏塘街到,运营,1,,,\n", 3, "魏塘街道" },
  { "negative-beds", "丁院,养老机构,魏塘街道,运营,-3,,,\n", 5, "0" },
  { "half-a-bed", "丁院,养老机构,魏塘街道,运营,3.5,,,\n", 5, "3.5" },
  { "wrong-check-character", "丁院,养老机构,魏塘街道,运营,30,123304211234567812,,\n", 6, "W" },
  { "unknown-kind", "丁院,飞机场,魏塘街道,运营,3,,,\n", 2, "飞机场" },
  { "no-kind", "丁院,,魏塘街道,运营,3,,,\n", 2, "Kind" },
  { "no-area", "丁院,养老机构,,运营,3,,,\n", 3, "Area" },
  { "no-status", "丁院,养老机构,魏塘街道,,3,,,\n", 4, "Status" },
  { "no-name", ",养老机构,魏塘街道,运营,3,,丁公司,四号\n", 1, "name" },
  { "twice", A, 1, "row 2" },
};

static void
test_bad_row (Fixture *fixture, gconstpointer data)
{
  const BadRow *bad = data;
  g_autofree char *content = g_strconcat (HEADER A, bad->line, B, NULL);
  g_autoptr (McImportPlan) plan = plan_of (fixture, content);
  g_autofree char *before = query (fixture, "SELECT count(*) FROM change");
  g_autofree char *batch = NULL;
  g_autoptr (GError) error = NULL;
  const McImportMessage *message;

  assert_counts (plan, "2 0 0 0 1 0");
  message = find_message (plan, MC_IMPORT_REJECTED, 3);
  g_assert_cmpuint (message->column, ==, bad->column);
  g_assert_nonnull (strstr (message->message, bad->says));
  g_assert_null (mc_import_apply (plan, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_BAD_ROWS);
  g_clear_error (&error);
  assert_query (fixture, "SELECT count(*) FROM change", before);
  batch = mc_import_apply (plan, MC_IMPORT_GOOD_ROWS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_query (fixture, "SELECT count(*) FROM facility", "2");
}

static void
test_all_that_is_wrong_is_said (Fixture *fixture, gconstpointer data)
{
  g_autoptr (McImportPlan) plan = plan_of (fixture, "名称,类型,区域,状态,床位数,开业日期,统一社会信用代码\n丁院,养老机构,魏塘街道,运营,-3,2026/2/30,123304211234567812\n");

  assert_counts (plan, "0 0 0 0 1 0");
  g_assert_cmpuint (mc_import_plan_get_n_messages (plan), ==, 3);
}

static void
test_past_ten_thousand_the_report_has_them_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) content = g_string_new (HEADER);
  g_autoptr (McImportPlan) plan = NULL;
  g_autofree char *report = g_build_filename (fixture->base.folder, "report.csv", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  guint lines = 0;

  for (guint i = 0; i < 12000; i++)
    g_string_append_printf (content, "第%u院,养老机构,不存在的地方,运营,1,,,\n", i);
  plan = plan_of (fixture, content->str);
  assert_counts (plan, "0 0 0 0 12000 0");
  g_assert_cmpuint (mc_import_plan_get_messages (plan)->len, ==, MC_IMPORT_MAX_MESSAGES);
  g_assert_cmpuint (mc_import_plan_get_n_messages (plan), ==, 12000);
  g_assert_true (mc_import_plan_write_report (plan, report, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (report, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf"));
  for (const char *p = text; *p; p++)
    lines += *p == '\n';
  g_assert_cmpuint (lines, ==, 12001);
  g_assert_nonnull (strstr (text, "\r\n12001,C,\"区域\","));
}

static void
test_tables_that_are_none (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *content; int code; } cases[] = {
    { "甲院,南湖区,120\n", MC_IMPORT_ERROR_NO_HEADER }, { HEADER, MC_IMPORT_ERROR_EMPTY }, { HEADER "合计,,,,1,,,\n", MC_IMPORT_ERROR_EMPTY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McImportPlan) plan = plan_full (fixture, MC_IMPORT_FACILITIES, cases[i].content, &error);

      g_assert_null (plan);
      g_assert_error (error, MC_IMPORT_ERROR, cases[i].code);
    }
}

/* --- doubtful rows ---------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *there; /* the sheet before */
  const char *now;
} Doubt;

static const Doubt doubts[] = {
  { "renamed-with-code", HEADER "甲养老院,养老机构,魏塘街道,运营,120,12330421123456781W,,\n", HEADER "新甲养老院,养老机构,魏塘街道,运营,120,12330421123456781W,,\n" },
  { "renamed-without-code", HEADER A B, HEADER "全新的名字,养老机构,嘉善县 魏塘街道,运营,120,,甲公司,一号\n" B },
  { "other-kind", HEADER A, HEADER "甲养老院,敬老院,嘉善县 魏塘街道,运营,120,,甲公司,一号\n" },
  { "moved", HEADER "甲养老院,养老机构,魏塘街道,运营,120,12330421123456781W,,\n", HEADER "甲养老院,养老机构,罗星街道,运营,120,12330421123456781W,,\n" },
};

static void
test_doubt_waits_for_a_person (Fixture *fixture, gconstpointer data)
{
  const Doubt *doubt = data;
  g_autoptr (McImportPlan) plan = plan_of (fixture, doubt->there);
  g_autofree char *before = NULL, *batch = mc_import_apply (plan, 0, NULL, NULL, NULL, NULL), *second = NULL, *third = NULL;
  g_autoptr (McImportPlan) doubtful = NULL, decided = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  before = query (fixture, "SELECT count(*) FROM facility");
  doubtful = plan_of (fixture, doubt->now);
  g_assert_cmpuint (mc_import_plan_count (doubtful, MC_IMPORT_UNSURE), ==, 1);
  g_assert_cmpuint (mc_import_plan_count (doubtful, MC_IMPORT_CREATED), ==, 0);
  rows = mc_import_plan_get_rows (doubtful, MC_IMPORT_UNSURE, 0, 10, NULL);
  g_assert_cmpstr (((McImportRow *) rows->pdata[0])->existing_name, ==, "甲养老院");
  find_message (doubtful, MC_IMPORT_UNSURE, 2);
  second = mc_import_apply (doubtful, 0, NULL, NULL, NULL, NULL);
  g_assert_cmpstr (second, ==, "");
  decided = plan_of (fixture, doubt->now);
  g_assert_true (mc_import_plan_decide (decided, 2, MC_IMPORT_SAME));
  third = mc_import_apply (decided, 0, NULL, NULL, NULL, NULL);
  g_assert_cmpstr (third, !=, "");
  assert_query (fixture, "SELECT count(*) FROM facility", before);
  g_clear_pointer (&plan, mc_import_plan_unref);
  plan = plan_of (fixture, doubt->now);
  g_assert_cmpuint (mc_import_plan_count (plan, MC_IMPORT_UNCHANGED), ==, doubt->now == doubts[1].now ? 2 : 1);
}

static void
test_doubt_decided_as_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, doubts[0].there, "1 0 0 0 0 0"), *second = NULL;
  g_autoptr (McImportPlan) plan = plan_of (fixture, doubts[0].now);

  assert_counts (plan, "0 0 0 1 0 0");
  g_assert_true (mc_import_plan_decide (plan, 0, MC_IMPORT_OTHER));
  second = mc_import_apply (plan, 0, NULL, NULL, NULL, NULL);
  assert_query (fixture, "SELECT count(*) FROM facility", "2");
}

/* Sites of one operator: the existing one is in the file under its own name, so the others are new, not renamed. */
static void
test_sites_of_one_operator (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER "一店,养老机构,魏塘街道,运营,10,12330421123456781W,,\n", "1 0 0 0 0 0");
  g_autofree char *second = import (fixture, HEADER "二店,养老机构,魏塘街道,运营,20,12330421123456781W,,\n一店,养老机构,魏塘街道,运营,10,12330421123456781W,,\n", "1 0 1 0 0 0");

  assert_query (fixture, "SELECT count(*) FROM facility", "2");
}

/* --- conflicts and changes in between --------------------------------------------------------------------- */

/* Two people edit the same value without knowing of each other: the sheet decides nothing, but its other values go in. */
static void
test_never_picks_in_a_conflict (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A, "1 0 0 0 0 0"), *second = NULL, *id = facility_id (fixture, "甲养老院");
  g_autoptr (McRecord) base = mc_store_load (fixture->base.store, "facility", id, NULL);
  g_autoptr (McRecord) one = mc_record_copy (base), two = mc_record_copy (base), now = NULL;
  g_autoptr (McImportPlan) plan = NULL;

  mc_record_set_integer (one, "beds", 121);
  mc_record_set_integer (two, "beds", 122);
  g_assert_true (mc_store_save (fixture->base.store, base, one, NULL));
  g_assert_true (mc_store_save (fixture->base.store, base, two, NULL));
  plan = plan_of (fixture, "名称,类型,区域,床位数,地址\n甲养老院,养老机构,魏塘街道,130,新址\n");
  assert_counts (plan, "0 1 0 0 0 0");
  g_assert_cmpuint (find_message (plan, MC_IMPORT_UPDATED, 2)->column, ==, 4);
  second = mc_import_apply (plan, 0, NULL, NULL, NULL, NULL);
  now = mc_store_load (fixture->base.store, "facility", id, NULL);
  g_assert_true (mc_record_field_in_conflict (now, "beds"));
  g_assert_cmpint (mc_record_get_integer (now, "beds", 0), ==, 122);
  g_assert_cmpstr (mc_record_get_text (now, "address"), ==, "新址");
}

static void
test_changed_since_the_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A, "1 0 0 0 0 0");
  g_autoptr (McImportPlan) plan = plan_of (fixture, "名称,类型,区域,地址,运营主体\n甲养老院,养老机构,魏塘街道,新址,新公司\n");
  g_autoptr (GError) error = NULL;

  assert_counts (plan, "0 1 0 0 0 0");
  edit (fixture, "甲养老院", "operator", "别的公司");
  g_assert_null (mc_import_apply (plan, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_CHANGED);
  assert_query (fixture, "SELECT address || operator FROM facility", "一号别的公司");
}

static void
test_cancelled_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (McImportPlan) plan = plan_of (fixture, HEADER A B C);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (mc_import_apply (plan, 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_query (fixture, "SELECT (SELECT count(*) FROM facility) || '/' || (SELECT count(*) FROM import_batch)", "0/0");
}

/* --- undo ------------------------------------------------------------------------------------------------- */

static void
assert_undo (Fixture *fixture, guint retired, guint restored, guint kept)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportUndo) undo = mc_import_undo (fixture->base.store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (undo->retired, ==, retired);
  g_assert_cmpuint (undo->restored, ==, restored);
  g_assert_cmpuint (undo->kept, ==, kept);
  g_assert_cmpuint (undo->messages->len, ==, kept);
}

static void
test_undo_brings_values_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A B, "2 0 0 0 0 0");
  g_autofree char *second = import (fixture, "名称,类型,区域,状态,床位数,联系电话\n甲养老院,养老机构,魏塘街道,停业,150,0573-84000000\n丁院,养老机构,魏塘街道,运营,20,\n", "1 1 0 0 0 0");
  g_autoptr (McImportBatch) batch = mc_import_get_last_batch (fixture->base.store, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (batch->id, ==, second);
  g_assert_cmpstr (batch->file_name, ==, "名录.csv");
  assert_undo (fixture, 1, 1, 0);
  assert_query (fixture, "SELECT status || beds || ifnull (contact_phone, '-') FROM facility WHERE name = '甲养老院'", "operating120-");
  assert_query (fixture, "SELECT retired_on IS NOT NULL AND retired_reason IS NOT NULL FROM facility WHERE name = '丁院'", "1");
  assert_undo (fixture, 2, 0, 0);
  g_assert_null (mc_import_undo (fixture->base.store, NULL, &error));
  g_assert_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NOTHING);
}

static void
test_undo_keeps_what_others_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A B, "2 0 0 0 0 0");
  g_autofree char *second = import (fixture, "名称,类型,区域,状态,床位数\n甲养老院,养老机构,魏塘街道,停业,150\n丁院,养老机构,魏塘街道,运营,20\n", "1 1 0 0 0 0");

  edit (fixture, "甲养老院", "status", "closed");
  edit (fixture, "丁院", "address", "五号");
  assert_undo (fixture, 0, 1, 2);
  assert_query (fixture, "SELECT status || beds FROM facility WHERE name = '甲养老院'", "closed120");
  assert_query (fixture, "SELECT retired_on IS NULL FROM facility WHERE name = '丁院'", "1");
}

static void
test_undone_rows_come_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A B, "2 0 0 0 0 0"), *second = NULL;

  assert_undo (fixture, 2, 0, 0);
  second = import (fixture, HEADER A B, "2 0 0 0 0 0");
  assert_query (fixture, "SELECT count(*) FROM facility WHERE retired_on IS NULL AND retired_reason IS NULL", "2");
  assert_query (fixture, "SELECT count(*) FROM facility", "2");
}

static void
test_retired_by_a_person_is_asked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = import (fixture, HEADER A, "1 0 0 0 0 0"), *second = NULL;
  g_autoptr (McImportPlan) plan = NULL;

  edit (fixture, "甲养老院", "retired_on", "2026-01-01");
  plan = plan_of (fixture, HEADER A);
  assert_counts (plan, "0 0 0 1 0 0");
  g_assert_true (mc_import_plan_decide (plan, 0, MC_IMPORT_SAME));
  second = mc_import_apply (plan, 0, NULL, NULL, NULL, NULL);
  assert_query (fixture, "SELECT retired_on IS NULL FROM facility", "1");
}

/* --- inspectors ------------------------------------------------------------------------------------------- */

#define INSPECTORS "姓名,工作单位,执法证号,有效期至,业务领域\n"

static void
test_inspectors (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *sheet; const char *counts; } cases[] = {
    { INSPECTORS "王一,嘉善县民政局,330421001,2027-12-31,养老、托育\n李二,嘉善县民政局,330421002,2027/6/30,养老\n", "2 0 0 0 0 0" },
    { INSPECTORS "王一,嘉善县民政局,330421001,2027-12-31,托育，养老\n李二,嘉善县民政局,330421002,2028年6月30日,养老\n", "0 1 1 0 0 0" },
    { INSPECTORS "王一一,嘉善县民政局,330421001,2027-12-31,养老\n", "0 0 0 1 0 0" },
    { INSPECTORS "赵三,嘉善县民政局,330421003,2027-02-30,养老\n", "0 0 0 0 1 0" },
    { INSPECTORS "赵三,嘉善县民政局,330421003,2027-02-28,天文\n", "0 0 0 0 1 0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McImportPlan) plan = plan_full (fixture, MC_IMPORT_INSPECTORS, cases[i].sheet, &error);
      g_autofree char *batch = NULL;

      g_assert_no_error (error);
      assert_counts (plan, cases[i].counts);
      batch = mc_import_apply (plan, MC_IMPORT_GOOD_ROWS, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  assert_query (fixture, "SELECT fields FROM inspector WHERE name = '王一'", "childcare\nelder");
  assert_query (fixture, "SELECT certificate_expires_on FROM inspector WHERE name = '李二'", "2028-06-30");
  assert_query (fixture, "SELECT count(*) FROM inspector WHERE authority NOT IN (SELECT id FROM authority)", "0");
}

/* --- in the window ---------------------------------------------------------------------------------------- */

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Waiting;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->result = g_object_ref (result);
  g_main_loop_quit (waiting->loop);
}

static void
test_on_a_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Waiting waiting = { loop, NULL };
  char *path = table_file_new ("名录.csv", HEADER A B, -1);
  McImportOptions options = { .kind = MC_IMPORT_FACILITIES, .path = path, .sheet = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = NULL;
  g_autofree char *batch = NULL;
  McImportUndo *undo;

  mc_import_plan_async (fixture->base.store, &options, NULL, NULL, NULL, done_cb, &waiting);
  g_main_loop_run (loop);
  plan = mc_import_plan_finish (waiting.result, &error);
  g_clear_object (&waiting.result);
  g_assert_no_error (error);
  mc_import_apply_async (plan, 0, NULL, NULL, NULL, done_cb, &waiting);
  g_main_loop_run (loop);
  batch = mc_import_apply_finish (plan, waiting.result, &error);
  g_clear_object (&waiting.result);
  g_assert_no_error (error);
  g_assert_cmpstr (batch, !=, "");
  mc_import_undo_async (fixture->base.store, NULL, done_cb, &waiting);
  g_main_loop_run (loop);
  undo = mc_import_undo_finish (waiting.result, &error);
  g_clear_object (&waiting.result);
  g_assert_no_error (error);
  g_assert_cmpuint (undo->retired, ==, 2);
  mc_import_undo_free (undo);
  table_file_remove (path);
}

#define ADD(name, data, function) g_test_add ("/import/" name, Fixture, data, set_up, function, tear_down)

/* --- what a sheet does not say ---------------------------------------------------------------------------- */

static guint64
missing (McImportPlan *plan, const char *key)
{
  return mc_import_plan_count_missing (plan, mc_entity_field (mc_import_entity (mc_import_plan_get_mapping (plan)->kind), key));
}

/* Nothing is made up; a person says it once for the rows that leave it empty, and only new records get it. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  static const char *const maps[] = { "=运营=状态", "=养老院=类型", "=嘉善县=区域", NULL };
  static const char sheet[] = "机构名称,状态,地址\n甲养老院,,嘉善县魏塘街道一号\n乙养老院,停业,\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = plan_of (fixture, sheet);
  g_autofree char *batch = NULL;

  assert_counts (plan, "0 0 0 0 2 0");
  g_assert_cmpuint (missing (plan, "kind"), ==, 2);
  g_assert_cmpuint (missing (plan, "status"), ==, 1);
  g_assert_cmpuint (missing (plan, "area"), ==, 1);
  g_assert_cmpuint (missing (plan, "authority"), ==, 0);
  g_clear_pointer (&plan, mc_import_plan_unref);
  plan = plan_with (fixture, MC_IMPORT_FACILITIES, sheet, maps, &error);
  g_assert_no_error (error);
  assert_counts (plan, "2 0 0 0 0 0");
  g_assert_cmpuint (missing (plan, "kind") + missing (plan, "status") + missing (plan, "area"), ==, 0);
  batch = mc_import_apply (plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_query (fixture, "SELECT group_concat (t, '|') FROM (SELECT f.name || ' ' || kind || ' ' || status || ' ' || a.name AS t FROM facility f JOIN area a ON a.id = area ORDER BY f.name)",
                "乙养老院 elder_home suspended 嘉善县|甲养老院 elder_home operating 魏塘街道");
  g_clear_pointer (&plan, mc_import_plan_unref);
  plan = plan_with (fixture, MC_IMPORT_FACILITIES, sheet, (const char *const[]) { "=注销=状态", "=养老院=类型", "=嘉善县=区域", NULL }, &error);
  g_assert_no_error (error);
  assert_counts (plan, "0 0 2 0 0 0");
}

/* Of an inspector the authority is asked first: the area follows from it. */
static void
test_missing_authority (Fixture *fixture, gconstpointer data)
{
  static const char sheet[] = "姓名,工作单位\n赵一,某街道\n钱二,嘉善县民政局\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportPlan) plan = plan_full (fixture, MC_IMPORT_INSPECTORS, sheet, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (missing (plan, "authority"), ==, 1);
  g_assert_cmpuint (missing (plan, "area"), ==, 0);
  g_clear_pointer (&plan, mc_import_plan_unref);
  plan = plan_with (fixture, MC_IMPORT_INSPECTORS, sheet, (const char *const[]) { "=嘉善县民政局=authority", NULL }, &error);
  g_assert_no_error (error);
  assert_counts (plan, "2 0 0 0 0 0");
}

static void
test_wrong_constant (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "=停=状态", "=火星=区域", "= =类型", "=某局=authority" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_null (plan_with (fixture, MC_IMPORT_FACILITIES, "名称,床位\n甲,10\n", (const char *const[]) { wrong[i], NULL }, &error));
      g_assert_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_MAPPING);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("same-sheet-changes-nothing", NULL, test_same_sheet_changes_nothing);
  ADD ("corrected-sheet-updates-what-it-holds", NULL, test_corrected_sheet_updates_what_it_holds);
  ADD ("wider-area-does-not-undo-a-finer-one", NULL, test_wider_area_does_not_undo_a_finer_one);
  ADD ("officials-workbook/openpyxl", "officials.xlsx", test_officials_workbook);
  ADD ("officials-workbook/libreoffice", "officials-libreoffice.xlsx", test_officials_workbook);
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/import/bad-row/", bad_rows[i].name, NULL);

      g_test_add (path, Fixture, &bad_rows[i], set_up, test_bad_row, tear_down);
    }
  ADD ("all-that-is-wrong-is-said", NULL, test_all_that_is_wrong_is_said);
  ADD ("past-ten-thousand-the-report-has-them-all", NULL, test_past_ten_thousand_the_report_has_them_all);
  ADD ("tables-that-are-none", NULL, test_tables_that_are_none);
  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    {
      g_autofree char *path = g_strconcat ("/import/doubt/", doubts[i].name, NULL);

      g_test_add (path, Fixture, &doubts[i], set_up, test_doubt_waits_for_a_person, tear_down);
    }
  ADD ("doubt-decided-as-another", NULL, test_doubt_decided_as_another);
  ADD ("sites-of-one-operator", NULL, test_sites_of_one_operator);
  ADD ("never-picks-in-a-conflict", NULL, test_never_picks_in_a_conflict);
  ADD ("changed-since-the-preview", NULL, test_changed_since_the_preview);
  ADD ("cancelled-leaves-nothing", NULL, test_cancelled_leaves_nothing);
  ADD ("undo/brings-values-back", NULL, test_undo_brings_values_back);
  ADD ("undo/keeps-what-others-changed", NULL, test_undo_keeps_what_others_changed);
  ADD ("undo/rows-come-again", NULL, test_undone_rows_come_again);
  ADD ("retired-by-a-person-is-asked", NULL, test_retired_by_a_person_is_asked);
  ADD ("inspectors", NULL, test_inspectors);
  ADD ("missing/is-asked-once", NULL, test_missing);
  ADD ("missing/authority-of-inspectors", NULL, test_missing_authority);
  ADD ("missing/what-is-no-value-is-refused", NULL, test_wrong_constant);
  ADD ("on-a-thread", NULL, test_on_a_thread);
  return g_test_run ();
}
