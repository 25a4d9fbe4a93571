/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one place that maps SQLite's codes to the store's errors, in the user's words. */
#include <errno.h>
#include <glib/gi18n.h>

#include "mc-store-private.h"

/* Of SQLITE_IOERR and SQLITE_CANTOPEN the system's errno says more than the code. */
static int
code_of_system_error (sqlite3 *db,
                      int      code)
{
  switch (db ? sqlite3_system_errno (db) : 0)
    {
    case ENOSPC:
    case EDQUOT:
      return SQLITE_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
      return SQLITE_READONLY;
    default:
      return code;
    }
}

void
mc_store_set_sqlite_error (GError  **error,
                           sqlite3  *db,
                           int       code)
{
  int primary = code & 0xff;

  if (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN)
    primary = code_of_system_error (db, primary);
  g_debug ("SQLite %d: %s", code, db ? sqlite3_errmsg (db) : sqlite3_errstr (code));
  switch (primary)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_BUSY,
                           _("The database is in use by another program. Nothing was lost; try again in a moment."));
      break;
    case SQLITE_FULL:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL,
                           _("The disk is full. What was saved before is safe; the last change was not saved. Make room and try again."));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_READ_ONLY,
                           _("The database may only be read: its file or folder is read-only or belongs to someone else. Nothing was changed."));
      break;
    case SQLITE_CORRUPT:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_CORRUPT,
                           _("The database file is damaged. Nothing was changed in it; restore a backup, or make a new file from its log."));
      break;
    case SQLITE_NOTADB:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_OURS,
                           _("This file is not a database of Mingcha. Nothing was changed in it."));
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled. Nothing was changed."));
      break;
    case SQLITE_NOMEM:
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED,
                           _("The computer has too little memory for this. Nothing was lost; close other programs and try again."));
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED,
                   _("The disk did not read or write the database (code %d). What was saved before is safe; the last change was not saved."), code);
      break;
    default:
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FAILED,
                   _("The database refused this (code %d). What was saved before is safe; nothing was changed."), code);
    }
}

sqlite3_stmt *
mc_store_prepare (sqlite3     *db,
                  const char  *sql,
                  GError     **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code != SQLITE_OK)
    {
      g_debug ("in %s", sql);
      mc_store_set_sqlite_error (error, db, code);
      return NULL;
    }
  return statement;
}
