/* SPDX-License-Identifier: GPL-3.0-or-later
 * A finding: what may be ordered about it, by whom, and what it still lacks. Pure. */
#pragma once

#include "store/mc-record.h"
#include "store/mc-working-days.h"
#include "standards/mc-standard.h"

G_BEGIN_DECLS

#define MC_INSPECTION_ERROR (mc_inspection_error_quark ())
GQuark mc_inspection_error_quark (void);

/* There is no code 0; messages are translated. Errors of the store and of standards keep their own domains. */
typedef enum
{
  MC_INSPECTION_ERROR_INPUT = 1,  /* what was given is wrong: correct it */
  MC_INSPECTION_ERROR_INCOMPLETE, /* the check is not ready to be finalised; the message says what is missing */
  MC_INSPECTION_ERROR_STATE,      /* finalised already, or not yet */
} McInspectionError;

/* The id of the finding of @item in @visit: v5("finding", visit, item); caller frees. */
char *mc_finding_new_id (const char *visit, const char *item);

/* A finding of @item as it opens: basis, certainty, competent authority and severity as the standard suggests. @own_kind is the
 * kind of the authority that checks: if it is among the competent ones it is taken, else the first of them. */
McRecord *mc_finding_new (const char *visit, const McItem *item, const char *own_kind);

/* TRUE unless it was withdrawn because the answer was changed back. */
gboolean mc_finding_is_open (const McRecord *finding);

/* Whether @way (code of finding-way) may be taken. Another authority's matter is urged and referred in writing, never ordered to be
 * corrected; a suspension or an urgent measure is for serious findings, and in another's matter for major hazards only (opinions of Jiaxing on joint supervision,
 * 2022, No. 1: urge and tell in writing; where it is urgent, suspend or take urgent measures and call the others to the place). @own_kind NULL: taken as
 * another authority. @reason (may be NULL): why not; caller frees. */
gboolean mc_finding_way_allowed (const char *way, const char *competent, const char *own_kind, const char *severity, char **reason);

/* The codes of finding-way that may be taken, in the order of the list; NULL-terminated, free the array only. */
const char **mc_finding_ways (const char *competent, const char *own_kind, const char *severity);

/* TRUE for suspensions and urgent measures: their legal review and the time others were told are required. */
gboolean mc_finding_way_is_grave (const char *way);

/* TRUE if @way needs a day by which it must be done ("by_date"). No number of days is made up: a person fills it in. */
gboolean mc_finding_way_needs_deadline (const char *way);

/* The ISO date @working_days after @checked_on; NULL if that lies beyond the table of working days: then the deadline is unknown. */
char *mc_finding_deadline (McWorkingDays *calendar, const char *checked_on, guint working_days);

/* Working days from @day to the finding's deadline; FALSE: it has none, or the table does not reach so far. */
gboolean mc_finding_days_left (const McRecord *finding, McWorkingDays *calendar, const char *day, int *days);

G_END_DECLS
