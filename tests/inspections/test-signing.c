/* SPDX-License-Identifier: GPL-3.0-or-later
 * When a document is signed: everybody who must, on the screen, on paper, or refused with a witness. */
#include <string.h>

#include "inspections/mc-signing.h"

static const char *const required[] = { "facility", "lead", "assistant", NULL };

static void
add (GPtrArray *signatures, McRecord *signature)
{
  g_assert_nonnull (signature);
  g_ptr_array_add (signatures, signature);
}

static void
everybody_on_the_screen (void)
{
  g_autoptr (GPtrArray) signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  const char *const nobody[] = { NULL };

  g_assert_cmpint (mc_signing_get_state (nobody, signatures), ==, MC_SIGNING_NONE);
  for (guint i = 0; required[i]; i++)
    {
      g_autofree const char **missing = mc_signing_list_missing (required, signatures);

      g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_AWAITING);
      g_assert_cmpstr (missing[0], ==, required[i]);
      add (signatures, mc_signing_new_screen ("d", required[i], "王", "ab", 1, NULL));
    }
  g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_SIGNED);
  mc_record_set_text (g_ptr_array_index (signatures, 1), "withdrawn_reason", "签错位置");
  g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_AWAITING);
}

static void
a_scan_of_all_pages_settles_it (void)
{
  g_autoptr (GPtrArray) signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_signing_new_paper ("d", "facility", NULL, "ab", 6, 7, 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "6"));
  g_assert_nonnull (strstr (error->message, "7"));
  add (signatures, mc_signing_new_paper ("d", "facility", NULL, "ab", 7, 7, 1, NULL));
  g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_SIGNED);
}

static void
a_refusal_needs_reason_and_witness (void)
{
  g_autoptr (GPtrArray) signatures = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autoptr (GError) error = NULL;

  g_assert_null (mc_signing_new_refusal ("d", "facility", NULL, "  ", "李明", 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_signing_new_refusal ("d", "facility", NULL, "不认可检查结果", "　", 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_signing_new_refusal ("d", "mayor", NULL, "不认可检查结果", "李明", 1, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);

  add (signatures, mc_signing_new_refusal ("d", "facility", NULL, "不认可检查结果", "李明", 1, NULL));
  g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_AWAITING);
  add (signatures, mc_signing_new_screen ("d", "lead", "陈秋", "ab", 1, NULL));
  add (signatures, mc_signing_new_screen ("d", "assistant", "李明", "cd", 1, NULL));
  g_assert_cmpint (mc_signing_get_state (required, signatures), ==, MC_SIGNING_REFUSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signing/screen", everybody_on_the_screen);
  g_test_add_func ("/signing/paper", a_scan_of_all_pages_settles_it);
  g_test_add_func ("/signing/refused", a_refusal_needs_reason_and_witness);
  return g_test_run ();
}
