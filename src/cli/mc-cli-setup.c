/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run, and import with its undo. */
#include "mc-cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "registry/mc-import.h"
#include "registry/mc-user.h"
#include "standards/mc-standards.h"
#include "store/mc-code-list.h"

/* A first run that failed leaves no database behind: it was made by this call and nobody has seen it. */
static void
remove_new_database (McCli *cli)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

  mc_store_close (cli->store);
  g_clear_object (&cli->store);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (cli->path, endings[i], NULL);

      if (g_unlink (file) != 0 && errno != ENOENT)
        g_printerr (_("mingcha-cli: %s could not be removed\n"), file);
    }
}

static McCliExit
set_up (McCli *cli, const McSetupOptions *options, gboolean samples)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *user = NULL, *pin = mc_cli_read_pin (cli, &error);

  if (error || !mc_setup_check (options, &error))
    return mc_cli_fail (cli, error);
  if (!mc_cli_open (cli, MC_STORE_CREATE))
    return cli->failed;
  user = mc_setup_run (cli->store, options, &error);
  if (!user || (pin && !mc_user_set_pin (cli->store, user, NULL, pin, FALSE, g_get_real_time () / G_USEC_PER_SEC, &error))
      || (samples && !mc_setup_samples (cli->store, &error)))
    {
      remove_new_database (cli);
      return mc_cli_fail (cli, error);
    }
  if (!cli->json)
    {
      g_print (_("%s is ready; user %s\n"), cli->path, options->user_name);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "db");
  json_builder_add_string_value (builder, cli->path);
  json_builder_set_member_name (builder, "user");
  json_builder_add_string_value (builder, user);
  json_builder_set_member_name (builder, "device");
  json_builder_add_string_value (builder, mc_store_get_device (cli->store));
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_init (McCli *cli, int argc, char **argv)
{
  g_autofree char *area = NULL, *user = NULL, *role = NULL, *authority = NULL, *kind = NULL;
  gboolean samples = FALSE;
  const GOptionEntry entries[] = {
    { "area", 0, 0, G_OPTION_ARG_STRING, &area, NULL, NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL },
    { "authority", 0, 0, G_OPTION_ARG_STRING, &authority, NULL, NULL },
    { "authority-kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL },
    { "samples", 0, 0, G_OPTION_ARG_NONE, &samples, NULL, NULL },
    { NULL },
  };
  McSetupOptions options;

  if (!mc_cli_parse (cli, mc_cli_find ("init", NULL), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!area || !user || !role)
    return mc_cli_fail_usage (cli, "%s", _("init needs --area CODE, --user NAME and --role ROLE"));
  if (cli->as)
    return mc_cli_fail_usage (cli, "%s", _("init makes the first user itself: leave --as out"));
  options = (McSetupOptions) { .area_code = area, .authority_name = authority, .authority_kind = kind, .user_name = user, .role = role };
  return set_up (cli, &options, samples);
}

/* --- import ------------------------------------------------------------------------------------------------ */

static void
build_messages (JsonBuilder *builder, McImportPlan *plan, McImportOutcome outcome)
{
  GPtrArray *messages = mc_import_plan_get_messages (plan);

  json_builder_begin_array (builder);
  for (guint i = 0; i < messages->len; i++)
    {
      const McImportMessage *message = g_ptr_array_index (messages, i);

      if (message->outcome != outcome)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "row");
      json_builder_add_int_value (builder, (gint64) message->row);
      json_builder_set_member_name (builder, "column");
      json_builder_add_string_value (builder, message->column_title);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Field → rows that cannot be taken because they do not say it. */
static void
build_missing (JsonBuilder *builder, McImportPlan *plan)
{
  const McField *const *fields = mc_import_fields (mc_import_plan_get_mapping (plan)->kind);

  json_builder_set_member_name (builder, "missing");
  json_builder_begin_object (builder);
  for (guint i = 0; fields[i]; i++)
    if (mc_import_plan_count_missing (plan, fields[i]) > 0)
      {
        json_builder_set_member_name (builder, fields[i]->key);
        json_builder_add_int_value (builder, (gint64) mc_import_plan_count_missing (plan, fields[i]));
      }
  json_builder_end_object (builder);
}

static const struct { McImportOutcome outcome; const char *key; const char *label; } outcomes[] = {
  { MC_IMPORT_CREATED, "created", N_("new") },
  { MC_IMPORT_UPDATED, "updated", N_("updated") },
  { MC_IMPORT_UNCHANGED, "unchanged", N_("unchanged") },
  { MC_IMPORT_UNSURE, "unsure", N_("to be confirmed") },
  { MC_IMPORT_REJECTED, "rejected", N_("rejected") },
};

static void
print_plan_json (McImportPlan *plan, const char *batch, const char *message)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      json_builder_set_member_name (builder, outcomes[i].key);
      if (outcomes[i].outcome == MC_IMPORT_REJECTED)
        build_messages (builder, plan, MC_IMPORT_REJECTED);
      else
        json_builder_add_int_value (builder, (gint64) mc_import_plan_count (plan, outcomes[i].outcome));
    }
  json_builder_set_member_name (builder, "n_rejected");
  json_builder_add_int_value (builder, (gint64) mc_import_plan_count (plan, MC_IMPORT_REJECTED));
  build_missing (builder, plan);
  json_builder_set_member_name (builder, "batch");
  json_builder_add_string_value (builder, batch);
  if (message)
    {
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, message);
    }
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static void
print_plan (McImportPlan *plan)
{
  GPtrArray *messages = mc_import_plan_get_messages (plan);

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_print ("%s %" G_GUINT64_FORMAT "%s", _(outcomes[i].label), mc_import_plan_count (plan, outcomes[i].outcome),
             i + 1 < G_N_ELEMENTS (outcomes) ? "  " : "\n");
  for (guint i = 0; i < messages->len; i++)
    {
      const McImportMessage *message = g_ptr_array_index (messages, i);

      if (message->outcome == MC_IMPORT_SKIPPED)
        continue;
      if (message->column_title)
        g_print (_("row %u, column “%s”: %s\n"), (guint) message->row, message->column_title, message->message);
      else
        g_print (_("row %u: %s\n"), (guint) message->row, message->message);
    }
  if (mc_import_plan_get_n_messages (plan) > messages->len)
    g_print (_("… and %u more; --report FILE writes all of them\n"), (guint) (mc_import_plan_get_n_messages (plan) - messages->len));
}

/* What may follow --set FIELD=. */
static void
print_values (const McField *field)
{
  const McCode *const *codes = field->type == MC_FIELD_CHOICE ? mc_code_list (field->list) : NULL;

  for (guint i = 0; codes && codes[i]; i++)
    g_print ("%s%s (%s)", i > 0 ? _(", ") : "  ", codes[i]->code, codes[i]->label);
  if (codes)
    g_print ("\n");
}

/* What no row says is asked once. */
static void
print_missing (McImportPlan *plan)
{
  const McField *const *fields = mc_import_fields (mc_import_plan_get_mapping (plan)->kind);

  for (guint i = 0; fields[i]; i++)
    {
      guint64 n = strcmp (fields[i]->key, "name") == 0 ? 0 : mc_import_plan_count_missing (plan, fields[i]);

      if (n == 0)
        continue;
      g_print (g_dngettext (NULL, "%llu row does not say “%s”. Add the column, or say it for all rows that leave it empty: --set %s=VALUE\n",
                            "%llu rows do not say “%s”. Add the column, or say it for all rows that leave it empty: --set %s=VALUE\n", (gulong) n),
               (unsigned long long) n, _(fields[i]->label), fields[i]->key);
      print_values (fields[i]);
    }
}

/* "FIELD=VALUE" of --set as maps, after those of --map. */
static char **
join_maps (char **maps, char **settings)
{
  g_autoptr(GPtrArray) joined = g_ptr_array_new ();

  for (guint i = 0; maps && maps[i]; i++)
    g_ptr_array_add (joined, g_strdup (maps[i]));
  for (guint i = 0; settings && settings[i]; i++)
    {
      const char *equals = strchr (settings[i], '=');

      g_ptr_array_add (joined, equals ? g_strdup_printf ("=%s=%.*s", equals + 1, (int) (equals - settings[i]), settings[i]) : g_strdup (settings[i]));
    }
  g_ptr_array_add (joined, NULL);
  return (char **) g_ptr_array_steal (joined, NULL);
}

static McCliExit
finish_import (McCli *cli, McImportPlan *plan, gboolean dry_run, gboolean good_rows, gboolean accepted, const char *report)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *batch = NULL;
  guint64 rejected = mc_import_plan_count (plan, MC_IMPORT_REJECTED);
  McCliExit status = MC_CLI_DONE;

  if (report && !mc_import_plan_write_report (plan, report, &error))
    return mc_cli_fail (cli, error);
  if (!dry_run && (rejected == 0 || good_rows))
    {
      batch = mc_import_apply (plan, good_rows ? MC_IMPORT_GOOD_ROWS : 0, NULL, NULL, NULL, &error);
      if (!batch)
        return mc_cli_fail (cli, error);
    }
  if (rejected > 0 && !good_rows)
    status = MC_CLI_INPUT;
  if (cli->json)
    {
      print_plan_json (plan, batch, status == MC_CLI_INPUT ? _("Nothing was imported: there are rows that cannot be taken") : NULL);
      return status;
    }
  print_plan (plan);
  print_missing (plan);
  if (mc_import_plan_count (plan, MC_IMPORT_UNSURE) > 0 && !accepted)
    g_print ("%s\n", _("Rows to be confirmed are left out; --accept-renames takes them for the records that they resemble."));
  if (dry_run)
    g_print ("%s\n", _("A dry run: nothing was changed."));
  else if (status == MC_CLI_INPUT)
    g_printerr ("mingcha-cli: %s\n", _("Nothing was imported: there are rows that cannot be taken. Correct them, or use --good-rows to take the others."));
  return status;
}

