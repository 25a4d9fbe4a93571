/* SPDX-License-Identifier: GPL-3.0-or-later
 * Content with a panel at its right, which lies over it where there is no room for both. Our one use of AdwFlap. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: content, panel (widgets), show-panel, folded (read-only), content-ems (the content needs that many ems of the main text beside the panel, else the panel lies over
 * it; default 36), panel-ems (natural width of the panel; default 25). Esc closes a panel that lies over the content. */
#define MC_TYPE_SIDE_PANEL (mc_side_panel_get_type ())
G_DECLARE_FINAL_TYPE (McSidePanel, mc_side_panel, MC, SIDE_PANEL, GtkWidget)

GtkWidget *mc_side_panel_new (void);
void mc_side_panel_set_show_panel (McSidePanel *self, gboolean show_panel);
gboolean mc_side_panel_get_show_panel (McSidePanel *self);
gboolean mc_side_panel_get_folded (McSidePanel *self);

G_END_DECLS
