/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inspectors and check matters: their checks, and the lists of the registers. */
#include "registry/mc-inspector.h"

#include <string.h>

#include "registry/mc-check-matter.h"
#include "test-registry-store.h"

static GDate
day (GDateDay number, GDateMonth month, GDateYear year)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, number, month, year);
  return date;
}

/* The day on which it expires is still valid. */
static void
test_certificates (void)
{
  static const struct { const char *number, *expires; McCertificateState state; } cases[] = {
    { NULL, NULL, MC_CERTIFICATE_NONE },
    { NULL, "2030-01-01", MC_CERTIFICATE_NONE },
    { "33040001", NULL, MC_CERTIFICATE_UNDATED },
    { "33040001", "2026-11-20", MC_CERTIFICATE_VALID },
    { "33040001", "2026-11-19", MC_CERTIFICATE_VALID },
    { "33040001", "2026-11-18", MC_CERTIFICATE_EXPIRED },
  };
  GDate today = day (19, G_DATE_NOVEMBER, 2026);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McInspectorRow row = { .certificate_no = (char *) cases[i].number, .certificate_expires_on = (char *) cases[i].expires };

      g_assert_cmpint (mc_inspector_row_certificate (&row, &today), ==, cases[i].state);
    }
}

static void
test_check_of_inspectors (void)
{
  static const struct { const char *key, *field, *value; int level; } cases[] = {
    { "name", "name", NULL, MC_PROBLEM_ERROR },
    { "employer", "employer", NULL, MC_PROBLEM_ERROR },
    { "certificate_no", "certificate_no", NULL, MC_PROBLEM_CHECK },
    { "certificate_expires_on", "certificate_expires_on", "2026-11-18", MC_PROBLEM_CHECK },
    { "certificate_expires_on", "certificate_expires_on", "2026-11-19", MC_PROBLEM_CHECK }, /* soon */
    { "certificate_expires_on", "certificate_expires_on", "2027-01-18", MC_PROBLEM_CHECK }, /* 60 days */
    { "certificate_expires_on", "certificate_expires_on", "2027-01-19", -1 },
    { "certificate_expires_on", "certificate_expires_on", "2026-13-01", MC_PROBLEM_ERROR },
    { "fields", "fields", "elder\nchildcare", -1 },
    { "fields", "fields", "roads", MC_PROBLEM_CHECK },
  };
  GDate today = day (19, G_DATE_NOVEMBER, 2026);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("inspector"), NULL);
      g_autofree char *area = mc_area_id_for_code ("3304");
      g_autoptr (GPtrArray) problems = NULL;
      const McProblem *problem;

      mc_record_set_text (record, "name", "检查员01");
      mc_record_set_text (record, "employer", "秀洲区民政局");
      mc_record_set_text (record, "authority", area);
      mc_record_set_text (record, "area", area);
      mc_record_set_text (record, "certificate_no", "33040001");
      mc_record_set_text (record, cases[i].field, cases[i].value);
      problems = mc_inspector_check (record, mc_area_tree_get_builtin (), &today);
      problem = mc_problems_find (problems, cases[i].key);
      g_test_message ("%u: %s", i, problem ? problem->message : "fine");
      g_assert_cmpint (problem ? (int) problem->level : -1, ==, cases[i].level);
    }
}

static void
test_ids (void)
{
  g_autofree char *one = mc_inspector_id_for ("秀洲区民政局", "张 三"), *same = mc_inspector_id_for ("秀洲区 民政局", "张三");
  g_autofree char *other = mc_inspector_id_for ("南湖区民政局", "张三");
  g_autofree char *matter = mc_check_matter_id_for ("a", "检查（一）"), *same_matter = mc_check_matter_id_for ("a", "检查(一)");

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (matter, ==, same_matter);
}

