/* SPDX-License-Identifier: GPL-3.0-or-later
 * Visits on the command line: new, answer, finding, finalise, amend, list, show. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "store/mc-code-list.h"

#define AUTO_STORE(flags)                    \
  if (!mc_cli_open (cli, (flags)))           \
    return MC_CLI_STORE;

static char *
today (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* Opens store and standards, and the visit @id if it is not NULL. MC_CLI_DONE, or the exit code after the message. */
static McCliExit
open_visit (McCli *cli, McStoreFlags flags, const char *id, McStandards **standards, McVisit **visit)
{
  g_autoptr(GError) error = NULL;

  AUTO_STORE (flags);
  *standards = mc_standards_load (cli->store, &error);
  if (!*standards)
    return mc_cli_fail (cli, error);
  if (!id)
    return MC_CLI_DONE;
  *visit = mc_visits_load (cli->store, *standards, id, &error);
  return *visit ? MC_CLI_DONE : mc_cli_fail (cli, error);
}

static void
build_counts (JsonBuilder *builder, const McVisit *visit)
{
  g_autoptr(McOutcome) outcome = mc_visit_evaluate (visit);

  json_builder_set_member_name (builder, "answered");
  json_builder_add_int_value (builder, outcome->total.items - outcome->total.unanswered);
  json_builder_set_member_name (builder, "items");
  json_builder_add_int_value (builder, outcome->total.items);
  json_builder_set_member_name (builder, "nonconform");
  json_builder_add_int_value (builder, outcome->total.nonconform);
  json_builder_set_member_name (builder, "finalised");
  json_builder_add_boolean_value (builder, mc_visit_is_finalised (visit));
}

/* What every command that changes a visit prints. */
static void
print_visit_line (McCli *cli, const McVisit *visit)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autoptr(McOutcome) outcome = NULL;

  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, mc_visit_get_id (visit));
      build_counts (builder, visit);
      json_builder_end_object (builder);
      mc_cli_print_json (builder);
      return;
    }
  outcome = mc_visit_evaluate (visit);
  g_print (_("%s  %u of %u items answered, %u not conforming\n"), mc_visit_get_id (visit),
           outcome->total.items - outcome->total.unanswered, outcome->total.items, outcome->total.nonconform);
}

static McCliExit
save_visit (McCli *cli, const McVisit *base, const McVisit *edited)
{
  g_autoptr(GError) error = NULL;

  if (!mc_visits_save (cli->store, base, edited, &error))
    return mc_cli_fail (cli, error);
  print_visit_line (cli, edited);
  return MC_CLI_DONE;
}

static McCliExit
run_new (McCli *cli, int argc, char **argv)
{
  g_autofree char *day = today ();
  McVisitRequest request = { .today = day };
  g_auto(GStrv) assistants = NULL;
  g_autofree char *facility = NULL, *type = NULL, *standard = NULL, *checked_on = NULL, *lead = NULL, *source = NULL;
  const GOptionEntry entries[] = {
    { "facility", 0, 0, G_OPTION_ARG_STRING, &facility, NULL, NULL },
    { "type", 0, 0, G_OPTION_ARG_STRING, &type, NULL, NULL },
    { "standard", 0, 0, G_OPTION_ARG_STRING, &standard, NULL, NULL },
    { "checked-at", 0, 0, G_OPTION_ARG_STRING, &checked_on, NULL, NULL },
    { "lead", 0, 0, G_OPTION_ARG_STRING, &lead, NULL, NULL },
    { "assistant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &assistants, NULL, NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, NULL, NULL },
    { NULL },
  };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "new"), entries, &argc, &argv, 0, 0))
    return MC_CLI_USAGE;
  if (!facility)
    return mc_cli_fail_usage (cli, "%s", _("visit new needs --facility ID"));
  status = open_visit (cli, 0, NULL, &standards, NULL);
  if (status != MC_CLI_DONE)
    return status;
  request.facility = facility;
  request.lead = lead;
  request.assistants = (const char *const *) assistants;
  request.type = type;
  request.source = source;
  request.standard = standard;
  request.checked_on = checked_on;
  visit = mc_visits_prepare (cli->store, standards, &request, &error);
  if (!visit)
    return mc_cli_fail (cli, error);
  return save_visit (cli, NULL, visit);
}

