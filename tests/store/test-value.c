/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values: texts are in NFC, the order is total, copies are their own. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "store/mc-error.h"
#include "store/mc-nfc.h"
#include "store/mc-value.h"

static void
texts_become_nfc (void)
{
  static const struct { const char *given, *kept; } cases[] = {
    { "", "" },
    { "plain", "plain" },
    { "e\xcc\x81", "\xc3\xa9" },                         /* e + U+0301 */
    { "\xe2\x84\xab", "\xc3\x85" },                     /* U+212B, the sign of Angstrom */
    { "\xef\xa4\x80", "\xe8\xb1\x88" },                 /* U+F900, a compatibility ideograph */
    { "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c" }, /* Hangul jamo */
    { "q\xcc\x87\xcc\xa3", "q\xcc\xa3\xcc\x87" },       /* marks in the wrong order */
    { "\xf0\xac\xad\xa9\xe3\x9b\x83", "\xf0\xac\xad\xa9\xe3\x9b\x83" }, /* rare characters stay */
    { "\xf0\xaf\xa0\x80", "\xe4\xb8\xbd" },             /* U+2F800 */
    { "\xf0\x9d\x85\x9e", "\xf0\x9d\x85\x97\xf0\x9d\x85\xa5" }, /* U+1D15E: longer in NFC */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (McValue) value = MC_VALUE_INIT;

      mc_value_init_text (&value, cases[i].given);
      g_assert_cmpint (value.type, ==, MC_VALUE_TEXT);
      g_assert_cmpstr (value.text, ==, cases[i].kept);
      g_assert_true (mc_nfc_is_normal (cases[i].kept, strlen (cases[i].kept)));
      g_assert_cmpint (mc_nfc_is_normal (cases[i].given, strlen (cases[i].given)), ==, g_str_equal (cases[i].given, cases[i].kept));
    }
}

/* The ranges that the fast path lets through hold nothing that ICU would want to look at. */
static void
inert_characters_are_inert (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      gboolean inert = u_getIntPropertyValue ((UChar32) c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass ((UChar32) c) == 0;

      g_assert_cmpint (mc_nfc_is_inert (c), ==, inert);
    }
}

static void
values_are_in_total_order (void)
{
  McValue v[9];

  v[0] = (McValue) MC_VALUE_INIT;
  mc_value_init_boolean (&v[1], FALSE);
  mc_value_init_boolean (&v[2], 7);
  mc_value_init_integer (&v[3], G_MININT64);
  mc_value_init_integer (&v[4], G_MAXINT64);
  mc_value_init_text (&v[5], "");
  mc_value_init_text (&v[6], "a");
  mc_value_init_text (&v[7], "\xc3\xa9");
  mc_value_init_sealed (&v[8], "00000000000000000000000000000000000000000000000000000000000000aa");

  for (guint i = 0; i < G_N_ELEMENTS (v); i++)
    for (guint j = 0; j < G_N_ELEMENTS (v); j++)
      {
        int order = mc_value_compare (&v[i], &v[j]);

        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
        g_assert_cmpint (mc_value_equal (&v[i], &v[j]), ==, i == j);
      }
  g_assert_cmpint (v[2].integer, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (v); i++)
    mc_value_clear (&v[i]);
}

static void
copies_are_their_own (void)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  g_auto (McValue) copy = MC_VALUE_INIT;

  mc_value_init_text (&value, "text");
  mc_value_copy (&value, &copy);
  mc_value_clear (&value);
  g_assert_cmpint (value.type, ==, MC_VALUE_NULL);
  g_assert_null (value.text);
  g_assert_cmpstr (copy.text, ==, "text");
}

static void
errors_have_a_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (MC_STORE_ERROR), ==, "mc-store-error-quark");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/texts-become-nfc", texts_become_nfc);
  g_test_add_func ("/value/inert-characters-are-inert", inert_characters_are_inert);
  g_test_add_func ("/value/values-are-in-total-order", values_are_in_total_order);
  g_test_add_func ("/value/copies-are-their-own", copies_are_their_own);
  g_test_add_func ("/value/errors-have-a-domain", errors_have_a_domain);
  return g_test_run ();
}
