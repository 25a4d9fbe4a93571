/* SPDX-License-Identifier: GPL-3.0-or-later
 * Follow-ups as values: how they begin, what may be recorded when, and what a re-check makes of them. */
#include "visit-sample.h"

#include "inspections/mc-follow-up.h"

/* A visit whose C6 does not conform, with @way and @deadline. */
static McVisit *
visit_with_finding (VisitSample *sample, const char *way, const char *deadline)
{
  McVisit *visit = sample_visit (sample);

  answer (&visit, "C6", "nonconform");
  set_finding (&visit, "C6", "description", "Door locked");
  if (way)
    {
      gboolean own = strcmp (way, "referral") != 0;

      set_finding (&visit, "C6", "competent", own ? "civil_affairs" : "fire");
      set_finding (&visit, "C6", "severity", "serious");
      set_finding (&visit, "C6", "way", way);
    }
  if (deadline)
    set_finding (&visit, "C6", "deadline_on", deadline);
  return visit;
}

static McRecord *
follow_up_of (const char *way, const char *deadline)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = visit_with_finding (&sample, way, deadline);
  return mc_follow_up_new (visit, mc_visit_get_finding (visit, "C6"));
}

/* Takes @edited, which must be. */
static void
replace (McRecord **record, McRecord *edited, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (edited);
  mc_record_free (*record);
  *record = edited;
}

