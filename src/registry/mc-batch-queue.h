/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batches of work from a thread that makes them to the thread that uses them, in order, a few at a time. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _McBatchQueue McBatchQueue;

/* Runs on a thread of its own: pushes batch after batch and returns after the last, or when mc_batch_queue_push() says FALSE. */
typedef void (*McBatchFunc) (McBatchQueue *queue, gpointer data);

/* Starts the thread. At most @limit batches wait; a batch is freed by the thread that made it, where its memory came from. */
McBatchQueue *mc_batch_queue_new (const char *name, guint limit, McBatchFunc func, gpointer data, GDestroyNotify free_batch);

/* Tells the thread to stop, waits for it, frees what is left. */
void mc_batch_queue_free (McBatchQueue *self);

/* On the thread: takes @batch; waits while there is no room. FALSE: no more is wanted. */
gboolean mc_batch_queue_push (McBatchQueue *self, gpointer batch);

/* The next batch, valid until the next call; NULL after the last. */
gpointer mc_batch_queue_pop (McBatchQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBatchQueue, mc_batch_queue_free)

G_END_DECLS
