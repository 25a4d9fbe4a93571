/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes a document with its number. */
#pragma once

#include "mc-documents.h"

G_BEGIN_DECLS

/* Sets the number of @document (new, of @authority) if this device holds the range, and saves it, in one transaction. The first device that numbers one of a kind in a
 * year holds the range from then on; on any other, and without a pattern, the document is saved to be numbered. Blocks. */
gboolean mc_document_number_save (McStore *store, McRecord *document, const McRecord *authority, const char *word, int year, GError **error);

G_END_DECLS
