/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads what exists for the plan of an import. */
#include "mc-import-store.h"

#include "mc-registry-store.h"

#define MAX_SAME_AS 5

void
mc_existing_free (McExisting *existing)
{
  if (!existing)
    return;
  mc_record_free (existing->record);
  g_free (existing);
}

/* --- the index -------------------------------------------------------------------------------------------- */

typedef struct
{
  McImportKind kind;
  McAreaTree *tree;
} IndexRequest;

static gpointer
read_index (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const IndexRequest *request = data;
  g_autoptr (McImportIndex) index = mc_import_index_new ();
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, request->kind == MC_IMPORT_FACILITIES ? "SELECT rowid, id, name, area, credit_code, kind FROM facility"
                                                                : "SELECT rowid, id, name, employer, certificate_no, NULL FROM inspector", error);
  GError *failure = NULL;
  McImportKeys keys;

  if (!statement)
    return NULL;
  while (mc_step (statement, &failure))
    {
      mc_import_keys_compute (&keys, request->kind, request->tree, (const char *) sqlite3_column_text (statement, 1),
                              (const char *) sqlite3_column_text (statement, 2), (const char *) sqlite3_column_text (statement, 3),
                              (const char *) sqlite3_column_text (statement, 4), (const char *) sqlite3_column_text (statement, 5));
      mc_import_index_add (index, &keys, sqlite3_column_int64 (statement, 0));
      if (g_cancellable_set_error_if_cancelled (cancellable, &failure))
        break;
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  mc_import_index_finish (index);
  return g_steal_pointer (&index);
}

McImportIndex *
mc_import_store_load_index (McStore *store, McImportKind kind, McAreaTree *tree, GCancellable *cancellable, GError **error)
{
  IndexRequest request = { kind, tree };

  return mc_store_read (store, read_index, &request, cancellable, error);
}

/* --- existing records ------------------------------------------------------------------------------------- */

static void
take_column (McRecord *record, const McField *field, sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return;
  if (field->type == MC_FIELD_BOOLEAN)
    mc_record_set_boolean (record, field->key, sqlite3_column_int (statement, column) != 0);
  else if (sqlite3_column_type (statement, column) == SQLITE_INTEGER)
    mc_record_set_integer (record, field->key, sqlite3_column_int64 (statement, column));
  else
    mc_record_set_text (record, field->key, (const char *) sqlite3_column_text (statement, column));
}

static char *
select_sql (const McEntity *entity, const char *where)
{
  GString *sql = g_string_new ("SELECT rowid, id, state");

  for (guint i = 0; i < entity->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\"", entity->fields[i].key);
  g_string_append_printf (sql, " FROM \"%s\" WHERE %s", entity->name, where);
  return g_string_free (sql, FALSE);
}

static McExisting *
existing_from_row (const McEntity *entity, sqlite3_stmt *statement)
{
  McExisting *existing = g_new0 (McExisting, 1);

  existing->rowid = sqlite3_column_int64 (statement, 0);
  existing->record = mc_record_new (entity, (const char *) sqlite3_column_text (statement, 1));
  mc_record_set_state (existing->record, (McRecordState) sqlite3_column_int (statement, 2));
  for (guint i = 0; i < entity->n_fields; i++)
    take_column (existing->record, &entity->fields[i], statement, (int) i + 3);
  return existing;
}

/* Goes on to the record that this one was found to be. */
static McExisting *
follow_same_as (sqlite3_stmt *by_id, const McEntity *entity, McExisting *existing, GError **error)
{
  for (guint i = 0; i < MAX_SAME_AS && !mc_record_is_null (existing->record, "same_as"); i++)
    {
      sqlite3_reset (by_id);
      sqlite3_bind_text (by_id, 1, mc_record_get_text (existing->record, "same_as"), -1, SQLITE_TRANSIENT);
      if (!mc_step (by_id, error))
        break;
      mc_existing_free (existing);
      existing = existing_from_row (entity, by_id);
    }
  return existing;
}

typedef struct
{
  McImportKind kind;
  const GArray *rowids;
} FetchRequest;

static gpointer
read_existing (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const FetchRequest *request = data;
  const McEntity *entity = mc_import_entity (request->kind);
  g_autofree char *by_rowid_sql = select_sql (entity, "rowid = ?"), *by_id_sql = select_sql (entity, "id = ?");
  g_autoptr (sqlite3_stmt) by_rowid = mc_store_prepare (db, by_rowid_sql, error);
  g_autoptr (sqlite3_stmt) by_id = by_rowid ? mc_store_prepare (db, by_id_sql, error) : NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_existing_free);
  GError *failure = NULL;

  if (!by_id)
    return NULL;
  for (guint i = 0; i < request->rowids->len && !failure; i++)
    {
      McExisting *existing = NULL;

      sqlite3_reset (by_rowid);
      sqlite3_bind_int64 (by_rowid, 1, g_array_index (request->rowids, gint64, i));
      if (mc_step (by_rowid, &failure))
        existing = follow_same_as (by_id, entity, existing_from_row (entity, by_rowid), &failure);
      g_ptr_array_add (found, existing);
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return g_steal_pointer (&found);
}

GPtrArray *
mc_import_store_fetch (McStore *store, McImportKind kind, const GArray *rowids, GCancellable *cancellable, GError **error)
{
  FetchRequest request = { kind, rowids };

  return mc_store_read (store, read_existing, &request, cancellable, error);
}

static gpointer
read_undone (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "SELECT id FROM import_batch WHERE undone_at IS NOT NULL", error);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *failure = NULL;

  if (!statement)
    return NULL;
  while (mc_step (statement, &failure))
    g_hash_table_add (ids, mc_column_text (statement, 0));
  if (failure)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  return g_steal_pointer (&ids);
}

GHashTable *
mc_import_store_load_undone (McStore *store, GError **error)
{
  return mc_store_read (store, read_undone, NULL, NULL, error);
}
