/* SPDX-License-Identifier: GPL-3.0-or-later
 * For each letter, pair of letters and other character, in which records it occurs: one bit for each record. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McSearchGrams McSearchGrams;

McSearchGrams *mc_search_grams_new (void);
void mc_search_grams_free (McSearchGrams *self);

/* Notes all that occurs in @text, a search key (lines, the name's first) whose name ends at @name_end, for the record number @index. */
void mc_search_grams_add (McSearchGrams *self, guint index, const char *text, gsize length, gsize name_end);

/* Sets @bits (@n_words times 64 of them) to the records that can have @word: all of them that do, and perhaps others. @starts: those that have it
 * at the beginning of a line of the name. TRUE: exactly those, there is nothing to verify. */
gboolean mc_search_grams_find (McSearchGrams *self, const char *word, gboolean starts, guint64 *bits, guint n_words);

G_END_DECLS
