/* SPDX-License-Identifier: GPL-3.0-or-later
 * References and numbers as cells of a workbook spell them. */
#include "mc-table-reader-private.h"
#include "mc-xlsx-sheet.h"

#include <math.h>
#include <string.h>

#define MAX_NUMBER_LENGTH 400

gboolean
mc_xlsx_parse_reference (const char *text, gsize length, guint *column, guint *row)
{
  guint64 c = 0, r = 0;
  gsize i = 0;

  i += length > 0 && text[0] == '$';
  for (; i < length && g_ascii_isalpha (text[i]) && c <= MC_TABLE_MAX_COLUMNS; i++)
    c = c * 26 + (guint) (g_ascii_toupper (text[i]) - 'A') + 1;
  i += i < length && text[i] == '$';
  for (; i < length && g_ascii_isdigit (text[i]) && r <= MC_TABLE_MAX_ROWS; i++)
    r = r * 10 + (guint) (text[i] - '0');
  *column = (guint) c;
  *row = (guint) r;
  return i == length && c >= 1 && c <= MC_TABLE_MAX_COLUMNS && r >= 1 && r <= MC_TABLE_MAX_ROWS;
}

/* Moves the point of "d.ddd" by @exponent. */
static void
append_plain (GString *out, const char *digits, gsize n_digits, int point)
{
  if (point <= 0)
    {
      g_string_append (out, "0.");
      for (; point < 0; point++)
        g_string_append_c (out, '0');
      g_string_append_len (out, digits, (gssize) n_digits);
      return;
    }
  for (int i = 0; i < MAX (point, (int) n_digits); i++)
    {
      if (i == point)
        g_string_append_c (out, '.');
      g_string_append_c (out, i < (int) n_digits ? digits[i] : '0');
    }
}

/* Fifteen significant digits, as spreadsheet programs show and compare them. */
static gboolean
append_rounded (GString *out, double number)
{
  char text[64], digits[32];
  gsize n_digits = 0;
  int exponent;
  char *mark;

  if (!isfinite (number))
    return FALSE;
  g_ascii_formatd (text, sizeof text, "%.14e", number);
  mark = strchr (text, 'e');
  exponent = (int) g_ascii_strtoll (mark + 1, NULL, 10);
  for (const char *p = text; p < mark; p++)
    if (g_ascii_isdigit (*p))
      digits[n_digits++] = *p;
  while (n_digits > 1 && digits[n_digits - 1] == '0')
    n_digits--;
  if (n_digits == 1 && digits[0] == '0')
    {
      g_string_append_c (out, '0');
      return TRUE;
    }
  if (text[0] == '-')
    g_string_append_c (out, '-');
  append_plain (out, digits, n_digits, exponent + 1);
  return TRUE;
}

gboolean
mc_xlsx_append_number (GString *out, const char *text, gsize length)
{
  char copy[MAX_NUMBER_LENGTH + 1];
  gsize digits = 0, at = length > 0 && (text[0] == '-' || text[0] == '+');
  gboolean simple = TRUE;
  char *end;
  double number;

  if (length == 0 || length > MAX_NUMBER_LENGTH)
    return FALSE;
  for (gsize i = at; i < length; i++)
    {
      digits += g_ascii_isdigit (text[i]) != 0;
      simple = simple && g_ascii_isdigit (text[i]);
    }
  if (digits == 0)
    return FALSE;
  if (simple)
    {
      g_string_append_len (out, text + (text[0] == '+'), (gssize) (length - (text[0] == '+')));
      return TRUE;
    }
  memcpy (copy, text, length);
  copy[length] = '\0';
  number = g_ascii_strtod (copy, &end);
  if (*end != '\0' || strpbrk (copy, "xXnNiI"))
    return FALSE;
  return append_rounded (out, number);
}
