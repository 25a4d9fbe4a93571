/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk: what is to be done today, what comes due, and where this computer stands. */
#pragma once

#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_OVERVIEW_PAGE (mc_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (McOverviewPage, mc_overview_page, MC, OVERVIEW_PAGE, McPage)

G_END_DECLS
