/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rebuild of the derived tables of one open database. */
#include "mc-rebuild-database.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-derive.h"
#include "mc-disk.h"
#include "mc-log.h"
#include "mc-record-stream.h"

/* What a line says of other records is written with these keys; a text cannot hold them, because its quotes are escaped. */
static const char *const index_marks[] = { "\"seal\":{", "\"verdict\":{", "\"erases\":{" };

/* A line that ends so says nothing of the kind: nothing stands behind "was". Most do. */
#define PLAIN_END ",\"was\":{}}"

#define MAX_SEALS 100000 /* held in memory, about 600 bytes each; with more, each part of a sealed root looks its own up */

#define PARTS_SHIFT 16
#define OWN_STATE(packed) (GPOINTER_TO_UINT (packed) & ((1u << PARTS_SHIFT) - 1))
#define PARTS_STATE(packed) (GPOINTER_TO_UINT (packed) >> PARTS_SHIFT)

typedef struct
{
  McDatabase *database;
  McDatabase *log;
  McRebuildResult *result;
  McProgress *progress;
  GCancellable *cancellable;
  guint64 total;           /* lines with a record */
  GPtrArray *blob_marks;   /* ,"entity":"NAME", of those with blobs */
  GPtrArray *index_sql;    /* of the indexes that were dropped */
  McConcerned concerned;
  guint n_seals;           /* in `concerned` */
  GPtrArray *states;       /* of GHashTable, one for each entity: id of a root with parts → its state, and those of its parts above PARTS_SHIFT; those alone that are not 0 */
} Rebuild;

static void
free_change (gpointer change)
{
  mc_change_free (change);
}

static void
free_states (gpointer states)
{
  g_hash_table_unref (states);
}

static void
free_seals (gpointer seals)
{
  g_ptr_array_unref (seals);
}

/* The ids are as good as random, at their ends at least. */
static guint
hash_id (gconstpointer id)
{
  guint hash;

  memcpy (&hash, (const guint8 *) id + 12, sizeof hash);
  return hash;
}

static gboolean
equal_ids (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, 16) == 0;
}

/* --- the indexes of the derived tables, made anew at the end ------------------------------------------------ */

static gboolean
collect_indexes (Rebuild *self, GPtrArray *drops, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database,
                                                   "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL", error);
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_database_step (self->database, statement, error)) == 1)
    if (mc_entity_find ((const char *) sqlite3_column_text (statement, 0)))
      {
        g_ptr_array_add (drops, g_strdup_printf ("DROP INDEX \"%s\"", sqlite3_column_text (statement, 1)));
        g_ptr_array_add (self->index_sql, g_strdup ((const char *) sqlite3_column_text (statement, 2)));
      }
  return step == 0;
}