static McCliExit
run_answer (McCli *cli, int argc, char **argv)
{
  g_autofree char *note = NULL;
  const GOptionEntry entries[] = { { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL }, { NULL } };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) answered = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "answer"), entries, &argc, &argv, 3, 3))
    return MC_CLI_USAGE;
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  answered = mc_visit_with_answer (visit, argv[2], argv[3], NULL, &error);
  if (answered && note)
    {
      g_autoptr(McVisit) noted = mc_visit_with_note (answered, argv[2], note, &error);

      mc_visit_unref (answered);
      answered = g_steal_pointer (&noted);
    }
  return answered ? save_visit (cli, visit, answered) : mc_cli_fail (cli, error);
}

/* A field's value from what was typed: by the type of its column. */
static gboolean
parse_field (const char *entity_name, const char *key, const char *text, McValue *value, GError **error)
{
  const McField *field = mc_entity_field (mc_entity_find (entity_name), key);
  const char *code;

  if (!field)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("There is no field “%s”; nothing was changed"), key);
      return FALSE;
    }
  if (field->type == MC_FIELD_CHOICE && *text)
    {
      code = mc_code_from_text (field->list, text);
      if (!code)
        {
          g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” is no %s; nothing was changed"), text, _(field->label));
          return FALSE;
        }
      mc_value_init_text (value, code);
    }
  else if (field->type == MC_FIELD_BOOLEAN)
    mc_value_init_boolean (value, strcmp (text, "true") == 0);
  else if (field->type == MC_FIELD_INTEGER)
    mc_value_init_integer (value, g_ascii_strtoll (text, NULL, 10));
  else if (*text)
    mc_value_init_text (value, text);
  return TRUE;
}

/* The words after the options: KEY=VALUE …, applied to a finding (@item) or to the visit (@item NULL). */
static McVisit *
apply_assignments (const McVisit *visit, const char *item, int n, char **assignments, GError **error)
{
  g_autoptr(McVisit) edited = mc_visit_ref ((McVisit *) visit);

  for (int i = 0; i < n; i++)
    {
      g_auto(GStrv) parts = g_strsplit (assignments[i], "=", 2);
      g_auto(McValue) value = MC_VALUE_INIT;
      McVisit *next;

      if (!parts[0] || !parts[1])
        {
          g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” is not FIELD=VALUE; nothing was changed"), assignments[i]);
          return NULL;
        }
      if (!parse_field (item ? "finding" : "visit", parts[0], parts[1], &value, error))
        return NULL;
      next = item ? mc_visit_with_finding_field (edited, item, parts[0], &value, error)
                  : mc_visit_with_field (edited, parts[0], &value, error);
      if (!next)
        return NULL;
      mc_visit_unref (edited);
      edited = next;
    }
  return g_steal_pointer (&edited);
}

static McCliExit
run_set (McCli *cli, const char *verb, int argc, char **argv)
{
  gboolean of_finding = strcmp (verb, "finding") == 0;
  int first = of_finding ? 3 : 2;
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) edited = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", verb), NULL, &argc, &argv, first, G_MAXINT))
    return MC_CLI_USAGE;
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  edited = apply_assignments (visit, of_finding ? argv[2] : NULL, argc - first, argv + first, &error);
  return edited ? save_visit (cli, visit, edited) : mc_cli_fail (cli, error);
}

static McCliExit
run_finding (McCli *cli, int argc, char **argv)
{
  return run_set (cli, "finding", argc, argv);
}

static McCliExit
run_field (McCli *cli, int argc, char **argv)
{
  return run_set (cli, "set", argc, argv);
}

/* The inspector that --as (or the store's user) stands for; NULL if that user is none. */
static char *
current_inspector (McCli *cli)
{
  const char *id = mc_store_get_user (cli->store);
  g_autoptr(McRecord) user = id && *id ? mc_store_load (cli->store, "user", id, NULL) : NULL;

  return user ? g_strdup (mc_record_get_text (user, "inspector")) : NULL;
}

static McCliExit
print_sealed (McCli *cli, const char *id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  McSealInfo *seal = mc_store_get_seal (cli->store, "visit", id, &error);

  if (!seal)
    return error ? mc_cli_fail (cli, error) : MC_CLI_DONE;
  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, id);
      json_builder_set_member_name (builder, "seal");
      json_builder_add_string_value (builder, seal->text);
      json_builder_end_object (builder);
      mc_cli_print_json (builder);
    }
  else
    g_print (_("%s  finalised; SHA-256 of the text: %s\n"), id, seal->text);
  mc_seal_info_free (seal);
  return MC_CLI_DONE;
}

