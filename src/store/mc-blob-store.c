/* SPDX-License-Identifier: GPL-3.0-or-later
 * Files named by their SHA-256: written whole or not at all, compared when they are read. */
#include "mc-blob-store.h"

#include <errno.h>
#include <fcntl.h>
#include <gcrypt.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mc-chain.h"
#include "mc-disk.h"

#define CHUNK (64 * 1024)
#define DIGEST_HEX 64

/* Marks a file whose row is not committed yet: ".adding-SHA256-DATABASE" in blobs/. */
#define MARK_PREFIX ".adding-"

struct _McBlobStore
{
  char *folder;
  char *owner; /* the name of the database file: several may share the folder */
};

static void
digest_to_hex (gcry_md_hd_t md, char *hex)
{
  const guint8 *bytes = gcry_md_read (md, GCRY_MD_SHA256);

  mc_hex_from_bytes (bytes, MC_DIGEST_BYTES, hex);
}

static gboolean
digest_is_valid (const char *digest)
{
  if (strlen (digest) != DIGEST_HEX)
    return FALSE;
  for (guint i = 0; i < DIGEST_HEX; i++)
    if (!g_ascii_isxdigit (digest[i]) || g_ascii_isupper (digest[i]))
      return FALSE;
  return TRUE;
}

static char *
subfolder (McBlobStore *self, const char *digest)
{
  char name[3] = { digest[0], digest[1], '\0' };

  return g_build_filename (self->folder, name, NULL);
}

char *
mc_blob_store_path (McBlobStore *self, const char *digest)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL && digest_is_valid (digest), NULL);

  folder = subfolder (self, digest);
  return g_build_filename (folder, digest, NULL);
}

McBlobStore *
mc_blob_store_new (const char *database)
{
  McBlobStore *self = g_new0 (McBlobStore, 1);
  g_autofree char *folder = g_path_get_dirname (database);

  self->folder = g_build_filename (folder, "blobs", NULL);
  self->owner = g_path_get_basename (database);
  return self;
}

void
mc_blob_store_free (McBlobStore *self)
{
  if (!self)
    return;
  g_free (self->folder);
  g_free (self->owner);
  g_free (self);
}

const char *
mc_blob_store_get_folder (McBlobStore *self)
{
  return self->folder;
}

static void
set_too_large (GError **error, guint64 max_bytes, guint64 seen)
{
  g_autofree char *limit = g_format_size (max_bytes);
  g_autofree char *size = g_format_size (seen);

  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
               _("The file is larger than %s (at least %s were read). Nothing was added."), limit, size);
}

/* GIO's own message is not translated in every installation. */
static void
set_read_error (GError **error, const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled. Nothing was changed."));
  else
    g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                         _("The file could not be read to its end. Nothing was added."));
}

static gboolean
copy_stream (GInputStream *stream, int fd, const char *temporary, guint64 max_bytes, gcry_md_hd_t md, guint64 *size,
             GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (*size = 0;;)
    {
      g_autoptr (GError) cause = NULL;
      gssize n;

      /* Not every stream looks at it. */
      if (!mc_disk_go_on (cancellable, error))
        return FALSE;
      n = g_input_stream_read (stream, chunk, CHUNK, cancellable, &cause);
      if (n < 0)
        {
          set_read_error (error, cause);
          return FALSE;
        }
      if (n == 0)
        return TRUE;
      *size += (guint64) n;
      if (max_bytes > 0 && *size > max_bytes)
        {
          set_too_large (error, max_bytes, *size);
          return FALSE;
        }
      gcry_md_write (md, chunk, (gsize) n);
      if (!mc_disk_write (fd, chunk, (gsize) n, temporary, error))
        return FALSE;
    }
}

static gboolean
digest_is_expected (const char *digest, const char *expected, GError **error)
{
  if (!expected || strcmp (digest, expected) == 0)
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("The file does not have the SHA-256 that was promised (%s, not %s). Nothing was added."), digest, expected);
  return FALSE;
}

