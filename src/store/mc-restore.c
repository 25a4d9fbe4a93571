/* SPDX-License-Identifier: GPL-3.0-or-later
 * Puts a backup in the place of a database: unpacked beside it and verified first, then one rename. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mc-archive.h"
#include "mc-blob-store.h"
#include "mc-database.h"
#include "mc-disk.h"
#include "mc-lock.h"
#include "mc-rebuild-database.h"
#include "mc-verify-database.h"

#define STAGING_PREFIX ".restore-"

typedef struct
{
  const char *file;
  char *path;        /* of the database */
  char *folder;
  char *staging;     /* in @folder */
  char *staged;      /* the database in it */
  McLock *lock;
  McArchiveFacts facts;
  McBackupInfo *info;
  McProgress progress;
  GCancellable *cancellable;
} Restore;

/* --- unpacking ----------------------------------------------------------------------------------------------- */

static int
begin_entry (const char *name, guint64 size, gpointer data, GError **error)
{
  Restore *self = data;
  g_autofree char *path = g_build_filename (self->staging, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (parent, 0700) != 0)
    {
      mc_disk_set_error (error, errno, parent);
      return -1;
    }
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    mc_disk_set_error (error, errno, path);
  return fd;
}

/* With few files an fsync for each; with many, one call for the whole file system. */
#define FEW_FILES 256

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  int code = fd >= 0 && fsync (fd) == 0 ? 0 : errno;

  if (fd >= 0)
    close (fd);
  if (code != 0)
    mc_disk_set_error (error, code, path);
  return code == 0;
}

static gboolean
sync_file_system (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = fd >= 0 && syncfs (fd) == 0 ? 0 : errno;

  if (fd >= 0)
    close (fd);
  if (code != 0)
    mc_disk_set_error (error, code, folder);
  return code == 0;
}

static gboolean
sync_staging (Restore *self, GError **error)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (self->staged);

  if (self->facts.blobs > FEW_FILES)
    return sync_file_system (self->staging, error);
  if (self->facts.blobs > 0)
    {
      g_autoptr (GPtrArray) digests = mc_blob_store_list (blobs, NULL);

      for (guint i = 0; i < digests->len; i++)
        {
          g_autofree char *path = mc_blob_store_path (blobs, g_ptr_array_index (digests, i));

          if (!sync_file (path, error))
            return FALSE;
        }
    }
  return sync_file (self->staged, error);
}

static gboolean
check_room (Restore *self, GError **error)
{
  struct stat st;

  if (stat (self->file, &st) != 0)
    {
      mc_disk_set_error (error, errno, self->file);
      return FALSE;
    }
  /* A rebuild of the derived tables, if it is needed, writes them once more. */
  return mc_disk_has_room (self->folder, 2 * (guint64) st.st_size + 1024 * 1024, error);
}

/* What a restore that was killed has left. Under the lock nobody else is at it. */
static void
sweep_staging (Restore *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strconcat (STAGING_PREFIX, name, "-", NULL);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *entry;

  while (dir && (entry = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (entry, prefix))
      {
        g_autofree char *old = g_build_filename (self->folder, entry, NULL);

        mc_disk_remove_tree (old);
      }
}

static gboolean
unpack (Restore *self, GError **error)
{
  McArchiveSink sink = { begin_entry, self };
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *staging = g_strdup_printf (STAGING_PREFIX "%s-%08x", name, g_random_int ());

  sweep_staging (self);
  self->staging = g_build_filename (self->folder, staging, NULL);
  self->staged = g_build_filename (self->staging, "mingcha.db", NULL);
  if (g_mkdir (self->staging, 0700) != 0)
    {
      mc_disk_set_error (error, errno, self->staging);
      g_clear_pointer (&self->staging, g_free);
      return FALSE;
    }
  return mc_archive_read (self->file, &sink, &self->facts, &self->progress, self->cancellable, error);
}

/* --- verifying ------------------------------------------------------------------------------------------------ */

static McVerifyReport *
verify (Restore *self, GError **error)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (self->staged);

  return mc_verify_database (self->staged, blobs, NULL, NULL, &self->progress, self->cancellable, error);
}

/* Blobs that the backup says it does not have are no damage of the backup. */
static guint64
count_damage (const McVerifyReport *report, gboolean *derived_only)
{
  guint64 n = report->n_findings - report->findings->len;

  *derived_only = n == 0;
  for (guint i = 0; i < report->findings->len; i++)
    {
      const McFinding *finding = g_ptr_array_index (report->findings, i);

      if (finding->kind == MC_FINDING_BLOB)
        continue;
      n++;
      if (finding->kind != MC_FINDING_RECORD && finding->kind != MC_FINDING_FILE)
        *derived_only = FALSE;
    }
  return n;
}

