/* SPDX-License-Identifier: GPL-3.0-or-later
 * The writer's lock: an OFD lock on DATABASE.lock, with its holder's name written into the file. */
#include "mc-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "mc-disk.h"

struct _McLock
{
  int fd;
};

/* An OFD lock names no holder (F_OFD_GETLK gives pid −1), so the holder writes program, pid, user and time, a line each. */
static gboolean
write_holder (int          fd,
              const char  *path,
              GError     **error)
{
  g_autofree char *text = NULL;
  const char *program = g_get_prgname ();

  text = g_strdup_printf ("%s\n%ld\n%s\n%" G_GINT64_FORMAT "\n", program ? program : "mingcha",
                          (long) getpid (), g_get_user_name (), g_get_real_time () / G_USEC_PER_SEC);
  if (ftruncate (fd, 0) < 0)
    {
      mc_disk_set_error (error, errno, path);
      return FALSE;
    }
  return mc_disk_write (fd, text, strlen (text), path, error);
}

static void
set_busy (GError     **error,
          int          fd,
          const char  *database)
{
  char text[512] = "";
  gssize length = pread (fd, text, sizeof text - 1, 0);
  g_autofree char *valid = g_utf8_make_valid (text, MAX (length, 0));
  g_auto (GStrv) holder = g_strsplit (valid, "\n", 5);
  g_autoptr (GDateTime) since = NULL;
  g_autofree char *when = NULL;

  if (g_strv_length (holder) < 4)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY,
                   _("“%s” is in use by another program. Nothing was changed; close it there, or try again later."), database);
      return;
    }
  since = g_date_time_new_from_unix_local (g_ascii_strtoll (holder[3], NULL, 10));
  when = since ? g_date_time_format (since, "%Y-%m-%d %H:%M") : g_strdup (holder[3]);
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY,
               _("“%s” is in use by %s (process %s, user %s, since %s). Nothing was changed; close it there, or try again later."),
               database, holder[0], holder[1], holder[2], when);
}

McLock *
mc_lock_acquire (const char  *database,
                 GError     **error)
{
  g_autofree char *path = g_strconcat (database, ".lock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  McLock *self;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      mc_disk_set_error (error, errno, path);
      return NULL;
    }
  if (fcntl (fd, F_OFD_SETLK, &lock) < 0)
    {
      if (errno == EAGAIN || errno == EACCES)
        set_busy (error, fd, database);
      else
        mc_disk_set_error (error, errno, path);
      close (fd);
      return NULL;
    }
  if (!write_holder (fd, path, error))
    {
      close (fd);
      return NULL;
    }
  self = g_new0 (McLock, 1);
  self->fd = fd;
  return self;
}

void
mc_lock_free (McLock *self)
{
  /* The file stays: removing it would let a third program lock a new file of that name beside a waiting second one. */
  if (ftruncate (self->fd, 0) < 0)
    g_debug ("the lock file keeps the name of its last holder: %s", g_strerror (errno));
  close (self->fd);
  g_free (self);
}
