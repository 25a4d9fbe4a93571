/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document as .docx, for WPS and Word: the same content as on the pages, with real tables and fields for the page numbers. */
#pragma once

#include <gio/gio.h>

#include "mc-document-content.h"

G_BEGIN_DECLS

/* Whole and on the disk, or not at all. Signatures are not in it: it can be edited, and they are of what was signed. Blocks. */
gboolean mc_document_docx_write (const McDocumentContent *content, const char *path, GCancellable *cancellable, GError **error);

/* The XML of the body, for a test. Caller frees. */
char *mc_document_docx_body (const McDocumentContent *content);

G_END_DECLS
