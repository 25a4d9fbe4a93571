/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values as the window shows them. Pure. */
#include "mc-format.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "store/mc-code-list.h"

static gboolean
parse_date (const char *iso_date, GDate *date)
{
  int year, month, day;
  char rest;

  if (!iso_date || sscanf (iso_date, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3)
    return FALSE;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

char *
mc_format_date (const char *iso_date)
{
  return g_strdup (iso_date ? iso_date : "");
}

char *
mc_format_short_date (const char *iso_date)
{
  GDate date;

  if (!parse_date (iso_date, &date))
    return g_strdup (iso_date ? iso_date : "");
  /* Translators: month and day, as numbers. */
  return g_strdup_printf (_("%d/%d"), g_date_get_month (&date), g_date_get_day (&date));
}

char *
mc_format_weekday (const GDate *day)
{
  static const char *const names[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday") };

  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);

  return g_strdup (_(names[g_date_get_weekday (day) - 1]));
}

char *
mc_format_time (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

char *
mc_format_count (gint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  GString *grouped = g_string_new (NULL);
  gsize length = strlen (digits), first = count < 0 ? 1 : 0;

  for (gsize i = 0; i < length; i++)
    {
      /* A space that does not break the line, from five digits on every three. */
      if (i > first && (length - i) % 3 == 0 && length - first > 4)
        g_string_append (grouped, "\xe2\x80\xaf");
      g_string_append_c (grouped, digits[i]);
    }
  return g_string_free (grouped, FALSE);
}

char *
mc_format_hundredths (gint64 hundredths)
{
  gint64 whole = hundredths / 100, part = ABS (hundredths % 100);
  g_autofree char *count = mc_format_count (whole);

  if (part == 0)
    return g_steal_pointer (&count);
  return g_strdup_printf (part % 10 == 0 ? "%s%s.%" G_GINT64_FORMAT : "%s%s.%02" G_GINT64_FORMAT, whole == 0 && hundredths < 0 ? "-" : "", count,
                          part % 10 == 0 ? part / 10 : part);
}

char *
mc_format_money (gint64 fen)
{
  /* 10,000 yuan = 1,000,000 fen. */
  g_autofree char *large = mc_format_hundredths (fen / 10000), *small = mc_format_hundredths (fen);

  return ABS (fen) >= 1000000 && fen % 10000 == 0 ? g_strdup_printf (_("%s ten thousand yuan"), large) : g_strdup_printf (_("%s yuan"), small);
}

/* The lists whose items are codes of a code list. */
static const struct
{
  const char *key;
  const char *list;
} coded_lists[] = {
  { "facility_kinds", "facility-kind" },
  { "fields", "facility-field" },
};

/* What a person calls the field @key, whichever entity it is of; NULL if there is none. */
static const char *
label_of_key (const char *key)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    if (mc_entity_field (entities[i], key))
      return _(mc_entity_field (entities[i], key)->label);
  return NULL;
}

/* One item of a list: never a key, a code or an id. */
static const char *
format_item (const McField *field, const char *item, GHashTable *names)
{
  const char *name = names ? g_hash_table_lookup (names, item) : NULL;

  if (name)
    return name;
  if (strcmp (field->key, "sample_fields") == 0)
    name = strcmp (item, "*") == 0 ? _("the whole record") : label_of_key (item);
  for (guint i = 0; i < G_N_ELEMENTS (coded_lists); i++)
    if (strcmp (field->key, coded_lists[i].key) == 0)
      name = mc_code_label (coded_lists[i].list, item);
  if (!name && g_uuid_string_is_valid (item))
    name = _("a record");
  return name ? name : item;
}

static char *
format_list (const McField *field, const char *list, GHashTable *names)
{
  g_auto (GStrv) items = g_strsplit (list, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; items[i]; i++)
    g_string_append_printf (text, i == 0 ? "%s" : _(", %s"), format_item (field, items[i], names));
  return g_string_free (text, FALSE);
}

static char *
format_text (const McField *field, const char *text, GHashTable *names)
{
  const char *name;

  switch (field->type)
    {
    case MC_FIELD_CHOICE:
      return g_strdup (mc_code_label (field->list, text));
    case MC_FIELD_REFERENCE:
      name = names ? g_hash_table_lookup (names, text) : NULL;
      return g_strdup (name ? name : _("a record"));
    case MC_FIELD_LIST:
      return format_list (field, text, names);
    case MC_FIELD_BLOB:
      return g_strdup (_("an attachment"));
    case MC_FIELD_TEXT:
    case MC_FIELD_INTEGER:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_DATE:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
    default:
      return g_strdup (text);
    }
}

static char *
format_integer (const McField *field, gint64 integer)
{
  switch (field->type)
    {
    case MC_FIELD_TIME:
      return mc_format_time (integer);
    case MC_FIELD_MONEY:
      return mc_format_money (integer);
    case MC_FIELD_HUNDREDTHS:
      return mc_format_hundredths (integer);
    case MC_FIELD_TEXT:
    case MC_FIELD_INTEGER:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_DATE:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return mc_format_count (integer);
    }
}

char *
mc_format_value (const McField *field, const McValue *value, GHashTable *names)
{
  g_return_val_if_fail (field != NULL && value != NULL, NULL);

  switch (value->type)
    {
    case MC_VALUE_NULL:
      return g_strdup ("");
    case MC_VALUE_BOOLEAN:
      return g_strdup (value->integer ? _("Yes") : _("No"));
    case MC_VALUE_INTEGER:
      return format_integer (field, value->integer);
    case MC_VALUE_TEXT:
      return format_text (field, value->text, names);
    case MC_VALUE_SEALED:
    default:
      return g_strdup (_("(erased or not held here)"));
    }
}
