/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a report is written: a temporary file beside the one that was asked for. */
#include "mc-report-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

/* Errors name the file or folder that the user chose, not the temporary one. */
static gboolean
check_target (const char *path, const char *folder, GError **error)
{
  struct stat info;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT,
                   _("There is no folder “%s”. Choose another folder."), shown);
      return FALSE;
    }
  if (stat (path, &info) == 0 ? S_ISDIR (info.st_mode) : errno != ENOENT)
    {
      mc_disk_set_error (error, g_file_test (path, G_FILE_TEST_IS_DIR) ? EISDIR : errno, path);
      return FALSE;
    }
  if (access (folder, W_OK | X_OK) != 0)
    {
      mc_disk_set_error (error, errno, folder);
      return FALSE;
    }
  return TRUE;
}

int
mc_report_file_open (const char *path, char **temporary, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (!check_target (path, folder, error))
    return -1;
  fd = mc_disk_open_temporary (folder, "report", temporary, error);

  /* A report is for others too; what the store keeps is not. */
  if (fd >= 0 && fchmod (fd, 0644) != 0 && errno != EPERM && errno != ENOTSUP)
    {
      mc_disk_set_error (error, errno, path);
      mc_disk_drop_temporary (fd, *temporary);
      g_clear_pointer (temporary, g_free);
      return -1;
    }
  return fd;
}
