/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit as a list shows it: place, day, type and lead, and how far it is. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit-item.h"

G_BEGIN_DECLS

#define MC_TYPE_VISIT_LIST_ROW (mc_visit_list_row_get_type ())
G_DECLARE_FINAL_TYPE (McVisitListRow, mc_visit_list_row, MC, VISIT_LIST_ROW, GtkWidget)

GtkWidget *mc_visit_list_row_new (void);
void mc_visit_list_row_set_row (McVisitListRow *self, const McVisitRow *row); /* NULL: not read yet */

G_END_DECLS
