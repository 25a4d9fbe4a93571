/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person must decide before a visit goes on: two edits that disagree, and late changes of a finalised visit. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visits.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Fills @box: one McConflictRow for each field in conflict, one card for each late change, a line if the record was written by a newer version, a line
 * for what the standard says of itself. What is there already is kept. */
void mc_visit_notices_update (GtkBox *box, McPage *page, McStandards *standards, McVisit *visit);

G_END_DECLS
