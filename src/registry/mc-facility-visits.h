/* SPDX-License-Identifier: GPL-3.0-or-later
 * The checks of one facility, newest first, with the button that begins the next one. */
#pragma once

#include <gtk/gtk.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "updated" (McFacilityVisits *): they were read; "failed" (…, GError *). It activates "registry.new-visit" and "win.open-record"((ss)). */
#define MC_TYPE_FACILITY_VISITS (mc_facility_visits_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityVisits, mc_facility_visits, MC, FACILITY_VISITS, GtkWidget)

/* @facility: NULL: none. @joined: of McFacilityTie, whose checks belong to it too; may be NULL. Reads again each time. */
void mc_facility_visits_load (McFacilityVisits *self, McStore *store, const char *facility, GPtrArray *joined);

/* Open findings of the finished checks that were read. */
guint mc_facility_visits_get_n_open_findings (McFacilityVisits *self);

G_END_DECLS
