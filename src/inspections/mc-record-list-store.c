/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records that a query names, each merged from its lines. */
#include "mc-record-list-store.h"

#include "store/mc-store-private.h"

typedef struct
{
  const char *sql, *parameter;
} Input;

static gpointer
read_ids (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Input *input = data;
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, input->sql, error);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  int code;

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, input->parameter, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_strv_builder_add (ids, (const char *) sqlite3_column_text (statement, 0));
  if (code == SQLITE_DONE)
    return g_strv_builder_end (ids);
  mc_store_set_sqlite_error (error, db, code);
  return NULL;
}

GPtrArray *
mc_record_list_load (McStore *store, const char *entity, const char *sql, const char *parameter, GError **error)
{
  Input input = { sql, parameter };
  g_auto (GStrv) ids = mc_store_read (store, read_ids, &input, NULL, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);

  if (!ids)
    return NULL;
  for (guint i = 0; ids[i]; i++)
    {
      McRecord *record = mc_store_load (store, entity, ids[i], error);

      if (!record)
        return NULL;
      g_ptr_array_add (list, record);
    }
  return g_steal_pointer (&list);
}
