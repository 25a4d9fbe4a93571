/* SPDX-License-Identifier: GPL-3.0-or-later
 * The command line's photos of a check: added to an item or to the tray, listed, taken out. */
#include "mc-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-photos.h"
#include "inspections/mc-visits.h"
#include "mc-cli-list.h"
#include "store/mc-code-list.h"

/* The word for "no item": the tray. */
#define TRAY "-"

/* FALSE: the visit is not there, or its standard has no item @item. */
static gboolean
check_item (McCli *cli, const char *visit_id, const char *item, GError **error)
{
  g_autoptr(McStandards) standards = mc_standards_load (cli->store, error);
  g_autoptr(McVisit) visit = standards ? mc_visits_load (cli->store, standards, visit_id, error) : NULL;

  if (!visit)
    return FALSE;
  if (strcmp (item, TRAY) == 0 || mc_standard_find_item (mc_visit_get_standard (visit), item))
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("The standard has no item “%s”; nothing was changed"), item);
  return FALSE;
}

static McRecord *
add_file (McCli *cli, const char *visit, const char *path, const McPhotoPlace *place, gboolean keep_original, gboolean *already, GError **error)
{
  g_autoptr(GFile) source = g_file_new_for_commandline_arg (path);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(McPhotoFile) file = mc_photo_file_read (source, keep_original, zone, NULL, error);

  return file ? mc_photos_add (cli->store, visit, file, place, g_get_real_time () / 1000, already, error) : NULL;
}

static void
print_photo (McCli *cli, const McRecord *photo, gboolean already)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      g_print ("%s%s\n", mc_record_get_id (photo), already ? _("  (the check has this photo already)") : "");
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  mc_cli_build_record (builder, photo);
  json_builder_set_member_name (builder, "already");
  json_builder_add_boolean_value (builder, already);
  json_builder_end_object (builder);
  mc_cli_print_json (builder);
}

static McCliExit
run_photo (McCli *cli, int argc, char **argv)
{
  g_autofree char *stage = NULL, *caption = NULL;
  gboolean keep_original = FALSE, already = FALSE;
  const GOptionEntry entries[] = {
    { "stage", 0, 0, G_OPTION_ARG_STRING, &stage, NULL, NULL },
    { "caption", 0, 0, G_OPTION_ARG_STRING, &caption, NULL, NULL },
    { "keep-original", 0, 0, G_OPTION_ARG_NONE, &keep_original, NULL, NULL },
    { NULL },
  };
  g_autoptr(McRecord) photo = NULL;
  g_autoptr(GError) error = NULL;
  McPhotoPlace place = { 0 };

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "photo"), entries, &argc, &argv, 3, 3))
    return cli->failed;
  if (stage && !mc_code_find ("photo-stage", stage))
    return mc_cli_fail_usage (cli, _("--stage is evidence, before or after, not “%s”"), stage);
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  place = (McPhotoPlace) { strcmp (argv[2], TRAY) == 0 ? NULL : argv[2], NULL, stage };
  if (check_item (cli, argv[1], argv[2], &error))
    photo = add_file (cli, argv[1], argv[3], &place, keep_original, &already, &error);
  if (!photo || (caption && !mc_photos_set_caption (cli->store, mc_record_get_id (photo), caption, &error)))
    return mc_cli_fail (cli, error);
  print_photo (cli, photo, already);
  return MC_CLI_DONE;
}

static char *
describe_time (const McRecord *photo)
{
  g_autoptr(GDateTime) utc = mc_record_is_null (photo, "taken_at") ? NULL : g_date_time_new_from_unix_utc (mc_record_get_integer (photo, "taken_at", 0) / 1000);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

static void
add_row (McCliList *list, const McRecord *photo)
{
  const char *stage = mc_record_get_text (photo, "stage"), *item = mc_record_get_text (photo, "item");
  const char *caption = mc_record_get_text (photo, "caption"), *reason = mc_record_get_text (photo, "withdrawn_reason");
  g_autofree char *time = describe_time (photo);
  const McCliCell cells[] = {
    { "id", MC_CLI_TEXT, mc_record_get_id (photo), 0, mc_record_get_id (photo) },
    { "taken_at", MC_CLI_TEXT, *time ? time : NULL, 0, time },
    { "item", MC_CLI_TEXT, item, 0, item ? item : _("not sorted yet") },
    { "stage", MC_CLI_TEXT, stage, 0, mc_code_label ("photo-stage", stage) },
    { "caption", MC_CLI_TEXT, caption, 0, caption ? caption : "" },
    { "withdrawn_reason", MC_CLI_TEXT, reason, 0, reason ? reason : "" },
    { "blob", MC_CLI_TEXT, mc_record_get_text (photo, "blob"), 0, NULL },
    { "received_digest", MC_CLI_TEXT, mc_record_get_text (photo, "received_digest"), 0, NULL },
  };

  mc_cli_list_add (list, cells, G_N_ELEMENTS (cells));
}

static McCliExit
run_photos (McCli *cli, int argc, char **argv)
{
  g_autoptr(McCliList) list = NULL;
  g_autoptr(GPtrArray) photos = NULL;
  g_autoptr(GError) error = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "photos"), NULL, &argc, &argv, 1, 1))
    return cli->failed;
  if (!mc_cli_open (cli, MC_STORE_READ_ONLY))
    return cli->failed;
  photos = mc_photos_list (cli->store, argv[1], TRUE, &error);
  if (!photos)
    return mc_cli_fail (cli, error);
  list = mc_cli_list_new (cli);
  for (guint i = 0; i < photos->len; i++)
    add_row (list, g_ptr_array_index (photos, i));
  return MC_CLI_DONE;
}

static McCliExit
run_withdraw (McCli *cli, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr(GError) error = NULL;

  if (!mc_cli_parse (cli, mc_cli_find ("visit", "photo-withdraw"), entries, &argc, &argv, 1, G_MAXINT))
    return cli->failed;
  if (!mc_cli_open (cli, 0))
    return cli->failed;
  if (!mc_photos_withdraw (cli->store, (const char *const *) argv + 1, reason, &error))
    return mc_cli_fail (cli, error);
  return MC_CLI_DONE;
}

const McCliCommand mc_cli_photo_commands[] = {
  { "visit", "photo", "ID ITEM|- FILE [--stage before|after] [--caption TEXT] [--keep-original]", N_("Add a photo to an item, or (-) to those that are sorted later"), run_photo },
  { "visit", "photos", "ID", N_("List the photos of a check by time"), run_photos },
  { "visit", "photo-withdraw", "PHOTO… --reason TEXT", N_("Take photos out of a check"), run_withdraw },
  { NULL },
};
