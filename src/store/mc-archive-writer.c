/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes a backup file. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <gcrypt.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-archive.h"
#include "mc-chain.h"
#include "mc-disk.h"

#define CHUNK (256 * 1024)

struct _McArchiveWriter
{
  struct archive *archive;
  char *path;
  GString *manifest;
};

static gboolean
set_write_error (McArchiveWriter *self, GError **error)
{
  int code = archive_errno (self->archive);

  mc_disk_set_error (error, code > 0 ? code : EIO, self->path);
  return FALSE;
}

McArchiveWriter *
mc_archive_writer_new (int fd, const char *path)
{
  McArchiveWriter *self = g_new0 (McArchiveWriter, 1);

  self->path = g_strdup (path);
  self->manifest = g_string_new (NULL);
  self->archive = archive_write_new ();
  archive_write_set_format_pax_restricted (self->archive);
  archive_write_add_filter_none (self->archive);
  archive_write_set_bytes_in_last_block (self->archive, 1);
  archive_write_open_fd (self->archive, fd);
  return self;
}

void
mc_archive_writer_free (McArchiveWriter *self)
{
  if (!self)
    return;
  archive_write_free (self->archive);
  g_string_free (self->manifest, TRUE);
  g_free (self->path);
  g_free (self);
}

/* The same content gives the same bytes: no owner, no time. */
static gboolean
write_header (McArchiveWriter *self, const char *name, guint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int code;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, 0, 0);
  code = archive_write_header (self->archive, entry);
  archive_entry_free (entry);
  return code == ARCHIVE_OK || set_write_error (self, error);
}

static gboolean
write_data (McArchiveWriter *self, const void *bytes, gsize length, GError **error)
{
  const char *at = bytes;

  while (length > 0)
    {
      la_ssize_t n = archive_write_data (self->archive, at, length);

      if (n <= 0)
        return set_write_error (self, error);
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static void
note (McArchiveWriter *self, const char *name, gcry_md_hd_t md, char *hex)
{
  const guint8 *digest = gcry_md_read (md, GCRY_MD_SHA256);

  mc_hex_from_bytes (digest, MC_DIGEST_BYTES, hex);
  g_string_append_printf (self->manifest, "%s  %s\n", hex, name);
}

static gboolean
add_bytes (McArchiveWriter *self, const char *name, const char *bytes, gsize length, gboolean noted, GError **error)
{
  gcry_md_hd_t md;
  char hex[65];

  if (!write_header (self, name, length, error) || !write_data (self, bytes, length, error))
    return FALSE;
  if (!noted)
    return TRUE;
  mc_gcrypt_init ();
  gcry_md_open (&md, GCRY_MD_SHA256, 0);
  gcry_md_write (md, bytes, length);
  note (self, name, md, hex);
  gcry_md_close (md);
  return TRUE;
}

gboolean
mc_archive_writer_add_text (McArchiveWriter *self, const char *name, const char *text, GError **error)
{
  return add_bytes (self, name, text, strlen (text), TRUE, error);
}

static gboolean
set_changed (const char *name, GError **error)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
               _("“%s” could not be read whole, or changed while the backup was made. No backup was made; verify the database."), name);
  return FALSE;
}

static gboolean
copy_stream (McArchiveWriter *self, const char *name, GInputStream *stream, guint64 size, gcry_md_hd_t md,
             GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);

  for (guint64 left = size; left > 0;)
    {
      gssize n = g_input_stream_read (stream, chunk, MIN (left, (guint64) CHUNK), NULL, NULL);

      if (!mc_disk_go_on (cancellable, error))
        return FALSE;
      if (n <= 0)
        return set_changed (name, error);
      gcry_md_write (md, chunk, (gsize) n);
      if (!write_data (self, chunk, (gsize) n, error))
        return FALSE;
      left -= (guint64) n;
    }
  return TRUE;
}

gboolean
mc_archive_writer_add_stream (McArchiveWriter *self, const char *name, GInputStream *stream, guint64 size,
                              const char *sha256, GCancellable *cancellable, GError **error)
{
  gcry_md_hd_t md;
  char hex[65];
  gboolean copied;

  if (!write_header (self, name, size, error))
    return FALSE;
  mc_gcrypt_init ();
  gcry_md_open (&md, GCRY_MD_SHA256, 0);
  copied = copy_stream (self, name, stream, size, md, cancellable, error);
  if (copied)
    note (self, name, md, hex);
  gcry_md_close (md);
  if (copied && sha256 && strcmp (hex, sha256) != 0)
    return set_changed (name, error);
  return copied;
}

gboolean
mc_archive_writer_finish (McArchiveWriter *self, GError **error)
{
  if (!add_bytes (self, "manifest.sha256", self->manifest->str, self->manifest->len, FALSE, error))
    return FALSE;
  return archive_write_close (self->archive) == ARCHIVE_OK || set_write_error (self, error);
}
