/* SPDX-License-Identifier: GPL-3.0-or-later
 * Planning, applying and undoing: here at once, or on a thread of its own. */
#include "mc-import-plan.h"
#include "mc-import-writing.h"

#include <glib/gi18n.h>

/* --- applying --------------------------------------------------------------------------------------------- */

char *
mc_import_apply (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  McImportWriting writing = {
    .stage = self->stage, .kind = self->kind, .file_name = self->file_name, .sheet_name = self->sheet_name,
    .user = mc_store_get_user (self->store), .n_new = self->counts[MC_IMPORT_CREATED], .progress = progress, .progress_data = progress_data,
  };

  g_return_val_if_fail (!self->applied, NULL);

  if (self->counts[MC_IMPORT_REJECTED] > 0 && !(flags & MC_IMPORT_GOOD_ROWS))
    {
      g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_BAD_ROWS,
                   g_dngettext (NULL, "%llu row cannot be taken, so none was. Correct the file, or import the good rows alone. Nothing was changed.",
                                "%llu rows cannot be taken, so none was. Correct the file, or import the good rows alone. Nothing was changed.",
                                (gulong) self->counts[MC_IMPORT_REJECTED]), (unsigned long long) self->counts[MC_IMPORT_REJECTED]);
      return NULL;
    }
  if (!mc_import_write (self->store, &writing, cancellable, error))
    return NULL;
  self->applied = TRUE;
  return writing.batch;
}

/* --- on a thread ------------------------------------------------------------------------------------------ */

/* Tells the progress of a thread on the context of its caller. */
typedef struct
{
  McImportProgress progress;
  gpointer data;
  GMainContext *context;
} Relay;

typedef struct
{
  Relay relay; /* a copy */
  double fraction;
  guint64 rows;
} Told;

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  told->relay.progress (told->fraction, told->rows, told->relay.data);
  return G_SOURCE_REMOVE;
}

static void
relay_progress (double fraction, guint64 rows, gpointer user_data)
{
  Relay *relay = user_data;
  Told *told = g_new0 (Told, 1);

  told->relay = *relay;
  told->fraction = fraction;
  told->rows = rows;
  g_main_context_invoke_full (relay->context, G_PRIORITY_DEFAULT, tell_cb, told, g_free);
}

typedef struct
{
  McImportOptions options;
  GDate today;
  McImportFlags flags;
  Relay relay;
} Job;

static Job *
job_new (McImportProgress progress, gpointer progress_data)
{
  Job *job = g_new0 (Job, 1);

  job->relay.progress = progress;
  job->relay.data = progress_data;
  job->relay.context = g_main_context_ref_thread_default ();
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free ((char *) job->options.path);
  g_free ((char *) job->options.encoding);
  g_strfreev ((char **) job->options.maps);
  g_free ((char *) job->options.default_area);
  g_free ((char *) job->options.default_authority);
  g_main_context_unref (job->relay.context);
  g_free (job);
}

static void
copy_options (Job *job, const McImportOptions *options)
{
  job->options = *options;
  job->options.path = g_strdup (options->path);
  job->options.encoding = g_strdup (options->encoding);
  job->options.maps = (const char *const *) g_strdupv ((char **) options->maps);
  job->options.default_area = g_strdup (options->default_area);
  job->options.default_authority = g_strdup (options->default_authority);
  if (options->today)
    {
      job->today = *options->today;
      job->options.today = &job->today;
    }
}

static void
plan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McImportPlan *plan = mc_import_plan_new (source, &job->options, job->relay.progress ? relay_progress : NULL, &job->relay, cancellable, &error);

  if (plan)
    g_task_return_pointer (task, plan, (GDestroyNotify) mc_import_plan_unref);
  else
    g_task_return_error (task, error);
}

void
mc_import_plan_async (McStore *store, const McImportOptions *options, McImportProgress progress, gpointer progress_data,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = job_new (progress, progress_data);

  copy_options (job, options);
  g_task_set_source_tag (task, mc_import_plan_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, plan_thread);
}

McImportPlan *
mc_import_plan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  McImportPlan *plan;
  Job *job;
} Apply;

static void
apply_free (gpointer data)
{
  Apply *apply = data;

  mc_import_plan_unref (apply->plan);
  job_free (apply->job);
  g_free (apply);
}

static void
apply_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Apply *apply = data;
  GError *error = NULL;
  char *batch = mc_import_apply (apply->plan, apply->job->flags, apply->job->relay.progress ? relay_progress : NULL, &apply->job->relay,
                                 cancellable, &error);

  if (batch)
    g_task_return_pointer (task, batch, g_free);
  else
    g_task_return_error (task, error);
}

void
mc_import_apply_async (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self->store, cancellable, callback, user_data);
  Apply *apply = g_new0 (Apply, 1);

  apply->plan = mc_import_plan_ref (self);
  apply->job = job_new (progress, progress_data);
  apply->job->flags = flags;
  g_task_set_source_tag (task, mc_import_apply_async);
  g_task_set_task_data (task, apply, apply_free);
  /* Once it is written, it is done, whatever was asked meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, apply_thread);
}

char *
mc_import_apply_finish (McImportPlan *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  McImportUndo *undo = mc_import_undo (source, cancellable, &error);

  if (undo)
    g_task_return_pointer (task, undo, (GDestroyNotify) mc_import_undo_free);
  else
    g_task_return_error (task, error);
}

void
mc_import_undo_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, mc_import_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, undo_thread);
}

McImportUndo *
mc_import_undo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
