/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks for the item that a photo belongs to: type part of its number or text, Enter takes the first. */
#pragma once

#include "mc-photo-book.h"

G_BEGIN_DECLS

/* @item NULL: not sorted. */
typedef void (*McPhotoChosen) (GtkWidget *widget, const char *item, gpointer data);

/* Pops up at @anchor, inside @widget; @chosen is called with @widget if an item was chosen. @current: its item now; NULL: none. */
void mc_photo_chooser_popup (GtkWidget *widget, GtkWidget *anchor, McPhotoBook *book, const char *current, McPhotoChosen chosen, gpointer data);

G_END_DECLS
