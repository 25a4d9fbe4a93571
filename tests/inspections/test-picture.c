/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures come out upright and whole, or are refused in words; what is kept of an original says no place. */
#include "photo-sample.h"

#include <string.h>

#include "inspections/mc-finding.h"
#include "inspections/mc-picture.h"

static GdkPixbuf *
decode (const char *name, guint max_side)
{
  g_autoptr (GBytes) bytes = sample_bytes (name);
  g_autoptr (GError) error = NULL;
  McPictureInfo info;
  GdkPixbuf *pixbuf;

  g_assert_true (mc_picture_read_info (bytes, &info, &error));
  g_assert_no_error (error);
  pixbuf = mc_picture_decode (bytes, &info, max_side, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_n_channels (pixbuf), ==, 3);
  return pixbuf;
}

/* As gdk-pixbuf turns it, which others have tried. */
static void
test_upright (void)
{
  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autofree char *name = g_strdup_printf ("turned-%u.jpg", orientation);
      g_autofree char *path = sample_path (name);
      g_autoptr (GdkPixbuf) lying = gdk_pixbuf_new_from_file (path, NULL);
      g_autoptr (GdkPixbuf) expected = gdk_pixbuf_apply_embedded_orientation (lying);
      g_autoptr (GdkPixbuf) pixbuf = decode (name, 0);
      g_autofree char *wanted = read_quarters (expected);
      g_autofree char *found = read_quarters (pixbuf);

      g_test_message ("%s: %s", name, found);
      g_assert_null (strchr (found, '?'));
      g_assert_cmpstr (found, ==, wanted);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, orientation < 5 ? 48 : 32);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, orientation < 5 ? 32 : 48);
    }
}

static void
test_kinds (void)
{
  static const struct { const char *name, *quarters; } cases[] = {
    { "plain.jpg", "RGBW" }, { "progressive.jpg", "RGBW" }, { "cmyk.jpg", "RGBW" }, { "big-endian.jpg", "BRWG" },
    { "circle.jpg", "RGBW" }, { "exif-short.jpg", "RGBW" }, { "phone.jpg", "RGBW" },
    { "plain.png", "RGBW" }, { "interlaced.png", "RGBW" }, { "palette.png", "RGBW" }, { "animated.png", "RGBW" },
    { "turned-6.png", "BRWG" }, { "alpha.png", "RWWW" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = decode (cases[i].name, 0);
      g_autofree char *found = read_quarters (pixbuf);

      g_test_message ("%s: %s", cases[i].name, found);
      g_assert_cmpstr (found, ==, cases[i].quarters);
    }
}

static void
test_small_and_grey (void)
{
  g_autoptr (GdkPixbuf) pixel = decode ("one-pixel.jpg", 2560);
  g_autoptr (GdkPixbuf) grey = decode ("grey.jpg", 0);
  g_autoptr (GdkPixbuf) deep = decode ("grey-16.png", 0);
  const guint8 *colour = gdk_pixbuf_read_pixels (grey);

  g_assert_cmpint (gdk_pixbuf_get_width (pixel), ==, 1);
  g_assert_cmpint (gdk_pixbuf_get_height (pixel), ==, 1);
  g_assert_cmpuint (colour[0], ==, colour[1]);
  g_assert_cmpuint (colour[1], ==, colour[2]);
  g_assert_cmpint (gdk_pixbuf_get_width (deep), ==, 48);
}

static void
test_made_smaller (void)
{
  static const char *const names[] = { "turned-6.jpg", "turned-6.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint side = 1; side <= 60; side += 7)
      {
        g_autoptr (GdkPixbuf) pixbuf = decode (names[i], side);

        g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, (int) MIN (side, 48));
        g_assert_cmpint (ABS (gdk_pixbuf_get_width (pixbuf) * 3 - gdk_pixbuf_get_height (pixbuf) * 2), <=, 3);
      }
}

/* Refused while its head is read or while it is decoded, with what is wrong. */
static void
test_refused (void)
{
  static const struct { const char *name, *words; } cases[] = {
    { "truncated.jpg", "not complete" }, { "cut-short.jpg", "not complete" }, { "half.jpg", "not complete" }, { "damaged.jpg", "not complete" },
    { "truncated.png", "not complete" }, { "damaged.png", "not complete" },
    { "empty.jpg", "no photo" }, { "text.jpg", "no photo" }, { "gif.jpg", "GIF" }, { "film.heic", "MOV" },
    { "400-megapixels.jpg", "20000 × 20000 pixels (400 million); at most 200 million" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = sample_bytes (cases[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkPixbuf) pixbuf = NULL;
      McPictureInfo info;

      if (mc_picture_read_info (bytes, &info, &error))
        pixbuf = mc_picture_decode (bytes, &info, 0, &error);
      g_assert_null (pixbuf);
      g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
      g_test_message ("%s: %s", cases[i].name, error->message);
      g_assert_nonnull (strstr (error->message, cases[i].words));
    }
}

static void
test_written_again (void)
{
  g_autoptr (GdkPixbuf) pixbuf = decode ("turned-6.jpg", 0);
  g_autoptr (GdkPixbuf) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) exif = mc_exif_new_block (&(McExif) { 1, "2026:11:19 09:30:05", "+08:00", FALSE });
  g_autoptr (GBytes) bytes = mc_picture_encode_jpeg (pixbuf, exif, NULL, &error);
  g_autofree char *before = read_quarters (pixbuf);
  g_autofree char *after = NULL;
  McPictureInfo info;

  g_assert_no_error (error);
  g_assert_true (mc_picture_read_info (bytes, &info, &error));
  g_assert_cmpuint (info.width, ==, 32);
  g_assert_cmpuint (info.exif.orientation, ==, 1);
  g_assert_cmpstr (info.exif.taken, ==, "2026:11:19 09:30:05");
  g_assert_false (info.exif.has_place);
  again = mc_picture_decode (bytes, &info, 0, &error);
  g_assert_no_error (error);
  after = read_quarters (again);
  g_assert_cmpstr (after, ==, before);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)) != NULL;
}

