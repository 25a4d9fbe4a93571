/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures in memory: what a file is by its first bytes, pixels from it no larger than wanted, and a JPEG from pixels. No files, no store. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "mc-exif.h"

G_BEGIN_DECLS

/* More pixels than this are refused. */
#define MC_PICTURE_MAX_PIXELS (200 * G_GUINT64_CONSTANT (1000000))

typedef enum
{
  MC_PICTURE_OTHER,
  MC_PICTURE_JPEG,
  MC_PICTURE_PNG,
  MC_PICTURE_HEIC,
} McPictureFormat;

/* By content, never by name. */
McPictureFormat mc_picture_get_format (GBytes *bytes);

/* Code of photo-format. */
const char *mc_picture_format_code (McPictureFormat format);

/* What a file is that is no photo, for the message ("GIF", "MP4"); NULL: not known. */
const char *mc_picture_name_other (GBytes *bytes);

/* TRUE if HEIC can be read here: by libheif, if it has a decoder. Asked at run time. */
gboolean mc_picture_can_read_heic (void);

/* What a file says of itself. */
typedef struct
{
  McPictureFormat format;
  guint width, height; /* as stored, before the orientation */
  McExif exif;         /* orientation 1 where the decoder turns by itself (HEIC) */
} McPictureInfo;

/* Reads the head; MC_INSPECTION_ERROR_INPUT, without the file's name, for what is no picture, is broken, or has too many pixels (both numbers). Quick. */
gboolean mc_picture_read_info (GBytes *bytes, McPictureInfo *info, GError **error);

/* Decodes the whole picture, upright, without alpha (on white), its longer side at most @max_side (0: as it is). A JPEG with warnings is broken. */
GdkPixbuf *mc_picture_decode (GBytes *bytes, const McPictureInfo *info, guint max_side, GError **error);

/* @exif (a block as mc_exif_new_block() makes it) and @icc (a colour profile) may be NULL. */
GBytes *mc_picture_encode_jpeg (GdkPixbuf *pixbuf, GBytes *exif, GBytes *icc, GError **error);

/* The colour profile of a JPEG of three colours; NULL: none that can be used. */
GBytes *mc_picture_get_icc (GBytes *bytes, const McPictureInfo *info);

/* The same picture data without what else the file says: of EXIF all but the place stays, a colour profile stays; other blocks, comments and what stands
 * after the picture go. NULL: the format has no such form here (HEIC), or it is broken. */
GBytes *mc_picture_without_place (GBytes *bytes, const McPictureInfo *info);

G_END_DECLS
