/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of the page of checks, and how much waits in each. */
#pragma once

#include "mc-follow-ups.h"
#include "mc-visits.h"

G_BEGIN_DECLS

typedef struct
{
  guint drafts;
  guint awaiting;   /* final, not signed; at most MC_VISIT_COUNT_MAX */
  guint follow_ups; /* open */
  guint overdue;    /* of the open ones */
  guint checks;     /* all */
} McTaskCounts;

/* @inspector: id of whose tasks; NULL: everybody's. @today: ISO date. */
void mc_task_counts_load_async (McStore *store, const char *inspector, const char *today, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* Free with g_free(). */
McTaskCounts *mc_task_counts_load_finish (GAsyncResult *result, GError **error);

void mc_follow_ups_list_async (McStore *store, const McFollowUpQuery *query, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
McFollowUpList *mc_follow_ups_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
