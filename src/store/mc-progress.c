/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long work tells how far it is, on its own thread or in its caller's main context. */
#include "mc-progress.h"

#define INTERVAL_US 33000

struct _McProgressRelay
{
  gatomicrefcount refs;
  McProgressFunc func;
  gpointer data;
  GMainContext *context;
};

typedef struct
{
  McProgressRelay *relay;
  const char *step;
  guint64 done, total;
} Told;

void
mc_progress_tell (McProgress *self, const char *step, guint64 done, guint64 total)
{
  gint64 now;

  if (!self || !self->func)
    return;
  now = g_get_monotonic_time ();
  if (step == self->step && now - self->told_at < INTERVAL_US)
    return;
  self->step = step;
  self->told_at = now;
  self->func (step, done, total, self->data);
}

McProgressRelay *
mc_progress_relay_new (McProgressFunc func, gpointer data)
{
  McProgressRelay *self = g_new0 (McProgressRelay, 1);

  g_atomic_ref_count_init (&self->refs);
  self->func = func;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  return self;
}

void
mc_progress_relay_unref (McProgressRelay *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_context_unref (self->context);
  g_free (self);
}

static void
told_free (gpointer data)
{
  Told *told = data;

  mc_progress_relay_unref (told->relay);
  g_free (told);
}

static gboolean
told_cb (gpointer data)
{
  Told *told = data;

  told->relay->func (told->step, told->done, told->total, told->relay->data);
  return G_SOURCE_REMOVE;
}

void
mc_progress_relay_tell (const char *step, guint64 done, guint64 total, gpointer relay)
{
  McProgressRelay *self = relay;
  g_autoptr (GSource) source = NULL;
  Told *told;

  if (!self->func)
    return;
  told = g_new0 (Told, 1);
  told->relay = self;
  g_atomic_ref_count_inc (&self->refs);
  told->step = step;
  told->done = done;
  told->total = total;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, told_cb, told, told_free);
  g_source_attach (source, self->context);
}
