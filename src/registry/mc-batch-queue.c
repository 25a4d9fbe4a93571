/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bounded queue with one maker and one user; what was used goes back to the maker to be freed. */
#include "mc-batch-queue.h"

struct _McBatchQueue
{
  GMutex mutex;
  GCond changed;
  GThread *thread;
  McBatchFunc func;
  gpointer data;
  GDestroyNotify free_batch;
  guint limit;
  GQueue waiting;
  GPtrArray *used;
  gpointer in_use;
  gboolean at_end;  /* the maker has returned */
  gboolean stopped; /* the user wants no more */
};

static gpointer
run (gpointer data)
{
  McBatchQueue *self = data;

  self->func (self, self->data);
  g_mutex_lock (&self->mutex);
  self->at_end = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

McBatchQueue *
mc_batch_queue_new (const char *name, guint limit, McBatchFunc func, gpointer data, GDestroyNotify free_batch)
{
  McBatchQueue *self = g_new0 (McBatchQueue, 1);

  g_return_val_if_fail (limit > 0 && func != NULL && free_batch != NULL, NULL);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->waiting);
  self->used = g_ptr_array_new ();
  self->limit = limit;
  self->func = func;
  self->data = data;
  self->free_batch = free_batch;
  self->thread = g_thread_new (name, run, self);
  return self;
}

static void
free_used (McBatchQueue *self, GPtrArray *used)
{
  for (guint i = 0; i < used->len; i++)
    self->free_batch (used->pdata[i]);
  g_ptr_array_set_size (used, 0);
}

void
mc_batch_queue_free (McBatchQueue *self)
{
  gpointer batch;

  if (!self)
    return;
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  while ((batch = g_queue_pop_head (&self->waiting)))
    self->free_batch (batch);
  g_clear_pointer (&self->in_use, self->free_batch);
  free_used (self, self->used);
  g_ptr_array_unref (self->used);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

gboolean
mc_batch_queue_push (McBatchQueue *self, gpointer batch)
{
  g_autoptr (GPtrArray) used = NULL;
  gboolean stopped;

  g_mutex_lock (&self->mutex);
  while (self->waiting.length >= self->limit && !self->stopped)
    g_cond_wait (&self->changed, &self->mutex);
  g_queue_push_tail (&self->waiting, batch);
  stopped = self->stopped;
  used = g_steal_pointer (&self->used);
  self->used = g_ptr_array_new ();
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  free_used (self, used);
  return !stopped;
}

gpointer
mc_batch_queue_pop (McBatchQueue *self)
{
  gpointer batch;

  g_mutex_lock (&self->mutex);
  if (self->in_use)
    g_ptr_array_add (self->used, g_steal_pointer (&self->in_use));
  while (self->waiting.length == 0 && !self->at_end)
    g_cond_wait (&self->changed, &self->mutex);
  batch = self->in_use = g_queue_pop_head (&self->waiting);
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  return batch;
}
