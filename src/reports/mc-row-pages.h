/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of the store in a given order, a page at a time: each read is short, so that the log of the database can be cut. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

/* One value of a row; text lives until the next page is read. */
typedef struct
{
  gboolean is_null;
  gint64 integer;
  const char *text; /* "" for null; of integers their digits are not given */
} McRowValue;

typedef struct _McRowPages McRowPages;

/* @sql selects @n_columns by "… WHERE x.rowid = ?1". A row that is gone by then is passed over. @rowids is copied. */
McRowPages *mc_row_pages_new (McStore *store, const char *sql, guint n_columns, const gint64 *rowids, guint n_rowids, GCancellable *cancellable);
void mc_row_pages_free (McRowPages *self);

/* The next row (borrowed), or NULL: no more, or @error is set. Blocks. */
const McRowValue *mc_row_pages_next (McRowPages *self, GError **error);

/* All numbers that @sql gives, of gint64. Blocks. */
GArray *mc_row_pages_list (McStore *store, const char *sql, GCancellable *cancellable, GError **error);

/* For each of @rowids in turn the numbers that @sql (?1 = rowid) gives, one after the other, in short reads. Blocks. */
GArray *mc_row_pages_list_parts (McStore *store, const char *sql, const gint64 *rowids, guint n_rowids, GCancellable *cancellable, GError **error);

/* Texts by text: the first two columns of @sql. Blocks. */
GHashTable *mc_row_pages_map (McStore *store, const char *sql, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRowPages, mc_row_pages_free)

G_END_DECLS
