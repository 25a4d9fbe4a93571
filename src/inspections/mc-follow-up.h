/* SPDX-License-Identifier: GPL-3.0-or-later
 * What becomes of a finding once its check is finalised: extension, referral and reply, re-check, closing. Pure. */
#pragma once

#include "mc-visit.h"

G_BEGIN_DECLS

/* A follow-up is a root of its own, one for each open finding of a finalised check that was not corrected on site. It repeats what was
 * ordered (way, day), so that the seal of the check stands while the follow-up goes on. Every edit below gives a new record, owned by the caller, or
 * NULL and MC_INSPECTION_ERROR_INPUT or _STATE in words; nothing is saved here. Days are ISO dates. */

typedef enum
{
  MC_FOLLOW_UP_CORRECTION, /* the facility corrects it; a re-check closes it */
  MC_FOLLOW_UP_REPLY,      /* another authority was told, or is to be told: its reply is awaited */
  MC_FOLLOW_UP_MEASURE,    /* a suspension or an urgent measure stands until a re-check ends it */
  MC_FOLLOW_UP_CLOSED,
} McFollowUpState;

/* v5("follow_up", finding); caller frees. */
char *mc_follow_up_new_id (const char *finding);

/* FALSE for a finding that was withdrawn or corrected on site, or has no way yet. */
gboolean mc_follow_up_is_needed (const McRecord *finding);

/* The follow-up of @finding of @visit, as the check orders it. "Immediately" is due on the day of the check. */
McRecord *mc_follow_up_new (const McVisit *visit, const McRecord *finding);

/* The follow-up after the check was amended: way and day as they are now ordered (an extension stands), closed if the finding was withdrawn or
 * corrected on site after all, open again if it was closed for that alone. */
McRecord *mc_follow_up_renew (const McRecord *follow_up, const McVisit *visit, const McRecord *finding, const char *today);

McFollowUpState mc_follow_up_get_state (const McRecord *follow_up);

/* The day that counts: extended_to, else deadline_on, else reply_due_on; NULL: none. Borrowed. */
const char *mc_follow_up_get_due (const McRecord *follow_up);

/* Working days from @day to it, negative when overdue; FALSE: there is none, or the table does not reach so far. */
gboolean mc_follow_up_days_left (const McRecord *follow_up, McWorkingDays *calendar, const char *day, int *days);

/* TRUE if it is open and its day is before @today. */
gboolean mc_follow_up_is_overdue (const McRecord *follow_up, const char *today);

/* More time for what was ordered with a day. @until must lie after the day it replaces; reason and approver are required; the last day stays in the history. */
McRecord *mc_follow_up_extend (const McRecord *follow_up, const char *until, const char *reason, const char *approved_by, GError **error);

/* Whom the finding was referred or transferred to, and when; @reply_due_on NULL: no day was agreed (none is made up). */
McRecord *mc_follow_up_refer (const McRecord *follow_up, const char *to, const char *on, const char *reply_due_on, const char *today, GError **error);

/* The reply of the authority that it was referred to; it does not close by itself. @number may be NULL. */
McRecord *mc_follow_up_reply (const McRecord *follow_up, const char *on, const char *number, const char *text, const char *today, GError **error);

/* The follow-up of an item after @recheck, a re-check that names its check: conforming closes it as corrected, not conforming as not corrected (the finding of the
 * re-check goes on from there); an item that was not looked at leaves it as it is. The same re-check, amended, may change that again. A new copy always. */
McRecord *mc_follow_up_recheck (const McRecord *follow_up, const McVisit *recheck);

/* Closes by hand. What may be recorded follows from the way: "corrected" needs a re-check (except for what was to be done at once, which the inspector
 * saw done on @on), "handled_elsewhere" a recorded reply, "transferred" the day it went out. @note may be NULL. */
McRecord *mc_follow_up_close (const McRecord *follow_up, const char *result, const char *on, const char *note, const char *today, GError **error);

/* The results that mc_follow_up_close() takes now, in the order of the list; NULL-terminated, free the array only. */
const char **mc_follow_up_results (const McRecord *follow_up);

G_END_DECLS
