/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a list of facilities shows: a query of the database, narrowed by words at each key press, as a list model. */
#pragma once

#include "mc-facility-index.h"
#include "widgets/mc-query-model.h"

G_BEGIN_DECLS

/* Properties: busy. Signals: "updated" (McFacilityModel *): list, sums, or counts are others now; "failed" (…, GError *). */
#define MC_TYPE_FACILITY_MODEL (mc_facility_model_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityModel, mc_facility_model, MC, FACILITY_MODEL, GObject)

/* @today: for the count of places that were not checked for 12 months. */
McFacilityModel *mc_facility_model_new (McStore *store, const GDate *today);

/* Reads: first the rows that a window shows, then all. Strings of @query are copied. */
void mc_facility_model_set_query (McFacilityModel *self, const McFacilityQuery *query);
const McFacilityQuery *mc_facility_model_get_query (McFacilityModel *self);
/* Narrows what was read, at once. */
void mc_facility_model_set_text (McFacilityModel *self, const char *text);
void mc_facility_model_records_changed (McFacilityModel *self, const McChangeSet *changes);
void mc_facility_model_reload (McFacilityModel *self);

/* Patient: once the first rows are there it waits, busy, until mc_facility_model_read_rest() is called: whoever paints them is not to be disturbed. */
void mc_facility_model_set_patient (McFacilityModel *self, gboolean patient);
void mc_facility_model_read_rest (McFacilityModel *self);

McQueryModel *mc_facility_model_get_rows (McFacilityModel *self);     /* of McFacilityItem */
McFacilityList *mc_facility_model_get_list (McFacilityModel *self);   /* what is shown; borrowed; NULL before the first was read */
McAreaTree *mc_facility_model_get_tree (McFacilityModel *self);       /* borrowed; NULL before it is read */
const McFacilityCounts *mc_facility_model_get_counts (McFacilityModel *self);
const char *mc_facility_model_get_since (McFacilityModel *self);      /* ISO date: 12 months ago */
gboolean mc_facility_model_get_busy (McFacilityModel *self);

G_END_DECLS
