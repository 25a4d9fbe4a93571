/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rebuilds an open store in place, or a new file from the log of another. */
#include "mc-rebuild.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "mc-blob-store.h"
#include "mc-blob.h"
#include "mc-disk.h"
#include "mc-lock.h"
#include "mc-rebuild-database.h"
#include "mc-store-internal.h"

/* --- in place ----------------------------------------------------------------------------------------------- */

typedef struct
{
  McRebuildResult result;
  McProgress progress;
} InPlace;

static gboolean
rebuild_in_place (McWrite *write, gpointer data, GCancellable *cancellable, GError **error)
{
  InPlace *job = data;
  McDatabase *database = mc_write_get_database (write);
  g_autoptr (McDatabase) log = mc_database_open (mc_database_get_path (database), MC_DATABASE_READ, error);

  if (!log || !mc_rebuild_database (database, log, &job->result, &job->progress, cancellable, error))
    return FALSE;
  mc_write_touch (write, NULL, NULL);
  return TRUE;
}

gboolean
mc_store_rebuild (McStore *self, McRebuildResult *result, McProgressFunc progress, gpointer progress_data,
                  GCancellable *cancellable, GError **error)
{
  InPlace job = { .progress = { progress, progress_data, NULL, 0 } };

  g_return_val_if_fail (MC_IS_STORE (self), FALSE);

  if (!mc_store_run_write (self, rebuild_in_place, &job, cancellable, error))
    return FALSE;
  if (result)
    *result = job.result;
  return TRUE;
}

static void
relay_free (gpointer relay)
{
  mc_progress_relay_unref (relay);
}

static void
run_task (GTask *task, gpointer source, gpointer relay, GCancellable *cancellable)
{
  g_autofree McRebuildResult *result = g_new0 (McRebuildResult, 1);
  GError *error = NULL;

  if (mc_store_rebuild (source, result, mc_progress_relay_tell, relay, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&result), g_free);
  else
    g_task_return_error (task, error);
}

void
mc_store_rebuild_async (McStore *self, McProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, mc_store_rebuild_async);
  g_task_set_task_data (task, mc_progress_relay_new (progress, progress_data), relay_free);
  g_task_run_in_thread (task, run_task);
}

gboolean
mc_store_rebuild_finish (McStore *self, GAsyncResult *result, McRebuildResult *rebuilt, GError **error)
{
  g_autofree McRebuildResult *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found && rebuilt)
    *rebuilt = *found;
  return found != NULL;
}

/* --- a new file ----------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *path;
  const char *out;
  char *unfinished;      /* beside @out; renamed when it stands */
  McDatabase *source;
  McDatabase *target;
  McProgress progress;
  GCancellable *cancellable;
} NewFile;

/* The log is read by row, not by page: what else is damaged in the file does not come along. */
static const char *const log_tables[][2] = {
  { "SELECT n, device, public_key FROM chain NOT INDEXED", "INSERT INTO chain (n, device, public_key) VALUES (?, ?, ?)" },
  { "SELECT n, chain, seq, record, line, digest, link FROM change NOT INDEXED ORDER BY n",
    "INSERT INTO change (n, chain, seq, record, line, digest, link) VALUES (?, ?, ?, ?, ?, ?, ?)" },
  { "SELECT digest, salt, value FROM opened", "INSERT INTO opened (digest, salt, value) VALUES (?, ?, ?)" },
  { "SELECT chain, seq, link, signature FROM checkpoint", "INSERT INTO checkpoint (chain, seq, link, signature) VALUES (?, ?, ?, ?)" },
};

/* A line that was changed on the disk must not be taken for one that was written so. */
static gboolean
check_line (sqlite3_stmt *row, GError **error)
{
  McDigest digest;
  gboolean good = sqlite3_column_bytes (row, 5) == MC_DIGEST_BYTES;

  if (good && sqlite3_column_type (row, 4) == SQLITE_TEXT)
    {
      mc_digest_of (sqlite3_column_text (row, 4), (gsize) sqlite3_column_bytes (row, 4), &digest);
      good = memcmp (digest.bytes, sqlite3_column_blob (row, 5), MC_DIGEST_BYTES) == 0;
    }
  if (!good)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
                 _("Line %lld of the log is damaged. Nothing was changed; verify the database and restore a backup."),
                 (long long) sqlite3_column_int64 (row, 0));
  return good;
}

static gboolean
copy_row (NewFile *self, sqlite3_stmt *row, sqlite3_stmt *insert, GError **error)
{
  for (int i = 0; i < sqlite3_column_count (row); i++)
    sqlite3_bind_value (insert, i + 1, sqlite3_column_value (row, i));
  return mc_database_run (self->target, insert, error);
}

static gboolean
copy_table (NewFile *self, const char *select, const char *insert_sql, GError **error)
{
  sqlite3_stmt *row = mc_database_statement (self->source, select, error);
  sqlite3_stmt *insert = row ? mc_database_statement (self->target, insert_sql, error) : NULL;
  gboolean is_log = strstr (select, "FROM change ") != NULL;
  guint64 n = 0;
  int step = -1;

  while (insert && (step = mc_database_step (self->source, row, error)) == 1)
    {
      if (n++ % 1024 == 0)
        {
          mc_progress_tell (&self->progress, _("Copying the log"), n, 0);
          if (!mc_disk_go_on (self->cancellable, error))
            break;
        }
      if ((is_log && !check_line (row, error)) || !copy_row (self, row, insert, error))
        break;
    }
  mc_database_done (row);
  return step == 0;
}

/* Without a token: whoever opens the new file starts a new incarnation that names the old one. */
static gboolean
copy_device (NewFile *self, GError **error)
{
  return copy_table (self, "SELECT device FROM device_state", "INSERT INTO device_state (one, device, token_hash) VALUES (1, ?, NULL)", error);
}

