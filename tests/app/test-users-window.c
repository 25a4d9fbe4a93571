/* SPDX-License-Identifier: GPL-3.0-or-later
 * Several users at one window: PINs, what each has chosen, handing over and retiring; and the ways into elder mode. */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/mc-elder-home.h"
#include "inspections/mc-visits-handover.h"
#include "inspections/mc-visits.h"
#include "mc-find.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "registry/mc-facility.h"
#include "registry/mc-user.h"

#define FIRST "检查员01"
#define SECOND "检查员02"
#define PIN "135790"
#define WAIT (30 * G_USEC_PER_SEC)

static char *root;

static void
add_user (McStore *store, const char *name, const char *pin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) first = mc_user_find (store, FIRST, &error);
  const McSetupOptions options = { .area_code = "3304", .authority_kind = "civil_affairs", .user_name = name, .role = "inspector" };
  g_autofree char *user = mc_setup_add_user (store, &options, &error);

  g_assert_no_error (error);
  mc_user_set_pin (store, user, NULL, pin, FALSE, 0, &error);
  g_assert_no_error (error);
}

static char *
find_facility (McStore *store)
{
  const McFacilityQuery query = { .limit = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, &error);
  g_autoptr (McFacilityList) list = mc_facility_list_load (store, tree, &query, NULL, &error);
  g_autoptr (GPtrArray) rows = mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list), &error);

  g_assert_no_error (error);
  return g_strdup (((McFacilityRow *) rows->pdata[0])->id);
}

/* A check under way that the second user leads. */
static void
add_check (McStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) lead = mc_user_find (store, SECOND, &error);
  g_autofree char *facility = find_facility (store);
  const McVisitRequest request = { .facility = facility, .lead = lead->inspector, .checked_on = "2026-11-19", .today = "2026-11-19" };
  g_autoptr (McVisit) visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);

  g_assert_no_error (error);
  mc_visits_save (store, NULL, visit, &error);
  g_assert_no_error (error);
}

/* Two inspectors, of whom the second has a PIN and a check under way; the window opens as the first. */
static McStage *
stage_new (const char *name, char **path)
{
  GDate today;
  g_autoptr (GError) error = NULL;
  McStore *store;

  *path = g_build_filename (root, name, "mingcha.db", NULL);
  mc_fixture_make ("one", *path);
  store = mc_store_open (*path, 0, &error);
  g_assert_no_error (error);
  {
    g_autoptr (McUser) first = mc_user_find (store, FIRST, &error);

    mc_store_set_user (store, first->id);
  }
  add_user (store, SECOND, PIN);
  add_check (store);
  mc_store_close (store);
  g_object_unref (store);
  mc_fixture_today (&today);
  return mc_stage_new_remembering (*path, 1366, 768, &today);
}

static McStage *
stage_again (const char *path)
{
  GDate today;

  mc_fixture_today (&today);
  return mc_stage_new_remembering (path, 1366, 768, &today);
}

static GtkWidget *
window_of (McStage *stage)
{
  return GTK_WIDGET (mc_stage_get_window (stage));
}

/* What matches in @widget, or in a window over it if @widget is NULL; waits for it. */
static GtkWidget *
wait_for (GtkWidget *widget, McMatch match, const char *text)
{
  gint64 limit = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
          GtkWidget *found = !widget || window == GTK_WIDGET (gtk_widget_get_root (widget)) ? mc_find (widget ? widget : window, match, text) : NULL;

          if (found)
            return found;
        }
      if (g_get_monotonic_time () > limit)
        g_error ("“%s” is not shown", text);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Enter, where the keyboard is. */
static void
press_enter (GtkWidget *widget)
{
  GtkWidget *focus;

  g_assert_true (gtk_widget_grab_focus (widget));
  focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  g_signal_emit_by_name (focus, "activate"); /* as the key does */
}

static void
press (GtkWidget *widget, McMatch match, const char *text)
{
  gtk_widget_activate (wait_for (widget, match, text));
}

static void
type_pin (const char *pin)
{
  GtkWidget *dialog = wait_for (NULL, mc_is_of_type, "McPinDialog");
  GtkWidget *entry = wait_for (dialog, mc_is_of_type, "GtkPasswordEntry");

  gtk_editable_set_text (GTK_EDITABLE (entry), pin);
  press_enter (entry);
}

