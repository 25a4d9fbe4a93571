/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the pages of a document as they are printed, one under the other. */
#pragma once

#include <gtk/gtk.h>

#include "mc-document.h"

G_BEGIN_DECLS

#define MC_TYPE_DOCUMENT_VIEW (mc_document_view_get_type ())
G_DECLARE_FINAL_TYPE (McDocumentView, mc_document_view, MC, DOCUMENT_VIEW, GtkWidget)

GtkWidget *mc_document_view_new (void);

/* Takes @document (NULL: none). */
void mc_document_view_take_document (McDocumentView *self, McDocument *document);
/* Borrowed; NULL if there is none. */
McDocument *mc_document_view_get_document (McDocumentView *self);

/* How wide a page is drawn, in pixels. */
void mc_document_view_set_page_width (McDocumentView *self, int width);

G_END_DECLS
