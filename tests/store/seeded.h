/* SPDX-License-Identifier: GPL-3.0-or-later
 * The seed of a random test: printed, and taken from MC_TEST_SEED to run one again. */
#pragma once

#include <glib.h>

static inline GRand *
seeded_rand (void)
{
  const char *given = g_getenv ("MC_TEST_SEED");
  guint32 seed = given ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  g_test_message ("MC_TEST_SEED=%u", seed);
  return g_rand_new_with_seed (seed);
}

/* 0 … n − 1 */
static inline guint
below (GRand *rand,
       guint  n)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n);
}

static inline gboolean
one_in (GRand *rand,
        guint  n)
{
  return below (rand, n) == 0;
}