static void
wait_for_user (McStage *stage, const char *name)
{
  gint64 limit = g_get_monotonic_time () + WAIT;

  while (g_strcmp0 (mc_session_get_user_name (mc_stage_get_session (stage)), name) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  mc_stage_settle (stage);
}

static void
choose_person (const char *heading, const char *name)
{
  GtkWidget *title = wait_for (NULL, mc_is_label, heading);

  press (GTK_WIDGET (gtk_widget_get_root (title)), mc_is_row, name);
}

static void
switch_to (McStage *stage, const char *name)
{
  gtk_widget_activate_action (window_of (stage), "win.switch-user", NULL);
  choose_person ("现在由谁使用？", name);
}

/* --- switching ----------------------------------------------------------------------------------------------- */

static void
test_switching_asks_for_the_pin (void)
{
  g_autofree char *path = NULL;
  g_autoptr (McStage) stage = stage_new ("switching", &path);

  wait_for_user (stage, FIRST);
  switch_to (stage, SECOND);
  type_pin ("000000");
  wait_for (NULL, mc_is_label, "PIN 码不对，再错 4 次须等待后才能再试。");
  type_pin ("111111");
  wait_for (NULL, mc_is_label, "PIN 码不对，再错 3 次须等待后才能再试。");
  press (wait_for (NULL, mc_is_of_type, "McPinDialog"), mc_is_button, "取消");
  while (mc_stage_get_dialog (stage))
    g_main_context_iteration (NULL, TRUE);
  mc_stage_settle (stage);
  g_assert_cmpstr (mc_session_get_user_name (mc_stage_get_session (stage)), ==, FIRST);
  switch_to (stage, SECOND);
  type_pin (PIN);
  wait_for_user (stage, SECOND);
  switch_to (stage, FIRST); /* who has no PIN is not asked */
  wait_for_user (stage, FIRST);
}

static void
test_reading_is_each_ones_own (void)
{
  g_autofree char *path = NULL;
  McStage *stage = stage_new ("reading", &path);
  McSession *session = mc_stage_get_session (stage);

  gtk_widget_activate_action (window_of (stage), "win.text-size", "i", 150);
  switch_to (stage, SECOND);
  type_pin (PIN);
  wait_for_user (stage, SECOND);
  g_assert_cmpuint (mc_session_get_text_size (session), ==, 100);
  g_assert_false (mc_session_get_elder (session));
  gtk_widget_activate_action (window_of (stage), "win.elder", NULL);
  switch_to (stage, FIRST);
  wait_for_user (stage, FIRST);
  g_assert_cmpuint (mc_session_get_text_size (session), ==, 150);
  g_assert_false (mc_session_get_elder (session));
  switch_to (stage, SECOND);
  type_pin (PIN);
  wait_for_user (stage, SECOND);
  mc_stage_free (stage);

  stage = stage_again (path); /* the next morning: as who worked last, the way they read */
  session = mc_stage_get_session (stage);
  g_assert_cmpstr (mc_session_get_user_name (session), ==, SECOND);
  g_assert_true (mc_session_get_elder (session));
  g_assert_cmpuint (mc_session_get_text_size (session), ==, 100);
  mc_stage_free (stage);
}

/* --- handing over and retiring ------------------------------------------------------------------------------- */

static McOpenWork
count_open (McStage *stage, const char *name)
{
  McStore *store = mc_session_get_store (mc_stage_get_session (stage));
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) user = mc_user_find (store, name, &error);
  McOpenWork work;

  g_assert_no_error (error);
  mc_visits_count_open_work (store, user->inspector, &work, &error);
  g_assert_no_error (error);
  return work;
}

/* Opens the row of the user in the preferences and presses what it offers. */
static void
ask_about (McStage *stage, const char *name, const char *offer)
{
  GtkWidget *preferences, *row;

  gtk_widget_activate_action (window_of (stage), "win.users", NULL);
  preferences = GTK_WIDGET (mc_stage_wait_for_dialog (stage));
  row = wait_for (preferences, mc_is_row, name);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  press (row, mc_is_row, offer);
}

static void
give_reason (const char *heading, const char *answer)
{
  GtkWidget *dialog = GTK_WIDGET (gtk_widget_get_root (wait_for (NULL, mc_is_label, heading)));

  g_assert_false (gtk_widget_is_sensitive (wait_for (dialog, mc_is_button, answer)));
  gtk_editable_set_text (GTK_EDITABLE (wait_for (dialog, mc_is_entry_row, "原因")), "调离本岗位");
  press (dialog, mc_is_button, answer);
}

