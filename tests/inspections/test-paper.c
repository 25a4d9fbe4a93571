/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which findings a document is about, and days that run from its delivery. */
#include "inspections/mc-paper.h"

static McRecord *
make_finding (const char *competent, const char *way)
{
  McRecord *finding = mc_record_new (mc_entity_find ("finding"), NULL);

  mc_record_set_text (finding, "item", "A1");
  mc_record_set_text (finding, "competent", competent);
  mc_record_set_text (finding, "way", way);
  return finding;
}

static void
orders_are_ones_own_and_letters_are_others (void)
{
  const struct
  {
    const char *competent;
    const char *way;
    gboolean order;
    gboolean letter;
  } cases[] = {
    { "civil_affairs", "by_date", TRUE, FALSE },     { "civil_affairs", "immediate", TRUE, FALSE }, { NULL, "by_date", TRUE, FALSE },
    { "civil_affairs", "corrected_on_site", FALSE, FALSE }, { "fire", "by_date", FALSE, FALSE },    { "fire", "referral", FALSE, TRUE },
    { "fire", "transfer", FALSE, TRUE },             { "fire", "urgent_measure", FALSE, TRUE },     { "civil_affairs", NULL, FALSE, FALSE },
    { "civil_affairs", "transfer", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) finding = make_finding (cases[i].competent, cases[i].way);

      g_assert_cmpint (mc_paper_concerns ("rectification_order", finding, "civil_affairs", NULL), ==, cases[i].order);
      g_assert_cmpint (mc_paper_concerns ("referral_letter", finding, "civil_affairs", NULL), ==, cases[i].letter);
      g_assert_false (mc_paper_concerns ("referral_letter", finding, "civil_affairs", "police"));
      g_assert_true (mc_paper_concerns ("result_notice", finding, "civil_affairs", NULL));
    }
}

/* The week of the National Day of 2026 holds no working day; in 2027 the table ends. */
static void
days_run_from_delivery (void)
{
  const struct
  {
    const char *from, *deadline, *delivered, *expected;
  } cases[] = {
    { "2026-11-20", "2026-12-04", "2026-11-20", "2026-12-04" },
    { "2026-11-20", "2026-12-04", "2026-11-23", "2026-12-07" },
    { "2026-11-20", "2026-11-23", "2026-11-25", "2026-11-26" },
    { "2026-09-29", "2026-09-30", "2026-09-30", "2026-10-08" },
    { "2026-11-20", "2026-12-04", "2026-12-25", NULL },
    { "2026-11-20", "2027-02-01", "2026-11-23", NULL },
    { "2026-11-20", NULL, "2026-11-23", NULL },
    { "2026-11-20", "2026-12-04", "2026-13-01", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *day = mc_paper_deadline_from_delivery (mc_working_days_get_builtin (), cases[i].from, cases[i].deadline, cases[i].delivered);

      g_assert_cmpstr (day, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/concerns", orders_are_ones_own_and_letters_are_others);
  g_test_add_func ("/paper/days-from-delivery", days_run_from_delivery);
  return g_test_run ();
}
