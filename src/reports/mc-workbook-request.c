/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked for a workbook of records, and the thread that writes it. */
#include "mc-workbook-request.h"

typedef struct
{
  McWorkbookRequest request; /* with copies of all that it points to */
  McWorkbookWriter writer;
  gpointer data;
  GDestroyNotify data_free;
  McProgressRelay *relay;
} Job;

static McColumnPlan *
plan_ref (McColumnPlan *plan)
{
  return plan ? mc_column_plan_ref (plan) : NULL;
}

static Job *
job_new (const McWorkbookRequest *request)
{
  Job *job = g_new0 (Job, 1);

  job->request = *request;
  job->request.path = g_strdup (request->path);
  job->request.plan = plan_ref (request->plan);
  job->request.findings_plan = plan_ref (request->findings_plan);
  job->request.rowids = g_memdup2 (request->rowids, sizeof *request->rowids * request->n_rowids);
  job->request.date = g_strdup (request->date);
  job->request.reporting_unit = g_strdup (request->reporting_unit);
  job->request.prepared_by = g_strdup (request->prepared_by);
  job->request.cancellable = request->cancellable ? g_object_ref (request->cancellable) : NULL;
  if (request->progress)
    {
      job->relay = mc_progress_relay_new (request->progress, request->progress_data);
      job->request.progress = mc_progress_relay_tell;
      job->request.progress_data = job->relay;
    }
  return job;
}

static void
job_free (Job *job)
{
  g_free ((char *) job->request.path);
  g_clear_pointer (&job->request.plan, mc_column_plan_unref);
  g_clear_pointer (&job->request.findings_plan, mc_column_plan_unref);
  g_free ((gint64 *) job->request.rowids);
  g_free ((char *) job->request.date);
  g_free ((char *) job->request.reporting_unit);
  g_free ((char *) job->request.prepared_by);
  g_clear_object (&job->request.cancellable);
  g_clear_pointer (&job->relay, mc_progress_relay_unref);
  if (job->data_free)
    job->data_free (job->data);
  g_free (job);
}

static void
run_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  McWorkbookResult *result = g_new0 (McWorkbookResult, 1);
  GError *error = NULL;

  if (job->writer (source, job->data, &job->request, result, &error))
    {
      g_task_return_pointer (task, result, g_free);
      return;
    }
  g_free (result);
  g_task_return_error (task, error);
}

void
mc_workbook_request_run_async (McStore *store, McWorkbookWriter writer, gpointer data, GDestroyNotify data_free,
                               const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, request->cancellable, callback, user_data);
  Job *job = job_new (request);

  job->writer = writer;
  job->data = data;
  job->data_free = data_free;

  /* Cancelled or not, it says itself how it ended: a file that is there was not cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, mc_workbook_request_run_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run_thread);
}

gboolean
mc_workbook_request_finish (GAsyncResult *async_result, McWorkbookResult *result, GError **error)
{
  g_autofree McWorkbookResult *found = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (async_result, mc_workbook_request_run_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (async_result), error);
  if (found && result)
    *result = *found;
  return found != NULL;
}
