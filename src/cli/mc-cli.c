/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line: one table of commands, their options, output and exit codes. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "mc-config.h"
#include "registry/mc-setup.h"
#include "store/mc-code-list.h"

static const McCliCommand *const groups[] = {
  mc_cli_setup_commands,
  mc_cli_register_commands,
  mc_cli_visit_commands,
  mc_cli_output_commands,
  mc_cli_care_commands,
};

static void
print_usage (FILE *out)
{
  fprintf (out, "%s\n\n", _("Usage: mingcha-cli [--db FILE] [--as USER] [--json] COMMAND"));
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const McCliCommand *command = groups[i]; command->noun; command++)
        {
          g_autofree char *words = g_strjoin (" ", command->noun, command->verb ? command->verb : command->synopsis,
                                              command->verb ? command->synopsis : NULL, NULL);

          fprintf (out, "  %s\n      %s\n", words, _(command->summary));
        }
    }
  fprintf (out, "\n%s\n", _("Exit codes: 0 done, 1 the check failed, 2 usage, 3 bad input and nothing changed, 4 the database, 5 the network"));
}

static GOptionEntry *
global_entries (McCli *cli)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &cli->path, N_("Database file"), N_("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &cli->as, N_("User, by name or id"), N_("USER") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print JSON"), NULL },
    { NULL },
  };

  return g_memdup2 (entries, sizeof entries);
}

gboolean
mc_cli_parse (McCli *cli, const McCliCommand *command, const GOptionEntry *entries, int *argc, char ***argv, int min, int max)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *global = global_entries (cli);
  g_autoptr(GError) error = NULL;
  int n_left;

  g_option_context_set_help_enabled (context, FALSE);
  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, global, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      mc_cli_fail_usage (cli, "%s", error->message);
      return FALSE;
    }
  n_left = *argc - 1;
  if (n_left > 0 && strcmp ((*argv)[1], "--") == 0)
    {
      (*argv)++;
      (*argc)--;
      n_left--;
    }
  if (n_left >= min && n_left <= max)
    return TRUE;
  mc_cli_fail_usage (cli, _("usage: mingcha-cli %s %s %s"), command->noun, command->verb ? command->verb : "", command->synopsis);
  return FALSE;
}

const McCliCommand *
mc_cli_find (const char *noun, const char *verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const McCliCommand *command = groups[i]; command->noun; command++)
      if (strcmp (command->noun, noun) == 0 && (!command->verb || g_strcmp0 (command->verb, verb) == 0))
        return command;
  return NULL;
}

void
mc_cli_print_json (JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  g_print ("%s\n", text);
}

static void
print_failure (McCli *cli, const char *message)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      g_printerr ("mingcha-cli: %s\n", message);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static McCliExit
store_exit_code (int code)
{
  switch ((McStoreError) code)
    {
    case MC_STORE_ERROR_NOT_FOUND:
    case MC_STORE_ERROR_INPUT:
    case MC_STORE_ERROR_CONFLICT:
    case MC_STORE_ERROR_SEALED:
    case MC_STORE_ERROR_UNKNOWN:
    case MC_STORE_ERROR_GRAMMAR:
    case MC_STORE_ERROR_CHAIN:
      return MC_CLI_INPUT;
    case MC_STORE_ERROR_BUSY:
    case MC_STORE_ERROR_EXISTS:
    case MC_STORE_ERROR_NEWER:
    case MC_STORE_ERROR_FULL:
    case MC_STORE_ERROR_READ_ONLY:
    case MC_STORE_ERROR_CORRUPT:
    case MC_STORE_ERROR_NOT_OURS:
    case MC_STORE_ERROR_FAILED:
    default:
      return MC_CLI_STORE;
    }
}

McCliExit
mc_cli_fail (McCli *cli, const GError *error)
{
  print_failure (cli, error->message);
  return error->domain == MC_STORE_ERROR ? store_exit_code (error->code) : MC_CLI_INPUT;
}

