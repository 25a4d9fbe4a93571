/* SPDX-License-Identifier: GPL-3.0-or-later
 * One photo, small: pressed it is shown large; keys and its menu sort it to an item or take it out. */
#pragma once

#include "mc-photo-book.h"

G_BEGIN_DECLS

/* Keys while it has the focus: Enter shows it large, Ctrl+Enter chooses its item, Delete takes it out of the check.
 * Signal: "opened" (McPhotoTile *): show it large. */
#define MC_TYPE_PHOTO_TILE (mc_photo_tile_get_type ())
G_DECLARE_FINAL_TYPE (McPhotoTile, mc_photo_tile, MC, PHOTO_TILE, GtkWidget)

GtkWidget *mc_photo_tile_new (McPhotoBook *book, const McRecord *photo);
const char *mc_photo_tile_get_id (McPhotoTile *self);
/* Shows what @photo says now. */
void mc_photo_tile_update (McPhotoTile *self, const McRecord *photo);

G_END_DECLS
