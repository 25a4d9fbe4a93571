/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ids: version 7 ascends and never repeats, version 5 meets its known answers. */
#include <string.h>

#include "store/mc-uuid.h"

static void
new_ids_ascend (void)
{
  g_autofree char *before = mc_uuid_new ();

  for (guint i = 0; i < 50000; i++)
    {
      char *id = mc_uuid_new ();

      g_assert_true (mc_uuid_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_true (strchr ("89ab", id[19]) != NULL);
      g_assert_cmpstr (before, <, id);
      g_free (before);
      before = id;
    }
}

static void
new_ids_carry_the_time (void)
{
  gint64 before = g_get_real_time () / 1000;
  g_autofree char *id = mc_uuid_new ();
  g_autofree char *hex = g_strdup_printf ("%.8s%.4s", id, id + 9);
  gint64 ms = (gint64) g_ascii_strtoull (hex, NULL, 16);

  g_assert_cmpint (ms, >=, before);
  g_assert_cmpint (ms, <, before + 60 * 1000);
}

#define N_THREADS 4
#define N_EACH 20000

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_EACH; i++)
    g_ptr_array_add (ids, mc_uuid_new ());
  return ids;
}

static void
new_ids_differ_over_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  GThread *threads[N_THREADS];
  GPtrArray *ids[N_THREADS];

  for (guint t = 0; t < N_THREADS; t++)
    threads[t] = g_thread_new ("ids", make_ids, NULL);
  for (guint t = 0; t < N_THREADS; t++)
    {
      ids[t] = g_thread_join (threads[t]);
      for (guint i = 0; i < ids[t]->len; i++)
        g_assert_true (g_hash_table_add (seen, ids[t]->pdata[i]));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, N_THREADS * N_EACH);
  for (guint t = 0; t < N_THREADS; t++)
    g_ptr_array_unref (ids[t]);
}

/* The answers come from Python's uuid.uuid5 with the namespace uuid5(NAMESPACE_DNS, "mingcha.org"). */
static void
names_give_known_answers (void)
{
  g_autofree char *answer = mc_uuid_new_for ("answer", "0193f1c0-0000-7000-8000-000000000001", "E-01", NULL);
  g_autofree char *one = mc_uuid_new_for ("facility", NULL);
  g_autofree char *empty = mc_uuid_new_for ("a", "", "b", NULL);

  g_assert_cmpstr (answer, ==, "9b239cfa-2678-5c01-96e5-50aee8c56350");
  g_assert_cmpstr (one, ==, "22a5b7d8-cbda-5d0e-a68f-ae2833d40a84");
  g_assert_cmpstr (empty, ==, "80098ead-9c95-5b3b-a3d7-d0575bafe552");
}

static void
only_canonical_ids_are_valid (void)
{
  static const char *const wrong[] = {
    "", "0193f1c0", "0193F1C0-0000-7000-8000-000000000001", "0193f1c0-0000-7000-8000-00000000000",
    "0193f1c0-0000-7000-8000-0000000000012", "0193f1c0000070008000000000000001", "0193f1c0-0000-7000-8000-00000000000g",
    "0193f1c0_0000-7000-8000-000000000001", "{193f1c0-0000-7000-8000-000000000001", "0193f1c-00000-7000-8000-000000000001",
  };

  g_assert_true (mc_uuid_is_valid ("0193f1c0-0000-7000-8000-000000000001"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (mc_uuid_is_valid (wrong[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/new-ids-ascend", new_ids_ascend);
  g_test_add_func ("/uuid/new-ids-carry-the-time", new_ids_carry_the_time);
  g_test_add_func ("/uuid/new-ids-differ-over-threads", new_ids_differ_over_threads);
  g_test_add_func ("/uuid/names-give-known-answers", names_give_known_answers);
  g_test_add_func ("/uuid/only-canonical-ids-are-valid", only_canonical_ids_are_valid);
  return g_test_run ();
}