/* The picture's own data are the same byte by byte; nothing says where it was taken; nothing stands after it. */
static void
test_original_without_place (void)
{
  g_autoptr (GBytes) original = sample_bytes ("phone.jpg");
  g_autoptr (GBytes) plain = sample_bytes ("plain.jpg");
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) png = sample_bytes ("places.png");
  g_autoptr (GBytes) kept_png = NULL;
  g_autoptr (GError) error = NULL;
  McPictureInfo info;
  gsize length = g_bytes_get_size (plain) - 20;

  g_assert_true (mc_picture_read_info (original, &info, &error));
  g_assert_true (info.exif.has_place);
  kept = mc_picture_without_place (original, &info);
  g_assert_true (mc_picture_read_info (kept, &info, &error));
  g_assert_false (info.exif.has_place);
  g_assert_cmpstr (info.exif.taken, ==, "2026:11:19 09:30:05");
  g_assert_true (holds (kept, "Telephone"));
  g_assert_false (holds (kept, "GPSLatitude"));
  g_assert_false (holds (kept, "30.75N"));
  g_assert_cmpuint (g_bytes_get_size (kept), <, g_bytes_get_size (original) / 2 + 200);
  g_assert_nonnull (memmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), (const char *) g_bytes_get_data (plain, NULL) + 20, length));

  g_assert_true (mc_picture_read_info (png, &info, &error));
  kept_png = mc_picture_without_place (png, &info);
  g_assert_true (mc_picture_read_info (kept_png, &info, &error));
  g_assert_false (holds (kept_png, "30.75N"));
  g_assert_false (holds (kept_png, "eXIf"));
}

/* Where the place cannot be cut out and the rest is needed, there is no such form. */
static void
test_original_that_cannot_be_kept (void)
{
  static const char *const names[] = { "place-over-itself.jpg", "turned-6.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) bytes = sample_bytes (names[i]);
      McPictureInfo info;

      g_assert_true (mc_picture_read_info (bytes, &info, NULL));
      g_assert_null (mc_picture_without_place (bytes, &info));
    }
}

static void
test_heic (void)
{
  g_autoptr (GBytes) bytes = sample_bytes ("phone.heic");
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *quarters = NULL;
  McPictureInfo info;

  g_assert_cmpint (mc_picture_get_format (bytes), ==, MC_PICTURE_HEIC);
  if (!mc_picture_can_read_heic ())
    {
      g_assert_false (mc_picture_read_info (bytes, &info, &error));
      g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, "HEIC"));
      g_test_skip ("no decoder of HEIC is installed; it was refused in words");
      return;
    }
  g_assert_true (mc_picture_read_info (bytes, &info, &error));
  g_assert_cmpuint (info.width, ==, 128);
  g_assert_cmpstr (info.exif.taken, ==, "2026:11:19 09:30:05");
  pixbuf = mc_picture_decode (bytes, &info, 64, &error);
  g_assert_no_error (error);
  quarters = read_quarters (pixbuf);
  g_assert_cmpstr (quarters, ==, "RGBW");
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/picture/upright", test_upright);
  g_test_add_func ("/inspections/picture/kinds", test_kinds);
  g_test_add_func ("/inspections/picture/small-and-grey", test_small_and_grey);
  g_test_add_func ("/inspections/picture/made-smaller", test_made_smaller);
  g_test_add_func ("/inspections/picture/refused-in-words", test_refused);
  g_test_add_func ("/inspections/picture/written-again", test_written_again);
  g_test_add_func ("/inspections/picture/original-without-place", test_original_without_place);
  g_test_add_func ("/inspections/picture/original-that-cannot-be-kept", test_original_that_cannot_be_kept);
  g_test_add_func ("/inspections/picture/heic", test_heic);
  return g_test_run ();
}
