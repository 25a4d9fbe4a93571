/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cell of the list of facilities: follows the row of its item. */
#pragma once

#include <gtk/gtk.h>

#include "mc-facility-item.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FACILITY_COLUMN_NAME,
  MC_FACILITY_COLUMN_KIND,
  MC_FACILITY_COLUMN_AREA,
  MC_FACILITY_COLUMN_CAPACITY,
  MC_FACILITY_COLUMN_RISK,
  MC_FACILITY_COLUMN_LAST_CHECKED,
  MC_FACILITY_COLUMN_GRADE,
} McFacilityColumn;
#define MC_FACILITY_N_COLUMNS (MC_FACILITY_COLUMN_GRADE + 1)

#define MC_TYPE_FACILITY_CELL (mc_facility_cell_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityCell, mc_facility_cell, MC, FACILITY_CELL, GtkWidget)

GtkWidget *mc_facility_cell_new (McFacilityColumn column);

/* @search: the words whose matches in the name are bold. @with_kind: the kind has no column of its own and stands in the name's tooltip. */
void mc_facility_cell_bind (McFacilityCell *self, GtkListItem *list_item, const char *search, gboolean with_kind);
void mc_facility_cell_unbind (McFacilityCell *self);

/* What the cell says when it is pointed at, the whole of what may be shortened; NULL: nothing. Caller frees. */
char *mc_facility_cell_make_tooltip (McFacilityCell *self);

/* The words of the capacity; one line for a screen reader. Caller frees; pure. */
char *mc_facility_row_capacity_text (const McFacilityRow *row);
char *mc_facility_row_describe (const McFacilityRow *row);

G_END_DECLS
