/* SPDX-License-Identifier: GPL-3.0-or-later
 * A named thread that runs what it is given, one after the other. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _McWorker McWorker;

McWorker *mc_worker_new (const char *name);

/* Runs what is queued, then ends the thread. Not from its own thread. */
void mc_worker_free (McWorker *self);

/* TRUE on the worker's thread. */
gboolean mc_worker_is_current (McWorker *self);

/* Asserts that this is the worker's thread; every function that touches its connection begins with it. */
#define mc_worker_assert(self) g_assert_true (mc_worker_is_current (self))

/* Runs @func on the thread; it must return @task. A task that was cancelled before its turn is not begun. Holds a reference. */
void mc_worker_push (McWorker *self, GTask *task, GTaskThreadFunc func);

/* Runs @func on the thread and waits for it; on the thread itself, runs it at once. */
typedef void (*McWorkerFunc) (gpointer data);
void mc_worker_run (McWorker *self, McWorkerFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorker, mc_worker_free)

G_END_DECLS
