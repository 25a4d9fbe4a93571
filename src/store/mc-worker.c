/* SPDX-License-Identifier: GPL-3.0-or-later
 * A named thread that runs what it is given, one after the other. */
#include "mc-worker.h"

struct _McWorker
{
  GThread *thread;
  GAsyncQueue *queue; /* of Job */
};

typedef struct
{
  GTask *task; /* with task_func; owned */
  GTaskThreadFunc task_func;
  McWorkerFunc func; /* of one who waits: data, done and the rest are on the waiter's stack */
  gpointer data;
  gboolean *done;
  GMutex *mutex;
  GCond *cond;
} Job;

static void
run_job (Job *job)
{
  if (job->task && !g_task_return_error_if_cancelled (job->task))
    job->task_func (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
                    g_task_get_cancellable (job->task));
  g_clear_object (&job->task);
  if (job->func)
    {
      job->func (job->data);
      g_mutex_lock (job->mutex);
      *job->done = TRUE;
      g_cond_signal (job->cond);
      g_mutex_unlock (job->mutex);
    }
}

static gpointer
worker_main (gpointer data)
{
  McWorker *self = data;

  for (;;)
    {
      g_autofree Job *job = g_async_queue_pop (self->queue);

      if (!job->task && !job->func)
        return NULL;
      run_job (job);
    }
}

McWorker *
mc_worker_new (const char *name)
{
  McWorker *self = g_new0 (McWorker, 1);

  self->queue = g_async_queue_new ();
  self->thread = g_thread_new (name, worker_main, self);
  return self;
}

void
mc_worker_free (McWorker *self)
{
  g_assert_false (mc_worker_is_current (self));

  g_async_queue_push (self->queue, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}

gboolean
mc_worker_is_current (McWorker *self)
{
  return g_thread_self () == self->thread;
}

void
mc_worker_push (McWorker        *self,
                GTask           *task,
                GTaskThreadFunc  func)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->task_func = func;
  g_async_queue_push (self->queue, job);
}

void
mc_worker_run (McWorker     *self,
               McWorkerFunc  func,
               gpointer      data)
{
  gboolean done = FALSE;
  GMutex mutex;
  GCond cond;
  Job *job;

  if (mc_worker_is_current (self))
    {
      func (data);
      return;
    }
  g_mutex_init (&mutex);
  g_cond_init (&cond);
  job = g_new0 (Job, 1);
  *job = (Job) { .func = func, .data = data, .done = &done, .mutex = &mutex, .cond = &cond };
  g_async_queue_push (self->queue, job);
  g_mutex_lock (&mutex);
  while (!done)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  g_cond_clear (&cond);
  g_mutex_clear (&mutex);
}
