/* SPDX-License-Identifier: GPL-3.0-or-later
 * Durable writes: temporary name, sync, rename, sync of the folder. */
#include "mc-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static McStoreError
code_for_errno (int code)
{
  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return MC_STORE_ERROR_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
      return MC_STORE_ERROR_READ_ONLY;
    case ENOENT:
    case ENOTDIR:
      return MC_STORE_ERROR_NOT_FOUND;
    default:
      return MC_STORE_ERROR_FAILED;
    }
}

void
mc_disk_set_error (GError **error, int code, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  McStoreError store_code = code_for_errno (code);

  if (store_code == MC_STORE_ERROR_FULL)
    g_set_error (error, MC_STORE_ERROR, store_code,
                 _("The disk is full: “%s” could not be written. Nothing was lost; make room and try again."), shown);
  else if (store_code == MC_STORE_ERROR_READ_ONLY)
    g_set_error (error, MC_STORE_ERROR, store_code,
                 _("You may not write “%s”: it is read-only or belongs to someone else. Nothing was changed."), shown);
  else if (store_code == MC_STORE_ERROR_NOT_FOUND)
    g_set_error (error, MC_STORE_ERROR, store_code, _("There is no file “%s”."), shown);
  else if (code == EISDIR)
    g_set_error (error, MC_STORE_ERROR, store_code, _("“%s” is a folder, not a file. Nothing was changed."), shown);
  else
    g_set_error (error, MC_STORE_ERROR, store_code,
                 _("“%s” could not be read or written (system error %d). Nothing was lost."), shown, code);
}

gboolean
mc_disk_go_on (GCancellable *cancellable, GError **error)
{
  if (!cancellable || !g_cancellable_is_cancelled (cancellable))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled. Nothing was changed."));
  return FALSE;
}

gboolean
mc_disk_sync_folder (const char *folder, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code;

  if (fd < 0)
    {
      mc_disk_set_error (error, errno, folder);
      return FALSE;
    }
  /* Some network file systems cannot sync a folder and say so: there the rename is all one can have. */
  code = fsync (fd) == 0 || errno == EINVAL ? 0 : errno;
  close (fd);
  if (code)
    mc_disk_set_error (error, code, folder);
  return code == 0;
}

gboolean
mc_disk_make_folder (const char *path, int mode, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (strcmp (parent, path) != 0 && !mc_disk_make_folder (parent, mode, error))
    return FALSE;
  if (mkdir (path, (mode_t) mode) != 0 && errno != EEXIST)
    {
      mc_disk_set_error (error, errno, path);
      return FALSE;
    }
  return mc_disk_sync_folder (parent, error);
}

int
mc_disk_open_temporary (const char *folder, const char *owner, char **path, GError **error)
{
  for (guint try = 0; try < 100; try++)
    {
      g_autofree char *name = g_strdup_printf (MC_DISK_TEMPORARY_PREFIX "%s-%08x%08x", owner, g_random_int (), g_random_int ());
      g_autofree char *temporary = g_build_filename (folder, name, NULL);
      int fd = open (temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

      if (fd >= 0)
        {
          *path = g_steal_pointer (&temporary);
          return fd;
        }
      if (errno != EEXIST)
        {
          mc_disk_set_error (error, errno, temporary);
          return -1;
        }
    }
  mc_disk_set_error (error, EEXIST, folder);
  return -1;
}

guint
mc_disk_sweep_temporaries (const char *folder, const char *owner)
{
  g_autofree char *prefix = g_strconcat (MC_DISK_TEMPORARY_PREFIX, owner, "-", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && unlink (path) == 0)
        n++;
    }
  return n;
}

gboolean
mc_disk_write (int fd, const void *bytes, gsize length, const char *path, GError **error)
{
  const char *at = bytes;

  while (length > 0)
    {
      gssize written = write (fd, at, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          mc_disk_set_error (error, written < 0 ? errno : EIO, path);
          return FALSE;
        }
      at += written;
      length -= (gsize) written;
    }
  return TRUE;
}

void
mc_disk_drop_temporary (int fd, const char *temporary)
{
  if (fd >= 0)
    close (fd);
  if (temporary)
    unlink (temporary);
}

gboolean
mc_disk_finish_temporary (int fd, const char *temporary, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int code = fsync (fd) == 0 ? 0 : errno;

  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    {
      unlink (temporary);
      mc_disk_set_error (error, code, path);
      return FALSE;
    }
  return mc_disk_sync_folder (folder, error);
}

gboolean
mc_disk_replace (const char *path, const void *bytes, gsize length, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = NULL;
  int fd = mc_disk_open_temporary (folder, "file", &temporary, error);

  if (fd < 0)
    return FALSE;
  if (!mc_disk_write (fd, bytes, length, path, error))
    {
      mc_disk_drop_temporary (fd, temporary);
      return FALSE;
    }
  return mc_disk_finish_temporary (fd, temporary, path, error);
}

gboolean
mc_disk_rename_new (const char *from, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (renameat2 (AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
    return TRUE;
  /* Not every file system knows that flag. */
  if ((errno == EINVAL || errno == ENOSYS) && !g_file_test (path, G_FILE_TEST_EXISTS) && rename (from, path) == 0)
    return TRUE;
  if (errno == EEXIST || g_file_test (path, G_FILE_TEST_EXISTS))
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS, _("“%s” is there already. Nothing was changed in it."), shown);
  else
    mc_disk_set_error (error, errno, path);
  return FALSE;
}

void
mc_disk_remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        mc_disk_remove_tree (path);
      else if (unlink (path) != 0)
        g_debug ("%s could not be removed", path);
    }
  if (rmdir (folder) != 0)
    g_debug ("%s could not be removed", folder);
}

gboolean
mc_disk_has_room (const char *folder, guint64 bytes, GError **error)
{
  struct statvfs stat;
  guint64 free_bytes;
  g_autofree char *needed = NULL;
  g_autofree char *there = NULL;
  g_autofree char *shown = g_filename_display_name (folder);

  if (statvfs (folder, &stat) != 0)
    {
      mc_disk_set_error (error, errno, folder);
      return FALSE;
    }
  free_bytes = (guint64) stat.f_bavail * stat.f_frsize;
  if (free_bytes >= bytes)
    return TRUE;
  needed = g_format_size (bytes);
  there = g_format_size (free_bytes);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL,
               _("There is not enough room in “%s”: %s are needed, %s are free. Nothing was changed."), shown, needed, there);
  return FALSE;
}
