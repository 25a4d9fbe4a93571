/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a file in pieces and converts them to UTF-8, with the place of the first bytes that are no text. */
#include "mc-text-decoder.h"

#include "mc-table-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE_BYTES (128 * 1024)
/* This many characters in a row that are UTF-8 are not there by chance; a bad byte after them is damage, not another encoding. */
#define UTF8_EVIDENCE 8

struct _McTextDecoder
{
  int fd;
  char *name;
  guint64 size;
  GCancellable *cancellable;

  char *encoding;
  gsize mark; /* bytes of the byte order mark */
  GIConv converter; /* (GIConv) -1: it is UTF-8 */

  char *raw;
  gsize raw_length;   /* bytes in raw not yet converted */
  guint64 raw_offset; /* of the first of them in the file */
  char *text;
  gsize text_size;
  gboolean at_end;

  gboolean bad;
  guint64 bad_offset;
  guchar bad_byte;
};

static gboolean
set_read_error (McTextDecoder *self, GError **error)
{
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FAILED, _("“%s” cannot be read: %s. Nothing was changed."), self->name, g_strerror (errno));
  return FALSE;
}

/* Fills raw behind what is left in it. */
static gboolean
fill_raw (McTextDecoder *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  while (!self->at_end && self->raw_length < PIECE_BYTES)
    {
      ssize_t n = read (self->fd, self->raw + self->raw_length, PIECE_BYTES - self->raw_length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return set_read_error (self, error);
      if (n == 0)
        self->at_end = TRUE;
      self->raw_length += (gsize) n;
    }
  return TRUE;
}

static void
drop_raw (McTextDecoder *self, gsize used)
{
  memmove (self->raw, self->raw + used, self->raw_length - used);
  self->raw_length -= used;
  self->raw_offset += used;
}

static void
set_bad (McTextDecoder *self, guint64 offset, guchar byte)
{
  self->bad = TRUE;
  self->bad_offset = offset;
  self->bad_byte = byte;
}

/* A sequence cut by the end of the piece may go on in the next. */
static gboolean
is_cut_utf8 (const char *at, gsize left)
{
  return left < 4 && g_utf8_get_char_validated (at, (gssize) left) == (gunichar) -2;
}

static gsize
take_utf8 (McTextDecoder *self)
{
  const char *end;
  gsize valid;

  if (g_utf8_validate_len (self->raw, self->raw_length, &end))
    valid = self->raw_length;
  else
    {
      valid = (gsize) (end - self->raw);
      if (self->at_end || !is_cut_utf8 (end, self->raw_length - valid))
        set_bad (self, self->raw_offset + valid, (guchar) *end);
    }
  memcpy (self->text, self->raw, valid);
  drop_raw (self, valid);
  return valid;
}

static gsize
take_converted (McTextDecoder *self)
{
  char *in = self->raw, *out = self->text;
  gsize in_left = self->raw_length, out_left = self->text_size;
  gsize result = g_iconv (self->converter, &in, &in_left, &out, &out_left);
  int saved = errno;
  gsize used = (gsize) (in - self->raw);
  gsize length = (gsize) (out - self->text);
  char *nul = memchr (self->text, '\0', length);

  if (result == (gsize) -1 && (saved == EILSEQ || (saved == EINVAL && self->at_end)))
    set_bad (self, self->raw_offset + used, (guchar) *in);
  if (nul)
    {
      set_bad (self, self->raw_offset, 0);
      length = (gsize) (nul - self->text);
    }
  drop_raw (self, used);
  return length;
}

gboolean
mc_text_decoder_read (McTextDecoder *self, const char **text, gsize *length, GError **error)
{
  *text = self->text;
  *length = 0;
  while (*length == 0 && !self->bad)
    {
      if (!fill_raw (self, error))
        return FALSE;
      if (self->raw_length == 0)
        break;
      *length = self->converter == (GIConv) -1 ? take_utf8 (self) : take_converted (self);
    }
  return TRUE;
}

gboolean
mc_text_decoder_get_bad (McTextDecoder *self, guint64 *offset, guchar *byte)
{
  if (self->bad)
    {
      *offset = self->bad_offset + 1;
      *byte = self->bad_byte;
    }
  return self->bad;
}

gboolean
mc_text_decoder_rewind (McTextDecoder *self, GError **error)
{
  if (lseek (self->fd, (off_t) self->mark, SEEK_SET) < 0)
    return set_read_error (self, error);
  self->raw_length = 0;
  self->raw_offset = self->mark;
  self->at_end = FALSE;
  self->bad = FALSE;
  if (self->converter != (GIConv) -1)
    g_iconv (self->converter, NULL, NULL, NULL, NULL);
  return TRUE;
}

/* --- the encoding ----------------------------------------------------------------------------------------- */

static gboolean
use_encoding (McTextDecoder *self, const char *encoding, gsize mark, GError **error)
{
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  self->converter = (GIConv) -1;
  g_free (self->encoding);
  self->encoding = g_strdup (encoding);
  self->mark = mark;
  if (g_ascii_strcasecmp (encoding, "UTF-8") != 0 && g_ascii_strcasecmp (encoding, "UTF8") != 0)
    {
      self->converter = g_iconv_open ("UTF-8", encoding);
      if (self->converter == (GIConv) -1)
        {
          g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_ENCODING, _("The encoding “%s” is not known here. Nothing was changed."), encoding);
          return FALSE;
        }
    }
  return mc_text_decoder_rewind (self, error);
}

