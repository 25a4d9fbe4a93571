/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blobs of an open store: the file first, then its row. */
#include "mc-blob.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-blob-store.h"
#include "mc-chain.h"
#include "mc-disk.h"
#include "mc-store-internal.h"

static const char *const state_names[] = {
  [MC_BLOB_HERE] = "here",
  [MC_BLOB_TO_FETCH] = "to_fetch",
  [MC_BLOB_TO_SEND] = "to_send",
  [MC_BLOB_ERASED] = "erased",
  [MC_BLOB_DAMAGED] = "damaged",
};

/* What a row of table blob is to be. */
typedef struct
{
  const char *digest;
  guint64 size;
  McBlobState state; /* as read */
} BlobRow;

const char *
mc_blob_state_name (McBlobState state)
{
  g_return_val_if_fail (state >= MC_BLOB_HERE && state <= MC_BLOB_DAMAGED, NULL);

  return state_names[state];
}

McBlobState
mc_blob_state_from_name (const char *name)
{
  for (guint i = MC_BLOB_HERE; name && i < G_N_ELEMENTS (state_names); i++)
    if (strcmp (state_names[i], name) == 0)
      return (McBlobState) i;
  return (McBlobState) 0;
}

static gboolean
read_row (McDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRow *row = data;
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT state, size FROM blob WHERE digest = ?", error);
  int step;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, row->digest, -1, SQLITE_STATIC);
  step = mc_database_step (database, statement, error);
  if (step > 0)
    {
      row->state = mc_blob_state_from_name ((const char *) sqlite3_column_text (statement, 0));
      row->size = (guint64) sqlite3_column_int64 (statement, 1);
    }
  mc_database_done (statement);
  return step >= 0;
}

/* One that a line named before its bytes came is elsewhere too; one that was erased or damaged is new again. */
static gboolean
write_row (McWrite *write, gpointer data, GCancellable *cancellable, GError **error)
{
  BlobRow *row = data;
  McDatabase *database = mc_write_get_database (write);
  sqlite3_stmt *statement =
    mc_database_statement (database,
                           "INSERT INTO blob (digest, state, size) VALUES (?, 'to_send', ?) "
                           "ON CONFLICT (digest) DO UPDATE SET size = excluded.size, "
                           "state = CASE WHEN state IN ('here', 'to_fetch') THEN 'here' ELSE 'to_send' END",
                           error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, row->digest, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) row->size);
  return mc_database_run (database, statement, error);
}

static gboolean
check_may_add (McStore *self, GError **error)
{
  if (mc_store_get_mode (self) == MC_STORE_MODE_WRITE)
    return TRUE;
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY,
                       _("The database is open for reading only. Nothing was added."));
  return FALSE;
}

char *
mc_store_add_blob_from_stream (McStore *self, GInputStream *stream, guint64 max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (McBlobStore) blobs = NULL;
  g_autofree char *digest = NULL;
  BlobRow row = { 0 };

  g_return_val_if_fail (MC_IS_STORE (self) && G_IS_INPUT_STREAM (stream), NULL);

  if (!check_may_add (self, error))
    return NULL;
  blobs = mc_blob_store_new (self->path);
  digest = mc_blob_store_add (blobs, stream, NULL, max_bytes, &row.size, cancellable, error);
  if (!digest)
    return NULL;
  row.digest = digest;
  if (!mc_store_run_write (self, write_row, &row, cancellable, error))
    return NULL;
  mc_blob_store_confirm (blobs, digest);
  return g_steal_pointer (&digest);
}

char *
mc_store_add_blob (McStore *self, GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);

  return mc_store_add_blob_from_stream (self, stream, 0, NULL, error);
}

/* The row comes with the line that names it, in one transaction: index_blobs() of mc-log.c makes it "to_fetch". Until then the mark stays. */
char *
mc_store_add_blob_for_record (McStore *self, GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (McBlobStore) blobs = NULL;

  g_return_val_if_fail (MC_IS_STORE (self) && bytes != NULL, NULL);

  if (!check_may_add (self, error))
    return NULL;
  stream = g_memory_input_stream_new_from_bytes (bytes);
  blobs = mc_blob_store_new (self->path);
  return mc_blob_store_add (blobs, stream, NULL, 0, NULL, NULL, error);
}

static gboolean
note_here (McDatabase *database, const BlobRow *row, GError **error)
{
  sqlite3_stmt *statement =
    mc_database_statement (database, "UPDATE blob SET state = 'to_send', size = ?2 WHERE digest = ?1 AND state NOT IN ('here', 'to_send')", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, row->digest, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, (sqlite3_int64) row->size);
  return mc_database_run (database, statement, error);
}

static gboolean
write_here (McWrite *write, gpointer data, GCancellable *cancellable, GError **error)
{
  return note_here (mc_write_get_database (write), data, error);
}

void
mc_store_confirm_blob (McStore *self, const char *digest)
{
  g_autoptr (McBlobStore) blobs = NULL;
  BlobRow row = { .digest = digest };

  g_return_if_fail (MC_IS_STORE (self) && digest != NULL);

  blobs = mc_blob_store_new (self->path);
  /* If it fails the mark stays, and the next start does it. */
  if (mc_blob_store_has (blobs, digest, &row.size) && mc_store_run_write (self, write_here, &row, NULL, NULL))
    mc_blob_store_confirm (blobs, digest);
}

