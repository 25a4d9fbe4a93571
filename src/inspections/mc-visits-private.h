/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a visit writes, for both forms of each function. */
#pragma once

#include "mc-visits.h"

G_BEGIN_DECLS

/* Each checks what its function of mc-visits.h refuses, and gives the transaction that carries it out. */
McTransaction *mc_visits_save_transaction (const McVisit *base, const McVisit *edited);
McTransaction *mc_visits_finalise_transaction (const McVisit *visit, const char *today, const char *inspector, GError **error);
McTransaction *mc_visits_amend_transaction (const McVisit *base, const McVisit *edited, const char *today, const char *inspector,
                                            const char *reason, GError **error);

G_END_DECLS
