/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the desk shows: drafts, days that come due, and the counts of the register. */
#include "mc-overview-data.h"

#include "standards/mc-iso-date.h"

typedef struct
{
  McStore *store;
  char *inspector;
  char *today;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request->inspector);
  g_free (request->today);
  g_free (request);
}

static GPtrArray *
load_drafts (const Request *request, GError **error)
{
  const McVisitQuery query = { MC_VISIT_LIST_DRAFTS, request->inspector, NULL };
  g_autoptr (GArray) rowids = mc_visits_list (request->store, &query, error);

  if (!rowids)
    return NULL;
  return mc_visits_load_rows (request->store, (const gint64 *) (gpointer) rowids->data, MIN (rowids->len, MC_OVERVIEW_MAX_DRAFTS), error);
}

static gboolean
load_counts (const Request *request, McOverviewData *overview, GError **error)
{
  g_autofree char *since = NULL;
  GDate today;

  if (!mc_visits_count (request->store, request->inspector, &overview->counts, error))
    return FALSE;
  g_return_val_if_fail (mc_iso_date_parse (request->today, &today), FALSE);
  since = mc_year_before (&today);
  return mc_facility_counts_load (request->store, since, &overview->facilities, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  g_autoptr (McOverviewData) overview = g_new0 (McOverviewData, 1);
  GError *error = NULL;

  overview->drafts = load_drafts (request, &error);
  if (overview->drafts && load_counts (request, overview, &error))
    overview->due = mc_due_list_load (request->store, request->inspector, request->today, MC_OVERVIEW_MAX_DUE, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&overview), (GDestroyNotify) mc_overview_data_free);
}

void
mc_overview_data_free (McOverviewData *data)
{
  g_clear_pointer (&data->drafts, g_ptr_array_unref);
  g_clear_pointer (&data->due, mc_due_list_free);
  g_free (data);
}

void
mc_overview_data_load_async (McStore *store, const char *inspector, const char *today, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  request->inspector = g_strdup (inspector);
  request->today = g_strdup (today);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}

McOverviewData *
mc_overview_data_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
mc_year_before (const GDate *today)
{
  GDate date;

  g_return_val_if_fail (g_date_valid (today), NULL);

  date = *today;
  g_date_subtract_years (&date, 1);
  return mc_iso_date_format (&date);
}
