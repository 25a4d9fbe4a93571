/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who may put work on the store's two threads, and the wait for it. */
#include <glib/gi18n.h>

#include "mc-store-internal.h"

/* The thread for @writing or for reading; NULL, in words, if there is none now. */
static McWorker *
find_thread (McStore *self, gboolean writing, GError **error)
{
  McWorker *thread = writing ? self->worker : self->reader;
  gboolean closed;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);
  if (closed)
    g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED, _("The database has been closed."));
  else if (!thread)
    g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY,
                         _("The database is open for reading only. Nothing was changed."));
  return closed ? NULL : thread;
}

/* --- one who waits ------------------------------------------------------------------------------------------ */

typedef struct
{
  McStore *store;
  McReadWork read;   /* one of the two */
  McWriteWork write;
  gpointer data;
  GCancellable *cancellable;
  GError **error;
  gboolean done;
} Waiting;

static void
run_waiting (gpointer data)
{
  Waiting *waiting = data;

  if (waiting->write)
    waiting->done = mc_store_worker_work (waiting->store, waiting->write, waiting->data, waiting->cancellable, waiting->error);
  else
    waiting->done = mc_store_reader_work (waiting->store, waiting->read, waiting->data, waiting->cancellable, waiting->error);
}

static gboolean
wait_for (Waiting *waiting)
{
  McWorker *thread = find_thread (waiting->store, waiting->write != NULL, waiting->error);

  if (thread)
    mc_worker_run (thread, run_waiting, waiting);
  return waiting->done;
}

gboolean
mc_store_run_read (McStore *self, McReadWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (MC_IS_STORE (self), FALSE);

  return wait_for (&(Waiting) { .store = self, .read = work, .data = data, .cancellable = cancellable, .error = error });
}

gboolean
mc_store_run_write (McStore *self, McWriteWork work, gpointer data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (MC_IS_STORE (self), FALSE);

  return wait_for (&(Waiting) { .store = self, .write = work, .data = data, .cancellable = cancellable, .error = error });
}

/* --- one who goes on ---------------------------------------------------------------------------------------- */

static void
push (McStore *self, gboolean writing, GTask *task, GTaskThreadFunc func)
{
  GError *error = NULL;
  McWorker *thread = find_thread (self, writing, &error);

  if (thread)
    mc_worker_push (thread, task, func);
  else
    g_task_return_error (task, error);
}

void
mc_store_push_read (McStore *self, GTask *task, GTaskThreadFunc func)
{
  push (self, FALSE, task, func);
}

void
mc_store_push_write (McStore *self, GTask *task, GTaskThreadFunc func)
{
  push (self, TRUE, task, func);
}
