/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carries a plan out in one transaction: one thread makes the staged rows ready, the store's worker writes them in their order. */
#include "mc-import-writing.h"

#include "mc-batch-queue.h"
#include "mc-registry-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-uuid.h"

#define BATCH_ROWS 128
#define WAITING_BATCHES 4
#define PROGRESS_USEC 100000

/* A row on its way from the stage to the database. */
typedef struct
{
  McImportOutcome outcome;
  McStagedRow staged;
  McPreparedRecord *prepared; /* of a new record; has the record of `staged` */
} Row;

typedef struct
{
  GArray *rows;       /* of Row */
  guint64 n_seen;     /* staged rows up to the end of this batch */
  GError *error;      /* that the stage could not be read on */
} Batch;

static void
clear_row (gpointer data)
{
  Row *row = data;

  mc_staged_row_clear (&row->staged);
  mc_prepared_record_free (row->prepared);
}

static Batch *
batch_new (void)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->rows = g_array_sized_new (FALSE, TRUE, sizeof (Row), BATCH_ROWS);
  g_array_set_clear_func (batch->rows, clear_row);
  return batch;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->rows);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* --- making rows ready ------------------------------------------------------------------------------------ */

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

/* Fields in conflict stay as they are: an import never picks. */
static void
copy_fields (const McRecord *from, McRecord *to, guint64 mask)
{
  const McEntity *entity = mc_record_get_entity (from);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((mask >> i & 1) && !mc_record_field_in_conflict (to, entity->fields[i].key))
      mc_record_set (to, entity->fields[i].key, mc_record_get (from, entity->fields[i].key));
}

/* What a person called another than the existing one needs another id if both would have the same. */
static void
prepare_new (Row *row, McRecordPreparer *preparer)
{
  McStagedRow *staged = &row->staged;
  McRecord *record = g_steal_pointer (&staged->record);

  if (strcmp (staged->id, staged->existing) == 0)
    {
      McRecord *other = mc_record_new (mc_record_get_entity (record), NULL);

      copy_fields (record, other, staged->given | staged->defaulted);
      mc_record_free (record);
      record = other;
    }
  row->prepared = mc_record_preparer_prepare (preparer, record);
}

static gboolean
make_row (McImportStage *stage, guint64 index, McRecordPreparer *preparer, Row *row, GError **error)
{
  gboolean revived;

  if (!mc_import_stage_read (stage, index, &row->staged, error))
    return FALSE;
  /* A record that an undo had retired is created by an update. */
  revived = row->staged.existing[0] && mc_import_stage_get_outcome (stage, index) == MC_IMPORT_CREATED;
  if (row->outcome == MC_IMPORT_CREATED && !revived)
    prepare_new (row, preparer);
  return TRUE;
}

/* Runs on the queue's thread, which alone reads the stage meanwhile. */
static void
make_rows (McBatchQueue *queue, gpointer data)
{
  McImportWriting *writing = data;
  g_autoptr (McRecordPreparer) preparer = mc_record_preparer_new (mc_import_entity (writing->kind));
  guint64 n = mc_import_stage_get_n (writing->stage);
  Batch *batch = batch_new ();

  for (guint64 i = 0; i < n && !batch->error; i++)
    {
      Row row = { effective_outcome (writing->stage, i), { 0 }, NULL };

      batch->n_seen = i + 1;
      if ((row.outcome == MC_IMPORT_CREATED || row.outcome == MC_IMPORT_UPDATED) && make_row (writing->stage, i, preparer, &row, &batch->error))
        g_array_append_val (batch->rows, row);
      if (batch->rows->len < BATCH_ROWS)
        continue;
      if (!mc_batch_queue_push (queue, batch))
        return;
      batch = batch_new ();
      batch->n_seen = i + 1;
    }
  mc_batch_queue_push (queue, batch);
}

/* --- writing them ----------------------------------------------------------------------------------------- */

static gboolean
set_changed (const McStagedRow *staged, GError **error)
{
  g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_CHANGED,
               _("Row %llu: “%s” was changed by somebody after the preview. Look at the preview again. Nothing was changed."),
               (unsigned long long) staged->row, mc_record_get_text (staged->record, "name"));
  return FALSE;
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

static gboolean
write_row (McBulk *bulk, const Row *row, guint64 counts[MC_IMPORT_N_OUTCOMES], GError **error)
{
  gboolean wrote = FALSE, done;

  done = row->prepared ? mc_bulk_save_prepared (bulk, row->prepared, &wrote, error) : write_update (bulk, &row->staged, &wrote, error);
  if (!done)
    g_prefix_error (error, _("Row %llu: "), (unsigned long long) row->staged.row);
  counts[row->outcome] += wrote;
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
  mc_bind_text (statement, ":kind", mc_import_entity (writing->kind)->name);
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
write_rows (McBulk *bulk, Batch *batch, guint64 counts[MC_IMPORT_N_OUTCOMES], GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < batch->rows->len; i++)
    if (!write_row (bulk, &g_array_index (batch->rows, Row, i), counts, error))
      return FALSE;
  if (!batch->error)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&batch->error));
  return FALSE;
}

static gboolean
write_all (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  McImportWriting *writing = data;
  g_autoptr (McBatchQueue) queue = mc_batch_queue_new ("mc-import-rows", WAITING_BATCHES, make_rows, writing, batch_free);
  guint64 n = mc_import_stage_get_n (writing->stage), counts[MC_IMPORT_N_OUTCOMES] = { 0 };
  gint64 told = g_get_monotonic_time ();
  McRef first;
  Batch *batch;

  mc_bulk_get_next_line (bulk, &first);
  if (!mc_bulk_expect (bulk, mc_import_entity (writing->kind)->name, writing->n_new, error))
    return FALSE;
  while ((batch = mc_batch_queue_pop (queue)))
    {
      if (!write_rows (bulk, batch, counts, cancellable, error))
        return FALSE;
      if (writing->progress && g_get_monotonic_time () - told >= PROGRESS_USEC)
        {
          writing->progress ((double) batch->n_seen / (double) n, batch->n_seen, writing->progress_data);
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
mc_import_write (McStore *store, McImportWriting *writing, GCancellable *cancellable, GError **error)
{
  writing->batch = g_strdup ("");
  if (mc_store_write_bulk (store, write_all, writing, cancellable, error))
    return TRUE;
  g_clear_pointer (&writing->batch, g_free);
  return FALSE;
}
