/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of facilities: search as you type, filters, the table, and the sums of what is shown. */
#pragma once

#include <gtk/gtk.h>

#include "mc-facility.h"

G_BEGIN_DECLS

/* Property: busy (something is being read).
 * Signals: "opened" (McFacilityListView *, const char *id): Enter, a click; "selected" (…, const char *id): the selection moved;
 * "updated": other facilities are shown now. */
#define MC_TYPE_FACILITY_LIST_VIEW (mc_facility_list_view_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityListView, mc_facility_list_view, MC, FACILITY_LIST_VIEW, GtkWidget)

/* @today: for "not checked for 12 months". */
void mc_facility_list_view_set_store (McFacilityListView *self, McStore *store, const GDate *today);
void mc_facility_list_view_records_changed (McFacilityListView *self, const McChangeSet *changes);

McAreaTree *mc_facility_list_view_get_tree (McFacilityListView *self);     /* borrowed; NULL before it is read */
McFacilityList *mc_facility_list_view_get_list (McFacilityListView *self); /* what is shown, in its order; borrowed; NULL before it is read */
const McFacilityCounts *mc_facility_list_view_get_counts (McFacilityListView *self);
const char *mc_facility_list_view_get_area (McFacilityListView *self);     /* the area filtered by, or NULL */

void mc_facility_list_view_search (McFacilityListView *self, const char *text); /* focuses the entry; @text may be NULL */
void mc_facility_list_view_focus_list (McFacilityListView *self);
/* Selects the row of a record that was opened elsewhere and scrolls to it; one that is not in the list selects none. */
void mc_facility_list_view_select (McFacilityListView *self, gint64 rowid);
void mc_facility_list_view_unselect (McFacilityListView *self);

G_END_DECLS
