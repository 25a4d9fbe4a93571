/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of inspectors: who they work for, what for, and whether their certificate is valid. */
#pragma once

#include <gtk/gtk.h>

#include "mc-inspector.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "opened" (McInspectorListView *, const char *id); "updated". */
#define MC_TYPE_INSPECTOR_LIST_VIEW (mc_inspector_list_view_get_type ())
G_DECLARE_FINAL_TYPE (McInspectorListView, mc_inspector_list_view, MC, INSPECTOR_LIST_VIEW, GtkWidget)

/* @tree NULL: not read yet; nothing is loaded then. */
void mc_inspector_list_view_set (McInspectorListView *self, McSession *session, McAreaTree *tree);
void mc_inspector_list_view_records_changed (McInspectorListView *self, const McChangeSet *changes);
guint mc_inspector_list_view_get_n (McInspectorListView *self);
void mc_inspector_list_view_search (McInspectorListView *self, const char *text);

G_END_DECLS
