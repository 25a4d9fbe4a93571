/* SPDX-License-Identifier: GPL-3.0-or-later
 * How a visit begins: prefilled, or refused in words. */
#include "visit-sample.h"

#include "store/mc-uuid.h"

static void
test_prefilled (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_auto (GStrv) ids = NULL;
  const McRecord *record;

  visit_sample_init (&sample);
  mc_record_set_text (sample.facility, "area", "01900000-0000-7000-8000-000000000001");
  visit = sample_visit (&sample);
  record = mc_visit_get_record (visit);
  g_assert_true (mc_uuid_is_valid (mc_visit_get_id (visit)));
  g_assert_cmpstr (mc_record_get_text (record, "facility"), ==, mc_record_get_id (sample.facility));
  g_assert_cmpstr (mc_record_get_text (record, "area"), ==, "01900000-0000-7000-8000-000000000001");
  g_assert_cmpstr (mc_record_get_text (record, "authority"), ==, mc_record_get_id (sample.authority));
  g_assert_cmpstr (mc_record_get_text (record, "type"), ==, "routine");
  g_assert_cmpstr (mc_record_get_text (record, "source"), ==, "plan");
  g_assert_cmpstr (mc_record_get_text (record, "checked_on"), ==, SAMPLE_DAY);
  g_assert_cmpstr (mc_record_get_text (record, "check_matter"), ==, mc_record_get_id (sample.matter));
  g_assert_cmpstr (mc_record_get_text (record, "standard"), ==, mc_standard_get_version_id (sample.standard));
  g_assert_true (mc_record_is_null (record, "late_entry"));
  g_assert_true (mc_record_is_null (record, "previous"));
  g_assert_cmpstr (mc_visit_get_own_kind (visit), ==, "civil_affairs");
  ids = mc_visit_get_inspector_ids (visit);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, mc_record_get_id (sample.lead));
  g_assert_cmpstr (ids[1], ==, mc_record_get_id (sample.assistant));
}

/* The lead is no assistant of himself; nobody stands twice; ids are sorted. */
static void
test_assistants (void)
{
  g_auto (VisitSample) sample = { NULL };
  const char *assistants[] = { "c", "b", NULL, "b", NULL };
  const char *none[2];
  g_autoptr (McVisit) visit = NULL;
  McVisitStart start;

  visit_sample_init (&sample);
  start = sample_start (&sample, none);
  assistants[2] = start.lead;
  start.assistants = assistants;
  visit = mc_visit_new (&start, NULL);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "assistants"), ==, "b\nc");
}

static void
test_late_entry (void)
{
  g_auto (VisitSample) sample = { NULL };
  const char *assistants[2];
  g_autoptr (McVisit) visit = NULL;
  McVisitStart start;

  visit_sample_init (&sample);
  start = sample_start (&sample, assistants);
  start.checked_on = "2026-11-18";
  visit = mc_visit_new (&start, NULL);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "checked_on"), ==, "2026-11-18");
  g_assert_true (mc_record_get_boolean (mc_visit_get_record (visit), "late_entry"));
}

static void
test_recheck_has_its_source (void)
{
  g_auto (VisitSample) sample = { NULL };
  const char *assistants[2];
  g_autoptr (McVisit) visit = NULL;
  McVisitStart start;

  visit_sample_init (&sample);
  start = sample_start (&sample, assistants);
  start.type = "recheck";
  start.source = NULL;
  visit = mc_visit_new (&start, NULL);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "source"), ==, "recheck");
}

typedef struct
{
  const char *facility_key, *facility_value;
  const char *type, *source, *checked_on;
  gboolean good;
} StartCase;

