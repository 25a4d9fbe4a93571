/* SPDX-License-Identifier: GPL-3.0-or-later
 * The photos of an item, or those that are not sorted yet, with the ways to add more: button, drop. */
#pragma once

#include "mc-photo-book.h"

G_BEGIN_DECLS

#define MC_TYPE_PHOTO_STRIP (mc_photo_strip_get_type ())
G_DECLARE_FINAL_TYPE (McPhotoStrip, mc_photo_strip, MC, PHOTO_STRIP, GtkWidget)

/* @item NULL: the tray, with its heading, the progress of adding, and what to do when it is empty. */
GtkWidget *mc_photo_strip_new (McPhotoBook *book, const char *item);

G_END_DECLS
