/* SPDX-License-Identifier: GPL-3.0-or-later
 * What comes after and beside a check on the command line: re-check, follow-up, authorities that take part. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-follow-ups.h"
#include "inspections/mc-visits.h"
#include "mc-cli-list.h"
#include "registry/mc-authority.h"
#include "store/mc-code-list.h"

/* --- a re-check -------------------------------------------------------------------------------------------- */

static McCliExit
print_new (McCli *cli, const McVisit *visit)
{
  g_autoptr(McOutcome) outcome = mc_visit_evaluate (visit);
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      g_print (_("%s  %u of %u items answered, %u not conforming\n"), mc_visit_get_id (visit), outcome->total.items - outcome->total.unanswered,
               outcome->total.items, outcome->total.nonconform);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, mc_visit_get_id (visit));
  json_builder_set_member_name (builder, "answered");
  json_builder_add_int_value (builder, outcome->total.items - outcome->total.unanswered);
  json_builder_set_member_name (builder, "items");
  json_builder_add_int_value (builder, outcome->total.items);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_recheck (McCli *cli, int argc, char **argv)
{
  g_autofree char *checked_on = NULL;
  g_autofree char *day = mc_cli_today ();
  const GOptionEntry entries[] = { { "checked-at", 0, 0, G_OPTION_ARG_STRING, &checked_on, NULL, NULL }, { NULL } };
  McVisitRequest request = { .today = day };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McRecord) base = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "recheck"), entries, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  standards = mc_standards_load (cli->store, &error);
  base = standards ? mc_store_load (cli->store, "visit", argv[1], &error) : NULL;
  if (!base)
    return mc_cli_fail (cli, error);
  request.facility = mc_record_get_text (base, "facility");
  request.recheck_of = argv[1];
  request.checked_on = checked_on;
  visit = mc_visits_prepare (cli->store, standards, &request, &error);
  if (!visit || !mc_visits_save (cli->store, NULL, visit, &error))
    return mc_cli_fail (cli, error);
  return print_new (cli, visit);
}

/* --- follow-ups -------------------------------------------------------------------------------------------- */

typedef struct
{
  char *until, *reason, *approved_by, *to, *on, *due, *number, *text, *result, *note;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->until);
  g_free (self->reason);
  g_free (self->approved_by);
  g_free (self->to);
  g_free (self->on);
  g_free (self->due);
  g_free (self->number);
  g_free (self->text);
  g_free (self->result);
  g_free (self->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static McCliExit
print_follow_up (McCli *cli, const McRecord *follow_up)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      mc_cli_print_record (cli, follow_up);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mc_cli_build_record (builder, follow_up);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

/* The follow-up of @item of the check @visit; NULL and *error if there is none. Caller frees. */
static McRecord *
find_follow_up (McCli *cli, const char *visit, const char *item, GError **error)
{
  g_autoptr(GPtrArray) list = NULL;
  g_autoptr(McRecord) record = mc_store_load (cli->store, "visit", visit, error);

  if (!record)
    return NULL;
  list = mc_follow_ups_load (cli->store, visit, error);
  if (!list)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (mc_record_get_text (g_ptr_array_index (list, i), "item"), item) == 0)
      return mc_record_copy (g_ptr_array_index (list, i));
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
               _("Nothing of item “%s” of this check is followed up: it has no finding, or the check is not finalised; nothing was changed"), item);
  return NULL;
}

static McRecord *
edit (const McRecord *follow_up, const char *verb, const Words *words, const char *today, GError **error)
{
  const char *on = words->on ? words->on : today;
  const char *result = words->result ? mc_code_from_text ("follow-up-result", words->result) : NULL;

  if (strcmp (verb, "extend") == 0)
    return mc_follow_up_extend (follow_up, words->until, words->reason, words->approved_by, error);
  if (strcmp (verb, "refer") == 0)
    return mc_follow_up_refer (follow_up, words->to, on, words->due, today, error);
  if (strcmp (verb, "reply") == 0)
    return mc_follow_up_reply (follow_up, on, words->number, words->text, today, error);
  return mc_follow_up_close (follow_up, result ? result : words->result, on, words->note, today, error);
}

static gboolean
is_verb (const char *word)
{
  static const char *const verbs[] = { "extend", "refer", "reply", "close", NULL };

  return g_strv_contains (verbs, word);
}

