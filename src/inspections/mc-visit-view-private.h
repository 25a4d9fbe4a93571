/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the actions of a visit need of its view. */
#pragma once

#include "mc-visit-view.h"

G_BEGIN_DECLS

McPage *mc_visit_view_get_page (McVisitView *self);
const char *mc_visit_view_get_inspector (McVisitView *self); /* or NULL */

/* The amended visit, not saved; NULL: no amendment is being made. */
McVisit *mc_visit_view_get_draft (McVisitView *self);
void mc_visit_view_set_draft (McVisitView *self, McVisit *draft);

/* Goes to an item. */
void mc_visit_view_go_to (McVisitView *self, guint index);

void mc_visit_actions_install (GtkWidgetClass *widget_class);
/* @complete: nothing holds back the finalising. */
void mc_visit_actions_update (McVisitView *self, gboolean complete);

G_END_DECLS