static void
test_refusals (void)
{
  static const StartCase cases[] = {
    { NULL, NULL, "routine", NULL, NULL, TRUE },
    { NULL, NULL, "case", "complaint", NULL, TRUE },
    { NULL, NULL, "visit", NULL, NULL, FALSE },
    { NULL, NULL, "routine", "rumour", NULL, FALSE },
    { NULL, NULL, "routine", NULL, "2026-11-20", FALSE },  /* tomorrow */
    { NULL, NULL, "routine", NULL, "2026-11-31", FALSE },
    { NULL, NULL, "routine", NULL, "2023-11-27", TRUE },   /* the first day of the standard */
    { NULL, NULL, "routine", NULL, "2023-11-26", FALSE },
    { "kind", "rural_elder_home", "routine", NULL, NULL, TRUE },
    { "kind", "childcare", "routine", NULL, NULL, FALSE },
    { "status", "closed", "routine", NULL, NULL, TRUE },   /* the result code will say so */
    { "retired_on", "2026-01-01", "routine", NULL, NULL, FALSE },
    { "same_as", "01900000-0000-7000-8000-000000000001", "routine", NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      const char *assistants[2];
      g_autoptr (GError) error = NULL;
      McVisitStart start;
      McVisit *visit;

      g_test_message ("%u", i);
      visit_sample_init (&sample);
      if (cases[i].facility_key)
        mc_record_set_text (sample.facility, cases[i].facility_key, cases[i].facility_value);
      start = sample_start (&sample, assistants);
      start.type = cases[i].type;
      start.source = cases[i].source;
      start.checked_on = cases[i].checked_on;
      visit = mc_visit_new (&start, &error);
      g_assert_cmpint (visit != NULL, ==, cases[i].good);
      if (!visit)
        g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
      g_clear_pointer (&visit, mc_visit_unref);
    }
}

/* A visit made from its records holds what they hold. */
static void
test_from_records (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) again = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) more = NULL;
  McVisitContext context;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "C6", "nonconform");
  answer (&visit, "A2", "conform");
  note (&visit, "M1", "seen");
  records = mc_visit_list_records (visit);
  g_assert_cmpuint (records->len, ==, 5);
  context = (McVisitContext) { sample.standard, sample.facility, sample.authority, sample.inspectors, sample.matter };
  again = mc_visit_new_from_records (records, &context);
  more = mc_visit_list_records (again);
  g_assert_cmpuint (more->len, ==, records->len);
  for (guint i = 0; i < records->len; i++)
    g_assert_true (mc_record_equal_values (g_ptr_array_index (records, i), g_ptr_array_index (more, i)));
  g_assert_cmpstr (mc_visit_get_value (again, "C6"), ==, "nonconform");
  g_assert_cmpstr (mc_visit_get_note (again, "M1"), ==, "seen");
  g_assert_null (mc_visit_get_value (again, "M1"));
  g_assert_nonnull (mc_visit_get_finding (again, "C6"));
}

static void
test_state (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) again = NULL;
  g_autoptr (GPtrArray) records = NULL;
  McVisitContext context;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "A2", "conform");
  g_assert_false (mc_visit_is_finalised (visit));
  records = mc_visit_list_records (visit);
  mc_record_set_state (g_ptr_array_index (records, 0), MC_RECORD_SEALED);
  mc_record_set_state (g_ptr_array_index (records, 1), MC_RECORD_LATE);
  context = (McVisitContext) { sample.standard, sample.facility, sample.authority, sample.inspectors, sample.matter };
  again = mc_visit_new_from_records (records, &context);
  g_assert_true (mc_visit_is_finalised (again));
  g_assert_cmpint (mc_visit_get_state (again), ==, MC_RECORD_SEALED | MC_RECORD_LATE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/visit/prefilled", test_prefilled);
  g_test_add_func ("/inspections/visit/assistants", test_assistants);
  g_test_add_func ("/inspections/visit/late-entry", test_late_entry);
  g_test_add_func ("/inspections/visit/recheck-has-its-source", test_recheck_has_its_source);
  g_test_add_func ("/inspections/visit/refusals", test_refusals);
  g_test_add_func ("/inspections/visit/from-records", test_from_records);
  g_test_add_func ("/inspections/visit/state", test_state);
  return g_test_run ();
}
