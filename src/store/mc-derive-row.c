/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in a row of a derived table, and its writing. */
#include "mc-derive-row.h"

#include <string.h>

#include "mc-derive-tables.h"
#include "mc-derive.h"
#include "mc-log.h"
#include "mc-text-key.h"

/* --- columns ------------------------------------------------------------------------------------------------ */

static gboolean
holds_text (McFieldType type)
{
  switch (type)
    {
    case MC_FIELD_INTEGER:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      return FALSE;
    case MC_FIELD_TEXT:
    case MC_FIELD_DATE:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return TRUE;
    }
}

const McValue *
mc_row_column (const McField *field, const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_TEXT:
      return holds_text (field->type) ? value : NULL;
    case MC_VALUE_BOOLEAN:
    case MC_VALUE_INTEGER:
      return holds_text (field->type) ? NULL : value;
    case MC_VALUE_NULL:
    case MC_VALUE_SEALED:
    default:
      return NULL;
    }
}

static void
append_key_of (const McField *field, const McValue *value, GString *key)
{
  value = field->flags & MC_FIELD_SEARCHABLE ? mc_row_column (field, value) : NULL;
  if (!value || value->type != MC_VALUE_TEXT)
    return;
  if (field->type == MC_FIELD_LIST)
    {
      g_auto (GStrv) items = g_strsplit (value->text, "\n", -1);

      for (guint n = 0; items[n]; n++)
        mc_text_append_search_key (key, items[n]);
    }
  else
    mc_text_append_search_key (key, value->text);
}

void
mc_derive_append_search_key (const McRecord *record, GString *key)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    append_key_of (&entity->fields[i], mc_record_get_at (record, i), key);
}

/* --- writing ------------------------------------------------------------------------------------------------ */

static void
bind_column (sqlite3_stmt *statement, guint index, const McField *field, const McValue *value)
{
  value = mc_row_column (field, value);
  if (value && value->type == MC_VALUE_TEXT)
    sqlite3_bind_text (statement, (int) index + 2, value->text, -1, SQLITE_STATIC);
  else if (value)
    sqlite3_bind_int64 (statement, (int) index + 2, value->integer);
}

/* What is the same of all rows; the root's id stands in a part in any case. */
static void
bind_frame (sqlite3_stmt *statement, const McEntity *entity, const char *id, const char *root, McRecordState state)
{
  sqlite3_bind_text (statement, 1, id, 36, SQLITE_STATIC);
  if (root && entity->root_field)
    sqlite3_bind_text (statement, mc_entity_field_index (entity, entity->root_field) + 2, root, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, (int) entity->n_fields + 2, (int) state);
}

static void
bind_key (sqlite3_stmt *statement, const McEntity *entity, const char *key, gsize length)
{
  if (mc_table_of (entity)->has_search_key)
    sqlite3_bind_blob (statement, (int) entity->n_fields + 3, key, (int) length, SQLITE_STATIC);
}

static void
bind_record (sqlite3_stmt *statement, const McRecord *record, const char *root, McRecordState state)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    bind_column (statement, i, &entity->fields[i], mc_record_get_at (record, i));
  bind_frame (statement, entity, mc_record_get_id (record), root, state);
}

gboolean
mc_row_write (McDatabase *database, const char *sql, const McRecord *record, const char *root, McRecordState state, GError **error)
{
  const McEntity *entity = mc_record_get_entity (record);
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);
  g_autoptr (GString) key = g_string_sized_new (512);

  if (!statement)
    return FALSE;
  if (mc_table_of (entity)->has_search_key)
    mc_derive_append_search_key (record, key);
  bind_record (statement, record, root, state);
  bind_key (statement, entity, key->str, key->len);
  return mc_database_run (database, statement, error);
}

gboolean
mc_row_insert_prepared (McDatabase *database, const McRecord *record, const char *search_key, gsize length, GError **error)
{
  const McEntity *entity = mc_record_get_entity (record);
  sqlite3_stmt *statement = mc_database_statement (database, mc_table_of (entity)->insert, error);

  if (!statement)
    return FALSE;
  bind_record (statement, record, NULL, 0);
  bind_key (statement, entity, search_key, length);
  return mc_database_run (database, statement, error);
}

gboolean
mc_row_write_dormant (McDatabase *database, const McEntity *entity, const char *id, const char *root, McRecordState state, GError **error)
{
  sqlite3_stmt *statement = mc_database_statement (database,
                                                   "INSERT OR REPLACE INTO dormant (id, entity, root, state) VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, entity->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, root, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 4, (int) state);
  return mc_database_run (database, statement, error);
}

/* --- openings of what disagrees ----------------------------------------------------------------------------- */

static gboolean
find_opening (McDatabase *database, const McValue *sealed, GHashTable *openings, gboolean *missing, GError **error)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  gboolean not_here = FALSE, erased = FALSE;

  mc_value_copy (sealed, &value);
  if (!mc_log_open_value (database, &value, &not_here, error)
      || (not_here && !mc_log_is_erased (database, sealed->text, &erased, error)))
    return FALSE;
  if (!not_here || erased)
    g_hash_table_insert (openings, g_strdup (sealed->text), erased ? g_strdup ("") : g_steal_pointer (&value.text));
  if (not_here && missing)
    *missing = TRUE;
  return TRUE;
}

