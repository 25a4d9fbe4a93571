/* SPDX-License-Identifier: GPL-3.0-or-later
 * A distribution sort: lines fall into parts by their record as they come, and each part is sorted by itself. */
#include "mc-line-sorter.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mc-disk.h"

#define IN_MEMORY_BYTES (32 * 1024 * 1024) /* so much waits in memory before anything goes to the file */
#define FLUSH_BYTES (128 * 1024)           /* of one part, written at once */

typedef struct
{
  guint8 record[MC_SORT_KEY_BYTES];
  gint64 n;
  gsize length;
} Head; /* then the bytes of the line, unaligned */

typedef struct
{
  guint64 offset;
  gsize length;
} Chunk;

typedef struct
{
  GByteArray *pending; /* not in the file */
  GArray *chunks;      /* of Chunk: in the file */
  gsize in_file;
} Part;

struct _McLineSorter
{
  char *folder;
  int fd;              /* −1: none yet */
  guint64 file_size;
  gsize in_memory;
  GByteArray *splitters;
  Part *parts;
  guint n_parts;

  guint next;          /* part */
  guint8 *bytes;       /* of the part that was given last */
  GArray *lines;       /* of McSortedLine */
};

McLineSorter *
mc_line_sorter_new (const char *folder, const GByteArray *splitters)
{
  McLineSorter *self = g_new0 (McLineSorter, 1);

  self->folder = g_strdup (folder);
  self->fd = -1;
  self->splitters = g_byte_array_new ();
  g_byte_array_append (self->splitters, splitters->data, splitters->len);
  self->n_parts = splitters->len / MC_SORT_KEY_BYTES + 1;
  self->parts = g_new0 (Part, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    {
      self->parts[i].pending = g_byte_array_new ();
      self->parts[i].chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
    }
  self->lines = g_array_new (FALSE, FALSE, sizeof (McSortedLine));
  return self;
}

void
mc_line_sorter_free (McLineSorter *self)
{
  if (!self)
    return;
  if (self->fd >= 0)
    close (self->fd);
  for (guint i = 0; i < self->n_parts; i++)
    {
      g_byte_array_unref (self->parts[i].pending);
      g_array_unref (self->parts[i].chunks);
    }
  g_free (self->parts);
  g_byte_array_unref (self->splitters);
  g_array_unref (self->lines);
  g_free (self->bytes);
  g_free (self->folder);
  g_free (self);
}

/* --- the file ----------------------------------------------------------------------------------------------- */

/* It has no name: whatever happens, nothing of it stays. */
static gboolean
open_file (McLineSorter *self, GError **error)
{
  g_autofree char *path = NULL;

  self->fd = mc_disk_open_temporary (self->folder, "sort", &path, NULL);
  if (self->fd < 0)
    {
      g_free (self->folder);
      self->folder = g_strdup (g_get_tmp_dir ());
      self->fd = mc_disk_open_temporary (self->folder, "sort", &path, error);
    }
  if (self->fd >= 0)
    (void) g_unlink (path);
  return self->fd >= 0;
}

static gboolean
flush (McLineSorter *self, Part *part, GError **error)
{
  Chunk chunk = { self->file_size, part->pending->len };
  gsize done = 0;

  if (self->fd < 0 && !open_file (self, error))
    return FALSE;
  while (done < chunk.length)
    {
      ssize_t n = pwrite (self->fd, part->pending->data + done, chunk.length - done, (off_t) (chunk.offset + done));

      if (n < 0 && errno != EINTR)
        {
          mc_disk_set_error (error, errno, self->folder);
          return FALSE;
        }
      done += n > 0 ? (gsize) n : 0;
    }
  g_array_append_val (part->chunks, chunk);
  part->in_file += chunk.length;
  self->file_size += chunk.length;
  self->in_memory -= chunk.length;
  g_byte_array_set_size (part->pending, 0);
  return TRUE;
}

static gboolean
read_chunk (McLineSorter *self, const Chunk *chunk, guint8 *to, GError **error)
{
  gsize done = 0;

  while (done < chunk->length)
    {
      ssize_t n = pread (self->fd, to + done, chunk->length - done, (off_t) (chunk->offset + done));

      if (n == 0 || (n < 0 && errno != EINTR))
        {
          mc_disk_set_error (error, n == 0 ? EIO : errno, self->folder);
          return FALSE;
        }
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

/* --- lines in ----------------------------------------------------------------------------------------------- */

/* The first part whose upper end is above @record. */
static Part *
part_of (McLineSorter *self, const guint8 *record)
{
  guint low = 0, high = self->n_parts - 1;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (memcmp (self->splitters->data + (gsize) middle * MC_SORT_KEY_BYTES, record, MC_SORT_KEY_BYTES) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return &self->parts[low];
}

gboolean
mc_line_sorter_add (McLineSorter *self, const guint8 record[MC_SORT_KEY_BYTES], gint64 n, const char *line, gsize length, GError **error)
{
  Part *part = part_of (self, record);
  Head head = { { 0 }, n, length };

  memcpy (head.record, record, sizeof head.record);
  g_byte_array_append (part->pending, (const guint8 *) &head, sizeof head);
  g_byte_array_append (part->pending, (const guint8 *) line, (guint) length);
  self->in_memory += sizeof head + length;
  return part->pending->len < FLUSH_BYTES || self->in_memory <= IN_MEMORY_BYTES || flush (self, part, error);
}

/* --- lines out ---------------------------------------------------------------------------------------------- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const McSortedLine *x = a, *y = b;
  int order = memcmp (x->record, y->record, sizeof x->record);

  return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

static gboolean
load_part (McLineSorter *self, Part *part, GError **error)
{
  guint8 *to = self->bytes = g_malloc (part->in_file + part->pending->len + 1);

  for (guint i = 0; i < part->chunks->len; i++)
    {
      const Chunk *chunk = &g_array_index (part->chunks, Chunk, i);

      if (!read_chunk (self, chunk, to, error))
        return FALSE;
      to += chunk->length;
    }
  memcpy (to, part->pending->data, part->pending->len);
  g_byte_array_unref (part->pending);
  part->pending = g_byte_array_new ();
  return TRUE;
}

static void
find_lines (McLineSorter *self, gsize length)
{
  for (gsize at = 0; at < length;)
    {
      McSortedLine line;
      Head head;

      memcpy (&head, self->bytes + at, sizeof head);
      memcpy (line.record, head.record, sizeof line.record);
      line.n = head.n;
      line.line = (const char *) self->bytes + at + sizeof head;
      line.length = head.length;
      g_array_append_val (self->lines, line);
      at += sizeof head + head.length;
    }
}

const GArray *
mc_line_sorter_next (McLineSorter *self, GError **error)
{
  g_array_set_size (self->lines, 0);
  while (self->lines->len == 0 && self->next < self->n_parts)
    {
      Part *part = &self->parts[self->next++];
      gsize length = part->in_file + part->pending->len;

      g_clear_pointer (&self->bytes, g_free);
      if (length > 0 && !load_part (self, part, error))
        return NULL;
      find_lines (self, length);
    }
  if (self->lines->len == 0)
    return NULL;
  qsort (self->lines->data, self->lines->len, sizeof (McSortedLine), compare_lines);
  return self->lines;
}