static McCliExit
show_follow_up (McCli *cli, const char *visit, const char *item)
{
  g_autoptr(McRecord) follow_up = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  follow_up = find_follow_up (cli, visit, item, &error);
  return follow_up ? print_follow_up (cli, follow_up) : mc_cli_fail (cli, error);
}

static McCliExit
change_follow_up (McCli *cli, const char *visit, const char *item, const char *verb, const Words *words)
{
  g_autofree char *today = mc_cli_today ();
  g_autoptr(McRecord) follow_up = NULL;
  g_autoptr(McRecord) edited = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_open (cli, 0))
    return cli->failed;
  follow_up = find_follow_up (cli, visit, item, &error);
  edited = follow_up ? edit (follow_up, verb, words, today, &error) : NULL;
  if (!edited || !mc_store_save (cli->store, follow_up, edited, &error))
    return mc_cli_fail (cli, error);
  return print_follow_up (cli, edited);
}

static McCliExit
run_follow_up (McCli *cli, int argc, char **argv)
{
  g_auto(Words) words = { NULL };
  const GOptionEntry entries[] = {
    { "until", 0, 0, G_OPTION_ARG_STRING, &words.until, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &words.reason, NULL, NULL },
    { "approved-by", 0, 0, G_OPTION_ARG_STRING, &words.approved_by, NULL, NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &words.to, NULL, NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &words.on, NULL, NULL },
    { "reply-due", 0, 0, G_OPTION_ARG_STRING, &words.due, NULL, NULL },
    { "number", 0, 0, G_OPTION_ARG_STRING, &words.number, NULL, NULL },
    { "text", 0, 0, G_OPTION_ARG_STRING, &words.text, NULL, NULL },
    { "result", 0, 0, G_OPTION_ARG_STRING, &words.result, NULL, NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &words.note, NULL, NULL },
    { NULL },
  };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "follow-up"), entries, &argc, &argv, 2, 3))
    return cli->failed;
  if (argc == 3)
    return show_follow_up (cli, argv[1], argv[2]);
  if (!is_verb (argv[3]))
    return mc_cli_fail_usage (cli, _("“%s” is none of extend, refer, reply, close"), argv[3]);
  return change_follow_up (cli, argv[1], argv[2], argv[3], &words);
}

/* --- follow-ups of all checks ------------------------------------------------------------------------------ */

static void
add_row (McCliList *list, const McFollowUpRow *row)
{
  const McCliCell cells[] = {
    { "id", MC_CLI_TEXT, row->id, 0, NULL },
    { "visit", MC_CLI_TEXT, row->visit, 0, row->visit },
    { "item", MC_CLI_TEXT, row->item, 0, row->item },
    { "due_on", MC_CLI_TEXT, row->due_on, 0, row->due_on ? row->due_on : "" },
    { "facility", MC_CLI_TEXT, row->facility, 0, NULL },
    { "facility_name", MC_CLI_TEXT, row->facility_name, 0, row->facility_name ? row->facility_name : "" },
    { "way", MC_CLI_TEXT, row->way, 0, mc_code_label ("finding-way", row->way) },
    { "description", MC_CLI_TEXT, row->description, 0, row->description ? row->description : "" },
    { "closed_on", MC_CLI_TEXT, row->closed_on, 0, NULL },
    { "closed_result", MC_CLI_TEXT, row->closed_result, 0, row->closed_result ? mc_code_label ("follow-up-result", row->closed_result) : "" },
  };

  mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
}

static McCliExit
run_follow_ups (McCli *cli, int argc, char **argv)
{
  gboolean overdue = FALSE, closed = FALSE;
  g_autofree char *today = mc_cli_today ();
  const GOptionEntry entries[] = {
    { "overdue", 0, 0, G_OPTION_ARG_NONE, &overdue, NULL, NULL },
    { "closed", 0, 0, G_OPTION_ARG_NONE, &closed, NULL, NULL },
    { NULL },
  };
  McFollowUpQuery query = { .today = today };
  g_autoptr(McFollowUpList) found = NULL;
  g_autoptr(McCliList) list = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "follow-ups"), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  query.kind = closed ? MC_FOLLOW_UPS_CLOSED : overdue ? MC_FOLLOW_UPS_OVERDUE : MC_FOLLOW_UPS_OPEN;
  found = mc_follow_ups_list (cli->store, &query, &error);
  if (!found)
    return mc_cli_fail (cli, error);
  list = mc_cli_list_new (cli);
  for (guint i = 0; i < found->rows->len; i++)
    add_row (list, g_ptr_array_index (found->rows, i));
  return MC_CLI_DONE;
}

