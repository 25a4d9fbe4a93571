/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pictures of photos/ (make-photos.py), and what they show: red, green, blue and white quarters, 48 × 32. */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib.h>

static inline char *
sample_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "inspections", "photos", name, NULL);
}

static inline GBytes *
sample_bytes (const char *name)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

/* 'R', 'G', 'B', 'W', or '?' in the middle of the quarter at @column, @row (0 or 1). */
static inline char
quarter_at (GdkPixbuf *pixbuf, int column, int row)
{
  int x = gdk_pixbuf_get_width (pixbuf) * (2 * column + 1) / 4, y = gdk_pixbuf_get_height (pixbuf) * (2 * row + 1) / 4;
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * gdk_pixbuf_get_n_channels (pixbuf);
  guint bits = (pixel[0] > 160 ? 4u : 0u) | (pixel[1] > 160 ? 2u : 0u) | (pixel[2] > 160 ? 1u : 0u);

  return "?BG?R??W"[bits];
}

/* The quarters, row by row. */
static inline char *
read_quarters (GdkPixbuf *pixbuf)
{
  return g_strdup_printf ("%c%c%c%c", quarter_at (pixbuf, 0, 0), quarter_at (pixbuf, 1, 0), quarter_at (pixbuf, 0, 1), quarter_at (pixbuf, 1, 1));
}
