/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks and what they found, as a workbook of two sheets. */
#pragma once

#include "mc-workbook-request.h"
#include "standards/mc-standards.h"

G_BEGIN_DECLS

/* @request->rowids: of visits; their findings follow in the same order. @standards (may be NULL) gives the texts of the items. @result may be NULL.
 * Blocks; for a thread of its own. */
gboolean mc_visit_workbook_write (McStore *store, McStandards *standards, const McWorkbookRequest *request, McWorkbookResult *result, GError **error);

/* The same for the window; ended by mc_workbook_request_finish(). */
void mc_visit_workbook_write_async (McStore *store, McStandards *standards, const McWorkbookRequest *request, GAsyncReadyCallback callback,
                                    gpointer user_data);

G_END_DECLS
