/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exports the list of facilities that is shown. */
#pragma once

#include "mc-facility.h"
#include "reports/mc-export-strip.h"

G_BEGIN_DECLS

void mc_registry_export (McExportStrip *strip, McPage *page, McFacilityList *list);

G_END_DECLS
