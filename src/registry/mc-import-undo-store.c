/* SPDX-License-Identifier: GPL-3.0-or-later
 * Takes the last import back, as far as nobody has built on it. */
#include "mc-import.h"
#include "mc-registry-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-change.h"

#define LINES_BETWEEN_CHECKS 256

void
mc_import_batch_free (McImportBatch *batch)
{
  if (!batch)
    return;
  g_free (batch->id);
  g_free (batch->file_name);
  g_free (batch->sheet_name);
  g_free (batch->device);
  g_free (batch);
}

void
mc_import_undo_free (McImportUndo *undo)
{
  if (!undo)
    return;
  g_ptr_array_unref (undo->messages);
  g_free (undo);
}

/* --- batches ---------------------------------------------------------------------------------------------- */

static McImportBatch *
read_last_batch (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db, "SELECT id, kind, at, file_name, sheet_name, created, updated, device, first_seq, last_seq FROM import_batch"
                          " WHERE undone_at IS NULL ORDER BY at DESC, id DESC LIMIT 1", error);
  McImportBatch *batch;

  if (!statement || !mc_step (statement, error))
    return NULL;
  batch = g_new0 (McImportBatch, 1);
  batch->id = mc_column_text (statement, 0);
  batch->kind = g_strcmp0 ((const char *) sqlite3_column_text (statement, 1), "inspector") == 0 ? MC_IMPORT_INSPECTORS : MC_IMPORT_FACILITIES;
  batch->at = sqlite3_column_int64 (statement, 2);
  batch->file_name = mc_column_text (statement, 3);
  batch->sheet_name = mc_column_text (statement, 4);
  batch->created = (guint64) sqlite3_column_int64 (statement, 5);
  batch->updated = (guint64) sqlite3_column_int64 (statement, 6);
  batch->device = mc_column_text (statement, 7);
  batch->first_seq = (guint64) sqlite3_column_int64 (statement, 8);
  batch->last_seq = (guint64) sqlite3_column_int64 (statement, 9);
  return batch;
}

static gpointer
read_batch_func (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_last_batch (db, error);
}

McImportBatch *
mc_import_get_last_batch (McStore *store, GError **error)
{
  g_return_val_if_fail (MC_IS_STORE (store), NULL);

  return mc_store_read (store, read_batch_func, NULL, NULL, error);
}

/* --- one line --------------------------------------------------------------------------------------------- */

typedef struct
{
  McBulk *bulk;
  McImportBatch *batch;
  McImportUndo *undo;
  char *reason;
  sqlite3_stmt *line;   /* of device and seq */
  sqlite3_stmt *opened; /* of a digest */
  sqlite3_stmt *used;   /* whether checks of a facility exist */
} Undoing;

static void
keep (Undoing *undoing, const McRecord *record, const char *why)
{
  const char *name = mc_record_get_text (record, "name");

  undoing->undo->kept++;
  if (undoing->undo->messages->len < MC_IMPORT_MAX_MESSAGES)
    g_ptr_array_add (undoing->undo->messages, g_strdup_printf (_("“%s”: %s"), name ? name : mc_record_get_id (record), why));
}

static gboolean
is_only_head (const McRecord *record, const char *key, const McRef *line)
{
  guint n = 0;
  const McRef *heads = mc_record_get_heads (record, key, &n);

  return n == 1 && mc_ref_equal (&heads[0], line);
}

