/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of the page of checks, and how much waits in each. */
#include "mc-tasks.h"

typedef struct
{
  McStore *store;
  McFollowUpQuery query;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free ((char *) request->query.inspector);
  g_free ((char *) request->query.facility);
  g_free ((char *) request->query.today);
  g_free (request);
}

static void
run (McStore *store, const McFollowUpQuery *query, GTaskThreadFunc func, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  request->query = (McFollowUpQuery) { query->kind, g_strdup (query->inspector), g_strdup (query->facility), g_strdup (query->today), query->limit };
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, func);
}

static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  McFollowUpQuery query = request->query;
  g_autoptr (McFollowUpList) list = NULL;
  McVisitCounts visits;
  McTaskCounts *counts;
  GError *error = NULL;

  query.limit = 1;
  if (mc_visits_count (request->store, query.inspector, &visits, &error))
    list = mc_follow_ups_list (request->store, &query, &error);
  if (!list)
    {
      g_task_return_error (task, error);
      return;
    }
  counts = g_new0 (McTaskCounts, 1);
  *counts = (McTaskCounts) { visits.drafts, visits.awaiting, list->total, list->overdue, visits.drafts + visits.finalised };
  g_task_return_pointer (task, counts, g_free);
}

void
mc_task_counts_load_async (McStore *store, const char *inspector, const char *today, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  const McFollowUpQuery query = { .kind = MC_FOLLOW_UPS_OPEN, .inspector = inspector, .today = today };

  run (store, &query, count_thread, cancellable, callback, user_data);
}

McTaskCounts *
mc_task_counts_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  McFollowUpList *list = mc_follow_ups_list (request->store, &request->query, &error);

  if (list)
    g_task_return_pointer (task, list, (GDestroyNotify) mc_follow_up_list_free);
  else
    g_task_return_error (task, error);
}

void
mc_follow_ups_list_async (McStore *store, const McFollowUpQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  run (store, query, list_thread, cancellable, callback, user_data);
}

McFollowUpList *
mc_follow_ups_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
