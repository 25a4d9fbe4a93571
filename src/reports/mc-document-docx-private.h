/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between the two files of the .docx writer: its body and its package. */
#pragma once

#include "mc-document-docx-xml.h"
#include "mc-document-docx.h"

G_BEGIN_DECLS

/* All photos of @content in the order of the body, of const McContentPhoto; free the array. The first is "photo1". */
GPtrArray *mc_document_docx_list_photos (const McDocumentContent *content);

G_END_DECLS