static McCliExit
import_table (McCli *cli, McImportKind kind, int argc, char **argv)
{
  gboolean dry_run = FALSE, good_rows = FALSE, accept_renames = FALSE;
  int sheet = 0;
  g_auto(GStrv) maps = NULL, settings = NULL, all_maps = NULL;
  g_autofree char *report = NULL, *encoding = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL },
    { "good-rows", 0, 0, G_OPTION_ARG_NONE, &good_rows, NULL, NULL },
    { "accept-renames", 0, 0, G_OPTION_ARG_NONE, &accept_renames, NULL, NULL },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &maps, NULL, NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &settings, NULL, NULL },
    { "sheet", 0, 0, G_OPTION_ARG_INT, &sheet, NULL, NULL },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &report, NULL, NULL },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding, NULL, NULL },
    { NULL },
  };
  McImportOptions options = { .kind = kind };
  g_autoptr(GError) error = NULL;
  g_autoptr(McImportPlan) plan = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("import", kind == MC_IMPORT_FACILITIES ? "facilities" : "inspectors"), entries, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, dry_run ? MC_STORE_READ_ONLY : 0))
    return cli->failed;
  if (sheet < 0)
    return mc_cli_fail_usage (cli, "%s", _("--sheet counts from 1"));
  for (guint i = 0; settings && settings[i]; i++)
    if (!strchr (settings[i], '=') || *settings[i] == '=')
      return mc_cli_fail_usage (cli, _("--set needs FIELD=VALUE, not “%s”"), settings[i]);
  options.path = argv[1];
  options.sheet = sheet > 0 ? sheet - 1 : -1;
  all_maps = join_maps (maps, settings);
  options.maps = (const char *const *) all_maps;
  options.encoding = encoding;
  plan = mc_import_plan_new (cli->store, &options, NULL, NULL, NULL, &error);
  if (!plan)
    return mc_cli_fail (cli, error);
  if (accept_renames)
    mc_import_plan_decide (plan, 0, MC_IMPORT_SAME);
  return finish_import (cli, plan, dry_run, good_rows, accept_renames, report);
}

