/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos on the page of a check, in a real window: added to the tray, sorted by keys, shown large, captioned; a finalised check takes none. */
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "app/mc-window.h"
#include "inspections/mc-item-row.h"
#include "inspections/mc-photo-tile.h"
#include "inspections/mc-photo-viewer.h"
#include "inspections/mc-visit-photos.h"
#include "inspections/mc-visit-view.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "photo-sample.h"

#define WAIT_LIMIT (20 * G_USEC_PER_SEC)

static char *root;
static guint n_databases;

typedef struct
{
  char *path;
  McStage *stage;
  McPage *page;
  McVisitView *view;
} Desk;

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static guint
count (GtkWidget *widget, GType type)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (widget, type, found);
  return found->len;
}

static gpointer
find_nth (GtkWidget *widget, GType type, guint index)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (widget, type, found);
  g_assert_cmpuint (index, <, found->len);
  return g_ptr_array_index (found, index);
}

static void
keep_picture (GtkWindow *window, const char *name)
{
  const char *folder = g_getenv ("MINGCHA_TEST_PICTURES");
  g_autofree char *path = folder ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkTexture) texture = folder ? mc_stage_paint_window (window) : NULL;

  if (texture)
    gdk_texture_save_to_png (texture, path);
}

static void
desk_open (Desk *desk, const char *state)
{
  GDate today;

  desk->path = g_strdup_printf ("%s/%u/mingcha.db", root, ++n_databases);
  mc_fixture_make ("sample", desk->path);
  mc_fixture_today (&today);
  desk->stage = mc_stage_new (desk->path, 1366, 768, &today);
  g_assert_true (mc_window_show_page (mc_stage_get_window (desk->stage), "visits"));
  mc_stage_settle (desk->stage);
  desk->page = mc_window_get_page (mc_stage_get_window (desk->stage));
  g_assert_true (mc_page_set_state (desk->page, state));
  mc_stage_settle (desk->stage);
  desk->view = find_nth (GTK_WIDGET (desk->page), MC_TYPE_VISIT_VIEW, 0);
}

static void
desk_close (Desk *desk)
{
  GWeakRef view;

  g_weak_ref_init (&view, desk->view);
  mc_stage_free (desk->stage);
  g_assert_null (g_weak_ref_get (&view));
  g_weak_ref_clear (&view);
  g_free (desk->path);
}

static const char *
visit_id (Desk *desk)
{
  return mc_visit_get_id (mc_visit_editor_get_visit (mc_visit_view_get_editor (desk->view)));
}

static void
wait_tiles (Desk *desk, GtkWidget *widget, guint n)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (count (widget, MC_TYPE_PHOTO_TILE) != n)
    {
      if (g_get_monotonic_time () > limit)
        {
          keep_picture (GTK_WINDOW (mc_stage_get_window (desk->stage)), "photos-failed.png");
          g_error ("%u photos are shown, not %u", count (widget, MC_TYPE_PHOTO_TILE), n);
        }
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (5000);
    }
  mc_stage_settle (desk->stage);
}

/* As another program or device would: the page must follow. */
static void
add_photos (Desk *desk)
{
  static const char *const names[] = { "turned-1.jpg", "turned-6.jpg", "plain.png" };
  McStore *store = mc_page_get_store (desk->page);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = sample_bytes (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (McPhotoFile) file = mc_photo_file_new (bytes, names[i], FALSE, zone, &error);
      g_autoptr (McRecord) photo = mc_photos_add (store, visit_id (desk), file, &(McPhotoPlace) { 0 }, 1795051805000 + i, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (photo);
    }
}

static McItemRow *
row_at (Desk *desk, guint index)
{
  return find_nth (GTK_WIDGET (desk->view), MC_TYPE_ITEM_ROW, index);
}

static void
activate_shortcut (GtkWidget *widget, guint keyval, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          g_autofree char *wanted = gtk_accelerator_name (keyval, state);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_has_prefix (trigger, wanted))
            gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL);
        }
    }
}