void
mc_store_drop_blob (McStore *self, const char *digest)
{
  g_autoptr (McBlobStore) blobs = NULL;
  BlobRow row = { .digest = digest };

  g_return_if_fail (MC_IS_STORE (self) && digest != NULL);

  if (!mc_store_run_read (self, read_row, &row, NULL, NULL))
    return;
  blobs = mc_blob_store_new (self->path);
  if (row.state != 0 || mc_blob_store_erase (blobs, digest, NULL))
    mc_blob_store_confirm (blobs, digest);
}

/* A named pipe or a folder would wait for ever or fail late: only plain files are read. */
static GInputStream *
open_plain_file (const char *file, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autoptr (GFileInputStream) stream = NULL;
  GFileType type = g_file_query_file_type (source, G_FILE_QUERY_INFO_NONE, NULL);
  g_autofree char *shown = g_filename_display_name (file);

  if (type == G_FILE_TYPE_UNKNOWN)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("There is no file “%s”."), shown);
      return NULL;
    }
  if (type == G_FILE_TYPE_REGULAR)
    stream = g_file_read (source, NULL, NULL);
  if (!stream)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                 _("“%s” cannot be read: it is no plain file, or you have no right to it. Nothing was added."), shown);
  return (GInputStream *) g_steal_pointer (&stream);
}

char *
mc_store_add_blob_from_file (McStore *self, const char *file, guint64 max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (MC_IS_STORE (self) && file != NULL, NULL);

  stream = open_plain_file (file, error);
  return stream ? mc_store_add_blob_from_stream (self, stream, max_bytes, cancellable, error) : NULL;
}

McBlobState
mc_store_get_blob_state (McStore *self, const char *digest, GError **error)
{
  BlobRow row = { .digest = digest };

  g_return_val_if_fail (MC_IS_STORE (self) && digest != NULL, (McBlobState) 0);

  return mc_store_run_read (self, read_row, &row, NULL, error) ? row.state : (McBlobState) 0;
}

/* FALSE, saying why, if the bytes of @digest cannot be here. */
static gboolean
check_state (McStore *self, McBlobStore *blobs, const char *digest, GError **error)
{
  BlobRow row = { .digest = digest };

  if (!mc_store_run_read (self, read_row, &row, NULL, error))
    return FALSE;
  switch (row.state)
    {
    case MC_BLOB_ERASED:
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND,
                   _("The file %s was erased; the reason stands in the history."), digest);
      return FALSE;
    case MC_BLOB_TO_FETCH:
      /* Between the commit of the line that names it and mc_store_confirm_blob(). */
      if (mc_blob_store_has (blobs, digest, NULL))
        return TRUE;
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("The file %s has not arrived here yet."), digest);
      return FALSE;
    case MC_BLOB_HERE:
    case MC_BLOB_TO_SEND:
    case MC_BLOB_DAMAGED:
      return TRUE;
    default:
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("There is no file %s here."), digest);
      return FALSE;
    }
}

GBytes *
mc_store_read_blob (McStore *self, const char *digest, GCancellable *cancellable, GError **error)
{
  g_autoptr (McBlobStore) blobs = NULL;
  GBytes *bytes = NULL;

  g_return_val_if_fail (MC_IS_STORE (self) && digest != NULL, NULL);

  blobs = mc_blob_store_new (self->path);
  if (!check_state (self, blobs, digest, error))
    return NULL;
  return mc_blob_store_read (blobs, digest, &bytes, NULL, cancellable, error) ? bytes : NULL;
}

GInputStream *
mc_store_open_blob (McStore *self, const char *digest, GError **error)
{
  g_autoptr (McBlobStore) blobs = NULL;

  g_return_val_if_fail (MC_IS_STORE (self) && digest != NULL, NULL);

  blobs = mc_blob_store_new (self->path);
  if (!check_state (self, blobs, digest, error))
    return NULL;
  return mc_blob_store_open (blobs, digest, NULL, error);
}

/* What a sweep needs. */
typedef struct
{
  McDatabase *database;
  McBlobStore *blobs;
} Sweep;

static gboolean
has_row (const char *digest, gpointer data)
{
  Sweep *sweep = data;
  BlobRow row = { .digest = digest };

  /* In doubt the file stays. */
  if (!read_row (sweep->database, &row, NULL, NULL))
    return TRUE;
  /* The line that names it was committed, and then it ended. */
  if (row.state == MC_BLOB_TO_FETCH && mc_blob_store_has (sweep->blobs, digest, &row.size) && !note_here (sweep->database, &row, NULL))
    g_debug ("the file %s stays noted as awaited", digest);
  return row.state != 0;
}

/* A crash may come between the commit of an erasure and the end of its file. */
static void
finish_erasures (McDatabase *database, McBlobStore *blobs)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT digest FROM blob WHERE state = 'erased'", NULL);
  McDigest digest;

  if (!statement)
    return;
  while (mc_database_step (database, statement, NULL) == 1)
    {
      const char *hex = (const char *) sqlite3_column_text (statement, 0);

      if (hex && mc_digest_from_hex (hex, &digest) && mc_blob_store_has (blobs, hex, NULL) && !mc_blob_store_erase (blobs, hex, NULL))
        g_debug ("the erased file %s could not be removed", hex);
    }
}

void
mc_blob_sweep (McStore *self)
{
  g_autoptr (McBlobStore) blobs = NULL;
  guint n;

  g_return_if_fail (MC_IS_STORE (self) && self->database != NULL);

  blobs = mc_blob_store_new (self->path);
  n = mc_blob_store_sweep (blobs, has_row, &(Sweep) { self->database, blobs });
  if (n > 0)
    g_debug ("%u unfinished files removed from %s", n, mc_blob_store_get_folder (blobs));
  finish_erasures (self->database, blobs);
}
