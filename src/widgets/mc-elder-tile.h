/* SPDX-License-Identifier: GPL-3.0-or-later
 * A large tile of the elder home: a picture, what it is, and how it stands in plain words. */
#pragma once

#include <gtk/gtk.h>

#include "mc-status.h"

G_BEGIN_DECLS

#define MC_TYPE_ELDER_TILE (mc_elder_tile_get_type ())
G_DECLARE_FINAL_TYPE (McElderTile, mc_elder_tile, MC, ELDER_TILE, GtkButton)

GtkWidget *mc_elder_tile_new (const char *icon_name, const char *title);

/* @urgent: with a border, an icon and bold words. */
void mc_elder_tile_set (McElderTile *self, McStatusKind kind, const char *words, gboolean urgent);

G_END_DECLS
