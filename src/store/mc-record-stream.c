/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads, sorts and parses the log on its own thread, so that writing goes on beside it. */
#include "mc-record-stream.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "mc-derive.h"
#include "mc-line-sorter.h"
#include "mc-log.h"

#define BATCH 256     /* records handed over at once */
#define BATCHES 8     /* made ahead at most */
#define LOOK_UP 8192  /* lines that are read before the caller may look up */
#define SAMPLES 16    /* for each part that is sorted by itself */

struct _McRecordStream
{
  McDatabase *log;
  McLineFilter filter;
  gconstpointer filter_data;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue batches;    /* of GPtrArray: of McMarkedLine until `marked`, then of McRecordLines */
  GQueue used;       /* read batches: freed where they were made, or both threads would wait for one heap */
  const McConcerned *concerned;
  guint64 n_read;
  gboolean marked;   /* all lines that the filter finds are in `batches`, or were */
  gboolean begun;
  gboolean ended;
  gboolean stopped;
  GError *error;

  /* Of the reader of the stream. */
  GPtrArray *current;
  guint position;
};

static void
change_free (gpointer change)
{
  mc_change_free (change);
}

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
}

static void
lines_free (gpointer data)
{
  McRecordLines *lines = data;

  g_clear_pointer (&lines->changes, g_ptr_array_unref);
  g_clear_pointer (&lines->row, mc_row_free);
  g_free (lines);
}

static void
marked_free (gpointer data)
{
  McMarkedLine *marked = data;

  mc_change_free (marked->change);
  g_free (marked);
}

/* --- on the thread ---------------------------------------------------------------------------------------- */

static int
compare_ids (const void *a, const void *b)
{
  return memcmp (a, b, 16);
}

static gboolean
is_among (const GByteArray *ids, const char *uuid)
{
  guint8 id[16] = { 0 };

  if (ids->len == 0)
    return FALSE;
  mc_log_pack_uuid (uuid, id);
  return bsearch (id, ids->data, ids->len / 16, 16, compare_ids) != NULL;
}

/* Is what the stream knows enough? @seals: of a part, those of its root, or NULL. */
static gboolean
knows_all (McRecordStream *self, const McRecordLines *lines, const GPtrArray **seals)
{
  const McConcerned *concerned = self->concerned;
  const char *root;
  guint8 id[16] = { 0 };

  *seals = NULL;
  if (is_among (concerned->refused, lines->id))
    return FALSE;
  if (!mc_entity_is_part (lines->entity))
    return TRUE;
  root = mc_derive_root_of (lines->entity, lines->changes);
  mc_log_pack_uuid (root, id);
  *seals = g_hash_table_lookup (concerned->seals, id);
  return !is_among (concerned->refused, root) && (*seals || !is_among (concerned->sealed, root));
}

/* What fails here is tried again, and named, by the reader of the stream. */
static void
derive (McRecordStream *self, McRecordLines *lines)
{
  const GPtrArray *seals;

  if (!lines->entity || !knows_all (self, lines, &seals))
    return;
  lines->row = mc_row_new_alone (self->log, lines->entity, lines->id, g_ptr_array_ref (lines->changes), seals, NULL);
  if (lines->row)
    g_clear_pointer (&lines->changes, g_ptr_array_unref);
}

/* FALSE: nobody reads any more. Takes @batch. */
static gboolean
hand_over (McRecordStream *self, GPtrArray *batch, guint64 n_read)
{
  GQueue used = G_QUEUE_INIT;
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  while (!self->stopped && g_queue_get_length (&self->batches) >= BATCHES)
    g_cond_wait (&self->cond, &self->mutex);
  wanted = !self->stopped;
  /* An empty one lets the caller look up, if it waits for marked lines. */
  if (wanted && (batch->len > 0 || (self->filter && !self->marked)))
    g_queue_push_tail (&self->batches, g_steal_pointer (&batch));
  self->n_read = n_read;
  used = self->used;
  g_queue_init (&self->used);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_queue_clear_full (&used, unref_array);
  g_clear_pointer (&batch, g_ptr_array_unref);
  return wanted;
}

static gboolean
hand_over_records (McRecordStream *self, GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    {
      McRecordLines *lines = g_ptr_array_index (batch, i);

      lines->n_changes = lines->changes->len;
      if (self->concerned)
        derive (self, lines);
    }
  return hand_over (self, batch, self->n_read);
}

static gboolean
set_damaged (gint64 n, GError **error)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("Line %lld of the log is damaged. Nothing was changed; verify the database and restore a backup."), (long long) n);
  return FALSE;
}

/* --- the first reading: in the order of arrival --------------------------------------------------------------- */

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, MC_SORT_KEY_BYTES);
}