static void
test_sorted_by_keys (void)
{
  Desk desk = { 0 };
  GtkWidget *tray, *tile, *entry;
  McItemRow *row;
  const char *code;

  desk_open (&desk, "visit");
  tray = find_nth (GTK_WIDGET (desk.view), MC_TYPE_VISIT_PHOTOS, 0);
  g_assert_cmpuint (count (tray, MC_TYPE_PHOTO_TILE), ==, 0);
  keep_picture (GTK_WINDOW (mc_stage_get_window (desk.stage)), "photos-empty.png");
  add_photos (&desk);
  wait_tiles (&desk, tray, 3);
  keep_picture (GTK_WINDOW (mc_stage_get_window (desk.stage)), "photos-tray.png");

  row = row_at (&desk, 0);
  code = mc_item_row_get_item (row)->code;
  tile = find_nth (tray, MC_TYPE_PHOTO_TILE, 0);
  gtk_widget_grab_focus (tile);
  activate_shortcut (gtk_root_get_focus (GTK_ROOT (mc_stage_get_window (desk.stage))), GDK_KEY_Return, GDK_CONTROL_MASK);
  mc_stage_settle (desk.stage);
  entry = find_nth (tile, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), code);
  g_signal_emit_by_name (entry, "activate");
  wait_tiles (&desk, tray, 2);
  wait_tiles (&desk, GTK_WIDGET (row), 1);
  keep_picture (GTK_WINDOW (mc_stage_get_window (desk.stage)), "photos-sorted.png");
  desk_close (&desk);
}

static void
test_shown_large (void)
{
  Desk desk = { 0 };
  GtkWidget *tray, *viewer;
  GtkEditable *caption;
  g_autoptr (GPtrArray) photos = NULL;

  desk_open (&desk, "visit");
  tray = find_nth (GTK_WIDGET (desk.view), MC_TYPE_VISIT_PHOTOS, 0);
  add_photos (&desk);
  wait_tiles (&desk, tray, 3);
  g_signal_emit_by_name (find_nth (tray, MC_TYPE_PHOTO_TILE, 1), "opened");
  mc_stage_settle (desk.stage);
  viewer = GTK_WIDGET (mc_stage_get_dialog (desk.stage));
  g_assert_true (MC_IS_PHOTO_VIEWER (viewer));
  caption = find_nth (viewer, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (caption, "Kitchen");
  keep_picture (GTK_WINDOW (viewer), "photos-large.png");
  gtk_window_close (GTK_WINDOW (viewer));
  for (gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;;)
    {
      g_clear_pointer (&photos, g_ptr_array_unref);
      photos = mc_photos_list (mc_page_get_store (desk.page), visit_id (&desk), FALSE, NULL);
      if (g_strcmp0 (mc_record_get_text (g_ptr_array_index (photos, 1), "caption"), "Kitchen") == 0)
        break;
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  mc_stage_settle (desk.stage);
  desk_close (&desk);
}

static void
test_finalised_has_no_tray (void)
{
  Desk desk = { 0 };
  GtkWidget *tray;

  desk_open (&desk, "finalised");
  tray = find_nth (GTK_WIDGET (desk.view), MC_TYPE_VISIT_PHOTOS, 0);
  g_assert_cmpuint (count (tray, GTK_TYPE_BUTTON), ==, 0);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  int status;

  root = g_dir_make_tmp ("mingcha-photos-XXXXXX", NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display or no zh_CN locale (LOCPATH)\n");
      return EXIT_SUCCESS;
    }
  g_test_add_func ("/visit-photos/sorted-by-keys", test_sorted_by_keys);
  g_test_add_func ("/visit-photos/shown-large", test_shown_large);
  g_test_add_func ("/visit-photos/finalised-has-no-tray", test_finalised_has_no_tray);
  status = g_test_run ();
  mc_fixture_remove_folder (root);
  return status;
}