static gboolean
is_creation (const McChange *change)
{
  for (guint i = 0; i < change->n_fields; i++)
    if (change->fields[i].n_was > 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_checks (Undoing *undoing, const McRecord *record, gboolean *has, GError **error)
{
  GError *failure = NULL;

  *has = FALSE;
  if (undoing->batch->kind != MC_IMPORT_FACILITIES)
    return TRUE;
  sqlite3_reset (undoing->used);
  sqlite3_bind_text (undoing->used, 1, mc_record_get_id (record), -1, SQLITE_TRANSIENT);
  *has = mc_step (undoing->used, &failure);
  sqlite3_reset (undoing->used);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* What concerns the record alone (sealed, of a newer version) is told; anything else ends the undo. */
static gboolean
save (Undoing *undoing, const McRecord *base, const McRecord *edited, guint64 *count, GError **error)
{
  GError *failure = NULL;
  gboolean wrote = FALSE;

  if (mc_bulk_save (undoing->bulk, base, edited, &wrote, &failure))
    {
      *count += wrote;
      return TRUE;
    }
  if (g_error_matches (failure, MC_STORE_ERROR, MC_STORE_ERROR_SEALED) || g_error_matches (failure, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN) ||
      g_error_matches (failure, MC_STORE_ERROR, MC_STORE_ERROR_INPUT))
    {
      keep (undoing, base, failure->message);
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/* --- values of before ------------------------------------------------------------------------------------- */

typedef enum
{
  PREVIOUS_FOUND,
  PREVIOUS_GONE, /* erased, or of a line that is not here */
  PREVIOUS_FAILED,
} Previous;

static Previous
open_value (Undoing *undoing, McValue *value, GError **error)
{
  GError *failure = NULL;
  guint8 digest[32];
  Previous result = PREVIOUS_GONE;

  for (guint i = 0; i < sizeof digest; i++)
    digest[i] = (guint8) (g_ascii_xdigit_value (value->text[2 * i]) * 16 + g_ascii_xdigit_value (value->text[2 * i + 1]));
  sqlite3_reset (undoing->opened);
  sqlite3_bind_blob (undoing->opened, 1, digest, sizeof digest, SQLITE_TRANSIENT);
  if (mc_step (undoing->opened, &failure))
    {
      mc_value_clear (value);
      mc_value_init_text (value, (const char *) sqlite3_column_text (undoing->opened, 0));
      result = PREVIOUS_FOUND;
    }
  sqlite3_reset (undoing->opened);
  if (!failure)
    return result;
  g_propagate_error (error, failure);
  return PREVIOUS_FAILED;
}

/* Does the record still say what the import's line said of @key? A value that was changed and brought back counts. */
static gboolean
still_says (Undoing *undoing, const McRecord *record, const char *key, const McChange *change, const McRef *line)
{
  const McFieldChange *field = mc_change_field (change, key);
  g_auto (McValue) value = MC_VALUE_INIT;

  if (field && is_only_head (record, key, line))
    return TRUE;
  if (mc_record_field_in_conflict (record, key))
    return FALSE;
  if (!field)
    return mc_record_is_null (record, key);
  mc_value_copy (&field->value, &value);
  if (value.type == MC_VALUE_SEALED && open_value (undoing, &value, NULL) != PREVIOUS_FOUND)
    return FALSE;
  return mc_value_equal (&value, mc_record_get (record, key));
}

/* Are all values of the record still those of the line that made it? */
static gboolean
is_untouched (Undoing *undoing, const McRecord *record, const McChange *change, const McRef *line)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    if (!still_says (undoing, record, entity->fields[i].key, change, line))
      return FALSE;
  return TRUE;
}

/* The value of @key in the line that the import's line replaced. */
static Previous
previous_value (Undoing *undoing, const McFieldChange *field, McValue *value, GError **error)
{
  g_autoptr (McChange) before = NULL;
  const McFieldChange *old;
  const char *text = NULL;
  GError *failure = NULL;

  if (field->n_was == 0)
    return PREVIOUS_FOUND; /* null */
  sqlite3_reset (undoing->line);
  sqlite3_bind_text (undoing->line, 1, field->was[0].device, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (undoing->line, 2, (gint64) field->was[0].seq);
  if (mc_step (undoing->line, &failure))
    text = (const char *) sqlite3_column_text (undoing->line, 0);
  before = text ? mc_change_parse (text, -1, &failure) : NULL;
  sqlite3_reset (undoing->line);
  if (failure)
    {
      g_propagate_error (error, failure);
      return PREVIOUS_FAILED;
    }
  old = before ? mc_change_field (before, field->key) : NULL;
  if (!old)
    return PREVIOUS_GONE;
  mc_value_copy (&old->value, value);
  return value->type == MC_VALUE_SEALED ? open_value (undoing, value, error) : PREVIOUS_FOUND;
}

static gboolean
retire_created (Undoing *undoing, const McRecord *record, const McChange *change, const McRef *line, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (McRecord) edited = NULL;
  gboolean checked;

  if (!is_untouched (undoing, record, change, line))
    {
      keep (undoing, record, _("stays in the register: somebody changed it since the import"));
      return TRUE;
    }
  if (!has_checks (undoing, record, &checked, error))
    return FALSE;
  if (checked)
    {
      keep (undoing, record, _("stays in the register: there are checks of it"));
      return TRUE;
    }
  edited = mc_record_copy (record);
  mc_record_set_text (edited, "retired_on", today);
  mc_record_set_text (edited, "retired_reason", undoing->reason);
  return save (undoing, record, edited, &undoing->undo->retired, error);
}

static gboolean
restore_updated (Undoing *undoing, const McRecord *record, const McChange *change, const McRef *line, GError **error)
{
  const McEntity *entity = mc_record_get_entity (record);
  g_autoptr (McRecord) edited = mc_record_copy (record);
  g_autoptr (GString) left = g_string_new (NULL);

  for (guint i = 0; i < change->n_fields; i++)
    {
      const McFieldChange *field = &change->fields[i];
      const McField *known = mc_entity_field (entity, field->key);
      g_auto (McValue) value = MC_VALUE_INIT;
      Previous previous;

      if (!known)
        continue;
      previous = still_says (undoing, record, field->key, change, line) ? previous_value (undoing, field, &value, error) : PREVIOUS_GONE;
      if (previous == PREVIOUS_FAILED)
        return FALSE;
      if (previous == PREVIOUS_GONE)
        g_string_append_printf (left, "%s%s", left->len > 0 ? _(", ") : "", _(known->label));
      else if (value.type == MC_VALUE_NULL)
        mc_record_set_null (edited, field->key);
      else
        mc_record_set (edited, field->key, &value);
    }
  if (!save (undoing, record, edited, &undoing->undo->restored, error))
    return FALSE;
  if (left->len > 0)
    {
      g_autofree char *why = g_strdup_printf (_("these values stay, because they were changed or erased since: %s"), left->str);

      keep (undoing, record, why);
    }
  return TRUE;
}

static gboolean
undo_line (Undoing *undoing, const char *text, const McRef *line, GError **error)
{
  g_autoptr (McChange) change = mc_change_parse (text, -1, error);
  g_autoptr (McRecord) record = NULL;

  if (!change)
    return FALSE;
  if (!mc_entity_find (change->entity))
    return TRUE;
  record = mc_bulk_load (undoing->bulk, change->entity, change->record, error);
  if (!record)
    return FALSE;
  return is_creation (change) ? retire_created (undoing, record, change, line, error) : restore_updated (undoing, record, change, line, error);
}

/* --- the whole -------------------------------------------------------------------------------------------- */

static gboolean
undo_lines (Undoing *undoing, sqlite3 *db, GCancellable *cancellable, GError **error)
{
  g_autoptr (sqlite3_stmt) lines =
    mc_store_prepare (db, "SELECT seq, line FROM change WHERE chain = (SELECT n FROM chain WHERE device = ?1) AND seq BETWEEN ?2 AND ?3 ORDER BY seq", error);
  GError *failure = NULL;
  McRef line = { "", 0 };

  if (!lines)
    return FALSE;
  g_strlcpy (line.device, undoing->batch->device, sizeof line.device);
  sqlite3_bind_text (lines, 1, undoing->batch->device, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (lines, 2, (gint64) undoing->batch->first_seq);
  sqlite3_bind_int64 (lines, 3, (gint64) undoing->batch->last_seq);
  while (mc_step (lines, &failure))
    {
      g_autofree char *text = mc_column_text (lines, 1);

      line.seq = (guint64) sqlite3_column_int64 (lines, 0);
      if (text && !undo_line (undoing, text, &line, error))
        return FALSE;
      if (line.seq % LINES_BETWEEN_CHECKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
mark_undone (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "UPDATE import_batch SET undone_at = ? WHERE id = ?", error);
  GError *failure = NULL;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, g_get_real_time () / 1000);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_TRANSIENT);
  mc_step (statement, &failure);
  if (failure)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* The id of the batch in the reason lets a later import bring such a record back without asking. */
static char *
undo_reason (const McImportBatch *batch)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (batch->at / 1000);
  g_autofree char *day = at ? g_date_time_format (at, "%Y-%m-%d %H:%M") : g_strdup ("");

  return g_strdup_printf (_("the import of “%s” of %s was undone (%s)"), batch->file_name, day, batch->id);
}

static gboolean
undo_work (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error)
{
  sqlite3 *db = mc_bulk_get_database (bulk);
  GError *failure = NULL;
  McImportBatch *batch = read_last_batch (db, &failure);
  g_autofree char *reason = batch ? undo_reason (batch) : NULL;
  g_autoptr (sqlite3_stmt) line =
    mc_store_prepare (db, "SELECT line FROM change WHERE chain = (SELECT n FROM chain WHERE device = ?) AND seq = ?", error);
  g_autoptr (sqlite3_stmt) opened = line ? mc_store_prepare (db, "SELECT value FROM opened WHERE digest = ?", error) : NULL;
  g_autoptr (sqlite3_stmt) used = opened ? mc_store_prepare (db, "SELECT 1 FROM visit WHERE facility = ? LIMIT 1", error) : NULL;
  Undoing undoing = { bulk, batch, data, reason, line, opened, used };
  gboolean done = FALSE;

  if (failure)
    g_propagate_error (error, failure);
  else if (!batch)
    g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NOTHING, _("There is no import on this device that could be undone."));
  else
    done = used && undo_lines (&undoing, db, cancellable, error) && mark_undone (db, batch->id, error);
  mc_import_batch_free (batch);
  return done;
}

McImportUndo *
mc_import_undo (McStore *store, GCancellable *cancellable, GError **error)
{
  McImportUndo *undo;

  g_return_val_if_fail (MC_IS_STORE (store), NULL);

  undo = g_new0 (McImportUndo, 1);
  undo->messages = g_ptr_array_new_with_free_func (g_free);
  if (mc_store_write_bulk (store, undo_work, undo, cancellable, error))
    return undo;
  mc_import_undo_free (undo);
  return NULL;
}
