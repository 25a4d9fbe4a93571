/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk under SQLite that, when the power fails, has only what was synced, and some of the rest. */
#include "lossy-vfs.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* What the disk has of one file for certain. */
typedef struct
{
  GByteArray *synced;
  GArray *dirty; /* of Range, since the last sync */
} Image;

typedef struct
{
  sqlite3_int64 from, to;
} Range;

typedef struct
{
  sqlite3_file base;
  Image *image; /* borrowed; NULL: a temporary file */
  sqlite3_file *real;
} LossyFile;

static GMutex mutex;
static GHashTable *images; /* path → Image */
static sqlite3_vfs *real_vfs;
static guint64 count, fails_at;
static gboolean failed, lying;

static void
image_free (gpointer data)
{
  Image *image = data;

  g_byte_array_unref (image->synced);
  g_array_unref (image->dirty);
  g_free (image);
}

/* Call under the lock. TRUE: the power has failed. */
static gboolean
tick (void)
{
  if (!failed && fails_at != 0 && ++count >= fails_at)
    failed = TRUE;
  else if (fails_at == 0)
    count++;
  return failed;
}

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((LossyFile *) file)->real;
}

static gboolean
is_off (void)
{
  gboolean off;

  g_mutex_lock (&mutex);
  off = failed;
  g_mutex_unlock (&mutex);
  return off;
}

static int
lossy_close (sqlite3_file *file)
{
  sqlite3_file *real = real_of (file);
  int code = real->pMethods ? real->pMethods->xClose (real) : SQLITE_OK;

  g_free (real);
  return code;
}

static int
lossy_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  return is_off () ? SQLITE_IOERR_READ : real_of (file)->pMethods->xRead (real_of (file), bytes, length, offset);
}

static int
lossy_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  LossyFile *self = (LossyFile *) file;
  Range range = { offset, offset + length };
  gboolean off;

  g_mutex_lock (&mutex);
  off = self->image && tick ();
  if (!off && self->image)
    g_array_append_val (self->image->dirty, range);
  g_mutex_unlock (&mutex);
  return off ? SQLITE_IOERR_WRITE : self->real->pMethods->xWrite (self->real, bytes, length, offset);
}

static int
lossy_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  LossyFile *self = (LossyFile *) file;
  Range range = { size, G_MAXINT64 };
  gboolean off;

  g_mutex_lock (&mutex);
  off = self->image && tick ();
  if (!off && self->image)
    g_array_append_val (self->image->dirty, range);
  g_mutex_unlock (&mutex);
  return off ? SQLITE_IOERR_TRUNCATE : self->real->pMethods->xTruncate (self->real, size);
}

/* What stands in the file now, of @range. */
static void
promote (LossyFile *self, const Range *range, sqlite3_int64 size)
{
  sqlite3_int64 to = MIN (range->to, size);

  if ((sqlite3_int64) self->image->synced->len != size)
    {
      guint old = self->image->synced->len;

      g_byte_array_set_size (self->image->synced, (guint) size);
      if (size > old)
        memset (self->image->synced->data + old, 0, (gsize) size - old);
    }
  if (to > range->from)
    self->real->pMethods->xRead (self->real, self->image->synced->data + range->from, (int) (to - range->from), range->from);
}

static int
lossy_sync (sqlite3_file *file, int flags)
{
  LossyFile *self = (LossyFile *) file;
  sqlite3_int64 size = 0;
  gboolean off;

  g_mutex_lock (&mutex);
  off = self->image && tick ();
  if (!off && self->image && !lying)
    {
      self->real->pMethods->xFileSize (self->real, &size);
      for (guint i = 0; i < self->image->dirty->len; i++)
        promote (self, &g_array_index (self->image->dirty, Range, i), size);
      g_array_set_size (self->image->dirty, 0);
    }
  g_mutex_unlock (&mutex);
  return off ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int
lossy_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return is_off () ? SQLITE_IOERR_FSTAT : real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
lossy_lock (sqlite3_file *file, int level)
{
  return is_off () ? SQLITE_IOERR_LOCK : real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
lossy_unlock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
lossy_check_lock (sqlite3_file *file, int *result)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), result);
}

static int
lossy_control (sqlite3_file *file, int op, void *argument)
{
  return is_off () ? SQLITE_NOTFOUND : real_of (file)->pMethods->xFileControl (real_of (file), op, argument);
}

static int
lossy_sector_size (sqlite3_file *file)
{
  return SECTOR;
}