static void
test_handing_over (void)
{
  g_autofree char *path = NULL;
  g_autoptr (McStage) stage = stage_new ("handover", &path);

  g_assert_cmpuint (count_open (stage, SECOND).visits, ==, 1);
  ask_about (stage, SECOND, "移交未办结任务…");
  choose_person (SECOND "的任务由谁接收？", FIRST);
  wait_for (NULL, mc_is_label, "1 次未完成的检查和 0 件整改复查将由" SECOND "移交给" FIRST "。已定稿的检查保持原样。");
  give_reason ("确定移交？", "移交");
  wait_for (NULL, mc_is_label, "已将 1 次检查、0 件整改复查移交给" FIRST);
  g_assert_cmpuint (count_open (stage, SECOND).visits, ==, 0);
  g_assert_cmpuint (count_open (stage, FIRST).visits, ==, 1);
}

static void
test_retiring_names_the_open_work (void)
{
  g_autofree char *path = NULL;
  g_autoptr (McStage) stage = stage_new ("retiring", &path);
  g_autoptr (GError) error = NULL;
  GtkWidget *body;

  ask_about (stage, SECOND, "停用…");
  body = wait_for (NULL, mc_is_label_with, "其名下还有 1 次未完成的检查和 0 件整改复查。");
  press (GTK_WIDGET (gtk_widget_get_root (body)), mc_is_button, "先移交");
  choose_person (SECOND "的任务由谁接收？", FIRST);
  give_reason ("确定移交？", "移交");
  give_reason ("停用“" SECOND "”？", "停用");
  wait_for (NULL, mc_is_label_with, "已停用");
  g_assert_cmpuint (count_open (stage, FIRST).visits, ==, 1);
  g_assert_null (mc_user_find (mc_session_get_store (mc_stage_get_session (stage)), SECOND, &error));
  g_assert_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND);
}

/* --- elder mode ---------------------------------------------------------------------------------------------- */

static void
wait_for_elder (McStage *stage, gboolean elder)
{
  gint64 limit = g_get_monotonic_time () + WAIT;

  while (mc_session_get_elder (mc_stage_get_session (stage)) != elder)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  mc_stage_settle (stage);
}

static void
test_searching_finds_elder_mode (void)
{
  static const char *const words[] = { "长辈", "大字", "关怀" };
  g_autofree char *path = NULL;
  g_autoptr (McStage) stage = stage_new ("words", &path);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (words); i++)
    {
      gboolean elder = mc_session_get_elder (mc_stage_get_session (stage));
      GtkWidget *search;

      g_assert_true (mc_window_show_page (mc_stage_get_window (stage), "overview"));
      mc_stage_settle (stage);
      gtk_widget_activate_action (window_of (stage), "win.search-for", "s", words[i / 2]);
      mc_stage_settle (stage);
      search = wait_for (window_of (stage), mc_is_of_type, "McSearchEntry");
      press_enter (search);
      wait_for_elder (stage, !elder);
    }
}

static gboolean
is_tile (GtkWidget *widget, const char *title)
{
  return mc_is_of_type (widget, "McElderTile") && mc_find (widget, mc_is_label, title);
}

static void
wait_for_page (McStage *stage, const char *type)
{
  gint64 limit = g_get_monotonic_time () + WAIT;

  while (strcmp (G_OBJECT_TYPE_NAME (mc_window_get_page (mc_stage_get_window (stage))), type) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
    }
  mc_stage_settle (stage);
}

static void
test_elder_tiles_open_by_enter (void)
{
  static const char *const tiles[][2] = { { "检查任务", "McVisitsPage" }, { "名录库", "McRegistryPage" } };
  g_autofree char *path = NULL;
  g_autoptr (McStage) stage = stage_new ("tiles", &path);

  gtk_widget_activate_action (window_of (stage), "win.elder", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      g_assert_true (mc_window_show_page (mc_stage_get_window (stage), "overview"));
      mc_stage_settle (stage);
      press_enter (wait_for (window_of (stage), is_tile, tiles[i][0]));
      wait_for_page (stage, tiles[i][1]);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_setenv ("GTK_A11Y", "test", TRUE);
  root = g_dir_make_tmp ("mingcha-users-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display or no zh_CN locale (LOCPATH)\n");
      return EXIT_SUCCESS;
    }
  g_test_add_func ("/users-window/switching-asks-for-the-pin", test_switching_asks_for_the_pin);
  g_test_add_func ("/users-window/reading-is-each-ones-own", test_reading_is_each_ones_own);
  g_test_add_func ("/users-window/handing-over", test_handing_over);
  g_test_add_func ("/users-window/retiring-names-the-open-work", test_retiring_names_the_open_work);
  g_test_add_func ("/users-window/searching-finds-elder-mode", test_searching_finds_elder_mode);
  g_test_add_func ("/users-window/elder-tiles-open-by-enter", test_elder_tiles_open_by_enter);
  status = g_test_run ();
  mc_fixture_remove_folder (root);
  return status;
}
