/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes a backup: a snapshot of the database, then each blob, then the manifest; read back before it counts. */
#include "mc-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mc-archive.h"
#include "mc-blob-store.h"
#include "mc-blob.h"
#include "mc-chain.h"
#include "mc-disk.h"
#include "mc-store-internal.h"

#define OWNER "backup"

typedef struct
{
  McStore *store;
  const char *file;
  char *folder;
  char *snapshot;       /* the database as it goes into the backup */
  char *temporary;      /* the backup until it is known to be good */
  int fd;
  McArchiveWriter *writer;
  McBlobStore *blobs;
  GPtrArray *digests;   /* of the blobs that the snapshot says are here, sorted */
  GString *left_out;    /* "SHA256 STATE\n" … */
  guint64 blob_bytes;
  gint64 lines;
  char *device;
  McBackupInfo *info;
  McProgress progress;
  GCancellable *cancellable;
} Backup;

void
mc_backup_info_free (McBackupInfo *info)
{
  if (!info)
    return;
  g_free (info->kept_aside);
  g_free (info);
}

/* --- the snapshot -------------------------------------------------------------------------------------------- */

static gboolean
check_room (Backup *self, McDatabase *database, GError **error)
{
  gint64 pages, page_size, blob_bytes;
  guint64 bytes;

  if (!mc_database_integer (database, "PRAGMA page_count", 0, &pages, error)
      || !mc_database_integer (database, "PRAGMA page_size", 0, &page_size, error)
      || !mc_database_integer (database, "SELECT ifnull (sum (size + 2048), 0) FROM blob WHERE state IN ('here', 'to_send')", 0, &blob_bytes, error))
    return FALSE;
  /* Snapshot and its copy in the backup stand side by side for a while. */
  bytes = 2 * (guint64) pages * (guint64) page_size + (guint64) blob_bytes + 1024 * 1024;
  return mc_disk_has_room (self->folder, bytes, error);
}

static gboolean
take_snapshot (Backup *self, GError **error)
{
  g_autoptr (McDatabase) database = mc_database_open (self->store->path, MC_DATABASE_READ, error);
  g_autofree char *name = g_strdup_printf (MC_DISK_TEMPORARY_PREFIX OWNER "-%08x.db", g_random_int ());

  if (!database || !mc_database_execute (database, "BEGIN", error) || !check_room (self, database, error))
    return FALSE;
  mc_progress_tell (&self->progress, _("Copying the database"), 0, 0);
  self->snapshot = g_build_filename (self->folder, name, NULL);
  return mc_database_copy (database, self->snapshot, error);
}

static gboolean
list_blobs (Backup *self, McDatabase *snapshot, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (snapshot, "SELECT digest, state FROM blob WHERE state <> 'erased' ORDER BY digest", error);
  McDigest digest;
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_database_step (snapshot, statement, error)) == 1)
    {
      const char *hex = (const char *) sqlite3_column_text (statement, 0);
      McBlobState state = mc_blob_state_from_name ((const char *) sqlite3_column_text (statement, 1));

      if (!hex || !mc_digest_from_hex (hex, &digest))
        continue;
      if (state == MC_BLOB_HERE || state == MC_BLOB_TO_SEND)
        g_ptr_array_add (self->digests, g_strdup (hex));
      else
        g_string_append_printf (self->left_out, "%s %s\n", hex, mc_blob_state_name (state == MC_BLOB_TO_FETCH ? state : MC_BLOB_DAMAGED));
    }
  return step == 0;
}

static char *
read_device (McDatabase *snapshot, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (mc_database_get_handle (snapshot), "SELECT device FROM device_state", error);

  if (!statement)
    return NULL;
  return g_strdup (sqlite3_step (statement) == SQLITE_ROW ? (const char *) sqlite3_column_text (statement, 0) : "");
}

