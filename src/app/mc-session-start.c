/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is read once a store is open: is this the first run, and who works. */
#include "mc-session-start.h"

typedef struct
{
  McStore *store;
  char *last_user;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request->last_user);
  g_free (request);
}

static McUser *
pick_user (GPtrArray *users, const char *last_user)
{
  for (guint i = 0; i < users->len; i++)
    if (g_strcmp0 (((McUser *) users->pdata[i])->id, last_user) == 0)
      return users->pdata[i];
  return users->len > 0 ? users->pdata[0] : NULL;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  McSessionStart *start = g_new0 (McSessionStart, 1);
  GError *error = NULL;

  if (!mc_setup_is_needed (request->store, &start->first_run, &error)
      || !(start->users = mc_user_list (request->store, &error)))
    {
      mc_session_start_free (start);
      g_task_return_error (task, error);
      return;
    }
  start->user = pick_user (start->users, request->last_user);
  /* Who cannot read how somebody reads still lets them work. */
  if (start->user)
    start->settings = mc_user_load_settings (request->store, start->user->id, NULL);
  if (!start->settings)
    start->settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_task_return_pointer (task, start, (GDestroyNotify) mc_session_start_free);
}

void
mc_session_start_free (McSessionStart *start)
{
  g_clear_pointer (&start->users, g_ptr_array_unref);
  g_clear_pointer (&start->settings, g_hash_table_unref);
  g_free (start);
}

void
mc_session_start_load_async (McStore *store, const char *last_user, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  request->last_user = g_strdup (last_user);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}

McSessionStart *
mc_session_start_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
