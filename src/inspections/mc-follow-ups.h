/* SPDX-License-Identifier: GPL-3.0-or-later
 * The follow-ups of the store: of one check, of one place, and the work list of what is due. */
#pragma once

#include "mc-follow-up.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* Everything here blocks. A follow-up is saved by mc_store_save() or in a transaction, as any record. */

/* The follow-ups of the findings of @visit (id), of McRecord in the order of their items; an empty array if none. Free with g_ptr_array_unref. */
GPtrArray *mc_follow_ups_load (McStore *store, const char *visit, GError **error);

/* The items of @visit whose follow-ups are still open; g_strfreev(). */
char **mc_follow_ups_list_open_items (McStore *store, const char *visit, GError **error);

/* Adds to @transaction what finalising or amending @visit does to follow-ups: its own findings get theirs, renewed if they are there; if it re-checks another
 * check, that one's are closed or go on as it found. */
gboolean mc_follow_ups_add (McStore *store, McTransaction *transaction, const McVisit *visit, const char *today, GError **error);

typedef enum
{
  MC_FOLLOW_UPS_OPEN,
  MC_FOLLOW_UPS_OVERDUE, /* of the open ones: the day is before today */
  MC_FOLLOW_UPS_CLOSED,
} McFollowUpsKind;

typedef struct
{
  McFollowUpsKind kind;
  const char *inspector; /* id: in charge of it; NULL: everybody's */
  const char *facility;  /* id; NULL: every place's */
  const char *today;     /* ISO date; required */
  guint limit;           /* 0: all */
} McFollowUpQuery;

typedef struct
{
  char *id, *visit;
  char *facility, *facility_name;
  char *area_name;       /* NULL if unknown */
  char *inspector_name;  /* NULL if unknown */
  char *item;
  char *description;     /* what was found; NULL if nothing was written */
  char *severity, *way;  /* codes */
  char *due_on;          /* see mc_follow_up_get_due(); NULL: none */
  char *referred_to, *reply_on;
  char *closed_on, *closed_result;
  McRecordState state;
} McFollowUpRow;
void mc_follow_up_row_free (McFollowUpRow *row);

typedef struct
{
  GPtrArray *rows; /* of McFollowUpRow: what is due first, then what has no day; closed ones the last first */
  guint total;     /* of the kind asked for, without the limit */
  guint overdue;   /* of the open ones */
} McFollowUpList;
void mc_follow_up_list_free (McFollowUpList *list);

McFollowUpList *mc_follow_ups_list (McStore *store, const McFollowUpQuery *query, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFollowUpList, mc_follow_up_list_free)

G_END_DECLS
