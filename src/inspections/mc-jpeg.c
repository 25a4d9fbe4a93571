/* SPDX-License-Identifier: GPL-3.0-or-later
 * JPEG by libjpeg-turbo: decoded at the smallest of its scales that is large enough, every warning taken as a fault. */
#include "mc-picture-private.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#define QUALITY 85
/* A progressive file of more scans than any camera writes is made to take long. */
#define MAX_SCANS 100
#define EXIF_HEAD "Exif\0\0"
#define EXIF_HEAD_LENGTH 6
#define APP1 (JPEG_APP0 + 1)
#define APP2 (JPEG_APP0 + 2)
#define MAX_PIECE 65533

/* Lives on the caller's stack, so that nothing is lost when libjpeg jumps back. */
typedef struct
{
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf back;
  GdkPixbuf *pixbuf;
  guint8 *inks;     /* one row of cyan, magenta, yellow, black */
} Decoder;

typedef struct
{
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jmp_buf back;
  unsigned char *bytes;
  unsigned long length;
} Encoder;

static void
jump_back_from_decoder (j_common_ptr info)
{
  longjmp (((Decoder *) (void *) info)->back, 1);
}

static void
jump_back_from_encoder (j_common_ptr info)
{
  longjmp (((Encoder *) (void *) info)->back, 1);
}

static void
stay_silent (j_common_ptr info)
{
}

static void
count_scans (j_common_ptr info)
{
  if (((j_decompress_ptr) (void *) info)->input_scan_number > MAX_SCANS)
    jump_back_from_decoder (info);
}

static void
decoder_begin (Decoder *self, GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  jpeg_create_decompress (&self->info);
  self->progress.progress_monitor = count_scans;
  self->info.progress = &self->progress;
  jpeg_save_markers (&self->info, APP2, 0xffff);
  jpeg_mem_src (&self->info, data, length);
  jpeg_read_header (&self->info, TRUE);
}

static void
decoder_init (Decoder *self)
{
  memset (self, 0, sizeof *self);
  self->info.err = jpeg_std_error (&self->errors);
  self->errors.error_exit = jump_back_from_decoder;
  self->errors.output_message = stay_silent;
}

static void
decoder_clear (Decoder *self)
{
  jpeg_destroy_decompress (&self->info);
  g_clear_object (&self->pixbuf);
  g_clear_pointer (&self->inks, g_free);
}

/* --- the head ------------------------------------------------------------------------------------------------ */

gboolean
mc_jpeg_read_info (GBytes *bytes, McPictureInfo *info, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  McJpegPieces pieces;

  if (!mc_jpeg_find_pieces (data, length, &pieces))
    {
      mc_picture_set_broken (error, "JPEG");
      return FALSE;
    }
  info->width = pieces.width;
  info->height = pieces.height;
  /* A broken block is as good as none: the picture is whole. */
  if (pieces.exif_length > 0)
    mc_exif_read (data + pieces.exif_at, pieces.exif_length, &info->exif);
  return TRUE;
}

GBytes *
mc_jpeg_get_icc (GBytes *bytes)
{
  Decoder self;
  JOCTET *profile = NULL;
  unsigned int length = 0;
  GBytes *volatile icc = NULL;

  decoder_init (&self);
  if (setjmp (self.back) == 0)
    {
      decoder_begin (&self, bytes);
      if (self.info.num_components == 3 && jpeg_read_icc_profile (&self.info, &profile, &length))
        icc = g_bytes_new_with_free_func (profile, length, free, profile);
    }
  decoder_clear (&self);
  return icc;
}

/* --- pixels -------------------------------------------------------------------------------------------------- */

static void
choose_scale (Decoder *self, guint max_side)
{
  guint side = MAX (self->info.image_width, self->info.image_height);

  self->info.scale_denom = 8;
  self->info.scale_num = 8;
  while (max_side > 0 && self->info.scale_num > 1 && (guint64) side * (self->info.scale_num - 1) / 8 >= max_side)
    self->info.scale_num--;
  if (self->info.jpeg_color_space == JCS_CMYK || self->info.jpeg_color_space == JCS_YCCK)
    self->info.out_color_space = JCS_CMYK;
  else
    self->info.out_color_space = JCS_RGB;
}

/* Adobe's programs write ink as what is left of white; others write it as it is. */
static void
ink_to_light (const guint8 *ink, guint8 *light, guint n, gboolean inverted)
{
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < 3; c++)
      {
        guint colour = inverted ? ink[4 * i + c] : 255u - ink[4 * i + c];
        guint black = inverted ? ink[4 * i + 3] : 255u - ink[4 * i + 3];

        light[3 * i + c] = (guint8) (colour * black / 255);
      }
}

