/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PDF gets a photo's JPEG itself, whatever rectangle it is drawn into. */
#include "reports/mc-document-image.h"

#include <cairo-pdf.h>
#include <string.h>

static GBytes *
sample (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "inspections", "photos", "turned-1.jpg", NULL);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
test_pdf_holds_the_jpeg (void)
{
  static const double places[][4] = { { 0, 0, 48, 32 }, { 56.7, 71.3, 233.9, 155.9 }, { 10.01, 20.02, 33.33, 22.22 } };
  g_autoptr (GBytes) bytes = sample ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentImage) image = mc_document_image_new (bytes, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GByteArray) pdf = g_byte_array_new ();
      cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, pdf, 595.28, 841.89);
      cairo_t *cr = cairo_create (surface);

      mc_document_image_draw (image, cr, places[i][0], places[i][1], places[i][2], places[i][3]);
      cairo_destroy (cr);
      cairo_surface_finish (surface);
      g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
      cairo_surface_destroy (surface);
      g_assert_nonnull (memmem (pdf->data, pdf->len, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/document-image/pdf-holds-the-jpeg", test_pdf_holds_the_jpeg);
  return g_test_run ();
}
