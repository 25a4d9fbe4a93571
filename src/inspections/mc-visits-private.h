/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a visit writes, for both forms of each function. */
#pragma once

#include "mc-visits.h"

G_BEGIN_DECLS

/* The transaction of mc_visits_save(); caller frees. */
McTransaction *mc_visits_save_transaction (const McVisit *base, const McVisit *edited);

G_END_DECLS