static McCliExit
run_finalise (McCli *cli, int argc, char **argv)
{
  g_autofree char *day = today ();
  g_autofree char *inspector = NULL;
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "finalise"), NULL, &argc, &argv, 1, 1))
    return MC_CLI_USAGE;
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  inspector = current_inspector (cli);
  if (!mc_visits_finalise (cli->store, visit, day, inspector, &error))
    return mc_cli_fail (cli, error);
  return print_sealed (cli, argv[1]);
}

/* visit amend ID --reason R [--item CODE] FIELD=VALUE …; with --item the answer's value= and note=, else a field of its finding. */
static McVisit *
amended (const McVisit *visit, const char *item, const char *answer, int n, char **assignments, GError **error)
{
  g_autoptr(McVisit) answered = NULL;

  if (!answer)
    return apply_assignments (visit, item, n, assignments, error);
  answered = mc_visit_with_answer (visit, item, answer, NULL, error);
  return answered ? apply_assignments (answered, item, n, assignments, error) : NULL;
}

static McCliExit
run_amend (McCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL, *item = NULL, *answer = NULL, *inspector = NULL;
  g_autofree char *day = today ();
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "item", 0, 0, G_OPTION_ARG_STRING, &item, NULL, NULL },
    { "answer", 0, 0, G_OPTION_ARG_STRING, &answer, NULL, NULL },
    { NULL },
  };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) edited = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "amend"), entries, &argc, &argv, 1, G_MAXINT))
    return MC_CLI_USAGE;
  if (!reason || (answer && !item))
    return mc_cli_fail_usage (cli, "%s", _("visit amend needs --reason TEXT, and --item CODE with --answer"));
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  edited = amended (visit, item, answer, argc - 2, argv + 2, &error);
  if (!edited)
    return mc_cli_fail (cli, error);
  inspector = current_inspector (cli);
  if (!mc_visits_amend (cli->store, visit, edited, day, inspector, reason, &error))
    return mc_cli_fail (cli, error);
  return print_sealed (cli, argv[1]);
}

static void
print_row (McCli *cli, const McVisitRow *row, JsonBuilder *builder)
{
  const struct { const char *key, *value; } members[] = {
    { "id", row->id }, { "facility", row->facility }, { "facility_name", row->facility_name }, { "area", row->area_name },
    { "type", row->type }, { "checked_on", row->checked_on }, { "lead", row->lead_name }, { "result", row->result },
    { "next_deadline", row->next_deadline },
  };

  if (!builder)
    {
      g_print ("%s  %s  %s  %s  %s\n", row->id, row->checked_on, row->facility_name ? row->facility_name : "",
               mc_code_label ("visit-type", row->type),
               row->state & MC_RECORD_SEALED ? mc_code_label ("result-code", row->result) : _("draft"));
      return;
    }
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i].key);
      json_builder_add_string_value (builder, members[i].value);
    }
  json_builder_set_member_name (builder, "answered");
  json_builder_add_int_value (builder, row->answered);
  json_builder_set_member_name (builder, "open_findings");
  json_builder_add_int_value (builder, row->open_findings);
  json_builder_set_member_name (builder, "finalised");
  json_builder_add_boolean_value (builder, (row->state & MC_RECORD_SEALED) != 0);
  json_builder_end_object (builder);
}

/* Rows are read a thousand at a time: a long read would hold back the writer's checkpoints. */
static McCliExit
print_rows (McCli *cli, GArray *rowids)
{
  g_autoptr(JsonBuilder) builder = cli->json ? json_builder_new () : NULL;
  g_autoptr(GError) error = NULL;

  if (builder)
    json_builder_begin_array (builder);
  for (guint first = 0; first < rowids->len; first += 1000)
    {
      g_autoptr(GPtrArray) rows = mc_visits_load_rows (cli->store, &g_array_index (rowids, gint64, first), MIN (1000, rowids->len - first), &error);

      if (!rows)
        return mc_cli_fail (cli, error);
      for (guint i = 0; i < rows->len; i++)
        print_row (cli, g_ptr_array_index (rows, i), builder);
    }
  if (builder)
    {
      json_builder_end_array (builder);
      mc_cli_print_json (builder);
    }
  return MC_CLI_DONE;
}

