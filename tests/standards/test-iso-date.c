/* SPDX-License-Identifier: GPL-3.0-or-later
 * Days are ISO texts of ten characters that exist. */
#include "standards/mc-iso-date.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
  } cases[] = {
    { "2026-01-31", TRUE }, { "2024-02-29", TRUE }, { "0001-01-01", TRUE }, { "9999-12-31", TRUE },
    { "2026-02-29", FALSE }, { "2026-02-30", FALSE }, { "2026-04-31", FALSE }, { "2026-00-10", FALSE }, { "2026-13-01", FALSE },
    { "2026-01-00", FALSE }, { "2026-1-31", FALSE }, { "2026- 1-31", FALSE }, { "2026/01/31", FALSE }, { "2026-01-31 ", FALSE },
    { "+026-01-31", FALSE }, { "", FALSE }, { "2026", FALSE }, { "0000-01-01", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GDate date;
      gboolean good = mc_iso_date_parse (cases[i].text, &date);

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (good, ==, cases[i].good);
      if (good)
        {
          g_autofree char *again = mc_iso_date_format (&date);

          g_assert_cmpstr (again, ==, cases[i].text);
        }
    }
  g_assert_false (mc_iso_date_parse (NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standards/iso-date/parse", test_parse);
  return g_test_run ();
}