static void
read_rows (Decoder *self)
{
  guint8 *pixels = gdk_pixbuf_get_pixels (self->pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (self->pixbuf);

  while (self->info.output_scanline < self->info.output_height)
    {
      guint8 *row = pixels + self->info.output_scanline * stride;
      JSAMPROW target = self->inks ? self->inks : row;

      if (jpeg_read_scanlines (&self->info, &target, 1) == 1 && self->inks)
        ink_to_light (self->inks, row, self->info.output_width, self->info.saw_Adobe_marker);
    }
}

/* FALSE: no room in memory. Jumps back on what is broken. */
static gboolean
decode (Decoder *self, GBytes *bytes, guint max_side)
{
  decoder_begin (self, bytes);
  choose_scale (self, max_side);
  jpeg_start_decompress (&self->info);
  self->pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) self->info.output_width, (int) self->info.output_height);
  if (!self->pixbuf)
    return FALSE;
  if (self->info.out_color_space == JCS_CMYK)
    self->inks = g_malloc ((gsize) self->info.output_width * 4);
  read_rows (self);
  jpeg_finish_decompress (&self->info);
  return self->errors.num_warnings == 0;
}

GdkPixbuf *
mc_jpeg_decode (GBytes *bytes, guint max_side, GError **error)
{
  Decoder self;
  GdkPixbuf *volatile pixbuf = NULL;

  decoder_init (&self);
  if (setjmp (self.back) == 0 && decode (&self, bytes, max_side))
    pixbuf = g_object_ref (self.pixbuf);
  decoder_clear (&self);
  if (!pixbuf)
    mc_picture_set_broken (error, "JPEG");
  return pixbuf;
}

/* --- a new file ---------------------------------------------------------------------------------------------- */

static void
write_exif (Encoder *self, GBytes *exif)
{
  gsize length;
  const guint8 *block = g_bytes_get_data (exif, &length);
  g_autofree guint8 *body = g_malloc (EXIF_HEAD_LENGTH + length);

  memcpy (body, EXIF_HEAD, EXIF_HEAD_LENGTH);
  memcpy (body + EXIF_HEAD_LENGTH, block, length);
  if (EXIF_HEAD_LENGTH + length <= MAX_PIECE)
    jpeg_write_marker (&self->info, APP1, body, (unsigned int) (EXIF_HEAD_LENGTH + length));
}

static void
encode (Encoder *self, GdkPixbuf *pixbuf, GBytes *exif, GBytes *icc)
{
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);

  jpeg_create_compress (&self->info);
  jpeg_mem_dest (&self->info, &self->bytes, &self->length);
  self->info.image_width = (JDIMENSION) gdk_pixbuf_get_width (pixbuf);
  self->info.image_height = (JDIMENSION) gdk_pixbuf_get_height (pixbuf);
  self->info.input_components = 3;
  self->info.in_color_space = JCS_RGB;
  jpeg_set_defaults (&self->info);
  jpeg_set_quality (&self->info, QUALITY, TRUE);
  /* EXIF and JFIF both want to be first; readers expect EXIF there. */
  self->info.write_JFIF_header = exif == NULL;
  jpeg_start_compress (&self->info, TRUE);
  if (exif)
    write_exif (self, exif);
  if (icc)
    jpeg_write_icc_profile (&self->info, g_bytes_get_data (icc, NULL), (unsigned int) g_bytes_get_size (icc));
  while (self->info.next_scanline < self->info.image_height)
    {
      JSAMPROW row = (JSAMPROW) pixels + self->info.next_scanline * stride;

      jpeg_write_scanlines (&self->info, &row, 1);
    }
  jpeg_finish_compress (&self->info);
}

GBytes *
mc_jpeg_encode (GdkPixbuf *pixbuf, GBytes *exif, GBytes *icc, GError **error)
{
  Encoder self = { 0 };

  g_return_val_if_fail (gdk_pixbuf_get_n_channels (pixbuf) == 3, NULL);

  self.info.err = jpeg_std_error (&self.errors);
  self.errors.error_exit = jump_back_from_encoder;
  self.errors.output_message = stay_silent;
  if (setjmp (self.back) == 0)
    {
      encode (&self, pixbuf, exif, icc);
      jpeg_destroy_compress (&self.info);
      return g_bytes_new_with_free_func (self.bytes, self.length, free, self.bytes);
    }
  jpeg_destroy_compress (&self.info);
  free (self.bytes);
  mc_picture_set_broken (error, "JPEG");
  return NULL;
}
