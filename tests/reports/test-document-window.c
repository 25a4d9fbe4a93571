/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents in a real window: a check lists what it calls for; one is looked at, issued and signed on the screen, and that is on disk. */
#include <string.h>

#include "app/mc-window.h"
#include "inspections/mc-signing-pad.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "reports/mc-document-group.h"
#include "reports/mc-document-sign-window.h"
#include "reports/mc-document-window.h"
#include "store/mc-code-list.h"
#include "widgets/mc-page.h"

#define WAIT_LIMIT (20 * G_USEC_PER_SEC)

static GtkWidget *
find (GtkWidget *widget, GType type, const char *label)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (!label || (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), label) == 0)
          || (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_button_get_label (GTK_BUTTON (widget))
              && strstr (gtk_button_get_label (GTK_BUTTON (widget)), label))))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type, label);
  return found;
}

static GtkWidget *
wait_for (GtkWidget *widget, GType type, const char *label)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;
  GtkWidget *found;

  while (!(found = find (widget, type, label)))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  return found;
}

/* A window of @type that is shown. */
static GtkWindow *
wait_for_window (GType type)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (g_get_monotonic_time () < limit)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

          if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_mapped (GTK_WIDGET (window)))
            return window;
        }
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_error ("no %s is shown", g_type_name (type));
}

static void
press (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
shoot (GtkWindow *window, const char *name)
{
  const char *folder = g_getenv ("MC_TEST_SHOTS");
  g_autofree char *path = folder ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkTexture) texture = path ? mc_stage_paint_window (window) : NULL;

  if (texture)
    gdk_texture_save_to_png (texture, path);
}

static void
a_document_is_issued_and_signed (void)
{
  g_autofree char *root = g_dir_make_tmp ("mc-document-window-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (root, "mingcha.db", NULL);
  const char *label = mc_code_label ("document-kind", "result_notice");
  const double points[] = { 20, 60, 90, 20, 160, 90, 240, 40 };
  g_autoptr (McStage) stage = NULL;
  GtkWidget *group, *row;
  GtkWindow *window, *signing;
  McSigningPad *pad;
  McPage *page;
  GDate today;

  mc_fixture_make ("sample", path);
  mc_fixture_today (&today);
  stage = mc_stage_new (path, 1366, 768, &today);
  g_assert_true (mc_window_show_page (mc_stage_get_window (stage), "visits"));
  mc_stage_settle (stage);
  page = mc_window_get_page (mc_stage_get_window (stage));
  g_assert_true (mc_page_set_state (page, "finalised"));
  mc_stage_settle (stage);
  group = wait_for (GTK_WIDGET (page), MC_TYPE_DOCUMENT_GROUP, NULL);
  row = wait_for (group, ADW_TYPE_ACTION_ROW, label);
  shoot (GTK_WINDOW (mc_stage_get_window (stage)), "group.png");

  adw_action_row_activate (ADW_ACTION_ROW (row));
  window = wait_for_window (MC_TYPE_DOCUMENT_WINDOW);
  wait_for (GTK_WIDGET (window), GTK_TYPE_DRAWING_AREA, NULL);
  shoot (window, "window.png");
  press (wait_for (GTK_WIDGET (window), GTK_TYPE_BUTTON, "制发"));
  press (wait_for (GTK_WIDGET (wait_for_window (ADW_TYPE_MESSAGE_DIALOG)), GTK_TYPE_BUTTON, "制发"));
  press (wait_for (GTK_WIDGET (window), GTK_TYPE_BUTTON, "阅签"));

  signing = wait_for_window (MC_TYPE_DOCUMENT_SIGN_WINDOW);
  pad = MC_SIGNING_PAD (wait_for (GTK_WIDGET (signing), MC_TYPE_SIGNING_PAD, NULL));
  g_assert_true (mc_signing_pad_is_empty (pad));
  g_assert_null (mc_signing_pad_make_png (pad));
  mc_signing_pad_add_stroke (pad, points, 4);
  shoot (signing, "sign.png");
  press (wait_for (GTK_WIDGET (signing), GTK_TYPE_BUTTON, "确认签名"));
  while (!mc_signing_pad_is_empty (pad))
    g_main_context_iteration (NULL, TRUE);
  press (wait_for (GTK_WIDGET (signing), GTK_TYPE_BUTTON, "交还"));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 2)
    g_main_context_iteration (NULL, TRUE);
  wait_for (GTK_WIDGET (window), GTK_TYPE_BUTTON, "送达");
  shoot (window, "signed.png");
  gtk_window_destroy (window);
  mc_stage_settle (stage);
  g_clear_pointer (&stage, mc_stage_free);
  mc_fixture_remove_folder (root);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("mc-document-home-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_STATE_HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  g_test_add_func ("/document-window/issued-and-signed", a_document_is_issued_and_signed);
  status = g_test_run ();
  mc_fixture_remove_folder (home);
  return status;
}