static void
set_damaged (Restore *self, const McVerifyReport *report, guint64 n, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->file);
  const char *first = "";

  for (guint i = 0; i < report->findings->len && first[0] == '\0'; i++)
    if (((McFinding *) g_ptr_array_index (report->findings, i))->kind != MC_FINDING_BLOB)
      first = ((McFinding *) g_ptr_array_index (report->findings, i))->message;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("The database in the backup “%s” was damaged when the backup was made (%llu findings; the first: %s). Nothing was changed."),
               shown, (unsigned long long) n, first);
}

/* The log must hold; derived tables that do not are made again from it. */
static gboolean
verify_staged (Restore *self, GError **error)
{
  g_autoptr (McVerifyReport) report = verify (self, error);
  gboolean derived_only = FALSE;
  guint64 n;

  if (!report)
    return FALSE;
  n = count_damage (report, &derived_only);
  if (n > 0 && derived_only)
    {
      if (!mc_rebuild_file (self->staged, NULL, &self->progress, self->cancellable, error))
        return FALSE;
      mc_verify_report_free (report);
      report = verify (self, error);
      if (!report)
        return FALSE;
      n = count_damage (report, &derived_only);
    }
  if (n > 0)
    set_damaged (self, report, n, error);
  return n == 0;
}

/* No -wal may lie beside the new file: everything must be in it. */
static gboolean
close_staged (Restore *self, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm" };
  g_autoptr (McDatabase) database = mc_database_open (self->staged, MC_DATABASE_PLAIN, error);

  if (!database || !mc_database_execute (database, "UPDATE device_state SET token_hash = NULL; PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  g_clear_pointer (&database, mc_database_free);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (self->staged, suffixes[i], NULL);

      (void) g_unlink (name);
    }
  return sync_staging (self, error);
}

/* --- replacing ------------------------------------------------------------------------------------------------ */

static gboolean
move_blob (Restore *self, McBlobStore *from, McBlobStore *to, const char *digest, GError **error)
{
  g_autofree char *source = mc_blob_store_path (from, digest);
  g_autofree char *target = mc_blob_store_path (to, digest);
  g_autofree char *parent = g_path_get_dirname (target);

  if (!mc_disk_make_folder (parent, 0700, error))
    return FALSE;
  if (rename (source, target) == 0)
    return self->facts.blobs > FEW_FILES || mc_disk_sync_folder (parent, error);
  mc_disk_set_error (error, errno, target);
  return FALSE;
}

/* Files are named by what is in them: one that is there already has the same bytes, or damaged ones. Those that only the replaced database knows stay. */
static gboolean
move_blobs (Restore *self, GError **error)
{
  g_autoptr (McBlobStore) from = mc_blob_store_new (self->staged);
  g_autoptr (McBlobStore) to = mc_blob_store_new (self->path);
  g_autoptr (GPtrArray) digests = mc_blob_store_list (from, NULL);

  for (guint i = 0; i < digests->len; i++)
    if (!move_blob (self, from, to, g_ptr_array_index (digests, i), error))
      return FALSE;
  return self->facts.blobs <= FEW_FILES || sync_file_system (self->folder, error);
}

/* The -wal of the replaced database goes into it, so that it is whole under its new name; if that fails (it may be damaged), the -wal goes along. */
static void
settle_old (Restore *self)
{
  g_autoptr (McDatabase) database = mc_database_open (self->path, MC_DATABASE_PLAIN, NULL);

  if (database && !mc_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", NULL))
    g_debug ("%s keeps its -wal", self->path);
}

static gboolean
move_suffix (const char *path, const char *aside, const char *suffix, GError **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  if (rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  mc_disk_set_error (error, errno, from);
  return FALSE;
}

/* A second name where the file system has them, so that the path is never without a database; else a new one. */
static gboolean
name_old (Restore *self, const char *aside, GError **error)
{
  if (link (self->path, aside) == 0 || rename (self->path, aside) == 0)
    return TRUE;
  mc_disk_set_error (error, errno, aside);
  return FALSE;
}

static gboolean
put_aside (Restore *self, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strdup_printf ("%s.before-restore-%s", self->path, stamp);

  for (guint n = 2; g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.before-restore-%s-%u", self->path, stamp, n);
    }
  settle_old (self);
  if (!name_old (self, aside, error))
    return FALSE;
  self->info->kept_aside = g_steal_pointer (&aside);
  /* An old -wal beside a new file would be taken for its own. */
  return move_suffix (self->path, self->info->kept_aside, "-wal", error)
         && move_suffix (self->path, self->info->kept_aside, "-shm", error)
         && mc_disk_sync_folder (self->folder, error);
}

static void
take_back (Restore *self)
{
  const char *aside = self->info->kept_aside;

  if (!aside)
    return;
  if (rename (aside, self->path) != 0 || !move_suffix (aside, self->path, "-wal", NULL)
      || !mc_disk_sync_folder (self->folder, NULL))
    g_warning ("the replaced database is at %s", aside);
  else
    (void) g_unlink (aside); /* a second name of the same file, which rename() leaves alone */
}

/* Does the new file stand in its place? */
static gboolean
stands (Restore *self, GError **error)
{
  g_autoptr (McDatabase) database = mc_database_open (self->path, MC_DATABASE_READ, error);
  gint64 lines;

  if (!database || !mc_database_integer (database, "SELECT count(*) FROM change", -1, &lines, error))
    return FALSE;
  if ((guint64) lines == self->facts.lines)
    return TRUE;
  mc_store_set_sqlite_error (error, NULL, SQLITE_CORRUPT);
  return FALSE;
}

static gboolean
replace (Restore *self, GError **error)
{
  mc_progress_tell (&self->progress, _("Replacing the database"), 0, 0);
  if (!move_blobs (self, error))
    return FALSE;
  if (g_file_test (self->path, G_FILE_TEST_EXISTS) && !put_aside (self, error))
    {
      take_back (self);
      return FALSE;
    }
  if (rename (self->staged, self->path) != 0)
    mc_disk_set_error (error, errno, self->path);
  else if (mc_disk_sync_folder (self->folder, error) && stands (self, error))
    return TRUE;
  take_back (self);
  return FALSE;
}

/* --- */

static void
restore_clear (Restore *self)
{
  if (self->staging)
    mc_disk_remove_tree (self->staging);
  g_clear_pointer (&self->lock, mc_lock_free);
  g_free (self->path);
  g_free (self->folder);
  g_free (self->staging);
  g_free (self->staged);
  mc_backup_info_free (self->info);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

static gboolean
prepare (Restore *self, GError **error)
{
  /* Read once for nothing but the verdict: a bad backup must not even cost room. */
  return mc_archive_read (self->file, NULL, &self->facts, &self->progress, self->cancellable, error)
         && mc_disk_make_folder (self->folder, 0700, error)
         && (self->lock = mc_lock_acquire (self->path, error)) != NULL
         && check_room (self, error) && unpack (self, error) && verify_staged (self, error) && close_staged (self, error)
         && mc_disk_go_on (self->cancellable, error);
}

/* Behind a symbolic link it is the file that is replaced. */
static char *
find_database (const char *path)
{
  char *real = realpath (path, NULL);
  char *found = real ? g_strdup (real) : g_canonicalize_filename (path, NULL);

  free (real);
  return found;
}

McBackupInfo *
mc_store_restore (const char *file, const char *path, McProgressFunc progress, gpointer progress_data,
                  GCancellable *cancellable, GError **error)
{
  g_auto (Restore) restore = { .file = file, .cancellable = cancellable };

  g_return_val_if_fail (file != NULL && path != NULL, NULL);

  restore.path = find_database (path);
  restore.folder = g_path_get_dirname (restore.path);
  restore.progress = (McProgress) { progress, progress_data, NULL, 0 };
  restore.info = g_new0 (McBackupInfo, 1);
  if (!prepare (&restore, error) || !replace (&restore, error))
    return NULL;
  restore.info->bytes = restore.facts.bytes;
  restore.info->blobs = restore.facts.blobs;
  restore.info->lines = restore.facts.lines;
  restore.info->left_out = restore.facts.left_out;
  restore.info->made_at = restore.facts.made_at;
  return g_steal_pointer (&restore.info);
}

/* --- asynchronous -------------------------------------------------------------------------------------------- */

typedef struct
{
  char *file;
  char *path;
  McProgressRelay *relay;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->file);
  g_free (job->path);
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
  McBackupInfo *info = mc_store_restore (job->file, job->path, mc_progress_relay_tell, job->relay, cancellable, &error);

  if (info)
    g_task_return_pointer (task, info, free_info);
  else
    g_task_return_error (task, error);
}

void
mc_store_restore_async (const char *file, const char *path, McProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, mc_store_restore_async);
  job->file = g_strdup (file);
  job->path = g_strdup (path);
  job->relay = mc_progress_relay_new (progress, progress_data);
  g_task_set_task_data (task, job, job_free);
  /* Once the database is being replaced, a late cancel must not hide that it was. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_job);
}

McBackupInfo *
mc_store_restore_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
