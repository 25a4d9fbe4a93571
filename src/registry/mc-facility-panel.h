/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of one facility: its facts with what should be checked, its visits, its history. */
#pragma once

#include <gtk/gtk.h>

#include "mc-area.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "closed" (McFacilityPanel *): its close button; "located" (…, gint64 rowid): which row of the lists the record is. It activates "registry.edit"(s FIELD), "registry.retire", "registry.new-visit" and
 * "win.open-record"((ss)). */
#define MC_TYPE_FACILITY_PANEL (mc_facility_panel_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityPanel, mc_facility_panel, MC, FACILITY_PANEL, GtkWidget)

/* Reads and shows the facility @id; NULL: none. */
void mc_facility_panel_show (McFacilityPanel *self, McSession *session, McAreaTree *tree, const char *id);
const char *mc_facility_panel_get_id (McFacilityPanel *self);
const McRecord *mc_facility_panel_get_record (McFacilityPanel *self); /* as read, with its heads; NULL before that */
void mc_facility_panel_records_changed (McFacilityPanel *self, const McChangeSet *changes);
void mc_facility_panel_step_tab (McFacilityPanel *self, int step);
void mc_facility_panel_show_tab (McFacilityPanel *self, const char *tab); /* "visits", "history"; anything else: the facts */
void mc_facility_panel_focus (McFacilityPanel *self);

G_END_DECLS
