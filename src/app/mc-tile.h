/* SPDX-License-Identifier: GPL-3.0-or-later
 * A card of the desk: what, how many, and what is nearest; pressing it opens the page. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-status.h"

G_BEGIN_DECLS

/* Write-only properties: tile-icon, title, tone ("ok", "warning", "error", "link": style class of the icon). */
#define MC_TYPE_TILE (mc_tile_get_type ())
G_DECLARE_FINAL_TYPE (McTile, mc_tile, MC, TILE, GtkButton)

/* "5", "checks", and the state below. */
void mc_tile_set (McTile *self, guint count, const char *unit, McStatusKind kind, const char *caption);

G_END_DECLS
