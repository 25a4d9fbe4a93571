/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing one record: what differs, whether it may be written, its line and its row. */
#include "mc-save.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_KNOWN 4096

static void
amendment_free (gpointer data)
{
  McAmendment *amendment = data;

  g_free (amendment->reason);
  g_free (amendment);
}

static void
clear_opening (gpointer opening)
{
  mc_opening_clear (opening);
}

void
mc_saver_init (McSaver *self,
               McWrite *write)
{
  self->write = write;
  self->amendments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, amendment_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->openings = g_array_new (FALSE, TRUE, sizeof (McOpening));
  g_array_set_clear_func (self->openings, clear_opening);
}

void
mc_saver_clear (McSaver *self)
{
  g_clear_pointer (&self->amendments, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->openings, g_array_unref);
}

/* --- what may be written ---------------------------------------------------------------------------------- */

/* Rows do not vanish within a transaction: what was found once is known, for as many as it is worth holding. */
static gboolean
check_reference (McSaver        *self,
                 const McField  *field,
                 const char     *id,
                 GError        **error)
{
  const McEntity *entity = mc_entity_find (field->list);
  gboolean exists;

  if (g_hash_table_lookup (self->known, id) == entity)
    return TRUE;
  if (!mc_derive_exists (mc_write_get_database (self->write), entity, id, &exists, error))
    return FALSE;
  if (!exists)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                   _("“%s” names a record that is not here (%s). Nothing was saved."), _(field->label), id);
      return FALSE;
    }
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  g_hash_table_insert (self->known, g_strdup (id), (gpointer) entity);
  return TRUE;
}

static gboolean
check_field (McSaver         *self,
             const McRecord  *base,
             const McRecord  *edited,
             guint            index,
             GError         **error)
{
  const McEntity *entity = mc_record_get_entity (edited);
  const McField *field = &entity->fields[index];
  const McValue *value = mc_record_get_at (edited, index);

  if (!mc_save_check_value (field, value, error))
    return FALSE;
  if (base && entity->root_field && strcmp (field->key, entity->root_field) == 0)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” cannot be changed: a part stays with its record. Nothing was saved."),
                   _(field->label));
      return FALSE;
    }
  return field->type != MC_FIELD_REFERENCE || value->type == MC_VALUE_NULL || check_reference (self, field, value->text, error);
}

/* --- seals ------------------------------------------------------------------------------------------------ */

static gboolean
has_seals (McSaver     *self,
           const char  *root,
           gboolean    *found,
           GError     **error)
{
  McDatabase *database = mc_write_get_database (self->write);
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT 1 FROM seal WHERE root = ?1 LIMIT 1", error);
  guint8 id[16];
  int more;

  if (!statement)
    return FALSE;
  mc_log_pack_uuid (root, id);
  sqlite3_bind_blob (statement, 1, id, sizeof id, SQLITE_STATIC);
  more = mc_database_step (database, statement, error);
  *found = more == 1;
  if (more == 1)
    mc_database_done (statement);
  return more >= 0;
}

gboolean
mc_saver_find_seal (McSaver         *self,
                    const McEntity  *root_entity,
                    const char      *root,
                    gboolean        *sealed,
                    McRef           *seal,
                    GError         **error)
{
  g_autoptr (McDerived) derived = NULL;

  if (!has_seals (self, root, sealed, error))
    return FALSE;
  if (!*sealed)
    return TRUE;
  derived = mc_derive_load (mc_write_get_database (self->write), root_entity, root, error);
  if (!derived)
    return FALSE;
  *sealed = derived->merge->seal != NULL; /* the others were refused */
  if (*sealed && seal)
    {
      g_strlcpy (seal->device, derived->merge->seal->device, sizeof seal->device);
      seal->seq = derived->merge->seal->seq;
    }
  return TRUE;
}

