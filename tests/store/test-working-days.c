/* SPDX-License-Identifier: GPL-3.0-or-later
 * Working days: holidays, make-up days and the ends of the table. */
#include "store/mc-working-days.h"

#include <stdio.h>
#include <string.h>

#include "store/mc-error.h"

static GDate
day (const char *iso)
{
  int year, month, number;
  GDate date;

  g_assert_cmpint (sscanf (iso, "%d-%d-%d", &year, &month, &number), ==, 3);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  return date;
}

/* From the yearly notices of the State Council, both sides of each limit. */
static void
test_known_days (void)
{
  static const struct { const char *day; gboolean working; } cases[] = {
    { "2026-11-19", TRUE },  /* a Thursday */
    { "2026-11-20", TRUE },
    { "2026-11-21", FALSE }, /* Saturday */
    { "2026-11-22", FALSE },
    { "2026-11-23", TRUE },
    { "2025-09-28", TRUE },  /* make-up Sunday before National Day */
    { "2025-09-30", TRUE },
    { "2025-10-01", FALSE },
    { "2025-10-08", FALSE },
    { "2025-10-09", TRUE },
    { "2025-10-11", TRUE },  /* make-up Saturday */
    { "2025-10-12", FALSE },
    { "2024-02-09", TRUE },  /* eve of the Spring Festival was worked that year */
    { "2024-02-10", FALSE },
    { "2024-02-16", FALSE },
    { "2024-02-17", FALSE },
    { "2024-02-18", TRUE },  /* make-up Sunday */
    { "2020-01-01", FALSE }, /* first day of the table */
    { "2020-02-29", FALSE }, /* a leap day, Saturday */
    { "2026-10-07", FALSE },
    { "2026-10-08", TRUE },
    { "2026-10-10", TRUE },  /* make-up Saturday */
    { "2026-12-31", TRUE },  /* last day of the table */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date = day (cases[i].day);
      gboolean working = !cases[i].working;

      g_test_message ("%s", cases[i].day);
      g_assert_true (mc_working_days_is_working (mc_working_days_get_builtin (), &date, &working));
      g_assert_cmpint (working, ==, cases[i].working);
    }
}

static void
test_nothing_is_known_beyond_the_table (void)
{
  McWorkingDays *days = mc_working_days_get_builtin ();
  GDate before = day ("2019-12-31"), after = day ("2027-01-01"), last = day ("2026-12-31"), eve = day ("2026-12-30");
  GDate first_of_range, last_of_range, result = day ("2000-01-01");
  gboolean working = 7;
  int n = 99;

  mc_working_days_range (days, &first_of_range, &last_of_range);
  g_assert_cmpint (g_date_days_between (&before, &first_of_range), ==, 1);
  g_assert_cmpint (g_date_days_between (&last_of_range, &after), ==, 1);
  g_assert_false (mc_working_days_is_working (days, &before, &working));
  g_assert_false (mc_working_days_is_working (days, &after, &working));
  g_assert_cmpint (working, ==, 7);
  g_assert_true (mc_working_days_add (days, &eve, 1, &result));
  g_assert_cmpint (g_date_compare (&result, &last), ==, 0);
  g_assert_false (mc_working_days_add (days, &eve, 2, &result));
  g_assert_false (mc_working_days_between (days, &eve, &after, &n));
  g_assert_cmpint (n, ==, 99);
}

static void
test_adding (void)
{
  static const struct { const char *from; guint n; const char *to; } cases[] = {
    { "2026-11-19", 0, "2026-11-19" },
    { "2026-11-21", 0, "2026-11-21" },  /* also on a day that is not worked */
    { "2026-11-19", 1, "2026-11-20" },
    { "2026-11-19", 2, "2026-11-23" },
    { "2026-11-21", 1, "2026-11-23" },  /* received on a Saturday */
    { "2025-09-26", 1, "2025-09-28" },  /* the make-up Sunday counts */
    { "2025-09-30", 1, "2025-10-09" },
    { "2025-09-30", 3, "2025-10-11" },  /* the make-up Saturday counts */
    { "2025-09-30", 4, "2025-10-13" },
    { "2025-12-31", 1, "2026-01-04" },  /* New Year 2026: 1 to 3 January, Sunday 4 January is worked */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate from = day (cases[i].from), to = day (cases[i].to), result;
      int n;

      g_test_message ("%s + %u", cases[i].from, cases[i].n);
      g_assert_true (mc_working_days_add (mc_working_days_get_builtin (), &from, cases[i].n, &result));
      g_assert_cmpint (g_date_days_between (&to, &result), ==, 0);
      g_assert_true (mc_working_days_between (mc_working_days_get_builtin (), &from, &to, &n));
      g_assert_cmpint (n, ==, cases[i].n);
      g_assert_true (mc_working_days_between (mc_working_days_get_builtin (), &to, &from, &n));
      g_assert_cmpint (n, ==, -(int) cases[i].n);
    }
}

/* A year that the table leaves out is unknown, though years on both sides are known. */
static void
test_a_missing_year_is_unknown (void)
{
  g_autoptr (McWorkingDays) days = mc_working_days_new_from_csv ("date,kind,name\r\n2024-01-01,holiday,x\r\n\r\n2026-01-01,holiday,x\r\n", -1, NULL);
  GDate known = day ("2024-12-31"), unknown = day ("2025-01-02");
  gboolean working;

  g_assert_nonnull (days);
  g_assert_true (mc_working_days_is_working (days, &known, &working));
  g_assert_false (mc_working_days_is_working (days, &unknown, &working));
}

static void
test_wrong_tables_are_refused (void)
{
  static const struct { const char *csv, *names; } cases[] = {
    { "", "no rows" },
    { "date,kind,name\n", "no rows" },
    { "date,kind,name\n2026-02-30,holiday,x\n", "row 2, column \"date\"" },
    { "2026-2-3,holiday,x\n", "row 1, column \"date\"" },
    { "2026-01-01,holiday,x\n2026-01-02,free,x\n", "row 2, column \"kind\"" },
    { "2026-01-01\n", "row 1, column \"kind\"" },
    { "2026-01-01,holiday,x\n2026-01-01,workday,x\n", "row 2, column \"date\"" },
    { "\xff\xfe", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mc_working_days_new_from_csv (cases[i].csv, -1, &error));
      g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].names));
    }
}

static void
test_a_table_with_a_mark_and_notes (void)
{
  const char *csv = "\xef\xbb\xbf# from the notice\ndate,kind,name\n2026-01-01,holiday,x";
  g_autoptr (McWorkingDays) days = mc_working_days_new_from_csv (csv, (gssize) strlen (csv), NULL);
  g_autoptr (McWorkingDays) same = mc_working_days_ref (days);

  g_assert_nonnull (days);
  g_assert_true (same == days);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/working-days/known-days", test_known_days);
  g_test_add_func ("/store/working-days/beyond-the-table", test_nothing_is_known_beyond_the_table);
  g_test_add_func ("/store/working-days/adding", test_adding);
  g_test_add_func ("/store/working-days/missing-year", test_a_missing_year_is_unknown);
  g_test_add_func ("/store/working-days/wrong-tables", test_wrong_tables_are_refused);
  g_test_add_func ("/store/working-days/mark-and-notes", test_a_table_with_a_mark_and_notes);
  return g_test_run ();
}