static McCliExit
run_list (McCli *cli, int argc, char **argv)
{
  gboolean drafts = FALSE, finalised = FALSE;
  g_autofree char *facility = NULL;
  const GOptionEntry entries[] = {
    { "drafts", 0, 0, G_OPTION_ARG_NONE, &drafts, NULL, NULL },
    { "finalised", 0, 0, G_OPTION_ARG_NONE, &finalised, NULL, NULL },
    { "facility", 0, 0, G_OPTION_ARG_STRING, &facility, NULL, NULL },
    { NULL },
  };
  McVisitQuery query = { 0 };
  g_autoptr(GArray) rowids = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "list"), entries, &argc, &argv, 0, 0))
    return MC_CLI_USAGE;
  AUTO_STORE (MC_STORE_READ_ONLY);
  query.kind = drafts ? MC_VISIT_LIST_DRAFTS : finalised ? MC_VISIT_LIST_FINALISED : MC_VISIT_LIST_ALL;
  query.facility = facility;
  rowids = mc_visits_list (cli->store, &query, &error);
  return rowids ? print_rows (cli, rowids) : mc_cli_fail (cli, error);
}

static void
print_answers (const McVisit *visit)
{
  guint n;
  const McItem *items = mc_standard_get_items (mc_visit_get_standard (visit), &n);

  for (guint i = 0; i < n; i++)
    {
      const char *value = mc_visit_get_value (visit, items[i].code);
      const char *note = mc_visit_get_note (visit, items[i].code);

      if (value || note)
        g_print ("  %s %s: %s%s%s\n", items[i].code, items[i].text,
                 mc_standard_answer_label (mc_visit_get_standard (visit), &items[i], value), note ? "  " : "", note ? note : "");
    }
}

static void
build_parts (JsonBuilder *builder, const McVisit *visit)
{
  g_autoptr(GPtrArray) records = mc_visit_list_records (visit);

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

static void
print_gaps (const McVisit *visit, const char *day, const char *inspector)
{
  g_autoptr(GPtrArray) gaps = mc_visit_list_gaps (visit, day, inspector);

  for (guint i = 0; i < gaps->len; i++)
    {
      const McGap *gap = g_ptr_array_index (gaps, i);

      g_print ("  %s %s\n", gap->blocks ? "!" : "·", gap->text);
    }
}

static McCliExit
run_show (McCli *cli, int argc, char **argv)
{
  g_autofree char *day = today ();
  g_autofree char *inspector = NULL;
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "show"), NULL, &argc, &argv, 1, 1))
    return MC_CLI_USAGE;
  status = open_visit (cli, MC_STORE_READ_ONLY, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  if (cli->json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      mc_cli_build_record (builder, mc_visit_get_record (visit));
      build_counts (builder, visit);
      build_parts (builder, visit);
      json_builder_end_object (builder);
      mc_cli_print_json (builder);
      return MC_CLI_DONE;
    }
  mc_cli_print_record (mc_visit_get_record (visit));
  print_answers (visit);
  inspector = current_inspector (cli);
  if (!mc_visit_is_finalised (visit))
    print_gaps (visit, day, inspector);
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_visit_commands[] = {
  { "visit", "new", "--facility ID [--type T] [--standard ID] [--lead ID] [--assistant ID]… [--source S] [--checked-at D]", N_("Begin a check"), run_new },
  { "visit", "answer", "ID ITEM VALUE [--note TEXT]", N_("Answer an item"), run_answer },
  { "visit", "finding", "ID ITEM FIELD=VALUE…", N_("Describe a finding: description, way, deadline_on, severity …"), run_finding },
  { "visit", "set", "ID FIELD=VALUE…", N_("Set fields of the check itself"), run_field },
  { "visit", "finalise", "ID", N_("Finalise: seal the text, print its SHA-256"), run_finalise },
  { "visit", "amend", "ID --reason TEXT [--item CODE [--answer VALUE]] [FIELD=VALUE…]", N_("Amend a finalised check"), run_amend },
  { "visit", "list", "[--drafts|--finalised] [--facility ID]", N_("List checks, newest first"), run_list },
  { "visit", "show", "ID", N_("Show a check and what it still lacks"), run_show },
  { NULL },
};
