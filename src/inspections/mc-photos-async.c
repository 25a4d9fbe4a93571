/* SPDX-License-Identifier: GPL-3.0-or-later
 * The forms of mc-photos.h for the window, which never waits for the disk or a phone. */
#include "mc-photos.h"

#include <glib/gi18n.h>

#include "store/mc-error.h"

/* What a task was asked for; a copy, as the caller's is gone when the thread runs. */
typedef struct
{
  char *visit;
  gboolean with_withdrawn, keep_original;
  GPtrArray *files; /* of GFile */
  GBytes *bytes;
  char *name;
  McPhotoPlace place;
  McPhotoEdit edit;
  char **ids;
  char *text;
  McRecord *photo;
  guint max_side;
  McPhotoProgress progress;
  gpointer progress_data;
  GDestroyNotify progress_free;
} Job;

static void
job_free (Job *job)
{
  g_free (job->visit);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_free (job->name);
  g_free ((char *) job->place.item);
  g_free ((char *) job->place.standard);
  g_free ((char *) job->place.stage);
  g_strfreev (job->ids);
  g_free (job->text);
  g_clear_pointer (&job->photo, mc_record_free);
  if (job->progress_free)
    job->progress_free (job->progress_data);
  g_free (job);
}

static McPhotoPlace
copy_place (const McPhotoPlace *place)
{
  return place ? (McPhotoPlace) { g_strdup (place->item), g_strdup (place->standard), g_strdup (place->stage) } : (McPhotoPlace) { 0 };
}

/* Takes @job. */
static void
run_job (McStore *store, Job *job, GTaskThreadFunc func, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  /* What was added before it was cancelled is told. */
  g_task_set_check_cancellable (task, FALSE);
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

/* --- lists --------------------------------------------------------------------------------------------------- */

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GPtrArray *photos = mc_photos_list (source, job->visit, job->with_withdrawn, &error);

  return_pointer (task, photos, (GDestroyNotify) g_ptr_array_unref, error);
}

void
mc_photos_list_async (McStore *store, const char *visit, gboolean with_withdrawn,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->visit = g_strdup (visit);
  job->with_withdrawn = with_withdrawn;
  run_job (store, job, list_thread, cancellable, callback, user_data);
}

GPtrArray *
mc_photos_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- adding -------------------------------------------------------------------------------------------------- */

void
mc_photo_outcome_free (McPhotoOutcome *outcome)
{
  g_free (outcome->name);
  g_free (outcome->id);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

/* Takes @file, which may be NULL with @error. */
static McPhotoOutcome *
finish_one (McStore *store, const Job *job, McPhotoFile *file, char *name, guint index, GError *error)
{
  McPhotoOutcome *outcome = g_new0 (McPhotoOutcome, 1);
  g_autoptr (McRecord) photo = NULL;

  outcome->name = name;
  outcome->error = error;
  if (!file)
    return outcome;
  photo = mc_photos_add (store, job->visit, file, &job->place, g_get_real_time () / 1000 + index, &outcome->already, &outcome->error);
  if (photo)
    outcome->id = g_strdup (mc_record_get_id (photo));
  mc_photo_file_free (file);
  return outcome;
}

typedef struct
{
  GTask *task; /* keeps the job */
  guint done, total;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->task);
  g_free (step);
}

static gboolean
step_cb (gpointer data)
{
  Step *step = data;
  Job *job = g_task_get_task_data (step->task);

  job->progress (step->done, step->total, job->progress_data);
  return G_SOURCE_REMOVE;
}

static void
tell_step (GTask *task, const Job *job, guint done)
{
  Step *step;

  if (!job->progress)
    return;
  step = g_new0 (Step, 1);
  *step = (Step) { g_object_ref (task), done, job->files->len };
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, step_cb, step, step_free);
}

static char *
shown_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base ? g_filename_display_name (base) : g_file_get_uri (file);
}

static void
add_files_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GPtrArray *outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_photo_outcome_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  for (guint i = 0; i < job->files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFile *from = g_ptr_array_index (job->files, i);
      GError *error = NULL;
      McPhotoFile *file = mc_photo_file_read (from, job->keep_original, zone, cancellable, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_clear_error (&error);
          break;
        }
      g_ptr_array_add (outcomes, finish_one (source, job, file, shown_name (from), i, error));
      tell_step (task, job, i + 1);
    }
  g_task_return_pointer (task, outcomes, (GDestroyNotify) g_ptr_array_unref);
}

void
mc_photos_add_files_async (McStore *store, const char *visit, GPtrArray *files, const McPhotoPlace *place, gboolean keep_original,
                           McPhotoProgress progress, gpointer progress_data, GDestroyNotify progress_free,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->visit = g_strdup (visit);
  job->files = g_ptr_array_ref (files);
  job->place = copy_place (place);
  job->keep_original = keep_original;
  job->progress = progress;
  job->progress_data = progress_data;
  job->progress_free = progress_free;
  run_job (store, job, add_files_thread, cancellable, callback, user_data);
}

static void
add_bytes_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GPtrArray *outcomes = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_photo_outcome_free);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  GError *error = NULL;
  McPhotoFile *file = mc_photo_file_new (job->bytes, job->name, FALSE, zone, &error);

  g_ptr_array_add (outcomes, finish_one (source, job, file, g_strdup (job->name), 0, error));
  g_task_return_pointer (task, outcomes, (GDestroyNotify) g_ptr_array_unref);
}

void
mc_photos_add_bytes_async (McStore *store, const char *visit, GBytes *bytes, const char *name, const McPhotoPlace *place,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->visit = g_strdup (visit);
  job->bytes = g_bytes_ref (bytes);
  job->name = g_strdup (name);
  job->place = copy_place (place);
  run_job (store, job, add_bytes_thread, cancellable, callback, user_data);
}

GPtrArray *
mc_photos_add_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- editing ------------------------------------------------------------------------------------------------- */

static gboolean
run_edit (McStore *store, const Job *job, GError **error)
{
  const char *const *ids = (const char *const *) job->ids;

  switch (job->edit)
    {
    case MC_PHOTO_MOVE:
      return mc_photos_move (store, ids, &job->place, error);
    case MC_PHOTO_CAPTION:
      return mc_photos_set_caption (store, ids[0], job->text, error);
    case MC_PHOTO_STAGE:
      return mc_photos_set_stage (store, ids[0], job->text, error);
    case MC_PHOTO_WITHDRAW:
    default:
      return mc_photos_withdraw (store, ids, job->text, error);
    }
}

static void
edit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run_edit (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_photos_edit_async (McStore *store, McPhotoEdit edit, const char *const *ids, const McPhotoPlace *place, const char *text,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (ids && ids[0]);

  job->edit = edit;
  job->ids = g_strdupv ((char **) ids);
  job->place = copy_place (place);
  job->text = g_strdup (text);
  run_job (store, job, edit_thread, cancellable, callback, user_data);
}

gboolean
mc_photos_edit_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- pictures ------------------------------------------------------------------------------------------------ */

static void
load_pixbuf_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GdkPixbuf *pixbuf = mc_photos_load_pixbuf (source, job->photo, job->max_side, cancellable, &error);

  return_pointer (task, pixbuf, g_object_unref, error);
}

void
mc_photos_load_pixbuf_async (McStore *store, const McRecord *photo, guint max_side,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->photo = mc_record_copy (photo);
  job->max_side = max_side;
  run_job (store, job, load_pixbuf_thread, cancellable, callback, user_data);
}

GdkPixbuf *
mc_photos_load_pixbuf_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
