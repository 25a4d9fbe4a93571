/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of the registers, and one record with its history. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-cli-list.h"
#include "registry/mc-facility.h"
#include "registry/mc-inspector.h"
#include "store/mc-code-list.h"

/* A cell that is the same in JSON and in words; "" keeps the columns in line. */
#define TEXT(key, text) { key, MC_CLI_TEXT, text, 0, (text) ? (text) : "" }
#define HIDDEN(key, text) { key, MC_CLI_TEXT, text, 0, NULL }
#define WORD(key, text, word) { key, MC_CLI_TEXT, text, 0, (word) ? (word) : "" }
#define NUMBER(key, number) { key, MC_CLI_NUMBER, NULL, number, NULL }

static void
add_facility (McCliList *list, const McFacilityRow *row)
{
  const McCliCell cells[] = {
    TEXT ("id", row->id),
    TEXT ("name", row->name),
    HIDDEN ("operator", row->operator_name),
    HIDDEN ("credit_code", row->credit_code),
    WORD ("kind", row->kind, mc_code_short_label ("facility-kind", row->kind)),
    WORD ("status", row->status, mc_code_short_label ("facility-status", row->status)),
    HIDDEN ("credit_risk_class", row->credit_risk_class),
    TEXT ("area", row->area_path),
    NUMBER ("beds", row->beds),
    NUMBER ("childcare_places", row->childcare_places),
    TEXT ("last_checked_on", row->last_checked_on),
    NUMBER ("open_findings", row->n_open_findings),
  };

  mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
}

/* Read some hundred at a time: a long read would hold back the writer's checkpoints. */
static McCliExit
print_facilities (McCli *cli, McAreaTree *tree, McFacilityList *found)
{
  g_autoptr(McCliList) list = mc_cli_list_new (cli);
  g_autoptr(GError) error = NULL;

  for (guint first = 0; first < mc_facility_list_get_n (found); first += 500)
    {
      guint n = MIN (500, mc_facility_list_get_n (found) - first);
      g_autoptr(GPtrArray) rows = mc_facility_rows_load (cli->store, tree, mc_facility_list_get_rowids (found) + first, n, &error);

      if (!rows)
        return mc_cli_fail (cli, error);
      for (guint i = 0; i < rows->len; i++)
        if (g_ptr_array_index (rows, i))
          add_facility (list, g_ptr_array_index (rows, i));
    }
  return MC_CLI_DONE;
}

/* FALSE after a failure that concerns the words of the query. */
static gboolean
fill_query (McAreaTree *tree, const char *area_text, const char *group, McFacilityQuery *query, GError **error)
{
  const McArea *area = NULL;

  if (area_text && mc_area_tree_resolve (tree, area_text, NULL, &area) != MC_AREA_FOUND)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("The area “%s” is not known, or not only one has that name"), area_text);
      return FALSE;
    }
  if (group && strcmp (group, "elder") != 0 && strcmp (group, "childcare") != 0)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("There is no group “%s”; there are elder and childcare"), group);
      return FALSE;
    }
  query->area = area ? area->id : NULL;
  query->group = group;
  return TRUE;
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
  g_autoptr(McFacilityList) found = NULL;
  McFacilityQuery query = { 0 };

  if (!mc_cli_parse (cli, mc_cli_find ("facility", "list"), entries, &argc, &argv, 0, 0) || !mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  query.text = text;
  tree = mc_area_tree_load (cli->store, &error);
  if (tree && fill_query (tree, area_text, group, &query, &error))
    found = mc_facility_list_load (cli->store, tree, &query, NULL, &error);
  return found ? print_facilities (cli, tree, found) : mc_cli_fail (cli, error);
}

