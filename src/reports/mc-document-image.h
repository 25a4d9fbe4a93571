/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture in a document: a photo (JPEG) or a signature (PNG). A PDF gets the JPEG as it is, a screen the pixels it needs. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Reference counted; for one thread at a time. */
typedef struct _McDocumentImage McDocumentImage;

/* MC_REPORT_ERROR_INPUT if @bytes are neither a JPEG nor a PNG, or are broken. A JPEG's pixels are not decoded before they are drawn. */
McDocumentImage *mc_document_image_new (GBytes *bytes, GError **error);
McDocumentImage *mc_document_image_ref (McDocumentImage *self);
void mc_document_image_unref (McDocumentImage *self);

/* In pixels. */
void mc_document_image_get_size (McDocumentImage *self, int *width, int *height);
GBytes *mc_document_image_get_bytes (McDocumentImage *self);
gboolean mc_document_image_is_jpeg (McDocumentImage *self);

/* As large as fits into @width × @height, in the middle of them. */
void mc_document_image_fit (McDocumentImage *self, double width, double height, double *fit_width, double *fit_height);

/* Draws it over all of the rectangle. */
void mc_document_image_draw (McDocumentImage *self, cairo_t *cr, double x, double y, double width, double height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentImage, mc_document_image_unref)

G_END_DECLS