static void
test_begins (void)
{
  static const struct
  {
    const char *way, *deadline, *due;
    McFollowUpState state;
    gboolean needed;
  } cases[] = {
    { "corrected_on_site", NULL, NULL, MC_FOLLOW_UP_CORRECTION, FALSE },
    { "immediate", NULL, SAMPLE_DAY, MC_FOLLOW_UP_CORRECTION, TRUE },
    { "by_date", "2026-12-03", "2026-12-03", MC_FOLLOW_UP_CORRECTION, TRUE },
    { "referral", NULL, NULL, MC_FOLLOW_UP_REPLY, TRUE },
    { "transfer", NULL, NULL, MC_FOLLOW_UP_REPLY, TRUE },
    { "suspension_order", "2026-12-31", "2026-12-31", MC_FOLLOW_UP_MEASURE, TRUE },
    { "urgent_measure", NULL, NULL, MC_FOLLOW_UP_MEASURE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;
      g_autoptr (McRecord) record = NULL;
      const McRecord *finding;
      g_autofree char *id = NULL;

      visit_sample_init (&sample);
      visit = visit_with_finding (&sample, cases[i].way, cases[i].deadline);
      finding = mc_visit_get_finding (visit, "C6");
      g_assert_cmpint (mc_follow_up_is_needed (finding), ==, cases[i].needed);
      record = mc_follow_up_new (visit, finding);
      id = mc_follow_up_new_id (mc_record_get_id (finding));
      g_assert_cmpstr (mc_record_get_id (record), ==, id);
      g_assert_cmpstr (mc_record_get_text (record, "inspector"), ==, mc_record_get_id (sample.lead));
      g_assert_cmpstr (mc_follow_up_get_due (record), ==, cases[i].due);
      g_assert_cmpint (mc_follow_up_get_state (record), ==, cases[i].state);
    }
}

/* A withdrawn finding, and one without a way, are followed by nothing. */
static void
test_not_needed (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = visit_with_finding (&sample, "by_date", "2026-12-03");
  g_assert_true (mc_follow_up_is_needed (mc_visit_get_finding (visit, "C6")));
  set_finding (&visit, "C6", "way", NULL);
  g_assert_false (mc_follow_up_is_needed (mc_visit_get_finding (visit, "C6")));
  set_finding (&visit, "C6", "way", "immediate");
  answer (&visit, "C6", "conform");
  g_assert_false (mc_follow_up_is_needed (mc_visit_get_finding (visit, "C6")));
}

static void
test_days_left (void)
{
  g_autoptr (McRecord) record = follow_up_of ("by_date", "2026-11-23"); /* a Monday */
  McWorkingDays *calendar = mc_working_days_get_builtin ();
  int days;

  g_assert_true (mc_follow_up_days_left (record, calendar, "2026-11-20", &days));
  g_assert_cmpint (days, ==, 1);
  g_assert_false (mc_follow_up_is_overdue (record, "2026-11-23"));
  g_assert_true (mc_follow_up_is_overdue (record, "2026-11-24"));
  mc_record_set_text (record, "deadline_on", "2031-01-06"); /* beyond the table */
  g_assert_false (mc_follow_up_days_left (record, calendar, "2026-11-20", &days));
}

static void
test_extension (void)
{
  static const struct
  {
    const char *way, *deadline, *until, *reason, *by;
    gboolean taken;
  } cases[] = {
    { "by_date", "2026-12-03", "2026-12-04", "Parts are late", "Head", TRUE },
    { "by_date", "2026-12-03", "2026-12-03", "Parts are late", "Head", FALSE },
    { "by_date", "2026-12-03", "2026-02-30", "Parts are late", "Head", FALSE },
    { "by_date", "2026-12-03", "2026-12-04", " ", "Head", FALSE },
    { "by_date", "2026-12-03", "2026-12-04", "Parts are late", NULL, FALSE },
    { "referral", NULL, "2026-12-04", "Parts are late", "Head", FALSE },
    { "urgent_measure", NULL, "2026-12-04", "Parts are late", "Head", FALSE },
    { "suspension_order", "2026-12-03", "2026-12-04", "Parts are late", "Head", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) record = follow_up_of (cases[i].way, cases[i].deadline);
      g_autoptr (GError) error = NULL;
      g_autoptr (McRecord) edited = mc_follow_up_extend (record, cases[i].until, cases[i].reason, cases[i].by, &error);

      g_assert_cmpint (edited != NULL, ==, cases[i].taken);
      g_assert_cmpint (error == NULL, ==, cases[i].taken);
      if (edited)
        g_assert_cmpstr (mc_follow_up_get_due (edited), ==, cases[i].until);
    }
}

/* A second extension counts from the first. */
static void
test_extended_twice (void)
{
  g_autoptr (McRecord) record = follow_up_of ("by_date", "2026-12-03");
  g_autoptr (GError) error = NULL;

  replace (&record, mc_follow_up_extend (record, "2026-12-10", "Why", "Head", &error), error);
  g_assert_null (mc_follow_up_extend (record, "2026-12-10", "Why", "Head", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  replace (&record, mc_follow_up_extend (record, "2026-12-11", "Why", "Head", &error), error);
}

/* Told → replied → closed; no step before the one it rests on, and no day that has not come. */
static void
test_referral (void)
{
  g_autoptr (McRecord) record = follow_up_of ("referral", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_follow_up_reply (record, "2026-11-25", NULL, "Done", "2026-12-01", &error));
  g_clear_error (&error);
  g_assert_null (mc_follow_up_refer (record, " ", "2026-11-20", NULL, "2026-12-01", &error));
  g_clear_error (&error);
  g_assert_null (mc_follow_up_refer (record, "Fire brigade", "2026-12-02", NULL, "2026-12-01", &error));
  g_clear_error (&error);
  replace (&record, mc_follow_up_refer (record, "Fire brigade", "2026-11-20", "2026-12-10", "2026-12-01", &error), error);
  g_assert_cmpstr (mc_follow_up_get_due (record), ==, "2026-12-10");
  g_assert_null (mc_follow_up_close (record, "handled_elsewhere", "2026-12-01", NULL, "2026-12-01", &error));
  g_clear_error (&error);
  g_assert_null (mc_follow_up_reply (record, "2026-11-19", NULL, "Done", "2026-12-01", &error)); /* before it was told */
  g_clear_error (&error);
  replace (&record, mc_follow_up_reply (record, "2026-11-25", "No. 7", "Done", "2026-12-01", &error), error);
  g_assert_cmpint (mc_follow_up_get_state (record), ==, MC_FOLLOW_UP_REPLY);
  replace (&record, mc_follow_up_close (record, "handled_elsewhere", "2026-12-01", NULL, "2026-12-01", &error), error);
  g_assert_cmpint (mc_follow_up_get_state (record), ==, MC_FOLLOW_UP_CLOSED);
  g_assert_null (mc_follow_up_reply (record, "2026-11-26", NULL, "More", "2026-12-01", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE);
}

static void
test_results (void)
{
  static const struct
  {
    const char *way, *deadline, *result;
    gboolean taken;
  } cases[] = {
    { "by_date", "2026-12-03", "corrected", FALSE }, /* nobody saw it */
    { "by_date", "2026-12-03", "not_corrected", FALSE },
    { "by_date", "2026-12-03", "facility_closed", TRUE },
    { "by_date", "2026-12-03", "facility_moved", TRUE },
    { "by_date", "2026-12-03", "transferred", TRUE },
    { "by_date", "2026-12-03", "handled_elsewhere", FALSE },
    { "by_date", "2026-12-03", "finding_withdrawn", FALSE },
    { "by_date", "2026-12-03", "no-such", FALSE },
    { "immediate", NULL, "corrected", TRUE },
    { "immediate", NULL, "not_corrected", TRUE },
    { "suspension_order", NULL, "corrected", FALSE },
    { "referral", NULL, "corrected", FALSE },
    { "referral", NULL, "transferred", FALSE },
    { "transfer", NULL, "transferred", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) record = follow_up_of (cases[i].way, cases[i].deadline);
      g_autoptr (GError) error = NULL;
      g_autoptr (McRecord) edited = mc_follow_up_close (record, cases[i].result, "2026-12-01", "Note", "2026-12-01", &error);
      g_autofree const char **results = mc_follow_up_results (record);

      g_test_message ("%s %s", cases[i].way, cases[i].result);
      g_assert_cmpint (edited != NULL, ==, cases[i].taken);
      g_assert_cmpint (g_strv_contains (results, cases[i].result), ==, cases[i].taken);
      if (edited)
        g_assert_cmpstr (mc_record_get_text (edited, "corrected_on"), ==, g_str_equal (cases[i].result, "corrected") ? "2026-12-01" : NULL);
    }
}

/* A re-check of @visit that answers C6 with @value (NULL: as it begins). */
static McVisit *
recheck_of (VisitSample *sample, const McVisit *visit, const char *value)
{
  const char *assistants[2], *items[] = { "C6", NULL };
  McVisitStart start = sample_start (sample, assistants);
  McVisit *recheck;

  start.type = "recheck";
  start.today = "2026-12-04";
  start.previous = visit;
  start.recheck_items = items;
  recheck = mc_visit_new (&start, NULL);
  g_assert_nonnull (recheck);
  if (value)
    answer (&recheck, "C6", value);
  return recheck;
}

static void
test_recheck (void)
{
  static const struct
  {
    const char *value, *result, *corrected_on;
  } cases[] = {
    { "conform", "corrected", "2026-12-04" },
    { "nonconform", "not_corrected", NULL },
    { "not_checked", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;
      g_autoptr (McVisit) recheck = NULL;
      g_autoptr (McRecord) record = NULL;
      g_autoptr (McRecord) after = NULL;

      visit_sample_init (&sample);
      visit = visit_with_finding (&sample, "by_date", "2026-12-03");
      record = mc_follow_up_new (visit, mc_visit_get_finding (visit, "C6"));
      recheck = recheck_of (&sample, visit, cases[i].value);
      after = mc_follow_up_recheck (record, recheck);
      g_assert_cmpstr (mc_record_get_text (after, "closed_result"), ==, cases[i].result);
      g_assert_cmpstr (mc_record_get_text (after, "corrected_on"), ==, cases[i].corrected_on);
      g_assert_cmpstr (mc_record_get_text (after, "recheck_visit"), ==, cases[i].result ? mc_visit_get_id (recheck) : NULL);
    }
}

/* The same re-check may be amended; another one finds a closed follow-up closed. */
static void
test_recheck_again (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) recheck = NULL;
  g_autoptr (McVisit) other = NULL;
  g_autoptr (McRecord) record = NULL;

  visit_sample_init (&sample);
  visit = visit_with_finding (&sample, "by_date", "2026-12-03");
  record = mc_follow_up_new (visit, mc_visit_get_finding (visit, "C6"));
  recheck = recheck_of (&sample, visit, "conform");
  other = recheck_of (&sample, visit, "nonconform");
  replace (&record, mc_follow_up_recheck (record, recheck), NULL);
  replace (&record, mc_follow_up_recheck (record, other), NULL);
  g_assert_cmpstr (mc_record_get_text (record, "closed_result"), ==, "corrected");
  answer (&recheck, "C6", "nonconform");
  replace (&record, mc_follow_up_recheck (record, recheck), NULL);
  g_assert_cmpstr (mc_record_get_text (record, "closed_result"), ==, "not_corrected");
  g_assert_null (mc_record_get_text (record, "corrected_on"));
  answer (&recheck, "C6", "not_checked");
  replace (&record, mc_follow_up_recheck (record, recheck), NULL);
  g_assert_cmpint (mc_follow_up_get_state (record), ==, MC_FOLLOW_UP_CORRECTION);
  g_assert_null (mc_record_get_text (record, "recheck_visit"));
}

/* Only what waits is open in a re-check; the rest is "not checked", and nothing but that is missing. */
static void
test_recheck_begins (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) recheck = NULL;
  g_autoptr (McOutcome) outcome = NULL;

  visit_sample_init (&sample);
  visit = visit_with_finding (&sample, "by_date", "2026-12-03");
  recheck = recheck_of (&sample, visit, NULL);
  outcome = mc_visit_evaluate (recheck);
  g_assert_cmpuint (outcome->unanswered->len, ==, 1);
  g_assert_cmpstr (((const McItem *) g_ptr_array_index (outcome->unanswered, 0))->code, ==, "C6");
  g_assert_cmpstr (mc_visit_get_value (recheck, "A1.1"), ==, "not_checked");
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (recheck), "previous"), ==, mc_visit_get_id (visit));
}

static void
test_renewed (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  visit_sample_init (&sample);
  visit = visit_with_finding (&sample, "by_date", "2026-12-03");
  record = mc_follow_up_new (visit, mc_visit_get_finding (visit, "C6"));
  replace (&record, mc_follow_up_extend (record, "2026-12-20", "Why", "Head", &error), error);
  set_finding (&visit, "C6", "deadline_on", "2026-12-10");
  replace (&record, mc_follow_up_renew (record, visit, mc_visit_get_finding (visit, "C6"), "2026-11-25"), NULL);
  g_assert_cmpstr (mc_record_get_text (record, "deadline_on"), ==, "2026-12-10");
  g_assert_cmpstr (mc_follow_up_get_due (record), ==, "2026-12-20"); /* the extension stands */
  answer (&visit, "C6", "conform");
  replace (&record, mc_follow_up_renew (record, visit, mc_visit_get_finding (visit, "C6"), "2026-11-25"), NULL);
  g_assert_cmpstr (mc_record_get_text (record, "closed_result"), ==, "finding_withdrawn");
  answer (&visit, "C6", "nonconform");
  replace (&record, mc_follow_up_renew (record, visit, mc_visit_get_finding (visit, "C6"), "2026-11-26"), NULL);
  g_assert_cmpint (mc_follow_up_get_state (record), ==, MC_FOLLOW_UP_CORRECTION);
  g_assert_null (mc_record_get_text (record, "closed_result"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow-up/begins", test_begins);
  g_test_add_func ("/follow-up/not-needed", test_not_needed);
  g_test_add_func ("/follow-up/days-left", test_days_left);
  g_test_add_func ("/follow-up/extension", test_extension);
  g_test_add_func ("/follow-up/extended-twice", test_extended_twice);
  g_test_add_func ("/follow-up/referral", test_referral);
  g_test_add_func ("/follow-up/results", test_results);
  g_test_add_func ("/follow-up/recheck", test_recheck);
  g_test_add_func ("/follow-up/recheck-again", test_recheck_again);
  g_test_add_func ("/follow-up/recheck-begins", test_recheck_begins);
  g_test_add_func ("/follow-up/renewed", test_renewed);
  return g_test_run ();
}
