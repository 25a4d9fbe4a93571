/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of the registers, and one record with its history. */
#include "mc-cli.h"

#include <glib/gi18n.h>

#include "registry/mc-check-matter.h"
#include "registry/mc-facility.h"
#include "registry/mc-inspector.h"
#include "store/mc-code-list.h"

static void
add_text (JsonBuilder *builder, const char *key, const char *text)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *key, gint64 number)
{
  json_builder_set_member_name (builder, key);
  if (number == MC_NO_NUMBER)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, number);
}

static void
print_facility (JsonBuilder *builder, const McFacilityRow *row)
{
  if (!builder)
    {
      g_print ("%s  %s  %s  %s\n", row->id, row->name, mc_code_short_label ("facility-kind", row->kind), row->area_path ? row->area_path : "");
      return;
    }
  json_builder_begin_object (builder);
  add_text (builder, "id", row->id);
  add_text (builder, "name", row->name);
  add_text (builder, "operator", row->operator_name);
  add_text (builder, "credit_code", row->credit_code);
  add_text (builder, "kind", row->kind);
  add_text (builder, "status", row->status);
  add_text (builder, "area", row->area_path);
  add_number (builder, "beds", row->beds);
  add_number (builder, "childcare_places", row->childcare_places);
  add_text (builder, "last_checked_on", row->last_checked_on);
  json_builder_end_object (builder);
}

static McCliExit
run_facility_list (McCli *cli, int argc, char **argv)
{
  g_autofree char *text = NULL, *group = NULL, *area_text = NULL;
  const GOptionEntry entries[] = {
    { "search", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL },
    { "group", 0, 0, G_OPTION_ARG_STRING, &group, NULL, NULL },
    { "area", 0, 0, G_OPTION_ARG_STRING, &area_text, NULL, NULL },
    { NULL },
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(McAreaTree) tree = NULL;
  g_autoptr(McFacilityList) list = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  McFacilityQuery query = { 0 };
  const McArea *area = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("facility", "list"), entries, &argc, &argv, 0, 0))
    return MC_CLI_USAGE;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return MC_CLI_STORE;
  tree = mc_area_tree_load (cli->store, &error);
  if (!tree)
    return mc_cli_fail (cli, error);
  if (area_text && mc_area_tree_resolve (tree, area_text, NULL, &area) != MC_AREA_FOUND)
    {
      g_set_error (&error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("The area “%s” is not known, or not only one has that name"), area_text);
      return mc_cli_fail (cli, error);
    }
  query.text = text;
  query.group = group;
  query.area = area ? area->id : NULL;
  list = mc_facility_list_load (cli->store, tree, &query, NULL, &error);
  if (!list)
    return mc_cli_fail (cli, error);
  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_array (builder);
    }
  for (guint first = 0; first < mc_facility_list_get_n (list); first += 500)
    {
      guint n = MIN (500, mc_facility_list_get_n (list) - first);
      g_autoptr(GPtrArray) rows = mc_facility_rows_load (cli->store, tree, mc_facility_list_get_rowids (list) + first, n, &error);

      if (!rows)
        return mc_cli_fail (cli, error);
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i))
          print_facility (builder, g_ptr_array_index (rows, i));
    }
  if (builder)
    {
      json_builder_end_array (builder);
      mc_cli_print_json (builder);
    }
  return MC_CLI_DONE;
}

/* An id, a credit code or a whole name; NULL after the message. */
static char *
find_facility (McCli *cli, const char *text, McCliExit *status)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ids = mc_facility_find (cli->store, text, 2, &error);

  if (ids && ids->len == 1)
    return g_strdup (g_ptr_array_index (ids, 0));
  if (ids)
    g_set_error (&error, MC_STORE_ERROR, ids->len ? MC_STORE_ERROR_INPUT : MC_STORE_ERROR_NOT_FOUND,
                 ids->len ? _("Several facilities are “%s”: give the id") : _("There is no facility “%s”"), text);
  *status = mc_cli_fail (cli, error);
  return NULL;
}

