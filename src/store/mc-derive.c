/* SPDX-License-Identifier: GPL-3.0-or-later
 * The derived row of a record, from its merged lines; the one way by which save, apply and rebuild write derived tables. */
#include "mc-derive.h"

#include <string.h>

#include "mc-log.h"
#include "mc-text-key.h"

/* The statements of one entity's table; made once, so that their addresses name them. */
typedef struct
{
  char *insert;
  char *update;
  char *delete;
  char *select_state;
  char *select_ids;         /* of a part: by root */
  char *select_part_states; /* of a part: by root */
  char *set_whole_state;    /* of a root with parts */
  char *clear;
  gboolean has_parts;
  gboolean has_search_key;
} Sql;

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
make_write_statements (const McEntity *entity,
                       Sql            *sql)
{
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) values = g_string_new ("?1");
  g_autoptr (GString) sets = g_string_new (NULL);
  guint n = 1;

  for (guint i = 0; i <= entity->n_fields + (sql->has_search_key ? 1 : 0); i++)
    {
      const char *column = i < entity->n_fields ? entity->fields[i].key : i == entity->n_fields ? "state" : "search_key";

      n++;
      g_string_append_printf (columns, ", %s", column);
      g_string_append_printf (values, ", ?%u", n);
      g_string_append_printf (sets, "%s%s = ?%u", i > 0 ? ", " : "", column, n);
    }
  sql->insert = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", entity->name, columns->str, values->str);
  sql->update = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?1", entity->name, sets->str);
}

static void
make_statements (const McEntity *entity,
                 Sql            *sql)
{
  sql->has_parts = find_parts (entity);
  sql->has_search_key = find_searchable (entity);
  make_write_statements (entity, sql);
  sql->delete = g_strdup_printf ("DELETE FROM %s WHERE id = ?1", entity->name);
  sql->select_state = g_strdup_printf ("SELECT state FROM %s WHERE id = ?1", entity->name);
  sql->clear = g_strdup_printf ("DELETE FROM %s", entity->name);
  if (entity->root_field)
    {
      sql->select_ids = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?1 ORDER BY id", entity->name, entity->root_field);
      sql->select_part_states = g_strdup_printf ("SELECT state FROM %s WHERE %s = ?1", entity->name, entity->root_field);
    }
  if (sql->has_parts)
    sql->set_whole_state = g_strdup_printf ("UPDATE %s SET whole_state = state | ?2 WHERE id = ?1 AND whole_state <> state | ?2", entity->name);
}

static const Sql *
sql_of (const McEntity *entity)
{
  static Sql *all = NULL;
  static gsize ready = 0;
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  if (g_once_init_enter (&ready))
    {
      all = g_new0 (Sql, n);
      for (guint i = 0; i < n; i++)
        make_statements (entities[i], &all[i]);
      g_once_init_leave (&ready, 1);
    }
  return &all[entity - entities[0]];
}

gboolean
mc_derive_has_parts (const McEntity *entity)
{
  return sql_of (entity)->has_parts;
}

gboolean
mc_derive_has_search_key (const McEntity *entity)
{
  return sql_of (entity)->has_search_key;
}

/* --- from lines to a record --------------------------------------------------------------------------------- */

void
mc_derived_free (McDerived *derived)
{
  g_clear_pointer (&derived->merge, mc_merge_free);
  g_clear_pointer (&derived->record, mc_record_free);
  g_clear_pointer (&derived->changes, g_ptr_array_unref);
  g_clear_pointer (&derived->seals, g_ptr_array_unref);
  g_clear_pointer (&derived->refused, g_hash_table_unref);
  g_free (derived);
}

static gboolean
is_earlier (const McChange *a,
            const McChange *b)
{
  int order = strcmp (a->device, b->device);

  if (a->at != b->at)
    return a->at < b->at;
  return order != 0 ? order < 0 : a->seq < b->seq;
}

/* A part is of the root that its first line names, in effect or not: without it a late part would belong nowhere. */
const char *
mc_derive_root_of (const McEntity *entity,
                   GPtrArray      *changes)
{
  const McChange *first = NULL;
  const char *root = "";

  for (guint i = 0; i < changes->len; i++)
    {
      const McChange *change = g_ptr_array_index (changes, i);
      const McFieldChange *set = mc_change_field (change, entity->root_field);

      if (!set || set->value.type != MC_VALUE_TEXT || (first && !is_earlier (change, first)))
        continue;
      first = change;
      root = set->value.text;
    }
  return root;
}

