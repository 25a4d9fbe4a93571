/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of the registers in a real window: it narrows as one types, opens records, gives up columns, and loses nothing. */
#include "app/mc-window.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "registry/mc-facility-list-view.h"
#include "registry/mc-facility-panel.h"
#include "registry/mc-import-questions.h"
#include "registry/mc-import-view.h"
#include "registry/mc-record-editor.h"
#include "widgets/mc-page.h"

static char *database;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static McStage *
stage_new (int width)
{
  McStage *stage;
  GDate today;

  mc_fixture_today (&today);
  stage = mc_stage_new (database, width, 768, &today);
  mc_stage_settle (stage);
  g_assert_true (mc_window_show_page (mc_stage_get_window (stage), "registry"));
  mc_stage_settle (stage);
  return stage;
}

static McPage *
page_of (McStage *stage)
{
  return mc_window_get_page (mc_stage_get_window (stage));
}

static guint
count (McStage *stage)
{
  McFacilityList *list = mc_facility_list_view_get_list (MC_FACILITY_LIST_VIEW (find (GTK_WIDGET (page_of (stage)), MC_TYPE_FACILITY_LIST_VIEW)));

  return list ? mc_facility_list_get_n (list) : 0;
}

static guint
count_columns (McStage *stage)
{
  GtkWidget *view = find (GTK_WIDGET (page_of (stage)), GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n += gtk_column_view_column_get_visible (column) ? 1 : 0;
    }
  return n;
}

static void
test_narrows_as_typed (void)
{
  g_autoptr (McStage) stage = stage_new (1366);
  guint all = count (stage), found;

  g_assert_cmpuint (all, ==, 72);
  g_assert_true (mc_page_start_search (page_of (stage), "kyzx"));
  /* At once: without the main loop running in between. */
  found = count (stage);
  g_assert_cmpuint (found, >, 0);
  g_assert_cmpuint (found, <, all);
  mc_page_start_search (page_of (stage), "zzzzzz");
  g_assert_cmpuint (count (stage), ==, 0);
  mc_page_start_search (page_of (stage), "");
  g_assert_cmpuint (count (stage), ==, all);
}

static void
test_opens_a_record (void)
{
  g_autoptr (McStage) stage = stage_new (1366);
  McFacilityPanel *panel = MC_FACILITY_PANEL (find (GTK_WIDGET (page_of (stage)), MC_TYPE_FACILITY_PANEL));
  g_autofree char *id = NULL;

  g_assert_true (mc_page_set_state (page_of (stage), "record"));
  mc_stage_settle (stage);
  g_assert_nonnull (mc_facility_panel_get_record (panel));
  id = g_strdup (mc_record_get_id (mc_facility_panel_get_record (panel)));
  g_assert_cmpstr (mc_facility_panel_get_id (panel), ==, id);
  g_assert_false (mc_page_open_record (page_of (stage), "visit", id));
}

static void
test_columns_leave_in_order (void)
{
  g_autoptr (McStage) stage = stage_new (1366);
  guint wide = count_columns (stage), large;

  g_assert_cmpuint (wide, ==, 7);
  mc_stage_set_appearance (stage, FALSE, TRUE, 200);
  mc_stage_settle (stage);
  large = count_columns (stage);
  g_assert_cmpuint (large, >=, 1);
  g_assert_cmpuint (large, <, wide);
  mc_stage_set_appearance (stage, FALSE, FALSE, 100);
  mc_stage_settle (stage);
  g_assert_cmpuint (count_columns (stage), ==, wide);
}

static void
test_every_state_is_reached (void)
{
  g_autoptr (McStage) stage = stage_new (1366);

  for (const char *const *state = mc_page_list_states (page_of (stage)); *state; state++)
    {
      if (g_strcmp0 (*state, "conflict") == 0)
        continue; /* nothing is in conflict in this database */
      if (!mc_page_set_state (page_of (stage), *state))
        g_error ("state %s is not reached", *state);
      mc_stage_settle (stage);
    }
}

static void
test_leaving_the_import_changes_nothing (void)
{
  g_autoptr (McStage) stage = stage_new (1366);

  g_assert_true (mc_page_set_state (page_of (stage), "import-errors"));
  mc_stage_settle (stage);
  g_assert_true (mc_page_get_can_go_back (page_of (stage)));
  mc_page_go_back (page_of (stage));
  mc_stage_settle (stage);
  g_assert_false (mc_page_get_can_go_back (page_of (stage)));
  g_assert_cmpuint (count (stage), ==, 72);
}

static GtkWidget *
find_visible (GtkWidget *widget, GType type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_visible (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* What no row says is chosen once; the sheet is read again with it, and the choice stays to be changed. */
static void
test_import_asks_what_rows_do_not_say (void)
{
  g_autoptr (McStage) stage = stage_new (1366);
  GtkWidget *questions;
  g_auto (GStrv) maps = NULL;

  g_assert_true (mc_page_set_state (page_of (stage), "import-questions"));
  mc_stage_settle (stage);
  questions = find_visible (GTK_WIDGET (page_of (stage)), MC_TYPE_IMPORT_QUESTIONS);
  g_assert_nonnull (questions);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find_visible (questions, GTK_TYPE_DROP_DOWN)), 1);
  mc_stage_settle (stage);
  g_assert_true (gtk_widget_get_mapped (questions));
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (find_visible (questions, GTK_TYPE_DROP_DOWN))), ==, 1);
  maps = mc_import_questions_get_maps (MC_IMPORT_QUESTIONS (questions));
  g_assert_cmpuint (g_strv_length (maps), ==, 1);
  g_assert_cmpstr (maps[0], ==, "=elder_home=kind");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  folder = g_dir_make_tmp ("mingcha-registry-XXXXXX", NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  /* One set of folders for all cases: a database belongs to the device that made it. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  database = g_build_filename (folder, "mingcha.db", NULL);
  mc_fixture_make ("sample", database);
  g_test_add_func ("/registry-page/narrows-as-typed", test_narrows_as_typed);
  g_test_add_func ("/registry-page/opens-a-record", test_opens_a_record);
  g_test_add_func ("/registry-page/columns-leave-in-order", test_columns_leave_in_order);
  g_test_add_func ("/registry-page/every-state-is-reached", test_every_state_is_reached);
  g_test_add_func ("/registry-page/leaving-the-import-changes-nothing", test_leaving_the_import_changes_nothing);
  g_test_add_func ("/registry-page/import-asks-what-rows-do-not-say", test_import_asks_what_rows_do_not_say);
  return g_test_run ();
}
