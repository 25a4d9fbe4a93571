/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record says besides its items: how the check went, who stood for the facility and what they said, how it ended. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit.h"

G_BEGIN_DECLS

/* Signal: "field-changed" (McVisitDetails *, const char *key, McValue *value): of the visit's record. */
#define MC_TYPE_VISIT_DETAILS (mc_visit_details_get_type ())
G_DECLARE_FINAL_TYPE (McVisitDetails, mc_visit_details, MC, VISIT_DETAILS, GtkWidget)

void mc_visit_details_update (McVisitDetails *self, const McVisit *visit, gboolean editable);
/* Emits what typing has not brought out yet. */
void mc_visit_details_flush (McVisitDetails *self);

G_END_DECLS
