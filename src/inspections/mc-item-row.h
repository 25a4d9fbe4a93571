/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of the checklist: its text, the last answer, the answer buttons, and below them note and finding. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit.h"

G_BEGIN_DECLS

/* A GtkListBoxRow, so that the answer keys can sit on it in the bubble phase: 1 2 3 4 answer, F2 or Enter opens the note. They let go while a
 * text has the focus.
 * Signals:
 *   "answered" (McItemRow *, const char *value, gboolean go_on)  go_on: the focus goes to the next item;
 *   "note-changed" (McItemRow *, const char *note);
 *   "finding-changed" (McItemRow *, const char *key, McValue *value);
 *   "next-item" (McItemRow *). */
#define MC_TYPE_ITEM_ROW (mc_item_row_get_type ())
G_DECLARE_FINAL_TYPE (McItemRow, mc_item_row, MC, ITEM_ROW, GtkListBoxRow)

/* @standard and @item live as long as the row. */
GtkWidget *mc_item_row_new (McStandard *standard, const McItem *item);
const McItem *mc_item_row_get_item (McItemRow *self);

/* What the last visit said; NULL: there was none. */
void mc_item_row_set_previous (McItemRow *self, const McPreviousAnswer *previous);

/* @saved: the answer that is shown is on disk; said in the accessible description. */
void mc_item_row_update (McItemRow *self, const McVisit *visit, gboolean editable, gboolean saved);

/* The codes of all rows are one column, and what the last visit said is another one. */
void mc_item_row_join_columns (McItemRow *self, GtkSizeGroup *codes, GtkSizeGroup *previous);
/* The first or the last row of a card: its corners are round. */
void mc_item_row_set_first (McItemRow *self, gboolean first);
void mc_item_row_set_last (McItemRow *self, gboolean last);

/* The buttons under the text instead of beside it. */
void mc_item_row_set_narrow (McItemRow *self, gboolean narrow);
/* Plain wording stands with the text (elder mode). */
void mc_item_row_set_plain (McItemRow *self, gboolean plain);

void mc_item_row_open_note (McItemRow *self);
void mc_item_row_flush (McItemRow *self);

G_END_DECLS
