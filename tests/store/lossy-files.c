/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file system that, when the power fails, loses what was not synced. */
#include "lossy-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_open (const char *path, int flags, ...);
int __real_open64 (const char *path, int flags, ...);
ssize_t __real_write (int fd, const void *bytes, size_t length);
int __real_fsync (int fd);
int __real_rename (const char *from, const char *to);
int __real_unlink (const char *path);
int __real_mkdir (const char *path, mode_t mode);
int __wrap_open (const char *path, int flags, ...);
int __wrap_open64 (const char *path, int flags, ...);
ssize_t __wrap_write (int fd, const void *bytes, size_t length);
int __wrap_fsync (int fd);
int __wrap_rename (const char *from, const char *to);
int __wrap_unlink (const char *path);
int __wrap_mkdir (const char *path, mode_t mode);

typedef enum
{
  CREATED,
  RENAMED,
  UNLINKED,
} NameKind;

/* A name that the disk need not have yet, or need not have lost yet. */
typedef struct
{
  NameKind kind;
  char *folder;
  char *path;
  char *from;    /* of RENAMED */
  char *replaced;/* of RENAMED: the bytes that were there; of UNLINKED: those that went */
  gsize length;
  gboolean had;
} Name;

static char *root;
static guint64 count, fails_at;
static gboolean failed;
static GPtrArray *names;      /* of Name, in order */
static GHashTable *unsynced;  /* set of "DEV:INO" whose bytes are not on the disk */

static void
name_free (gpointer data)
{
  Name *name = data;

  g_free (name->folder);
  g_free (name->path);
  g_free (name->from);
  g_free (name->replaced);
  g_free (name);
}

static gboolean
is_mine (const char *path)
{
  return root && g_str_has_prefix (path, root);
}

static gboolean
tick (void)
{
  count++;
  if (fails_at != 0 && count >= fails_at)
    failed = TRUE;
  if (failed)
    errno = EIO;
  return failed;
}

static char *
path_of_fd (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);

  return g_file_read_link (link, NULL);
}

static char *
inode_of_fd (int fd)
{
  struct stat st;

  return fstat (fd, &st) == 0 ? g_strdup_printf ("%lu:%lu", (gulong) st.st_dev, (gulong) st.st_ino) : NULL;
}

static char *
inode_of (const char *path)
{
  struct stat st;

  return lstat (path, &st) == 0 ? g_strdup_printf ("%lu:%lu", (gulong) st.st_dev, (gulong) st.st_ino) : NULL;
}

static Name *
add_name (NameKind kind, const char *path)
{
  Name *name = g_new0 (Name, 1);

  name->kind = kind;
  name->path = g_strdup (path);
  name->folder = g_path_get_dirname (path);
  g_ptr_array_add (names, name);
  return name;
}

static int
open_file (const char *path, int flags, mode_t mode)
{
  gboolean is_new = is_mine (path) && (flags & O_CREAT) && access (path, F_OK) != 0;
  int fd;

  if (is_new && tick ())
    return -1;
  fd = __real_open (path, flags, mode);
  if (is_new && fd >= 0)
    add_name (CREATED, path);
  return fd;
}

int
__wrap_open (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode = 0;

  va_start (arguments, flags);
  if (flags & O_CREAT)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  return open_file (path, flags, mode);
}

int
__wrap_open64 (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode = 0;

  va_start (arguments, flags);
  if (flags & O_CREAT)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  return open_file (path, flags, mode);
}

ssize_t
__wrap_write (int fd, const void *bytes, size_t length)
{
  g_autofree char *path = root ? path_of_fd (fd) : NULL;

  if (path && is_mine (path))
    {
      if (tick ())
        return -1;
      g_hash_table_add (unsynced, inode_of_fd (fd));
    }
  return __real_write (fd, bytes, length);
}

int
__wrap_fsync (int fd)
{
  g_autofree char *path = root ? path_of_fd (fd) : NULL;
  g_autofree char *inode = NULL;

  if (!path || !is_mine (path))
    return __real_fsync (fd);
  if (tick ())
    return -1;
  inode = inode_of_fd (fd);
  g_hash_table_remove (unsynced, inode);
  for (guint i = names->len; i > 0; i--)
    if (strcmp (((Name *) g_ptr_array_index (names, i - 1))->folder, path) == 0)
      g_ptr_array_remove_index (names, i - 1);
  return 0;
}

int
__wrap_rename (const char *from, const char *to)
{
  Name *name;

  if (!is_mine (to))
    return __real_rename (from, to);
  if (tick ())
    return -1;
  name = add_name (RENAMED, to);
  name->from = g_strdup (from);
  name->had = g_file_get_contents (to, &name->replaced, &name->length, NULL);
  return __real_rename (from, to);
}

int
__wrap_unlink (const char *path)
{
  Name *name;

  if (!is_mine (path) || access (path, F_OK) != 0)
    return __real_unlink (path);
  if (tick ())
    return -1;
  name = add_name (UNLINKED, path);
  name->had = g_file_get_contents (path, &name->replaced, &name->length, NULL);
  return __real_unlink (path);
}

int
__wrap_mkdir (const char *path, mode_t mode)
{
  if (!is_mine (path))
    return __real_mkdir (path, mode);
  if (tick ())
    return -1;
  add_name (CREATED, path);
  return __real_mkdir (path, mode);
}

void
lossy_files_start (const char *folder, guint64 n)
{
  g_free (root);
  root = g_strdup (folder);
  if (!names)
    {
      names = g_ptr_array_new_with_free_func (name_free);
      unsynced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  g_ptr_array_set_size (names, 0);
  g_hash_table_remove_all (unsynced);
  count = 0;
  fails_at = n;
  failed = FALSE;
}

guint64
lossy_files_count (void)
{
  return count;
}

gboolean
lossy_files_failed (void)
{
  return failed;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* Bytes without an fsync: none of them, or a part. */
static void
lose_bytes (const char *folder, GRand *rand)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *inode = inode_of (path);
      struct stat st;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        lose_bytes (path, rand);
      else if (g_hash_table_contains (unsynced, inode) && lstat (path, &st) == 0 && st.st_size > 0)
        g_assert_cmpint (truncate (path, g_rand_int_range (rand, 0, (gint32) st.st_size)), ==, 0);
    }
}

static void
undo (const Name *name)
{
  switch (name->kind)
    {
    case CREATED:
      remove_tree (name->path);
      break;
    case RENAMED:
      __real_rename (name->path, name->from);
      G_GNUC_FALLTHROUGH;
    case UNLINKED:
    default:
      if (name->had)
        g_file_set_contents (name->path, name->replaced, (gssize) name->length, NULL);
      break;
    }
}

void
lossy_files_recover (GRand *rand)
{
  g_autofree char *folder = g_steal_pointer (&root);

  lose_bytes (folder, rand);
  for (guint i = names->len; i > 0; i--)
    if (g_rand_boolean (rand))
      undo (g_ptr_array_index (names, i - 1));
  lossy_files_start ("/nowhere", 0);
  g_clear_pointer (&root, g_free);
}
