/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of the checklist: its line, and below it note and finding. Nothing is in it until it is built. */
#pragma once

#include <gtk/gtk.h>

#include "mc-item-line.h"
#include "mc-photo-book.h"
#include "mc-visit.h"

G_BEGIN_DECLS

/* A GtkListBoxRow, so that the answer keys can sit on it in the bubble phase: 1 2 3 4 answer, F2 or Enter opens the note. They let go while a
 * text has the focus. A large row is the only one of its list: there the arrows ask for another item.
 * Signals:
 *   "answered" (McItemRow *, const char *value, gboolean go_on)  go_on: the focus goes to the next item;
 *   "note-changed" (McItemRow *, const char *note);
 *   "finding-changed" (McItemRow *, const char *key, McValue *value);
 *   "step" (McItemRow *, int by): so many items on;
 *   "entered" (McItemRow *): it or something in it has the focus now. */
#define MC_TYPE_ITEM_ROW (mc_item_row_get_type ())
G_DECLARE_FINAL_TYPE (McItemRow, mc_item_row, MC, ITEM_ROW, GtkListBoxRow)

/* @standard and @item live as long as the row. @previous: the last visit; may be NULL. */
GtkWidget *mc_item_row_new (McStandard *standard, const McItem *item, McVisit *previous);
const McItem *mc_item_row_get_item (McItemRow *self);

/* What it shows is made only now: a row out of sight need not have it. */
void mc_item_row_build (McItemRow *self);
gboolean mc_item_row_is_built (McItemRow *self);
/* Far from what one sees: it keeps its place, but what is in it is not drawn. */
void mc_item_row_set_far (McItemRow *self, gboolean far);

/* @saved: the answer that is shown is on disk; said in the accessible description. */
void mc_item_row_update (McItemRow *self, McVisit *visit, gboolean editable, gboolean saved);
/* The photos of the visit, of which it shows those of its item; NULL: none. */
void mc_item_row_set_photos (McItemRow *self, McPhotoBook *photos);
/* Shows again what it was given, whatever its widgets say. */
void mc_item_row_refresh (McItemRow *self);
void mc_item_row_set_look (McItemRow *self, const McItemLook *look);

/* The first or the last row of a card: its corners are round. */
void mc_item_row_set_first (McItemRow *self, gboolean first);
void mc_item_row_set_last (McItemRow *self, gboolean last);

void mc_item_row_open_note (McItemRow *self);
void mc_item_row_flush (McItemRow *self);

G_END_DECLS
