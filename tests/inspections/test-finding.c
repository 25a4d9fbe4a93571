/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which way of correction may be taken by whom, and by when. */
#include "visit-sample.h"

#include <string.h>

static void
test_ways (void)
{
  static const struct
  {
    const char *competent, *own, *severity;
    const char *ways;
  } cases[] = {
    { "civil_affairs", "civil_affairs", "minor", "corrected_on_site immediate by_date transfer" },
    { "civil_affairs", "civil_affairs", "serious", "corrected_on_site immediate by_date suspension_order urgent_measure transfer" },
    { "civil_affairs", "civil_affairs", "major_hazard", "corrected_on_site immediate by_date suspension_order urgent_measure transfer" },
    { "fire", "civil_affairs", "minor", "referral transfer" },
    { "fire", "civil_affairs", "serious", "referral transfer" },
    { "fire", "civil_affairs", "major_hazard", "referral suspension_order urgent_measure transfer" },
    { "fire", "fire", "minor", "corrected_on_site immediate by_date transfer" },
    { "fire", NULL, "minor", "referral transfer" }, /* not known who checks: no order */
    { NULL, NULL, "minor", "referral transfer" },
    { NULL, "civil_affairs", NULL, "referral transfer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree const char **ways = mc_finding_ways (cases[i].competent, cases[i].own, cases[i].severity);
      g_autofree char *joined = g_strjoinv (" ", (char **) ways);

      g_assert_cmpstr (joined, ==, cases[i].ways);
    }
}

static void
test_reason (void)
{
  g_autofree char *reason = NULL;

  g_assert_false (mc_finding_way_allowed ("by_date", "fire", "civil_affairs", "serious", &reason));
  g_assert_true (g_str_has_prefix (reason, "Another authority is competent"));
  g_clear_pointer (&reason, g_free);
  g_assert_false (mc_finding_way_allowed ("scolding", "fire", "fire", "serious", &reason));
  g_assert_nonnull (reason);
  g_clear_pointer (&reason, g_free);
  g_assert_false (mc_finding_way_allowed (NULL, "fire", "fire", "serious", &reason));
  g_clear_pointer (&reason, g_free);
  g_assert_true (mc_finding_way_allowed ("by_date", "fire", "fire", "serious", &reason));
  g_assert_null (reason);
}

static void
test_prefilled (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McRecord) own = NULL;
  g_autoptr (McRecord) others = NULL;
  g_autoptr (McRecord) shared = NULL;
  g_autofree char *id = mc_finding_new_id ("visit", "C6");

  visit_sample_init (&sample);
  own = mc_finding_new ("visit", mc_standard_find_item (sample.standard, "C6"), "civil_affairs");
  g_assert_cmpstr (mc_record_get_id (own), ==, id);
  g_assert_cmpstr (mc_record_get_text (own, "competent"), ==, "civil_affairs");
  g_assert_cmpstr (mc_record_get_text (own, "severity"), ==, "serious");
  g_assert_cmpstr (mc_record_get_text (own, "certainty"), ==, "recalled");
  g_assert_true (g_str_has_prefix (mc_record_get_text (own, "basis"), "GB 38600-2019"));
  g_assert_null (mc_record_get_text (own, "way"));      /* a person decides */
  g_assert_null (mc_record_get_text (own, "deadline_on"));

  others = mc_finding_new ("visit", mc_standard_find_item (sample.standard, "M2"), "civil_affairs");
  g_assert_cmpstr (mc_record_get_text (others, "competent"), ==, "fire");
  g_assert_cmpstr (mc_record_get_text (others, "severity"), ==, "major_hazard");
  g_assert_cmpstr (mc_record_get_text (others, "way"), ==, "referral");

  /* Civil affairs and market supervision are both competent: each takes it as its own. */
  shared = mc_finding_new ("visit", mc_standard_find_item (sample.standard, "A6"), "market_supervision");
  g_assert_cmpstr (mc_record_get_text (shared, "competent"), ==, "market_supervision");
  g_assert_null (mc_record_get_text (shared, "way"));
}

static void
test_deadline (void)
{
  static const struct
  {
    const char *day;
    guint days;
    const char *deadline;
  } cases[] = {
    { "2026-11-19", 0, "2026-11-19" },
    { "2026-11-19", 1, "2026-11-20" },
    { "2026-11-20", 1, "2026-11-23" },  /* Friday to Monday */
    { "2026-09-30", 1, "2026-10-08" },  /* over the national holiday */
    { "2026-12-31", 1, NULL },          /* beyond the table: unknown, never guessed */
    { "2026-02-30", 1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *deadline = mc_finding_deadline (mc_working_days_get_builtin (), cases[i].day, cases[i].days);

      g_test_message ("%s + %u", cases[i].day, cases[i].days);
      g_assert_cmpstr (deadline, ==, cases[i].deadline);
    }
}

static void
test_days_left (void)
{
  static const struct
  {
    const char *deadline, *day;
    gboolean known;
    int left;
  } cases[] = {
    { "2026-11-23", "2026-11-20", TRUE, 1 }, { "2026-11-20", "2026-11-20", TRUE, 0 }, { "2026-11-20", "2026-11-23", TRUE, -1 },
    { NULL, "2026-11-20", FALSE, 0 }, { "2027-03-01", "2026-11-20", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) finding = mc_record_new (mc_entity_find ("finding"), NULL);
      int left = 0;

      mc_record_set_text (finding, "deadline_on", cases[i].deadline);
      g_assert_cmpint (mc_finding_days_left (finding, mc_working_days_get_builtin (), cases[i].day, &left), ==, cases[i].known);
      g_assert_cmpint (left, ==, cases[i].left);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/finding/ways", test_ways);
  g_test_add_func ("/inspections/finding/reason", test_reason);
  g_test_add_func ("/inspections/finding/prefilled", test_prefilled);
  g_test_add_func ("/inspections/finding/deadline", test_deadline);
  g_test_add_func ("/inspections/finding/days-left", test_days_left);
  return g_test_run ();
}