/* Takes out what belongs to this machine, and reads what the backup is to say of itself. */
static gboolean
prepare_snapshot (Backup *self, GError **error)
{
  g_autoptr (McDatabase) snapshot = mc_database_open (self->snapshot, MC_DATABASE_PLAIN, error);

  if (!snapshot || !mc_database_execute (snapshot, "UPDATE device_state SET token_hash = NULL", error))
    return FALSE;
  self->device = read_device (snapshot, error);
  return self->device && mc_database_integer (snapshot, "SELECT count(*) FROM change", 0, &self->lines, error)
         && list_blobs (self, snapshot, error);
}

/* --- the archive --------------------------------------------------------------------------------------------- */

static gboolean
add_facts (Backup *self, GError **error)
{
  g_autofree char *text = NULL;

  self->info->made_at = g_get_real_time () / 1000;
  text = g_strdup_printf (MC_ARCHIVE_FORMAT "\nmade_at %" G_GINT64_FORMAT "\nschema %d\ndevice %s\nlines %" G_GINT64_FORMAT "\n",
                          self->info->made_at, mc_database_newest_schema (), self->device, self->lines);
  return mc_archive_writer_add_text (self->writer, "backup.txt", text, error);
}

static gboolean
add_database (Backup *self, GError **error)
{
  int fd = open (self->snapshot, O_RDONLY | O_CLOEXEC);
  g_autoptr (GInputStream) stream = fd >= 0 ? g_unix_input_stream_new (fd, TRUE) : NULL;
  GStatBuf st;

  if (fd < 0 || g_stat (self->snapshot, &st) != 0)
    {
      mc_disk_set_error (error, errno, self->snapshot);
      return FALSE;
    }
  return mc_archive_writer_add_stream (self->writer, "mingcha.db", stream, (guint64) st.st_size, NULL, self->cancellable, error);
}

/* One that is damaged is named, and does not keep the rest from being backed up. */
static gboolean
add_blob (Backup *self, const char *digest, GError **error)
{
  g_autofree char *name = g_strdup_printf ("blobs/%.2s/%s", digest, digest);
  g_autoptr (GInputStream) stream = NULL;
  guint64 size;

  if (!mc_blob_store_read (self->blobs, digest, NULL, &size, self->cancellable, NULL))
    {
      if (!mc_disk_go_on (self->cancellable, error))
        return FALSE;
      g_string_append_printf (self->left_out, "%s %s\n", digest, mc_blob_state_name (MC_BLOB_DAMAGED));
      return TRUE;
    }
  stream = mc_blob_store_open (self->blobs, digest, &size, error);
  return stream && mc_archive_writer_add_stream (self->writer, name, stream, size, digest, self->cancellable, error);
}

static gboolean
add_blobs (Backup *self, GError **error)
{
  for (guint i = 0; i < self->digests->len; i++)
    {
      mc_progress_tell (&self->progress, _("Backing up photos and files"), i, self->digests->len);
      if (!mc_disk_go_on (self->cancellable, error) || !add_blob (self, g_ptr_array_index (self->digests, i), error))
        return FALSE;
    }
  return self->left_out->len == 0 || mc_archive_writer_add_text (self->writer, "left-out.txt", self->left_out->str, error);
}

static gboolean
write_archive (Backup *self, GError **error)
{
  self->fd = mc_disk_open_temporary (self->folder, OWNER, &self->temporary, error);
  if (self->fd < 0)
    return FALSE;
  self->writer = mc_archive_writer_new (self->fd, self->file);
  return add_facts (self, error) && add_database (self, error) && add_blobs (self, error)
         && mc_archive_writer_finish (self->writer, error);
}

/* What was written is read again: a stick that loses data is found out now. */
static gboolean
read_back (Backup *self, GError **error)
{
  McArchiveFacts facts;

  if (fsync (self->fd) != 0)
    {
      mc_disk_set_error (error, errno, self->file);
      return FALSE;
    }
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_DONTNEED);
  if (!mc_archive_read (self->temporary, NULL, &facts, &self->progress, self->cancellable, error))
    return FALSE;
  self->info->bytes = facts.bytes;
  self->info->blobs = facts.blobs;
  self->info->lines = facts.lines;
  self->info->left_out = facts.left_out;
  return TRUE;
}