static gboolean
open_personal (McDatabase  *database,
               McRecord    *record,
               gboolean    *any_missing,
               GError     **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *key = entity->fields[i].key;
      g_auto (McValue) value = MC_VALUE_INIT;
      gboolean missing = FALSE, erased = FALSE;

      if (!(entity->fields[i].flags & MC_FIELD_PERSONAL) || mc_record_get (record, key)->type != MC_VALUE_SEALED)
        continue;
      mc_value_copy (mc_record_get (record, key), &value);
      if (!mc_log_open_value (database, &value, &missing, error) ||
          (missing && !any_missing && !mc_log_is_erased (database, value.text, &erased, error)))
        return FALSE;
      if (missing && any_missing)
        *any_missing = TRUE;
      if (!missing)
        mc_record_set (record, key, &value);
      if (erased)
        mc_record_set_state (record, mc_record_get_state (record) | MC_RECORD_ERASED);
    }
  return TRUE;
}

static gboolean
load_context (McDatabase  *database,
              McDerived   *self,
              GError     **error)
{
  if (mc_entity_is_part (self->entity))
    {
      g_strlcpy (self->root, mc_derive_root_of (self->entity, self->changes), sizeof self->root);
      self->seals = mc_log_load_seals (database, self->root, error);
      if (!self->seals)
        return FALSE;
    }
  else
    g_strlcpy (self->root, self->id, sizeof self->root);
  return mc_log_load_refused (database, self->id, self->root, &self->refused, error);
}

static McDerived *
start_derived (const McEntity *entity,
               const char     *id,
               GPtrArray      *changes)
{
  McDerived *self = g_new0 (McDerived, 1);

  self->entity = entity;
  g_strlcpy (self->id, id, sizeof self->id);
  self->changes = changes;
  return self;
}

static gboolean
finish_derived (McDatabase  *database,
                McDerived   *self,
                gboolean    *missing,
                GError     **error)
{
  self->merge = mc_merge ((const McChange *const *) self->changes->pdata, self->changes->len,
                          self->seals ? (const McChange *const *) self->seals->pdata : NULL, self->seals ? self->seals->len : 0,
                          self->refused);
  self->record = mc_merge_to_record (self->merge, self->entity, self->id);
  self->dormant = self->merge->n_fields == 0;
  return open_personal (database, self->record, missing, error);
}

McDerived *
mc_derive_new (McDatabase      *database,
               const McEntity  *entity,
               const char      *id,
               GPtrArray       *changes,
               GError         **error)
{
  g_autoptr (McDerived) self = start_derived (entity, id, changes);

  if (!load_context (database, self, error) || !finish_derived (database, self, NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

McDerived *
mc_derive_new_alone (McDatabase      *database,
                     const McEntity  *entity,
                     const char      *id,
                     GPtrArray       *changes,
                     gboolean        *missing,
                     GError         **error)
{
  g_autoptr (McDerived) self = start_derived (entity, id, changes);

  *missing = FALSE;
  g_strlcpy (self->root, mc_entity_is_part (entity) ? mc_derive_root_of (entity, changes) : id, sizeof self->root);
  if (!finish_derived (database, self, missing, error))
    return NULL;
  return g_steal_pointer (&self);
}

McDerived *
mc_derive_load (McDatabase      *database,
                const McEntity  *entity,
                const char      *id,
                GError         **error)
{
  g_autoptr (GPtrArray) changes = mc_log_load_lines (database, entity, id, error);

  if (!changes)
    return NULL;
  if (changes->len == 0)
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, "");
      return NULL;
    }
  return mc_derive_new (database, entity, id, g_steal_pointer (&changes), error);
}

/* --- from a record to its row ------------------------------------------------------------------------------- */

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

/* What the column holds; NULL: null. A value that is not of its field's type (another program wrote it) shows as nothing. */
static const McValue *
column_value (const McRecord *record,
              guint           index)
{
  const McField *field = &mc_record_get_entity (record)->fields[index];
  const McValue *value = mc_record_get_at (record, index);

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

void
mc_derive_append_search_key (const McRecord *record,
                             GString        *key)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const McValue *value = field->flags & MC_FIELD_SEARCHABLE ? column_value (record, i) : NULL;

      if (!value || value->type != MC_VALUE_TEXT)
        continue;
      if (field->type == MC_FIELD_LIST)
        {
          g_auto (GStrv) items = g_strsplit (value->text, "\n", -1);

          for (guint n = 0; items[n]; n++)
            mc_text_append_search_key (key, items[n]);
        }
      else
        mc_text_append_search_key (key, value->text);
    }
}