static char *
mark_path (McBlobStore *self, const char *digest)
{
  g_autofree char *name = g_strconcat (MARK_PREFIX, digest, "-", self->owner, NULL);

  return g_build_filename (self->folder, name, NULL);
}

/* The mark need not survive a power cut: without it a ghost only takes room. */
static void
mark (McBlobStore *self, const char *digest)
{
  g_autofree char *path = mark_path (self, digest);
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

void
mc_blob_store_confirm (McBlobStore *self, const char *digest)
{
  g_autofree char *path = mark_path (self, digest);

  unlink (path);
}

/* @fd and @temporary are done with afterwards, whatever happens. */
static gboolean
settle (McBlobStore *self, int fd, const char *temporary, const char *digest, GError **error)
{
  g_autofree char *folder = subfolder (self, digest);
  g_autofree char *path = mc_blob_store_path (self, digest);

  if (!mc_disk_make_folder (folder, 0700, error))
    {
      mc_disk_drop_temporary (fd, temporary);
      return FALSE;
    }
  if (!mc_blob_store_has (self, digest, NULL))
    mark (self, digest);
  /* One that is there already is replaced all the same: its bytes were not read, and may be damaged. */
  if (!mc_disk_finish_temporary (fd, temporary, path, error))
    return FALSE;
  return mc_disk_sync_folder (self->folder, error);
}

char *
mc_blob_store_add (McBlobStore *self, GInputStream *stream, const char *expected, guint64 max_bytes,
                   guint64 *size, GCancellable *cancellable, GError **error)
{
  g_autofree char *temporary = NULL;
  char digest[DIGEST_HEX + 1];
  gcry_md_hd_t md;
  guint64 bytes = 0;
  gboolean copied;
  int fd;

  g_return_val_if_fail (self != NULL && G_IS_INPUT_STREAM (stream), NULL);

  if (!mc_disk_make_folder (self->folder, 0700, error))
    return NULL;
  fd = mc_disk_open_temporary (self->folder, self->owner, &temporary, error);
  if (fd < 0)
    return NULL;
  mc_gcrypt_init ();
  gcry_md_open (&md, GCRY_MD_SHA256, 0);
  copied = copy_stream (stream, fd, temporary, max_bytes, md, &bytes, cancellable, error);
  digest_to_hex (md, digest);
  gcry_md_close (md);
  if (!copied || !digest_is_expected (digest, expected, error))
    {
      mc_disk_drop_temporary (fd, temporary);
      return NULL;
    }
  if (!settle (self, fd, temporary, digest, error))
    return NULL;
  if (size)
    *size = bytes;
  return g_strdup (digest);
}

GInputStream *
mc_blob_store_open (McBlobStore *self, const char *digest, guint64 *size, GError **error)
{
  g_autofree char *path = mc_blob_store_path (self, digest);
  struct stat st;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 || fstat (fd, &st) != 0 || !S_ISREG (st.st_mode))
    {
      mc_disk_set_error (error, fd < 0 ? errno : ENOENT, path);
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  if (size)
    *size = (guint64) st.st_size;
  return g_unix_input_stream_new (fd, TRUE);
}

static gboolean
read_stream (GInputStream *stream, const char *digest, GByteArray *bytes, guint64 *size, char *found,
             GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gcry_md_hd_t md;
  gssize n;

  mc_gcrypt_init ();
  gcry_md_open (&md, GCRY_MD_SHA256, 0);
  *size = 0;
  while ((n = g_input_stream_read (stream, chunk, CHUNK, NULL, NULL)) > 0
         && !g_cancellable_is_cancelled (cancellable))
    {
      *size += (guint64) n;
      gcry_md_write (md, chunk, (gsize) n);
      if (bytes)
        g_byte_array_append (bytes, chunk, (guint) n);
    }
  digest_to_hex (md, found);
  gcry_md_close (md);
  if (!mc_disk_go_on (cancellable, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("The file %s could not be read from the disk to its end."), digest);
  return FALSE;
}

gboolean
mc_blob_store_read (McBlobStore *self, const char *digest, GBytes **bytes, guint64 *size,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = mc_blob_store_open (self, digest, NULL, error);
  g_autoptr (GByteArray) array = bytes ? g_byte_array_new () : NULL;
  char found[DIGEST_HEX + 1];
  guint64 length;

  if (!stream || !read_stream (stream, digest, array, &length, found, cancellable, error))
    return FALSE;
  if (size)
    *size = length;
  if (strcmp (found, digest) != 0)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
                   _("The file %s is damaged: its bytes have another SHA-256 (%s)."), digest, found);
      return FALSE;
    }
  if (bytes)
    *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&array));
  return TRUE;
}

