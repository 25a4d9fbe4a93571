/* SPDX-License-Identifier: GPL-3.0-or-later
 * What leaves: workbooks. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "reports/mc-facility-workbook.h"
#include "reports/mc-visit-workbook.h"

static McCliExit
print_result (McCli *cli, const char *out, const McWorkbookResult *result)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      g_print (ngettext ("%s: %u row\n", "%s: %u rows\n", (guint) result->rows), out, (guint) result->rows);
      return MC_CLI_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "out");
  json_builder_add_string_value (builder, out);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, (gint64) result->rows);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
  return MC_CLI_DONE;
}

static McCliExit
export_kind (McCli *cli, const char *kind, int argc, char **argv)
{
  g_autofree char *out = NULL;
  const GOptionEntry entries[] = { { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL }, { NULL } };
  g_autofree char *date = mc_cli_today ();
  McWorkbookRequest request = { .date = date };
  McWorkbookResult result = { 0 };
  g_autoptr (McStandards) standards = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!mc_cli_parse (cli, mc_cli_find ("export", kind), entries, &argc, &argv, 0, 0))
    return cli->failed;
  if (!out || !g_str_has_suffix (out, ".xlsx"))
    return mc_cli_fail_usage (cli, "%s", _("export needs --out FILE.xlsx"));
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  request.path = out;
  if (strcmp (kind, "facilities") == 0)
    done = mc_facility_workbook_write (cli->store, &request, &result, &error);
  else
    {
      standards = mc_standards_load (cli->store, &error);
      done = standards && mc_visit_workbook_write (cli->store, standards, &request, &result, &error);
    }
  return done ? print_result (cli, out, &result) : mc_cli_fail (cli, error);
}

static McCliExit
run_export_facilities (McCli *cli, int argc, char **argv)
{
  return export_kind (cli, "facilities", argc, argv);
}

static McCliExit
run_export_visits (McCli *cli, int argc, char **argv)
{
  return export_kind (cli, "visits", argc, argv);
}

const McCliCommand mc_cli_output_commands[] = {
  { "export", "facilities", "--out FILE.xlsx", N_("Write the register of facilities as a workbook"), run_export_facilities },
  { "export", "visits", "--out FILE.xlsx", N_("Write checks and findings as a workbook"), run_export_visits },
  { NULL },
};