/* --- authorities that take part ---------------------------------------------------------------------------- */

static gboolean
resolve_inspector (McCli *cli, char **text, GPtrArray *known, GError **error)
{
  char *id = mc_cli_find_inspector (cli, *text, error);
  McRecord *record = id ? mc_store_load (cli->store, "inspector", id, error) : NULL;

  if (!record)
    {
      g_free (id);
      return FALSE;
    }
  g_free (*text);
  *text = id;
  g_ptr_array_add (known, record);
  return TRUE;
}

/* The authority that @text names: an id, or its full or short name. */
static McRecord *
load_authority (McCli *cli, const char *text, GError **error)
{
  g_autoptr(GPtrArray) list = mc_authority_list (cli->store, error);
  const McAuthority *found;

  if (!list)
    return NULL;
  found = mc_authority_find (list, text) ? mc_authority_find (list, text) : mc_authority_find_name (list, text);
  if (found)
    return mc_store_load (cli->store, "authority", found->id, error);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("There is no authority “%s”; nothing was changed"), text);
  return NULL;
}

static McVisit *
with_party (McCli *cli, const McVisit *visit, const char *authority, char **lead, GStrv assistants, GError **error)
{
  g_autoptr(McRecord) record = load_authority (cli, authority, error);
  g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);

  if (!record || (*lead && !resolve_inspector (cli, lead, known, error)))
    return NULL;
  for (guint i = 0; assistants && assistants[i]; i++)
    if (!resolve_inspector (cli, &assistants[i], known, error))
      return NULL;
  return mc_visit_with_party (visit, record, *lead, (const char *const *) assistants, known, error);
}

static McVisit *
without_party (McCli *cli, const McVisit *visit, const char *authority, const char *reason, GError **error)
{
  g_autoptr(McRecord) record = load_authority (cli, authority, error);

  return record ? mc_visit_without_party (visit, mc_record_get_id (record), reason, error) : NULL;
}

static McCliExit
run_party (McCli *cli, int argc, char **argv)
{
  g_autofree char *lead = NULL, *reason = NULL;
  g_auto(GStrv) assistants = NULL;
  const GOptionEntry entries[] = {
    { "lead", 0, 0, G_OPTION_ARG_STRING, &lead, NULL, NULL },
    { "assistant", 0, 0, G_OPTION_ARG_STRING_ARRAY, &assistants, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr(McStandards) standards = NULL;
  g_autoptr(McVisit) visit = NULL;
  g_autoptr(McVisit) edited = NULL;
  g_autoptr(GError) error = NULL;
  gboolean adds;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "party"), entries, &argc, &argv, 3, 3))
    return cli->failed;
  adds = strcmp (argv[2], "add") == 0;
  if (!adds && strcmp (argv[2], "remove") != 0)
    return mc_cli_fail_usage (cli, _("“%s” is neither add nor remove"), argv[2]);
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  standards = mc_standards_load (cli->store, &error);
  visit = standards ? mc_visits_load (cli->store, standards, argv[1], &error) : NULL;
  if (!visit)
    return mc_cli_fail (cli, error);
  edited = adds ? with_party (cli, visit, argv[3], &lead, assistants, &error) : without_party (cli, visit, argv[3], reason, &error);
  if (!edited || !mc_visits_save (cli->store, visit, edited, &error))
    return mc_cli_fail (cli, error);
  return print_new (cli, edited);
}

const McCliCommand mc_cli_follow_up_commands[] = {
  { "visit", "recheck", "ID [--checked-at DATE]", N_("Begin a re-check of what a finalised check left open"), run_recheck },
  { "visit", "follow-up",
    "ID ITEM [extend --until DATE --reason TEXT --approved-by NAME | refer --to NAME [--on DATE] [--reply-due DATE]"
    " | reply --text TEXT [--on DATE] [--number NO] | close --result R [--on DATE] [--note TEXT]]",
    N_("Show what became of a finding, or record more time, a referral, its reply, its end"), run_follow_up },
  { "visit", "follow-ups", "[--overdue|--closed]", N_("List what is followed up, what is due first"), run_follow_ups },
  { "visit", "party", "ID add AUTHORITY [--lead NAME] [--assistant NAME]… | ID remove AUTHORITY --reason TEXT", N_("Let another authority take part in a check, or no longer"), run_party },
  { NULL },
};
