/* SPDX-License-Identifier: GPL-3.0-or-later
 * McQueryModel: two signals for a replace, first rows first, items on demand, filled in batches and forgotten. */
#include "widgets/mc-query-model.h"

typedef struct
{
  guint made;
  guint filled;
  guint batches;
} Counts;

static GObject *
make (gint64 rowid, gpointer data)
{
  ((Counts *) data)->made++;
  return g_object_new (G_TYPE_OBJECT, NULL);
}

static void
fill (McQueryModel *model, GPtrArray *items, const gint64 *rowids, gpointer data)
{
  Counts *counts = data;

  for (guint i = 0; i < items->len; i++)
    g_assert_true (mc_query_model_peek (model, rowids[i]) == items->pdata[i]);
  counts->filled += items->len;
  counts->batches++;
}

static GArray *
rows (gint64 first, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    {
      gint64 rowid = first + i;

      g_array_append_val (array, rowid);
    }
  return array;
}

static void
record_cb (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

static McQueryModel *
model_new (Counts *counts)
{
  return mc_query_model_new (G_TYPE_OBJECT, make, fill, counts, NULL);
}

static void
test_replace_is_one_signal (void)
{
  Counts counts = { 0 };
  g_autoptr (McQueryModel) model = model_new (&counts);
  g_autoptr (GString) log = g_string_new (NULL);

  g_signal_connect (model, "items-changed", G_CALLBACK (record_cb), log);
  mc_query_model_replace (model, rows (1, 10));
  mc_query_model_replace (model, rows (1, 3));
  g_assert_cmpstr (log->str, ==, "0-0+10 0-10+3 ");
  g_assert_cmpuint (counts.made, ==, 0);
}

static void
test_first_rows_then_the_rest (void)
{
  Counts counts = { 0 };
  g_autoptr (McQueryModel) model = model_new (&counts);
  g_autoptr (GString) log = g_string_new (NULL);

  mc_query_model_replace (model, rows (1, 1000000));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, MC_QUERY_MODEL_FIRST);
  g_assert_cmpuint (mc_query_model_get_total (model), ==, 1000000);
  g_assert_true (mc_query_model_is_growing (model));
  g_signal_connect (model, "items-changed", G_CALLBACK (record_cb), log);
  mc_query_model_grow (model);
  mc_query_model_grow (model);
  g_assert_cmpstr (log->str, ==, "24-0+999976 ");
  g_assert_false (mc_query_model_is_growing (model));
  g_assert_cmpuint (counts.made, ==, 0);
}

static void
test_first_rows_stay_when_all_are_known (void)
{
  Counts counts = { 0 };
  g_autoptr (McQueryModel) model = model_new (&counts);
  g_autoptr (GString) log = g_string_new (NULL);

  mc_query_model_replace (model, rows (1, MC_QUERY_MODEL_FIRST));
  g_signal_connect (model, "items-changed", G_CALLBACK (record_cb), log);
  mc_query_model_replace (model, rows (1, 1000));
  g_assert_cmpstr (log->str, ==, "");
  g_assert_cmpuint (mc_query_model_get_total (model), ==, 1000);
  g_assert_true (mc_query_model_is_growing (model));
  mc_query_model_grow (model);
  g_assert_cmpstr (log->str, ==, "24-0+976 ");
}

static void
test_items_on_demand (void)
{
  Counts counts = { 0 };
  g_autoptr (McQueryModel) model = model_new (&counts);
  g_autoptr (GObject) a = NULL, b = NULL, again = NULL;

  mc_query_model_replace (model, rows (7, 5));
  a = g_list_model_get_item (G_LIST_MODEL (model), 0);
  b = g_list_model_get_item (G_LIST_MODEL (model), 4);
  again = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (a == again);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 5));
  g_assert_cmpuint (counts.made, ==, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (counts.batches, ==, 1);
  g_assert_cmpuint (counts.filled, ==, 2);

  mc_query_model_refresh (model);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (counts.batches, ==, 2);
  g_assert_cmpuint (counts.filled, ==, 4);
}

static void
test_items_are_forgotten (void)
{
  Counts counts = { 0 };
  McQueryModel *model = model_new (&counts);
  GObject *item, *kept;
  guint position;

  mc_query_model_replace (model, rows (7, 5));
  item = g_list_model_get_item (G_LIST_MODEL (model), 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (mc_query_model_peek (model, 8) == item);
  g_assert_finalize_object (item);
  g_assert_null (mc_query_model_peek (model, 8));

  kept = g_list_model_get_item (G_LIST_MODEL (model), 2);
  mc_query_model_replace (model, rows (9, 1)); /* the row stays, and somebody holds its item */
  g_assert_true (mc_query_model_peek (model, 9) == kept);
  g_assert_true (mc_query_model_find (model, 9, &position));
  g_assert_cmpuint (position, ==, 0);
  g_assert_false (mc_query_model_find (model, 8, NULL));
  g_assert_cmpint (mc_query_model_get_rowid (model, 1), ==, -1);
  g_assert_finalize_object (model); /* also while an item is held */
  g_object_unref (kept);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-model/replace-is-one-signal", test_replace_is_one_signal);
  g_test_add_func ("/query-model/first-rows-then-the-rest", test_first_rows_then_the_rest);
  g_test_add_func ("/query-model/first-rows-stay-when-all-are-known", test_first_rows_stay_when_all_are_known);
  g_test_add_func ("/query-model/items-on-demand", test_items_on_demand);
  g_test_add_func ("/query-model/items-are-forgotten", test_items_are_forgotten);
  return g_test_run ();
}
