/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must be corrected by when: the open follow-ups with a day, of final checks; one in progress orders nothing yet. */
#pragma once

#include "store/mc-store.h"
#include "store/mc-working-days.h"

G_BEGIN_DECLS

typedef struct
{
  char *visit;         /* id */
  char *facility_name;
  char *area_name;     /* NULL if unknown */
  char *description;   /* what was found; NULL if nothing was written */
  char *severity;      /* code */
  char *deadline_on;   /* ISO date; an extension counts */
} McDue;
void mc_due_free (McDue *due);

typedef struct
{
  GPtrArray *rows; /* of McDue: the first ones, earliest day first */
  guint total;
  guint overdue;   /* the day is before @today */
} McDueList;
void mc_due_list_free (McDueList *list);

/* @inspector: in charge of the follow-up, or lead or assistant of its check; NULL: everybody's. @today: ISO date. Blocks. */
McDueList *mc_due_list_load (McStore *store, const char *inspector, const char *today, guint limit, GError **error);

/* Where a day stands: the headings of the list of deadlines. Pure. */
typedef enum
{
  MC_DUE_OVERDUE,
  MC_DUE_TODAY,
  MC_DUE_SOON,  /* this week and the next */
  MC_DUE_LATER,
} McDueGroup;
McDueGroup mc_due_group (const GDate *today, const GDate *deadline);
const char *mc_due_group_title (McDueGroup group); /* translated */

/* "2 working days over", "today", "3 working days left"; in calendar days where the table of working days does not reach. Caller frees. Pure. */
char *mc_due_describe (McWorkingDays *calendar, const GDate *today, const GDate *deadline);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDueList, mc_due_list_free)

G_END_DECLS
