/* SPDX-License-Identifier: GPL-3.0-or-later
 * Care of the database: verify, rebuild, backup, restore. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "store/mc-backup.h"
#include "store/mc-rebuild.h"
#include "store/mc-verify.h"

/* On a terminal only: a script's stderr stays empty unless something is wrong. */
static void
show_progress (const char *step, guint64 done, guint64 total, gpointer user_data)
{
  if (!isatty (STDERR_FILENO))
    return;
  if (total > 0)
    g_printerr ("\r\033[K%s %d %%", step, (int) (done * 100 / total));
  else
    g_printerr ("\r\033[K%s", step);
}

static void
end_progress (void)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r\033[K");
}

static void
add_count (JsonBuilder *builder, const char *key, guint64 n)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, (gint64) n);
}

static void
print_report_json (const McVerifyReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "whole");
  json_builder_add_boolean_value (builder, report->whole);
  add_count (builder, "lines", report->lines);
  add_count (builder, "stubs", report->stubs);
  add_count (builder, "chains", report->chains);
  add_count (builder, "records", report->records);
  add_count (builder, "seals", report->seals);
  add_count (builder, "blobs", report->blobs);
  add_count (builder, "erased", report->erased_openings + report->erased_blobs);
  add_count (builder, "found", report->n_findings);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const McFinding *finding = g_ptr_array_index (report->findings, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "where");
      json_builder_add_string_value (builder, finding->where);
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, finding->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static void
print_report (const McVerifyReport *report)
{
  /* Translators: numbers of lines, records, seals and attachments */
  g_print (_("%u lines, %u records, %u seals, %u attachments checked\n"),
           (guint) report->lines, (guint) report->records, (guint) report->seals, (guint) report->blobs);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const McFinding *finding = g_ptr_array_index (report->findings, i);

      g_print ("%s: %s\n", finding->where, finding->message);
    }
  if (report->n_findings > 0)
    g_print (ngettext ("%u fault found\n", "%u faults found\n", (guint) report->n_findings), (guint) report->n_findings);
  else
    g_print ("%s\n", _("Everything is as the log says."));
}

static McCliExit
run_verify (McCli *cli, int argc, char **argv)
{
  gboolean whole = FALSE;
  const GOptionEntry entries[] = { { "whole", 0, 0, G_OPTION_ARG_NONE, &whole, NULL, NULL }, { NULL } };
  g_autoptr(GError) error = NULL;
  g_autoptr(McVerifyReport) report = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("verify", NULL), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  report = mc_store_verify (cli->store, whole, show_progress, NULL, NULL, &error);
  end_progress ();
  if (!report)
    return mc_cli_fail (cli, error);
  if (cli->json)
    print_report_json (report);
  else
    print_report (report);
  return report->n_findings > 0 ? MC_CLI_CHECK_FAILED : MC_CLI_DONE;
}

static McCliExit
run_rebuild (McCli *cli, int argc, char **argv)
{
  g_autofree char *out = NULL;
  const GOptionEntry entries[] = { { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL }, { NULL } };
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonBuilder) builder = NULL;
  McRebuildResult result = { 0 };

  if (!mc_cli_parse (cli, mc_cli_find ("rebuild", NULL), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!out)
    return mc_cli_fail_usage (cli, "%s", _("rebuild needs --out FILE: the file to make"));
  path = cli->path ? g_strdup (cli->path) : mc_store_default_path ();
  if (!mc_store_rebuild_out (path, out, &result, show_progress, NULL, NULL, &error))
    {
      end_progress ();
      return mc_cli_fail (cli, error);
    }
  end_progress ();
  if (!cli->json)
    {
      g_print (_("%s made: %u records from %u lines\n"), out, (guint) result.records, (guint) result.lines);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_count (builder, "lines", result.lines);
  add_count (builder, "records", result.records);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
print_backup (McCli *cli, const McBackupInfo *info, const char *done)
{
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *size = g_format_size (info->bytes);

  if (!cli->json)
    {
      g_print ("%s (%s)\n", done, size);
      if (info->kept_aside)
        g_print (_("The replaced database is kept as %s\n"), info->kept_aside);
      if (info->left_out > 0)
        g_print (ngettext ("%u attachment is not here and was left out\n", "%u attachments are not here and were left out\n", (guint) info->left_out), (guint) info->left_out);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_count (builder, "bytes", info->bytes);
  add_count (builder, "lines", info->lines);
  add_count (builder, "blobs", info->blobs);
  add_count (builder, "left_out", info->left_out);
  json_builder_set_member_name (builder, "kept_aside");
  json_builder_add_string_value (builder, info->kept_aside);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
run_backup (McCli *cli, int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(McBackupInfo) info = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("backup", NULL), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  info = mc_store_backup (cli->store, argv[1], show_progress, NULL, NULL, &error);
  end_progress ();
  return info ? print_backup (cli, info, _("Backup written and checked")) : mc_cli_fail (cli, error);
}

/* A file that is no sound backup is input; the database was not touched. */
static McCliExit
fail_restore (McCli *cli, const GError *error)
{
  if (g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_OURS) || g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT)
      || g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_NEWER))
    return mc_cli_fail_as (cli, MC_CLI_INPUT, error);
  return mc_cli_fail (cli, error);
}

static McCliExit
run_restore (McCli *cli, int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(McBackupInfo) info = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("restore", NULL), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  path = cli->path ? g_strdup (cli->path) : mc_store_default_path ();
  info = mc_store_restore (argv[1], path, show_progress, NULL, NULL, &error);
  end_progress ();
  return info ? print_backup (cli, info, _("Backup restored and checked")) : fail_restore (cli, error);
}

const McCliCommand mc_cli_care_commands[] = {
  { "verify", NULL, "[--whole]", N_("Prove that what is stored is what the log says"), run_verify },
  { "rebuild", NULL, "--out FILE", N_("Make a new database from the log alone"), run_rebuild },
  { "backup", NULL, "FILE", N_("Write everything into one file, and check it"), run_backup },
  { "restore", NULL, "FILE", N_("Put a backup in place of the database, after checking it"), run_restore },
  { NULL },
};
