/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the person for a PIN before something that is done in their name. */
#include "mc-pin-ask.h"

#include <glib/gi18n.h>

#include "mc-pin-dialog.h"
#include "mc-question.h"
#include "registry/mc-user.h"

typedef struct
{
  GtkWidget *widget; /* owned */
  McStore *store;
  char *user;
  char *reason;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->widget);
  g_object_unref (asking->store);
  g_free (asking->user);
  g_free (asking->reason);
  g_free (asking);
}

static void
answered_cb (McPinDialog *dialog, gboolean proven, GTask *task)
{
  g_task_return_boolean (task, proven);
}

static void
task_release (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  McPinDialog *dialog;
  McPinResult found;

  if (!mc_user_check_pin_finish (result, &found, &error))
    {
      mc_question_show_error (asking->widget, asking->reason, error);
      g_task_return_boolean (task, FALSE);
      return;
    }
  if (found.outcome == MC_PIN_NONE)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  dialog = mc_pin_dialog_new (asking->store, asking->user, asking->reason);
  mc_pin_dialog_tell (dialog, &found);
  g_signal_connect_data (dialog, "answered", G_CALLBACK (answered_cb), g_object_ref (task), task_release, 0);
  mc_pin_dialog_show (dialog, asking->widget);
}

void
mc_pin_ask (GtkWidget *widget, McSession *session, const char *user, const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  McStore *store;
  Asking *asking;

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_SESSION (session) && reason != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  store = mc_session_get_store (session);
  if (!user && store)
    user = mc_store_get_user (store);
  if (!store || !user || !*user)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  asking = g_new0 (Asking, 1);
  asking->widget = g_object_ref (widget);
  asking->store = g_object_ref (store);
  asking->user = g_strdup (user);
  asking->reason = g_strdup (reason);
  g_task_set_task_data (task, asking, asking_free);
  mc_user_look_at_pin_async (store, user, g_get_real_time () / G_USEC_PER_SEC, NULL, looked_cb, g_steal_pointer (&task));
}

gboolean
mc_pin_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
