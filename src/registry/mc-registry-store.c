/* SPDX-License-Identifier: GPL-3.0-or-later
 * Small steps of reading SQL that the registers share. */
#include "mc-registry-store.h"

#include <string.h>

char *
mc_column_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

gint64
mc_column_integer (sqlite3_stmt *statement, int column, gint64 if_null)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? if_null : sqlite3_column_int64 (statement, column);
}

gboolean
mc_step (sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    mc_store_set_sqlite_error (error, sqlite3_db_handle (statement), code);
  return FALSE;
}

void
mc_bind_text (sqlite3_stmt *statement, const char *name, const char *text)
{
  int index = sqlite3_bind_parameter_index (statement, name);

  if (index > 0 && text)
    sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

void
mc_append_word_conditions (GString *sql, const char *prefix, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (sql, " AND instr(%ssearch_key, :word%u) > 0", prefix, i);
}

void
mc_bind_words (sqlite3_stmt *statement, char **words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf (":word%u", i);

      /* The column is a blob; instr() compares bytes only if both are. */
      sqlite3_bind_blob (statement, sqlite3_bind_parameter_index (statement, name), words[i], (int) strlen (words[i]), SQLITE_TRANSIENT);
    }
}
