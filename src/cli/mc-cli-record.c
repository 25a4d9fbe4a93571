/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records on the command line: their values as JSON and in words, and fields from what was typed. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "registry/mc-area.h"
#include "standards/mc-standard.h"
#include "store/mc-code-list.h"

static void
build_value (JsonBuilder *builder, const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_BOOLEAN:
      json_builder_add_boolean_value (builder, value->integer != 0);
      break;
    case MC_VALUE_INTEGER:
      json_builder_add_int_value (builder, value->integer);
      break;
    case MC_VALUE_TEXT:
      json_builder_add_string_value (builder, value->text);
      break;
    case MC_VALUE_NULL:
    case MC_VALUE_SEALED:
    default:
      json_builder_add_null_value (builder);
    }
}

void
mc_cli_build_record (JsonBuilder *builder, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, mc_record_get_id (record));
  for (guint i = 0; i < entity->n_fields; i++)
    {
      json_builder_set_member_name (builder, entity->fields[i].key);
      build_value (builder, mc_record_get_at (record, i));
    }
}

void
mc_cli_build_parts (JsonBuilder *builder, GPtrArray *records)
{
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint i = 1; i < records->len; i++)
    {
      const McRecord *record = g_ptr_array_index (records, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "entity");
      json_builder_add_string_value (builder, mc_record_get_entity (record)->name);
      mc_cli_build_record (builder, record);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* --- in words --------------------------------------------------------------------------------------------- */

/* What a person calls the record; its id if it is not here or has no name. */
static char *
name_of (McCli *cli, const char *entity, const char *id)
{
  static const char *const keys[] = { "name", "title", "checked_on", "item" };
  g_autoptr(McRecord) record = mc_store_load (cli->store, entity, id, NULL);
  g_autoptr(McAreaTree) tree = strcmp (entity, "area") == 0 ? mc_area_tree_load (cli->store, NULL) : NULL;
  const McArea *area = tree ? mc_area_tree_find (tree, id) : NULL;

  if (area)
    return mc_area_get_path (area, NULL);
  for (gsize i = 0; record && i < G_N_ELEMENTS (keys); i++)
    if (mc_entity_field (mc_record_get_entity (record), keys[i]) && mc_record_get_text (record, keys[i]))
      return g_strdup (mc_record_get_text (record, keys[i]));
  return g_strdup (id);
}

/* The label of the field @key of whatever root has it; @key itself if none has. */
static const char *
field_label (const char *key)
{
  static const char *const entities[] = { "facility", "inspector", "check_matter" };

  if (strcmp (key, "*") == 0)
    return _("the whole record");
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      const McField *field = mc_entity_field (mc_entity_find (entities[i]), key);

      if (field)
        return _(field->label);
    }
  return key;
}

static char *
format_list (McCli *cli, const McField *field, const char *text)
{
  g_auto(GStrv) items = g_strsplit (text, "\n", -1);

  for (guint i = 0; items[i]; i++)
    {
      char *word;

      if (strcmp (field->key, "sample_fields") == 0)
        word = g_strdup (field_label (items[i]));
      else if (strcmp (field->key, "fields") == 0)
        word = g_strdup (mc_code_label ("facility-field", items[i]));
      else if (strcmp (field->key, "facility_kinds") == 0)
        word = g_strdup (mc_code_label ("facility-kind", items[i]));
      else if (strcmp (field->key, "assistants") == 0)
        word = name_of (cli, "inspector", items[i]);
      else if (strcmp (field->key, "recusals") == 0)
        word = name_of (cli, "facility", items[i]);
      else
        continue;
      g_free (items[i]);
      items[i] = word;
    }
  /* Translators: stands between the items of a list */
  return g_strjoinv (_(", "), items);
}

static char *
format_integer (const McField *field, gint64 integer)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  guint64 size = integer < 0 ? -(guint64) integer : (guint64) integer;

  if (field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", integer < 0 ? "-" : "", size / 100, (guint) (size % 100));
  if (field->type != MC_FIELD_TIME)
    return g_strdup_printf ("%" G_GINT64_FORMAT, integer);
  utc = g_date_time_new_from_unix_utc (integer / 1000);
  local = utc ? g_date_time_to_local (utc) : NULL;
  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup_printf ("%" G_GINT64_FORMAT, integer);
}

