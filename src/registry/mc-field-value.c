/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person types into a form, as the value of a field, and back. Pure. */
#include "mc-field-value.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define FEN_PER_WAN 1000000

/* --- as text ---------------------------------------------------------------------------------------------- */

/* Decimal digits of @hundredths without grouping: what a person can go on editing. */
static char *
decimal_text (gint64 hundredths)
{
  char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", hundredths / 100, (int) (ABS (hundredths) % 100));
  gsize length = strlen (text);

  while (text[length - 1] == '0')
    text[--length] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';
  return text;
}

char *
mc_field_value_to_text (const McField *field, const McValue *value)
{
  g_return_val_if_fail (field != NULL && value != NULL, NULL);

  switch (value->type)
    {
    case MC_VALUE_TEXT:
      return g_strdup (value->text);
    case MC_VALUE_INTEGER:
      if (field->type == MC_FIELD_MONEY)
        return decimal_text (value->integer / (FEN_PER_WAN / 100));
      if (field->type == MC_FIELD_HUNDREDTHS)
        return decimal_text (value->integer);
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case MC_VALUE_NULL:
    case MC_VALUE_BOOLEAN:
    case MC_VALUE_SEALED:
    default:
      return g_strdup ("");
    }
}

/* --- from text -------------------------------------------------------------------------------------------- */

/* @factor of the unit that is stored for each whole one: 100, or fen of ten thousand yuan. FALSE: no such number. */
static gboolean
parse_decimal (const char *text, gint64 factor, gint64 *number)
{
  gint64 whole = 0, part = 0, scale = factor;
  gsize i = 0;

  for (; g_ascii_isdigit (text[i]); i++)
    {
      if (i > 11)
        return FALSE;
      whole = whole * 10 + (text[i] - '0');
    }
  if (i == 0)
    return FALSE;
  if (text[i] == '.')
    for (i++; g_ascii_isdigit (text[i]); i++)
      {
        scale /= 10;
        if (scale == 0)
          return FALSE;
        part += scale * (text[i] - '0');
      }
  *number = whole * factor + part;
  return text[i] == '\0';
}

static char *
plain_number (const char *text)
{
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString *plain = g_string_new (NULL);

  for (const char *p = narrow ? narrow : text; *p; p++)
    if (*p != ',' && *p != ' ')
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

static void
take_number (const McField *field, const char *text, McRecord *record, GPtrArray *problems)
{
  g_autofree char *plain = plain_number (text);
  gint64 factor = field->type == MC_FIELD_MONEY ? FEN_PER_WAN : field->type == MC_FIELD_HUNDREDTHS ? 100 : 1, number;

  if (parse_decimal (plain, factor, &number) && (factor > 1 || !strchr (plain, '.')))
    mc_record_set_integer (record, field->key, number);
  else
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, field->key, factor > 1 ? _("This is no number: %s") : _("This is no whole number: %s"), text));
}

static char *
iso_date (const char *text)
{
  g_autofree char *plain = plain_number (text);
  int year, month, day, used = 0;

  g_strdelimit (plain, "/.", '-');
  if (strlen (plain) == 8 && strspn (plain, "0123456789") == 8)
    {
      if (sscanf (plain, "%4d%2d%2d", &year, &month, &day) != 3)
        return NULL;
    }
  else if (sscanf (plain, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || plain[used] != '\0')
    return NULL;
  if (year < 1 || month < 1 || day < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static void
take_date (const McField *field, const char *text, McRecord *record, GPtrArray *problems)
{
  g_autofree char *date = iso_date (text);

  if (date)
    mc_record_set_text (record, field->key, date);
  else
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_ERROR, field->key, _("This is no day of the calendar: %s. Write it as 2026-03-01."), text));
}

void
mc_field_value_take (const McField *field, const char *text, McRecord *record, GPtrArray *problems)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (field != NULL && text != NULL && record != NULL && problems != NULL);

  stripped = g_strstrip (g_strdup (text));
  if (!*stripped)
    {
      if (mc_record_get (record, field->key)->type != MC_VALUE_SEALED)
        mc_record_set_null (record, field->key);
    }
  else if (field->type == MC_FIELD_INTEGER || field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
    take_number (field, stripped, record, problems);
  else if (field->type == MC_FIELD_DATE)
    take_date (field, stripped, record, problems);
  else
    mc_record_set_text (record, field->key, stripped);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
mc_field_value_take_items (const McField *field, GPtrArray *items, McRecord *record)
{
  g_autoptr (GString) list = g_string_new (NULL);

  g_return_if_fail (field != NULL && items != NULL && record != NULL);

  g_ptr_array_sort (items, compare_texts);
  for (guint i = 0; i < items->len; i++)
    if (i == 0 || strcmp (items->pdata[i], items->pdata[i - 1]) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? "\n" : "", (const char *) items->pdata[i]);
  mc_record_set_text (record, field->key, list->str);
}
