/* SPDX-License-Identifier: GPL-3.0-or-later
 * Begins a check: place, type, standard, day and people, prefilled. */
#pragma once

#include "mc-visits.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_NEW_VISIT (mc_new_visit_get_type ())
G_DECLARE_FINAL_TYPE (McNewVisit, mc_new_visit, MC, NEW_VISIT, GtkWindow)

/* Signal: "created" (McNewVisit *, const char *id): the visit is on disk. */
GtkWidget *mc_new_visit_new (McPage *page, McStandards *standards, const char *facility);

G_END_DECLS
