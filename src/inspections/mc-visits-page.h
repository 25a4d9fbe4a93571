/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of checks: the list of visits, and the checklist of the one that is open. */
#pragma once

#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Actions: "visits.new"(s FACILITY_ID or ""): begins a new check. open_record() takes ("visit", ID). */
#define MC_TYPE_VISITS_PAGE (mc_visits_page_get_type ())
G_DECLARE_FINAL_TYPE (McVisitsPage, mc_visits_page, MC, VISITS_PAGE, McPage)

G_END_DECLS
