/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts of cells: how wide they are, and what is mended before Excel reads them. */
#include <string.h>

#include "reports/mc-cell-text.h"

static void
width_counts_chinese_twice (void)
{
  const struct
  {
    const char *text;
    guint width;
  } cases[] = {
    { "", 0 },
    { "abc", 3 },
    { "\346\230\216\345\257\237", 4 },
    { "1\n\346\230\216\345\257\237\n22", 4 },
    { "\360\240\256\267", 2 }, /* beyond the basic plane */
    { "caf\303\251", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McCellText measure = mc_cell_text_measure (cases[i].text);

      g_assert_cmpuint (measure.width, ==, cases[i].width);
      g_assert_true (measure.clean);
    }
}

static void
what_excel_cannot_read_is_mended (void)
{
  const struct
  {
    const char *text;
    const char *clean;
  } cases[] = {
    { "a\001b", "ab" },
    { "a\r\nb\rc", "a\nb\nc" },
    { "a\tb", "a\tb" },
    { "_x0041_", "_x005F_x0041_" },
    { "_x004_", "_x004_" },
    { "a\357\277\277b", "ab" },
    { "\177", "\177" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean shortened = FALSE;
      g_autofree char *clean = mc_cell_text_clean (cases[i].text, &shortened);

      g_assert_cmpstr (clean, ==, cases[i].clean);
      g_assert_false (shortened);
      g_assert_cmpint (mc_cell_text_measure (cases[i].text).clean, ==, strcmp (cases[i].text, cases[i].clean) == 0);
    }
}

static void
what_is_too_long_ends_in_an_ellipsis (void)
{
  gboolean shortened = FALSE;
  g_autofree char *fits = g_strnfill (MC_CELL_TEXT_MAX, 'x');
  g_autofree char *longer = g_strnfill (MC_CELL_TEXT_MAX + 1, 'x');
  g_autofree char *kept = mc_cell_text_clean (fits, &shortened);
  g_autofree char *cut = NULL;

  g_assert_true (mc_cell_text_measure (fits).clean);
  g_assert_cmpstr (kept, ==, fits);
  g_assert_false (shortened);
  g_assert_false (mc_cell_text_measure (longer).clean);
  cut = mc_cell_text_clean (longer, &shortened);
  g_assert_true (shortened);
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, MC_CELL_TEXT_MAX);
  g_assert_true (g_str_has_suffix (cut, "x\342\200\246"));
}

/* A character beyond the basic plane takes two units: it is never halved. */
static void
a_pair_is_not_halved (void)
{
  GString *text = g_string_new (NULL);
  gboolean shortened = FALSE;
  g_autofree char *cut = NULL;

  for (guint i = 0; i < 16384; i++)
    g_string_append (text, "\360\240\256\267");
  cut = mc_cell_text_clean (text->str, &shortened);
  g_assert_true (shortened);
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 16383 + 1);
  g_string_free (text, TRUE);
}

static void
names_of_sheets_are_what_excel_takes (void)
{
  const struct
  {
    const char *text;
    guint number;
    const char *name;
  } cases[] = {
    { "\346\243\200\346\237\245", 0, "\346\243\200\346\237\245" },
    { "\346\243\200\346\237\245", 2, "\346\243\200\346\237\245 (2)" },
    { "a[b]c:d*e?f/g\\h'i", 1, "abcdefghi" },
    { "", 0, "Sheet" },
    { "1234567890123456789012345678901234567890", 0, "1234567890123456789012345678901" },
    { "1234567890123456789012345678901234567890", 12, "12345678901234567890123456 (12)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = mc_cell_text_sheet_name (cases[i].text, cases[i].number);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell-text/width", width_counts_chinese_twice);
  g_test_add_func ("/cell-text/mended", what_excel_cannot_read_is_mended);
  g_test_add_func ("/cell-text/too-long", what_is_too_long_ends_in_an_ellipsis);
  g_test_add_func ("/cell-text/pairs", a_pair_is_not_halved);
  g_test_add_func ("/cell-text/sheet-names", names_of_sheets_are_what_excel_takes);
  return g_test_run ();
}
