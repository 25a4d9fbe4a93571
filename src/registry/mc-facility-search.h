/* SPDX-License-Identifier: GPL-3.0-or-later
 * Answers a chooser with facilities of the register, and with their operators. */
#pragma once

#include "mc-area.h"
#include "mc-record-chooser.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FACILITY_SEARCH_PLACES = 0,
  MC_FACILITY_SEARCH_OPERATORS = 1 << 0, /* also operators, and what was typed as the name of one: their id is their name */
} McFacilitySearchFlags;

/* @except: the id of a place that is not offered; may be NULL. */
void mc_facility_search_attach (McRecordChooser *chooser, McStore *store, McAreaTree *tree, McFacilitySearchFlags flags, const char *except);

G_END_DECLS
