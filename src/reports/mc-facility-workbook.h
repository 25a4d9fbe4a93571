/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register of facilities as a workbook. */
#pragma once

#include "mc-workbook-request.h"

G_BEGIN_DECLS

/* One sheet. @result may be NULL. Blocks; for a thread of its own. */
gboolean mc_facility_workbook_write (McStore *store, const McWorkbookRequest *request, McWorkbookResult *result, GError **error);

/* The same for the window; ended by mc_workbook_request_finish(). */
void mc_facility_workbook_write_async (McStore *store, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
