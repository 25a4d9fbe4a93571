/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dates, times and numbers as documents write them. Pure; the characters are data (data/documents/words.json). */
#include "mc-chinese-date.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#define WORDS_PATH "/org/mingcha/Mingcha/documents/words.json"

typedef struct
{
  JsonParser *parser;
  JsonObject *words;
  const char *digits[10];
} Words;

static Words *
read_words (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (WORDS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *json = bytes ? g_bytes_get_data (bytes, &length) : "{}";
  Words *words = g_new0 (Words, 1);
  JsonArray *digits;

  words->parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (words->parser, json, (gssize) length, NULL))
    g_critical ("%s cannot be read", WORDS_PATH);
  words->words = json_node_get_object (json_parser_get_root (words->parser));
  digits = json_object_get_array_member (words->words, "digits");
  for (guint i = 0; i < G_N_ELEMENTS (words->digits); i++)
    words->digits[i] = json_array_get_string_element (digits, i);
  return words;
}

static const Words *
get_words (void)
{
  static gsize words = 0;

  if (g_once_init_enter (&words))
    g_once_init_leave (&words, (gsize) read_words ());
  return (const Words *) words;
}

const char *
mc_document_word (const char *name)
{
  const char *word = json_object_get_string_member_with_default (get_words ()->words, name, NULL);

  g_return_val_if_fail (word != NULL, "");
  return word;
}

static gboolean
parse_date (const char *iso_date, guint *year, guint *month, guint *day)
{
  int length = 0;

  return sscanf (iso_date, "%4u-%2u-%2u%n", year, month, day, &length) == 3 && length == 10 && iso_date[10] == '\0'
         && g_date_valid_dmy ((GDateDay) *day, (GDateMonth) *month, (GDateYear) *year);
}

char *
mc_chinese_number (guint number)
{
  static const char *const units[] = { NULL, "ten", "hundred", "thousand" };
  GString *text = g_string_new (NULL);
  guint power = 1000;
  gboolean zero_waits = FALSE;

  g_return_val_if_fail (number <= 9999, g_string_free (text, FALSE));

  if (number == 0)
    g_string_append (text, mc_document_word ("zero_between"));
  for (int place = 3; place >= 0; place--, power /= 10)
    {
      guint digit = number / power % 10;

      if (digit == 0)
        {
          zero_waits = text->len > 0;
          continue;
        }
      if (zero_waits)
        g_string_append (text, mc_document_word ("zero_between"));
      zero_waits = FALSE;

      /* Ten to nineteen begin with ten, not with one. */
      if (!(place == 1 && digit == 1 && number < 20))
        g_string_append (text, get_words ()->digits[digit]);
      g_string_append (text, place > 0 ? mc_document_word (units[place]) : "");
    }
  return g_string_free (text, FALSE);
}

char *
mc_chinese_date (const char *iso_date)
{
  guint year, month, day;
  GString *text;
  g_autofree char *month_text = NULL;
  g_autofree char *day_text = NULL;

  if (!iso_date || !parse_date (iso_date, &year, &month, &day))
    return g_strdup (iso_date ? iso_date : "");
  text = g_string_new (NULL);
  for (guint power = 1000; power > 0; power /= 10)
    g_string_append (text, get_words ()->digits[year / power % 10]);
  month_text = mc_chinese_number (month);
  day_text = mc_chinese_number (day);
  g_string_append_printf (text, "%s%s%s%s%s", mc_document_word ("year"), month_text, mc_document_word ("month"), day_text,
                          mc_document_word ("day"));
  return g_string_free (text, FALSE);
}

static char *
arabic_date (guint year, guint month, guint day)
{
  return g_strdup_printf ("%u%s%u%s%u%s", year, mc_document_word ("year"), month, mc_document_word ("month"), day, mc_document_word ("day"));
}

char *
mc_chinese_date_arabic (const char *iso_date)
{
  guint year, month, day;

  if (!iso_date || !parse_date (iso_date, &year, &month, &day))
    return g_strdup (iso_date ? iso_date : "");
  return arabic_date (year, month, day);
}

static char *
day_of (GDateTime *time)
{
  return arabic_date ((guint) g_date_time_get_year (time), (guint) g_date_time_get_month (time), (guint) g_date_time_get_day_of_month (time));
}

static char *
time_of (GDateTime *time)
{
  return g_strdup_printf ("%d%s%02d%s", g_date_time_get_hour (time), mc_document_word ("hour"), g_date_time_get_minute (time),
                          mc_document_word ("minute"));
}

char *
mc_chinese_time (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (ms / 1000);
  g_autofree char *day = time ? day_of (time) : NULL;
  g_autofree char *clock = time ? time_of (time) : NULL;

  return time ? g_strconcat (day, clock, NULL) : g_strdup ("");
}

char *
mc_chinese_time_span (const char *iso_date, gint64 start, gint64 end)
{
  g_autoptr (GDateTime) first = start > 0 ? g_date_time_new_from_unix_local (start / 1000) : NULL;
  g_autoptr (GDateTime) last = end > 0 ? g_date_time_new_from_unix_local (end / 1000) : NULL;
  g_autofree char *begin = first ? mc_chinese_time (start) : mc_chinese_date_arabic (iso_date);
  g_autofree char *last_day = last ? day_of (last) : NULL;
  g_autofree char *first_day = first ? day_of (first) : NULL;
  g_autofree char *last_time = last ? time_of (last) : NULL;

  if (!first || !last || end < start)
    return g_steal_pointer (&begin);
  return g_strconcat (begin, mc_document_word ("to"), g_strcmp0 (first_day, last_day) == 0 ? "" : last_day, last_time, NULL);
}
