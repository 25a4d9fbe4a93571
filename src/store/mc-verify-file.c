/* SPDX-License-Identifier: GPL-3.0-or-later
 * Verifies the database file itself: its schema, its pages, its indexes. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-verify-database.h"

/* The last word of SQLite's text is the name of the index or column. */
static const char *
last_word (const char *text)
{
  const char *space = strrchr (text, ' ');

  return space ? space + 1 : text;
}

static void
find_problem (McVerify *self, const char *text)
{
  char *where = g_strconcat ("file: ", text, NULL);

  if (strstr (text, "missing from index") || strstr (text, "of entries in index") || strstr (text, "non-unique entry in index"))
    mc_verify_find (self, MC_FINDING_FILE, where,
                    _("The index “%s” does not agree with its table. Rebuild the database from its log."), last_word (text));
  else if (strstr (text, "constraint failed in") || strstr (text, " value in "))
    mc_verify_find (self, MC_FINDING_FILE, where, _("A value in “%s” is not one that may stand there."), last_word (text));
  else
    mc_verify_find (self, MC_FINDING_FILE, where,
                    _("Pages of the database file are damaged. Rebuild it from its log, or restore a backup."));
}

static gboolean
check_pages (McVerify *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = mc_store_prepare (mc_database_get_handle (self->database), "PRAGMA integrity_check", error);
  int step;

  if (!statement)
    return FALSE;
  while ((step = mc_verify_step (self, statement, error)) == 1)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);

      if (text && strcmp (text, "ok") != 0)
        find_problem (self, text);
    }
  return step == 0;
}

/* "type name table sql", and how SQLite holds them, of everything in the schema, sorted. */
static char *
describe_schema (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    mc_store_prepare (db,
                      "SELECT type, name, tbl_name, ifnull (sql, ''), typeof (type) || typeof (name) || typeof (tbl_name) || typeof (sql)"
                      " FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2", error);
  g_autoptr (GString) text = g_string_new (NULL);
  int code = SQLITE_DONE;

  if (!statement)
    return NULL;
  while ((code = sqlite3_step (statement)) == SQLITE_ROW)
    g_string_append_printf (text, "%s %s %s %s %s\n", sqlite3_column_text (statement, 0), sqlite3_column_text (statement, 1),
                            sqlite3_column_text (statement, 2), sqlite3_column_text (statement, 3), sqlite3_column_text (statement, 4));
  if (code == SQLITE_DONE)
    return g_string_free (g_steal_pointer (&text), FALSE);
  mc_store_set_sqlite_error (error, db, code);
  return NULL;
}

/* Holds nothing, so it is no database that a cipher would have to know of. */
static sqlite3 *
make_fresh_schema (int newest, GError **error)
{
  sqlite3 *db = NULL;
  int code = sqlite3_open (":memory:", &db);

  for (int n = 1; n <= newest && code == SQLITE_OK; n++)
    {
      g_autofree char *path = g_strdup_printf ("/org/mingcha/Mingcha/store/migrations/%04d.sql", n);
      g_autoptr (GBytes) step = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *sql = g_strndup (g_bytes_get_data (step, NULL), g_bytes_get_size (step));

      code = sqlite3_exec (db, sql, NULL, NULL, NULL);
    }
  if (code == SQLITE_OK)
    return db;
  mc_store_set_sqlite_error (error, db, code);
  sqlite3_close (db);
  return NULL;
}

/* Against that of a new file of the same schema. */
static gboolean
check_schema (McVerify *self, GError **error)
{
  sqlite3 *fresh = make_fresh_schema (mc_database_newest_schema (), error);
  g_autofree char *wanted = fresh ? describe_schema (fresh, error) : NULL;
  g_autofree char *found = wanted ? describe_schema (mc_database_get_handle (self->database), error) : NULL;

  sqlite3_close (fresh);
  if (!found)
    return FALSE;
  if (strcmp (found, wanted) != 0)
    mc_verify_find (self, MC_FINDING_FILE, g_strdup ("file: schema"),
                    _("The description of the tables in the file has been changed or is damaged. Rebuild it from its log, or restore a backup."));
  return TRUE;
}

gboolean
mc_verify_file (McVerify *self, GError **error)
{
  mc_progress_tell (self->progress, _("Checking the file"), 0, 0);
  return check_schema (self, error) && check_pages (self, error);
}