static McCliExit
print_whole (McCli *cli, const char *entity, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = mc_cli_find_record (cli, entity, text, &error);
  g_autoptr(GPtrArray) records = id ? mc_store_load_whole (cli->store, entity, id, &error) : NULL;
  g_autoptr(JsonBuilder) builder = NULL;

  if (!records)
    return mc_cli_fail (cli, error);
  if (!cli->json)
    {
      for (guint i = 0; i < records->len; i++)
        mc_cli_print_record (cli, g_ptr_array_index (records, i));
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mc_cli_build_record (builder, g_ptr_array_index (records, 0));
  mc_cli_build_parts (builder, records);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_facility_show (McCli *cli, int argc, char **argv)
{
  if (!mc_cli_parse (cli, mc_cli_find ("facility", "show"), NULL, &argc, &argv, 1, 1) || !mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  return print_whole (cli, "facility", argv[1]);
}

static McCliExit
run_inspector_list (McCli *cli, int argc, char **argv)
{
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = { { "search", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL }, { NULL } };
  g_autoptr(GError) error = NULL;
  g_autoptr(McAreaTree) tree = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(McCliList) list = NULL;
  McInspectorQuery query = { 0 };

  if (!mc_cli_parse (cli, mc_cli_find ("inspector", "list"), entries, &argc, &argv, 0, 0) || !mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  query.text = text;
  tree = mc_area_tree_load (cli->store, &error);
  rows = tree ? mc_inspector_list (cli->store, tree, &query, &error) : NULL;
  if (!rows)
    return mc_cli_fail (cli, error);
  list = mc_cli_list_new (cli);
  for (guint i = 0; i < rows->len; i++)
    {
      const McInspectorRow *row = g_ptr_array_index (rows, i);
      const McCliCell cells[] = {
        TEXT ("id", row->id), TEXT ("name", row->name), TEXT ("employer", row->employer), TEXT ("certificate_expires_on", row->certificate_expires_on),
      };

      mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
    }
  return MC_CLI_DONE;
}

static McCliExit
run_inspector_show (McCli *cli, int argc, char **argv)
{
  if (!mc_cli_parse (cli, mc_cli_find ("inspector", "show"), NULL, &argc, &argv, 1, 1) || !mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  return print_whole (cli, "inspector", argv[1]);
}

/* --- history ---------------------------------------------------------------------------------------------- */

/* Under --json dates are ISO and in UTC; people read their own clock. */
static char *
format_at (gint64 ms, gboolean json)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  if (!local)
    return g_strdup ("");
  return json ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

static void
add_entry (McCli *cli, McCliList *list, const McHistoryEntry *entry)
{
  static const struct { const char *code, *label; } kinds[] = {
    [MC_HISTORY_SET] = { "set", "" },
    [MC_HISTORY_SEAL] = { "seal", N_("sealed") },
    [MC_HISTORY_AMEND] = { "amend", N_("amended") },
    [MC_HISTORY_LATE] = { "late", N_("late, not taken in yet") },
    [MC_HISTORY_ASIDE] = { "aside", N_("set aside") },
    [MC_HISTORY_REFUSED] = { "refused", N_("refused") },
    [MC_HISTORY_ERASED] = { "erased", N_("erased") },
  };
  g_autofree char *at = format_at (entry->at, cli->json);
  g_autofree char *old_text = entry->field ? mc_cli_format_value (cli, entry->field, &entry->old_value) : NULL;
  g_autofree char *new_text = entry->field ? mc_cli_format_value (cli, entry->field, &entry->new_value) : NULL;
  g_autofree char *change = entry->field ? g_strdup_printf ("%s → %s", old_text ? old_text : "", new_text ? new_text : "") : g_strdup ("");
  const char *reason = entry->kind == MC_HISTORY_SEAL ? NULL : entry->reason;
  const McCliCell cells[] = {
    TEXT ("at", at),
    TEXT ("by", entry->by_name),
    WORD ("kind", kinds[entry->kind].code, *kinds[entry->kind].label ? _(kinds[entry->kind].label) : ""),
    WORD ("entity", entry->entity ? entry->entity->name : NULL, entry->entity ? _(entry->entity->label) : ""),
    HIDDEN ("record", entry->record),
    WORD ("field", entry->field ? entry->field->key : NULL, entry->field ? _(entry->field->label) : ""),
    HIDDEN ("old", old_text),
    WORD ("new", new_text, change),
    TEXT ("reason", reason),
  };

  mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
}

static McCliExit
run_history (McCli *cli, int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(McCliList) list = NULL;
  g_autofree char *id = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("history", NULL), NULL, &argc, &argv, 2, 2) || !mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  id = mc_cli_find_record (cli, argv[1], argv[2], &error);
  entries = id ? mc_store_history (cli->store, argv[1], id, 0, &error) : NULL;
  if (!entries)
    return mc_cli_fail (cli, error);
  list = mc_cli_list_new (cli);
  for (guint i = 0; i < entries->len; i++)
    add_entry (cli, list, g_ptr_array_index (entries, i));
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_register_commands[] = {
  { "facility", "list", "[--search TEXT] [--group elder|childcare] [--area AREA]", N_("List facilities"), run_facility_list },
  { "facility", "show", "ID|CODE|NAME", N_("Show a facility"), run_facility_show },
  { "inspector", "list", "[--search TEXT]", N_("List inspectors"), run_inspector_list },
  { "inspector", "show", "ID|NAME", N_("Show an inspector"), run_inspector_show },
  { "history", NULL, "ENTITY ID|NAME", N_("What was changed in a record, when and by whom"), run_history },
  { NULL },
};
