/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks of values against their fields, in words that name the field. */
#include "mc-save-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-chain.h"
#include "mc-uuid.h"

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  guint year, month, day;

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-' || strspn (text, "0123456789-") != 10)
    return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  return text[5] != '-' && text[8] != '-' && year >= 1 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
is_list (const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, "\n", -1);

  for (guint i = 0; items[i]; i++)
    if (!*items[i] || (i > 0 && strcmp (items[i - 1], items[i]) >= 0))
      return FALSE;
  return TRUE;
}

static gboolean
has_right_type (const McField *field,
                const McValue *value)
{
  McDigest digest;

  switch (field->type)
    {
    case MC_FIELD_BOOLEAN:
      return value->type == MC_VALUE_BOOLEAN;
    case MC_FIELD_INTEGER:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      return value->type == MC_VALUE_INTEGER;
    case MC_FIELD_DATE:
      return value->type == MC_VALUE_TEXT && is_date (value->text);
    case MC_FIELD_REFERENCE:
      return value->type == MC_VALUE_TEXT && mc_uuid_is_valid (value->text);
    case MC_FIELD_LIST:
      return value->type == MC_VALUE_TEXT && is_list (value->text);
    case MC_FIELD_BLOB:
      return value->type == MC_VALUE_TEXT && mc_digest_from_hex (value->text, &digest);
    case MC_FIELD_TEXT:
    case MC_FIELD_CHOICE:
    default:
      return value->type == MC_VALUE_TEXT;
    }
}

gboolean
mc_save_check_value (const McField  *field,
                     const McValue  *value,
                     GError        **error)
{
  if (value->type == MC_VALUE_NULL || has_right_type (field, value))
    return TRUE;
  if (field->type == MC_FIELD_DATE && value->type == MC_VALUE_TEXT)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s”: “%s” is not a date. Nothing was saved."), _(field->label), value->text);
  else if (value->type == MC_VALUE_SEALED)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                 _("“%s” is not readable here and can only be replaced by a new value. Nothing was saved."), _(field->label));
  else
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” has a value of the wrong kind. Nothing was saved."), _(field->label));
  return FALSE;
}

gboolean
mc_save_check_required (const McRecord  *record,
                        GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & MC_FIELD_REQUIRED) && mc_record_get_at (record, i)->type == MC_VALUE_NULL)
      {
        g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” must be filled in. Nothing was saved."), _(entity->fields[i].label));
        return FALSE;
      }
  return TRUE;
}

/* --- errors about one record ------------------------------------------------------------------------------ */

/* The name that a person knows the record by, if it has one. */
static char *
title_of (const char     *entity_name,
          const char     *id,
          const McRecord *record)
{
  static const char *const keys[] = { "name", "title", "item", "code" };
  const McEntity *entity = mc_entity_find (entity_name);

  for (guint i = 0; record && i < G_N_ELEMENTS (keys); i++)
    if (mc_entity_field (entity, keys[i]) && mc_record_get_text (record, keys[i]))
      return g_strdup (mc_record_get_text (record, keys[i]));
  return g_strdup (id);
}

static gboolean
is_about_record (const GError *error)
{
  switch (error->code)
    {
    case MC_STORE_ERROR_INPUT:
    case MC_STORE_ERROR_CONFLICT:
    case MC_STORE_ERROR_SEALED:
    case MC_STORE_ERROR_UNKNOWN:
    case MC_STORE_ERROR_NOT_FOUND:
      return error->domain == MC_STORE_ERROR;
    default:
      return FALSE;
    }
}

void
mc_save_name_record (GError         **error,
                     const char      *entity,
                     const char      *id,
                     const McRecord  *record)
{
  g_autofree char *title = NULL;

  if (!is_about_record (*error))
    return;
  title = title_of (entity, id, record);
  /* Translators: a kind of record, its name, and what is wrong with it */
  g_prefix_error (error, _("%s “%s”: "), _(mc_entity_find (entity)->label), title);
}