static void
bind_fields (sqlite3_stmt    *statement,
             const McRecord  *record,
             const char      *root,
             McRecordState    state)
{
  const McEntity *entity = mc_record_get_entity (record);

  sqlite3_bind_text (statement, 1, mc_record_get_id (record), -1, SQLITE_STATIC);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McValue *value = column_value (record, i);

      if (root && strcmp (entity->fields[i].key, entity->root_field) == 0)
        sqlite3_bind_text (statement, (int) i + 2, root, -1, SQLITE_STATIC);
      else if (value && value->type == MC_VALUE_TEXT)
        sqlite3_bind_text (statement, (int) i + 2, value->text, -1, SQLITE_STATIC);
      else if (value)
        sqlite3_bind_int64 (statement, (int) i + 2, value->integer);
    }
  sqlite3_bind_int (statement, (int) entity->n_fields + 2, (int) state);
}

static gboolean
run_row (McDatabase      *database,
         const char      *text,
         const McRecord  *record,
         const char      *root,
         McRecordState    state,
         GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);
  sqlite3_stmt *statement = mc_database_statement (database, text, error);
  g_autoptr (GString) key = NULL;

  if (!statement)
    return FALSE;
  bind_fields (statement, record, root, state);
  if (sql_of (entity)->has_search_key)
    {
      key = g_string_sized_new (512);
      mc_derive_append_search_key (record, key);
      sqlite3_bind_blob (statement, (int) entity->n_fields + 3, key->str, (int) key->len, SQLITE_STATIC);
    }
  return mc_database_run (database, statement, error);
}

/* 1 a row, 0 none, −1 an error. */
static int
read_state (McDatabase     *database,
            const char     *sql,
            const char     *id,
            McRecordState  *state,
            GError        **error)
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

static gboolean
run_with_id (McDatabase  *database,
             const char  *sql,
             const char  *id,
             GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, id, -1, SQLITE_STATIC);
  return mc_database_run (database, statement, error);
}

static gboolean
write_dormant (McDatabase       *database,
               const McDerived  *derived,
               GError          **error)
{
  sqlite3_stmt *statement = mc_database_statement (database,
                                                   "INSERT OR REPLACE INTO dormant (id, entity, root, state) VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, derived->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, derived->entity->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, derived->root, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 4, (int) mc_record_get_state (derived->record));
  return mc_database_run (database, statement, error) &&
         run_with_id (database, sql_of (derived->entity)->delete, derived->id, error);
}

gboolean
mc_derive_exists (McDatabase      *database,
                  const McEntity  *entity,
                  const char      *id,
                  gboolean        *exists,
                  GError         **error)
{
  McRecordState state;
  int found = read_state (database, sql_of (entity)->select_state, id, &state, error);

  *exists = found == 1;
  return found >= 0;
}

gboolean
mc_derive_write (McDatabase       *database,
                 const McDerived  *derived,
                 McRecordState    *old_state,
                 GError          **error)
{
  const Sql *sql = sql_of (derived->entity);
  McRecordState state;
  int was_dormant;
  int had_row = read_state (database, sql->select_state, derived->id, &state, error);

  if (had_row < 0)
    return FALSE;
  was_dormant = had_row ? 0 : read_state (database, "SELECT state FROM dormant WHERE id = ?1", derived->id, &state, error);
  if (was_dormant < 0)
    return FALSE;
  if (old_state)
    *old_state = state;
  if (derived->dormant)
    return write_dormant (database, derived, error);
  if (was_dormant && !run_with_id (database, "DELETE FROM dormant WHERE id = ?1", derived->id, error))
    return FALSE;
  return run_row (database, had_row ? sql->update : sql->insert, derived->record,
                  mc_entity_is_part (derived->entity) ? derived->root : NULL, mc_record_get_state (derived->record), error);
}

gboolean
mc_derive_insert (McDatabase       *database,
                  const McDerived  *derived,
                  GError          **error)
{
  if (derived->dormant)
    return write_dormant (database, derived, error);
  return run_row (database, sql_of (derived->entity)->insert, derived->record,
                  mc_entity_is_part (derived->entity) ? derived->root : NULL, mc_record_get_state (derived->record), error);
}

/* --- roots and their parts ---------------------------------------------------------------------------------- */

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
        !collect_states (database, sql_of (entities[i])->select_part_states, root, states, error))
      return FALSE;
  return collect_states (database, "SELECT state FROM dormant WHERE root = ?1", root, states, error);
}

