/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document: laid out once, so that the print dialog and the PDF have the same pages. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "mc-document-content.h"

G_BEGIN_DECLS

/* Belongs to the thread that made it (its fonts do). */
typedef struct _McDocument McDocument;

McDocument *mc_document_new (McDocumentTemplate *template, McDocumentValues *values);
/* Takes @content. */
McDocument *mc_document_new_from_content (McDocumentContent *content);
void mc_document_free (McDocument *self);

const char *mc_document_get_title (McDocument *self);
const McDocumentContent *mc_document_get_content (McDocument *self);
guint mc_document_get_n_pages (McDocument *self);

/* Width and height of a page in points. */
void mc_document_get_page_size (double *width, double *height);

/* The characters that no font of this machine has, each once; "" if there is none. */
const char *mc_document_get_missing_characters (McDocument *self);

/* FALSE and MC_REPORT_ERROR_GLYPHS, naming them, if there are such characters: before a document is printed. */
gboolean mc_document_check_characters (McDocument *self, GError **error);

/* Page @page (0 is the first), one unit of @cr a point, the page's top left corner at the origin. */
void mc_document_draw_page (McDocument *self, cairo_t *cr, guint page);

/* Writes a PDF: whole and on the disk, or not at all. Refuses characters that no font has. Blocks. */
gboolean mc_document_write_pdf (McDocument *self, const char *path, GCancellable *cancellable, GError **error);

/* The same as .docx, for WPS: whole and on the disk, or not at all. Refuses characters that no font has. Blocks. */
gboolean mc_document_write_docx (McDocument *self, const char *path, GCancellable *cancellable, GError **error);

/* The PDF in memory, as it is kept with what was issued. */
GBytes *mc_document_make_pdf (McDocument *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDocument, mc_document_free)

G_END_DECLS