static gboolean
copy_log (NewFile *self, GError **error)
{
  if (!mc_database_execute (self->target, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (log_tables); i++)
    if (!copy_table (self, log_tables[i][0], log_tables[i][1], error))
      return FALSE;
  return copy_device (self, error) && mc_database_execute (self->target, "COMMIT", error);
}

static gboolean
copy_blob (NewFile *self, McBlobStore *from, McBlobStore *to, const char *digest, GError **error)
{
  sqlite3_stmt *update =
    mc_database_statement (self->target, "UPDATE blob SET state = ?2, size = ?3 WHERE digest = ?1 AND state <> 'erased'", error);
  sqlite3_stmt *old = update ? mc_database_statement (self->source, "SELECT state FROM blob WHERE digest = ?1", error) : NULL;
  McDigest parsed;
  guint64 size;
  McBlobState state = (McBlobState) 0;

  if (!old)
    return FALSE;
  if (!mc_digest_from_hex (digest, &parsed) || !mc_blob_store_has (from, digest, &size))
    return TRUE;
  sqlite3_bind_text (old, 1, digest, -1, SQLITE_STATIC);
  if (mc_database_step (self->source, old, NULL) == 1)
    state = mc_blob_state_from_name ((const char *) sqlite3_column_text (old, 0));
  mc_database_done (old);
  if (!mc_blob_store_copy (from, digest, to, self->cancellable, error))
    return FALSE;
  sqlite3_bind_text (update, 1, digest, -1, SQLITE_STATIC);
  sqlite3_bind_text (update, 2, mc_blob_state_name (state == MC_BLOB_HERE ? MC_BLOB_HERE : MC_BLOB_TO_SEND), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (update, 3, (sqlite3_int64) size);
  return mc_database_run (self->target, update, error);
}

static GPtrArray *
named_blobs (NewFile *self, GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = mc_database_statement (self->target, "SELECT digest FROM blob WHERE state <> 'erased'", error);
  int step;

  if (!statement)
    return NULL;
  while ((step = mc_database_step (self->target, statement, error)) == 1)
    g_ptr_array_add (digests, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return step < 0 ? NULL : g_steal_pointer (&digests);
}

static gboolean
copy_blobs (NewFile *self, GError **error)
{
  g_autoptr (McBlobStore) from = mc_blob_store_new (self->path);
  g_autoptr (McBlobStore) to = mc_blob_store_new (self->out);
  g_autoptr (GPtrArray) digests = named_blobs (self, error);

  if (!digests || !mc_database_execute (self->target, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < digests->len; i++)
    {
      mc_progress_tell (&self->progress, _("Copying photos and files"), i, digests->len);
      if (!mc_disk_go_on (self->cancellable, error) || !copy_blob (self, from, to, g_ptr_array_index (digests, i), error))
        return FALSE;
    }
  return mc_database_execute (self->target, "COMMIT", error);
}

static gboolean
fill (NewFile *self, McRebuildResult *result, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->out);
  gint64 pages, page_size;

  self->source = mc_database_open (self->path, MC_DATABASE_READ, error);
  if (!self->source || !mc_database_integer (self->source, "PRAGMA page_count", 0, &pages, error)
      || !mc_database_integer (self->source, "PRAGMA page_size", 0, &page_size, error))
    return FALSE;
  /* The -wal of the new file is as large as the file at first. */
  if (!mc_disk_make_folder (folder, 0700, error) || !mc_disk_has_room (folder, 2 * (guint64) pages * (guint64) page_size, error))
    return FALSE;
  self->target = mc_database_open (self->unfinished, MC_DATABASE_CREATE, error);
  if (!self->target || !mc_database_execute (self->source, "BEGIN", error) || !copy_log (self, error))
    return FALSE;
  g_clear_pointer (&self->target, mc_database_free);
  if (!mc_rebuild_file (self->unfinished, result, &self->progress, self->cancellable, error))
    return FALSE;
  self->target = mc_database_open (self->unfinished, MC_DATABASE_PLAIN, error);
  return self->target && copy_blobs (self, error);
}

static void
unlink_database (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      (void) g_unlink (name);
    }
}

static gboolean
settle (NewFile *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->out);

  if (!mc_disk_rename_new (self->unfinished, self->out, error))
    return FALSE;
  unlink_database (self->unfinished);
  return mc_disk_sync_folder (folder, error);
}

/* Opening it writes the first line of the new incarnation. */
static gboolean
start_device (NewFile *self, GError **error)
{
  g_autoptr (McStore) store = mc_store_open (self->out, 0, error);

  if (!store)
    return FALSE;
  mc_store_close (store);
  return TRUE;
}

gboolean
mc_store_rebuild_out (const char *path, const char *out, McRebuildResult *result,
                      McProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  NewFile self = { .path = path, .out = out, .progress = { progress, progress_data, NULL, 0 }, .cancellable = cancellable };
  gboolean filled;

  g_return_val_if_fail (path != NULL && out != NULL, FALSE);

  if (g_file_test (out, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS, _("“%s” is there already. Nothing was changed in it."), out);
      return FALSE;
    }
  self.unfinished = g_strdup_printf ("%s.unfinished-%08x", out, g_random_int ());
  filled = fill (&self, result, error);
  g_clear_pointer (&self.target, mc_database_free);
  g_clear_pointer (&self.source, mc_database_free);
  filled = filled && settle (&self, error);
  if (filled && !start_device (&self, error))
    {
      unlink_database (out);
      filled = FALSE;
    }
  unlink_database (self.unfinished);
  g_free (self.unfinished);
  return filled;
}
