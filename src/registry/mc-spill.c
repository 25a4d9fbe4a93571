/* SPDX-License-Identifier: GPL-3.0-or-later
 * A byte array with a temporary file behind it, and a few blocks of that file in memory for reading. */
#include "mc-spill.h"

#include "mc-table-reader-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (16 * 1024)
#define N_BLOCKS 64

struct _McSpill
{
  gsize in_memory;
  GByteArray *head;
  GByteArray *pending; /* behind the head, not yet in the file */
  guint64 file_size;
  int fd;              /* -1: none yet */

  guchar *blocks;      /* N_BLOCKS × BLOCK_BYTES; a block stands at its number modulo N_BLOCKS */
  guint64 numbers[N_BLOCKS]; /* number + 1; 0: empty */
};

McSpill *
mc_spill_new (gsize in_memory)
{
  McSpill *self = g_new0 (McSpill, 1);

  self->in_memory = in_memory;
  self->head = g_byte_array_new ();
  self->pending = g_byte_array_new ();
  self->fd = -1;
  return self;
}

void
mc_spill_free (McSpill *self)
{
  if (!self)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_byte_array_unref (self->head);
  g_byte_array_unref (self->pending);
  g_free (self->blocks);
  g_free (self);
}

guint64
mc_spill_get_size (McSpill *self)
{
  return self->head->len + self->file_size + self->pending->len;
}

static gboolean
set_error (GError **error)
{
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FAILED, _("Temporary data cannot be kept in %s: %s. Nothing was changed."),
               g_get_tmp_dir (), g_strerror (errno));
  return FALSE;
}

static gboolean
flush (McSpill *self, GError **error)
{
  gsize done = 0;

  if (self->fd < 0 && (self->fd = mc_table_open_temporary (error)) < 0)
    return FALSE;
  while (done < self->pending->len)
    {
      ssize_t n = pwrite (self->fd, self->pending->data + done, self->pending->len - done, (off_t) (self->file_size + done));

      if (n < 0 && errno != EINTR)
        return set_error (error);
      done += n > 0 ? (gsize) n : 0;
    }
  self->file_size += done;
  g_byte_array_set_size (self->pending, 0);
  memset (self->numbers, 0, sizeof self->numbers);
  return TRUE;
}

gboolean
mc_spill_append (McSpill *self, gconstpointer bytes, gsize length, GError **error)
{
  gsize room = self->in_memory > self->head->len ? self->in_memory - self->head->len : 0;
  gsize first = self->file_size + self->pending->len > 0 ? 0 : MIN (room, length);

  g_byte_array_append (self->head, bytes, (guint) first);
  g_byte_array_append (self->pending, (const guint8 *) bytes + first, (guint) (length - first));
  return self->pending->len < BLOCK_BYTES * 4 || flush (self, error);
}

static gboolean
load_block (McSpill *self, guint64 number, GError **error)
{
  guchar *block;
  gsize done = 0;

  if (!self->blocks)
    self->blocks = g_malloc (N_BLOCKS * BLOCK_BYTES);
  if (self->numbers[number % N_BLOCKS] == number + 1)
    return TRUE;
  block = self->blocks + (number % N_BLOCKS) * BLOCK_BYTES;
  self->numbers[number % N_BLOCKS] = 0;
  while (done < BLOCK_BYTES)
    {
      ssize_t n = pread (self->fd, block + done, BLOCK_BYTES - done, (off_t) (number * BLOCK_BYTES + done));

      if (n < 0 && errno != EINTR)
        return set_error (error);
      if (n == 0)
        break;
      done += n > 0 ? (gsize) n : 0;
    }
  self->numbers[number % N_BLOCKS] = number + 1;
  return TRUE;
}

static gboolean
read_file (McSpill *self, guint64 offset, guchar *bytes, gsize length, GError **error)
{
  if (self->pending->len > 0 && !flush (self, error))
    return FALSE;
  while (length > 0)
    {
      guint64 number = offset / BLOCK_BYTES;
      gsize within = (gsize) (offset % BLOCK_BYTES);
      gsize n = MIN (length, BLOCK_BYTES - within);

      if (!load_block (self, number, error))
        return FALSE;
      memcpy (bytes, self->blocks + (number % N_BLOCKS) * BLOCK_BYTES + within, n);
      offset += n;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

gboolean
mc_spill_read (McSpill *self, guint64 offset, gpointer bytes, gsize length, GError **error)
{
  gsize first = offset < self->head->len ? MIN (length, self->head->len - (gsize) offset) : 0;

  g_return_val_if_fail (offset + length <= mc_spill_get_size (self), FALSE);

  memcpy (bytes, self->head->data + offset * (first > 0), first);
  return first == length || read_file (self, offset + first - self->head->len, (guchar *) bytes + first, length - first, error);
}
