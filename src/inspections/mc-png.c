/* SPDX-License-Identifier: GPL-3.0-or-later
 * PNG by libpng: row by row, made smaller while it is read, so that a large picture never lies whole in memory. */
#include "mc-picture-private.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

#define SIGNATURE 8
/* Length, kind and check sum of a chunk. */
#define AROUND 12

/* Lives on the caller's stack, so that nothing is lost when libpng jumps back. */
typedef struct
{
  png_structp png;
  png_infop info;
  const guint8 *next;
  gsize left;
  guint factor;     /* so many rows and columns become one */
  GdkPixbuf *pixbuf;
  guint8 *row;      /* one row as read; of an interlaced picture all */
  guint8 **rows;
  guint32 *sums;
} Decoder;

typedef struct
{
  const guint8 *kind;
  const guint8 *body;
  gsize length;
  gsize next;
} Chunk;

/* --- chunks -------------------------------------------------------------------------------------------------- */

static guint32
read_32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static gboolean
read_chunk (const guint8 *bytes, gsize length, gsize at, Chunk *chunk)
{
  if (at > length || length - at < AROUND)
    return FALSE;
  *chunk = (Chunk) { bytes + at + 4, bytes + at + 8, read_32 (bytes + at), 0 };
  if (chunk->length > length - at - AROUND)
    return FALSE;
  chunk->next = at + AROUND + chunk->length;
  return TRUE;
}

static gboolean
is_kind (const Chunk *chunk, const char *kind)
{
  return memcmp (chunk->kind, kind, 4) == 0;
}

gboolean
mc_png_read_info (GBytes *file, McPictureInfo *info, GError **error)
{
  gsize length, at = SIGNATURE;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  Chunk chunk;

  for (gboolean first = TRUE; read_chunk (bytes, length, at, &chunk); first = FALSE, at = chunk.next)
    {
      if (first && (!is_kind (&chunk, "IHDR") || chunk.length < 13))
        break;
      if (first)
        {
          info->width = read_32 (chunk.body);
          info->height = read_32 (chunk.body + 4);
        }
      else if (is_kind (&chunk, "eXIf"))
        mc_exif_read (chunk.body, chunk.length, &info->exif);
      else if (is_kind (&chunk, "IEND") && info->width > 0 && info->height > 0)
        return TRUE;
    }
  mc_picture_set_broken (error, "PNG");
  return FALSE;
}

/* Texts of all kinds, EXIF and the pictures of an animation go. */
GBytes *
mc_png_without_place (GBytes *file)
{
  static const char *const dropped[] = { "eXIf", "tEXt", "zTXt", "iTXt", "tIME", "acTL", "fcTL", "fdAT" };
  gsize length, at = SIGNATURE;
  const guint8 *bytes = g_bytes_get_data (file, &length);
  GByteArray *kept = g_byte_array_new ();
  Chunk chunk;

  g_byte_array_append (kept, bytes, SIGNATURE);
  for (; read_chunk (bytes, length, at, &chunk); at = chunk.next)
    {
      gboolean stays = TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (dropped); i++)
        stays = stays && !is_kind (&chunk, dropped[i]);
      if (stays)
        g_byte_array_append (kept, bytes + at, (guint) (chunk.next - at));
      if (is_kind (&chunk, "IEND"))
        return g_byte_array_free_to_bytes (kept);
    }
  g_byte_array_unref (kept);
  return NULL;
}

/* --- pixels -------------------------------------------------------------------------------------------------- */

