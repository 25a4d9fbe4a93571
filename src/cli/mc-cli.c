/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line: one table of commands, their options, output and exit codes. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "mc-config.h"
#include "registry/mc-table-reader.h"
#include "registry/mc-user.h"
#include "reports/mc-report-error.h"

static const McCliCommand *const groups[] = {
  mc_cli_setup_commands,
  mc_cli_register_commands,
  mc_cli_visit_commands,
  mc_cli_follow_up_commands,
  mc_cli_photo_commands,
  mc_cli_document_commands,
  mc_cli_output_commands,
  mc_cli_care_commands,
};

static void
print_command (FILE *out, const McCliCommand *command)
{
  fprintf (out, "  %s%s%s %s\n      %s\n", command->noun, command->verb ? " " : "", command->verb ? command->verb : "", command->synopsis, _(command->summary));
}

static void
print_usage (FILE *out)
{
  fprintf (out, "%s\n\n", _("Usage: mingcha-cli [--db FILE] [--as USER] [--pin-file FILE] [--json] COMMAND"));
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const McCliCommand *command = groups[i]; command->noun; command++)
      print_command (out, command);
  fprintf (out, "\n%s\n", _("Exit codes: 0 done, 1 the check failed, 2 usage, 3 bad input and nothing changed, 4 the database, 5 the network"));
}

static GOptionEntry *
global_entries (McCli *cli)
{
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &cli->path, N_("Database file"), N_("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &cli->as, N_("User, by name or id"), N_("USER") },
    { "pin-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->pin_file, N_("File that holds the user's PIN"), N_("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print JSON"), NULL },
    { NULL },
  };

  return g_memdup2 (entries, sizeof entries);
}

static McCliExit
fail_synopsis (McCli *cli, const McCliCommand *command)
{
  return mc_cli_fail_usage (cli, _("usage: mingcha-cli %s%s%s %s"), command->noun, command->verb ? " " : "", command->verb ? command->verb : "", command->synopsis);
}

/* GLib would say it in its own words, which are not always here in the user's language. Of what is left, the first @n_words are none of an option. */
static gboolean
parse_options (McCli *cli, GOptionContext *context, int *argc, char ***argv, int n_words)
{
  g_autoptr(GError) error = NULL;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      mc_cli_fail_usage (cli, "%s", _("an option has no value, or one that cannot be read; mingcha-cli --help lists them"));
      return FALSE;
    }
  for (int i = 1; i < *argc && i <= n_words && strcmp ((*argv)[i], "--") != 0; i++)
    if ((*argv)[i][0] == '-' && (*argv)[i][1] != '\0')
      {
        mc_cli_fail_usage (cli, _("unknown option: %s; mingcha-cli --help lists them"), (*argv)[i]);
        return FALSE;
      }
  return TRUE;
}

/* What is left are words: taken out of the way is the "--" before those that begin with a dash. */
static gboolean
tidy_arguments (McCli *cli, int *argc, char **argv)
{
  int n = 1;

  for (int i = 1; i < *argc; i++)
    if (n != i || strcmp (argv[i], "--") != 0)
      argv[n++] = argv[i];
  *argc = n;
  for (int i = 1; i < n; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        mc_cli_fail_usage (cli, _("argument %d is not text in UTF-8"), i);
        return FALSE;
      }
  return TRUE;
}

gboolean
mc_cli_parse (McCli *cli, const McCliCommand *command, const GOptionEntry *entries, int *argc, char ***argv, int min, int max)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *global = global_entries (cli);

  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, global, NULL);
  if (!parse_options (cli, context, argc, argv, G_MAXINT - 1) || !tidy_arguments (cli, argc, *argv))
    return FALSE;
  if (*argc - 1 >= min && *argc - 1 <= max)
    return TRUE;
  fail_synopsis (cli, command);
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