static gboolean
execute_all (Rebuild *self, GPtrArray *sql, GError **error)
{
  for (guint i = 0; i < sql->len; i++)
    if (!mc_disk_go_on (self->cancellable, error) || !mc_database_execute (self->database, g_ptr_array_index (sql, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
drop_indexes (Rebuild *self, GError **error)
{
  g_autoptr (GPtrArray) drops = g_ptr_array_new_with_free_func (g_free);

  return collect_indexes (self, drops, error) && execute_all (self, drops, error);
}

/* --- what lines say of other records ------------------------------------------------------------------------ */

static void
find_blob_marks (Rebuild *self)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    for (guint f = 0; f < entities[i]->n_fields; f++)
      if (entities[i]->fields[f].type == MC_FIELD_BLOB)
        {
          g_ptr_array_add (self->blob_marks, g_strdup_printf (",\"entity\":\"%s\",", entities[i]->name));
          break;
        }
}

static gboolean
holds (const char *line, gsize length, const char *mark)
{
  return memmem (line, length, mark, strlen (mark)) != NULL;
}

/* The head of a line has no texts, and its entity stands before byte HEAD_BYTES. */
#define HEAD_BYTES 260

static gboolean
names_blobs (Rebuild *self, const char *line, gsize length)
{
  const char *entity = memmem (line, MIN (length, HEAD_BYTES), ",\"entity\":", strlen (",\"entity\":"));
  gsize left = entity ? (gsize) (line + length - entity) : 0;

  for (guint i = 0; i < self->blob_marks->len; i++)
    {
      const char *mark = g_ptr_array_index (self->blob_marks, i);

      if (strlen (mark) <= left && memcmp (entity, mark, strlen (mark)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* On the stream's thread. */
static gboolean
wants_index (const char *line, gsize length, gconstpointer data)
{
  Rebuild *self = (Rebuild *) data;
  gsize end = strlen (PLAIN_END);
  gboolean plain = length > end && memcmp (line + length - end, PLAIN_END, end) == 0;

  for (guint i = 0; !plain && i < G_N_ELEMENTS (index_marks); i++)
    if (holds (line, length, index_marks[i]))
      return TRUE;
  return names_blobs (self, line, length);
}

/* What a merge reads of a line with a seal. */
static McChange *
copy_seal (const McChange *change)
{
  McChange *copy = mc_change_new ();

  g_strlcpy (copy->device, change->device, sizeof copy->device);
  copy->seq = change->seq;
  copy->at = change->at;
  copy->seal = g_new0 (McSeal, 1);
  copy->seal->heads = g_memdup2 (change->seal->heads, change->seal->n_heads * sizeof (McRef));
  copy->seal->n_heads = change->seal->n_heads;
  return copy;
}

static void
keep_seal (Rebuild *self, const McChange *change)
{
  guint8 root[16] = { 0 };
  GPtrArray *seals;

  if (++self->n_seals >= MAX_SEALS)
    {
      g_hash_table_remove_all (self->concerned.seals);
      return;
    }
  mc_log_pack_uuid (change->record, root);
  seals = g_hash_table_lookup (self->concerned.seals, root);
  if (!seals)
    {
      seals = g_ptr_array_new_with_free_func (free_change);
      g_hash_table_insert (self->concerned.seals, g_memdup2 (root, sizeof root), seals);
    }
  g_ptr_array_add (seals, copy_seal (change));
}

static gboolean
index_marked (Rebuild *self, const GPtrArray *marked, GError **error)
{
  for (guint i = 0; i < marked->len; i++)
    {
      const McMarkedLine *line = g_ptr_array_index (marked, i);

      if (!mc_log_index_line (self->database, line->n, line->change, error))
        return FALSE;
      if (line->change->seal)
        keep_seal (self, line->change);
    }
  return mc_disk_go_on (self->cancellable, error);
}

static gboolean
index_lines (Rebuild *self, McRecordStream *stream, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const GPtrArray *marked;

  while ((marked = mc_record_stream_next_marked (stream, &self->total, &cause)))
    {
      mc_progress_tell (self->progress, _("Reading the log"), self->total, 0);
      if (!index_marked (self, marked, error))
        return FALSE;
    }
  if (!cause)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- records ------------------------------------------------------------------------------------------------ */

static gboolean
collect_ids (Rebuild *self, const char *sql, GByteArray *ids, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (self->database, sql, error);
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_database_step (self->database, statement, error)) == 1)
    if (sqlite3_column_bytes (statement, 0) == 16)
      g_byte_array_append (ids, sqlite3_column_blob (statement, 0), 16);
  return step == 0;
}

static gboolean
find_concerned (Rebuild *self, GError **error)
{
  return collect_ids (self, "SELECT DISTINCT root FROM seal ORDER BY root", self->concerned.sealed, error)
         && collect_ids (self, "SELECT DISTINCT record FROM refused ORDER BY record", self->concerned.refused, error);
}

/* What a row's state is to its root. */
static void
note_state (Rebuild *self, const McEntity *entity, const char *id, const char *root, McRecordState state)
{
  const McEntity *root_entity = mc_entity_is_part (entity) ? mc_entity_find (entity->root_entity) : entity;
  GHashTable *states;
  guint8 key[16] = { 0 };
  guint packed;

  if (state == 0 || !mc_derive_has_parts (root_entity))
    return;
  states = g_ptr_array_index (self->states, (guint) (root_entity - mc_entity_list (NULL)[0]));
  mc_log_pack_uuid (root_entity == entity ? id : root, key);
  packed = GPOINTER_TO_UINT (g_hash_table_lookup (states, key));
  g_hash_table_replace (states, g_memdup2 (key, sizeof key),
                        GUINT_TO_POINTER (packed | (root_entity == entity ? state : state << PARTS_SHIFT)));
}

/* What the stream could not derive by itself. */
static gboolean
derive_here (Rebuild *self, McRecordLines *lines, GError **error)
{
  g_autoptr (McDerived) derived = mc_derive_new (self->database, lines->entity, lines->id, g_steal_pointer (&lines->changes), error);

  if (!derived)
    return FALSE;
  note_state (self, derived->entity, derived->id, derived->root, mc_record_get_state (derived->record));
  return mc_derive_insert (self->database, derived, error);
}

static gboolean
derive_record (Rebuild *self, McRecordLines *lines, GError **error)
{
  self->result->lines += lines->n_changes;
  if (!lines->entity)
    {
      self->result->held += lines->n_changes;
      return TRUE;
    }
  self->result->records++;
  if (!lines->row)
    return derive_here (self, lines, error);
  note_state (self, lines->entity, lines->id, lines->row->root, lines->row->state);
  return mc_row_insert (self->database, lines->row, error);
}

static gboolean
derive_records (Rebuild *self, McRecordStream *stream, GError **error)
{
  g_autoptr (GError) cause = NULL;
  guint64 n = 0;

  mc_record_stream_begin (stream, &self->concerned);
  for (;;)
    {
      McRecordLines *lines = mc_record_stream_next (stream, &cause);

      if (!lines)
        break;
      if (!derive_record (self, lines, error))
        return FALSE;
      if (++n % 256 == 0)
        {
          mc_progress_tell (self->progress, _("Deriving the records"), self->result->lines, self->total);
          if (!mc_disk_go_on (self->cancellable, error))
            return FALSE;
        }
    }
  if (!cause)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* --- whole_state of roots with parts ------------------------------------------------------------------------ */

/* Rows begin with whole_state 0, as with state. */
static gboolean
bring_up_root (Rebuild *self, const McEntity *root, GHashTable *states, GError **error)
{
  g_autofree char *own = g_strdup_printf ("UPDATE %s SET whole_state = state WHERE state <> 0", root->name);
  GHashTableIter iter;
  gpointer id, packed;

  if (g_hash_table_size (states) > 0 && !mc_database_execute (self->database, own, error))
    return FALSE;
  g_hash_table_iter_init (&iter, states);
  while (g_hash_table_iter_next (&iter, &id, &packed))
    {
      char uuid[37];

      if ((PARTS_STATE (packed) & ~OWN_STATE (packed)) == 0)
        continue;
      mc_log_unpack_uuid (id, uuid);
      if (!mc_derive_set_whole_state (self->database, root, uuid, PARTS_STATE (packed), error) || !mc_disk_go_on (self->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
bring_up_roots (Rebuild *self, GError **error)
{
  const McEntity *const *entities = mc_entity_list (NULL);

  for (guint i = 0; i < self->states->len; i++)
    if (mc_derive_has_parts (entities[i]) && !bring_up_root (self, entities[i], g_ptr_array_index (self->states, i), error))
      return FALSE;
  return TRUE;
}

/* ------------------------------------------------------------------------------------------------------------ */

static gboolean
run_steps (Rebuild *self, GError **error)
{
  g_autoptr (McRecordStream) stream = mc_record_stream_new (self->log, wants_index, self);

  if (!drop_indexes (self, error) || !mc_derive_clear (self->database, TRUE, error)
      || !index_lines (self, stream, error) || !find_concerned (self, error) || !derive_records (self, stream, error))
    return FALSE;
  g_clear_pointer (&stream, mc_record_stream_free);
  mc_progress_tell (self->progress, _("Making the indexes"), 0, 0);
  return bring_up_roots (self, error) && execute_all (self, self->index_sql, error);
}

gboolean
mc_rebuild_database (McDatabase *database, McDatabase *log, McRebuildResult *result, McProgress *progress,
                     GCancellable *cancellable, GError **error)
{
  McRebuildResult own = { 0 };
  Rebuild self = { .database = database, .log = log, .result = result ? result : &own, .progress = progress, .cancellable = cancellable };
  gint64 began = g_get_monotonic_time ();
  guint n_entities;
  gboolean done;

  memset (self.result, 0, sizeof *self.result);
  self.blob_marks = g_ptr_array_new_with_free_func (g_free);
  self.index_sql = g_ptr_array_new_with_free_func (g_free);
  self.concerned.sealed = g_byte_array_new ();
  self.concerned.refused = g_byte_array_new ();
  self.concerned.seals = g_hash_table_new_full (hash_id, equal_ids, g_free, free_seals);
  self.states = g_ptr_array_new_with_free_func (free_states);
  mc_entity_list (&n_entities);
  while (self.states->len < n_entities)
    g_ptr_array_add (self.states, g_hash_table_new_full (hash_id, equal_ids, g_free, NULL));
  find_blob_marks (&self);
  done = run_steps (&self, error);
  self.result->seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  g_ptr_array_unref (self.blob_marks);
  g_ptr_array_unref (self.index_sql);
  g_byte_array_unref (self.concerned.sealed);
  g_byte_array_unref (self.concerned.refused);
  g_hash_table_unref (self.concerned.seals);
  g_ptr_array_unref (self.states);
  return done;
}

gboolean
mc_rebuild_file (const char *path, McRebuildResult *result, McProgress *progress, GCancellable *cancellable, GError **error)
{
  g_autoptr (McDatabase) database = mc_database_open (path, MC_DATABASE_PLAIN, error);
  g_autoptr (McDatabase) log = database ? mc_database_open (path, MC_DATABASE_READ, error) : NULL;

  if (!log || !mc_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (mc_rebuild_database (database, log, result, progress, cancellable, error)
      && mc_database_execute (database, "COMMIT", error))
    return TRUE;
  if (!mc_database_execute (database, "ROLLBACK", NULL))
    g_debug ("SQLite had rolled back by itself");
  return FALSE;
}