static void
fail_cb (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
warn_cb (png_structp png, png_const_charp message)
{
}

static void
read_cb (png_structp png, png_bytep data, png_size_t length)
{
  Decoder *self = png_get_io_ptr (png);

  if (length > self->left)
    png_error (png, "");
  memcpy (data, self->next, length);
  self->next += length;
  self->left -= length;
}

static gboolean
begin (Decoder *self, GBytes *bytes)
{
  self->next = g_bytes_get_data (bytes, &self->left);
  self->info = png_create_info_struct (self->png);
  if (!self->info)
    return FALSE;
  png_set_read_fn (self->png, self, read_cb);
  return TRUE;
}

/* Whatever it is, three colours of eight bits come out, on white where it lets through. */
static void
ask_for_colours (Decoder *self)
{
  png_color_16 white = { 0, 0xff, 0xff, 0xff, 0xff };

  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
  if (png_get_color_type (self->png, self->info) & PNG_COLOR_MASK_ALPHA || png_get_valid (self->png, self->info, PNG_INFO_tRNS))
    png_set_background (self->png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1);
}

/* Adds a row of @width pixels to the sums of the columns that it becomes. */
static void
add_row (Decoder *self, const guint8 *row, guint width)
{
  for (guint x = 0; x < width; x++)
    for (guint c = 0; c < 3; c++)
      self->sums[x / self->factor * 3 + c] += row[x * 3 + c];
}

/* The sums of @n rows become row @y. */
static void
take_row (Decoder *self, guint width, guint y, guint n)
{
  guint8 *out = gdk_pixbuf_get_pixels (self->pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);
  guint out_width = (guint) gdk_pixbuf_get_width (self->pixbuf);

  for (guint x = 0; x < out_width; x++)
    {
      guint columns = MIN (self->factor, width - x * self->factor);

      for (guint c = 0; c < 3; c++)
        out[x * 3 + c] = (guint8) (self->sums[x * 3 + c] / (columns * n));
    }
  memset (self->sums, 0, sizeof (guint32) * 3 * out_width);
}

static gboolean
make_room (Decoder *self, guint width, guint height, guint max_side, int passes)
{
  gsize row_bytes = png_get_rowbytes (self->png, self->info);
  guint n_rows = passes > 1 ? height : 1;

  self->factor = max_side > 0 ? MAX (1, MAX (width, height) / max_side) : 1;
  self->pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) ((width + self->factor - 1) / self->factor),
                                 (int) ((height + self->factor - 1) / self->factor));
  self->row = g_try_malloc_n (n_rows, row_bytes);
  self->sums = g_try_new0 (guint32, 3 * (width / self->factor + 1));
  self->rows = g_try_new (guint8 *, n_rows);
  if (!self->pixbuf || !self->row || !self->sums || !self->rows || row_bytes < (gsize) width * 3)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    self->rows[i] = self->row + (gsize) i * row_bytes;
  return TRUE;
}

static gboolean
decode (Decoder *self, GBytes *bytes, guint max_side)
{
  guint width, height;
  int passes;

  if (!begin (self, bytes))
    return FALSE;
  png_read_info (self->png, self->info);
  width = png_get_image_width (self->png, self->info);
  height = png_get_image_height (self->png, self->info);
  ask_for_colours (self);
  passes = png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);
  if (!make_room (self, width, height, max_side, passes))
    return FALSE;
  if (passes > 1)
    png_read_image (self->png, self->rows);
  for (guint y = 0; y < height; y++)
    {
      if (passes == 1)
        png_read_row (self->png, self->row, NULL);
      add_row (self, self->rows[passes > 1 ? y : 0], width);
      if ((y + 1) % self->factor == 0 || y + 1 == height)
        take_row (self, width, y / self->factor, y % self->factor + 1);
    }
  png_read_end (self->png, NULL);
  return TRUE;
}

GdkPixbuf *
mc_png_decode (GBytes *bytes, guint max_side, GError **error)
{
  Decoder self = { 0 };
  GdkPixbuf *volatile pixbuf = NULL;

  /* libpng has its place to jump back to inside the structure that it makes. */
  self.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, fail_cb, warn_cb);
  if (self.png && setjmp (png_jmpbuf (self.png)) == 0 && decode (&self, bytes, max_side))
    pixbuf = g_object_ref (self.pixbuf);
  png_destroy_read_struct (&self.png, &self.info, NULL);
  g_clear_object (&self.pixbuf);
  g_free (self.row);
  g_free (self.rows);
  g_free (self.sums);
  if (!pixbuf)
    mc_picture_set_broken (error, "PNG");
  return pixbuf;
}
