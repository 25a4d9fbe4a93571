/* SPDX-License-Identifier: GPL-3.0-or-later
 * What must be corrected by when: the open findings with a day, of all checks. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *visit;         /* id */
  char *facility_name;
  char *area_name;     /* NULL if unknown */
  char *description;   /* what was found; NULL if nothing was written */
  char *severity;      /* code */
  char *deadline_on;   /* ISO date */
} McDue;
void mc_due_free (McDue *due);

typedef struct
{
  GPtrArray *rows; /* of McDue: the first ones, earliest day first */
  guint total;
  guint overdue;   /* the day is before @today */
} McDueList;
void mc_due_list_free (McDueList *list);

/* @inspector: lead or assistant of the check; NULL: everybody's. @today: ISO date. Blocks. */
McDueList *mc_due_list_load (McStore *store, const char *inspector, const char *today, guint limit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDueList, mc_due_list_free)

G_END_DECLS