/* Ids from all over the log. */
static gboolean
sample (McRecordStream *self, guint n_samples, GByteArray *ids, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->log, "SELECT record FROM change WHERE n >= ?1 AND record IS NOT NULL ORDER BY n LIMIT 1", error);
  gint64 last;

  if (!statement || !mc_database_integer (self->log, "SELECT max(n) FROM change", 0, &last, error))
    return FALSE;
  for (guint i = 0; i < n_samples; i++)
    {
      int step;

      sqlite3_bind_int64 (statement, 1, 1 + last / n_samples * i);
      step = mc_database_step (self->log, statement, error);
      if (step < 0)
        return FALSE;
      if (step == 1 && sqlite3_column_bytes (statement, 0) == MC_SORT_KEY_BYTES)
        g_byte_array_append (ids, sqlite3_column_blob (statement, 0), MC_SORT_KEY_BYTES);
      mc_database_done (statement);
    }
  qsort (ids->data, ids->len / MC_SORT_KEY_BYTES, MC_SORT_KEY_BYTES, compare_keys);
  return TRUE;
}

/* The log is less than the file. */
static McLineSorter *
new_sorter (McRecordStream *self, GError **error)
{
  g_autoptr (GByteArray) ids = g_byte_array_new (), splitters = g_byte_array_new ();
  g_autofree char *folder = g_path_get_dirname (mc_database_get_path (self->log));
  gint64 pages, page_size;
  guint n_parts;

  if (!mc_database_integer (self->log, "PRAGMA page_count", 0, &pages, error) || !mc_database_integer (self->log, "PRAGMA page_size", 0, &page_size, error))
    return NULL;
  n_parts = (guint) (pages * page_size / (2 * MC_SORT_PART_BYTES)) + 1;
  if (n_parts > 1 && !sample (self, n_parts * SAMPLES, ids, error))
    return NULL;
  for (guint i = SAMPLES; i + SAMPLES / 2 < ids->len / MC_SORT_KEY_BYTES; i += SAMPLES)
    g_byte_array_append (splitters, ids->data + (gsize) i * MC_SORT_KEY_BYTES, MC_SORT_KEY_BYTES);
  return mc_line_sorter_new (folder, splitters);
}

/* One that cannot be read is named when its record's turn comes. */
static void
mark (McRecordStream *self, gint64 n, const char *line, gsize length, GPtrArray *batch)
{
  McChange *change = self->filter && self->filter (line, length, self->filter_data) ? mc_change_parse (line, (gssize) length, NULL) : NULL;
  McMarkedLine *marked;

  if (!change)
    return;
  mc_change_upgrade (change);
  marked = g_new (McMarkedLine, 1);
  *marked = (McMarkedLine) { n, change };
  g_ptr_array_add (batch, marked);
}

static gboolean
sort_row (McRecordStream *self, sqlite3_stmt *row, McLineSorter *sorter, GPtrArray *batch, GError **error)
{
  gint64 n = sqlite3_column_int64 (row, 1);
  const char *line = (const char *) sqlite3_column_text (row, 2);
  gsize length = (gsize) sqlite3_column_bytes (row, 2);

  if (!line || sqlite3_column_bytes (row, 0) != MC_SORT_KEY_BYTES)
    return set_damaged (n, error);
  mark (self, n, line, length, batch);
  return mc_line_sorter_add (sorter, sqlite3_column_blob (row, 0), n, line, length, error);
}

static gboolean
sort_lines (McRecordStream *self, McLineSorter *sorter, GError **error)
{
  sqlite3_stmt *row = mc_database_statement (self->log, "SELECT record, n, line FROM change NOT INDEXED WHERE record IS NOT NULL ORDER BY n", error);
  GPtrArray *batch = g_ptr_array_new_with_free_func (marked_free);
  guint64 n_read = 0;
  gboolean going = TRUE;
  int step = -1;

  while (going && row && (step = mc_database_step (self->log, row, error)) == 1)
    {
      going = sort_row (self, row, sorter, batch, error);
      if (going && ++n_read % LOOK_UP == 0)
        {
          going = hand_over (self, g_steal_pointer (&batch), n_read);
          batch = g_ptr_array_new_with_free_func (marked_free);
        }
    }
  mc_database_done (row);
  if (!going || step != 0)
    {
      g_ptr_array_unref (batch);
      return FALSE;
    }
  return hand_over (self, batch, n_read);
}

/* Until the caller knows which records are concerned. */
static gboolean
wait_to_begin (McRecordStream *self)
{
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  self->marked = TRUE;
  g_cond_broadcast (&self->cond);
  while (self->filter && !self->begun && !self->stopped)
    g_cond_wait (&self->cond, &self->mutex);
  wanted = !self->stopped;
  g_mutex_unlock (&self->mutex);
  return wanted;
}

/* --- the second: by record ------------------------------------------------------------------------------------ */

static McChange *
parse_line (const McSortedLine *line, GError **error)
{
  McChange *change = mc_change_parse (line->line, (gssize) line->length, NULL);
  guint8 id[MC_SORT_KEY_BYTES] = { 0 };

  if (change)
    mc_log_pack_uuid (change->record, id);
  /* Is the row filed under the record that its line names? */
  if (!change || memcmp (line->record, id, sizeof id) != 0)
    {
      mc_change_free (change);
      set_damaged (line->n, error);
      return NULL;
    }
  mc_change_upgrade (change);
  return change;
}

