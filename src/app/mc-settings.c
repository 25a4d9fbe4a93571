/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window remembers: the last user, its size, and for each user how they read. */
#include "mc-settings.h"

#include "mc-config.h"
#include "registry/mc-user.h"

#define SAVE_DELAY_MS 400

struct _McUserSettings
{
  GObject parent_instance;

  McSession *session;
  McStore *store;      /* where they are kept; NULL: nobody works yet */
  char *user;
  GHashTable *changed; /* of char * by char *: not yet written */
  guint save_source;
  gboolean writing;
  gboolean taking;     /* they are being put into the session */
};

G_DEFINE_FINAL_TYPE (McUserSettings, mc_user_settings, G_TYPE_OBJECT)

/* What is kept: a property of the session by its name. */
static const char *const keys[] = { "text-size", "elder", "one-at-a-time", "colour-scheme" };

static GSettings *
open_settings (const char *schema_id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, schema_id, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void save (McUserSettings *self);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McUserSettings) self = data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!mc_user_save_settings_finish (result, &error))
    g_debug ("how the user reads is not kept: %s", error->message);
  if (g_hash_table_size (self->changed) > 0 && self->save_source == 0)
    save (self);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* One after the other, so that what was chosen last stays. */
static void
save (McUserSettings *self)
{
  GHashTable *changed;

  if (self->writing || !self->store)
    return;
  changed = g_steal_pointer (&self->changed);
  self->changed = new_table ();
  self->writing = TRUE;
  mc_user_save_settings_async (self->store, self->user, changed, NULL, saved_cb, g_object_ref (self));
}

static gboolean
save_cb (gpointer data)
{
  McUserSettings *self = data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* As text: what a later version reads too. One at a time is kept only where it differs from what elder mode does by itself. */
static char *
read_session (McUserSettings *self, const char *key)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  if (g_str_equal (key, "one-at-a-time") && mc_session_get_one_at_a_time (self->session) == mc_session_get_elder (self->session))
    return NULL;
  g_object_get_property (G_OBJECT (self->session), key, &value);
  if (G_VALUE_HOLDS_BOOLEAN (&value))
    return g_strdup (g_value_get_boolean (&value) ? "true" : "false");
  g_value_init (&text, G_TYPE_STRING);
  g_value_transform (&value, &text);
  return g_value_dup_string (&text);
}

static void
changed_cb (McSession *session, GParamSpec *pspec, McUserSettings *self)
{
  if (self->taking || !self->store)
    return;
  g_hash_table_replace (self->changed, g_strdup (pspec->name), read_session (self, pspec->name));
  if (g_str_equal (pspec->name, "elder"))
    g_hash_table_replace (self->changed, g_strdup ("one-at-a-time"), read_session (self, "one-at-a-time"));
  if (self->save_source == 0)
    self->save_source = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

static void
write_session (McUserSettings *self, const char *key, const char *text)
{
  if (g_str_equal (key, "text-size"))
    mc_session_set_text_size (self->session, text ? (guint) g_ascii_strtoull (text, NULL, 10) : MC_TEXT_SIZE_MIN);
  else if (g_str_equal (key, "elder"))
    mc_session_set_elder (self->session, g_strcmp0 (text, "true") == 0);
  else if (g_str_equal (key, "one-at-a-time"))
    g_object_set (self->session, key, text ? g_str_equal (text, "true") : mc_session_get_elder (self->session), NULL);
  else
    g_object_set (self->session, key, text ? text : "default", NULL);
}

static void
mc_user_settings_dispose (GObject *object)
{
  McUserSettings *self = MC_USER_SETTINGS (object);

  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->store);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->changed, g_hash_table_unref);

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
  self->changed = new_table ();
}

McUserSettings *
mc_user_settings_new (McSession *session)
{
  McUserSettings *self = g_object_new (MC_TYPE_USER_SETTINGS, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", keys[i], NULL);

      g_signal_connect_object (session, signal, G_CALLBACK (changed_cb), self, 0);
    }
  return self;
}

void
mc_user_settings_take (McUserSettings *self, McStore *store, const char *user, GHashTable *settings)
{
  g_return_if_fail (MC_IS_USER_SETTINGS (self) && user != NULL && settings != NULL);

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (self->store && g_hash_table_size (self->changed) > 0)
    {
      mc_user_save_settings_async (self->store, self->user, g_steal_pointer (&self->changed), NULL, NULL, NULL);
      self->changed = new_table ();
    }
  g_set_object (&self->store, store);
  g_free (self->user);
  self->user = g_strdup (user);
  self->taking = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    write_session (self, keys[i], g_hash_table_lookup (settings, keys[i]));
  self->taking = FALSE;
}

void
mc_user_settings_flush (McUserSettings *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (MC_IS_USER_SETTINGS (self));

  g_clear_handle_id (&self->save_source, g_source_remove);
  if (!self->store || g_hash_table_size (self->changed) == 0)
    return;
  if (!mc_user_save_settings (self->store, self->user, self->changed, &error))
    g_debug ("how the user reads is not kept: %s", error->message);
  g_hash_table_remove_all (self->changed);
}

char *
mc_settings_get_last_user (void)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID);

  return settings ? g_settings_get_string (settings, "last-user") : g_strdup ("");
}

void
mc_settings_set_last_user (const char *user)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID);

  if (settings)
    g_settings_set_string (settings, "last-user", user ? user : "");
}

void
mc_settings_restore_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID);
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
  g_autoptr (GSettings) settings = open_settings (MC_APPLICATION_ID);
  int width, height;

  if (!settings)
    return;
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "window-maximised", gtk_window_is_maximized (window));
}
