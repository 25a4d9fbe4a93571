/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads what exists for the plan of an import, and carries the plan out in one transaction. */
#include "mc-import-store.h"

#include "mc-registry-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-uuid.h"

#define MAX_SAME_AS 5
#define ROWS_BETWEEN_CHECKS 256
#define PROGRESS_USEC 100000

static const McEntity *
entity_of (McImportKind kind)
{
  return mc_entity_find (kind == MC_IMPORT_FACILITIES ? "facility" : "inspector");
}

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
  const McEntity *entity = entity_of (request->kind);
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

/* --- applying --------------------------------------------------------------------------------------------- */

/* Does the row go in, and as what? */
static McImportOutcome
effective_outcome (McImportStage *stage, guint64 index)
{
  McImportOutcome outcome = mc_import_stage_get_outcome (stage, index);

  if (outcome != MC_IMPORT_UNSURE)
    return outcome;
  switch (mc_import_stage_get_decision (stage, index))
    {
    case MC_IMPORT_SAME:
      return MC_IMPORT_UPDATED;
    case MC_IMPORT_OTHER:
      return MC_IMPORT_CREATED;
    case MC_IMPORT_UNDECIDED:
    default:
      return MC_IMPORT_UNSURE;
    }
}

static gboolean
set_changed (const McStagedRow *staged, GError **error)
{
  g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_CHANGED,
               _("Row %llu: “%s” was changed by somebody after the preview. Look at the preview again. Nothing was changed."),
               (unsigned long long) staged->row, mc_record_get_text (staged->record, "name"));
  return FALSE;
}

/* Fields in conflict stay as they are: an import never picks. */
static void
copy_fields (const McRecord *from, McRecord *to, guint64 mask)
{
  const McEntity *entity = mc_record_get_entity (from);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((mask >> i & 1) && !mc_record_field_in_conflict (to, entity->fields[i].key))
      mc_record_set (to, entity->fields[i].key, mc_record_get (from, entity->fields[i].key));
}

static gboolean
write_update (McBulk *bulk, const McStagedRow *staged, gboolean *wrote, GError **error)
{
  const McEntity *entity = mc_record_get_entity (staged->record);
  g_autoptr (McRecord) base = mc_bulk_load (bulk, entity->name, staged->existing, error);
  g_autoptr (McRecord) edited = NULL;

  if (!base)
    return FALSE;
  if (mc_import_values_digest (base, staged->given) != staged->digest)
    return set_changed (staged, error);
  edited = mc_record_copy (base);
  copy_fields (staged->record, edited, staged->given);
  return mc_bulk_save (bulk, base, edited, wrote, error);
}

/* A new record. One that a person called another than the existing needs another id if both would have the same. */
static gboolean
write_new (McBulk *bulk, const McStagedRow *staged, gboolean *wrote, GError **error)
{
  g_autoptr (McRecord) record = NULL;

  if (strcmp (staged->id, staged->existing) != 0)
    return mc_bulk_save (bulk, NULL, staged->record, wrote, error);
  record = mc_record_new (mc_record_get_entity (staged->record), NULL);
  copy_fields (staged->record, record, staged->given | staged->defaulted);
  return mc_bulk_save (bulk, NULL, record, wrote, error);
}

static gboolean
write_row (McBulk *bulk, McImportWriting *writing, guint64 index, guint64 counts[MC_IMPORT_N_OUTCOMES], GError **error)
{
  McImportOutcome outcome = effective_outcome (writing->stage, index);
  g_auto (McStagedRow) staged = { 0 };
  gboolean wrote = FALSE, done;

  if (outcome != MC_IMPORT_CREATED && outcome != MC_IMPORT_UPDATED)
    return TRUE;
  if (!mc_import_stage_read (writing->stage, index, &staged, error))
    return FALSE;
  if (outcome == MC_IMPORT_CREATED && staged.existing[0] && mc_import_stage_get_outcome (writing->stage, index) == MC_IMPORT_CREATED)
    done = write_update (bulk, &staged, &wrote, error); /* a record that an undo had retired */
  else if (outcome == MC_IMPORT_CREATED)
    done = write_new (bulk, &staged, &wrote, error);
  else
    done = write_update (bulk, &staged, &wrote, error);
  if (!done)
    g_prefix_error (error, _("Row %llu: "), (unsigned long long) staged.row);
  counts[outcome] += wrote;
  return done;
}

static gboolean
write_batch (McBulk *bulk, const McImportWriting *writing, const char *id, const McRef *first, const guint64 counts[MC_IMPORT_N_OUTCOMES], GError **error)
{
  sqlite3 *db = mc_bulk_get_database (bulk);
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "INSERT INTO import_batch (id, kind, at, by, file_name, sheet_name, created, updated, device, first_seq, last_seq)"
                          " VALUES (:id, :kind, :at, :by, :file, :sheet, :created, :updated, :device, :first, :last)", error);
  GError *failure = NULL;
  McRef next;

  if (!statement)
    return FALSE;
  mc_bulk_get_next_line (bulk, &next);
  mc_bind_text (statement, ":id", id);
  mc_bind_text (statement, ":kind", entity_of (writing->kind)->name);
  mc_bind_text (statement, ":by", writing->user ? writing->user : "");
  mc_bind_text (statement, ":file", writing->file_name);
  mc_bind_text (statement, ":sheet", writing->sheet_name);
  mc_bind_text (statement, ":device", first->device);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":at"), g_get_real_time () / 1000);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":created"), (gint64) counts[MC_IMPORT_CREATED]);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":updated"), (gint64) counts[MC_IMPORT_UPDATED]);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":first"), (gint64) first->seq);
  sqlite3_bind_int64 (statement, sqlite3_bind_parameter_index (statement, ":last"), (gint64) next.seq - 1);
  mc_step (statement, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
write_rows (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  McImportWriting *writing = data;
  guint64 n = mc_import_stage_get_n (writing->stage), counts[MC_IMPORT_N_OUTCOMES] = { 0 };
  gint64 told = g_get_monotonic_time ();
  McRef first;

  mc_bulk_get_next_line (bulk, &first);
  for (guint64 i = 0; i < n; i++)
    {
      if (!write_row (bulk, writing, i, counts, error))
        return FALSE;
      if (i % ROWS_BETWEEN_CHECKS != 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (writing->progress && g_get_monotonic_time () - told >= PROGRESS_USEC)
        {
          writing->progress ((double) i / (double) n, i, writing->progress_data);
          told = g_get_monotonic_time ();
        }
    }
  if (counts[MC_IMPORT_CREATED] + counts[MC_IMPORT_UPDATED] == 0)
    return TRUE;
  g_free (writing->batch);
  writing->batch = mc_uuid_new ();
  return write_batch (bulk, writing, writing->batch, &first, counts, error);
}

gboolean
mc_import_store_apply (McStore *store, McImportWriting *writing, GCancellable *cancellable, GError **error)
{
  writing->batch = g_strdup ("");
  if (mc_store_write_bulk (store, write_rows, writing, cancellable, error))
    return TRUE;
  g_clear_pointer (&writing->batch, g_free);
  return FALSE;
}