/* One id may have lines of several entities; they are different records. */
static McRecordLines *
find_record (GPtrArray *batch, guint first, const McEntity *entity, const char *name)
{
  for (guint i = first; i < batch->len; i++)
    {
      McRecordLines *lines = g_ptr_array_index (batch, i);
      const McChange *change = g_ptr_array_index (lines->changes, 0);

      if (lines->entity == entity && (entity || strcmp (change->entity, name) == 0))
        return lines;
    }
  return NULL;
}

static void
add_change (GPtrArray *batch, guint first, McChange *change)
{
  const McEntity *entity = mc_entity_find (change->entity);
  McRecordLines *lines = find_record (batch, first, entity, change->entity);

  if (!lines)
    {
      lines = g_new0 (McRecordLines, 1);
      lines->entity = entity;
      g_strlcpy (lines->id, change->record, sizeof lines->id);
      lines->changes = g_ptr_array_new_with_free_func (change_free);
      g_ptr_array_add (batch, lines);
    }
  g_ptr_array_add (lines->changes, change);
}

/* All lines of some records. FALSE: nobody reads any more, or @error. */
static gboolean
give_records (McRecordStream *self, const GArray *lines, GError **error)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (lines_free);
  guint first = 0; /* where the records of the current id begin in the batch */

  for (guint i = 0; i < lines->len; i++)
    {
      const McSortedLine *line = &g_array_index (lines, McSortedLine, i);
      McChange *change = parse_line (line, error);

      if (!change)
        {
          g_ptr_array_unref (batch);
          return FALSE;
        }
      if (i == 0 || compare_keys (line[-1].record, line->record) != 0)
        {
          if (batch->len >= BATCH)
            {
              if (!hand_over_records (self, g_steal_pointer (&batch)))
                {
                  mc_change_free (change);
                  return FALSE;
                }
              batch = g_ptr_array_new_with_free_func (lines_free);
            }
          first = batch->len;
        }
      add_change (batch, first, change);
    }
  return hand_over_records (self, batch);
}

static void
read_log (McRecordStream *self, GError **error)
{
  g_autoptr (McLineSorter) sorter = new_sorter (self, error);
  const GArray *lines;

  if (!sorter || !sort_lines (self, sorter, error) || !wait_to_begin (self))
    return;
  while ((lines = mc_line_sorter_next (sorter, error)))
    if (!give_records (self, lines, error))
      return;
}

static gpointer
run (gpointer data)
{
  McRecordStream *self = data;
  g_autoptr (GError) error = NULL;

  read_log (self, &error);
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  self->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* --- for its reader --------------------------------------------------------------------------------------- */

McRecordStream *
mc_record_stream_new (McDatabase *log, McLineFilter filter, gconstpointer filter_data)
{
  McRecordStream *self = g_new0 (McRecordStream, 1);

  self->log = log;
  self->filter = filter;
  self->filter_data = filter_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->batches);
  g_queue_init (&self->used);
  self->thread = g_thread_new ("mc-log", run, self);
  return self;
}

void
mc_record_stream_free (McRecordStream *self)
{
  if (!self)
    return;
  g_mutex_lock (&self->mutex);
  self->stopped = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_clear_pointer (&self->current, g_ptr_array_unref);
  g_queue_clear_full (&self->batches, unref_array);
  g_queue_clear_full (&self->used, unref_array);
  g_clear_error (&self->error);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* NULL at the end of the reading that goes on, or with @error. */
static GPtrArray *
pop (McRecordStream *self, gboolean of_first, guint64 *n_read, GError **error)
{
  GPtrArray *batch;

  g_mutex_lock (&self->mutex);
  if (self->current)
    g_queue_push_tail (&self->used, g_steal_pointer (&self->current));
  while (!self->ended && g_queue_is_empty (&self->batches) && !(of_first && self->marked))
    g_cond_wait (&self->cond, &self->mutex);
  batch = g_queue_pop_head (&self->batches);
  if (!batch && self->error)
    g_propagate_error (error, g_steal_pointer (&self->error));
  if (n_read)
    *n_read = self->n_read;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return batch;
}

const GPtrArray *
mc_record_stream_next_marked (McRecordStream *self, guint64 *n_read, GError **error)
{
  g_return_val_if_fail (self->filter && !self->begun, NULL);

  self->current = pop (self, TRUE, n_read, error);
  return self->current;
}

void
mc_record_stream_begin (McRecordStream *self, const McConcerned *concerned)
{
  g_mutex_lock (&self->mutex);
  if (self->current)
    g_queue_push_tail (&self->used, g_steal_pointer (&self->current));
  self->concerned = concerned;
  self->begun = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gboolean
next_batch (McRecordStream *self, GError **error)
{
  self->position = 0;
  self->current = pop (self, FALSE, NULL, error);
  return self->current != NULL;
}

McRecordLines *
mc_record_stream_next (McRecordStream *self, GError **error)
{
  while (!self->current || self->position >= self->current->len)
    if (!next_batch (self, error))
      return NULL;
  return g_ptr_array_index (self->current, self->position++);
}
