/* SPDX-License-Identifier: GPL-3.0-or-later
 * What GtkColumnView 4.8 lacks: scrolling to a row, names of rows, and growing once the first rows are painted. */
#pragma once

#include <gtk/gtk.h>

#include "mc-query-model.h"

G_BEGIN_DECLS

/* @view: a GtkColumnView, GtkListView or GtkGridView. */
void mc_list_view_scroll_to (GtkWidget *view, guint position);

/* Shows the rest of @model once the first rows were painted; follows each replace. Ends with @view. */
void mc_list_view_watch (GtkWidget *view, McQueryModel *model);

/* Calls @func once: when the next frame with @view in it is painted, soon if it is not in sight, never if it is gone. */
typedef void (*McPaintedFunc) (GtkWidget *view);
void mc_list_view_after_paint (GtkWidget *view, McPaintedFunc func);

/* In bind: gives the row that @list_item is in (and its cell) @name; without it a screen reader reads a type name. */
void mc_list_view_name_row (GtkListItem *list_item, const char *name);

G_END_DECLS
