/* SPDX-License-Identifier: GPL-3.0-or-later
 * For the core of the modules only (files named *-store.c): SQL on the reader and on the worker. */
#pragma once

#include <sqlite3.h>

#include "mc-store.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Runs on the reader's thread, on its read-only connection, inside one short read transaction. What it returns crosses back to the caller: never a
 * statement. NULL with @error set on failure. */
typedef gpointer (*McReadFunc) (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error);

gpointer mc_store_read (McStore *self, McReadFunc func, gpointer data, GCancellable *cancellable, GError **error);
void mc_store_read_async (McStore *self, McReadFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gpointer mc_store_read_finish (McStore *self, GAsyncResult *result, GError **error);

/* Runs on the worker inside one transaction; FALSE rolls back. For local tables (drafts, cursors, window state) only:
 * derived tables are written from the log alone. */
typedef gboolean (*McLocalFunc) (sqlite3 *db, gpointer data, GError **error);
gboolean mc_store_write_local (McStore *self, McLocalFunc func, gpointer data, GError **error);

/* Inside a bulk (mc-store.h): the worker's connection, in the bulk's transaction; for reading, and for local tables. */
sqlite3 *mc_bulk_get_database (McBulk *self);

/* The one place that maps SQLite's codes to MC_STORE_ERROR_*, with a message in the user's words. */
void mc_store_set_sqlite_error (GError **error, sqlite3 *db, int code);

/* Prepares, or sets @error and returns NULL. */
sqlite3_stmt *mc_store_prepare (sqlite3 *db, const char *sql, GError **error);

G_END_DECLS
