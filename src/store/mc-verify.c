/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies an open store, on a connection of its own. */
#include "mc-verify.h"

#include <string.h>

#include "mc-store-internal.h"
#include "mc-verify-database.h"

#define SETTING "verified"

static gboolean
read_position (McDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  char **position = data;
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT value FROM local_setting WHERE key = '" SETTING "'", error);
  int step;

  if (!statement)
    return FALSE;
  step = mc_database_step (database, statement, error);
  if (step == 1)
    {
      *position = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      mc_database_done (statement);
    }
  return step >= 0;
}

static gboolean
write_position (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "INSERT OR REPLACE INTO local_setting (key, value) VALUES ('" SETTING "', ?1)", error);
  int code;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, data, -1, SQLITE_STATIC);
  code = sqlite3_step (statement);
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code);
  return FALSE;
}

McVerifyReport *
mc_store_verify (McStore *self, gboolean whole, McProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  McProgress teller = { progress, progress_data, NULL, 0 };
  g_autoptr (McVerifyReport) report = NULL;
  g_autoptr (McBlobStore) blobs = NULL;
  g_autofree char *position = NULL;
  g_autofree char *new_position = NULL;

  g_return_val_if_fail (MC_IS_STORE (self), NULL);

  if (!whole && !mc_store_run_read (self, read_position, &position, cancellable, error))
    return NULL;
  blobs = mc_blob_store_new (self->path);
  report = mc_verify_database (self->path, blobs, position, &new_position, &teller, cancellable, error);
  if (report && new_position && mc_store_get_mode (self) == MC_STORE_MODE_WRITE
      && g_strcmp0 (position, new_position) != 0 && !mc_store_write_local (self, write_position, new_position, error))
    return NULL;
  return g_steal_pointer (&report);
}

typedef struct
{
  gboolean whole;
  McProgressRelay *relay;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  mc_progress_relay_unref (job->relay);
  g_free (job);
}

static void
free_report (gpointer report)
{
  mc_verify_report_free (report);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McVerifyReport *report = mc_store_verify (source, job->whole, mc_progress_relay_tell, job->relay, cancellable, &error);

  if (report)
    g_task_return_pointer (task, report, free_report);
  else
    g_task_return_error (task, error);
}

void
mc_store_verify_async (McStore *self, gboolean whole, McProgressFunc progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, mc_store_verify_async);
  job->whole = whole;
  job->relay = mc_progress_relay_new (progress, progress_data);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

McVerifyReport *
mc_store_verify_finish (McStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
