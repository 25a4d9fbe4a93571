/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk's rules: where a day stands, how it is worded, what each error of opening says. */
#include <string.h>

#include "app/mc-overview-data.h"
#include "app/mc-page-table.h"
#include "app/mc-store-problem.h"
#include "standards/mc-iso-date.h"
#include "store/mc-error.h"
#include "widgets/mc-page.h"

#define TODAY "2026-11-19" /* a Thursday */

static GDate
day (const char *iso)
{
  GDate date;

  g_assert_true (mc_iso_date_parse (iso, &date));
  return date;
}

static void
test_groups (void)
{
  static const struct
  {
    const char *deadline;
    McDueGroup group;
  } cases[] = {
    { "2026-11-18", MC_DUE_OVERDUE }, { "2026-11-19", MC_DUE_TODAY }, { "2026-11-20", MC_DUE_SOON },
    { "2026-11-29", MC_DUE_SOON }, /* the Sunday of the next week */
    { "2026-11-30", MC_DUE_LATER },
  };
  GDate today = day (TODAY), sunday = day ("2026-11-22"), after = day ("2026-11-29"), later = day ("2026-11-30");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate deadline = day (cases[i].deadline);

      g_assert_cmpint (mc_due_group (&today, &deadline), ==, cases[i].group);
    }
  g_assert_cmpint (mc_due_group (&sunday, &after), ==, MC_DUE_SOON);
  g_assert_cmpint (mc_due_group (&sunday, &later), ==, MC_DUE_LATER);
}

static void
test_words (void)
{
  static const struct
  {
    const char *today;
    const char *deadline;
    const char *words;
  } cases[] = {
    { TODAY, TODAY, "today" },
    { TODAY, "2026-11-20", "1 working day left" },
    { TODAY, "2026-11-23", "2 working days left" },
    { TODAY, "2026-12-03", "10 working days left" },
    { TODAY, "2026-11-17", "2 working days over" },
    { "2026-11-21", "2026-11-22", "before the next working day" }, /* Saturday to Sunday */
    { "2026-11-22", "2026-11-21", "over since the weekend" },
    { TODAY, "2027-03-31", "132 days left" }, /* the table ends with 2026 */
    { "2026-09-30", "2026-10-08", "1 working day left" }, /* the week of the National Day */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate today = day (cases[i].today), deadline = day (cases[i].deadline);
      g_autofree char *words = mc_due_describe (mc_working_days_get_builtin (), &today, &deadline);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_year_before (void)
{
  GDate today = day (TODAY), leap = day ("2028-02-29");
  g_autofree char *before = mc_year_before (&today), *before_leap = mc_year_before (&leap);

  g_assert_cmpstr (before, ==, "2025-11-19");
  g_assert_cmpstr (before_leap, ==, "2027-02-28");
}

/* Each problem has a title and an advice of its own, and only what can be read is offered for reading. */
static void
test_problems (void)
{
  static const struct
  {
    McStoreError code;
    gboolean may_read;
  } cases[] = {
    { MC_STORE_ERROR_BUSY, TRUE },      { MC_STORE_ERROR_NEWER, FALSE }, { MC_STORE_ERROR_CORRUPT, TRUE }, { MC_STORE_ERROR_NOT_OURS, FALSE },
    { MC_STORE_ERROR_FULL, TRUE },      { MC_STORE_ERROR_READ_ONLY, TRUE }, { MC_STORE_ERROR_FAILED, FALSE },
  };
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (MC_STORE_ERROR, (int) cases[i].code, "x");
      McStoreProblem problem = mc_store_problem_for (error);

      g_assert_cmpint (problem.may_read, ==, cases[i].may_read);
      g_assert_true (problem.may_retry);
      g_assert_cmpuint (strlen (problem.advice), >, 20);
      g_assert_true (g_hash_table_add (titles, (gpointer) problem.title));
    }
}

/* Stable names, one page for each entity, a page's type. */
static void
test_page_table (void)
{
  guint n;
  const McPageInfo *pages = mc_page_table (&n);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (mc_page_table_find (pages[i].name) == &pages[i]);
      g_assert_true (g_type_is_a (pages[i].get_type (), MC_TYPE_PAGE));
      for (guint e = 0; pages[i].entities && pages[i].entities[e]; e++)
        {
          g_assert_true (mc_page_table_find_entity (pages[i].entities[e]) == &pages[i]);
          g_assert_nonnull (mc_entity_find (pages[i].entities[e]));
        }
    }
  g_assert_null (mc_page_table_find ("nowhere"));
  g_assert_null (mc_page_table_find_entity ("nothing"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview/groups", test_groups);
  g_test_add_func ("/overview/words", test_words);
  g_test_add_func ("/overview/year-before", test_year_before);
  g_test_add_func ("/problem/each-says-what-to-do", test_problems);
  g_test_add_func ("/pages/table", test_page_table);
  return g_test_run ();
}