/* A line on a sealed record amends its seal; if nobody said why, it is not written. */
static gboolean
name_seal (McSaver         *self,
           const McEntity  *entity,
           const char      *root,
           McChange        *change,
           GError         **error)
{
  const McAmendment *amendment = g_hash_table_lookup (self->amendments, root);
  const McEntity *root_entity = mc_entity_is_part (entity) ? mc_entity_find (entity->root_entity) : entity;
  gboolean sealed;
  McRef seal;

  if (change->amends.seq != 0)
    return TRUE;
  if (!mc_saver_find_seal (self, root_entity, root, &sealed, &seal, error))
    return FALSE;
  if (!sealed)
    return TRUE;
  if (!amendment)
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED,
                           _("The record is final. It can be amended, with a reason. Nothing was saved."));
      return FALSE;
    }
  change->amends = seal;
  change->amends_reason = g_strdup (amendment->reason);
  return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------------------- */

static gboolean
has_lines (McSaver     *self,
           const char  *record,
           gboolean    *found,
           GError     **error)
{
  McDatabase *database = mc_write_get_database (self->write);
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT 1 FROM change WHERE record = ?1 LIMIT 1", error);
  guint8 id[16];
  int more;

  if (!statement)
    return FALSE;
  mc_log_pack_uuid (record, id);
  sqlite3_bind_blob (statement, 1, id, sizeof id, SQLITE_STATIC);
  more = mc_database_step (database, statement, error);
  *found = more == 1;
  if (more == 1)
    mc_database_done (statement);
  return more >= 0;
}

static void
seal_value (McSaver *self,
            McValue *value)
{
  McOpening opening = { 0 };

  mc_opening_seal (&opening, &self->salts, value);
  g_array_append_val (self->openings, opening);
}

static gboolean
add_openings (McSaver          *self,
              const McOpening  *openings,
              guint             n_openings,
              GError          **error)
{
  McDatabase *database = mc_write_get_database (self->write);

  for (guint i = 0; i < n_openings; i++)
    if (!mc_log_add_opening (database, &openings[i].digest, openings[i].salt, openings[i].text, error))
      return FALSE;
  return TRUE;
}

/* Personal values stand in the line sealed; their openings follow once the line is known to be one. */
static gboolean
append (McSaver         *self,
        const McEntity  *entity,
        McChange        *change,
        GError         **error)
{
  const guint *order = mc_change_field_order (entity);
  guint n = 0;

  g_array_set_size (self->openings, 0);
  /* Both are sorted by key. */
  for (guint i = 0; i < change->n_fields; i++)
    {
      McFieldChange *set = &change->fields[i];

      while (n < entity->n_fields && strcmp (entity->fields[order[n]].key, set->key) < 0)
        n++;
      if (n < entity->n_fields && set->value.type == MC_VALUE_TEXT && strcmp (entity->fields[order[n]].key, set->key) == 0 &&
          (entity->fields[order[n]].flags & MC_FIELD_PERSONAL))
        seal_value (self, &set->value);
    }
  return mc_write_append (self->write, change, NULL, error) &&
         add_openings (self, (const McOpening *) (gpointer) self->openings->data, self->openings->len, error);
}

gboolean
mc_saver_write (McSaver         *self,
                const McEntity  *entity,
                const char      *root,
                McChange        *change,
                GError         **error)
{
  return name_seal (self, entity, root, change, error) &&
         append (self, entity, change, error) &&
         mc_write_derive (self->write, entity, change->record, error);
}

/* NULL without @error: nothing differs. */
static McChange *
compare (McSaver         *self,
         const McRecord  *base,
         const McRecord  *edited,
         GError         **error)
{
  const McEntity *entity = mc_record_get_entity (edited);
  g_autoptr (McChange) change = mc_change_new ();
  const guint *order = mc_change_field_order (entity);

  for (guint n = 0; n < entity->n_fields; n++)
    {
      guint i = order[n];
      const McValue *value = mc_record_get_at (edited, i);
      const McRef *was = NULL;
      guint n_was = 0;

      if (base ? mc_value_equal (mc_record_get_at (base, i), value) : value->type == MC_VALUE_NULL)
        continue;
      if (!check_field (self, base, edited, i, error))
        return NULL;
      if (base)
        was = mc_record_get_heads (base, entity->fields[i].key, &n_was);
      mc_change_add_field (change, entity->fields[i].key, value, was, n_was);
    }
  if (change->n_fields == 0)
    return NULL;
  change->entity = g_strdup (entity->name);
  g_strlcpy (change->record, mc_record_get_id (edited), sizeof change->record);
  return g_steal_pointer (&change);
}

