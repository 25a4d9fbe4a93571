/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys for search and comparison of names: normal forms, pinyin, all combinations of initials. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NFC; what every stored text is. NULL if @text is not UTF-8. Caller frees. */
char *mc_text_nfc (const char *text, gssize length);

/* For comparing names: NFKC, full-width folded, case folded, without spaces, controls and the punctuation that officials
 * use inconsistently (brackets of all widths become '(' and ')', dots and dashes go). Caller frees. */
char *mc_text_name_key (const char *text);

/* Appends the search key of @text to @out: its folded text, its full pinyin (first reading of each character, and the others where
 * there are several, each combination once, at most 64), and its initials (every combination, at most 64), each ended by '\n', and an
 * empty line: so the keys of several texts can stand in a row and are still told apart. A character without a reading stands for itself. An empty text adds nothing. */
void mc_text_append_search_key (GString *out, const char *text);

/* Folds one word that a person types into the search entry, as the text of a search key is folded (mc_text_name_key). Caller frees. */
char *mc_text_fold_query (const char *query);

G_END_DECLS
