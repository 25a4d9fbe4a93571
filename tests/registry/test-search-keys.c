/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search over all keys in one array: the same answers as looking at each record by itself. */
#include "registry/mc-search-keys.h"

#include <string.h>

#include "store/mc-text-key.h"

static void
set (McSearchKeys *keys, gint64 rowid, const char *name, const char *operator_name, guint tag)
{
  g_autoptr (GString) key = g_string_new (NULL);

  mc_text_append_search_key (key, name);
  if (operator_name)
    mc_text_append_search_key (key, operator_name);
  mc_search_keys_set (keys, rowid, key->str, key->len, tag);
}

static void
search (McSearchKeys *keys, const char *one, const char *two)
{
  const char *words[] = { one, two, NULL };

  mc_search_keys_search (keys, words, NULL, 0);
}

static void
test_characters_pinyin_initials (void)
{
  static const struct { const char *word; McSearchMatch match; } cases[] = {
    { "康养", MC_SEARCH_MATCH },
    { "长兴", MC_SEARCH_PREFIX },
    { "changxing", MC_SEARCH_PREFIX },
    { "zhangxing", MC_SEARCH_PREFIX }, /* the other reading too */
    { "cx", MC_SEARCH_PREFIX },
    { "kyzx", MC_SEARCH_MATCH },
    { "ang", MC_SEARCH_MATCH },        /* from within a syllable */
    { "银行", MC_SEARCH_MATCH },       /* the operator */
    { "yinhang", MC_SEARCH_MATCH },
    { "yh", MC_SEARCH_MATCH },
    { "yx", MC_SEARCH_MATCH },
    { "敬老", MC_SEARCH_NONE },
    { "q", MC_SEARCH_NONE },
  };
  McSearchKeys *keys = mc_search_keys_new ();

  set (keys, 7, "长兴康养中心", "银行公司", 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].word);
      search (keys, cases[i].word, NULL);
      g_assert_cmpint (mc_search_keys_get_match (keys, 7), ==, cases[i].match);
      g_assert_cmpint (mc_search_keys_get_match (keys, 8), ==, MC_SEARCH_NONE);
      g_assert_cmpint (mc_search_keys_get_match (keys, -1), ==, MC_SEARCH_NONE);
      g_assert_cmpint (mc_search_keys_get_match (keys, G_MAXINT64), ==, MC_SEARCH_NONE);
    }
  mc_search_keys_free (keys);
}

static void
test_several_words_are_all_needed (void)
{
  McSearchKeys *keys = mc_search_keys_new ();
  const gboolean first[] = { FALSE, TRUE }, second[] = { FALSE, FALSE };
  const gboolean *const tags[] = { first, second, NULL };
  const char *const words[] = { "南湖", "康养", NULL };

  set (keys, 1, "康养中心", "南湖公司", 0);
  set (keys, 2, "康养中心", NULL, 0);
  set (keys, 3, "康养中心", NULL, 1); /* its area is the one of the first word */
  set (keys, 4, "敬老院", "南湖公司", 0);
  mc_search_keys_search (keys, words, tags, 2);
  g_assert_cmpint (mc_search_keys_get_match (keys, 1), ==, MC_SEARCH_MATCH);
  g_assert_cmpint (mc_search_keys_get_match (keys, 2), ==, MC_SEARCH_NONE);
  g_assert_cmpint (mc_search_keys_get_match (keys, 3), ==, MC_SEARCH_MATCH);
  g_assert_cmpint (mc_search_keys_get_match (keys, 4), ==, MC_SEARCH_NONE);
  mc_search_keys_free (keys);
}

static gboolean
begins_a_line_of_the_name (const char *key, const char *word)
{
  const char *end = strstr (key, "\n\n");

  for (const char *line = key; line && line <= end; line = strchr (line, '\n') + 1)
    if (g_str_has_prefix (line, word))
      return TRUE;
  return FALSE;
}

