/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading and writing ISO dates, without a locale. */
#include "mc-iso-date.h"

static int
digits (const char *text, int from, int count)
{
  int number = 0;

  for (int i = from; i < from + count; i++)
    number = number * 10 + (text[i] - '0');
  return number;
}

gboolean
mc_iso_date_parse (const char *text, GDate *date)
{
  static const char shape[] = "0000-00-00";
  int year, month, day;

  if (!text)
    return FALSE;
  for (int i = 0; i <= 10; i++)
    if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  year = digits (text, 0, 4);
  month = digits (text, 5, 2);
  day = digits (text, 8, 2);
  if (month < 1 || month > 12 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  if (date)
    {
      g_date_clear (date, 1);
      g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
    }
  return TRUE;
}

char *
mc_iso_date_format (const GDate *date)
{
  g_return_val_if_fail (g_date_valid (date), NULL);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}
