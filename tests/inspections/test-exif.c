/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a camera wrote is read in both orders of bytes, the place goes, and what leads nowhere is refused. */
#include "photo-sample.h"

#include <string.h>

#include "inspections/mc-picture-private.h"

/* The EXIF block of a JPEG; free with g_bytes_unref. */
static GBytes *
block_of (const char *name)
{
  g_autoptr (GBytes) file = sample_bytes (name);
  McJpegPieces pieces;

  g_assert_true (mc_jpeg_find_pieces (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &pieces));
  g_assert_cmpuint (pieces.exif_length, >, 0);
  return g_bytes_new_from_bytes (file, pieces.exif_at, pieces.exif_length);
}

static void
test_read (void)
{
  static const struct { const char *name; guint orientation; const char *taken, *offset; gboolean place; } cases[] = {
    { "turned-1.jpg", 1, "2026:11:19 09:30:05", "+08:00", TRUE },
    { "turned-8.jpg", 8, "2026:11:19 09:30:05", "+08:00", TRUE },
    { "big-endian.jpg", 6, "2026:11:19 09:30:05", "+08:00", TRUE },
    { "no-place.jpg", 1, "2026:11:19 09:30:05", "", FALSE },
    { "no-time.jpg", 1, "0000:00:00 00:00:00", "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) block = block_of (cases[i].name);
      McExif exif;

      g_test_message ("%s", cases[i].name);
      g_assert_true (mc_exif_read (g_bytes_get_data (block, NULL), g_bytes_get_size (block), &exif));
      g_assert_cmpuint (exif.orientation, ==, cases[i].orientation);
      g_assert_cmpstr (exif.taken, ==, cases[i].taken);
      g_assert_cmpstr (exif.offset, ==, cases[i].offset);
      g_assert_cmpint (exif.has_place, ==, cases[i].place);
    }
}

static void
test_broken (void)
{
  static const char *const names[] = { "circle.jpg", "exif-short.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) block = block_of (names[i]);
      g_autoptr (GByteArray) copy = g_bytes_unref_to_array (g_bytes_ref (block));
      McExif exif;

      g_test_message ("%s", names[i]);
      g_assert_false (mc_exif_read (copy->data, copy->len, &exif));
      g_assert_cmpuint (exif.orientation, ==, 1);
      g_assert_cmpstr (exif.taken, ==, "");
      g_assert_false (mc_exif_cut_place (copy->data, copy->len));
    }
}

static void
test_place_is_cut (void)
{
  static const char *const names[] = { "turned-6.jpg", "big-endian.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) block = block_of (names[i]);
      g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (block, NULL), g_bytes_get_size (block));
      gsize length = g_bytes_get_size (block);
      McExif before, after;

      g_assert_true (mc_exif_read (copy, length, &before));
      g_assert_true (mc_exif_cut_place (copy, length));
      g_assert_true (mc_exif_read (copy, length, &after));
      g_assert_false (after.has_place);
      g_assert_cmpuint (after.orientation, ==, 6);
      g_assert_cmpstr (after.taken, ==, before.taken);
      /* The degrees (30, 45, 12, each over 1) are nowhere in it any more, in neither order. */
      g_assert_null (memmem (copy, length, "\0\0\0\1\0\0\0\x2d", 8));
      g_assert_null (memmem (copy, length, "\1\0\0\0\x2d\0\0\0", 8));
      g_assert_nonnull (memmem (copy, length, "Telephone", 9));
    }
}

static void
test_cutting_never_destroys (void)
{
  g_autoptr (GBytes) block = block_of ("place-over-itself.jpg");
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (block, NULL), g_bytes_get_size (block));

  g_assert_false (mc_exif_cut_place (copy, g_bytes_get_size (block)));
}

static void
test_new_block_says_the_time_only (void)
{
  static const char *const offsets[] = { "", "+08:00" };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      McExif exif = { 6, "2026:11:19 09:30:05", "", TRUE };
      McExif read;
      g_autoptr (GBytes) block = NULL;

      g_strlcpy (exif.offset, offsets[i], sizeof exif.offset);
      block = mc_exif_new_block (&exif);
      g_assert_true (mc_exif_read (g_bytes_get_data (block, NULL), g_bytes_get_size (block), &read));
      g_assert_cmpstr (read.taken, ==, exif.taken);
      g_assert_cmpstr (read.offset, ==, exif.offset);
      g_assert_cmpuint (read.orientation, ==, 1);
      g_assert_false (read.has_place);
    }
  g_assert_null (mc_exif_new_block (&(McExif) { 1, "", "", FALSE }));
}

static void
test_time (void)
{
  static const struct { const char *taken, *offset; gint64 expected; } cases[] = {
    { "2026:11:19 09:30:05", "+08:00", 1795051805000 },
    { "2026:11:19 09:30:05", "-01:00", 1795084205000 },
    { "2026:11:19 09:30:05", "", 1795051805000 }, /* by the zone that is given */
    { "0000:00:00 00:00:00", "", 0 },
    { "1979:12:31 23:59:59", "", 0 },
    { "2026:02:30 09:30:05", "", 0 },
    { "2026:11:19 24:30:05", "", 0 },
    { "", "", 0 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+08:00");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McExif exif = { 1, "", "", FALSE };
      gint64 taken_at = 0;

      g_strlcpy (exif.taken, cases[i].taken, sizeof exif.taken);
      g_strlcpy (exif.offset, cases[i].offset, sizeof exif.offset);
      g_test_message ("%s%s", exif.taken, exif.offset);
      g_assert_cmpint (mc_exif_get_taken_at (&exif, zone, &taken_at), ==, cases[i].expected != 0);
      g_assert_cmpint (taken_at, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/exif/read", test_read);
  g_test_add_func ("/inspections/exif/broken-is-none", test_broken);
  g_test_add_func ("/inspections/exif/place-is-cut", test_place_is_cut);
  g_test_add_func ("/inspections/exif/cutting-never-destroys", test_cutting_never_destroys);
  g_test_add_func ("/inspections/exif/new-block-says-the-time-only", test_new_block_says_the_time_only);
  g_test_add_func ("/inspections/exif/time", test_time);
  return g_test_run ();
}
