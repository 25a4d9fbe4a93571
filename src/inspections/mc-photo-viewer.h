/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the photos of a check one by one, as large as the screen, with caption, stage and item. */
#pragma once

#include "mc-photo-book.h"

G_BEGIN_DECLS

/* A window over that of @widget; arrows go to the photo before and after, Esc closes it. */
#define MC_TYPE_PHOTO_VIEWER (mc_photo_viewer_get_type ())
G_DECLARE_FINAL_TYPE (McPhotoViewer, mc_photo_viewer, MC, PHOTO_VIEWER, GtkWindow)

/* @id: the photo to begin with. */
GtkWidget *mc_photo_viewer_open (GtkWidget *widget, McPhotoBook *book, const char *id);

G_END_DECLS
