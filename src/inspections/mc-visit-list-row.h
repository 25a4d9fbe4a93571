/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit as a list shows it: place, day, type and lead, and how far it is; or what follows from one of its findings. */
#pragma once

#include <gtk/gtk.h>

#include "mc-follow-up-item.h"
#include "mc-visit-item.h"

G_BEGIN_DECLS

/* Signal: "recheck" (McVisitListRow *): the person wants to see whether it was corrected. */
#define MC_TYPE_VISIT_LIST_ROW (mc_visit_list_row_get_type ())
G_DECLARE_FINAL_TYPE (McVisitListRow, mc_visit_list_row, MC, VISIT_LIST_ROW, GtkWidget)

GtkWidget *mc_visit_list_row_new (void);
void mc_visit_list_row_set_row (McVisitListRow *self, const McVisitRow *row); /* NULL: not read yet */

/* @today: ISO date, for what is left. @may_recheck FALSE: nothing can be saved. */
void mc_visit_list_row_set_follow_up (McVisitListRow *self, McFollowUpItem *item, const char *today, gboolean may_recheck);
const McFollowUpRow *mc_visit_list_row_get_follow_up (McVisitListRow *self); /* NULL: it shows a visit */

/* A card: the name whole, the state below it. Else a line. */
void mc_visit_list_row_set_card (McVisitListRow *self, gboolean card);

G_END_DECLS
