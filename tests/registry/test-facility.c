/* SPDX-License-Identifier: GPL-3.0-or-later
 * The check of a facility: both sides of each limit; ids that two people arrive at independently. */
#include "registry/mc-facility.h"

#include <string.h>

#include "store/mc-uuid.h"

#define WAN 1000000 /* fen */

static McRecord *
good_home (void)
{
  McRecord *record = mc_record_new (mc_entity_find ("facility"), NULL);
  g_autofree char *area = mc_area_id_for_code ("330411101");

  mc_record_set_text (record, "name", "王江泾镇康养中心");
  mc_record_set_text (record, "kind", "elder_home");
  mc_record_set_text (record, "status", "operating");
  mc_record_set_text (record, "area", area);
  mc_record_set_text (record, "credit_code", "91440300708461136T");
  mc_record_set_integer (record, "beds", 120);
  return record;
}

static GPtrArray *
check (const McRecord *record)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 19, G_DATE_NOVEMBER, 2026);
  return mc_facility_check (record, mc_area_tree_get_builtin (), &today);
}

static void
test_a_good_record_has_no_problems (void)
{
  g_autoptr (McRecord) record = good_home ();
  g_autoptr (GPtrArray) problems = check (record);

  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", ((McProblem *) problems->pdata[i])->message);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_false (mc_problems_have_errors (problems));
}

typedef enum { FINE, CHECK, FAULT } Verdict;

typedef struct
{
  const char *key;      /* of the problem */
  const char *sets;     /* "key=value key=value"; digits: an integer; "key=": null */
  Verdict verdict;
} Case;

static const Case cases[] = {
  { "name", "name=", FAULT },
  { "kind", "kind=", FAULT },
  { "kind", "kind=of_a_newer_version", CHECK },
  { "status", "status=", FAULT },
  { "area", "area=", FAULT },
  { "area", "area=00000000-0000-5000-8000-000000000000", FAULT },
  { "credit_code", "credit_code=", FINE },
  { "credit_code", "credit_code=91440300708461136A", FAULT },
  { "credit_code", "credit_code=9144030070846113T", FAULT },
  { "credit_code", "credit_code=91440300708461136t", CHECK },
  { "beds", "beds=-1", FAULT },
  { "beds", "beds=0", CHECK },   /* an institution has at least 10 */
  { "beds", "beds=9", CHECK },
  { "beds", "beds=10", FINE },
  { "beds", "kind=community_elder_centre beds=9", FINE },
  { "beds", "beds=5000", FINE },
  { "beds", "beds=5001", CHECK },
  { "nursing_beds", "nursing_beds=120", FINE },
  { "nursing_beds", "nursing_beds=121", FAULT },
  { "nursing_beds", "nursing_beds=-1", FAULT },
  { "beds", "beds= nursing_beds=5", CHECK }, /* the whole is missing */
  { "dementia_beds", "dementia_beds=120", FINE },
  { "dementia_beds", "dementia_beds=121", FAULT },
  { "medical_beds", "medical_beds=300", FINE }, /* counted apart in some projects */
  { "childcare_places", "childcare_places=60", CHECK },
  { "childcare_places", "kind=childcare beds= childcare_places=1000", FINE },
  { "childcare_places", "kind=childcare beds= childcare_places=1001", CHECK },
  { "beds", "kind=childcare beds=20", CHECK },
  { "investment", "investment=-1", FAULT },
  { "investment", "investment=0", FINE },
  { "central_investment", "investment=100 central_investment=101", CHECK },
  { "floor_area", "floor_area=-5", FAULT },
  { "registered_on", "registered_on=2026-11-19", FINE },
  { "registered_on", "registered_on=2026-11-20", FAULT },
  { "registered_on", "registered_on=2026-02-30", FAULT },
  { "registered_on", "registered_on=2026-2-3", FAULT },
  { "registered_on", "registered_on=1949-01-01", FINE },
  { "registered_on", "registered_on=1948-12-31", CHECK },
  { "filed_on", "filed_on=2026-11-20", FAULT },
  { "filed_on", "registered_on=2020-05-02 filed_on=2020-05-01", CHECK },
  { "filed_on", "registered_on=2020-05-01 filed_on=2020-05-01", FINE },
  { "opened_on", "opened_on=2026-11-20", CHECK },
  { "opened_on", "status=preparing opened_on=2026-11-20", FINE },
  { "grade", "grade=3", FINE },
  { "grade", "grade=3A", CHECK },
  { "grade", "kind=township_elder_centre grade=3A", FINE },
  { "grade", "kind=childcare grade=city_demonstration", FINE },
  { "grade", "kind=childcare grade=5", CHECK },
  { "contact_phone", "contact_phone=0573-82081234", FINE },
  { "contact_phone", "contact_phone=12345", FINE },
  { "contact_phone", "contact_phone=120", CHECK },
};

static void
apply (McRecord *record, const char *sets)
{
  g_auto (GStrv) parts = g_strsplit (sets, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');
      const McField *field;

      *value++ = '\0';
      field = mc_entity_field (mc_record_get_entity (record), parts[i]);
      if (*value == '\0')
        mc_record_set_null (record, parts[i]);
      else if (field->type == MC_FIELD_INTEGER || field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
        mc_record_set_integer (record, parts[i], g_ascii_strtoll (value, NULL, 10));
      else
        mc_record_set_text (record, parts[i], value);
    }
}

static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) record = good_home ();
      g_autoptr (GPtrArray) problems = NULL;
      const McProblem *problem;

      apply (record, cases[i].sets);
      problems = check (record);
      problem = mc_problems_find (problems, cases[i].key);
      g_test_message ("%s: %s", cases[i].sets, problem ? problem->message : "fine");
      g_assert_cmpint (problem == NULL ? FINE : problem->level == MC_PROBLEM_ERROR ? FAULT : CHECK, ==, cases[i].verdict);
      if (cases[i].verdict == FAULT)
        g_assert_true (mc_problems_have_errors (problems));
    }
}

