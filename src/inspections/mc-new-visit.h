/* SPDX-License-Identifier: GPL-3.0-or-later
 * Begins a check: place, type, standard, day and people, prefilled. */
#pragma once

#include "mc-visits.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Signals: "created" (McNewVisit *, const char *id): the visit is on disk; "cancelled" (McNewVisit *). */
#define MC_TYPE_NEW_VISIT (mc_new_visit_get_type ())
G_DECLARE_FINAL_TYPE (McNewVisit, mc_new_visit, MC, NEW_VISIT, GtkWidget)

/* Begins anew. @page: borrowed; @facility: id, NULL: to be chosen. */
void mc_new_visit_begin (McNewVisit *self, McPage *page, McStandards *standards, const char *facility);

/* After mc_new_visit_begin(): a re-check of what this visit (id) found. */
void mc_new_visit_set_recheck (McNewVisit *self, const char *visit);

G_END_DECLS
