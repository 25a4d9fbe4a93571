/* SPDX-License-Identifier: GPL-3.0-or-later
 * Checks a new record, seals its personal values, writes the tail of its line and its search key. */
#include "mc-prepared-record.h"

#include <string.h>

#include "mc-change.h"
#include "mc-derive.h"
#include "mc-save-check.h"

struct _McRecordPreparer
{
  const McEntity *entity;
  const guint *order;
  gboolean is_simple;
  McSalts salts;
  GArray *fields;   /* of McFieldChange: of the record in hand, borrowed but for sealed values */
  GArray *openings; /* of McOpening: likewise, taken by it */
  GString *bytes;
};

/* A part may lie under a seal, and a blob is looked for when a line names it: both ask the database. */
static gboolean
is_simple (const McEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].type == MC_FIELD_BLOB)
      return FALSE;
  return !mc_entity_is_part (entity);
}

McRecordPreparer *
mc_record_preparer_new (const McEntity *entity)
{
  McRecordPreparer *self = g_new0 (McRecordPreparer, 1);

  self->entity = entity;
  self->order = mc_change_field_order (entity);
  self->is_simple = is_simple (entity);
  self->fields = g_array_new (FALSE, FALSE, sizeof (McFieldChange));
  self->openings = g_array_new (FALSE, FALSE, sizeof (McOpening));
  self->bytes = g_string_sized_new (2048);
  return self;
}

void
mc_record_preparer_free (McRecordPreparer *self)
{
  if (!self)
    return;
  g_array_unref (self->fields);
  g_array_unref (self->openings);
  g_string_free (self->bytes, TRUE);
  g_free (self);
}

static void
add_field (McRecordPreparer *self,
           const McField    *field,
           const McValue    *value)
{
  McFieldChange change = { (char *) field->key, *value, NULL, 0 };
  McOpening opening = { 0 };

  if ((field->flags & MC_FIELD_PERSONAL) && value->type == MC_VALUE_TEXT)
    {
      mc_value_copy (value, &change.value);
      mc_opening_seal (&opening, &self->salts, &change.value);
      g_array_append_val (self->openings, opening);
    }
  g_array_append_val (self->fields, change);
}

/* FALSE: a value is not one of its field. */
static gboolean
take_fields (McRecordPreparer *self,
             const McRecord   *record)
{
  for (guint n = 0; n < self->entity->n_fields; n++)
    {
      const McField *field = &self->entity->fields[self->order[n]];
      const McValue *value = mc_record_get_at (record, self->order[n]);

      if (value->type == MC_VALUE_NULL)
        continue;
      if (!mc_save_check_value (field, value, NULL))
        return FALSE;
      add_field (self, field, value);
    }
  return self->fields->len > 0;
}

static gboolean
write_tail (McRecordPreparer *self,
            const McRecord   *record)
{
  McChange change = { .entity = (char *) self->entity->name };

  g_strlcpy (change.record, mc_record_get_id (record), sizeof change.record);
  change.fields = (McFieldChange *) (gpointer) self->fields->data;
  change.n_fields = self->fields->len;
  return mc_change_write_tail (&change, self->bytes, NULL);
}

static void
forget_fields (McRecordPreparer *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      McFieldChange *field = &g_array_index (self->fields, McFieldChange, i);

      if (field->value.type == MC_VALUE_SEALED)
        mc_value_clear (&field->value);
    }
  g_array_set_size (self->fields, 0);
  for (guint i = 0; i < self->openings->len; i++)
    mc_opening_clear (&g_array_index (self->openings, McOpening, i));
  g_array_set_size (self->openings, 0);
}

static void
give_bytes (McRecordPreparer *self,
            McPreparedRecord *prepared)
{
  prepared->tail_length = self->bytes->len;
  if (mc_derive_has_search_key (self->entity))
    mc_derive_append_search_key (prepared->record, self->bytes);
  prepared->key_length = self->bytes->len - prepared->tail_length;
  prepared->bytes = g_memdup2 (self->bytes->str, self->bytes->len);
  prepared->n_openings = self->openings->len;
  prepared->openings = g_memdup2 (self->openings->data, self->openings->len * sizeof (McOpening));
  g_array_set_size (self->openings, 0);
  prepared->ready = TRUE;
}

McPreparedRecord *
mc_record_preparer_prepare (McRecordPreparer *self,
                            McRecord         *record)
{
  McPreparedRecord *prepared = g_new0 (McPreparedRecord, 1);

  prepared->record = record;
  g_string_truncate (self->bytes, 0);
  if (self->is_simple && mc_save_check_required (record, NULL) && take_fields (self, record) && write_tail (self, record))
    give_bytes (self, prepared);
  forget_fields (self);
  return prepared;
}

void
mc_prepared_record_free (McPreparedRecord *self)
{
  if (!self)
    return;
  mc_record_free (self->record);
  for (guint i = 0; i < self->n_openings; i++)
    mc_opening_clear (&self->openings[i]);
  g_free (self->openings);
  g_free (self->bytes);
  g_free (self);
}