static void
test_all_problems_are_told_at_once (void)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("facility"), NULL);
  g_autoptr (GPtrArray) problems = NULL;

  apply (record, "beds=-1 credit_code=X registered_on=2026-02-30");
  problems = check (record);
  for (guint i = 0; i < 7; i++)
    {
      static const char *const keys[] = { "name", "kind", "status", "area", "beds", "credit_code", "registered_on" };

      g_assert_cmpint (mc_problems_find (problems, keys[i])->level, ==, MC_PROBLEM_ERROR);
    }
}

/* 2 wan a bed and 1 wan a place, as most projects of the plan have it; a hint, never an error. */
static void
test_hint_on_central_investment (void)
{
  static const struct { const char *kind; gint64 units, central; gboolean hint; } hints[] = {
    { "elder_home", 420, 840, FALSE },
    { "elder_home", 420, 700, TRUE },
    { "elder_home", 420, 0, FALSE },
    { "childcare", 60, 60, FALSE },
    { "childcare", 60, 50, TRUE },
    { "childcare", -1, 50, FALSE }, /* no places entered */
  };

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autoptr (McRecord) record = good_home ();
      g_autoptr (GPtrArray) problems = NULL;
      const McProblem *problem;

      mc_record_set_null (record, "beds");
      mc_record_set_text (record, "kind", hints[i].kind);
      if (hints[i].units >= 0)
        mc_record_set_integer (record, strcmp (hints[i].kind, "childcare") == 0 ? "childcare_places" : "beds", hints[i].units);
      mc_record_set_integer (record, "investment", 25912 * (gint64) WAN + 730000);
      mc_record_set_integer (record, "central_investment", hints[i].central * WAN);
      problems = check (record);
      problem = mc_problems_find (problems, "central_investment");
      g_assert_cmpint (problem != NULL, ==, hints[i].hint);
      g_assert_false (mc_problems_have_errors (problems));
      if (i == 1)
        g_assert_nonnull (strstr (problem->message, "840"));
    }
}

static void
test_a_wide_area_is_doubtful (void)
{
  g_autoptr (McRecord) record = good_home ();
  g_autofree char *city = mc_area_id_for_code ("3304");
  g_autoptr (GPtrArray) problems = NULL;

  mc_record_set_text (record, "area", city);
  problems = check (record);
  g_assert_cmpint (mc_problems_find (problems, "area")->level, ==, MC_PROBLEM_CHECK);
}

static void
test_long_names (void)
{
  static const struct { guint n; gboolean error; } names[] = { { 200, FALSE }, { 201, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (McRecord) record = good_home ();
      g_autoptr (GString) name = g_string_new (NULL);
      g_autoptr (GPtrArray) problems = NULL;

      for (guint j = 0; j < names[i].n; j++)
        g_string_append (name, "养");
      mc_record_set_text (record, "name", name->str);
      problems = check (record);
      g_assert_cmpint (mc_problems_have_errors (problems), ==, names[i].error);
    }
}

static void
test_ids (void)
{
  g_autofree char *one = mc_facility_id_for ("elder_home", NULL, "a", "康养 中心（二期）");
  g_autofree char *same = mc_facility_id_for ("elder_home", "", "a", "康养中心(二期)");
  g_autofree char *by_rule = mc_uuid_new_for ("elder_home", "-", "a", "康养中心(二期)", NULL);
  g_autofree char *other_code = mc_facility_id_for ("elder_home", "91440300708461136T", "a", "康养中心(二期)");
  g_autofree char *other_area = mc_facility_id_for ("elder_home", NULL, "b", "康养中心(二期)");
  g_autofree char *other_kind = mc_facility_id_for ("childcare", NULL, "a", "康养中心(二期)");

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, ==, by_rule);
  g_assert_cmpstr (one, !=, other_code);
  g_assert_cmpstr (one, !=, other_area);
  g_assert_cmpstr (one, !=, other_kind);
}

static void
test_groups (void)
{
  g_assert_cmpstr (mc_facility_kind_group ("rural_elder_home"), ==, "elder");
  g_assert_cmpstr (mc_facility_kind_group ("growth_station"), ==, "childcare");
  g_assert_null (mc_facility_kind_group ("of_a_newer_version"));
  g_assert_null (mc_facility_kind_group (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/facility/a-good-record-has-no-problems", test_a_good_record_has_no_problems);
  g_test_add_func ("/registry/facility/limits", test_limits);
  g_test_add_func ("/registry/facility/all-problems-at-once", test_all_problems_are_told_at_once);
  g_test_add_func ("/registry/facility/hint-on-central-investment", test_hint_on_central_investment);
  g_test_add_func ("/registry/facility/a-wide-area-is-doubtful", test_a_wide_area_is_doubtful);
  g_test_add_func ("/registry/facility/long-names", test_long_names);
  g_test_add_func ("/registry/facility/ids", test_ids);
  g_test_add_func ("/registry/facility/groups", test_groups);
  return g_test_run ();
}
