/* SPDX-License-Identifier: GPL-3.0-or-later
 * Walks the whole path in a real window, and says where pictures, record and workbook are. */
#include <locale.h>

#include "mc-walk.h"

static gboolean
check_with_cli (McWalk *walk, GError **error)
{
  static const char *const verify[] = { "verify", "--whole", NULL };
  g_autofree char *said = NULL;
  int code = mc_walk_run_cli (walk, verify, &said, error);

  if (code > 0)
    g_set_error (error, G_SPAWN_EXIT_ERROR, code, "mingcha-cli verify --whole found a fault:\n%s", said);
  return code == 0;
}

static void
say_where (McWalk *walk)
{
  g_print ("\nDone: first run, roster of 72 imported, check of " MC_WALK_PLACE " finalised with one finding, record and workbook written,"
           " database verified.\n"
           "pictures: %s (*.png)\n"
           "record:   %s\n"
           "workbook: %s\n"
           "database: %s\n",
           walk->folder, walk->record, walk->workbook, walk->database);
}

int
main (int argc, char **argv)
{
  char *folder = NULL, *app = NULL, *cli = NULL;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Folder for all that is made", "FOLDER" },
    { "app", 0, 0, G_OPTION_ARG_FILENAME, &app, "The window's program", "FILE" },
    { "cli", 0, 0, G_OPTION_ARG_FILENAME, &cli, "mingcha-cli", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- walks the whole path in a real window");
  g_autoptr (GError) error = NULL;
  g_autoptr (McWalk) walk = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !folder)
    {
      g_printerr ("mingcha-walk: %s\n", error ? error->message : "--out FOLDER is missing");
      return 2;
    }
  walk = mc_walk_new (folder, app, cli, &error);
  if (walk)
    walk->talk = TRUE;
  if (!walk || !mc_walk_go (walk, &error) || !mc_walk_close (walk, &error) || !check_with_cli (walk, &error))
    {
      g_printerr ("mingcha-walk: %s\nPictures up to here, and what the window showed: %s\n", error->message, folder);
      return 1;
    }
  say_where (walk);
  return 0;
}
