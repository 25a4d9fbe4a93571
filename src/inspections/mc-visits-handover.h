/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing over: all open work of one inspector becomes another's, with a reason. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

/* What is open: checks not yet finalised that a person leads or takes part in (their share of joint checks too), and follow-ups not yet closed. */
typedef struct
{
  guint visits;
  guint follow_ups;
} McOpenWork;

/* Blocks. */
gboolean mc_visits_count_open_work (McStore *store, const char *inspector, McOpenWork *work, GError **error);

/* Moves all of it from inspector @from to inspector @to of the same authority in one transaction and writes a record of it (entity handover). What is
 * finalised stays as it was signed. MC_INSPECTION_ERROR_INPUT in words: no reason, the same person, another authority, nothing open. Blocks. */
gboolean mc_visits_hand_over (McStore *store, const char *from, const char *to, const char *reason, const char *today, McOpenWork *moved, GError **error);
void mc_visits_hand_over_async (McStore *store, const char *from, const char *to, const char *reason, const char *today, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_visits_hand_over_finish (GAsyncResult *result, McOpenWork *moved, GError **error);

G_END_DECLS
