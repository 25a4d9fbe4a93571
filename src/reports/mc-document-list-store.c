/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which documents a check has, and which signatures a document. */
#include "store/mc-store-private.h"

#include "mc-documents.h"

static gpointer
read_ids (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "SELECT id FROM document WHERE visit = ?1 AND retired_on IS NULL AND same_as IS NULL ORDER BY issued_on, rowid", error);
  int code;

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, data, -1, SQLITE_STATIC);
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  if (code == SQLITE_DONE)
    return g_steal_pointer (&ids);
  mc_store_set_sqlite_error (error, db, code);
  return NULL;
}

GPtrArray *
mc_documents_list (McStore *store, const char *visit, GError **error)
{
  g_autoptr (GPtrArray) ids = mc_store_read (store, read_ids, (gpointer) visit, NULL, error);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      McRecord *document = mc_store_load (store, "document", g_ptr_array_index (ids, i), error);

      if (!document)
        return NULL;
      g_ptr_array_add (documents, document);
    }
  return ids ? g_steal_pointer (&documents) : NULL;
}

GPtrArray *
mc_documents_list_signatures (McStore *store, const char *document, GError **error)
{
  GPtrArray *signatures = mc_store_load_parts (store, "signature", document, error);

  for (guint i = signatures ? signatures->len : 0; i > 0; i--)
    if (mc_record_get_text (g_ptr_array_index (signatures, i - 1), "withdrawn_reason"))
      g_ptr_array_remove_index (signatures, i - 1);
  return signatures;
}
