/* SPDX-License-Identifier: GPL-3.0-or-later
 * Normal forms, name keys and search keys. */
#include "store/mc-text-key.h"

#include <string.h>

static void
test_nfc (void)
{
  static const struct { const char *text, *nfc; } cases[] = {
    { "", "" },
    { "abc", "abc" },
    { "e\u0301", "\u00e9" },
    { "\u5609\u5174", "\u5609\u5174" },
    { "\uf900", "\u8c48" },           /* a compatibility ideograph has a canonical form */
    { "\U0002f800", "\u4e3d" },
    { "\uff21\uff08", "\uff21\uff08" }, /* full width stays: that is NFKC's work */
    { "\u304b\u3099", "\u304c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *nfc = mc_text_nfc (cases[i].text, -1);

      g_assert_cmpstr (nfc, ==, cases[i].nfc);
    }
}

static void
test_nfc_refuses_what_is_not_utf8 (void)
{
  static const char *const wrong[] = { "\xff", "a\xc0\x80", "\xed\xa0\x80", "\xe5\x98" };
  g_autofree char *part = mc_text_nfc ("abc", 2);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (mc_text_nfc (wrong[i], -1));
  g_assert_null (mc_text_nfc ("a\0b", 3));
  g_assert_cmpstr (part, ==, "ab");
}

/* Names that are the same name have the same key. */
static void
test_name_key (void)
{
  static const struct { const char *text, *key; } cases[] = {
    { "\u517b\u8001 \u4e2d\u5fc3", "\u517b\u8001\u4e2d\u5fc3" },
    { "\u517b\u8001\u3000\u4e2d\u5fc3\n", "\u517b\u8001\u4e2d\u5fc3" },
    { "\u4e2d\u5fc3\uff08\u4e8c\u671f\uff09", "\u4e2d\u5fc3(\u4e8c\u671f)" },
    { "\u4e2d\u5fc3\u3014\u4e8c\u671f\u3015", "\u4e2d\u5fc3(\u4e8c\u671f)" },
    { "\u4e2d\u5fc3[\u4e8c\u671f]", "\u4e2d\u5fc3(\u4e8c\u671f)" },
    { "\u5927\u6811\u2022\u94f6\u674f", "\u5927\u6811\u94f6\u674f" },
    { "\u5927\u6811\u00b7\u94f6\u674f", "\u5927\u6811\u94f6\u674f" },
    { "\u201c\u5927\u6811\u201d", "\u5927\u6811" },
    { "\u4e8c\u3001\u4e09\u671f", "\u4e8c\u4e09\u671f" },
    { "A\u2014B\uff0dC-D", "abcd" },
    { "\uff30\uff45\uff41gym", "peagym" },
    { "\u200b\ufeffx\ufe0f", "x" },
    { "\u2460", "1" },
    { "\u33a1", "m2" },
    { " -\u00b7 ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = mc_text_name_key (cases[i].text);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

static char *
search_key (const char *text)
{
  GString *out = g_string_new (NULL);

  mc_text_append_search_key (out, text);
  return g_string_free (out, FALSE);
}

static void
test_search_key_has_all_combinations (void)
{
  /* chang or zhang, xing, xian: a county. */
  g_autofree char *county = search_key ("\u957f\u5174\u53bf");
  g_autofree char *mixed = search_key ("A\u53a6 1");
  g_autofree char *plain = search_key ("Peagym 2");
  g_autofree char *empty = search_key (" ");

  g_assert_true (g_str_has_prefix (county, "\u957f\u5174\u53bf\n"));
  for (guint i = 0; i < 4; i++)
    {
      static const char *const lines[] = { "\nchangxingxian\n", "\nzhangxingxian\n", "\ncxx\n", "\nzxx\n" };

      g_assert_nonnull (strstr (county, lines[i]));
    }
  g_assert_cmpstr (mixed, ==, "a\u53a61\nasha1\naxia1\nas1\nax1\n\n");
  g_assert_cmpstr (plain, ==, "peagym2\n\n");
  g_assert_cmpstr (empty, ==, "");
}

/* Twenty characters of three readings each give three lines to the power of twenty: at most 64 and the likely ones are kept. */
static void
test_search_key_is_bounded (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *key = NULL;
  guint lines = 0;

  for (guint i = 0; i < 20; i++)
    g_string_append (name, "\u5355");
  key = search_key (name->str);
  for (const char *p = key; *p != '\0'; p++)
    lines += *p == '\n';
  g_assert_cmpuint (lines, ==, 1 + 64 + 64 + 1);
  g_assert_nonnull (strstr (key, "\ndandandandandandandandandandandandandandandandandandandandan\n"));
  g_assert_nonnull (strstr (key, "\ndandandandandandandandandandandandandandandandandandandanshan\n"));
}

/* The same combination never stands there twice. */
static void
test_search_key_lines_are_distinct (void)
{
  g_autofree char *key = search_key ("\u884c\u5355\u4e50\u957f");
  g_auto (GStrv) lines = g_strsplit (key, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (lines[i], !=, lines[j]);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 3 * 3 * 2 * 2 + 2 * 3 * 2 * 2 + 2);
}

static void
test_query_meets_key (void)
{
  static const char *const queries[] = { "\u5eb7\u517b", "KYZX", "kangyang", "\uff4b\uff59", "\u517b \u4e2d", "xiuzhouqu" };
  g_autofree char *key = search_key ("\u79c0\u6d32\u533a\u5eb7\u517b\u4e2d\u5fc3");

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *query = mc_text_fold_query (queries[i]);

      g_assert_nonnull (strstr (key, query));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/text-key/nfc", test_nfc);
  g_test_add_func ("/store/text-key/nfc-refuses-what-is-not-utf8", test_nfc_refuses_what_is_not_utf8);
  g_test_add_func ("/store/text-key/same-name-same-key", test_name_key);
  g_test_add_func ("/store/text-key/search-key-has-all-combinations", test_search_key_has_all_combinations);
  g_test_add_func ("/store/text-key/search-key-is-bounded", test_search_key_is_bounded);
  g_test_add_func ("/store/text-key/search-key-lines-are-distinct", test_search_key_lines_are_distinct);
  g_test_add_func ("/store/text-key/query-meets-key", test_query_meets_key);
  return g_test_run ();
}
