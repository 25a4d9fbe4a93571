/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list model over row numbers: items are made on demand, filled in batches, and forgotten when nobody holds them. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A million rows cost 8 bytes each. GtkColumnView 4.8 builds about 205 rows whatever is seen, so after a replace the model shows only the first
 * MC_QUERY_MODEL_FIRST rows; when these are painted, mc_query_model_grow() shows the rest (mc_list_view_watch() calls it). */
#define MC_QUERY_MODEL_FIRST 24

/* Properties: total, growing. */
#define MC_TYPE_QUERY_MODEL (mc_query_model_get_type ())
G_DECLARE_FINAL_TYPE (McQueryModel, mc_query_model, MC, QUERY_MODEL, GObject)

/* Makes the item of a row, at once and without reading; transfer full. */
typedef GObject *(*McItemMakeFunc) (gint64 rowid, gpointer data);

/* Reads the rows of items that were made since the last call (from an idle, before the next frame) and puts their values in, asynchronously if need be; or again
 * after mc_query_model_refresh(). @items: of GObject, @rowids beside them; both live during the call only. */
typedef void (*McItemFillFunc) (McQueryModel *self, GPtrArray *items, const gint64 *rowids, gpointer data);

McQueryModel *mc_query_model_new (GType item_type, McItemMakeFunc make, McItemFillFunc fill, gpointer data, GDestroyNotify data_free);

/* All out, then all in: two signals. Takes @rowids (of gint64). Items of rows that stay are kept as long as somebody holds them. */
void mc_query_model_replace (McQueryModel *self, GArray *rowids);
void mc_query_model_grow (McQueryModel *self);
gboolean mc_query_model_is_growing (McQueryModel *self); /* rows wait to be shown */

guint mc_query_model_get_total (McQueryModel *self); /* also of rows not shown yet */
gint64 mc_query_model_get_rowid (McQueryModel *self, guint position); /* −1 beyond the end */
gboolean mc_query_model_find (McQueryModel *self, gint64 rowid, guint *position);

/* The item, if it is held by somebody; borrowed. */
GObject *mc_query_model_peek (McQueryModel *self, gint64 rowid);

/* Fills all held items again: after records changed but not the list. */
void mc_query_model_refresh (McQueryModel *self);

G_END_DECLS