/* A disk without promises: no atomic sectors beyond SQLite's own assumption, no order. */
static int
lossy_characteristics (sqlite3_file *file)
{
  return 0;
}

static int
lossy_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **memory)
{
  return is_off () ? SQLITE_IOERR_SHMMAP : real_of (file)->pMethods->xShmMap (real_of (file), region, size, extend, memory);
}

static int
lossy_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
lossy_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
lossy_shm_unmap (sqlite3_file *file, int delete)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete);
}

static const sqlite3_io_methods methods = {
  2, lossy_close, lossy_read, lossy_write, lossy_truncate, lossy_sync, lossy_size, lossy_lock, lossy_unlock,
  lossy_check_lock, lossy_control, lossy_sector_size, lossy_characteristics, lossy_shm_map, lossy_shm_lock,
  lossy_shm_barrier, lossy_shm_unmap, NULL, NULL,
};

/* What is in the file when it is first opened is on the disk. */
static Image *
find_image (const char *path)
{
  Image *image = g_hash_table_lookup (images, path);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (image)
    return image;
  image = g_new0 (Image, 1);
  image->synced = g_byte_array_new ();
  image->dirty = g_array_new (FALSE, FALSE, sizeof (Range));
  if (g_file_get_contents (path, &bytes, &length, NULL))
    g_byte_array_append (image->synced, (guint8 *) bytes, (guint) length);
  g_hash_table_insert (images, g_strdup (path), image);
  return image;
}

static int
lossy_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  LossyFile *self = (LossyFile *) file;
  int code;

  self->base.pMethods = NULL;
  if (is_off ())
    return SQLITE_CANTOPEN;
  g_mutex_lock (&mutex);
  self->image = path ? find_image (path) : NULL;
  g_mutex_unlock (&mutex);
  self->real = g_malloc0 ((gsize) real_vfs->szOsFile);
  code = real_vfs->xOpen (real_vfs, path, self->real, flags, out_flags);
  if (code == SQLITE_OK)
    self->base.pMethods = &methods;
  else
    g_clear_pointer (&self->real, g_free);
  return code;
}

static int
lossy_delete (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  if (is_off ())
    return SQLITE_IOERR_DELETE;
  g_mutex_lock (&mutex);
  g_hash_table_remove (images, path);
  g_mutex_unlock (&mutex);
  return real_vfs->xDelete (real_vfs, path, sync_folder);
}

void
lossy_vfs_register (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "lossy";
  vfs.szOsFile = sizeof (LossyFile);
  vfs.xOpen = lossy_open;
  vfs.xDelete = lossy_delete;
  images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, image_free);
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

void
lossy_vfs_start (guint64 n)
{
  g_hash_table_remove_all (images);
  count = 0;
  fails_at = n;
  failed = FALSE;
}

void
lossy_vfs_set_lying (gboolean value)
{
  lying = value;
}

guint64
lossy_vfs_count (void)
{
  return count;
}

gboolean
lossy_vfs_failed (void)
{
  return is_off ();
}

/* Some sectors that were written and not synced reached the disk. */
static void
keep_some (Image *image, const char *now, gsize length, GRand *rand)
{
  for (guint i = 0; i < image->dirty->len; i++)
    {
      const Range *range = &g_array_index (image->dirty, Range, i);

      for (sqlite3_int64 at = range->from / SECTOR * SECTOR; at < MIN (range->to, (sqlite3_int64) length); at += SECTOR)
        {
          gsize n = MIN ((gsize) SECTOR, length - (gsize) at);

          if (g_rand_boolean (rand))
            continue;
          if (image->synced->len < (guint) at + n)
            {
              guint old = image->synced->len;

              g_byte_array_set_size (image->synced, (guint) (at + (sqlite3_int64) n));
              memset (image->synced->data + old, 0, image->synced->len - old);
            }
          memcpy (image->synced->data + at, now + at, n);
        }
    }
}

void
lossy_vfs_recover (GRand *rand)
{
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      Image *image = value;
      g_autofree char *now = NULL;
      g_autofree char *shm = g_strconcat (path, "-shm", NULL);
      gsize length = 0;

      (void) g_unlink (shm);
      /* One that SQLite deleted itself stays away. */
      if (!g_file_get_contents (path, &now, &length, NULL))
        continue;
      if (rand)
        keep_some (image, now, length, rand);
      /* In place: the file stays the same file. */
      g_assert_true (g_file_set_contents_full (path, (char *) image->synced->data, (gssize) image->synced->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    }
  lossy_vfs_start (0);
}
