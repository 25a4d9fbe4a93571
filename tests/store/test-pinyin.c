/* SPDX-License-Identifier: GPL-3.0-or-later
 * Readings of characters: all modern ones, no historical ones. */
#include "store/mc-pinyin.h"

#include <string.h>

typedef struct
{
  gunichar character;
  const char *readings; /* sorted, joined by blanks */
} Case;

/* Readings as a modern dictionary has them; the table takes no part in making this list. */
static const Case cases[] = {
  { 0x957f, "chang zhang" }, /* chang2 long, zhang3 grow */
  { 0x91cd, "chong zhong" },
  { 0x884c, "hang heng xing" },
  { 0x53a6, "sha xia" },
  { 0x5355, "chan dan shan" },
  { 0x4ec7, "chou qiu" },
  { 0x4e50, "le yue" },
  { 0x5c09, "wei yu" },
  { 0x53f0, "tai" },         /* not the historical si, yi */
  { 0x5609, "jia" },
  { 0x5170, "lan" },
  { 0x5415, "lv" },          /* u with diaeresis */
  { 0x5973, "nv" },
  { 0x36c3, "jie" },         /* extension A */
  { 0x2cb69, "weng" },       /* extension E */
  { 0x2b7c5, "liang" },      /* extension C */
  { 0x20bb7, "" },           /* in Unihan without a modern reading */
  { 'a', "" },
  { '1', "" },
  { 0xff08, "" },            /* full-width bracket */
  { 0x10ffff, "" },
};

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
test_readings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *readings[MC_PINYIN_MAX_READINGS];
      guint n = mc_pinyin_readings (cases[i].character, readings);
      g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
      g_autofree char *joined = NULL;

      for (guint j = 0; j < n; j++)
        g_ptr_array_add (sorted, (char *) readings[j]);
      g_ptr_array_sort (sorted, compare_texts);
      g_ptr_array_add (sorted, NULL);
      joined = g_strjoinv (" ", (char **) sorted->pdata);
      g_test_message ("U+%04X", cases[i].character);
      g_assert_cmpstr (joined, ==, cases[i].readings);
    }
}

/* All of the basic block has readings, and each is a syllable of small letters, once. */
static void
test_every_reading_is_a_syllable (void)
{
  guint without = 0;

  for (gunichar c = 0x3400; c < 0x32000; c++)
    {
      const char *readings[MC_PINYIN_MAX_READINGS];
      guint n = mc_pinyin_readings (c, readings);

      without += n == 0 && c >= 0x4e00 && c <= 0x9fa5;
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (strlen (readings[i]), >=, 1);
          g_assert_cmpuint (strspn (readings[i], "abcdefghijklmnopqrstuvwxyz"), ==, strlen (readings[i]));
          for (guint j = 0; j < i; j++)
            g_assert_cmpstr (readings[i], !=, readings[j]);
        }
    }
  g_assert_cmpuint (without, <, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/pinyin/all-modern-readings", test_readings);
  g_test_add_func ("/store/pinyin/every-reading-is-a-syllable", test_every_reading_is_a_syllable);
  return g_test_run ();
}