/* Every word of one to six letters over random keys, typed letter by letter and at once, against strstr(). */
static void
test_against_an_oracle (void)
{
  static const char *const letters[] = { "a", "b", "z", "0", "9", "养", "老", "(", "\n" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  McSearchKeys *keys = mc_search_keys_new ();
  g_autoptr (GPtrArray) model = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (model, NULL);
  for (guint step = 0; step < 6000; step++)
    {
      gint64 rowid = g_rand_int_range (random, 1, 400);
      guint length = (guint) g_rand_int_range (random, 0, 60);
      GString *key = g_string_new (NULL);

      while (model->len <= rowid)
        g_ptr_array_add (model, NULL);
      g_clear_pointer (&model->pdata[rowid], g_free);
      if (g_rand_int_range (random, 0, 10) == 0)
        {
          mc_search_keys_remove (keys, rowid);
          g_string_free (key, TRUE);
        }
      else
        {
          for (guint i = 0; i < length; i++)
            g_string_append (key, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters))]);
          g_string_append (key, "\n\nab\n\n"); /* another field */
          mc_search_keys_set (keys, rowid, key->str, key->len, 0);
          model->pdata[rowid] = g_string_free (key, FALSE);
        }
      if (step % 20 == 19)
        {
          g_autoptr (GString) word = g_string_new (NULL);
          guint n = (guint) g_rand_int_range (random, 1, 7), from = g_rand_boolean (random) ? 1 : n;

          for (guint i = 0; i < n; i++)
            g_string_append (word, letters[g_rand_int_range (random, 0, G_N_ELEMENTS (letters) - 1)]); /* not a new line */
          for (guint typed = from; typed <= n; typed++)
            {
              g_autofree char *part = g_utf8_substring (word->str, 0, typed);

              search (keys, part, NULL);
              for (guint i = 1; i < model->len; i++)
                {
                  const char *text = model->pdata[i];
                  McSearchMatch match = text == NULL || strstr (text, part) == NULL ? MC_SEARCH_NONE
                                        : begins_a_line_of_the_name (text, part)    ? MC_SEARCH_PREFIX
                                                                                    : MC_SEARCH_MATCH;

                  g_assert_cmpint (mc_search_keys_get_match (keys, i), ==, match);
                }
            }
        }
    }
  mc_search_keys_free (keys);
}

/* Keys that are replaced again and again do not fill the memory. */
static void
test_dead_keys_are_swept (void)
{
  McSearchKeys *keys = mc_search_keys_new ();

  for (guint i = 0; i < 20000; i++)
    mc_search_keys_set (keys, 1 + i % 100, "some name of forty bytes or so, quite long\n\n", 44, 0);
  g_assert_cmpuint (mc_search_keys_get_n (keys), ==, 100);
  g_assert_cmpuint (mc_search_keys_get_n_bytes (keys), <, 100 * 45 * 3);
  search (keys, "forty", NULL);
  for (guint i = 1; i <= 100; i++)
    g_assert_cmpint (mc_search_keys_get_match (keys, i), ==, MC_SEARCH_MATCH);
  mc_search_keys_free (keys);
}

static void
test_bytes_find (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20000; round++)
    {
      char bytes[90], needle[8];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof bytes), n = (gsize) g_rand_int_range (random, 1, sizeof needle);

      for (gsize i = 0; i < length; i++)
        bytes[i] = (char) g_rand_int_range (random, 'a', 'c');
      for (gsize i = 0; i < n; i++)
        needle[i] = (char) g_rand_int_range (random, 'a', 'c');
      g_assert_true (mc_bytes_find (bytes, length, needle, n) == memmem (bytes, length, needle, n));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/search-keys/characters-pinyin-initials", test_characters_pinyin_initials);
  g_test_add_func ("/registry/search-keys/several-words-are-all-needed", test_several_words_are_all_needed);
  g_test_add_func ("/registry/search-keys/against-an-oracle", test_against_an_oracle);
  g_test_add_func ("/registry/search-keys/dead-keys-are-swept", test_dead_keys_are_swept);
  g_test_add_func ("/registry/search-keys/bytes-find", test_bytes_find);
  return g_test_run ();
}