GHashTable *
mc_row_find_openings (McDatabase *database, const McMerge *merge, GPtrArray *changes, gboolean *missing, GError **error)
{
  g_autoptr (GHashTable) openings = NULL;

  for (guint i = 0; i < merge->n_fields; i++)
    for (guint k = 0; merge->fields[i].conflict && k < changes->len; k++)
      {
        const McFieldChange *set = mc_change_field (g_ptr_array_index (changes, k), merge->fields[i].key);

        if (!set || set->value.type != MC_VALUE_SEALED)
          continue;
        if (!openings)
          openings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        if (!find_opening (database, &set->value, openings, missing, error))
          return NULL;
      }
  return g_steal_pointer (&openings);
}

/* --- rows of records alone ---------------------------------------------------------------------------------- */

void
mc_row_free (McRow *row)
{
  if (!row)
    return;
  g_ptr_array_unref (row->changes);
  g_clear_pointer (&row->opened, g_ptr_array_unref);
  if (row->search_key)
    g_string_free (row->search_key, TRUE);
  g_free (row);
}

/* Both are sorted by key. Returns how many of the merged fields the entity has. */
static guint
take_values (McRow *row, const McMerge *merge)
{
  const McEntity *entity = row->entity;
  const guint *by_key = mc_change_field_order (entity);
  guint n_known = 0;

  for (guint i = 0, m = 0; i < entity->n_fields && m < merge->n_fields; i++)
    {
      int order = -1;

      while (m < merge->n_fields && (order = strcmp (merge->fields[m].key, entity->fields[by_key[i]].key)) < 0)
        m++;
      if (m == merge->n_fields || order != 0)
        continue;
      n_known++;
      row->values[by_key[i]] = merge->fields[m++].value;
    }
  return n_known;
}

/* FALSE without error: an opening is not there. */
static gboolean
open_values (McDatabase *database, McRow *row, GError **error)
{
  for (guint i = 0; i < row->entity->n_fields; i++)
    {
      McValue *value = &row->values[i], opened = MC_VALUE_INIT;
      gboolean missing = FALSE;

      if (value->type == MC_VALUE_TEXT && !*value->text)
        *value = (McValue) MC_VALUE_INIT; /* as in a record */
      if (value->type != MC_VALUE_SEALED || !(row->entity->fields[i].flags & MC_FIELD_PERSONAL))
        continue;
      mc_value_copy (value, &opened);
      if (!mc_log_open_value (database, &opened, &missing, error) || missing)
        {
          mc_value_clear (&opened);
          return FALSE;
        }
      if (!row->opened)
        row->opened = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (row->opened, opened.text);
      *value = opened.text && *opened.text ? opened : (McValue) MC_VALUE_INIT;
    }
  return TRUE;
}

static McMerge *
merge_alone (McDatabase *database, GPtrArray *changes, const GPtrArray *seals, gboolean *missing, GError **error)
{
  const McChange *const *lines = (const McChange *const *) changes->pdata, *const *of_root = seals ? (const McChange *const *) seals->pdata : NULL;
  guint n_seals = seals ? seals->len : 0;
  g_autoptr (McMerge) merge = mc_merge (lines, changes->len, of_root, n_seals, NULL);
  g_autoptr (GHashTable) openings = NULL;

  if (changes->len == 1 || !mc_merge_has_conflict (merge))
    return g_steal_pointer (&merge);
  openings = mc_row_find_openings (database, merge, changes, missing, error);
  return openings ? mc_merge_opened (lines, changes->len, of_root, n_seals, NULL, openings) : g_steal_pointer (&merge);
}

McRow *
mc_row_new_alone (McDatabase *database, const McEntity *entity, const char *id, GPtrArray *changes, const GPtrArray *seals, GError **error)
{
  g_autoptr (McRow) row = g_malloc0 (sizeof (McRow) + entity->n_fields * sizeof (McValue));
  g_autoptr (McMerge) merge = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean missing = FALSE;
  guint n_known;

  row->entity = entity;
  row->changes = changes;
  g_strlcpy (row->id, id, sizeof row->id);
  g_strlcpy (row->root, mc_entity_is_part (entity) ? mc_derive_root_of (entity, changes) : id, sizeof row->root);
  merge = merge_alone (database, changes, seals, &missing, &local_error);
  n_known = take_values (row, merge);
  row->state = mc_merge_state (merge, n_known);
  row->dormant = merge->n_fields == 0;
  if (local_error || missing || !open_values (database, row, &local_error))
    {
      if (local_error)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (mc_table_of (entity)->has_search_key)
    {
      row->search_key = g_string_sized_new (512);
      for (guint i = 0; i < entity->n_fields; i++)
        append_key_of (&entity->fields[i], &row->values[i], row->search_key);
    }
  return g_steal_pointer (&row);
}

gboolean
mc_row_insert (McDatabase *database, const McRow *row, GError **error)
{
  sqlite3_stmt *statement;

  if (row->dormant)
    return mc_row_write_dormant (database, row->entity, row->id, row->root, row->state, error);
  statement = mc_database_statement (database, mc_table_of (row->entity)->insert, error);
  if (!statement)
    return FALSE;
  for (guint i = 0; i < row->entity->n_fields; i++)
    bind_column (statement, i, &row->entity->fields[i], &row->values[i]);
  bind_frame (statement, row->entity, row->id, row->root, row->state);
  if (row->search_key)
    bind_key (statement, row->entity, row->search_key->str, row->search_key->len);
  return mc_database_run (database, statement, error);
}
