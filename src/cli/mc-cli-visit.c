/* SPDX-License-Identifier: GPL-3.0-or-later
 * Visits on the command line: new, answer, finding, finalise, amend, list, show. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "mc-cli-list.h"
#include "store/mc-code-list.h"

/* Opens store and standards, and the visit @id if it is not NULL. MC_CLI_DONE, or the exit code after the message. */
static McCliExit
open_visit (McCli *cli, McStoreFlags flags, const char *id, McStandards **standards, McVisit **visit)
{
  g_autoptr(GError) error = NULL;

  if (!mc_cli_open (cli, flags))
    return cli->failed;
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

typedef struct
{
  char *facility, *type, *standard, *checked_on, *lead, *source;
  GStrv assistants;
} NewVisit;

static void
new_visit_clear (NewVisit *self)
{
  g_free (self->facility);
  g_free (self->type);
  g_free (self->standard);
  g_free (self->checked_on);
  g_free (self->lead);
  g_free (self->source);
  g_strfreev (self->assistants);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewVisit, new_visit_clear)

/* Puts @id in place of @text; FALSE if there is none. */
static gboolean
take (char **text, char *id)
{
  if (!id)
    return FALSE;
  g_free (*text);
  *text = id;
  return TRUE;
}

/* Words become codes, a type that is none stays as it is and is refused by that word. */
static void
take_code (const char *list, char **text)
{
  const char *code = *text ? mc_code_from_text (list, *text) : NULL;

  if (code)
    take (text, g_strdup (code));
}

static gboolean
resolve_new (McCli *cli, NewVisit *new, GError **error)
{
  if (!take (&new->facility, mc_cli_find_facility (cli, new->facility, error)))
    return FALSE;
  if (new->lead && !take (&new->lead, mc_cli_find_inspector (cli, new->lead, error)))
    return FALSE;
  for (guint i = 0; new->assistants && new->assistants[i]; i++)
    if (!take (&new->assistants[i], mc_cli_find_inspector (cli, new->assistants[i], error)))
      return FALSE;
  take_code ("visit-type", &new->type);
  take_code ("visit-source", &new->source);
  return TRUE;
}

static McCliExit
begin_visit (McCli *cli, NewVisit *new)
{
  g_autofree char *day = mc_cli_today ();
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(GError) error = NULL;
  McVisitRequest request = { .today = day };
  McCliExit status = open_visit (cli, 0, NULL, &standards, NULL);

  if (status != MC_CLI_DONE)
    return status;
  if (!resolve_new (cli, new, &error))
    return mc_cli_fail (cli, error);
  request.facility = new->facility;
  request.lead = new->lead;
  request.assistants = (const char *const *) new->assistants;
  request.type = new->type;
  request.source = new->source;
  request.standard = new->standard;
  request.checked_on = new->checked_on;
  visit = mc_visits_prepare (cli->store, standards, &request, &error);
  return visit ? save_visit (cli, NULL, visit) : mc_cli_fail (cli, error);
}

static McCliExit
run_new (McCli *cli, int argc, char **argv)
{
  g_auto(NewVisit) new = { NULL };
  const GOptionEntry entries[] = {
    { "facility", 0, 0, G_OPTION_ARG_STRING, &new.facility, NULL, NULL },
    { "type", 0, 0, G_OPTION_ARG_STRING, &new.type, NULL, NULL },
    { "standard", 0, 0, G_OPTION_ARG_STRING, &new.standard, NULL, NULL },
    { "checked-at", 0, 0, G_OPTION_ARG_STRING, &new.checked_on, NULL, NULL },
    { "lead", 0, 0, G_OPTION_ARG_STRING, &new.lead, NULL, NULL },
    { "assistant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &new.assistants, NULL, NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING, &new.source, NULL, NULL },
    { NULL },
  };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "new"), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!new.facility)
    return mc_cli_fail_usage (cli, "%s", _("visit new needs --facility: an id, a credit code or a name"));
  return begin_visit (cli, &new);
}

/* The code of the answer that @text means to @item: a code, a label of the standard or of the item's own choices; @text itself if it is none of them. */
static const char *
answer_code (const McVisit *visit, const char *item_code, const char *text)
{
  McStandard *standard = mc_visit_get_standard (visit);
  const McItem *item = mc_standard_find_item (standard, item_code);
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);

  for (guint i = 0; item && i < n; i++)
    if (strcmp (answers[i].label, text) == 0 && mc_standard_check_answer (standard, item, answers[i].code, NULL))
      return answers[i].code;
  for (guint i = 0; item && i < item->n_choices; i++)
    if (strcmp (item->choices[i].label, text) == 0)
      return item->choices[i].value;
  return text;
}

