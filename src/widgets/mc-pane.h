/* SPDX-License-Identifier: GPL-3.0-or-later
 * A part of a window that says how wide it would like to be in ems of the main text, and never insists. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: child, natural-ems (0: what the child wants). Its minimum width is the child's, but at most 360 px: a wider child is cut rather
 * than the window grown, which the audit finds. */
#define MC_TYPE_PANE (mc_pane_get_type ())
G_DECLARE_FINAL_TYPE (McPane, mc_pane, MC, PANE, GtkWidget)

GtkWidget *mc_pane_new (guint natural_ems);
void mc_pane_set_child (McPane *self, GtkWidget *child);
GtkWidget *mc_pane_get_child (McPane *self);
void mc_pane_set_natural_ems (McPane *self, guint ems);
guint mc_pane_get_natural_ems (McPane *self);

/* The height of the main text of @widget in pixels: one em. */
double mc_widget_get_em (GtkWidget *widget);

G_END_DECLS
