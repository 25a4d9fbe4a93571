/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of a search as a person types them. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The folded words of @text; an empty array if there are none. Free with g_strfreev. */
char **mc_search_words (const char *text);

/* Where @words stand in @name: pairs of byte offsets (guint start, end), ascending and apart. Finds characters, pinyin and initials. */
GArray *mc_search_words_find (const char *name, char **words);

G_END_DECLS
