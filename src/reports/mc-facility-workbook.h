/* SPDX-License-Identifier: GPL-3.0-or-later
 * The register of facilities as a workbook. */
#pragma once

#include "mc-workbook-request.h"

G_BEGIN_DECLS

/* One sheet. @result may be NULL. Blocks; for a thread of its own. */
gboolean mc_facility_workbook_write (McStore *store, const McWorkbookRequest *request, McWorkbookResult *result, GError **error);

G_END_DECLS
