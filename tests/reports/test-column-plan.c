/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans of columns: pure edits, and refusals that name the column. */
#include <string.h>

#include "reports/mc-column-plan.h"

static void
assert_columns (McColumnPlan *plan, const char *expected)
{
  g_autofree char *text = mc_column_plan_to_text (plan);

  g_assert_cmpstr (text, ==, expected);
}

static void
edits_make_new_plans (void)
{
  const char *const keys[] = { "name", "kind", "beds", NULL };
  g_autoptr (McColumnPlan) plan = mc_column_plan_new ("facilities", keys, NULL);
  g_autoptr (McColumnPlan) moved = mc_column_plan_with_moved (plan, 2, 0);
  g_autoptr (McColumnPlan) hidden = mc_column_plan_with_shown (plan, "kind", FALSE);
  g_autoptr (McColumnPlan) shown = mc_column_plan_with_shown (hidden, "note", TRUE);
  g_autoptr (McColumnPlan) twice = mc_column_plan_with_shown (shown, "note", TRUE);
  g_autoptr (McColumnPlan) nowhere = mc_column_plan_with_moved (plan, 0, 9);

  assert_columns (plan, "name kind beds");
  assert_columns (moved, "beds name kind");
  assert_columns (hidden, "name beds");
  assert_columns (shown, "name beds note");
  assert_columns (twice, "name beds note");
  assert_columns (nowhere, "name kind beds");
}

static void
the_last_column_stays (void)
{
  const char *const keys[] = { "name", NULL };
  g_autoptr (McColumnPlan) plan = mc_column_plan_new ("facilities", keys, NULL);
  g_autoptr (McColumnPlan) same = mc_column_plan_with_shown (plan, "name", FALSE);

  assert_columns (same, "name");
}

static void
what_is_wrong_is_named (void)
{
  const char *const unknown[] = { "name", "phone_of_cat", NULL };
  const char *const twice[] = { "name", "beds", "name", NULL };
  const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_column_plan_new ("facilities", unknown, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "phone_of_cat"));
  g_clear_error (&error);
  g_assert_null (mc_column_plan_new ("facilities", twice, &error));
  g_assert_nonnull (strstr (error->message, "name"));
  g_clear_error (&error);
  g_assert_null (mc_column_plan_new ("facilities", none, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
}

static void
texts_of_other_versions_are_read (void)
{
  g_autoptr (McColumnPlan) plan = mc_column_plan_new_from_text ("facilities", "name column_of_tomorrow beds name");

  assert_columns (plan, "name beds");
  g_assert_null (mc_column_plan_new_from_text ("facilities", "column_of_tomorrow"));
}

static void
every_column_has_a_header (void)
{
  static const char *const sheets[] = { "facilities", "facility_template", "inspector_template", "visits", "findings" };

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree const char **columns = mc_column_plan_list_available (sheets[i]);

      for (guint c = 0; columns[c]; c++)
        g_assert_cmpstr (mc_column_plan_header (sheets[i], columns[c]), !=, columns[c]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-plan/edits", edits_make_new_plans);
  g_test_add_func ("/column-plan/last", the_last_column_stays);
  g_test_add_func ("/column-plan/wrong", what_is_wrong_is_named);
  g_test_add_func ("/column-plan/text", texts_of_other_versions_are_read);
  g_test_add_func ("/column-plan/headers", every_column_has_a_header);
  return g_test_run ();
}