/* No published matter, no check: both sides of the day. */
static void
test_matters_apply (void)
{
  static const struct { const char *published, *kind; gboolean applies; } cases[] = {
    { "2026-11-19", "elder_home", TRUE },  { "2026-11-20", "elder_home", FALSE }, { NULL, "elder_home", FALSE },
    { "2026-11-19", "elder", FALSE },      { "2026-11-19", "childcare", FALSE },  { "2026-11-19", "rural_elder_home", TRUE },
    { "2026-11-19", NULL, TRUE },          { NULL, NULL, FALSE },
  };
  GDate today = day (19, G_DATE_NOVEMBER, 2026);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McCheckMatterRow row = { .facility_kinds = (char *) "elder_home\nrural_elder_home", .published_on = (char *) cases[i].published };

      g_assert_cmpint (mc_check_matter_row_applies (&row, cases[i].kind, &today), ==, cases[i].applies);
    }
}

static void
test_check_of_matters (void)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("check_matter"), NULL);
  GDate today = day (19, G_DATE_NOVEMBER, 2026);
  g_autoptr (GPtrArray) problems = NULL;

  mc_record_set_text (record, "facility_kinds", "school");
  mc_record_set_integer (record, "yearly_cap", -1);
  problems = mc_check_matter_check (record, NULL, &today);
  g_assert_cmpint (mc_problems_find (problems, "name")->level, ==, MC_PROBLEM_ERROR);
  g_assert_cmpint (mc_problems_find (problems, "basis")->level, ==, MC_PROBLEM_ERROR);
  g_assert_cmpint (mc_problems_find (problems, "yearly_cap")->level, ==, MC_PROBLEM_ERROR);
  g_assert_cmpint (mc_problems_find (problems, "facility_kinds")->level, ==, MC_PROBLEM_CHECK);
  g_assert_cmpint (mc_problems_find (problems, "published_on")->level, ==, MC_PROBLEM_CHECK);
}

static void
add_inspector (McStore *store, const McUser *user, const char *name, const char *area_code, const char *fields)
{
  g_autofree char *area = mc_area_id_for_code (area_code);
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("inspector"), NULL);
  g_autoptr (GError) error = NULL;

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "employer", "民政局");
  mc_record_set_text (record, "authority", user->authority);
  mc_record_set_text (record, "area", area);
  mc_record_set_text (record, "certificate_no", "33040002");
  mc_record_set_text (record, "fields", fields);
  mc_store_save (store, NULL, record, &error);
  g_assert_no_error (error);
}

static void
test_lists (TestStore *test, gconstpointer data)
{
  g_autofree char *county = mc_area_id_for_code ("330411");
  const struct { McInspectorQuery query; guint n; } cases[] = {
    { { 0 }, 4 },
    { { .area = county }, 2 },
    { { .field = "elder" }, 2 },
    { { .field = "childcare" }, 1 },
    { { .field = "eld" }, 0 },
    { { .text = "zs" }, 1 },
    { { .text = "张三" }, 1 },
    { { .text = "minzhengju" }, 4 },
    { { .text = "没有" }, 0 },
  };
  g_autoptr (McUser) user = NULL;
  g_autoptr (McAreaTree) tree = NULL;

  test_store_set_up (test, "3304");
  user = mc_user_find (test->store, "检查员01", NULL);
  add_inspector (test->store, user, "张三", "330411", "elder");
  add_inspector (test->store, user, "李四", "330411101", "childcare\nelder");
  add_inspector (test->store, user, "王五", "330402", NULL);
  tree = mc_area_tree_load (test->store, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = mc_inspector_list (test->store, tree, &cases[i].query, &error);

      g_test_message ("%u", i);
      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, cases[i].n);
      for (guint j = 0; j < rows->len; j++)
        g_assert_cmpstr (((McInspectorRow *) rows->pdata[j])->authority_name, ==, "嘉兴市民政局");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/registry/inspector/certificates", test_certificates);
  g_test_add_func ("/registry/inspector/check", test_check_of_inspectors);
  g_test_add_func ("/registry/inspector/ids", test_ids);
  g_test_add_func ("/registry/check-matter/apply", test_matters_apply);
  g_test_add_func ("/registry/check-matter/check", test_check_of_matters);
  g_test_add ("/registry/inspector/lists", TestStore, NULL, test_store_open, test_lists, test_store_close);
  return g_test_run ();
}
