/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is typed becomes words, and the words are shown where they stand in a name. */
#include "registry/mc-search-words.h"

#include <string.h>

static void
test_words (void)
{
  static const struct { const char *text, *words; } cases[] = {
    { "", "" },
    { "  ", "" },
    { "康养 KYZX", "康养|kyzx" },
    { "康养　中心", "康养|中心" }, /* ideographic space */
    { "ｋｙ", "ky" },
    { "（二期）", "(二期)" },
    { "- ·", "" },
    { "\xff", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = mc_search_words (cases[i].text);
      g_autofree char *joined = g_strjoinv ("|", words);

      g_assert_cmpstr (joined, ==, cases[i].words);
    }
}

/* The name with [ ] around what is shown. */
static char *
marked (const char *name, const char *text)
{
  g_auto (GStrv) words = mc_search_words (text);
  g_autoptr (GArray) ranges = mc_search_words_find (name, words);
  GString *out = g_string_new (name);

  g_assert_cmpuint (ranges->len % 2, ==, 0);
  for (guint i = ranges->len; i > 0; i--)
    g_string_insert_c (out, g_array_index (ranges, guint, i - 1), i % 2 ? '[' : ']');
  return g_string_free (out, FALSE);
}

static void
test_places_in_a_name (void)
{
  static const struct { const char *name, *text, *marked; } cases[] = {
    { "秀洲区康养中心", "康养", "秀洲区[康养]中心" },
    { "秀洲区康养中心", "kyzx", "秀洲区[康养中心]" },
    { "秀洲区康养中心", "kangyang", "秀洲区[康养]中心" },
    { "秀洲区康养中心", "kangya", "秀洲区[康养]中心" },
    { "秀洲区康养中心", "angyang", "秀洲区[康养]中心" },
    { "秀洲区康养中心", "xzq 中心", "[秀洲区]康养[中心]" },
    { "长兴银行", "zhangx", "[长兴]银行" },
    { "长兴银行", "yh", "长兴[银行]" },
    { "长兴银行", "yx", "长兴[银行]" },
    { "大树•银杏", "大树银杏", "[大树•银杏]" },
    { "peagym英语", "gymyy", "pea[gym英语]" },
    { "𬭩乐园", "wengl", "[𬭩乐]园" },
    { "秀洲区", "杭州", "秀洲区" },
    { "秀洲区", "", "秀洲区" },
    { "", "a", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = marked (cases[i].name, cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].marked);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/search-words/words", test_words);
  g_test_add_func ("/registry/search-words/places-in-a-name", test_places_in_a_name);
  return g_test_run ();
}