static McVisit *
answered (const McVisit *visit, const char *item, const char *text, const char *note, GError **error)
{
  g_autoptr(McVisit) edited = mc_visit_with_answer (visit, item, *text ? answer_code (visit, item, text) : NULL, NULL, error);

  if (!edited || !note)
    return g_steal_pointer (&edited);
  return mc_visit_with_note (edited, item, note, error);
}

static McVisit *
section_answered (const McVisit *visit, const char *section, GError **error)
{
  guint n;
  const McSection *sections = mc_standard_get_sections (mc_visit_get_standard (visit), &n);

  for (guint i = 0; i < n; i++)
    if (strcmp (sections[i].code, section) == 0)
      return mc_visit_with_section_conform (visit, section, NULL, error);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("The standard has no section “%s”; nothing was changed"), section);
  return NULL;
}

static McCliExit
run_answer (McCli *cli, int argc, char **argv)
{
  g_autofree char *note = NULL, *section = NULL;
  const GOptionEntry entries[] = {
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { "section", 0, 0, G_OPTION_ARG_STRING, &section, NULL, NULL },
    { NULL },
  };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) edited = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "answer"), entries, &argc, &argv, 1, 3))
    return cli->failed;
  if (argc != (section ? 2 : 4) || (section && note))
    return mc_cli_fail_usage (cli, "%s", _("visit answer needs ID ITEM VALUE, or ID --section CODE"));
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  edited = section ? section_answered (visit, section, &error) : answered (visit, argv[2], argv[3], note, &error);
  return edited ? save_visit (cli, visit, edited) : mc_cli_fail (cli, error);
}

/* A field of a check or a finding from what was typed. */
static gboolean
parse_field (McCli *cli, const char *entity_name, const char *key, const char *text, McValue *value, GError **error)
{
  const McField *field = mc_entity_field (mc_entity_find (entity_name), key);

  if (field)
    return mc_cli_parse_value (cli, field, text, value, error);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("There is no field “%s”; nothing was changed"), key);
  return FALSE;
}

/* The words after the options: KEY=VALUE …, applied to a finding (@item) or to the visit (@item NULL). */
static McVisit *
apply_assignments (McCli *cli, const McVisit *visit, const char *item, int n, char **assignments, GError **error)
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
      if (!parse_field (cli, item ? "finding" : "visit", parts[0], parts[1], &value, error))
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
    return cli->failed;
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  edited = apply_assignments (cli, visit, of_finding ? argv[2] : NULL, argc - first, argv + first, &error);
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
  g_autofree char *day = mc_cli_today ();
  g_autofree char *inspector = NULL;
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "finalise"), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  if (!mc_cli_prove_user (cli))
    return cli->failed;
  inspector = current_inspector (cli);
  if (!mc_visits_finalise (cli->store, visit, day, inspector, &error))
    return mc_cli_fail (cli, error);
  return print_sealed (cli, argv[1]);
}

/* --answer sets the answer of the item; FIELD=VALUE are of its finding, without --item of the check. */
static McVisit *
amended (McCli *cli, const McVisit *visit, const char *item, const char *answer, const char *note, int n, char **assignments, GError **error)
{
  g_autoptr(McVisit) answer_amended = answer ? answered (visit, item, answer, NULL, error) : mc_visit_ref ((McVisit *) visit);
  g_autoptr(McVisit) note_amended = NULL;

  if (!answer_amended)
    return NULL;
  note_amended = note ? mc_visit_with_note (answer_amended, item, note, error) : mc_visit_ref (answer_amended);
  return note_amended ? apply_assignments (cli, note_amended, item, n, assignments, error) : NULL;
}

static McCliExit
run_amend (McCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL, *item = NULL, *answer = NULL, *note = NULL, *inspector = NULL;
  g_autofree char *day = mc_cli_today ();
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "item", 0, 0, G_OPTION_ARG_STRING, &item, NULL, NULL },
    { "answer", 0, 0, G_OPTION_ARG_STRING, &answer, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, NULL, NULL },
    { NULL },
  };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) edited = NULL;
  g_autoptr(GError) error = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "amend"), entries, &argc, &argv, 1, G_MAXINT))
    return cli->failed;
  if (!reason || ((answer || note) && !item))
    return mc_cli_fail_usage (cli, "%s", _("visit amend needs --reason TEXT, and --item CODE with --answer and --note"));
  status = open_visit (cli, 0, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  if (!mc_cli_prove_user (cli))
    return cli->failed;
  edited = amended (cli, visit, item, answer, note, argc - 2, argv + 2, &error);
  if (!edited)
    return mc_cli_fail (cli, error);
  inspector = current_inspector (cli);
  if (!mc_visits_amend (cli->store, visit, edited, day, inspector, reason, &error))
    return mc_cli_fail (cli, error);
  return print_sealed (cli, argv[1]);
}

