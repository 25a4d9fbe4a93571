/* SPDX-License-Identifier: GPL-3.0-or-later
 * The items of a visit, as a list or one at a time. */
#pragma once

#include <gtk/gtk.h>

#include "mc-item-row.h"

G_BEGIN_DECLS

/* Lies in a GtkScrolledWindow, where others may follow below it. Rows are built where one looks first and then, in idle moments, around it: what is in sight
 * does not move.
 * Signals:
 *   "answered" (const char *item, const char *value) → boolean: the answer was taken;
 *   "note-changed" (const char *item, const char *note);
 *   "finding-changed" (const char *item, const char *key, McValue *value);
 *   "current-changed": another item has the focus, or is the one that is shown;
 *   "ended": one went on from the last item.
 * Property: busy (boolean): rows wait to be built. */
#define MC_TYPE_CHECKLIST (mc_checklist_get_type ())
G_DECLARE_FINAL_TYPE (McChecklist, mc_checklist, MC, CHECKLIST, GtkWidget)

/* The items of @standard (NULL: empty); @previous: the last visit, or NULL. */
void mc_checklist_set_standard (McChecklist *self, McStandard *standard, McVisit *previous);

/* Shows @visit; what @saved says alike is on disk. Only rows that show something else than before are touched. */
void mc_checklist_update (McChecklist *self, McVisit *visit, McVisit *saved, gboolean editable);
/* Takes back what the widgets show of a refused edit. */
void mc_checklist_refresh (McChecklist *self);

/* The photos of the visit; NULL: none. */
void mc_checklist_set_photos (McChecklist *self, McPhotoBook *photos);

void mc_checklist_set_look (McChecklist *self, McItemLayout layout, gboolean plain);
/* Only items that do not conform. */
void mc_checklist_set_only_problems (McChecklist *self, gboolean only_problems);

/* The item that has the focus or had it last; in large layout the one that is shown. */
guint mc_checklist_get_current (McChecklist *self);
guint mc_checklist_get_n_items (McChecklist *self);
const McItem *mc_checklist_get_item (McChecklist *self, guint index);
int mc_checklist_find_unanswered (McChecklist *self); /* −1: none */
int mc_checklist_find_problem (McChecklist *self);

/* Goes to an item, and stays there while the page finds its place. */
void mc_checklist_go_to (McChecklist *self, guint index);
/* Opens the note of the current item. */
void mc_checklist_open_note (McChecklist *self);
void mc_checklist_flush (McChecklist *self);

G_END_DECLS
