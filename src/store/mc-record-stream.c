/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads and parses the log on its own thread, so that deriving goes on beside it. */
#include "mc-record-stream.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "mc-log.h"

#define BATCH 256     /* records handed over at once */
#define BATCHES 8     /* made ahead at most */

struct _McRecordStream
{
  McDatabase *log;
  const McConcerned *concerned;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue batches;    /* of GPtrArray of McRecordLines */
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
lines_free (gpointer lines)
{
  mc_record_lines_free (lines);
}

void
mc_record_lines_free (McRecordLines *lines)
{
  if (!lines)
    return;
  g_clear_pointer (&lines->changes, g_ptr_array_unref);
  g_clear_pointer (&lines->derived, mc_derived_free);
  g_free (lines);
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

static gboolean
is_alone (McRecordStream *self, const McRecordLines *lines)
{
  const McConcerned *concerned = self->concerned;
  const char *root;

  if (is_among (concerned->refused, lines->id))
    return FALSE;
  if (!mc_entity_is_part (lines->entity))
    return TRUE;
  root = mc_derive_root_of (lines->entity, lines->changes);
  return !is_among (concerned->sealed, root) && !is_among (concerned->refused, root);
}

/* What fails here is tried again, and named, by the reader of the stream. */
static void
derive (McRecordStream *self, McRecordLines *lines)
{
  g_autoptr (McDerived) derived = NULL;
  gboolean missing = FALSE;

  if (!lines->entity || !is_alone (self, lines))
    return;
  derived = mc_derive_new_alone (self->log, lines->entity, lines->id, g_ptr_array_ref (lines->changes), &missing, NULL);
  if (!derived || missing)
    return;
  g_clear_pointer (&lines->changes, g_ptr_array_unref);
  lines->derived = g_steal_pointer (&derived);
}

/* FALSE: nobody reads any more. */
static gboolean
hand_over (McRecordStream *self, GPtrArray *batch)
{
  gboolean wanted;

  for (guint i = 0; i < batch->len; i++)
    {
      McRecordLines *lines = g_ptr_array_index (batch, i);

      lines->n_changes = lines->changes->len;
      if (self->concerned)
        derive (self, lines);
    }
  g_mutex_lock (&self->mutex);
  while (!self->stopped && g_queue_get_length (&self->batches) >= BATCHES)
    g_cond_wait (&self->cond, &self->mutex);
  wanted = !self->stopped;
  if (wanted)
    g_queue_push_tail (&self->batches, batch);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (!wanted)
    g_ptr_array_unref (batch);
  return wanted;
}

/* Is the row filed under the record that its line names? */
static gboolean
is_filed_right (sqlite3_stmt *statement, const McChange *change)
{
  guint8 id[16] = { 0 };

  mc_log_pack_uuid (change->record, id);
  return sqlite3_column_bytes (statement, 0) == sizeof id && memcmp (sqlite3_column_blob (statement, 0), id, sizeof id) == 0;
}

static McChange *
parse_row (sqlite3_stmt *statement, GError **error)
{
  const char *line = (const char *) sqlite3_column_text (statement, 2);
  g_autoptr (McChange) change = line ? mc_change_parse (line, sqlite3_column_bytes (statement, 2), NULL) : NULL;

  if (!change || !is_filed_right (statement, change))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
                   _("Line %lld of the log is damaged. Nothing was changed; verify the database and restore a backup."),
                   (long long) sqlite3_column_int64 (statement, 1));
      return NULL;
    }
  mc_change_upgrade (change);
  return g_steal_pointer (&change);
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

static gboolean
read_rows (McRecordStream *self, sqlite3_stmt *statement, GError **error)
{
  GPtrArray *batch = g_ptr_array_new_with_free_func (lines_free);
  guint8 current[16] = { 0 };
  guint first = 0; /* where the records of the current id begin in the batch */
  int step;

  while ((step = mc_database_step (self->log, statement, error)) == 1)
    {
      const void *id = sqlite3_column_blob (statement, 0);
      McChange *change = parse_row (statement, error);

      if (!change)
        break;
      if (sqlite3_column_bytes (statement, 0) != 16 || memcmp (id, current, 16) != 0)
        {
          memcpy (current, id, MIN (16, (gsize) sqlite3_column_bytes (statement, 0)));
          if (batch->len >= BATCH)
            {
              if (!hand_over (self, batch))
                {
                  mc_change_free (change);
                  return TRUE;
                }
              batch = g_ptr_array_new_with_free_func (lines_free);
            }
          first = batch->len;
        }
      add_change (batch, first, change);
    }
  if (step == 0)
    return hand_over (self, batch) || TRUE;
  g_ptr_array_unref (batch);
  return FALSE;
}

static gpointer
run (gpointer data)
{
  McRecordStream *self = data;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement =
    mc_database_statement (self->log,
                           "SELECT record, n, line FROM change INDEXED BY change_record WHERE record IS NOT NULL ORDER BY record, n",
                           &error);

  if (statement)
    {
      read_rows (self, statement, &error);
      mc_database_done (statement);
    }
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  self->error = g_steal_pointer (&error);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* --- for its reader --------------------------------------------------------------------------------------- */

McRecordStream *
mc_record_stream_new (McDatabase *log, const McConcerned *concerned)
{
  McRecordStream *self = g_new0 (McRecordStream, 1);

  self->log = log;
  self->concerned = concerned;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->batches);
  self->thread = g_thread_new ("mc-log", run, self);
  return self;
}

static void
unref_array (gpointer array)
{
  g_ptr_array_unref (array);
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
  g_clear_error (&self->error);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
next_batch (McRecordStream *self, GError **error)
{
  g_clear_pointer (&self->current, g_ptr_array_unref);
  self->position = 0;
  g_mutex_lock (&self->mutex);
  while (!self->ended && g_queue_is_empty (&self->batches))
    g_cond_wait (&self->cond, &self->mutex);
  self->current = g_queue_pop_head (&self->batches);
  if (!self->current && self->error)
    g_propagate_error (error, g_steal_pointer (&self->error));
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return self->current != NULL;
}

McRecordLines *
mc_record_stream_next (McRecordStream *self, GError **error)
{
  while (!self->current || self->position >= self->current->len)
    if (!next_batch (self, error))
      return NULL;
  return g_steal_pointer (&g_ptr_array_index (self->current, self->position++));
}