static void
add_row (McCliList *list, const McVisitRow *row)
{
  gboolean finalised = (row->state & MC_RECORD_SEALED) != 0;
  const McCliCell cells[] = {
    { "id", MC_CLI_TEXT, row->id, 0, row->id },
    { "checked_on", MC_CLI_TEXT, row->checked_on, 0, row->checked_on ? row->checked_on : "" },
    { "facility", MC_CLI_TEXT, row->facility, 0, NULL },
    { "facility_name", MC_CLI_TEXT, row->facility_name, 0, row->facility_name ? row->facility_name : "" },
    { "area", MC_CLI_TEXT, row->area_name, 0, NULL },
    { "type", MC_CLI_TEXT, row->type, 0, mc_code_label ("visit-type", row->type) },
    { "lead", MC_CLI_TEXT, row->lead_name, 0, row->lead_name ? row->lead_name : "" },
    { "result", MC_CLI_TEXT, row->result, 0, finalised ? mc_code_label ("result-code", row->result) : _("draft") },
    { "next_deadline", MC_CLI_TEXT, row->next_deadline, 0, NULL },
    { "answered", MC_CLI_NUMBER, NULL, row->answered, NULL },
    { "open_findings", MC_CLI_NUMBER, NULL, row->open_findings, NULL },
    { "finalised", MC_CLI_BOOLEAN, NULL, finalised, NULL },
  };

  mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
}

/* Rows are read some hundred at a time: a long read would hold back the writer's checkpoints. */
static McCliExit
print_rows (McCli *cli, GArray *rowids)
{
  g_autoptr(McCliList) list = mc_cli_list_new (cli);
  g_autoptr(GError) error = NULL;

  for (guint first = 0; first < rowids->len; first += 500)
    {
      g_autoptr(GPtrArray) rows = mc_visits_load_rows (cli->store, &g_array_index (rowids, gint64, first), MIN (500, rowids->len - first), &error);

      if (!rows)
        return mc_cli_fail (cli, error);
      for (guint i = 0; i < rows->len; i++)
        add_row (list, g_ptr_array_index (rows, i));
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
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  if (facility && !take (&facility, mc_cli_find_facility (cli, facility, &error)))
    return mc_cli_fail (cli, error);
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
print_findings (McCli *cli, const McVisit *visit)
{
  g_autoptr(GPtrArray) findings = mc_visit_list_findings (visit, FALSE);

  for (guint i = 0; i < findings->len; i++)
    mc_cli_print_record (cli, g_ptr_array_index (findings, i));
}

static void
print_visit_json (const McVisit *visit)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(GPtrArray) records = mc_visit_list_records (visit);

  json_builder_begin_object (builder);
  mc_cli_build_record (builder, mc_visit_get_record (visit));
  build_counts (builder, visit);
  mc_cli_build_parts (builder, records);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
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
  g_autofree char *day = mc_cli_today ();
  g_autofree char *inspector = NULL;
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  McCliExit status;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "show"), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  status = open_visit (cli, MC_STORE_READ_ONLY, argv[1], &standards, &visit);
  if (status != MC_CLI_DONE)
    return status;
  if (cli->json)
    {
      print_visit_json (visit);
      return MC_CLI_DONE;
    }
  mc_cli_print_record (cli, mc_visit_get_record (visit));
  print_answers (visit);
  print_findings (cli, visit);
  inspector = current_inspector (cli);
  if (!mc_visit_is_finalised (visit))
    print_gaps (visit, day, inspector);
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_visit_commands[] = {
  { "visit", "new", "--facility ID|NAME [--type T] [--standard ID] [--lead NAME] [--assistant NAME]… [--source S] [--checked-at DATE]", N_("Begin a check"), run_new },
  { "visit", "answer", "ID ITEM VALUE [--note TEXT] | ID --section CODE", N_("Answer an item, or what is left of a section with: conform"), run_answer },
  { "visit", "finding", "ID ITEM FIELD=VALUE…", N_("Describe a finding: description, way, deadline_on, severity …"), run_finding },
  { "visit", "set", "ID FIELD=VALUE…", N_("Set fields of the check itself"), run_field },
  { "visit", "finalise", "ID", N_("Finalise: seal the text, print its SHA-256"), run_finalise },
  { "visit", "amend", "ID --reason TEXT [--item CODE [--answer VALUE] [--note TEXT]] [FIELD=VALUE…]", N_("Amend a finalised check"), run_amend },
  { "visit", "list", "[--drafts|--finalised] [--facility ID|NAME]", N_("List checks, newest first"), run_list },
  { "visit", "show", "ID", N_("Show a check and what it still lacks"), run_show },
  { NULL },
};
