/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fuzz target: whatever the bytes are, a photo's file is read without reading beyond them, and what is kept of it says no place. */
#include <stdint.h>

#include "inspections/mc-picture-private.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Larger ones would only be slow. */
#define MAX_DECODED (256 * 256)

static void
try_exif (const uint8_t *data, size_t size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);
  McExif exif;
  gint64 taken_at;

  if (mc_exif_read (data, size, &exif))
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

      g_assert_true (exif.orientation >= 1 && exif.orientation <= 8);
      mc_exif_get_taken_at (&exif, zone, &taken_at);
    }
  if (size > 0 && mc_exif_cut_place (copy, size))
    g_assert_true (mc_exif_read (copy, size, &exif) && !exif.has_place);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GBytes) kept = NULL;
  McPictureInfo info, again;
  McJpegPieces pieces;

  try_exif (data, size);
  if (mc_jpeg_find_pieces (data, size, &pieces) && pieces.exif_length > 0)
    try_exif (data + pieces.exif_at, pieces.exif_length);
  if (mc_picture_get_format (bytes) == MC_PICTURE_HEIC || !mc_picture_read_info (bytes, &info, NULL))
    return 0;
  kept = mc_picture_without_place (bytes, &info);
  if (kept)
    g_assert_true (mc_picture_read_info (kept, &again, NULL) && !again.exif.has_place);
  if ((guint64) info.width * info.height <= MAX_DECODED)
    {
      g_autoptr (GdkPixbuf) pixbuf = mc_picture_decode (bytes, &info, 16, NULL);

      g_assert_true (!pixbuf || MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf)) <= 16);
    }
  return 0;
}
