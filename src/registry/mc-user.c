/* SPDX-License-Identifier: GPL-3.0-or-later
 * The users of a device: what their wrong PINs mean, who may manage them, and the forms that do not block. */
#include "mc-user.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- rules ------------------------------------------------------------------------------------------------ */

static char *
describe_span (gint64 seconds)
{
  gint64 minutes = (seconds + 59) / 60, hours = (minutes + 59) / 60;

  if (seconds < 60)
    return g_strdup_printf (ngettext ("%d second", "%d seconds", (gulong) seconds), (int) seconds);
  if (minutes < 120)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) minutes), (int) minutes);
  return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) hours), (int) hours);
}

char *
mc_pin_result_describe (const McPinResult *result, gint64 now)
{
  g_autofree char *span = NULL;

  g_return_val_if_fail (result != NULL, NULL);

  if (result->outcome != MC_PIN_WRONG && result->outcome != MC_PIN_WAIT)
    return NULL;
  span = describe_span (MAX (result->wait_until - now, 1));
  if (result->locked)
    return g_strdup_printf (_("Locked after %u wrong PINs. An administrator of this computer can set a new one; else try again in %s. Nothing is lost."),
                            result->wrong, span);
  if (result->outcome == MC_PIN_WAIT)
    return g_strdup_printf (_("Too many wrong PINs. Try again in %s. Nothing is lost."), span);
  if (result->wait_until > now)
    return g_strdup_printf (_("That is not the PIN (%u wrong ones). The next can be tried in %s. Nothing is lost."), result->wrong, span);
  return g_strdup_printf (ngettext ("That is not the PIN. %u more try before a wait.", "That is not the PIN. %u more tries before a wait.",
                                    MC_PIN_FIRST_WAIT - result->wrong),
                          MC_PIN_FIRST_WAIT - result->wrong);
}

static gboolean
is_administrator (const McUser *user)
{
  return g_strcmp0 (user->role, "administrator") == 0;
}

gboolean
mc_user_may_manage (GPtrArray *users, const McUser *by)
{
  g_return_val_if_fail (users != NULL, FALSE);

  if (by && is_administrator (by))
    return TRUE;
  for (guint i = 0; i < users->len; i++)
    if (is_administrator (users->pdata[i]))
      return FALSE;
  return TRUE;
}

gboolean
mc_user_retire (McStore *store, const char *user, const char *today, const char *reason, GError **error)
{
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;

  g_return_val_if_fail (MC_IS_STORE (store) && user != NULL && today != NULL, FALSE);

  if (g_strcmp0 (mc_store_get_user (store), user) == 0)
    {
      g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("Who works now cannot be retired: switch to another user first. Nothing was changed."));
      return FALSE;
    }
  if (!reason || !*reason)
    {
      g_set_error_literal (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("A reason is needed. Nothing was changed."));
      return FALSE;
    }
  base = mc_store_load (store, "user", user, error);
  if (!base)
    return FALSE;
  edited = mc_record_copy (base);
  mc_record_set_text (edited, "retired_on", today);
  mc_record_set_text (edited, "retired_reason", reason);
  return mc_store_save (store, base, edited, error);
}

/* --- in a thread ------------------------------------------------------------------------------------------ */

typedef struct
{
  char *user;
  char *old;
  char *pin;
  gboolean by_administrator;
  gint64 now;
} Request;

/* A PIN does not stay in memory longer than it is needed. */
static void
forget (char *pin)
{
  if (pin)
    for (volatile char *p = pin; *p; p++)
      *p = '\0';
  g_free (pin);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->user);
  forget (request->old);
  forget (request->pin);
  g_free (request);
}

static Request *
request_new (const char *user, const char *old, const char *pin, gboolean by_administrator, gint64 now)
{
  Request *request = g_new0 (Request, 1);

  request->user = g_strdup (user);
  request->old = g_strdup (old);
  request->pin = g_strdup (pin);
  request->by_administrator = by_administrator;
  request->now = now;
  return request;
}

static void
check_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autofree McPinResult *result = g_new0 (McPinResult, 1);
  GError *error = NULL;

  if (request->pin ? mc_user_check_pin (source, request->user, request->pin, request->now, result, &error)
                   : mc_user_look_at_pin (source, request->user, request->now, result, &error))
    g_task_return_pointer (task, g_steal_pointer (&result), g_free);
  else
    g_task_return_error (task, error);
}

void
mc_user_check_pin_async (McStore *store, const char *user, const char *pin, gint64 now, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_task_data (task, request_new (user, NULL, pin, FALSE, now), request_free);
  g_task_run_in_thread (task, check_thread);
}

void
mc_user_look_at_pin_async (McStore *store, const char *user, gint64 now, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_task_data (task, request_new (user, NULL, NULL, FALSE, now), request_free);
  g_task_run_in_thread (task, check_thread);
}

gboolean
mc_user_check_pin_finish (GAsyncResult *result, McPinResult *outcome, GError **error)
{
  g_autofree McPinResult *found = g_task_propagate_pointer (G_TASK (result), error);

  if (!found)
    return FALSE;
  *outcome = *found;
  return TRUE;
}

static void
set_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;

  if (mc_user_set_pin (source, request->user, request->old, request->pin, request->by_administrator, request->now, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_user_set_pin_async (McStore *store, const char *user, const char *old, const char *pin, gboolean by_administrator, gint64 now, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_task_data (task, request_new (user, old, pin, by_administrator, now), request_free);
  g_task_run_in_thread (task, set_thread);
}

gboolean
mc_user_set_pin_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char *user;
  GHashTable *settings;
} Settings;

static void
settings_free (gpointer data)
{
  Settings *settings = data;

  g_free (settings->user);
  g_hash_table_unref (settings->settings);
  g_free (settings);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Settings *settings = data;
  GError *error = NULL;

  if (mc_user_save_settings (source, settings->user, settings->settings, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_user_save_settings_async (McStore *store, const char *user, GHashTable *settings, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Settings *request = g_new0 (Settings, 1);

  g_return_if_fail (MC_IS_STORE (store) && user != NULL && settings != NULL);

  request->user = g_strdup (user);
  request->settings = settings;
  g_task_set_task_data (task, request, settings_free);
  g_task_run_in_thread (task, save_thread);
}

gboolean
mc_user_save_settings_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  char *user, *today, *reason;
} Retirement;

static void
retirement_free (gpointer data)
{
  Retirement *retirement = data;

  g_free (retirement->user);
  g_free (retirement->today);
  g_free (retirement->reason);
  g_free (retirement);
}

static void
retire_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Retirement *retirement = data;
  GError *error = NULL;

  if (mc_user_retire (source, retirement->user, retirement->today, retirement->reason, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_user_retire_async (McStore *store, const char *user, const char *today, const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Retirement *retirement = g_new0 (Retirement, 1);

  retirement->user = g_strdup (user);
  retirement->today = g_strdup (today);
  retirement->reason = g_strdup (reason);
  g_task_set_task_data (task, retirement, retirement_free);
  g_task_run_in_thread (task, retire_thread);
}

gboolean
mc_user_retire_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