/* What a newer version wrote is not known in whole here, so it is not changed here. */
static gboolean
check_known (McSaver         *self,
             const McEntity  *entity,
             const char      *id,
             GError         **error)
{
  g_autoptr (McDerived) derived = mc_derive_load (mc_write_get_database (self->write), entity, id, error);

  if (!derived)
    return FALSE;
  if (!(mc_record_get_state (derived->record) & MC_RECORD_UNKNOWN_FIELDS))
    return TRUE;
  g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN,
                       _("The record was written by a newer version of Mingcha and is read-only until this program is updated. Nothing was saved."));
  return FALSE;
}

static gboolean
write_new (McSaver         *self,
           const McRecord  *edited,
           McChange        *change,
           GError         **error)
{
  const McEntity *entity = mc_record_get_entity (edited);

  mc_write_touch (self->write, entity, change->record);
  return append (self, entity, change, error) &&
         mc_derive_insert_new (mc_write_get_database (self->write), edited, error);
}

gboolean
mc_saver_save (McSaver         *self,
               const McRecord  *base,
               const McRecord  *edited,
               gboolean        *wrote,
               GError         **error)
{
  const McEntity *entity = mc_record_get_entity (edited);
  g_autoptr (McChange) change = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_known, sealed = FALSE;
  const char *root;

  g_return_val_if_fail (!base || (mc_record_get_entity (base) == entity &&
                                  strcmp (mc_record_get_id (base), mc_record_get_id (edited)) == 0), FALSE);

  change = compare (self, base, edited, &local_error);
  if (wrote)
    *wrote = change != NULL;
  if (!change && !local_error)
    return TRUE;
  if (!change)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->knows_parts = FALSE;
  if (!mc_save_check_required (edited, error) || !has_lines (self, change->record, &is_known, error))
    return FALSE;
  root = entity->root_field ? mc_record_get_text (edited, entity->root_field) : change->record;
  if (is_known && !check_known (self, entity, change->record, error))
    return FALSE;
  if (!is_known && entity->root_field && !has_seals (self, root, &sealed, error))
    return FALSE;
  return is_known || sealed ? mc_saver_write (self, entity, root, change, error) : write_new (self, edited, change, error);
}

/* --- prepared records ------------------------------------------------------------------------------------- */

static gboolean
check_references (McSaver         *self,
                  const McRecord  *record,
                  GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const McValue *value = field->type == MC_FIELD_REFERENCE ? mc_record_get_at (record, i) : NULL;

      if (value && value->type == MC_VALUE_TEXT && !check_reference (self, field, value->text, error))
        return FALSE;
    }
  return TRUE;
}

/* Prepared records are roots: between two of them no part comes, unless another save wrote it. */
static gboolean
find_parts (McSaver         *self,
            const McEntity  *entity,
            GError         **error)
{
  if (self->knows_parts && self->entity_of_parts == entity)
    return TRUE;
  if (!mc_derive_awaits_roots (mc_write_get_database (self->write), entity, &self->may_have_parts, error))
    return FALSE;
  self->entity_of_parts = entity;
  self->knows_parts = TRUE;
  return TRUE;
}

gboolean
mc_saver_save_prepared (McSaver                 *self,
                        const McPreparedRecord  *prepared,
                        gboolean                *wrote,
                        GError                 **error)
{
  const McEntity *entity = mc_record_get_entity (prepared->record);
  const char *id = mc_record_get_id (prepared->record);
  gboolean is_known = FALSE;

  if (prepared->ready && !has_lines (self, id, &is_known, error))
    return FALSE;
  if (!prepared->ready || is_known)
    return mc_saver_save (self, NULL, prepared->record, wrote, error);
  if (!check_references (self, prepared->record, error) || !find_parts (self, entity, error))
    return FALSE;
  if (wrote)
    *wrote = TRUE;
  mc_write_touch (self->write, entity, id);
  return mc_write_append_tail (self->write, id, prepared->bytes, prepared->tail_length, error) &&
         add_openings (self, prepared->openings, prepared->n_openings, error) &&
         mc_derive_insert_prepared (mc_write_get_database (self->write), prepared->record, prepared->bytes + prepared->tail_length,
                                    prepared->key_length, self->may_have_parts, error);
}
