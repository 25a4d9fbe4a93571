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

typedef struct
{
  McDigest digest;
  guint8 salt[MC_SALT_BYTES];
  char *text;
} Opening;

static void
opening_clear (gpointer data)
{
  Opening *opening = data;

  g_free (opening->text);
}

void
mc_saver_init (McSaver *self,
               McWrite *write)
{
  self->write = write;
  self->amendments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, amendment_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->orders = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  self->openings = g_array_new (FALSE, TRUE, sizeof (Opening));
  g_array_set_clear_func (self->openings, opening_clear);
}

void
mc_saver_clear (McSaver *self)
{
  g_clear_pointer (&self->amendments, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->openings, g_array_unref);
}

/* --- what may be written ---------------------------------------------------------------------------------- */

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  guint year, month, day;

  if (strlen (text) != 10 || text[4] != '-' || text[7] != '-' || strspn (text, "0123456789-") != 10)
    return FALSE;
  year = (guint) g_ascii_strtoull (text, NULL, 10);
  month = (guint) g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint) g_ascii_strtoull (text + 8, NULL, 10);
  return text[5] != '-' && text[8] != '-' && year >= 1 && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gboolean
is_list (const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, "\n", -1);

  for (guint i = 0; items[i]; i++)
    if (!*items[i] || (i > 0 && strcmp (items[i - 1], items[i]) >= 0))
      return FALSE;
  return TRUE;
}

static gboolean
has_right_type (const McField *field,
                const McValue *value)
{
  McDigest digest;

  switch (field->type)
    {
    case MC_FIELD_BOOLEAN:
      return value->type == MC_VALUE_BOOLEAN;
    case MC_FIELD_INTEGER:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      return value->type == MC_VALUE_INTEGER;
    case MC_FIELD_DATE:
      return value->type == MC_VALUE_TEXT && is_date (value->text);
    case MC_FIELD_REFERENCE:
      return value->type == MC_VALUE_TEXT && mc_uuid_is_valid (value->text);
    case MC_FIELD_LIST:
      return value->type == MC_VALUE_TEXT && is_list (value->text);
    case MC_FIELD_BLOB:
      return value->type == MC_VALUE_TEXT && mc_digest_from_hex (value->text, &digest);
    case MC_FIELD_TEXT:
    case MC_FIELD_CHOICE:
    default:
      return value->type == MC_VALUE_TEXT;
    }
}

gboolean
mc_save_check_value (const McField  *field,
                     const McValue  *value,
                     GError        **error)
{
  if (value->type == MC_VALUE_NULL || has_right_type (field, value))
    return TRUE;
  if (field->type == MC_FIELD_DATE && value->type == MC_VALUE_TEXT)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s”: “%s” is not a date. Nothing was saved."), _(field->label), value->text);
  else if (value->type == MC_VALUE_SEALED)
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT,
                 _("“%s” is not readable here and can only be replaced by a new value. Nothing was saved."), _(field->label));
  else
    g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” has a value of the wrong kind. Nothing was saved."), _(field->label));
  return FALSE;
}

static gboolean
check_required (const McRecord  *record,
                GError         **error)
{
  const McEntity *entity = mc_record_get_entity (record);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & MC_FIELD_REQUIRED) && mc_record_get_at (record, i)->type == MC_VALUE_NULL)
      {
        g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("“%s” must be filled in. Nothing was saved."), _(entity->fields[i].label));
        return FALSE;
      }
  return TRUE;
}

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

/* A single save draws what it needs, an import by the dozen. */
static void
take_salt (McSaver *self,
           guint8   salt[MC_SALT_BYTES])
{
  if (self->n_salts == 0)
    {
      self->n_salts = self->n_drawn < 8 ? 1 : sizeof self->salts / MC_SALT_BYTES;
      self->n_drawn += self->n_salts;
      mc_random_bytes (self->salts, self->n_salts * MC_SALT_BYTES);
    }
  self->n_salts--;
  memcpy (salt, self->salts + self->n_salts * MC_SALT_BYTES, MC_SALT_BYTES);
}

static void
seal_value (McSaver *self,
            McValue *value)
{
  Opening opening = { 0 };
  char hex[2 * MC_DIGEST_BYTES + 1];

  take_salt (self, opening.salt);
  mc_sealed_digest (opening.salt, value->text, strlen (value->text), &opening.digest);
  mc_digest_to_hex (&opening.digest, hex);
  opening.text = g_steal_pointer (&value->text);
  mc_value_clear (value);
  mc_value_init_sealed (value, hex);
  g_array_append_val (self->openings, opening);
}

static gboolean
add_openings (McSaver  *self,
              GError  **error)
{
  for (guint i = 0; i < self->openings->len; i++)
    {
      const Opening *opening = &g_array_index (self->openings, Opening, i);

      if (!mc_log_add_opening (mc_write_get_database (self->write), &opening->digest, opening->salt, opening->text, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      entity)
{
  const McField *fields = ((const McEntity *) entity)->fields;

  return strcmp (fields[*(const guint *) a].key, fields[*(const guint *) b].key);
}

/* Fields that come sorted are added at the end. */
static const guint *
order_of (McSaver        *self,
          const McEntity *entity)
{
  guint *order = g_hash_table_lookup (self->orders, entity);

  if (order)
    return order;
  order = g_new (guint, entity->n_fields);
  for (guint i = 0; i < entity->n_fields; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) entity->n_fields, sizeof *order, compare_keys, (gpointer) entity);
  g_hash_table_insert (self->orders, (gpointer) entity, order);
  return order;
}

/* Personal values stand in the line sealed; their openings follow once the line is known to be one. */
static gboolean
append (McSaver         *self,
        const McEntity  *entity,
        McChange        *change,
        GError         **error)
{
  const guint *order = order_of (self, entity);
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
  return mc_write_append (self->write, change, NULL, error) && add_openings (self, error);
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
  const guint *order = order_of (self, entity);

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
  if (!check_required (edited, error) || !has_lines (self, change->record, &is_known, error))
    return FALSE;
  root = entity->root_field ? mc_record_get_text (edited, entity->root_field) : change->record;
  if (is_known && !check_known (self, entity, change->record, error))
    return FALSE;
  if (!is_known && entity->root_field && !has_seals (self, root, &sealed, error))
    return FALSE;
  return is_known || sealed ? mc_saver_write (self, entity, root, change, error) : write_new (self, edited, change, error);
}