static McCliExit
print_whole (McCli *cli, const char *entity, const char *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) records = mc_store_load_whole (cli->store, entity, id, &error);
  g_autoptr(JsonBuilder) builder = NULL;

  if (!records)
    return mc_cli_fail (cli, error);
  if (!cli->json)
    {
      for (guint i = 0; i < records->len; i++)
        mc_cli_print_record (g_ptr_array_index (records, i));
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mc_cli_build_record (builder, g_ptr_array_index (records, 0));
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_facility_show (McCli *cli, int argc, char **argv)
{
  g_autofree char *id = NULL;
  McCliExit status = MC_CLI_DONE;

  if (!mc_cli_parse (cli, mc_cli_find ("facility", "show"), NULL, &argc, &argv, 1, 1))
    return MC_CLI_USAGE;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return MC_CLI_STORE;
  id = find_facility (cli, argv[1], &status);
  return id ? print_whole (cli, "facility", id) : status;
}

static McCliExit
run_inspector_list (McCli *cli, int argc, char **argv)
{
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { { "search", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL }, { NULL } };
  g_autoptr(GError) error = NULL;
  g_autoptr(McAreaTree) tree = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  McInspectorQuery query = { 0 };

  if (!mc_cli_parse (cli, mc_cli_find ("inspector", "list"), entries, &argc, &argv, 0, 0))
    return MC_CLI_USAGE;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return MC_CLI_STORE;
  query.text = text;
  tree = mc_area_tree_load (cli->store, &error);
  rows = tree ? mc_inspector_list (cli->store, tree, &query, &error) : NULL;
  if (!rows)
    return mc_cli_fail (cli, error);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const McInspectorRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      add_text (builder, "id", row->id);
      add_text (builder, "name", row->name);
      add_text (builder, "employer", row->employer);
      add_text (builder, "certificate_expires_on", row->certificate_expires_on);
      json_builder_end_object (builder);
      if (!cli->json)
        g_print ("%s  %s  %s\n", row->id, row->name, row->employer);
    }
  json_builder_end_array (builder);
  if (cli->json)
    mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_inspector_show (McCli *cli, int argc, char **argv)
{
  if (!mc_cli_parse (cli, mc_cli_find ("inspector", "show"), NULL, &argc, &argv, 1, 1))
    return MC_CLI_USAGE;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return MC_CLI_STORE;
  return print_whole (cli, "inspector", argv[1]);
}

static McCliExit
run_history (McCli *cli, int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("history", NULL), NULL, &argc, &argv, 2, 2))
    return MC_CLI_USAGE;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return MC_CLI_STORE;
  entries = mc_store_history (cli->store, argv[1], argv[2], 0, &error);
  if (!entries)
    return mc_cli_fail (cli, error);
  for (guint i = 0; i < entries->len; i++)
    {
      const McHistoryEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (entry->at / 1000);
      g_autoptr(GDateTime) local = g_date_time_to_local (utc);
      g_autofree char *at = g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
      g_autofree char *old_text = entry->field ? mc_cli_format_value (entry->field, &entry->old_value) : NULL;
      g_autofree char *new_text = entry->field ? mc_cli_format_value (entry->field, &entry->new_value) : NULL;

      g_print ("%s  %s  %s: %s → %s%s%s\n", at, entry->by_name ? entry->by_name : "", entry->field ? _(entry->field->label) : "",
               old_text ? old_text : "", new_text ? new_text : "", entry->reason ? "  " : "", entry->reason ? entry->reason : "");
    }
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_register_commands[] = {
  { "facility", "list", "[--search TEXT] [--group elder|childcare] [--area AREA]", N_("List facilities"), run_facility_list },
  { "facility", "show", "ID|CODE|NAME", N_("Show a facility"), run_facility_show },
  { "inspector", "list", "[--search TEXT]", N_("List inspectors"), run_inspector_list },
  { "inspector", "show", "ID", N_("Show an inspector"), run_inspector_show },
  { "history", NULL, "ENTITY ID", N_("What was changed in a record, when and by whom"), run_history },
  { NULL },
};
