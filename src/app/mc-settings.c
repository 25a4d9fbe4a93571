/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window remembers: the last user, its size, and for each user how they read. */
#include "mc-settings.h"

#include "mc-config.h"

struct _McUserSettings
{
  GObject parent_instance;

  McSession *session;
  GSettings *settings; /* NULL: not installed */
  char *user;
};

G_DEFINE_FINAL_TYPE (McUserSettings, mc_user_settings, G_TYPE_OBJECT)

static GSettings *
open_settings (const char *schema_id, const char *path)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, schema_id, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, path) : NULL;
}

static void
release (McUserSettings *self)
{
  if (!self->settings)
    return;
  g_settings_unbind (self->session, "text-size");
  g_settings_unbind (self->session, "elder");
  g_settings_unbind (self->session, "colour-scheme");
  g_clear_object (&self->settings);
}

static void
mc_user_settings_dispose (GObject *object)
{
  McUserSettings *self = MC_USER_SETTINGS (object);

  if (self->session)
    release (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->user, g_free);

  G_OBJECT_CLASS (mc_user_settings_parent_class)->dispose (object);
}

static void
mc_user_settings_class_init (McUserSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_user_settings_dispose;
}

static void
mc_user_settings_init (McUserSettings *self)
{
}

static void
one_at_a_time_cb (McUserSettings *self)
{
  gboolean one = mc_session_get_one_at_a_time (self->session), elder = mc_session_get_elder (self->session);

  if (self->settings)
    g_settings_set_string (self->settings, "one-at-a-time", one == elder ? "elder" : one ? "on" : "off");
}

static void
restore_one_at_a_time (McUserSettings *self)
{
  g_autofree char *wanted = g_settings_get_string (self->settings, "one-at-a-time");

  if (g_strcmp0 (wanted, "elder") != 0)
    g_object_set (self->session, "one-at-a-time", g_strcmp0 (wanted, "on") == 0, NULL);
}

McUserSettings *
mc_user_settings_new (McSession *session)
{
  McUserSettings *self = g_object_new (MC_TYPE_USER_SETTINGS, NULL);

  self->session = g_object_ref (session);
  mc_user_settings_set_user (self, NULL);
  g_signal_connect_object (session, "notify::one-at-a-time", G_CALLBACK (one_at_a_time_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
mc_user_settings_set_user (McUserSettings *self, const char *user)
{
  g_autofree char *path = g_strdup_printf ("/org/mingcha/Mingcha/users/%s/", user && *user ? user : "nobody");

  g_return_if_fail (MC_IS_USER_SETTINGS (self));

  if (self->settings && g_strcmp0 (self->user, user) == 0)
    return;
  release (self);
  g_free (self->user);
  self->user = g_strdup (user);
  self->settings = open_settings (MC_APPLICATION_ID ".User", path);
  if (!self->settings)
    return;
  restore_one_at_a_time (self);
  g_settings_bind (self->settings, "text-size", self->session, "text-size", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "elder", self->session, "elder", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "colour-scheme", self->session, "colour-scheme", G_SETTINGS_BIND_DEFAULT);
}

char *
mc_settings_get_last_user (void)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID, NULL);

  return settings ? g_settings_get_string (settings, "last-user") : g_strdup ("");
}

void
mc_settings_set_last_user (const char *user)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID, NULL);

  if (settings)
    g_settings_set_string (settings, "last-user", user ? user : "");
}

void
mc_settings_restore_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID, NULL);
  int width, height;

  if (!settings)
    return;
  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (window, width, height);
  if (g_settings_get_boolean (settings, "window-maximised"))
    gtk_window_maximize (window);
}

void
mc_settings_save_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID, NULL);
  int width, height;

  if (!settings)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "window-maximised", gtk_window_is_maximized (window));
}
