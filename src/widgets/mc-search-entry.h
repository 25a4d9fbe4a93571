/* SPDX-License-Identifier: GPL-3.0-or-later
 * A search entry: what is typed is told at once, and words for large text offer elder mode below it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: text (notified with every key, without delay), placeholder-text (also its accessible name).
 * Signals: "activate" (Enter), "next" (↓: go to the list), "cancel" (Esc, when the text is empty already; the first Esc empties it).
 * Typed digits, letters and Esc during a composition belong to the input method. No key typed elsewhere begins a search. */
#define MC_TYPE_SEARCH_ENTRY (mc_search_entry_get_type ())
G_DECLARE_FINAL_TYPE (McSearchEntry, mc_search_entry, MC, SEARCH_ENTRY, GtkWidget)

const char *mc_search_entry_get_text (McSearchEntry *self);
void mc_search_entry_set_text (McSearchEntry *self, const char *text);

/* TRUE if @text is one of the words by which people look for elder mode (data: elder-words.txt). */
gboolean mc_search_is_elder_word (const char *text);

G_END_DECLS
