/* SPDX-License-Identifier: GPL-3.0-or-later
 * Unified social credit codes: the check of GB 32100-2015, against codes that companies and universities publish. */
#include "registry/mc-credit-code.h"

#include <string.h>

static const char *const published[] = {
  "91350100M000100Y43", /* the example of the standard */
  "91440300708461136T", "914403001922038216", "91330100799655058B", "91110000802100433B", "91110108551385082Q",
  "9111000071093123XX", "91310000132260250X",
  "12100000400000624D", "12100000400002259P", "12100000470095016Q",
};

static void
test_published_codes_are_right (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    {
      g_test_message ("%s", published[i]);
      g_assert_cmpint (mc_credit_code_check (published[i], NULL, NULL), ==, MC_CREDIT_CODE_OK);
      g_assert_null (mc_credit_code_explain (published[i]));
      g_assert_cmpint (mc_credit_code_check_character (published[i]), ==, published[i][17]);
    }
}

/* The check finds every single mistyped character and every two neighbours that changed places. */
static void
test_single_faults_are_found (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  for (guint i = 0; i < G_N_ELEMENTS (published); i++)
    for (guint at = 0; at < 18; at++)
      {
        char code[19];

        for (const char *other = alphabet; *other != '\0'; other++)
          {
            strcpy (code, published[i]);
            if (code[at] == *other)
              continue;
            code[at] = *other;
            g_assert_cmpint (mc_credit_code_check (code, NULL, NULL), !=, MC_CREDIT_CODE_OK);
          }
        strcpy (code, published[i]);
        if (at < 16 && code[at] != code[at + 1])
          {
            code[at] = published[i][at + 1];
            code[at + 1] = published[i][at];
            g_assert_cmpint (mc_credit_code_check (code, NULL, NULL), !=, MC_CREDIT_CODE_OK);
          }
      }
}

static void
test_faults_are_named (void)
{
  static const struct { const char *code; McCreditCodeResult result; guint position; char expected; const char *says; } cases[] = {
    { "91440300708461136A", MC_CREDIT_CODE_WRONG_CHECK, 18, 'T', "\"T\"" },
    { "91440300708461137T", MC_CREDIT_CODE_WRONG_CHECK, 18, 'X', "\"X\"" },
    { "9144030070846113T", MC_CREDIT_CODE_WRONG_LENGTH, 17, 0, "17" },
    { "91440300708461136TT", MC_CREDIT_CODE_WRONG_LENGTH, 19, 0, "19" },
    { "", MC_CREDIT_CODE_WRONG_LENGTH, 0, 0, "0" },
    { "9144O300708461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 5, 0, "Character 5" },
    { "914403007O8461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 10, 0, "Character 10" },
    { "I1440300708461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 1, 0, "Character 1" },
    { "91440300708461136Z", MC_CREDIT_CODE_WRONG_CHARACTER, 18, 0, "Character 18" },
    { "91A40300708461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 3, 0, "Character 3" },
    { "9144030A708461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 8, 0, "Character 8" },
    { "9144030\u53f7708461136T", MC_CREDIT_CODE_WRONG_CHARACTER, 8, 0, "Character 8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint position;
      char expected;
      g_autofree char *says = mc_credit_code_explain (cases[i].code);

      g_test_message ("%s: %s", cases[i].code, says);
      g_assert_cmpint (mc_credit_code_check (cases[i].code, &position, &expected), ==, cases[i].result);
      g_assert_cmpuint (position, ==, cases[i].position);
      g_assert_cmpint (expected, ==, cases[i].expected);
      g_assert_nonnull (strstr (says, cases[i].says));
    }
}

static void
test_normalising (void)
{
  static const struct { const char *text, *code; } cases[] = {
    { " 91440300708461136t ", "91440300708461136T" },
    { "91440300-70846113-6T", "91440300708461136T" },
    { "\uff19\uff11\uff14\uff14 0300708461136\uff34", "91440300708461136T" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = mc_credit_code_normalise (cases[i].text);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/credit-code/published-codes-are-right", test_published_codes_are_right);
  g_test_add_func ("/registry/credit-code/single-faults-are-found", test_single_faults_are_found);
  g_test_add_func ("/registry/credit-code/faults-are-named", test_faults_are_named);
  g_test_add_func ("/registry/credit-code/normalising", test_normalising);
  return g_test_run ();
}
