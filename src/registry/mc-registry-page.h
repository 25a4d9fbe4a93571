/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of the registers: facilities, inspectors, check matters. */
#pragma once

#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_REGISTRY_PAGE (mc_registry_page_get_type ())
G_DECLARE_FINAL_TYPE (McRegistryPage, mc_registry_page, MC, REGISTRY_PAGE, McPage)

G_END_DECLS
