/* SPDX-License-Identifier: GPL-3.0-or-later
 * The forms of mc-visits.h for the window, which never waits for the disk. */
#include "mc-visit-store.h"
#include "mc-visits-private.h"

/* --- the forms for the window ----------------------------------------------------------------------------- */

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (mc_store_commit_finish (MC_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_visits_save_async (McStore *store, const McVisit *base, const McVisit *edited,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);

  mc_store_commit_async (store, mc_visits_save_transaction (base, edited), cancellable, commit_cb, task);
}

gboolean
mc_visits_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What a task was asked for; a copy, as the caller's is gone when the thread runs. */
typedef struct
{
  McStandards *standards;
  McVisit *visit, *edited;
  char *id, *today, *inspector, *reason;
  McVisitRequest request;
  char **assistants;
  McVisitQuery query;
  GArray *rowids;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->standards, mc_standards_unref);
  g_clear_pointer (&job->visit, mc_visit_unref);
  g_clear_pointer (&job->edited, mc_visit_unref);
  g_clear_pointer (&job->rowids, g_array_unref);
  g_free (job->id);
  g_free (job->today);
  g_free (job->inspector);
  g_free (job->reason);
  g_free ((char *) job->request.facility);
  g_free ((char *) job->request.user);
  g_free ((char *) job->request.lead);
  g_free ((char *) job->request.recorder);
  g_strfreev (job->assistants);
  g_free ((char *) job->request.type);
  g_free ((char *) job->request.source);
  g_free ((char *) job->request.standard);
  g_free ((char *) job->request.checked_on);
  g_free ((char *) job->request.today);
  g_free ((char *) job->request.recheck_of);
  g_free ((char *) job->query.inspector);
  g_free ((char *) job->query.facility);
  g_free (job);
}

/* Takes @job. */
static void
run_job (McStore *store, Job *job, GTaskThreadFunc func, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, func);
}

static void
return_pointer (GTask *task, gpointer result, GDestroyNotify result_free, GError *error)
{
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, result_free);
}

/* --- finalising: what its follow-ups are now is read in the same thread -------------------------------------- */

static void
finalise_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  gboolean done = job->edited ? mc_visits_amend (source, job->visit, job->edited, job->today, job->inspector, job->reason, &error)
                              : mc_visits_finalise (source, job->visit, job->today, job->inspector, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_visits_finalise_async (McStore *store, const McVisit *visit, const char *today, const char *inspector,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_visits_amend_async (store, visit, NULL, today, inspector, NULL, cancellable, callback, user_data);
}

gboolean
mc_visits_finalise_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* @edited NULL: finalises. */
void
mc_visits_amend_async (McStore *store, const McVisit *base, const McVisit *edited, const char *today, const char *inspector,
                       const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->visit = mc_visit_ref ((McVisit *) base);
  job->edited = edited ? mc_visit_ref ((McVisit *) edited) : NULL;
  job->today = g_strdup (today);
  job->inspector = g_strdup (inspector);
  job->reason = g_strdup (reason);
  run_job (store, job, finalise_thread, cancellable, callback, user_data);
}

gboolean
mc_visits_amend_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- loading ---------------------------------------------------------------------------------------------- */

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McVisit *visit = mc_visits_load (source, job->standards, job->id, &error);

  return_pointer (task, visit, (GDestroyNotify) mc_visit_unref, error);
}

void
mc_visits_load_async (McStore *store, McStandards *standards, const char *id,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->standards = mc_standards_ref (standards);
  job->id = g_strdup (id);
  run_job (store, job, load_thread, cancellable, callback, user_data);
}

McVisit *
mc_visits_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_previous_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McVisit *visit = mc_visits_load_previous (source, job->standards, job->visit, &error);

  return_pointer (task, visit, (GDestroyNotify) mc_visit_unref, error);
}

void
mc_visits_load_previous_async (McStore *store, McStandards *standards, const McVisit *visit,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->standards = mc_standards_ref (standards);
  job->visit = mc_visit_ref ((McVisit *) visit);
  run_job (store, job, load_previous_thread, cancellable, callback, user_data);
}

McVisit *
mc_visits_load_previous_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
prepare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McVisit *visit = mc_visits_prepare (source, job->standards, &job->request, &error);

  return_pointer (task, visit, (GDestroyNotify) mc_visit_unref, error);
}

void
mc_visits_prepare_async (McStore *store, McStandards *standards, const McVisitRequest *request,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->standards = mc_standards_ref (standards);
  job->assistants = g_strdupv ((char **) request->assistants);
  job->request = (McVisitRequest) {
    .facility = g_strdup (request->facility),
    .user = g_strdup (request->user),
    .lead = g_strdup (request->lead),
    .recorder = g_strdup (request->recorder),
    .assistants = (const char *const *) job->assistants,
    .type = g_strdup (request->type),
    .source = g_strdup (request->source),
    .standard = g_strdup (request->standard),
    .checked_on = g_strdup (request->checked_on),
    .today = g_strdup (request->today),
    .recheck_of = g_strdup (request->recheck_of),
  };
  run_job (store, job, prepare_thread, cancellable, callback, user_data);
}

McVisit *
mc_visits_prepare_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *rowids = mc_visit_store_list (source, &((Job *) data)->query, cancellable, &error);

  return_pointer (task, rowids, (GDestroyNotify) g_array_unref, error);
}

void
mc_visits_list_async (McStore *store, const McVisitQuery *query, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->query = (McVisitQuery) { query->kind, g_strdup (query->inspector), g_strdup (query->facility) };
  run_job (store, job, list_thread, cancellable, callback, user_data);
}

GArray *
mc_visits_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_rows_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GArray *rowids = ((Job *) data)->rowids;
  GError *error = NULL;
  GPtrArray *rows = mc_visit_store_load_rows (source, (const gint64 *) (gconstpointer) rowids->data, rowids->len, cancellable, &error);

  return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref, error);
}

void
mc_visits_load_rows_async (McStore *store, const gint64 *rowids, guint n,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (job->rowids, rowids, n);
  run_job (store, job, load_rows_thread, cancellable, callback, user_data);
}

GPtrArray *
mc_visits_load_rows_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