static McCliExit
run_import_facilities (McCli *cli, int argc, char **argv)
{
  return import_table (cli, MC_IMPORT_FACILITIES, argc, argv);
}

static McCliExit
run_import_inspectors (McCli *cli, int argc, char **argv)
{
  return import_table (cli, MC_IMPORT_INSPECTORS, argc, argv);
}

/* --- standards -------------------------------------------------------------------------------------------- */

/* At most one byte more than a standard may have: that one is then refused by its size. */
static GBytes *
read_document (const char *path, GError **error)
{
  g_autofree guint8 *data = g_malloc (MC_STANDARD_MAX_BYTES + 1);
  FILE *file = g_fopen (path, "rb");
  gsize n = file ? fread (data, 1, MC_STANDARD_MAX_BYTES + 1, file) : 0;
  gboolean failed = !file || ferror (file);

  if (file)
    fclose (file);
  if (!failed)
    return g_bytes_new_take (g_steal_pointer (&data), n);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("%s cannot be read; nothing was changed"), path);
  return NULL;
}

/* The user's authority answers for a standard. */
static McRecord *
load_user (McCli *cli, GError **error)
{
  const char *id = mc_store_get_user (cli->store);

  if (id && *id)
    return mc_store_load (cli->store, "user", id, error);
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("This database has no user yet; nothing was changed"));
  return NULL;
}