/* Prints @message and returns @status. */
static McCliExit
print_failure (McCli *cli, McCliExit status, const char *message)
{
  g_autoptr(JsonBuilder) builder = NULL;

  cli->failed = status;
  if (!cli->json)
    {
      g_printerr ("mingcha-cli: %s\n", message);
      return status;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_set_member_name (builder, "exit");
  json_builder_add_int_value (builder, status);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return status;
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

/* The files of a user are input as long as it is their content that is wrong, not the disk. */
static McCliExit
exit_code (const GError *error)
{
  if (error->domain == MC_STORE_ERROR)
    return store_exit_code (error->code);
  if (error->domain == MC_TABLE_ERROR)
    return error->code == MC_TABLE_ERROR_FAILED ? MC_CLI_STORE : MC_CLI_INPUT;
  if (error->domain == MC_REPORT_ERROR)
    return error->code == MC_REPORT_ERROR_FAILED ? MC_CLI_STORE : MC_CLI_INPUT;
  return error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR ? MC_CLI_STORE : MC_CLI_INPUT;
}

McCliExit
mc_cli_fail (McCli *cli, const GError *error)
{
  return print_failure (cli, exit_code (error), error->message);
}

McCliExit
mc_cli_fail_as (McCli *cli, McCliExit status, const GError *error)
{
  return print_failure (cli, status, error->message);
}

McCliExit
mc_cli_fail_usage (McCli *cli, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return print_failure (cli, MC_CLI_USAGE, message);
}

/* Whose lines the next ones are: the user of --as, else the only user there is. */
static gboolean
set_user (McCli *cli, McStoreFlags flags)
{
  g_autoptr(McUser) user = NULL;
  g_autoptr(GPtrArray) users = NULL;
  g_autoptr(GError) error = NULL;

  if (flags & MC_STORE_CREATE)
    return TRUE;
  if (cli->as)
    {
      user = mc_user_find (cli->store, cli->as, &error);
      if (user)
        mc_store_set_user (cli->store, user->id);
    }
  else
    {
      users = mc_user_list (cli->store, &error);
      if (users && users->len == 1)
        mc_store_set_user (cli->store, ((McUser *) g_ptr_array_index (users, 0))->id);
    }
  if (error)
    {
      mc_cli_fail (cli, error);
      return FALSE;
    }
  if (!users || users->len <= 1 || flags & MC_STORE_READ_ONLY)
    return TRUE;
  mc_cli_fail_usage (cli, "%s", _("this database has several users: say with --as who writes; nothing was changed"));
  return FALSE;
}

char *
mc_cli_read_pin (McCli *cli, GError **error)
{
  g_autofree char *text = NULL;

  if (!cli->pin_file)
    return NULL;
  if (g_file_get_contents (cli->pin_file, &text, NULL, NULL))
    return mc_pin_clean (text, error);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("%s cannot be read; nothing was changed"), cli->pin_file);
  return NULL;
}

static gboolean
fail_proof (McCli *cli, const char *message)
{
  g_autoptr(GError) error = g_error_new_literal (MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, message);

  mc_cli_fail (cli, error);
  return FALSE;
}

gboolean
mc_cli_prove_user (McCli *cli)
{
  const char *user = mc_store_get_user (cli->store);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GError) error = NULL;
  g_autofree char *pin = NULL, *words = NULL;
  McPinResult result = { MC_PIN_NONE, 0, 0, FALSE };

  if (!user || !*user)
    return TRUE;
  if (mc_user_look_at_pin (cli->store, user, now, &result, &error) && result.outcome != MC_PIN_NONE)
    pin = mc_cli_read_pin (cli, &error);
  if (!error && result.outcome == MC_PIN_NONE)
    return TRUE;
  if (!error && !pin)
    return fail_proof (cli, _("This user has a PIN: give the file that holds it with --pin-file FILE. Nothing was changed."));
  if (!error && mc_user_check_pin (cli->store, user, pin, now, &result, &error) && result.outcome == MC_PIN_RIGHT)
    return TRUE;
  if (!error && (words = mc_pin_result_describe (&result, now)))
    return fail_proof (cli, words);
  mc_cli_fail (cli, error);
  return FALSE;
}

gboolean
mc_cli_open (McCli *cli, McStoreFlags flags)
{
  g_autoptr(GError) error = NULL;

  if (!cli->path)
    cli->path = mc_store_default_path ();
  cli->store = mc_store_open (cli->path, flags, &error);
  if (cli->store)
    return set_user (cli, flags);
  mc_cli_fail_as (cli, MC_CLI_STORE, error);
  return FALSE;
}

char *
mc_cli_today (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* "import" alone, or with a second word that it does not have. */
static McCliExit
fail_unknown (McCli *cli, const char *noun)
{
  g_autoptr(GString) verbs = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const McCliCommand *command = groups[i]; command->noun; command++)
      if (strcmp (command->noun, noun) == 0 && command->verb)
        g_string_append_printf (verbs, "%s%s", verbs->len ? ", " : "", command->verb);
  if (verbs->len)
    return mc_cli_fail_usage (cli, _("after %s stands one of: %s"), noun, verbs->str);
  return mc_cli_fail_usage (cli, _("unknown command: %s; mingcha-cli --help lists them"), noun);
}

static int
run_command (McCli *cli, int argc, char **argv)
{
  const McCliCommand *command = mc_cli_find (argv[0], argc > 1 ? argv[1] : NULL);
  int skip;

  for (int i = 1; i < argc; i++)
    if (strcmp (argv[i], "--json") == 0)
      cli->json = TRUE;
  if (!command)
    return fail_unknown (cli, argv[0]);
  skip = command->verb ? 1 : 0;
  if (argc == skip + 2 && strcmp (argv[skip + 1], "--help") == 0)
    {
      print_command (stdout, command);
      return MC_CLI_DONE;
    }
  return command->func (cli, argc - skip, argv + skip);
}

int
mc_cli_run (int argc, char **argv)
{
  McCli cli = { NULL };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *global = global_entries (&cli);
  gboolean help = FALSE;
  gboolean version = FALSE;
  const GOptionEntry own[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, NULL, NULL },
    { NULL },
  };
  int status = MC_CLI_USAGE;

  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, own, NULL);
  g_option_context_add_main_entries (context, global, NULL);
  if (!parse_options (&cli, context, &argc, &argv, 1))
    status = MC_CLI_USAGE;
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
  g_free (cli.pin_file);
  return status;
}
