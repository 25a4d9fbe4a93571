/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages as lists of what is drawn on them: made once, counted, then drawn to any cairo context. */
#pragma once

#include <pango/pangocairo.h>

#include "mc-document-image.h"

G_BEGIN_DECLS

/* Points; A4. */
#define MC_PAGE_WIDTH (210.0 * 72.0 / 25.4)
#define MC_PAGE_HEIGHT (297.0 * 72.0 / 25.4)
#define MC_MM(mm) ((mm) * 72.0 / 25.4)

typedef struct _McDocumentPages McDocumentPages;

McDocumentPages *mc_document_pages_new (void);
void mc_document_pages_free (McDocumentPages *self);

void mc_document_pages_add_page (McDocumentPages *self);
guint mc_document_pages_get_n_pages (McDocumentPages *self);

/* On page @page (0 is the first). @x: left end; @baseline: from the top. */
void mc_document_pages_add_line (McDocumentPages *self, guint page, PangoLayout *layout, guint line, double x, double baseline);
void mc_document_pages_add_rule (McDocumentPages *self, guint page, double x1, double y1, double x2, double y2, double width);
void mc_document_pages_add_box (McDocumentPages *self, guint page, double x, double y, double width, double height);

/* @image over all of the box. */
void mc_document_pages_add_image (McDocumentPages *self, guint page, McDocumentImage *image, double x, double y, double width, double height);

/* @layout across the whole page, behind everything else. */
void mc_document_pages_add_mark (McDocumentPages *self, guint page, PangoLayout *layout);

/* Draws with one unit a point, the page's top left corner at the origin. */
void mc_document_pages_draw (McDocumentPages *self, guint page, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocumentPages, mc_document_pages_free)

G_END_DECLS