static gboolean
set_whole_state (McDatabase      *database,
                 const McEntity  *root_entity,
                 const char      *root,
                 McRecordState    states,
                 GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql_of (root_entity)->set_whole_state, error);

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

  return !sql_of (root_entity)->has_parts ||
         (collect_whole_state (database, root_entity, root, &states, error) &&
          set_whole_state (database, root_entity, root, states, error));
}

/* The row begins with whole_state 0, as its state: only parts that came before their root can make it another. */
static gboolean
adopt_parts (McDatabase      *database,
             const McEntity  *entity,
             const char      *id,
             GError         **error)
{
  McRecordState states = 0;

  return !sql_of (entity)->has_parts ||
         (collect_whole_state (database, entity, id, &states, error) &&
          (states == 0 || set_whole_state (database, entity, id, states, error)));
}

gboolean
mc_derive_insert_new (McDatabase      *database,
                      const McRecord  *record,
                      GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  return run_row (database, sql_of (entity)->insert, record, NULL, 0, error) &&
         adopt_parts (database, entity, mc_record_get_id (record), error);
}

gboolean
mc_derive_insert_prepared (McDatabase      *database,
                           const McRecord  *record,
                           const char      *search_key,
                           gsize            length,
                           gboolean         may_have_parts,
                           GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);
  sqlite3_stmt *statement = mc_database_statement (database, sql_of (entity)->insert, error);

  if (!statement)
    return FALSE;
  bind_fields (statement, record, NULL, 0);
  if (sql_of (entity)->has_search_key)
    sqlite3_bind_blob (statement, (int) entity->n_fields + 3, search_key, (int) length, SQLITE_STATIC);
  return mc_database_run (database, statement, error) &&
         (!may_have_parts || adopt_parts (database, entity, mc_record_get_id (record), error));
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

gboolean
mc_derive_record (McDatabase      *database,
                  const McEntity  *entity,
                  const char      *id,
                  GError         **error)
{
  g_autoptr (McDerived) derived = mc_derive_load (database, entity, id, error);
  const McEntity *root_entity = mc_entity_is_part (entity) ? mc_entity_find (entity->root_entity) : entity;
  McRecordState old_state;

  if (!derived || !mc_derive_write (database, derived, &old_state, error))
    return FALSE;
  if (mc_entity_is_part (entity) && mc_record_get_state (derived->record) == old_state)
    return TRUE;
  return mc_derive_whole_state (database, root_entity, derived->root, error);
}

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
  sqlite3_stmt *statement = mc_database_statement (database, sql_of (part_entity)->select_ids, error);

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

/* --- for the checks ----------------------------------------------------------------------------------------- */

static void
give_text (const char         *column,
           const char         *text,
           McDeriveColumnFunc  func,
           gpointer            data)
{
  McValue value = { MC_VALUE_TEXT, 0, (char *) text };

  func (column, &value, data);
}

void
mc_derive_foreach_column (const McDerived    *derived,
                          McDeriveColumnFunc  func,
                          gpointer            data)
{
  static const McValue null = MC_VALUE_INIT;
  const McEntity *entity = derived->entity;
  McValue state = { MC_VALUE_INTEGER, (gint64) mc_record_get_state (derived->record), NULL };

  give_text ("id", derived->id, func, data);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const McValue *value = column_value (derived->record, i);

      if (entity->root_field && strcmp (field->key, entity->root_field) == 0)
        give_text (field->key, derived->root, func, data);
      else
        func (field->key, value ? value : &null, data);
    }
  func ("state", &state, data);
  if (sql_of (entity)->has_search_key)
    {
      g_autoptr (GString) key = g_string_new (NULL);

      mc_derive_append_search_key (derived->record, key);
      give_text ("search_key", key->str, func, data);
    }
}

gboolean
mc_derive_clear (McDatabase  *database,
                 gboolean     with_index,
                 GError     **error)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    if (!mc_database_execute (database, sql_of (entities[i])->clear, error))
      return FALSE;
  if (!mc_database_execute (database, "DELETE FROM dormant", error))
    return FALSE;
  return !with_index || mc_database_execute (database, "DELETE FROM seal; DELETE FROM refused; DELETE FROM erased", error);
}
