/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batches come in order, a few ahead, and each is freed once, also if nobody wants the rest. */
#include <glib.h>

#include "registry/mc-batch-queue.h"

#define LIMIT 3

typedef struct
{
  int n;            /* batches to make */
  int made, freed;  /* atomic */
  gboolean refused; /* push() said that no more is wanted */
} Maker;

typedef struct
{
  Maker *maker;
  int number;
} Batch;

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_atomic_int_inc (&batch->maker->freed);
  g_free (batch);
}

static void
make (McBatchQueue *queue, gpointer data)
{
  Maker *maker = data;

  for (int i = 0; i < maker->n; i++)
    {
      Batch *batch = g_new0 (Batch, 1);

      batch->maker = maker;
      batch->number = i;
      g_atomic_int_inc (&maker->made);
      if (!mc_batch_queue_push (queue, batch))
        {
          maker->refused = TRUE;
          return;
        }
    }
}

static void
test_batches_come_in_order (void)
{
  Maker maker = { .n = 2000 };
  McBatchQueue *queue = mc_batch_queue_new ("test", LIMIT, make, &maker, free_batch);
  Batch *batch;
  int n = 0;

  while ((batch = mc_batch_queue_pop (queue)))
    {
      g_assert_cmpint (batch->number, ==, n++);
      /* Those that wait, this one, and one that stands at the door. */
      g_assert_cmpint (g_atomic_int_get (&maker.made), <=, n + LIMIT + 1);
    }
  g_assert_cmpint (n, ==, maker.n);
  g_assert_null (mc_batch_queue_pop (queue));
  mc_batch_queue_free (queue);
  g_assert_cmpint (maker.freed, ==, maker.n);
  g_assert_false (maker.refused);
}

static void
test_the_rest_may_be_left (void)
{
  Maker maker = { .n = G_MAXINT };
  McBatchQueue *queue = mc_batch_queue_new ("test", LIMIT, make, &maker, free_batch);

  for (int i = 0; i < 10; i++)
    g_assert_nonnull (mc_batch_queue_pop (queue));
  mc_batch_queue_free (queue);
  g_assert_true (maker.refused);
  g_assert_cmpint (maker.freed, ==, maker.made);
}

static void
test_nothing_may_come (void)
{
  Maker maker = { 0 };
  g_autoptr (McBatchQueue) queue = mc_batch_queue_new ("test", LIMIT, make, &maker, free_batch);

  g_assert_null (mc_batch_queue_pop (queue));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/batch-queue/batches-come-in-order", test_batches_come_in_order);
  g_test_add_func ("/registry/batch-queue/the-rest-may-be-left", test_the_rest_may_be_left);
  g_test_add_func ("/registry/batch-queue/nothing-may-come", test_nothing_may_come);
  return g_test_run ();
}
