/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads what a camera wrote beside a picture (EXIF 2.32: a TIFF block), cuts the place out of it, and makes a block that says the time only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint orientation; /* 1 to 8; 1: as it is */
  char taken[20];    /* "2026:11:19 09:30:05", the camera's own clock; "": it does not say */
  char offset[7];    /* "+08:00": of that clock from UTC; "": it does not say */
  gboolean has_place;/* there is a GPS block */
} McExif;

/* @tiff: the block without the head "Exif\0\0". FALSE if it is broken: offsets that lead outside, directories that run in a circle. *@exif is then that of no
 * block. Whatever the bytes are, nothing outside them is read. */
gboolean mc_exif_read (const guint8 *tiff, gsize length, McExif *exif);

/* Takes the GPS block and what it points to out of @tiff, which keeps its length. FALSE if that cannot be done surely: then leave the block out. */
gboolean mc_exif_cut_place (guint8 *tiff, gsize length);

/* A block that holds the time it was taken (and its offset from UTC) and nothing else; NULL if @exif does not say it. */
GBytes *mc_exif_new_block (const McExif *exif);

/* The time it was taken in ms since 1970, UTC: by the offset that is written with it, else by @zone. FALSE if it does not say, or says what is no time. */
gboolean mc_exif_get_taken_at (const McExif *exif, GTimeZone *zone, gint64 *taken_at);

G_END_DECLS
