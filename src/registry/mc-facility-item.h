/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row of a list of facilities: its row number at once, its values when they are read. */
#pragma once

#include "mc-facility.h"

G_BEGIN_DECLS

/* Property: row (McFacilityRow; NULL until it is read, or when the facility is gone). */
#define MC_TYPE_FACILITY_ITEM (mc_facility_item_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityItem, mc_facility_item, MC, FACILITY_ITEM, GObject)

McFacilityItem *mc_facility_item_new (gint64 rowid, McFacilityRow *row); /* @row may be NULL; a reference is taken */
gint64 mc_facility_item_get_rowid (McFacilityItem *self);
McFacilityRow *mc_facility_item_get_row (McFacilityItem *self); /* borrowed; may be NULL */
void mc_facility_item_set_row (McFacilityItem *self, McFacilityRow *row);

G_END_DECLS
