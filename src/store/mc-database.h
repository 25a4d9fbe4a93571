/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connection to a database file, with its statements; the only code that opens databases. */
#pragma once

#include "mc-store-private.h"

G_BEGIN_DECLS

#define MC_DATABASE_APPLICATION_ID 0x4d674368 /* "MgCh", at byte 68 of the file */

typedef enum
{
  MC_DATABASE_CREATE = 1, /* the file must not exist: EXISTS. Its folder is made (0700), the file is 0600; the newest schema */
  MC_DATABASE_WRITE,      /* the file must exist; migrated to the newest schema after a backup. Call under mc_lock_acquire() only */
  MC_DATABASE_READ,       /* read-only; finds by itself how (see mc_database_get_mode) */
  MC_DATABASE_PLAIN,      /* read and write a file of ours as it is, without migrating: for copies that one made oneself */
} McDatabaseAccess;

typedef struct _McDatabase McDatabase;

/* NOT_FOUND, NOT_OURS, NEWER, CORRUPT, READ_ONLY, FULL … say what is wrong. One thread at a time. */
McDatabase *mc_database_open (const char *path, McDatabaseAccess access, GError **error);

/* Reads the first bytes of @path only: NOT_FOUND, READ_ONLY (may not be read) or NOT_OURS. */
gboolean mc_database_check_file (const char *path, GError **error);

void mc_database_free (McDatabase *self); /* finalises its statements and closes; removes a private copy */

sqlite3 *mc_database_get_handle (McDatabase *self);
McStoreMode mc_database_get_mode (McDatabase *self);
const char *mc_database_get_path (McDatabase *self); /* as asked for */

/* The number of the newest schema, and that of the file. */
int mc_database_newest_schema (void);
int mc_database_get_schema (McDatabase *self);

/* The statement of @sql, prepared once for each connection, reset and with no bindings. @sql is known by its address: a literal
 * or another text that outlives the connection. Borrowed; reset it (mc_database_done) when its rows have been read. NULL with @error. */
sqlite3_stmt *mc_database_statement (McDatabase *self, const char *sql, GError **error);

/* Resets @statement and clears its bindings. NULL is fine. */
void mc_database_done (sqlite3_stmt *statement);

/* Steps a statement that gives no rows, and resets it. */
gboolean mc_database_run (McDatabase *self, sqlite3_stmt *statement, GError **error);

/* Steps to the next row: 1 a row, 0 the end, −1 with @error; resets it unless there is a row. */
int mc_database_step (McDatabase *self, sqlite3_stmt *statement, GError **error);

/* Any number of statements without parameters and without rows. */
gboolean mc_database_execute (McDatabase *self, const char *sql, GError **error);

/* A pragma or query of one integer. @fallback if there is no row. */
gboolean mc_database_integer (McDatabase *self, const char *sql, gint64 fallback, gint64 *value, GError **error);

/* A copy of the open database in a new file @target (which must not exist), through SQLite's backup API, checked by quick_check
 * and synced. On failure nothing is left of it. @schema only names it in messages. */
gboolean mc_database_copy (McDatabase *self, const char *target, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDatabase, mc_database_free)

G_END_DECLS
