/* SPDX-License-Identifier: GPL-3.0-or-later
 * One connection to a database file, with its statements; the only code that opens databases. */
#include "mc-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mc-database-copy.h"
#include "mc-disk.h"
#include "mc-migration.h"

struct _McDatabase
{
  sqlite3 *db;
  char *path;
  char *copy;             /* the folder of a private copy; removed at the end */
  McStoreMode mode;
  GHashTable *statements; /* address of the SQL → sqlite3_stmt */
};

/* --- opening ---------------------------------------------------------------------------------------------- */

static gboolean
looks_like_ours (const guint8 *header,
                 gssize        length)
{
  static const char magic[16] = "SQLite format 3";
  guint32 id;

  if (length < 100 || memcmp (header, magic, sizeof magic) != 0)
    return FALSE;
  memcpy (&id, header + 68, sizeof id);
  return GUINT32_FROM_BE (id) == MC_DATABASE_APPLICATION_ID;
}

/* SQLite is given only files that are there and ours: it would take an empty file for a new database. */
gboolean
mc_database_check_file (const char  *path,
                        GError     **error)
{
  guint8 header[100];
  gssize length;
  int code;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    {
      mc_disk_set_error (error, errno, path);
      return FALSE;
    }
  length = pread (fd, header, sizeof header, 0);
  code = errno;
  close (fd);
  if (length < 0)
    {
      mc_disk_set_error (error, code, path);
      return FALSE;
    }
  if (!looks_like_ours (header, length))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_OURS,
                   _("“%s” is not a database of Mingcha. Nothing was changed in it."), path);
      return FALSE;
    }
  return TRUE;
}

