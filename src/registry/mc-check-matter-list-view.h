/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of check matters: what may be checked, by whom, on what basis, and how sure that basis is. */
#pragma once

#include <gtk/gtk.h>

#include "mc-check-matter.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "opened" (McCheckMatterListView *, const char *id): Enter, a click; "updated". */
#define MC_TYPE_CHECK_MATTER_LIST_VIEW (mc_check_matter_list_view_get_type ())
G_DECLARE_FINAL_TYPE (McCheckMatterListView, mc_check_matter_list_view, MC, CHECK_MATTER_LIST_VIEW, GtkWidget)

void mc_check_matter_list_view_set (McCheckMatterListView *self, McSession *session);
void mc_check_matter_list_view_records_changed (McCheckMatterListView *self, const McChangeSet *changes);
guint mc_check_matter_list_view_get_n (McCheckMatterListView *self);
void mc_check_matter_list_view_search (McCheckMatterListView *self, const char *text);

G_END_DECLS