/* Reads on until there is evidence: *characters counts those of more than one byte before the end or the bad byte. */
static gboolean
probe (McTextDecoder *self, guint64 *characters, GError **error)
{
  const char *text;
  gsize length;

  *characters = 0;
  do
    {
      if (!mc_text_decoder_read (self, &text, &length, error))
        return FALSE;
      for (gsize i = 0; i < length; i++)
        *characters += (guchar) text[i] >= 0xc0;
    }
  while (length > 0);
  return TRUE;
}

static gboolean
set_not_text (McTextDecoder *self, GError **error)
{
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT, _("“%s” is not a table. A .csv or .xlsx file can be imported. Nothing was changed."), self->name);
  return FALSE;
}

static gboolean
detect_without_mark (McTextDecoder *self, GError **error)
{
  guint64 characters = 0;

  if (!use_encoding (self, "UTF-8", 0, error) || !probe (self, &characters, error))
    return FALSE;
  if (self->bad && self->bad_byte == 0)
    return set_not_text (self, error);
  if (self->bad && characters < UTF8_EVIDENCE)
    return use_encoding (self, "GB18030", 0, error);
  return mc_text_decoder_rewind (self, error);
}

static gboolean
detect (McTextDecoder *self, GError **error)
{
  guchar head[4] = { 0 };
  ssize_t n = pread (self->fd, head, sizeof head, 0);

  if (n < 0)
    return set_read_error (self, error);
  if (n >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    return use_encoding (self, "UTF-8", 3, error);
  if (n >= 2 && memcmp (head, "\xff\xfe", 2) == 0)
    return use_encoding (self, "UTF-16LE", 2, error);
  if (n >= 2 && memcmp (head, "\xfe\xff", 2) == 0)
    return use_encoding (self, "UTF-16BE", 2, error);
  if (n >= 4 && memcmp (head, "\x84\x31\x95\x33", 4) == 0)
    return use_encoding (self, "GB18030", 4, error);
  return detect_without_mark (self, error);
}

McTextDecoder *
mc_text_decoder_new (const char *path, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (McTextDecoder) self = g_new0 (McTextDecoder, 1);
  struct stat info;

  self->converter = (GIConv) -1;
  self->name = g_filename_display_basename (path);
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->raw = g_malloc (PIECE_BYTES);
  self->text_size = PIECE_BYTES * 2;
  self->text = g_malloc (self->text_size);
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (self->fd < 0 || fstat (self->fd, &info) < 0)
    {
      set_read_error (self, error);
      return NULL;
    }
  self->size = (guint64) info.st_size;
  if (encoding ? !use_encoding (self, encoding, 0, error) : !detect (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mc_text_decoder_free (McTextDecoder *self)
{
  if (!self)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_object (&self->cancellable);
  g_free (self->name);
  g_free (self->encoding);
  g_free (self->raw);
  g_free (self->text);
  g_free (self);
}

const char *
mc_text_decoder_get_encoding (McTextDecoder *self)
{
  return self->encoding;
}

double
mc_text_decoder_get_progress (McTextDecoder *self)
{
  return self->size > 0 ? (double) self->raw_offset / (double) self->size : 1.0;
}
