/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the areas of a store. */
#include "mc-area-store.h"

static const char *const columns[] = { "code", "name", "level", "parent", "aliases", "managed_by", "retired_on", "same_as" };

McAreaTree *
mc_area_store_read (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "SELECT id, code, name, level, parent, aliases, managed_by, retired_on, same_as FROM area", error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  while (mc_step (statement, &failure))
    {
      McRecord *record = mc_record_new (mc_entity_find ("area"), (const char *) sqlite3_column_text (statement, 0));

      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        mc_record_set_text (record, columns[i], (const char *) sqlite3_column_text (statement, (int) i + 1));
      g_ptr_array_add (records, record);
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return mc_area_tree_new (records);
}

static gpointer
read_areas (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return mc_area_store_read (db, error);
}

McAreaTree *
mc_area_tree_load (McStore *store, GError **error)
{
  return mc_store_read (store, read_areas, NULL, NULL, error);
}

/* The pattern of all asynchronous reads of the registers: mc_store_read_async() carries the work, its result is passed on as it is. */
void
mc_area_tree_load_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, read_areas, NULL, NULL, (GDestroyNotify) mc_area_tree_unref, cancellable, callback, user_data);
}

McAreaTree *
mc_area_tree_load_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}