static gboolean
settle (Backup *self, GError **error)
{
  int fd = self->fd;

  self->fd = -1;
  if (!mc_disk_finish_temporary (fd, self->temporary, self->file, error))
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

/* --- */

/* A backup over the database, or among its files, would destroy what it is to save. */
static gboolean
is_among_files (Backup *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };
  g_autofree char *path = g_canonicalize_filename (self->file, NULL);
  g_autofree char *blobs = g_strconcat (mc_blob_store_get_folder (self->blobs), G_DIR_SEPARATOR_S, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->store->path, suffixes[i], NULL);

      if (strcmp (path, name) == 0)
        return TRUE;
    }
  return g_str_has_prefix (path, blobs);
}

static gboolean
check_place (Backup *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->file);

  if (g_file_test (self->file, G_FILE_TEST_IS_DIR))
    mc_disk_set_error (error, EISDIR, self->file);
  else if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    mc_disk_set_error (error, ENOENT, self->folder);
  else if (is_among_files (self))
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                 _("The backup may not be written over the database or among its files. Choose another place for “%s”."), shown);
  else
    return TRUE;
  return FALSE;
}

static void
unlink_snapshot (Backup *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; self->snapshot && i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->snapshot, suffixes[i], NULL);

      (void) g_unlink (name);
    }
}

static void
backup_clear (Backup *self)
{
  g_clear_pointer (&self->writer, mc_archive_writer_free);
  mc_disk_drop_temporary (self->fd, self->temporary);
  unlink_snapshot (self);
  g_free (self->folder);
  g_free (self->snapshot);
  g_free (self->temporary);
  g_free (self->device);
  mc_blob_store_free (self->blobs);
  g_ptr_array_unref (self->digests);
  g_string_free (self->left_out, TRUE);
  mc_backup_info_free (self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Backup, backup_clear)

McBackupInfo *
mc_store_backup (McStore *self, const char *file, McProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  g_auto (Backup) backup = { .store = self, .file = file, .fd = -1, .cancellable = cancellable };

  g_return_val_if_fail (MC_IS_STORE (self) && file != NULL, NULL);

  backup.progress = (McProgress) { progress, progress_data, NULL, 0 };
  backup.folder = g_path_get_dirname (file);
  backup.blobs = mc_blob_store_new (self->path);
  backup.digests = g_ptr_array_new_with_free_func (g_free);
  backup.left_out = g_string_new (NULL);
  backup.info = g_new0 (McBackupInfo, 1);
  if (!check_place (&backup, error) || !take_snapshot (&backup, error) || !prepare_snapshot (&backup, error)
      || !write_archive (&backup, error) || !read_back (&backup, error) || !settle (&backup, error))
    return NULL;
  return g_steal_pointer (&backup.info);
}

McBackupInfo *
mc_backup_check (const char *file, McProgressFunc progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  McProgress teller = { progress, progress_data, NULL, 0 };
  McArchiveFacts facts;
  McBackupInfo *info;

  g_return_val_if_fail (file != NULL, NULL);

  if (!mc_archive_read (file, NULL, &facts, &teller, cancellable, error))
    return NULL;
  info = g_new0 (McBackupInfo, 1);
  info->bytes = facts.bytes;
  info->blobs = facts.blobs;
  info->lines = facts.lines;
  info->left_out = facts.left_out;
  info->made_at = facts.made_at;
  return info;
}

/* --- asynchronous -------------------------------------------------------------------------------------------- */

typedef struct
{
  char *file;
  McProgressRelay *relay;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->file);
  mc_progress_relay_unref (job->relay);
  g_free (job);
}

static void
free_info (gpointer info)
{
  mc_backup_info_free (info);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McBackupInfo *info = mc_store_backup (source, job->file, mc_progress_relay_tell, job->relay, cancellable, &error);

  if (info)
    g_task_return_pointer (task, info, free_info);
  else
    g_task_return_error (task, error);
}

void
mc_store_backup_async (McStore *self, const char *file, McProgressFunc progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, mc_store_backup_async);
  job->file = g_strdup (file);
  job->relay = mc_progress_relay_new (progress, progress_data);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

McBackupInfo *
mc_store_backup_finish (McStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
