/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sidebar and content beside each other, or one at a time where there is no room. Our one use of AdwLeaflet. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: sidebar, content (widgets), content-ems (room for the content in ems of the main text: with less it
 * folds), can-unfold (FALSE: always one at a time), folded
 * (read-only), show-sidebar (which of the two is seen when folded). */
#define MC_TYPE_SPLIT (mc_split_get_type ())
G_DECLARE_FINAL_TYPE (McSplit, mc_split, MC, SPLIT, GtkWidget)

GtkWidget *mc_split_new (void);
gboolean mc_split_get_folded (McSplit *self);
void mc_split_set_show_sidebar (McSplit *self, gboolean show_sidebar);
gboolean mc_split_get_show_sidebar (McSplit *self);

G_END_DECLS
