/* SPDX-License-Identifier: GPL-3.0-or-later
 * What opens below an item of the checklist: its note, and its finding if it does not conform. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit.h"

G_BEGIN_DECLS

/* Signals:
 *   "note-changed" (McItemDetails *, const char *note)  typing has paused, or the focus left the note;
 *   "finding-changed" (McItemDetails *, const char *key, McValue *value)  a field of the finding was set;
 *   "next-item" (McItemDetails *)  Ctrl+Enter in the note. */
#define MC_TYPE_ITEM_DETAILS (mc_item_details_get_type ())
G_DECLARE_FINAL_TYPE (McItemDetails, mc_item_details, MC, ITEM_DETAILS, GtkWidget)

GtkWidget *mc_item_details_new (const McItem *item);

/* Shows what @visit says about the item. A note that is being typed is left alone. @editable FALSE: finalised, or read-only. */
void mc_item_details_update (McItemDetails *self, const McVisit *visit, gboolean editable);

/* Note and finding beside each other, or below each other where there is no room. */
void mc_item_details_set_narrow (McItemDetails *self, gboolean narrow);

void mc_item_details_focus_note (McItemDetails *self);
gboolean mc_item_details_has_focus (McItemDetails *self);

/* Emits what typing has not brought out yet. */
void mc_item_details_flush (McItemDetails *self);

G_END_DECLS
