/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window of an exact size over a database, in this process: for the audit, the pictures and the tests of the window. */
#include "mc-stage.h"

#include <locale.h>

#include "app/mc-appearance.h"
#include "app/mc-settings.h"
#include "app/mc-users-page.h"
#include "store/mc-locale.h"

#define SETTLE_LIMIT (60 * G_USEC_PER_SEC)

struct _McStage
{
  McSession *session;
  McAppearance *appearance;
  McUserSettings *settings; /* NULL: how users read is not kept */
  McWindow *window;
};

gboolean
mc_stage_init (void)
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  mc_locale_init ();
  if (g_strcmp0 (setlocale (LC_MESSAGES, NULL), "zh_CN.UTF-8") != 0 || !gtk_init_check ())
    return FALSE;
  adw_init ();
  /* With settings in memory GTK would take "Sans 10". */
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Cantarell 11", "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  return TRUE;
}

/* Without a compositor the window has a border of 5 px, which belongs to the size asked for. */
static void
ask_for_size (McStage *self, int width, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (self->window), width + 10, height + 10);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, gboolean *painted)
{
  *painted = TRUE;
}

/* One frame of @widget's window, laid out and painted. */
static void
run_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean begun = FALSE, painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

  gtk_widget_add_tick_callback (widget, tick_cb, &begun, NULL);
  while (!begun || !painted)
    {
      g_main_context_iteration (NULL, TRUE);
      painted = painted && begun;
    }
  g_signal_handler_disconnect (clock, handler);
}

void
mc_stage_settle (McStage *self)
{
  gint64 limit = g_get_monotonic_time () + SETTLE_LIMIT;
  guint quiet = 0;

  while (quiet < 2)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (mc_window_is_busy (self->window))
        {
          if (g_get_monotonic_time () > limit)
            g_error ("the window is still busy after a minute");
          quiet = 0;
          g_usleep (1000);
          continue;
        }
      run_frame (GTK_WIDGET (self->window));
      quiet++;
    }
}

/* One for the process: a second one could not take its place on the bus. */
static AdwApplication *
get_application (void)
{
  static AdwApplication *application;
  g_autoptr (GError) error = NULL;

  if (application)
    return application;
  application = g_object_new (ADW_TYPE_APPLICATION,
                              "application-id", "org.mingcha.Mingcha.Stage",
                              "resource-base-path", "/org/mingcha/Mingcha",
                              "flags", G_APPLICATION_NON_UNIQUE,
                              NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

static McStage *
stage_new (const char *path, int width, int height, const GDate *today, gboolean remembers)
{
  McStage *self = g_new0 (McStage, 1);

  self->session = mc_session_new ();
  mc_session_set_today (self->session, today);
  self->appearance = mc_appearance_new (gdk_display_get_default (), self->session);
  self->window = mc_window_new (get_application (), self->session, mc_store_opening_begin (path, 0));
  if (remembers)
    {
      self->settings = mc_user_settings_new (self->session);
      mc_window_keep_settings (self->window, self->settings);
    }
  ask_for_size (self, width, height);
  mc_window_present_when_ready (self->window);
  while (!gtk_widget_get_visible (GTK_WIDGET (self->window)))
    g_main_context_iteration (NULL, TRUE);
  mc_stage_settle (self);
  return self;
}

McStage *
mc_stage_new (const char *path, int width, int height, const GDate *today)
{
  return stage_new (path, width, height, today, FALSE);
}

McStage *
mc_stage_new_remembering (const char *path, int width, int height, const GDate *today)
{
  return stage_new (path, width, height, today, TRUE);
}

void
mc_stage_free (McStage *self)
{
  McStore *store = mc_session_get_store (self->session);

  if (store)
    g_object_ref (store);
  if (self->settings)
    mc_user_settings_flush (self->settings);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (store)
    mc_store_close (store);
  g_clear_object (&store);
  g_clear_object (&self->settings);
  g_object_unref (self->appearance);
  g_object_unref (self->session);
  g_free (self);
}

McWindow *
mc_stage_get_window (McStage *self)
{
  return self->window;
}

McSession *
mc_stage_get_session (McStage *self)
{
  return self->session;
}

void
mc_stage_resize (McStage *self, int width, int height)
{
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  ask_for_size (self, width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  mc_stage_settle (self);
}

void
mc_stage_set_appearance (McStage *self, gboolean dark, gboolean elder, guint text_size)
{
  g_object_set (self->session, "colour-scheme", dark ? "dark" : "light", "elder", elder, "text-size", text_size, NULL);
  mc_stage_settle (self);
}

/* NULL: nothing has been drawn of it yet. */
static GskRenderNode *
snapshot_window (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  return gtk_snapshot_to_node (snapshot);
}

GdkTexture *
mc_stage_paint_window (GtkWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  gint64 limit = g_get_monotonic_time () + SETTLE_LIMIT;
  g_autoptr (GskRenderNode) node = NULL;

  /* A window that has just been mapped has no frame to show before its first one. */
  while (!(node = snapshot_window (widget)))
    {
      if (g_get_monotonic_time () > limit)
        g_error ("nothing is drawn of %s", G_OBJECT_TYPE_NAME (window));
      run_frame (widget);
    }
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, NULL);
}

GdkTexture *
mc_stage_paint (McStage *self)
{
  return mc_stage_paint_window (GTK_WINDOW (self->window));
}

GtkWindow *
mc_stage_get_dialog (McStage *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (self->window))
        return window;
    }
  return NULL;
}

/* The page of users in the preferences reads after it is shown. */
static gboolean
is_reading (GtkWidget *widget)
{
  if (MC_IS_USERS_PAGE (widget))
    return mc_users_page_is_busy (MC_USERS_PAGE (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (is_reading (child))
      return TRUE;
  return FALSE;
}

GtkWindow *
mc_stage_wait_for_dialog (McStage *self)
{
  gint64 limit = g_get_monotonic_time () + SETTLE_LIMIT;
  GtkWindow *dialog;

  while (!(dialog = mc_stage_get_dialog (self)) || is_reading (GTK_WIDGET (dialog)))
    {
      if (g_get_monotonic_time () > limit)
        g_error ("no dialog is shown after a minute");
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  mc_stage_settle (self);
  run_frame (GTK_WIDGET (dialog));
  return dialog;
}
