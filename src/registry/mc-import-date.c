/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads days as people write them in sheets. */
#include "mc-import-date.h"

#include "mc-import-value.h"
#include "mc-import-words.h"
#include "mc-table-reader.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
set_day (guint year, guint month, guint day, const char *text, char iso[11], char **message)
{
  if (year < 1900 || year > 2200)
    *message = g_strdup_printf (_("“%s” is not a date with a year of four digits"), text);
  else if (month < 1 || month > 12 || day < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    *message = g_strdup_printf (_("“%s” is no day of the calendar"), text);
  else
    {
      g_snprintf (iso, 11, "%04u-%02u-%02u", year, month, day);
      return TRUE;
    }
  return FALSE;
}

/* Digits alone: 20260219, or the number of a day in a spreadsheet. */
static gboolean
parse_digits (const char *digits, const char *text, gboolean uses_1904, char iso[11], char **message)
{
  gint64 number = g_ascii_strtoll (digits, NULL, 10);
  gsize length = strlen (digits);

  if (length == 8)
    return set_day ((guint) (number / 10000), (guint) (number / 100 % 100), (guint) (number % 100), text, iso, message);
  if (length == 5 && mc_table_date_from_serial (number, uses_1904, iso))
    return TRUE;
  if (length == 6 || length == 4)
    *message = g_strdup_printf (_("“%s” names no day; write the whole date"), text);
  else
    *message = g_strdup_printf (_("“%s” is not a date"), text);
  return FALSE;
}

/* Up to three numbers, parted by one separator each. Gives how many, 0 if there is anything else. A time after them is passed over. */
static guint
split_date (const char *p, guint parts[3])
{
  guint n = 0, digits = 0;

  for (; *p && n < 3; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p) && digits < 4)
        {
          parts[n] = digits++ == 0 ? (guint) (*p - '0') : parts[n] * 10 + (guint) (*p - '0');
          continue;
        }
      if (digits == 0)
        return 0;
      n++;
      digits = 0;
      if (n == 3)
        break;
      if (!g_utf8_strchr (mc_import_words_date_separators (), -1, c))
        return 0;
    }
  n += digits > 0;
  if (*p && g_utf8_strchr (mc_import_words_day_endings (), -1, g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return *p == '\0' || *p == 'T' || strchr (p, ':') ? n : 0;
}

/* Turns a run of Chinese numerals into digits: one by one, or with a ten among them. */
static const char *
take_numerals (const char *p, GString *digits)
{
  const char *numerals = mc_import_words_numerals ();
  guint tens = 0, ones = 0;
  gboolean ten = FALSE;

  g_string_truncate (digits, 0);
  for (; *p; p = g_utf8_next_char (p))
    {
      const char *found = g_utf8_strchr (numerals, -1, g_utf8_get_char (p));
      guint number = found ? (guint) g_utf8_pointer_to_offset (numerals, found) : 0;

      if (!found)
        break;
      number = number > 10 ? 0 : number;
      if (number == 10)
        {
          ten = TRUE;
          tens = digits->len > 0 ? ones : 1;
          ones = 0;
        }
      else
        {
          ones = number;
          g_string_append_c (digits, (char) ('0' + number));
        }
    }
  if (ten)
    g_string_printf (digits, "%u", tens * 10 + ones);
  return p;
}

static void
fold_numerals (GString *text)
{
  g_autofree char *copy = g_str_is_ascii (text->str) ? NULL : g_strdup (text->str);
  g_autoptr (GString) digits = copy ? g_string_new (NULL) : NULL;

  if (!copy)
    return;
  g_string_truncate (text, 0);
  for (const char *p = copy; *p;)
    {
      const char *next = take_numerals (p, digits);

      if (next == p)
        {
          next = g_utf8_next_char (p);
          g_string_append_len (text, p, next - p);
        }
      else
        g_string_append (text, digits->str);
      p = next;
    }
}

gboolean
mc_import_parse_date (const char *text, gboolean uses_1904, char iso[11], char **message)
{
  g_autoptr (GString) compact = g_string_sized_new (32);
  guint parts[3] = { 0, 0, 0 };
  g_autofree char *day = g_strdup (text);
  char *blank = strchr (day, ' ');

  /* "2026-02-19 08:30": the time goes, so that its digits do not run into the day. */
  if (blank && strchr (blank, ':'))
    *blank = '\0';
  mc_import_fold_compact (day, compact);
  fold_numerals (compact);
  if (compact->len > 1 && compact->str[compact->len - 1] == '.')
    g_string_truncate (compact, compact->len - 1);
  if (strspn (compact->str, "0123456789") == compact->len && compact->len > 0)
    return parse_digits (compact->str, text, uses_1904, iso, message);
  switch (split_date (compact->str, parts))
    {
    case 3:
      return set_day (parts[0], parts[1], parts[2], text, iso, message);
    case 1:
    case 2:
      *message = g_strdup_printf (_("“%s” names no day; write the whole date"), text);
      return FALSE;
    default:
      *message = g_strdup_printf (_("“%s” is not a date"), text);
      return FALSE;
    }
}

gboolean
mc_import_parse_end (const char *text, gboolean uses_1904, char iso[11], char **message)
{
  for (const char *p = g_utf8_find_prev_char (text, text + strlen (text)); p; p = g_utf8_find_prev_char (text, p))
    {
      g_autofree char *first = NULL, *ignored = NULL, *end_message = NULL;
      char begin[11];

      if (!g_utf8_strchr (mc_import_words_range_separators (), -1, g_utf8_get_char (p)))
        continue;
      first = g_strndup (text, (gsize) (p - text));
      if ((p == text || mc_import_parse_date (first, uses_1904, begin, &ignored)) && mc_import_parse_date (g_utf8_next_char (p), uses_1904, iso, &end_message))
        {
          g_clear_pointer (message, g_free);
          return TRUE;
        }
    }
  return FALSE;
}
