/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file from a phone is taken whole or refused in words that name it; what is kept is small, upright, and says no place. */
#include "photo-sample.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inspections/mc-finding.h"
#include "inspections/mc-photo-file.h"
#include "inspections/mc-picture.h"

static McPhotoFile *
read_path (const char *path, gboolean keep_original, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("+08:00");

  return mc_photo_file_read (file, keep_original, zone, NULL, error);
}

static McPhotoFile *
read_sample (const char *name, gboolean keep_original)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  McPhotoFile *file = read_path (path, keep_original, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->name, ==, name);
  return file;
}

static void
assert_kept (const McPhotoFile *file, const char *quarters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autofree char *found = NULL;
  McPictureInfo info;

  g_assert_true (mc_picture_read_info (file->bytes, &info, &error));
  g_assert_cmpstr (mc_picture_format_code (info.format), ==, file->format);
  g_assert_false (info.exif.has_place);
  pixbuf = mc_picture_decode (file->bytes, &info, 0, &error);
  g_assert_no_error (error);
  found = read_quarters (pixbuf);
  g_assert_cmpstr (found, ==, quarters);
  g_assert_cmpuint (file->width, ==, (guint) gdk_pixbuf_get_width (pixbuf));
  g_assert_cmpuint (file->height, ==, (guint) gdk_pixbuf_get_height (pixbuf));
}

static void
test_taken (void)
{
  static const struct { const char *name, *quarters; gboolean keep; const char *format; gboolean kept; gint64 taken_at; } cases[] = {
    { "turned-6.jpg", "BRWG", FALSE, "jpeg", FALSE, 1795051805000 },
    { "turned-6.jpg", "BRWG", TRUE, "jpeg", TRUE, 1795051805000 },
    { "phone.jpg", "RGBW", TRUE, "jpeg", TRUE, 1795051805000 },
    { "place-over-itself.jpg", "BRWG", TRUE, "jpeg", FALSE, 0 },
    { "no-place.jpg", "RGBW", FALSE, "jpeg", FALSE, 1795051805000 },
    { "no-time.jpg", "RGBW", FALSE, "jpeg", FALSE, 0 },
    { "places.png", "RGBW", TRUE, "png", TRUE, 1795051805000 },
    { "alpha.png", "RWWW", FALSE, "jpeg", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McPhotoFile) file = read_sample (cases[i].name, cases[i].keep);
      g_autoptr (GBytes) received = sample_bytes (cases[i].name);
      g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, received);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (file->received_digest, ==, digest);
      g_assert_cmpstr (file->format, ==, cases[i].format);
      g_assert_cmpint (file->original_kept, ==, cases[i].kept);
      g_assert_cmpint (file->has_taken_at, ==, cases[i].taken_at != 0);
      g_assert_cmpint (file->taken_at, ==, cases[i].taken_at);
      assert_kept (file, cases[i].quarters);
    }
}

static void
test_made_smaller (void)
{
  g_autoptr (GdkPixbuf) large = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 4000, 3000);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McPhotoFile) file = NULL;
  g_autoptr (McPhotoFile) original = NULL;

  gdk_pixbuf_fill (large, 0x336699ff);
  bytes = mc_picture_encode_jpeg (large, NULL, NULL, &error);
  file = mc_photo_file_new (bytes, "large.jpg", FALSE, zone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->width, ==, MC_PHOTO_MAX_SIDE);
  g_assert_cmpuint (file->height, ==, 1920);
  original = mc_photo_file_new (bytes, "large.jpg", TRUE, zone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (original->width, ==, 4000);
}

static void
assert_refused (const char *path, gboolean keep_original, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_path_get_basename (path);

  g_assert_null (read_path (path, keep_original, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, base));
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "Nothing was added"));
}

static void
test_broken_is_refused (void)
{
  static const char *const names[] = { "truncated.jpg", "cut-short.jpg", "half.jpg", "damaged.jpg", "truncated.png", "damaged.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = sample_path (names[i]);

      assert_refused (path, FALSE, "damaged or not complete");
      /* Kept data are decoded too. */
      assert_refused (path, TRUE, "damaged or not complete");
    }
}

/* 200 MB: both numbers, and not read. */
static void
test_too_large (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mingcha-photo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "film.jpg", NULL);
  gint64 began = g_get_monotonic_time ();

  g_assert_true (g_file_set_contents (path, "\xff\xd8\xff", 3, NULL));
  g_assert_cmpint (truncate (path, 200 * 1024 * 1024), ==, 0);
  assert_refused (path, FALSE, "200 MB");
  assert_refused (path, FALSE, "64 MB");
  g_test_message ("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_no_plain_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mingcha-photo-XXXXXX", NULL);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe.jpg", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.jpg", NULL);

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (pipe_path, FALSE, "is no file");
  assert_refused (folder, FALSE, "is no file");
  assert_refused (missing, FALSE, "There is no file");
  g_assert_cmpint (g_unlink (pipe_path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* A phone that is taken away while it is read gives an error, or an end that comes too early. /proc and /sys have files that do the same. */
static void
test_unplugged (void)
{
  static const char *const short_files[] = { "/sys/kernel/mm/transparent_hugepage/enabled", "/sys/devices/system/cpu/online", "/sys/class/net/lo/mtu" };
  const char *short_file = NULL;

  assert_refused ("/proc/self/mem", FALSE, "taken out");
  for (guint i = 0; i < G_N_ELEMENTS (short_files) && !short_file; i++)
    if (g_file_test (short_files[i], G_FILE_TEST_IS_REGULAR))
      short_file = short_files[i];
  if (short_file)
    assert_refused (short_file, FALSE, "taken out");
  else
    g_test_skip ("no file of /sys that ends early");
}

static void
test_cancelled (void)
{
  g_autofree char *path = sample_path ("phone.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (mc_photo_file_read (file, FALSE, zone, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/photo-file/taken", test_taken);
  g_test_add_func ("/inspections/photo-file/made-smaller", test_made_smaller);
  g_test_add_func ("/inspections/photo-file/broken-is-refused", test_broken_is_refused);
  g_test_add_func ("/inspections/photo-file/too-large-names-both-numbers", test_too_large);
  g_test_add_func ("/inspections/photo-file/no-plain-file", test_no_plain_file);
  g_test_add_func ("/inspections/photo-file/unplugged-is-an-error", test_unplugged);
  g_test_add_func ("/inspections/photo-file/cancelled", test_cancelled);
  return g_test_run ();
}
