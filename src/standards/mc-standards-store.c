/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads imported standards from their records and blobs, and stores new ones. */
#include "mc-standards-store.h"

#include <glib/gi18n.h>

#include "store/mc-blob.h"
#include "store/mc-store-private.h"
#include "store/mc-uuid.h"

typedef struct
{
  char *title;
  char *document;
} Row;

static void
row_free (Row *row)
{
  g_free (row->title);
  g_free (row->document);
  g_free (row);
}

static gpointer
read_rows (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT title, document FROM standard WHERE document IS NOT NULL ORDER BY id", error);
  int code;

  if (!statement)
    return NULL;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      Row *row = g_new0 (Row, 1);

      row->title = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      row->document = g_strdup ((const char *) sqlite3_column_text (statement, 1));
      g_ptr_array_add (rows, row);
    }
  if (code != SQLITE_DONE)
    {
      mc_store_set_sqlite_error (error, db, code);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

GPtrArray *
mc_standards_store_read (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) rows = mc_store_read (store, read_rows, NULL, NULL, error);
  GPtrArray *standards;

  if (!rows)
    return NULL;
  standards = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_standard_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = g_ptr_array_index (rows, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) bytes = mc_store_read_blob (store, row->document, NULL, &local);
      McStandard *standard = bytes ? mc_standard_new_from_bytes (bytes, NULL, &local) : NULL;

      if (standard)
        g_ptr_array_add (standards, standard);
      else
        g_ptr_array_add (faults, g_strdup_printf (_("The standard “%s” cannot be used: %s"), row->title ? row->title : row->document, local->message));
    }
  return standards;
}

McStandard *
mc_standards_store_import (McStore *store, GBytes *bytes, const char *authority, const char *area, GError **error)
{
  g_autoptr (McStandard) standard = mc_standard_new_from_bytes (bytes, NULL, error);
  g_autoptr (McRecord) base = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *id = NULL;

  if (!standard)
    return NULL;
  id = mc_uuid_new_for ("standard", authority, mc_standard_get_version_id (standard), NULL);
  base = mc_store_load (store, "standard", id, &local);
  if (!base && !g_error_matches (local, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  digest = mc_store_add_blob (store, bytes, error);
  if (!digest)
    return NULL;
  edited = base ? mc_record_copy (base) : mc_record_new (mc_entity_find ("standard"), id);
  mc_record_set_text (edited, "title", mc_standard_get_title (standard));
  mc_record_set_text (edited, "kind", mc_standard_get_kind (standard));
  mc_record_set_text (edited, "version", mc_standard_get_version (standard));
  mc_record_set_text (edited, "document", digest);
  mc_record_set_text (edited, "authority", authority);
  mc_record_set_text (edited, "area", area);
  return mc_store_save (store, base, edited, error) ? g_steal_pointer (&standard) : NULL;
}
