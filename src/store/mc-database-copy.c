/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copies of database files: of an open one by SQLite, of one on a read-only medium byte by byte. */
#include "mc-database-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mc-disk.h"

static const char *const suffixes[] = { "", "-wal" };

/* --- aside ------------------------------------------------------------------------------------------------ */

static void
look_at (const char  *path,
         struct stat  found[G_N_ELEMENTS (suffixes)])
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      memset (&found[i], 0, sizeof found[i]);
      if (g_stat (name, &found[i]) < 0)
        found[i].st_size = -1;
    }
}

static gboolean
copy_files (const char  *path,
            const char  *target,
            GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *copy = g_strconcat (target, suffixes[i], NULL);
      g_autoptr (GFile) source = g_file_new_for_path (name);
      g_autoptr (GFile) destination = g_file_new_for_path (copy);
      g_autoptr (GError) local_error = NULL;

      if (g_file_copy (source, destination, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local_error) ||
          (i > 0 && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)))
        continue;
      mc_disk_set_error (error, g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ENOSPC : EIO, copy);
      return FALSE;
    }
  return TRUE;
}

/* A copy of two files is one state of the database only if neither changed meanwhile. */
static gboolean
copy_unchanged (const char  *path,
                const char  *target,
                GError     **error)
{
  for (guint attempt = 0; attempt < 3; attempt++)
    {
      struct stat before[G_N_ELEMENTS (suffixes)], after[G_N_ELEMENTS (suffixes)];
      gboolean same = TRUE;

      look_at (path, before);
      if (!copy_files (path, target, error))
        return FALSE;
      look_at (path, after);
      for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
        same = same && before[i].st_size == after[i].st_size &&
               memcmp (&before[i].st_mtim, &after[i].st_mtim, sizeof before[i].st_mtim) == 0;
      if (same)
        return TRUE;
    }
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY,
               _("“%s” is being written by another program and could not be copied for reading. Nothing was lost; try again in a moment."), path);
  return FALSE;
}

static guint64
size_of (const char *path)
{
  struct stat found[G_N_ELEMENTS (suffixes)];
  guint64 size = 0;

  look_at (path, found);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    size += (guint64) MAX (found[i].st_size, 0);
  return size;
}

char *
mc_database_copy_aside (const char  *path,
                        char       **copied,
                        GError     **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *target = NULL;

  folder = g_build_filename (g_get_tmp_dir (), "mingcha-XXXXXX", NULL);
  if (!g_mkdtemp_full (folder, 0700))
    {
      mc_disk_set_error (error, errno, folder);
      return NULL;
    }
  target = g_build_filename (folder, "mingcha.db", NULL);
  if (!mc_disk_has_room (folder, 2 * size_of (path), error) || !copy_unchanged (path, target, error))
    {
      mc_database_copy_remove (folder);
      return NULL;
    }
  *copied = g_steal_pointer (&target);
  return g_steal_pointer (&folder);
}

void
mc_database_copy_remove (const char *folder)
{
  static const char *const all[] = { "mingcha.db", "mingcha.db-wal", "mingcha.db-shm", "mingcha.db-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *name = g_build_filename (folder, all[i], NULL);

      (void) g_unlink (name);
    }
  if (g_rmdir (folder) < 0)
    g_warning ("%s could not be removed: %s", folder, g_strerror (errno));
}

/* --- of an open database ------------------------------------------------------------------------------------ */

static gboolean
copy_pages (sqlite3  *source,
            sqlite3  *target,
            GError  **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", source, "main");
  int code;

  if (!backup)
    {
      mc_store_set_sqlite_error (error, target, sqlite3_errcode (target));
      return FALSE;
    }
  do
    {
      code = sqlite3_backup_step (backup, 1024);
      if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        g_usleep (10000);
    }
  while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
  sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE)
    return TRUE;
  mc_store_set_sqlite_error (error, target, code);
  return FALSE;
}

static gboolean
check_pages (sqlite3  *db,
             GError  **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (db, "PRAGMA quick_check(1)", error);
  int code;

  if (!statement)
    return FALSE;
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;
  mc_store_set_sqlite_error (error, db, code == SQLITE_ROW ? SQLITE_CORRUPT : code);
  return FALSE;
}

static gboolean
write_copy (McDatabase  *self,
            const char  *target,
            GError     **error)
{
  sqlite3 *db = NULL;
  gboolean done;
  int code = sqlite3_open_v2 (target, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (code != SQLITE_OK)
    {
      mc_store_set_sqlite_error (error, db, code);
      sqlite3_close (db);
      return FALSE;
    }
  done = copy_pages (mc_database_get_handle (self), db, error) && check_pages (db, error);
  code = sqlite3_close (db);
  if (done && code != SQLITE_OK)
    {
      mc_store_set_sqlite_error (error, NULL, code);
      return FALSE;
    }
  return done;
}

static gboolean
sync_file (const char  *path,
           GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (path, O_RDWR | O_CLOEXEC);

  if (fd < 0 || fsync (fd) < 0)
    {
      mc_disk_set_error (error, errno, path);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  close (fd);
  return mc_disk_sync_folder (folder, error);
}

gboolean
mc_database_copy (McDatabase  *self,
                  const char  *target,
                  GError     **error)
{
  int fd = open (target, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      if (errno == EEXIST)
        g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS, _("“%s” is there already. Nothing was changed in it."), target);
      else
        mc_disk_set_error (error, errno, target);
      return FALSE;
    }
  close (fd);
  if (write_copy (self, target, error) && sync_file (target, error))
    return TRUE;
  (void) g_unlink (target);
  return FALSE;
}