static void
print_standard (McCli *cli, McStandard *standard)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      g_print ("%s  %s  %s\n", mc_standard_get_version_id (standard), mc_standard_get_title (standard), mc_standard_get_version (standard));
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, mc_standard_get_version_id (standard));
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, mc_standard_get_key (standard));
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, mc_standard_get_title (standard));
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static McCliExit
run_import_standard (McCli *cli, int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) document = NULL;
  g_autoptr(McRecord) user = NULL;
  g_autoptr(McStandard) standard = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("import", "standard"), NULL, &argc, &argv, 1, 1) || !mc_cli_open (cli, 0))
    return cli->failed;
  document = read_document (argv[1], &error);
  user = document ? load_user (cli, &error) : NULL;
  if (user)
    standard = mc_standards_import (cli->store, document, mc_record_get_text (user, "authority"), mc_record_get_text (user, "area"), &error);
  if (!standard)
    return mc_cli_fail (cli, error);
  print_standard (cli, standard);
  return MC_CLI_DONE;
}

static void
print_undo_json (const McImportUndo *undo)
{
  const struct { const char *key; guint64 n; } counts[] = { { "retired", undo->retired }, { "restored", undo->restored }, { "kept", undo->kept } };
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      json_builder_set_member_name (builder, counts[i].key);
      json_builder_add_int_value (builder, (gint64) counts[i].n);
    }
  json_builder_set_member_name (builder, "messages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < undo->messages->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (undo->messages, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static McCliExit
run_import_undo (McCli *cli, int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(McImportUndo) undo = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("import", "undo"), NULL, &argc, &argv, 0, 0) || !mc_cli_open (cli, 0))
    return cli->failed;
  undo = mc_import_undo (cli->store, NULL, &error);
  if (!undo)
    return mc_cli_fail (cli, error);
  if (cli->json)
    {
      print_undo_json (undo);
      return MC_CLI_DONE;
    }
  g_print (_("%u retired, %u set back, %u kept\n"), (guint) undo->retired, (guint) undo->restored, (guint) undo->kept);
  for (guint i = 0; i < undo->messages->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (undo->messages, i));
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_setup_commands[] = {
  { "init", NULL, "--area CODE --user NAME --role ROLE [--authority NAME] [--authority-kind KIND] [--pin-file FILE] [--samples]", N_("Make a new database"), run_init },
  { "import", "facilities", "FILE [--dry-run] [--map COLUMN=FIELD]… [--set FIELD=VALUE]… [--sheet N] [--good-rows] [--accept-renames] [--encoding NAME] [--report FILE]", N_("Import a roster of facilities"), run_import_facilities },
  { "import", "inspectors", "FILE [--dry-run] [--map COLUMN=FIELD]… [--set FIELD=VALUE]… [--sheet N] [--good-rows] [--accept-renames] [--encoding NAME] [--report FILE]", N_("Import a roster of inspectors"), run_import_inspectors },
  { "import", "standard", "FILE.json", N_("Import a standard of one's own"), run_import_standard },
  { "import", "undo", "", N_("Undo the last import"), run_import_undo },
  { NULL },
};