gboolean
mc_blob_store_has (McBlobStore *self, const char *digest, guint64 *size)
{
  g_autofree char *path = mc_blob_store_path (self, digest);
  struct stat st;

  if (!path || lstat (path, &st) != 0 || !S_ISREG (st.st_mode))
    return FALSE;
  if (size)
    *size = (guint64) st.st_size;
  return TRUE;
}

gboolean
mc_blob_store_erase (McBlobStore *self, const char *digest, GError **error)
{
  g_autofree char *path = mc_blob_store_path (self, digest);
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (unlink (path) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        return TRUE;
      mc_disk_set_error (error, errno, path);
      return FALSE;
    }
  folder = subfolder (self, digest);
  return mc_disk_sync_folder (folder, error);
}

/* @mark: the name of a mark in blobs/. */
static guint
sweep_mark (McBlobStore *self, const char *mark_name, McBlobHasRow has_row, gpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, mark_name, NULL);
  g_autofree char *digest = g_strndup (mark_name + strlen (MARK_PREFIX), DIGEST_HEX);
  const char *owner = mark_name + strlen (MARK_PREFIX) + strlen (digest);
  guint n = 0;

  if (!digest_is_valid (digest) || owner[0] != '-' || strcmp (owner + 1, self->owner) != 0)
    return 0;
  if (!has_row (digest, data) && mc_blob_store_has (self, digest, NULL) && mc_blob_store_erase (self, digest, NULL))
    n = 1;
  unlink (path);
  return n;
}

guint
mc_blob_store_sweep (McBlobStore *self, McBlobHasRow has_row, gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = mc_disk_sweep_temporaries (self->folder, self->owner);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, MARK_PREFIX))
      n += sweep_mark (self, name, has_row, data);
  return n;
}

static void
list_subfolder (McBlobStore *self, const char *folder_name, GPtrArray *digests, GPtrArray *strays)
{
  g_autofree char *folder = g_build_filename (self->folder, folder_name, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    if (digest_is_valid (name) && strncmp (name, folder_name, 2) == 0 && mc_blob_store_has (self, name, NULL))
      g_ptr_array_add (digests, g_strdup (name));
    else if (strays)
      g_ptr_array_add (strays, g_build_filename (folder, name, NULL));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
mc_blob_store_list (McBlobStore *self, GPtrArray *strays)
{
  GPtrArray *digests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    if (strlen (name) == 2 && g_ascii_isxdigit (name[0]) && g_ascii_isxdigit (name[1]))
      list_subfolder (self, name, digests, strays);
    else if (strays && name[0] != '.')
      g_ptr_array_add (strays, g_build_filename (self->folder, name, NULL));
  g_ptr_array_sort (digests, compare_texts);
  return digests;
}

gboolean
mc_blob_store_copy (McBlobStore *self, const char *digest, McBlobStore *target, GCancellable *cancellable, GError **error)
{
  g_autofree char *from = mc_blob_store_path (self, digest);
  g_autofree char *to = mc_blob_store_path (target, digest);
  g_autofree char *folder = subfolder (target, digest);
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *copied = NULL;

  if (strcmp (from, to) == 0)
    return TRUE;
  if (!mc_disk_make_folder (folder, 0700, error))
    return FALSE;
  if (link (from, to) == 0 || errno == EEXIST)
    return mc_disk_sync_folder (folder, error);
  stream = mc_blob_store_open (self, digest, NULL, error);
  if (!stream)
    return FALSE;
  copied = mc_blob_store_add (target, stream, digest, 0, NULL, cancellable, error);
  return copied != NULL;
}
