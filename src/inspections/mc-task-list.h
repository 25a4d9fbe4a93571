/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of checks and follow-ups, chosen by chips that say how much waits in each. */
#pragma once

#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* Signals:
 *   "visit-activated" (McTaskList *, const char *visit, const char *item)  open this check; @item: at this item, NULL: where one left it;
 *   "recheck" (McTaskList *, const char *facility, const char *visit)      begin a re-check of what @visit found;
 *   "listed" (McTaskList *)                                                another list is shown. */
#define MC_TYPE_TASK_LIST (mc_task_list_get_type ())
G_DECLARE_FINAL_TYPE (McTaskList, mc_task_list, MC, TASK_LIST, GtkWidget)

GtkWidget *mc_task_list_new (void);

/* @page: whose store, session and work marks it uses, and whose badge it sets; borrowed. */
void mc_task_list_set_page (McTaskList *self, McPage *page);

/* Whose tasks "Only mine" means: the id of the user's record in the register of inspectors; NULL: nobody's. */
void mc_task_list_set_inspector (McTaskList *self, const char *inspector);

/* Reads the chosen list and the counts again. */
void mc_task_list_load (McTaskList *self);
/* The row numbers of the checks that are listed, in their order (of gint64); NULL: follow-ups are. Free with g_array_unref. */
GArray *mc_task_list_get_checks (McTaskList *self);

/* Chooses the list of follow-ups, or the one of drafts. */
void mc_task_list_show_follow_ups (McTaskList *self, gboolean follow_ups);

/* The rows again, as they are listed. */
void mc_task_list_refresh (McTaskList *self);
/* Drops what is being read: the store goes. */
void mc_task_list_cancel (McTaskList *self);

/* Rows become cards where they no longer fit into a line. */
void mc_task_list_update_appearance (McTaskList *self);

G_END_DECLS
