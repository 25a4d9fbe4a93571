/* SPDX-License-Identifier: GPL-3.0-or-later
 * What became of one finding of a final check: where it stands in words, what was recorded, and what can be recorded next. */
#pragma once

#include <adwaita.h>

#include "mc-follow-ups.h"
#include "widgets/mc-status.h"

G_BEGIN_DECLS

#define MC_TYPE_FOLLOW_UP_CARD (mc_follow_up_card_get_type ())
G_DECLARE_FINAL_TYPE (McFollowUpCard, mc_follow_up_card, MC, FOLLOW_UP_CARD, AdwPreferencesRow)

/* @title: the item and what was found. @today: ISO date. Without @writable nothing can be recorded. */
GtkWidget *mc_follow_up_card_new (McStore *store, const McRecord *follow_up, const char *title, const char *today, gboolean writable);

/* Where it stands, in one sentence: "To be corrected by 2026-12-01 · 6 working days left". Caller frees. Pure. */
char *mc_follow_up_describe (const McRecord *follow_up, McWorkingDays *calendar, const char *today, McStatusKind *kind);

/* What was ordered and recorded, a line each. Caller frees. Pure. */
char *mc_follow_up_describe_facts (const McRecord *follow_up);

G_END_DECLS
