/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lays what a document says out on pages: title, blocks, and what stands on every page. */
#pragma once

#include "mc-document-content.h"
#include "mc-document-flow.h"

G_BEGIN_DECLS

/* Fills @flow (initialised). Pure: the same content gives the same pages. */
void mc_document_lay_out (McFlow *flow, const McDocumentContent *content);

G_END_DECLS
