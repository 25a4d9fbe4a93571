/* SPDX-License-Identifier: GPL-3.0-or-later
 * The statements of the derived tables, one set for each entity. */
#include "mc-derive-tables.h"

#include <string.h>

static gboolean
find_parts (const McEntity *entity)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    if (entities[i]->root_entity && strcmp (entities[i]->root_entity, entity->name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
find_searchable (const McEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].flags & MC_FIELD_SEARCHABLE)
      return TRUE;
  return FALSE;
}

/* Parameters: 1 the id, then the fields, state, search_key. */
static void
make_write_statements (const McEntity *entity, McTable *table)
{
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) values = g_string_new ("?1");
  g_autoptr (GString) sets = g_string_new (NULL);
  guint n = 1;

  for (guint i = 0; i <= entity->n_fields + (table->has_search_key ? 1 : 0); i++)
    {
      const char *column = i < entity->n_fields ? entity->fields[i].key : i == entity->n_fields ? "state" : "search_key";

      n++;
      g_string_append_printf (columns, ", %s", column);
      g_string_append_printf (values, ", ?%u", n);
      g_string_append_printf (sets, "%s%s = ?%u", i > 0 ? ", " : "", column, n);
    }
  table->insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", entity->name, columns->str, values->str);
  table->update = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?1", entity->name, sets->str);
}

static void
make_statements (const McEntity *entity, McTable *table)
{
  table->has_parts = find_parts (entity);
  table->has_search_key = find_searchable (entity);
  make_write_statements (entity, table);
  table->delete = g_strdup_printf ("DELETE FROM %s WHERE id = ?1", entity->name);
  table->select_state = g_strdup_printf ("SELECT state FROM %s WHERE id = ?1", entity->name);
  table->clear = g_strdup_printf ("DELETE FROM %s", entity->name);
  if (entity->root_field)
    {
      table->select_ids = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?1 ORDER BY id", entity->name, entity->root_field);
      table->select_part_states = g_strdup_printf ("SELECT state FROM %s WHERE %s = ?1", entity->name, entity->root_field);
    }
  if (table->has_parts)
    table->set_whole_state = g_strdup_printf ("UPDATE %s SET whole_state = state | ?2 WHERE id = ?1 AND whole_state <> state | ?2", entity->name);
}

const McTable *
mc_table_of (const McEntity *entity)
{
  static McTable *all = NULL;
  static gsize ready = 0;
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  if (g_once_init_enter (&ready))
    {
      all = g_new0 (McTable, n);
      for (guint i = 0; i < n; i++)
        make_statements (entities[i], &all[i]);
      g_once_init_leave (&ready, 1);
    }
  return &all[entity - entities[0]];
}

int
mc_table_read_state (McDatabase *database, const char *sql, const char *id, McRecordState *state, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);
  int more;

  *state = 0;
  if (!statement)
    return -1;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      *state = (McRecordState) sqlite3_column_int (statement, 0);
      mc_database_done (statement);
    }
  return more;
}

gboolean
mc_table_run (McDatabase *database, const char *sql, const char *id, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  return mc_database_run (database, statement, error);
}
