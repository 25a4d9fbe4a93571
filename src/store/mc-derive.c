/* SPDX-License-Identifier: GPL-3.0-or-later
 * The derived row of a record, from its merged lines; the one way by which save, apply and rebuild write derived tables. */
#include "mc-derive.h"

#include <string.h>

#include "mc-derive-row.h"
#include "mc-derive-tables.h"
#include "mc-log.h"

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
          (missing && !mc_log_is_erased (database, value.text, &erased, error)))
        return FALSE;
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

static McMerge *
merge (const McDerived *self, GHashTable *openings)
{
  return mc_merge_opened ((const McChange *const *) self->changes->pdata, self->changes->len,
                          self->seals ? (const McChange *const *) self->seals->pdata : NULL, self->seals ? self->seals->len : 0,
                          self->refused, openings);
}

static gboolean
finish_derived (McDatabase *database, McDerived *self, GError **error)
{
  g_autoptr (GHashTable) openings = NULL;
  g_autoptr (GError) local_error = NULL;

  self->merge = merge (self, NULL);
  if (mc_merge_has_conflict (self->merge))
    openings = mc_row_find_openings (database, self->merge, self->changes, NULL, &local_error);
  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (openings)
    {
      mc_merge_free (self->merge);
      self->merge = merge (self, openings);
    }
  self->record = mc_merge_to_record (self->merge, self->entity, self->id);
  self->dormant = self->merge->n_fields == 0;
  return open_personal (database, self->record, error);
}

McDerived *
mc_derive_new (McDatabase      *database,
               const McEntity  *entity,
               const char      *id,
               GPtrArray       *changes,
               GError         **error)
{
  g_autoptr (McDerived) self = start_derived (entity, id, changes);

  if (!load_context (database, self, error) || !finish_derived (database, self, error))
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
write_dormant (McDatabase *database, const McDerived *derived, GError **error)
{
  return mc_row_write_dormant (database, derived->entity, derived->id, derived->root, mc_record_get_state (derived->record), error)
         && mc_table_run (database, mc_table_of (derived->entity)->delete, derived->id, error);
}

gboolean
mc_derive_exists (McDatabase      *database,
                  const McEntity  *entity,
                  const char      *id,
                  gboolean        *exists,
                  GError         **error)
{
  McRecordState state;
  int found = mc_table_read_state (database, mc_table_of (entity)->select_state, id, &state, error);

  *exists = found == 1;
  return found >= 0;
}

gboolean
mc_derive_write (McDatabase       *database,
                 const McDerived  *derived,
                 McRecordState    *old_state,
                 GError          **error)
{
  const McTable *table = mc_table_of (derived->entity);
  McRecordState state;
  int was_dormant;
  int had_row = mc_table_read_state (database, table->select_state, derived->id, &state, error);

  if (had_row < 0)
    return FALSE;
  was_dormant = had_row ? 0 : mc_table_read_state (database, "SELECT state FROM dormant WHERE id = ?1", derived->id, &state, error);
  if (was_dormant < 0)
    return FALSE;
  if (old_state)
    *old_state = state;
  if (derived->dormant)
    return write_dormant (database, derived, error);
  if (was_dormant && !mc_table_run (database, "DELETE FROM dormant WHERE id = ?1", derived->id, error))
    return FALSE;
  return mc_row_write (database, had_row ? table->update : table->insert, derived->record,
                       mc_entity_is_part (derived->entity) ? derived->root : NULL, mc_record_get_state (derived->record), error);
}

gboolean
mc_derive_insert (McDatabase       *database,
                  const McDerived  *derived,
                  GError          **error)
{
  if (derived->dormant)
    return write_dormant (database, derived, error);
  return mc_row_write (database, mc_table_of (derived->entity)->insert, derived->record,
                       mc_entity_is_part (derived->entity) ? derived->root : NULL, mc_record_get_state (derived->record), error);
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
      const McValue *value = mc_row_column (field, mc_record_get_at (derived->record, i));

      if (entity->root_field && strcmp (field->key, entity->root_field) == 0)
        give_text (field->key, derived->root, func, data);
      else
        func (field->key, value ? value : &null, data);
    }
  func ("state", &state, data);
  if (mc_table_of (entity)->has_search_key)
    {
      g_autoptr (GString) key = g_string_new (NULL);

      mc_derive_append_search_key (derived->record, key);
      give_text ("search_key", key->str, func, data);
    }
}
