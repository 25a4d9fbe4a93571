/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sets indexes aside where sorting all entries once takes less than finding the place of each. */
#include "mc-set-aside.h"

/* Fewer are not worth a change of the schema. */
#define MIN_NEW 5000
/* The entries of one index are sorted in memory: with what an import holds besides, 200,000 rows came near 60 MiB. */
#define MAX_ROWS 125000

static gboolean
is_worth_it (McDatabase      *database,
             const McEntity  *entity,
             guint64          n_new,
             gboolean        *worth,
             GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max (rowid) FROM \"%s\"", entity->name);
  gint64 n_there;

  if (!mc_database_integer (database, sql, 0, &n_there, error))
    return FALSE;
  *worth = n_new >= MIN_NEW && n_new >= (guint64) n_there && n_new + (guint64) n_there <= MAX_ROWS;
  return TRUE;
}

static gboolean
find_indexes (McDatabase      *database,
              const McEntity  *entity,
              GPtrArray       *names,
              GPtrArray       *statements,
              GError         **error)
{
  sqlite3_stmt *statement =
    mc_database_statement (database, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL ORDER BY rowid", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, entity->name, -1, SQLITE_STATIC);
  while ((more = mc_database_step (database, statement, error)) == 1)
    {
      g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
      g_ptr_array_add (statements, g_strdup ((const char *) sqlite3_column_text (statement, 1)));
    }
  return more == 0;
}

gboolean
mc_set_aside_indexes (McDatabase      *database,
                      const McEntity  *entity,
                      guint64          n_new,
                      GPtrArray      **set_aside,
                      GError         **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  gboolean worth;

  *set_aside = NULL;
  if (!is_worth_it (database, entity, n_new, &worth, error))
    return FALSE;
  if (!worth)
    return TRUE;
  if (!find_indexes (database, entity, names, statements, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP INDEX \"%s\"", (const char *) names->pdata[i]);

      if (!mc_database_execute (database, sql, error))
        return FALSE;
    }
  *set_aside = g_steal_pointer (&statements);
  return TRUE;
}

gboolean
mc_set_aside_restore (McDatabase       *database,
                      const GPtrArray  *set_aside,
                      GError          **error)
{
  for (guint i = 0; i < set_aside->len; i++)
    if (!mc_database_execute (database, set_aside->pdata[i], error))
      return FALSE;
  return TRUE;
}
