/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the authorities of a store. */
#include "mc-authority-store.h"

gpointer
mc_authority_store_read (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) authorities = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_authority_free);
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db,
                      "SELECT o.id, o.name, o.short_name, o.kind, o.area FROM authority o LEFT JOIN area a ON a.id = o.area"
                      " WHERE o.retired_on IS NULL AND o.same_as IS NULL ORDER BY a.code, o.name, o.id",
                      error);
  GError *failure = NULL;

  if (statement == NULL)
    return NULL;
  while (mc_step (statement, &failure))
    {
      McAuthority *authority = g_new0 (McAuthority, 1);

      authority->id = mc_column_text (statement, 0);
      authority->name = mc_column_text (statement, 1);
      authority->short_name = mc_column_text (statement, 2);
      authority->kind = mc_column_text (statement, 3);
      authority->area = mc_column_text (statement, 4);
      g_ptr_array_add (authorities, authority);
    }
  if (failure == NULL)
    return g_steal_pointer (&authorities);
  g_propagate_error (error, failure);
  return NULL;
}

GPtrArray *
mc_authority_list (McStore *store, GError **error)
{
  return mc_store_read (store, mc_authority_store_read, NULL, NULL, error);
}

void
mc_authority_list_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_read_async (store, mc_authority_store_read, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
mc_authority_list_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (McStore) store = MC_STORE (g_async_result_get_source_object (result));

  return mc_store_read_finish (store, result, error);
}
