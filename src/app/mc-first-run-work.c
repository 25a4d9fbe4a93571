/* SPDX-License-Identifier: GPL-3.0-or-later
 * The work of the first run: database, areas, authority, user, and the sample roster. */
#include "mc-first-run-work.h"

#include <glib/gstdio.h>

#include "registry/mc-import.h"

/* The store is opened by the window's thread (its signals belong there), all else on a thread of its own. */
typedef struct
{
  McStore *store;
  char *area_code, *authority_name, *authority_kind, *user_name, *role;
  gboolean with_samples;
  GError *sample_error;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->store);
  g_clear_error (&work->sample_error);
  g_free (work->area_code);
  g_free (work->authority_name);
  g_free (work->authority_kind);
  g_free (work->user_name);
  g_free (work->role);
  g_free (work);
}

static gboolean
import_file (McStore *store, const char *path, const char *area, GError **error)
{
  const McImportOptions options = { .kind = MC_IMPORT_FACILITIES, .path = path, .sheet = -1, .default_area = area };
  g_autoptr (McImportPlan) plan = mc_import_plan_new (store, &options, NULL, NULL, NULL, error);
  g_autofree char *batch = NULL;

  if (!plan)
    return FALSE;
  batch = mc_import_apply (plan, MC_IMPORT_GOOD_ROWS, NULL, NULL, NULL, error);
  return batch != NULL;
}

static gboolean
import_roster (McStore *store, GError **error)
{
  g_autoptr (GBytes) roster = mc_setup_sample_roster ();
  g_autofree char *path = NULL;
  gsize length;
  const char *text = g_bytes_get_data (roster, &length);
  int file = g_file_open_tmp ("mingcha-XXXXXX.csv", &path, error);
  gboolean done;

  if (file < 0)
    return FALSE;
  g_close (file, NULL);
  done = g_file_set_contents (path, text, (gssize) length, error) && import_file (store, path, NULL, error);
  g_unlink (path);
  return done;
}

static void
set_up_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  const McSetupOptions options = { work->area_code, work->authority_name, work->authority_kind, work->user_name, work->role };
  GError *error = NULL;
  g_autofree char *user = mc_setup_run (work->store, &options, &error);

  if (!user)
    {
      g_task_return_error (task, error);
      return;
    }
  if (work->with_samples && mc_setup_samples (work->store, &work->sample_error))
    import_roster (work->store, &work->sample_error);
  g_task_return_boolean (task, TRUE);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->store = mc_store_open_finish (result, &error);
  if (work->store)
    g_task_run_in_thread (task, set_up_in_thread);
  else
    g_task_return_error (task, error);
}

void
mc_first_run_work_async (const char *path, McStore *store, const McSetupOptions *options, gboolean with_samples,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->store = store ? g_object_ref (store) : NULL;
  work->area_code = g_strdup (options->area_code);
  work->authority_name = g_strdup (options->authority_name);
  work->authority_kind = g_strdup (options->authority_kind);
  work->user_name = g_strdup (options->user_name);
  work->role = g_strdup (options->role);
  work->with_samples = with_samples;
  g_task_set_task_data (task, work, work_free);
  if (store)
    g_task_run_in_thread (task, set_up_in_thread);
  else
    mc_store_open_async (path, MC_STORE_CREATE, cancellable, store_opened_cb, g_object_ref (task));
}

McStore *
mc_first_run_work_finish (GAsyncResult *result, GError **sample_error, GError **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (work->sample_error)
    g_propagate_error (sample_error, g_steal_pointer (&work->sample_error));
  return g_object_ref (work->store);
}
