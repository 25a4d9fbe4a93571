/* SPDX-License-Identifier: GPL-3.0-or-later
 * A photo as it comes from a phone, a stick or the clipboard, made ready to be kept: whole, upright, no larger than needed, without the place. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A larger file is refused. */
#define MC_PHOTO_MAX_BYTES (64 * G_GUINT64_CONSTANT (1024) * 1024)
/* The longer side of a photo that is kept. */
#define MC_PHOTO_MAX_SIDE 2560

typedef struct
{
  char *name;            /* of the file, as shown */
  char *received_digest; /* hex SHA-256 of the file as it came */
  GBytes *bytes;         /* what is kept */
  const char *format;    /* of bytes: code of photo-format */
  guint width, height;   /* upright */
  gboolean has_taken_at;
  gint64 taken_at;       /* ms since 1970, UTC */
  gboolean original_kept;/* bytes hold the original's picture data */
} McPhotoFile;

/* Reads the file once, whole, before anything is done with it: a phone that is unplugged meanwhile leaves nothing behind. @keep_original: keep the picture data as they
 * are (JPEG and PNG; a HEIC photo is always made a JPEG). @zone: of a camera that does not say its own. MC_INSPECTION_ERROR_INPUT in words that name the file. Blocks. */
McPhotoFile *mc_photo_file_read (GFile *file, gboolean keep_original, GTimeZone *zone, GCancellable *cancellable, GError **error);

/* The same of bytes at hand; @name is for messages. */
McPhotoFile *mc_photo_file_new (GBytes *received, const char *name, gboolean keep_original, GTimeZone *zone, GError **error);
void mc_photo_file_free (McPhotoFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPhotoFile, mc_photo_file_free)

G_END_DECLS
