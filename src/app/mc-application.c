/* SPDX-License-Identifier: GPL-3.0-or-later
 * The program: one session, one window, and its command line. */
#include "mc-application.h"

#include <glib/gi18n.h>

#include "mc-appearance.h"
#include "mc-config.h"
#include "mc-first-frame.h"
#include "mc-page-table.h"
#include "mc-settings.h"

struct _McApplication
{
  AdwApplication parent_instance;

  McSession *session;
  McAppearance *appearance;
  McUserSettings *user_settings;
  McWindow *window; /* borrowed */
  char *path;         /* NULL: the default one */
  McStoreOpening *opening; /* until the window takes it */
  char *page;     /* to be shown by the next activation; NULL: the one that is shown */
  gboolean elder; /* asked for on the command line */
};

G_DEFINE_FINAL_TYPE (McApplication, mc_application, ADW_TYPE_APPLICATION)

static void
store_cb (McApplication *self)
{
  if (self->elder)
    mc_session_set_elder (self->session, TRUE);
  self->elder = FALSE;
}

static gboolean
close_request_cb (GtkWindow *window)
{
  mc_settings_save_window (window);
  return GDK_EVENT_PROPAGATE;
}

static void
window_gone_cb (gpointer data, GObject *window)
{
  ((McApplication *) data)->window = NULL;
}

static void
mc_application_activate (GApplication *application)
{
  McApplication *self = MC_APPLICATION (application);

  if (!self->window)
    {
      McStoreOpening *opening = self->opening ? g_steal_pointer (&self->opening) : mc_store_opening_begin (self->path, 0);

      self->window = mc_window_new (ADW_APPLICATION (self), self->session, opening);
      g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
      mc_window_keep_settings (self->window, self->user_settings);
      mc_settings_restore_window (GTK_WINDOW (self->window));
      g_signal_connect (self->window, "close-request", G_CALLBACK (close_request_cb), NULL);
      mc_first_frame_watch (self->window);
    }
  if (self->page)
    mc_window_show_page (self->window, self->page);
  g_clear_pointer (&self->page, g_free);
  mc_window_present_when_ready (self->window);
}

static void
take_path (McApplication *self, GVariantDict *options)
{
  g_autofree char *path = NULL;

  if (!g_variant_dict_lookup (options, "db", "^ay", &path))
    return;
  g_free (self->path);
  self->path = g_steal_pointer (&path);
}

/* Before startup, which wants to know the path. */
static int
mc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  take_path (MC_APPLICATION (application), options);
  return -1;
}

static int
mc_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  McApplication *self = MC_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  const char *page = NULL;

  if (!self->window && !self->opening)
    take_path (self, options);
  if (g_variant_dict_lookup (options, "page", "&s", &page) && !mc_page_table_find (page))
    {
      g_application_command_line_printerr (line, _("There is no page named “%s”.\n"), page);
      return 2;
    }
  if (g_variant_dict_contains (options, "elder"))
    {
      mc_session_set_elder (self->session, TRUE);
      self->elder = mc_session_get_user_name (self->session) == NULL; /* the person's own setting comes with the store */
    }
  g_free (self->page);
  self->page = g_strdup (page);
  g_application_activate (application);
  return 0;
}

static void
mc_application_startup (GApplication *application)
{
  McApplication *self = MC_APPLICATION (application);

  /* The database is opened while GTK gets ready. */
  self->opening = mc_store_opening_begin (self->path, 0);
  G_APPLICATION_CLASS (mc_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (MC_APPLICATION_ID);
  g_set_application_name (_("Mingcha"));
  self->session = mc_session_new ();
  self->user_settings = mc_user_settings_new (self->session);
  self->appearance = mc_appearance_new (gdk_display_get_default (), self->session);
  g_signal_connect_object (self->session, "notify::store", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
}

static void
mc_application_shutdown (GApplication *application)
{
  McApplication *self = MC_APPLICATION (application);

  g_clear_pointer (&self->opening, mc_store_opening_cancel);
  g_clear_object (&self->appearance);
  if (self->user_settings)
    mc_user_settings_flush (self->user_settings);
  g_clear_object (&self->user_settings);
  if (self->session && mc_session_get_store (self->session))
    mc_store_close (mc_session_get_store (self->session));
  g_clear_object (&self->session);

  G_APPLICATION_CLASS (mc_application_parent_class)->shutdown (application);
}

static void
mc_application_finalize (GObject *object)
{
  g_free (MC_APPLICATION (object)->path);
  g_free (MC_APPLICATION (object)->page);

  G_OBJECT_CLASS (mc_application_parent_class)->finalize (object);
}

static void
mc_application_class_init (McApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mc_application_finalize;
  application_class->activate = mc_application_activate;
  application_class->handle_local_options = mc_application_handle_local_options;
  application_class->command_line = mc_application_command_line;
  application_class->startup = mc_application_startup;
  application_class->shutdown = mc_application_shutdown;
}

static void
mc_application_init (McApplication *self)
{
  static const GOptionEntry options[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("The database to open"), N_("FILE") },
    { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_("The page to show"), N_("NAME") },
    { "elder", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Begin in elder mode"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

McApplication *
mc_application_new (void)
{
  return g_object_new (MC_TYPE_APPLICATION,
                       "application-id", MC_APPLICATION_ID,
                       "resource-base-path", "/org/mingcha/Mingcha",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}

McWindow *
mc_application_get_window (McApplication *self)
{
  g_return_val_if_fail (MC_IS_APPLICATION (self), NULL);

  return self->window;
}
