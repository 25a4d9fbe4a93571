/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window in process: first run, opening beside a writer, elder mode both ways, pages, and that it lets go of all. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/mc-page-table.h"
#include "mc-find.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "registry/mc-setup.h"

static char *root;

static char *
database (const char *name)
{
  return g_build_filename (root, name, "mingcha.db", NULL);
}

static McStage *
stage_new (const char *path)
{
  GDate today;

  mc_fixture_today (&today);
  return mc_stage_new (path, 1366, 768, &today);
}

static void
test_first_run (void)
{
  g_autofree char *path = database ("first-run");
  g_autoptr (McStage) stage = stage_new (path);
  GtkWidget *window = GTK_WIDGET (mc_stage_get_window (stage)), *name, *button;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;

  g_assert_cmpstr (mc_window_get_state (mc_stage_get_window (stage)), ==, "first-run");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* looking makes nothing */
  name = mc_find (window, mc_is_entry_row, "姓名");
  button = mc_find (window, mc_is_button, "开始使用");
  g_assert_nonnull (name);
  g_assert_nonnull (button);
  g_assert_false (gtk_widget_is_sensitive (button));
  g_assert_nonnull (mc_find (window, mc_is_label, "还没填姓名"));

  gtk_editable_set_text (GTK_EDITABLE (name), "检查员𬭩");
  g_assert_true (gtk_widget_is_sensitive (button));
  gtk_widget_activate (button);
  while (strcmp (mc_window_get_state (mc_stage_get_window (stage)), "main") != 0)
    g_main_context_iteration (NULL, TRUE);
  mc_stage_settle (stage);
  g_assert_cmpstr (mc_session_get_user_name (mc_stage_get_session (stage)), ==, "检查员𬭩");
  users = mc_user_list (mc_session_get_store (mc_stage_get_session (stage)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (users->len, ==, 1);
  g_assert_cmpstr (mc_store_get_user (mc_session_get_store (mc_stage_get_session (stage))), ==, ((McUser *) users->pdata[0])->id);
}

static void
test_beside_a_writer (void)
{
  g_autofree char *path = database ("busy");
  g_autoptr (GError) error = NULL;
  g_autoptr (McStore) writer = NULL;
  McStage *stage;

  mc_fixture_make ("one", path);
  writer = mc_store_open (path, 0, &error);
  g_assert_no_error (error);
  stage = stage_new (path);
  g_assert_cmpstr (mc_window_get_state (mc_stage_get_window (stage)), ==, "problem");
  g_assert_nonnull (mc_find (GTK_WIDGET (mc_stage_get_window (stage)), mc_is_label, "数据库正在使用"));
  gtk_widget_activate_action (GTK_WIDGET (mc_stage_get_window (stage)), "win.open-read-only", NULL);
  mc_stage_settle (stage);
  g_assert_cmpstr (mc_window_get_state (mc_stage_get_window (stage)), ==, "main");
  g_assert_true (mc_session_is_read_only (mc_stage_get_session (stage)));
  g_assert_nonnull (mc_find (GTK_WIDGET (mc_stage_get_window (stage)), mc_is_label, "只读：另一程序正在使用数据库。它保存的内容会显示在这里，这里不能修改。"));
  mc_stage_free (stage);
  mc_store_close (writer);
}

static int
resolution (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi;
}

static void
test_elder_mode_both_ways (void)
{
  g_autofree char *path = database ("elder");
  g_autoptr (McStage) stage = NULL;
  GtkWidget *window;
  McSession *session;
  int before;

  mc_fixture_make ("one", path);
  stage = stage_new (path);
  window = GTK_WIDGET (mc_stage_get_window (stage));
  session = mc_stage_get_session (stage);
  before = resolution ();
  g_assert_null (mc_find (window, mc_is_label, "退出长辈模式"));

  gtk_widget_activate_action (window, "win.elder", NULL);
  mc_stage_settle (stage);
  g_assert_true (gtk_widget_has_css_class (window, "elder"));
  g_assert_true (mc_session_get_one_at_a_time (session));
  g_assert_true (mc_session_get_folded (session)); /* no sidebar */
  g_assert_nonnull (mc_find (window, mc_is_label, "退出长辈模式"));
  g_assert_cmpint (resolution (), ==, (int) (before * 18.0 / 11.0));

  gtk_widget_activate_action (window, "win.text-size", "i", 200);
  mc_stage_settle (stage);
  g_assert_cmpint (resolution (), ==, (int) (before * 30.0 / 11.0));

  gtk_widget_activate_action (window, "win.text-size", "i", 100);
  gtk_widget_activate_action (window, "win.elder", NULL);
  mc_stage_settle (stage);
  g_assert_false (gtk_widget_has_css_class (window, "elder"));
  g_assert_false (mc_session_get_folded (session));
  g_assert_cmpint (resolution (), ==, before);
}

/* Main text is 11 pt × text size, and 18, 24, 30 pt in elder mode, at 96 dots per inch. */
static void
test_main_text (void)
{
  static const struct
  {
    gboolean elder;
    guint size;
    double points;
  } cases[] = { { FALSE, 100, 11 }, { FALSE, 150, 16.5 }, { FALSE, 200, 22 }, { TRUE, 100, 18 }, { TRUE, 150, 24 }, { TRUE, 200, 30 } };
  g_autofree char *path = database ("text");
  g_autoptr (McStage) stage = NULL;
  GtkWidget *button;

  mc_fixture_make ("one", path);
  stage = stage_new (path);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PangoContext *context;
      const PangoFontDescription *font;

      mc_stage_set_appearance (stage, FALSE, cases[i].elder, cases[i].size);
      button = mc_find (GTK_WIDGET (mc_stage_get_window (stage)), mc_is_label, "长辈模式");
      if (!button)
        button = mc_find (GTK_WIDGET (mc_stage_get_window (stage)), mc_is_label, "退出长辈模式");
      g_assert_nonnull (button);
      context = gtk_widget_get_pango_context (button);
      font = pango_context_get_font_description (context);
      g_assert_true (pango_font_description_get_size_is_absolute (font));
      g_assert_cmpfloat_with_epsilon ((double) pango_font_description_get_size (font) / PANGO_SCALE, cases[i].points * 96.0 / 72.0, 0.02);
    }
}

static void
test_every_page_shows (void)
{
  g_autofree char *path = database ("pages");
  g_autoptr (McStage) stage = NULL;
  guint n;
  const McPageInfo *pages = mc_page_table (&n);

  mc_fixture_make ("one", path);
  stage = stage_new (path);
  for (guint i = 0; i < n; i++)
    {
      McPage *page;

      g_assert_true (mc_window_show_page (mc_stage_get_window (stage), pages[i].name));
      mc_stage_settle (stage);
      page = mc_window_get_page (mc_stage_get_window (stage));
      g_assert_cmpstr (G_OBJECT_TYPE_NAME (page), ==, g_type_name (pages[i].get_type ()));
      g_assert_cmpuint (mc_page_get_em_width (page), >, 60);
      g_assert_cmpuint (mc_page_get_em_width (page), <, 90);
    }
  g_assert_false (mc_window_show_page (mc_stage_get_window (stage), "nowhere"));
}

static void
gone_cb (gpointer data, GObject *window)
{
  *(gboolean *) data = TRUE;
}

static void
test_lets_go (void)
{
  g_autofree char *path = database ("gone");
  McStage *stage;
  gboolean gone = FALSE;

  mc_fixture_make ("one", path);
  stage = stage_new (path);
  g_object_weak_ref (G_OBJECT (mc_stage_get_window (stage)), gone_cb, &gone);
  mc_stage_free (stage);
  g_assert_true (gone);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  root = g_dir_make_tmp ("mingcha-window-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display or no zh_CN locale (LOCPATH)\n");
      return EXIT_SUCCESS;
    }
  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/beside-a-writer", test_beside_a_writer);
  g_test_add_func ("/window/elder-mode-both-ways", test_elder_mode_both_ways);
  g_test_add_func ("/window/main-text", test_main_text);
  g_test_add_func ("/window/every-page-shows", test_every_page_shows);
  g_test_add_func ("/window/lets-go", test_lets_go);
  return g_test_run ();
}
