/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lays a template and its values out on pages: title, blocks, and what stands on every page. */
#pragma once

#include "mc-document-flow.h"
#include "mc-document-template.h"
#include "mc-document-values.h"

G_BEGIN_DECLS

/* Fills @flow (initialised). Pure: the same values give the same pages. */
void mc_document_lay_out (McFlow *flow, McDocumentTemplate *template, McDocumentValues *values);

G_END_DECLS
