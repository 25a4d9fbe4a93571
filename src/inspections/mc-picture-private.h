/* SPDX-License-Identifier: GPL-3.0-or-later
 * What each format does for mc-picture.h. */
#pragma once

#include "mc-picture.h"

G_BEGIN_DECLS

void mc_picture_set_broken (GError **error, const char *format);

gboolean mc_jpeg_read_info (GBytes *bytes, McPictureInfo *info, GError **error);
GdkPixbuf *mc_jpeg_decode (GBytes *bytes, guint max_side, GError **error);
GBytes *mc_jpeg_encode (GdkPixbuf *pixbuf, GBytes *exif, GBytes *icc, GError **error);
GBytes *mc_jpeg_get_icc (GBytes *bytes);

/* The pieces of a JPEG file, without decoding it. */
typedef struct
{
  guint width, height;   /* 0: no frame head was found */
  guint components;
  gsize exif_at, exif_length; /* the TIFF block; 0: none */
  gsize end;             /* after its end mark */
} McJpegPieces;
/* FALSE if it is no whole file. Never reads outside of @bytes. */
gboolean mc_jpeg_find_pieces (const guint8 *bytes, gsize length, McJpegPieces *pieces);
GBytes *mc_jpeg_without_place (GBytes *bytes);

gboolean mc_png_read_info (GBytes *bytes, McPictureInfo *info, GError **error);
GdkPixbuf *mc_png_decode (GBytes *bytes, guint max_side, GError **error);
GBytes *mc_png_without_place (GBytes *bytes);

gboolean mc_heic_can_read (void);
gboolean mc_heic_read_info (GBytes *bytes, McPictureInfo *info, GError **error);
GdkPixbuf *mc_heic_decode (GBytes *bytes, GError **error);

G_END_DECLS
