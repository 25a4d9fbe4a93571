/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two edits that disagree: the values of one field, from which a person picks. */
#pragma once

#include <gtk/gtk.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

/* A card that names field and choices (value, who, when, device), one radio each, and the button that picks. Hidden while there is none.
 * Signals: "picked" (McConflictRow *): it is on disk; "failed" (McConflictRow *, GError *). */
#define MC_TYPE_CONFLICT_ROW (mc_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (McConflictRow, mc_conflict_row, MC, CONFLICT_ROW, GtkWidget)

GtkWidget *mc_conflict_row_new (void);

/* For fields whose words are not the field's own: @about comes before the field's label, @words (code → word) replaces the codes; either may be NULL.
 * Before mc_conflict_row_set(). */
void mc_conflict_row_set_words (McConflictRow *self, const char *about, GHashTable *words);

/* @record: as loaded, with its heads; copied. @key: a field in conflict. */
void mc_conflict_row_set (McConflictRow *self, McStore *store, const McRecord *record, const char *key);

G_END_DECLS
