/* SPDX-License-Identifier: GPL-3.0-or-later
 * A popover with the tree of areas, to pick one from. */
#pragma once

#include <gtk/gtk.h>

#include "mc-area.h"

G_BEGIN_DECLS

/* Signal: "chosen" (McAreaChooser *, const char *id): NULL is all areas. */
#define MC_TYPE_AREA_CHOOSER (mc_area_chooser_get_type ())
G_DECLARE_FINAL_TYPE (McAreaChooser, mc_area_chooser, MC, AREA_CHOOSER, GtkPopover)

/* @all: the label of the entry for all areas; NULL: there is none. */
GtkWidget *mc_area_chooser_new (const char *all);
void mc_area_chooser_set_tree (McAreaChooser *self, McAreaTree *tree);

G_END_DECLS
