/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of checks in a real window, with real keys, and what of it is on disk. */
#pragma once

#include <gdk/x11/gdkx.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "app/mc-window.h"
#include "inspections/mc-item-row.h"
#include "inspections/mc-visit-view.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "widgets/mc-answer-buttons.h"

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

/* --- what is on disk --------------------------------------------------------------------------------------- */

/* One text from a second handle that only reads; "" for none. */
static inline char *
ask_disk (Desk *desk, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_open_v2 (desk->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  text = g_strdup (sqlite3_step (statement) == SQLITE_ROW ? (const char *) sqlite3_column_text (statement, 0) : "");
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text ? text : g_strdup ("");
}

static inline McVisit *
visit_of (Desk *desk)
{
  return mc_visit_editor_get_visit (mc_visit_view_get_editor (desk->view));
}

static inline char *
saved_value (Desk *desk, const char *item, const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM answer WHERE visit = '%s' AND item = '%s'", column, mc_visit_get_id (visit_of (desk)), item);

  return ask_disk (desk, sql);
}

/* --- the window -------------------------------------------------------------------------------------------- */

/* Keys that press() sent, modifiers not counted. */
static guint n_keys;

static inline GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static inline GtkWindow *
window_of (Desk *desk)
{
  return GTK_WINDOW (mc_stage_get_window (desk->stage));
}

static inline void
run (const char *command)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_command_line_sync (command, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static inline gboolean
counted_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, guint *n)
{
  ++*n;
  return GDK_EVENT_PROPAGATE;
}

static inline void
released_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, guint *n)
{
  ++*n;
}

/* Presses keys on the keyboard of the display, one after the other, and waits until the window has had each. */
static inline void
press (Desk *desk, const char *keys)
{
  g_auto (GStrv) list = g_strsplit (keys, " ", -1);
  GtkEventController *watch = gtk_event_controller_key_new ();
  guint n = 0, releases = 0;

  gtk_event_controller_set_propagation_phase (watch, GTK_PHASE_CAPTURE);
  g_signal_connect (watch, "key-pressed", G_CALLBACK (counted_cb), &n);
  g_signal_connect (watch, "key-released", G_CALLBACK (released_cb), &releases);
  gtk_widget_add_controller (GTK_WIDGET (window_of (desk)), watch);
  for (guint i = 0; list[i]; i++)
    {
      g_autofree char *command = g_strconcat ("xdotool key ", list[i], NULL);
      guint presses = strchr (list[i], '+') ? 2 : 1; /* the modifier is a key too */
      gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

      n = releases = 0;
      n_keys++;
      run (command);
      while ((n < presses || releases == 0) && !mc_stage_get_dialog (desk->stage))
        {
          g_assert_cmpint (g_get_monotonic_time (), <, limit);
          g_main_context_iteration (NULL, TRUE);
        }
      mc_stage_settle (desk->stage);
    }
  gtk_widget_remove_controller (GTK_WIDGET (window_of (desk)), watch);
}

/* Runs the main loop until what is on disk is @wanted. */
static inline void
wait_saved (Desk *desk, const char *item, const char *column, const char *wanted)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (TRUE)
    {
      g_autofree char *saved = saved_value (desk, item, column);

      if (strcmp (saved, wanted) == 0)
        break;
      if (g_get_monotonic_time () > limit)
        g_error ("%s of %s is “%s” on disk, not “%s”", column, item, saved, wanted);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
  mc_stage_settle (desk->stage);
}

static inline void
desk_open (Desk *desk, const char *fixture, const char *state)
{
  g_autofree char *focus = NULL;
  GDate today;

  desk->path = g_strdup_printf ("%s/%u/mingcha.db", root, ++n_databases);
  mc_fixture_make (fixture, desk->path);
  mc_fixture_today (&today);
  desk->stage = mc_stage_new (desk->path, 1366, 768, &today);
  g_assert_true (mc_window_show_page (mc_stage_get_window (desk->stage), "visits"));
  mc_stage_settle (desk->stage);
  desk->page = mc_window_get_page (mc_stage_get_window (desk->stage));
  g_assert_true (mc_page_set_state (desk->page, state));
  mc_stage_settle (desk->stage);
  desk->view = MC_VISIT_VIEW (find (GTK_WIDGET (desk->page), MC_TYPE_VISIT_VIEW));
  focus = g_strdup_printf ("xdotool windowfocus --sync %lu", gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window_of (desk)))));
  run (focus);
  mc_stage_settle (desk->stage);
}

/* Closes the window; page and view must go with it. */
static inline void
desk_close (Desk *desk)
{
  GWeakRef page, view;

  g_weak_ref_init (&page, desk->page);
  g_weak_ref_init (&view, desk->view);
  mc_stage_free (desk->stage);
  g_assert_null (g_weak_ref_get (&page));
  g_assert_null (g_weak_ref_get (&view));
  g_weak_ref_clear (&page);
  g_weak_ref_clear (&view);
  g_free (desk->path);
}

static inline McItemRow *
row_at (Desk *desk, int index)
{
  GtkWidget *list = gtk_widget_get_ancestor (find (GTK_WIDGET (desk->view), MC_TYPE_ITEM_ROW), GTK_TYPE_LIST_BOX);

  return MC_ITEM_ROW (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index));
}

static inline const char *
code_at (Desk *desk, int index)
{
  return mc_item_row_get_item (row_at (desk, index))->code;
}

static inline gboolean
row_has_focus (Desk *desk, int index)
{
  return gtk_window_get_focus (window_of (desk)) == GTK_WIDGET (row_at (desk, index));
}

static inline GtkTextView *
note_at (Desk *desk, int index)
{
  GtkWidget *view = find (GTK_WIDGET (row_at (desk, index)), GTK_TYPE_TEXT_VIEW);

  return view ? GTK_TEXT_VIEW (view) : NULL;
}

static inline gboolean
note_has_focus (Desk *desk, int index)
{
  return note_at (desk, index) && gtk_window_get_focus (window_of (desk)) == GTK_WIDGET (note_at (desk, index));
}

static inline char *
note_text (Desk *desk, int index)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (note_at (desk, index));
  char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static inline guint
count_answers (Desk *desk)
{
  g_autoptr (McOutcome) outcome = mc_visit_evaluate (visit_of (desk));

  return outcome->total.items - outcome->total.unanswered;
}

/* FALSE, and a line that says why: there is nothing to press keys on. After g_test_init(). */
static inline gboolean
desk_init (void)
{
  g_autofree char *xdotool = g_find_program_in_path ("xdotool");

  root = g_dir_make_tmp ("mingcha-visits-XXXXXX", NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  g_setenv ("XDG_CONFIG_HOME", root, TRUE);
  if (xdotool && mc_stage_init () && GDK_IS_X11_DISPLAY (gdk_display_get_default ()))
    return TRUE;
  g_print ("1..0 # SKIP there is no X display, no zh_CN locale (LOCPATH) or no xdotool to press keys with\n");
  return FALSE;
}
