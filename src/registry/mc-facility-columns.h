/* SPDX-License-Identifier: GPL-3.0-or-later
 * The columns of the list of facilities: their widths, their order, and which of them fit. */
#pragma once

#include <gtk/gtk.h>

#include "mc-facility.h"

G_BEGIN_DECLS

/* The columns of one list. Its cells follow their item's row. */
#define MC_TYPE_FACILITY_COLUMNS (mc_facility_columns_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityColumns, mc_facility_columns, MC, FACILITY_COLUMNS, GObject)

/* Appends the columns to @view, sorted by area. */
McFacilityColumns *mc_facility_columns_new (GtkColumnView *view);

/* The words whose matches are bold in cells that are bound from now on. */
void mc_facility_columns_set_search (McFacilityColumns *self, const char *text);

/* Shows the columns that fit into @width pixels where the main text has @em. From narrow to wide they come back in this order: name; area; risk; last check; capacity;
 * grade; kind. A hidden kind stands in the name's tooltip. */
void mc_facility_columns_fit (McFacilityColumns *self, int width, double em);

/* What the header says by which column, and which way round. */
void mc_facility_columns_get_sort (McFacilityColumns *self, McFacilitySort *sort, gboolean *descending);

G_END_DECLS
