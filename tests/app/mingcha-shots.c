/* SPDX-License-Identifier: GPL-3.0-or-later
 * Renders every page in every state and mode to a folder of pictures, to be looked at. */
#include <stdlib.h>
#include <string.h>

#include "app/mc-page-table.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "widgets/mc-pin-ask.h"

typedef struct
{
  const char *name;
  gboolean dark;
  gboolean elder;
  guint text_size;
  int width, height;
} Mode;

static const Mode modes[] = {
  { "light", FALSE, FALSE, 100, 1366, 768 },
  { "dark", TRUE, FALSE, 100, 1366, 768 },
  { "elder", FALSE, TRUE, 100, 1366, 768 },
  { "elder-24", FALSE, TRUE, 150, 1366, 768 },
  { "elder-30", FALSE, TRUE, 200, 1024, 768 },
  { "elder-dark", TRUE, TRUE, 100, 1024, 768 },
  { "150", FALSE, FALSE, 150, 1366, 768 },
  { "200", FALSE, FALSE, 200, 1366, 768 },
  { "1024", FALSE, FALSE, 100, 1024, 768 },
  { "1024-200", FALSE, FALSE, 200, 1024, 768 },
};

static char *only_page, *only_mode, *only_fixture;
static gboolean all;

static void
save (McStage *stage, const char *folder, const char *fixture, const char *page, const char *state, const char *mode)
{
  g_autoptr (GdkTexture) texture = mc_stage_paint (stage);
  g_autofree char *name = state ? g_strdup_printf ("%s-%s-%s-%s.png", page, state, fixture, mode) : g_strdup_printf ("%s-%s-%s.png", page, fixture, mode);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written", path);
  g_print ("%s\n", path);
}

static void
shoot_page (McStage *stage, const char *folder, const char *fixture, const McPageInfo *info, const char *mode)
{
  const char *const *states;
  McPage *page;

  mc_window_show_page (mc_stage_get_window (stage), info->name);
  mc_stage_settle (stage);
  save (stage, folder, fixture, info->name, NULL, mode);
  page = mc_window_get_page (mc_stage_get_window (stage));
  states = page ? mc_page_list_states (page) : NULL;
  for (; states && *states; states++)
    if (mc_page_set_state (page, *states))
      {
        mc_stage_settle (stage);
        save (stage, folder, fixture, info->name, *states, mode);
      }
}

/* What lies over the window. */
static void
shoot_dialogs (McStage *stage, const char *folder, const char *mode)
{
  static const char *const dialogs[] = { "preferences", "users", "shortcuts", "switch-user", "my-pin", "PIN" };

  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *action = g_strconcat ("win.", dialogs[i], NULL), *name = g_strdup_printf ("window-%s-%s.png", dialogs[i], mode);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GdkTexture) texture = NULL;

      if (strcmp (dialogs[i], "PIN") == 0)
        mc_pin_ask (GTK_WIDGET (mc_stage_get_window (stage)), mc_stage_get_session (stage), NULL, "本次检查定稿", NULL, NULL);
      else
        gtk_widget_activate_action (GTK_WIDGET (mc_stage_get_window (stage)), action, NULL);
      texture = mc_stage_paint_window (mc_stage_wait_for_dialog (stage));
      gdk_texture_save_to_png (texture, path);
      g_print ("%s\n", path);
      gtk_window_destroy (mc_stage_get_dialog (stage));
    }
}

static void
shoot_fixture (const char *root, const char *folder, const char *fixture)
{
  g_autofree char *path = g_build_filename (root, fixture, "mingcha.db", NULL);
  McStage *stage;
  GDate today;
  guint n_pages;
  const McPageInfo *pages = mc_page_table (&n_pages);

  if (strcmp (fixture, "first-run") != 0)
    mc_fixture_make (fixture, path);
  mc_fixture_today (&today);
  for (guint m = 0; m < G_N_ELEMENTS (modes); m++)
    {
      const Mode *mode = &modes[m];

      if (only_mode ? strcmp (only_mode, mode->name) != 0 : !all && m > 2 && strcmp (fixture, "sample") != 0)
        continue;
      stage = mc_stage_new (path, mode->width, mode->height, &today);
      mc_stage_set_appearance (stage, mode->dark, mode->elder, mode->text_size);
      if (strcmp (fixture, "first-run") == 0)
        save (stage, folder, fixture, "window", NULL, mode->name);
      else if (strcmp (fixture, "dialogs") == 0)
        shoot_dialogs (stage, folder, mode->name);
      else
        for (guint i = 0; i < n_pages; i++)
          if (!only_page || strcmp (only_page, pages[i].name) == 0)
            shoot_page (stage, folder, fixture, &pages[i], mode->name);
      mc_stage_free (stage);
    }
}

int
main (int argc, char **argv)
{
  static const GOptionEntry options[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, &only_page, "Only this page", "NAME" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &only_mode, "Only this mode", "NAME" },
    { "fixture", 0, 0, G_OPTION_ARG_STRING, &only_fixture, "Only this database", "NAME" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, "Every database in every mode", NULL },
    { NULL },
  };
  static const char *const windows[] = { "first-run", "dialogs" };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("mingcha-shots-XXXXXX", NULL);
  const char *folder;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2)
    {
      g_printerr ("%s\n", error ? error->message : "mingcha-shots [OPTIONS] FOLDER");
      return EXIT_FAILURE;
    }
  folder = argc == 2 ? argv[1] : ".";
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_mkdir_with_parents (folder, 0755);
  if (!mc_stage_init ())
    {
      g_printerr ("There is no display or no zh_CN locale (LOCPATH).\n");
      return 77;
    }
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    if (!only_fixture || strcmp (only_fixture, windows[i]) == 0)
      shoot_fixture (root, folder, windows[i]);
  for (const char *const *name = mc_fixture_list (); *name; name++)
    if (!only_fixture || strcmp (only_fixture, *name) == 0)
      shoot_fixture (root, folder, *name);
  mc_fixture_remove_folder (root);
  return EXIT_SUCCESS;
}