McCliExit
mc_cli_fail_usage (McCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  print_failure (cli, message);
  return MC_CLI_USAGE;
}

/* Whose lines the next ones are: the user of --as, else the only user there is. With several, who writes must be said. */
static gboolean
set_user (McCli *cli, GError **error)
{
  g_autoptr(McUser) user = NULL;
  g_autoptr(GPtrArray) users = NULL;

  if (cli->as)
    {
      user = mc_user_find (cli->store, cli->as, error);
      if (user)
        mc_store_set_user (cli->store, user->id);
      return user != NULL;
    }
  users = mc_user_list (cli->store, error);
  if (users && users->len == 1)
    mc_store_set_user (cli->store, ((McUser *) g_ptr_array_index (users, 0))->id);
  return users != NULL;
}

gboolean
mc_cli_open (McCli *cli, McStoreFlags flags)
{
  g_autoptr(GError) error = NULL;

  if (!cli->path)
    cli->path = mc_store_default_path ();
  cli->store = mc_store_open (cli->path, flags, &error);
  if (!cli->store)
    {
      mc_cli_fail (cli, error);
      return FALSE;
    }
  if (set_user (cli, &error))
    return TRUE;
  mc_cli_fail (cli, error);
  return FALSE;
}

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
      build_value (builder, mc_record_get (record, entity->fields[i].key));
    }
}

char *
mc_cli_format_value (const McField *field, const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_BOOLEAN:
      return g_strdup (value->integer ? _("yes") : _("no"));
    case MC_VALUE_INTEGER:
      if (field->type == MC_FIELD_MONEY || field->type == MC_FIELD_HUNDREDTHS)
        return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", value->integer < 0 ? "-" : "", ABS (value->integer) / 100, (int) (ABS (value->integer) % 100));
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case MC_VALUE_TEXT:
      return g_strdup (field->type == MC_FIELD_CHOICE ? mc_code_label (field->list, value->text) : value->text);
    case MC_VALUE_SEALED:
      return g_strdup (_("(not available here)"));
    case MC_VALUE_NULL:
    default:
      return NULL;
    }
}

void
mc_cli_print_record (const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);

  g_print ("%s  %s\n", _(entity->label), mc_record_get_id (record));
  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_autofree char *text = mc_cli_format_value (&entity->fields[i], mc_record_get (record, entity->fields[i].key));

      if (text)
        g_print ("  %s: %s\n", _(entity->fields[i].label), text);
    }
}

static int
run_command (McCli *cli, int argc, char **argv)
{
  const McCliCommand *command = mc_cli_find (argv[0], argc > 1 ? argv[1] : NULL);
  int skip;

  if (!command)
    return mc_cli_fail_usage (cli, _("unknown command: %s; mingcha-cli --help lists them"), argv[0]);
  skip = command->verb ? 1 : 0;
  return command->func (cli, argc - skip, argv + skip);
}

int
mc_cli_run (int argc, char **argv)
{
  McCli cli = { NULL };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *global = global_entries (&cli);
  g_autoptr(GError) error = NULL;
  gboolean help = FALSE;
  gboolean version = FALSE;
  const GOptionEntry own[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  int status = MC_CLI_USAGE;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, own, NULL);
  g_option_context_add_main_entries (context, global, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    mc_cli_fail_usage (&cli, "%s", error->message);
  else if (version)
    status = (g_print ("mingcha-cli %s\n", MC_VERSION), MC_CLI_DONE);
  else if (help || argc < 2)
    status = (print_usage (help ? stdout : stderr), help ? MC_CLI_DONE : MC_CLI_USAGE);
  else
    status = run_command (&cli, argc - 1, argv + 1);

  if (cli.store)
    {
      mc_store_close (cli.store);
      g_clear_object (&cli.store);
    }
  g_free (cli.path);
  g_free (cli.as);
  return status;
}
