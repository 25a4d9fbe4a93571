/* SPDX-License-Identifier: GPL-3.0-or-later
 * Roots with their parts in the derived tables: their common state, which parts there are, and the emptying of all. */
#include <string.h>

#include "mc-derive-row.h"
#include "mc-derive-tables.h"
#include "mc-derive.h"

gboolean
mc_derive_has_parts (const McEntity *entity)
{
  return mc_table_of (entity)->has_parts;
}

gboolean
mc_derive_has_search_key (const McEntity *entity)
{
  return mc_table_of (entity)->has_search_key;
}

/* --- the state of the whole ---------------------------------------------------------------------------------- */

static gboolean
collect_states (McDatabase     *database,
                const char     *sql,
                const char     *root,
                McRecordState  *states,
                GError        **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, root, -1, SQLITE_STATIC);
  while ((more = mc_database_step (database, statement, error)) == 1)
    *states |= (McRecordState) sqlite3_column_int (statement, 0);
  return more == 0;
}

static gboolean
collect_whole_state (McDatabase      *database,
                     const McEntity  *root_entity,
                     const char      *root,
                     McRecordState   *states,
                     GError         **error)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    if (entities[i]->root_entity && strcmp (entities[i]->root_entity, root_entity->name) == 0 &&
        !collect_states (database, mc_table_of (entities[i])->select_part_states, root, states, error))
      return FALSE;
  return collect_states (database, "SELECT state FROM dormant WHERE root = ?1", root, states, error);
}

gboolean
mc_derive_set_whole_state (McDatabase      *database,
                           const McEntity  *root_entity,
                           const char      *root,
                           McRecordState    states,
                           GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, mc_table_of (root_entity)->set_whole_state, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, root, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, (int) states);
  return mc_database_run (database, statement, error);
}

gboolean
mc_derive_whole_state (McDatabase      *database,
                       const McEntity  *root_entity,
                       const char      *root,
                       GError         **error)
{
  McRecordState states = 0;

  return !mc_table_of (root_entity)->has_parts ||
         (collect_whole_state (database, root_entity, root, &states, error) &&
          mc_derive_set_whole_state (database, root_entity, root, states, error));
}

/* The row begins with whole_state 0, as its state: only parts that came before their root can make it another. */
static gboolean
adopt_parts (McDatabase *database, const McEntity *entity, const char *id, GError **error)
{
  McRecordState states = 0;

  return !mc_table_of (entity)->has_parts
         || (collect_whole_state (database, entity, id, &states, error)
             && (states == 0 || mc_derive_set_whole_state (database, entity, id, states, error)));
}

gboolean
mc_derive_insert_new (McDatabase *database, const McRecord *record, GError **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  return mc_row_write (database, mc_table_of (entity)->insert, record, NULL, 0, error)
         && adopt_parts (database, entity, mc_record_get_id (record), error);
}

gboolean
mc_derive_insert_prepared (McDatabase *database, const McRecord *record, const char *search_key, gsize length, gboolean may_have_parts, GError **error)
{
  return mc_row_insert_prepared (database, record, search_key, length, error)
         && (!may_have_parts || adopt_parts (database, mc_record_get_entity (record), mc_record_get_id (record), error));
}

gboolean
mc_derive_awaits_roots (McDatabase      *database,
                        const McEntity  *entity,
                        gboolean        *awaits,
                        GError         **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT EXISTS (SELECT 1 FROM dormant)");
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);
  gint64 found = 0;

  for (guint i = 0; i < n; i++)
    if (entities[i]->root_entity && strcmp (entities[i]->root_entity, entity->name) == 0)
      g_string_append_printf (sql, " OR EXISTS (SELECT 1 FROM %s)", entities[i]->name);
  if (!mc_database_integer (database, sql->str, 0, &found, error))
    return FALSE;
  *awaits = found != 0;
  return TRUE;
}

/* --- parts -------------------------------------------------------------------------------------------------- */

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
append_ids (McDatabase    *database,
            sqlite3_stmt  *statement,
            GPtrArray     *ids,
            GError       **error)
{
  int more;

  while ((more = mc_database_step (database, statement, error)) == 1)
    g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return more == 0;
}

GPtrArray *
mc_derive_part_ids (McDatabase      *database,
                    const McEntity  *part_entity,
                    const char      *root,
                    gboolean         with_dormant,
                    GError         **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = mc_database_statement (database, mc_table_of (part_entity)->select_ids, error);

  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, root, -1, SQLITE_STATIC);
  if (!append_ids (database, statement, ids, error))
    return NULL;
  if (!with_dormant)
    return g_steal_pointer (&ids);
  statement = mc_database_statement (database, "SELECT id FROM dormant WHERE root = ?1 AND entity = ?2 AND id <> root ORDER BY id", error);
  if (!statement)
    return NULL;
  sqlite3_bind_text (statement, 1, root, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, part_entity->name, -1, SQLITE_STATIC);
  if (!append_ids (database, statement, ids, error))
    return NULL;
  g_ptr_array_sort (ids, compare_ids);
  return g_steal_pointer (&ids);
}

gboolean
mc_derive_clear (McDatabase  *database,
                 gboolean     with_index,
                 GError     **error)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    if (!mc_database_execute (database, mc_table_of (entities[i])->clear, error))
      return FALSE;
  if (!mc_database_execute (database, "DELETE FROM dormant", error))
    return FALSE;
  return !with_index || mc_database_execute (database, "DELETE FROM seal; DELETE FROM refused; DELETE FROM erased", error);
}