char *
mc_cli_format_value (McCli *cli, const McField *field, const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_BOOLEAN:
      return g_strdup (value->integer ? _("yes") : _("no"));
    case MC_VALUE_INTEGER:
      return format_integer (field, value->integer);
    case MC_VALUE_TEXT:
      if (field->type == MC_FIELD_CHOICE)
        return g_strdup (mc_code_label (field->list, value->text));
      if (field->type == MC_FIELD_REFERENCE)
        return name_of (cli, field->list, value->text);
      return field->type == MC_FIELD_LIST ? format_list (cli, field, value->text) : g_strdup (value->text);
    case MC_VALUE_SEALED:
      return g_strdup (_("(not available here)"));
    case MC_VALUE_NULL:
    default:
      return NULL;
    }
}

void
mc_cli_print_record (McCli *cli, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  g_print ("%s  %s\n", _(entity->label), mc_record_get_id (record));
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      g_autofree char *text = g_strcmp0 (field->key, entity->root_field) == 0 ? NULL : mc_cli_format_value (cli, field, mc_record_get_at (record, i));

      if (text)
        g_print ("  %s: %s\n", _(field->label), text);
    }
}

/* --- from what was typed ---------------------------------------------------------------------------------- */

static gboolean
refuse (const McField *field, const char *text, GError **error)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” is no value of “%s”; nothing was changed"), text, _(field->label));
  return FALSE;
}

static gboolean
parse_boolean (const char *text, gboolean *boolean)
{
  const char *const yes[] = { "true", "yes", "1", _("yes"), NULL };
  const char *const no[] = { "false", "no", "0", _("no"), NULL };

  *boolean = g_strv_contains (yes, text);
  return *boolean || g_strv_contains (no, text);
}

/* "2026-11-19 09:30", by the clock of this computer. */
static gboolean
parse_time (const char *text, gint64 *ms)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *iso = g_strdelimit (g_strdup (text), " ", 'T');
  g_autofree char *whole = strlen (iso) == strlen ("2026-11-19T09:30") ? g_strconcat (iso, ":00", NULL) : g_strdup (iso);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (whole, zone);

  if (time)
    *ms = g_date_time_to_unix (time) * 1000;
  return time != NULL;
}

static gboolean
parse_integer (const McField *field, const char *text, gint64 *integer)
{
  if (field->type == MC_FIELD_TIME)
    return parse_time (text, integer);
  if (field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
    return mc_standard_parse_hundredths (text, integer);
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, integer, NULL);
}

/* An inspector by name or id; several for a list, separated by commas. */
static gboolean
parse_names (McCli *cli, const McField *field, const char *text, McValue *value, GError **error)
{
  g_auto(GStrv) parts = g_strsplit (text, _(", "), -1);
  g_autofree char *joined = g_strjoinv (",", parts);
  g_auto(GStrv) names = g_strsplit (field->type == MC_FIELD_LIST ? joined : text, field->type == MC_FIELD_LIST ? "," : "\n", -1);
  g_autofree char *ids = NULL;

  for (guint i = 0; names[i]; i++)
    {
      char *id = mc_cli_find_inspector (cli, g_strstrip (names[i]), error);

      if (!id)
        return FALSE;
      g_free (names[i]);
      names[i] = id;
    }
  ids = g_strjoinv ("\n", names);
  mc_value_init_text (value, ids);
  return TRUE;
}

gboolean
mc_cli_parse_value (McCli *cli, const McField *field, const char *text, McValue *value, GError **error)
{
  const char *code;
  gboolean boolean;
  gint64 integer;

  if (!*text)
    return TRUE;
  switch (field->type)
    {
    case MC_FIELD_CHOICE:
      code = mc_code_from_text (field->list, text);
      if (!code)
        return refuse (field, text, error);
      mc_value_init_text (value, code);
      return TRUE;
    case MC_FIELD_BOOLEAN:
      if (!parse_boolean (text, &boolean))
        return refuse (field, text, error);
      mc_value_init_boolean (value, boolean);
      return TRUE;
    case MC_FIELD_INTEGER:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      if (!parse_integer (field, text, &integer))
        return refuse (field, text, error);
      mc_value_init_integer (value, integer);
      return TRUE;
    case MC_FIELD_TEXT:
    case MC_FIELD_DATE: /* the check of the record says which days there are */
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      if (strcmp (field->key, "assistants") == 0 || g_strcmp0 (field->list, "inspector") == 0)
        return parse_names (cli, field, text, value, error);
      mc_value_init_text (value, text);
      return TRUE;
    }
}
