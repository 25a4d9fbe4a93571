/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the search keys of the facilities. */
#include "mc-facility-index-store.h"

#include "mc-facility-store.h"

void
mc_facility_index_data_free (McFacilityIndexData *data)
{
  g_clear_pointer (&data->keys, mc_search_keys_free);
  g_clear_pointer (&data->tree, mc_area_tree_unref);
  g_free (data);
}

gpointer
mc_facility_index_store_read (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  McFacilityIndexData *result;
  GError *failure = NULL;
  McAreaTree *tree = mc_area_store_read (db, error);

  if (tree == NULL)
    return NULL;
  result = g_new0 (McFacilityIndexData, 1);
  result->tree = tree;
  result->keys = mc_search_keys_new ();
  statement = mc_store_prepare (db, "SELECT f.rowid, f.area, f.search_key FROM facility f WHERE " MC_SQL_LISTED " ORDER BY f.rowid", &failure);
  while (statement && mc_step (statement, &failure))
    {
      const McArea *area = mc_area_tree_find (tree, (const char *) sqlite3_column_text (statement, 1));
      const char *key = sqlite3_column_blob (statement, 2);
      gsize length = (gsize) sqlite3_column_bytes (statement, 2);

      mc_search_keys_set (result->keys, sqlite3_column_int64 (statement, 0), key ? key : "", length, area ? area->rank : G_MAXUINT);
    }
  if (failure == NULL)
    return result;
  mc_facility_index_data_free (result);
  g_propagate_error (error, failure);
  return NULL;
}

static void
change_free (gpointer data)
{
  McFacilityIndexChange *change = data;

  g_free (change->area);
  g_free (change->key);
  g_free (change);
}

gpointer
mc_facility_index_store_read_changes (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *const *ids = data;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (change_free);
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "SELECT f.rowid, f.area, f.search_key, " MC_SQL_LISTED " FROM facility f WHERE f.id = :id", error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  for (guint i = 0; ids[i] != NULL && failure == NULL; i++)
    {
      McFacilityIndexChange *change;

      sqlite3_reset (statement);
      mc_bind_text (statement, ":id", ids[i]);
      if (!mc_step (statement, &failure))
        continue;
      change = g_new0 (McFacilityIndexChange, 1);
      change->rowid = sqlite3_column_int64 (statement, 0);
      change->area = mc_column_text (statement, 1);
      change->length = (gsize) sqlite3_column_bytes (statement, 2);
      change->key = g_strndup (sqlite3_column_blob (statement, 2), change->length);
      change->listed = sqlite3_column_int (statement, 3) != 0;
      g_ptr_array_add (changes, change);
    }
  if (failure == NULL)
    return g_steal_pointer (&changes);
  g_propagate_error (error, failure);
  return NULL;
}