static sqlite3 *
open_handle (const char  *path,
             int          flags,
             GError     **error)
{
  static gsize configured = 0;
  sqlite3 *db = NULL;
  int code;

  if (g_once_init_enter (&configured))
    {
      /* Nobody asks how much memory SQLite uses, and counting it locks a mutex at each allocation. */
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }
  code = sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (code != SQLITE_OK)
    {
      mc_store_set_sqlite_error (error, db, code);
      sqlite3_close (db);
      return NULL;
    }
  sqlite3_busy_timeout (db, 5000);
  return db;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static McDatabase *
database_new (const char  *path,
              sqlite3     *db,
              McStoreMode  mode)
{
  McDatabase *self = g_new0 (McDatabase, 1);

  self->path = g_strdup (path);
  self->db = db;
  self->mode = mode;
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  return self;
}

static gboolean
prepare_writing (McDatabase  *self,
                 GError     **error)
{
  return mc_database_execute (self,
                              "PRAGMA foreign_keys = ON;"
                              "PRAGMA secure_delete = ON;" /* what was erased is not left in free pages */
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA journal_mode = WAL;"
                              "PRAGMA synchronous = FULL;"
                              "PRAGMA trusted_schema = OFF;"
                              "PRAGMA journal_size_limit = 33554432;"
                              "PRAGMA cache_size = -16384;", error);
}

static gboolean
prepare_reading (McDatabase  *self,
                 GError     **error)
{
  gint64 tables;

  /* The pragmas alone do not touch the file; the count does. */
  return mc_database_execute (self, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8192;", error) &&
         mc_database_integer (self, "SELECT count(*) FROM sqlite_master", 0, &tables, error);
}

static McDatabase *
open_for_writing (const char  *path,
                  GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  sqlite3 *db;

  if (!mc_database_check_file (path, error))
    return NULL;
  db = open_handle (path, SQLITE_OPEN_READWRITE, error);
  if (!db)
    return NULL;
  self = database_new (path, db, MC_STORE_MODE_WRITE);
  if (sqlite3_db_readonly (db, "main") == 1)
    {
      mc_disk_set_error (error, EACCES, path);
      return NULL;
    }
  if (!mc_migration_check_newer (self, error) || !prepare_writing (self, error) || !mc_migration_run (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static McDatabase *
open_plain (const char  *path,
            GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  sqlite3 *db;

  if (!mc_database_check_file (path, error))
    return NULL;
  db = open_handle (path, SQLITE_OPEN_READWRITE, error);
  if (!db)
    return NULL;
  self = database_new (path, db, MC_STORE_MODE_WRITE);
  if (!mc_migration_check_newer (self, error) || !prepare_writing (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The marks of a file of ours go in before WAL begins, so that they stand in the file itself from the first moment. */
static gboolean
write_marks (McDatabase  *self,
             GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size = 4096; PRAGMA application_id = %d; PRAGMA user_version = 0;",
                                          MC_DATABASE_APPLICATION_ID);

  return mc_database_execute (self, sql, error);
}

static void
unlink_new (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      (void) g_unlink (name);
    }
}

static gboolean
claim_name (const char  *path,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) && !mc_disk_make_folder (folder, 0700, error))
    return FALSE;
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS,
                   _("“%s” is there already. Nothing was changed in it."), path);
      return FALSE;
    }
  if (fd < 0)
    {
      mc_disk_set_error (error, errno, path);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static McDatabase *
create (const char  *path,
        GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  sqlite3 *db;

  if (!claim_name (path, error))
    return NULL;
  db = open_handle (path, SQLITE_OPEN_READWRITE, error);
  if (db)
    self = database_new (path, db, MC_STORE_MODE_WRITE);
  if (!self || !write_marks (self, error) || !prepare_writing (self, error) || !mc_migration_run (self, error) ||
      !mc_disk_sync_folder (folder, error))
    {
      g_clear_pointer (&self, mc_database_free);
      unlink_new (path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* --- reading, in one of three ways -------------------------------------------------------------------------- */

static McDatabase *
open_beside (const char  *path,
             GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  sqlite3 *db = open_handle (path, SQLITE_OPEN_READONLY, error);

  if (!db)
    return NULL;
  self = database_new (path, db, MC_STORE_MODE_READ);
  return prepare_reading (self, error) ? g_steal_pointer (&self) : NULL;
}

static McDatabase *
open_immutable (const char  *path,
                GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strconcat ("file:", escaped, "?immutable=1", NULL);
  sqlite3 *db = open_handle (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);

  if (!db)
    return NULL;
  self = database_new (path, db, MC_STORE_MODE_IMMUTABLE);
  return prepare_reading (self, error) ? g_steal_pointer (&self) : NULL;
}

/* A private copy may be written, so that SQLite can go through the -wal, and an older schema be migrated. */
static McDatabase *
open_copy (const char  *path,
           GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *folder = mc_database_copy_aside (path, &copied, error);
  sqlite3 *db;

  if (!folder)
    return NULL;
  db = open_handle (copied, SQLITE_OPEN_READWRITE, error);
  if (!db)
    {
      mc_database_copy_remove (folder);
      return NULL;
    }
  self = database_new (path, db, MC_STORE_MODE_COPY);
  self->copy = g_steal_pointer (&folder);
  if (!prepare_writing (self, error) || !mc_migration_run (self, error) || !prepare_reading (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
has_wal (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf info;

  return g_stat (wal, &info) == 0 && info.st_size > 0;
}

static gboolean
may_write_beside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (folder, W_OK) == 0;
}

static McDatabase *
open_for_reading (const char  *path,
                  GError     **error)
{
  g_autoptr (McDatabase) self = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!mc_database_check_file (path, error))
    return NULL;
  self = open_beside (path, &local_error);
  if (!self && may_write_beside (path))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!self)
    self = has_wal (path) ? open_copy (path, error) : open_immutable (path, error);
  if (!self || !mc_migration_check_newer (self, error))
    return NULL;
  if (mc_database_get_schema (self) < mc_database_newest_schema ())
    {
      g_clear_pointer (&self, mc_database_free);
      self = open_copy (path, error);
    }
  return g_steal_pointer (&self);
}

McDatabase *
mc_database_open (const char        *path,
                  McDatabaseAccess   access,
                  GError           **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  switch (access)
    {
    case MC_DATABASE_CREATE:
      return create (path, error);
    case MC_DATABASE_WRITE:
      return open_for_writing (path, error);
    case MC_DATABASE_PLAIN:
      return open_plain (path, error);
    case MC_DATABASE_READ:
    default:
      return open_for_reading (path, error);
    }
}

void
mc_database_free (McDatabase *self)
{
  int code;

  g_hash_table_unref (self->statements);
  code = sqlite3_close (self->db);
  if (code != SQLITE_OK)
    g_critical ("a statement of %s is still in use", self->path);
  if (self->copy)
    mc_database_copy_remove (self->copy);
  g_free (self->copy);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
mc_database_get_handle (McDatabase *self)
{
  return self->db;
}

McStoreMode
mc_database_get_mode (McDatabase *self)
{
  return self->mode;
}

const char *
mc_database_get_path (McDatabase *self)
{
  return self->path;
}

/* --- statements ------------------------------------------------------------------------------------------- */

sqlite3_stmt *
mc_database_statement (McDatabase  *self,
                       const char  *sql,
                       GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);
  int code;

  if (statement)
    return statement;
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      g_debug ("in %s", sql);
      mc_store_set_sqlite_error (error, self->db, code);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

void
mc_database_done (sqlite3_stmt *statement)
{
  if (!statement)
    return;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

int
mc_database_step (McDatabase    *self,
                  sqlite3_stmt  *statement,
                  GError       **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return 1;
  mc_database_done (statement);
  if (code == SQLITE_DONE)
    return 0;
  mc_store_set_sqlite_error (error, self->db, code);
  return -1;
}

gboolean
mc_database_run (McDatabase    *self,
                 sqlite3_stmt  *statement,
                 GError       **error)
{
  int code = sqlite3_step (statement);

  mc_database_done (statement);
  if (code == SQLITE_DONE || code == SQLITE_ROW)
    return TRUE;
  mc_store_set_sqlite_error (error, self->db, code);
  return FALSE;
}

gboolean
mc_database_execute (McDatabase  *self,
                     const char  *sql,
                     GError     **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  mc_store_set_sqlite_error (error, self->db, code);
  return FALSE;
}

gboolean
mc_database_integer (McDatabase  *self,
                     const char  *sql,
                     gint64       fallback,
                     gint64      *value,
                     GError     **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (self->db, sql, error);
  int code;

  if (!statement)
    return FALSE;
  code = sqlite3_step (statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      mc_store_set_sqlite_error (error, self->db, code);
      return FALSE;
    }
  *value = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : fallback;
  return TRUE;
}
