/* SPDX-License-Identifier: GPL-3.0-or-later
 * Search keys of many records in one array of bytes, and the search over it. Pure: knows nothing of databases. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McSearchKeys McSearchKeys;

McSearchKeys *mc_search_keys_new (void);
void mc_search_keys_free (McSearchKeys *self);

/* Sets the key of the record @rowid (≥ 1; as mc_text_append_search_key() makes them, the name first); replaces the one it had. @tag: a number of the
 * caller's, given back at matching. */
void mc_search_keys_set (McSearchKeys *self, gint64 rowid, const char *key, gsize length, guint tag);
void mc_search_keys_remove (McSearchKeys *self, gint64 rowid);

guint mc_search_keys_get_n (McSearchKeys *self);
gsize mc_search_keys_get_n_bytes (McSearchKeys *self);

typedef enum
{
  MC_SEARCH_NONE,
  MC_SEARCH_MATCH,
  MC_SEARCH_PREFIX, /* the name, or its pinyin or initials, begins with the first word */
} McSearchMatch;

/* Finds the records in which every one of @words (folded, at least one) occurs, or whose tag is a place of @tags (one array of @n_tags
 * booleans for each word; NULL: none) with TRUE. The result is kept until the next search or change. */
void mc_search_keys_search (McSearchKeys *self, const char *const *words, const gboolean *const *tags, guint n_tags);

/* Of the last search. */
McSearchMatch mc_search_keys_get_match (McSearchKeys *self, gint64 rowid);

/* The first place of @needle (@n ≥ 1 bytes) in @bytes; NULL if there is none. */
const char *mc_bytes_find (const char *bytes, gsize length, const char *needle, gsize n);

G_END_DECLS
