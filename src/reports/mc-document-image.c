/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture in a document: a photo (JPEG) or a signature (PNG). */
#include "mc-document-image.h"

#include <glib/gi18n.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include "mc-report-error.h"

/* A picture on paper is at most half a page wide: more pixels than this are not seen on a screen. */
#define SCREEN_PIXELS 1200

/* The surface that stands for a JPEG which the PDF takes as it is. */
#define STAND_IN 8

struct _McDocumentImage
{
  gatomicrefcount refs;
  GBytes *bytes;
  gboolean jpeg;
  int width, height;
  cairo_surface_t *pixels; /* of a JPEG: only once it was drawn on a screen */
};

/* --- JPEG --------------------------------------------------------------------------------------------------- */

typedef struct
{
  struct jpeg_error_mgr manager;
  jmp_buf back;
} JpegError;

static void
jpeg_failed (j_common_ptr info)
{
  longjmp (((JpegError *) (void *) info->err)->back, 1);
}

static void
jpeg_is_silent (j_common_ptr info)
{
}

static void
jpeg_begin (struct jpeg_decompress_struct *info, JpegError *error, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  jpeg_create_decompress (info);
  info->err = &error->manager;
  jpeg_mem_src (info, data, size);
  jpeg_read_header (info, TRUE);
}

static void
jpeg_set_up (struct jpeg_decompress_struct *info, JpegError *error)
{
  info->err = jpeg_std_error (&error->manager);
  error->manager.error_exit = jpeg_failed;
  error->manager.output_message = jpeg_is_silent;
}

static gboolean
read_jpeg_size (GBytes *bytes, int *width, int *height)
{
  struct jpeg_decompress_struct info = { 0 };
  JpegError error;

  jpeg_set_up (&info, &error);
  if (setjmp (error.back))
    {
      jpeg_destroy_decompress (&info);
      return FALSE;
    }
  jpeg_begin (&info, &error, bytes);
  *width = (int) info.image_width;
  *height = (int) info.image_height;
  jpeg_destroy_decompress (&info);
  return TRUE;
}

static void
read_jpeg_lines (struct jpeg_decompress_struct *info, cairo_surface_t *surface)
{
  unsigned char *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  while (info->output_scanline < info->output_height)
    {
      JSAMPROW row = pixels + (gsize) info->output_scanline * (gsize) stride;

      jpeg_read_scanlines (info, &row, 1);
    }
  cairo_surface_mark_dirty (surface);
}

/* NULL if it is broken. The smallest of libjpeg's scales that has enough pixels. */
static cairo_surface_t *
decode_jpeg (McDocumentImage *self)
{
  struct jpeg_decompress_struct info = { 0 };
  cairo_surface_t *volatile surface = NULL;
  JpegError error;

  jpeg_set_up (&info, &error);
  if (setjmp (error.back))
    {
      jpeg_destroy_decompress (&info);
      return surface;
    }
  jpeg_begin (&info, &error, self->bytes);
  info.scale_denom = 8;
  info.scale_num = (unsigned int) CLAMP (8 * SCREEN_PIXELS / MAX (self->width, self->height) + 1, 1, 8);
  info.out_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
  jpeg_start_decompress (&info);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) info.output_width, (int) info.output_height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    read_jpeg_lines (&info, surface);
  jpeg_destroy_decompress (&info);
  return surface;
}

/* --- PNG ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  const unsigned char *data;
  gsize left;
} Source;

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
decode_png (GBytes *bytes)
{
  Source source = { 0 };
  cairo_surface_t *surface;

  source.data = g_bytes_get_data (bytes, &source.left);
  surface = cairo_image_surface_create_from_png_stream (read_cb, &source);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_destroy (surface);
  return NULL;
}

/* --- the picture -------------------------------------------------------------------------------------------- */

static gboolean
read_head (McDocumentImage *self)
{
  gsize size;
  const unsigned char *data = g_bytes_get_data (self->bytes, &size);

  self->jpeg = size > 3 && data[0] == 0xff && data[1] == 0xd8;
  if (self->jpeg)
    return read_jpeg_size (self->bytes, &self->width, &self->height);
  self->pixels = decode_png (self->bytes);
  if (!self->pixels)
    return FALSE;
  self->width = cairo_image_surface_get_width (self->pixels);
  self->height = cairo_image_surface_get_height (self->pixels);
  return TRUE;
}

McDocumentImage *
mc_document_image_new (GBytes *bytes, GError **error)
{
  g_autoptr (McDocumentImage) self = g_new0 (McDocumentImage, 1);

  g_atomic_ref_count_init (&self->refs);
  self->bytes = g_bytes_ref (bytes);
  if (read_head (self) && self->width > 0 && self->height > 0)
    return g_steal_pointer (&self);
  g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("The picture is neither a whole JPEG nor a whole PNG. Nothing was changed."));
  return NULL;
}

McDocumentImage *
mc_document_image_ref (McDocumentImage *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_document_image_unref (McDocumentImage *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->pixels, cairo_surface_destroy);
  g_free (self);
}

void
mc_document_image_get_size (McDocumentImage *self, int *width, int *height)
{
  *width = self->width;
  *height = self->height;
}

GBytes *
mc_document_image_get_bytes (McDocumentImage *self)
{
  return self->bytes;
}

gboolean
mc_document_image_is_jpeg (McDocumentImage *self)
{
  return self->jpeg;
}

void
mc_document_image_fit (McDocumentImage *self, double width, double height, double *fit_width, double *fit_height)
{
  double scale = MIN (width / self->width, height / self->height);

  *fit_width = self->width * scale;
  *fit_height = self->height * scale;
}

/* A PDF takes the JPEG itself; the surface only says how large it is drawn. */
static cairo_surface_t *
make_stand_in (McDocumentImage *self)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, STAND_IN, STAND_IN);
  gsize size;
  const unsigned char *data = g_bytes_get_data (self->bytes, &size);

  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size, (cairo_destroy_func_t) g_bytes_unref, g_bytes_ref (self->bytes));
  return surface;
}

static cairo_surface_t *
get_surface (McDocumentImage *self, cairo_t *cr)
{
  cairo_surface_type_t target = cairo_surface_get_type (cairo_get_target (cr));

  if (self->jpeg && (target == CAIRO_SURFACE_TYPE_PDF || target == CAIRO_SURFACE_TYPE_PS))
    return make_stand_in (self);
  if (!self->pixels)
    self->pixels = decode_jpeg (self);
  return self->pixels ? cairo_surface_reference (self->pixels) : NULL;
}

void
mc_document_image_draw (McDocumentImage *self, cairo_t *cr, double x, double y, double width, double height)
{
  cairo_surface_t *surface = get_surface (self, cr);

  if (!surface)
    return;
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / cairo_image_surface_get_width (surface), height / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  /* Padded, a PDF would take the pixels of the stand-in instead of the JPEG. */
  if (surface == self->pixels)
    cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (surface), cairo_image_surface_get_height (surface));
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}
