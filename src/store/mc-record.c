/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records as plain values: one slot for each field of their entity. */
#include "mc-record.h"

#include <string.h>

#include "mc-uuid.h"

typedef struct
{
  McValue value;
  McRef *heads;
  guint n_heads;
  gboolean in_conflict;
} Slot;

struct _McRecord
{
  const McEntity *entity;
  char id[MC_UUID_LENGTH + 1];
  McRecordState state;
  Slot slots[]; /* one for each field of the entity, in its order */
};

static Slot *
find_slot (const McRecord *record,
           const char     *key)
{
  int index;

  g_return_val_if_fail (record != NULL && key != NULL, NULL);

  /* Who goes over the entity's fields has the very key. */
  for (guint i = 0; i < record->entity->n_fields; i++)
    if (record->entity->fields[i].key == key)
      return (Slot *) &record->slots[i];

  index = mc_entity_field_index (record->entity, key);
  if (index < 0)
    {
      g_critical ("%s has no field %s", record->entity->name, key);
      return NULL;
    }
  return (Slot *) &record->slots[index];
}

/* Takes @value. */
static void
take_value (McRecord   *record,
            const char *key,
            McValue     value)
{
  Slot *slot = find_slot (record, key);

  if (!slot)
    {
      mc_value_clear (&value);
      return;
    }
  mc_value_clear (&slot->value);
  slot->value = value;
}

int
mc_ref_compare (const McRef *a,
                const McRef *b)
{
  int order = strcmp (a->device, b->device);

  return order != 0 ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

gboolean
mc_ref_equal (const McRef *a,
              const McRef *b)
{
  return a->seq == b->seq && strcmp (a->device, b->device) == 0;
}

McRecord *
mc_record_new (const McEntity *entity,
               const char     *id)
{
  McRecord *record;
  g_autofree char *new_id = NULL;

  g_return_val_if_fail (entity != NULL, NULL);
  g_return_val_if_fail (id == NULL || mc_uuid_is_valid (id), NULL);

  if (!id)
    id = new_id = mc_uuid_new ();
  record = g_malloc0 (sizeof (McRecord) + entity->n_fields * sizeof (Slot));
  record->entity = entity;
  memcpy (record->id, id, MC_UUID_LENGTH);
  return record;
}

McRecord *
mc_record_copy (const McRecord *record)
{
  McRecord *copy;

  g_return_val_if_fail (record != NULL, NULL);

  copy = mc_record_new (record->entity, record->id);
  copy->state = record->state;
  for (guint i = 0; i < record->entity->n_fields; i++)
    {
      const Slot *from = &record->slots[i];
      Slot *to = &copy->slots[i];

      mc_value_copy (&from->value, &to->value);
      to->heads = g_memdup2 (from->heads, from->n_heads * sizeof (McRef));
      to->n_heads = from->n_heads;
      to->in_conflict = from->in_conflict;
    }
  return copy;
}

void
mc_record_free (McRecord *record)
{
  if (!record)
    return;

  for (guint i = 0; i < record->entity->n_fields; i++)
    {
      mc_value_clear (&record->slots[i].value);
      g_free (record->slots[i].heads);
    }
  g_free (record);
}

const McEntity *
mc_record_get_entity (const McRecord *record)
{
  return record->entity;
}

const char *
mc_record_get_id (const McRecord *record)
{
  return record->id;
}

McRecordState
mc_record_get_state (const McRecord *record)
{
  return record->state;
}

void
mc_record_set_state (McRecord     *record,
                     McRecordState state)
{
  record->state = state;
}

const McValue *
mc_record_get (const McRecord *record,
               const char     *key)
{
  static const McValue null_value = MC_VALUE_INIT;
  const Slot *slot = find_slot (record, key);

  return slot ? &slot->value : &null_value;
}

const McValue *
mc_record_get_at (const McRecord *record,
                  guint           index)
{
  g_return_val_if_fail (record != NULL && index < record->entity->n_fields, NULL);

  return &record->slots[index].value;
}

void
mc_record_take_at (McRecord *record,
                   guint     index,
                   McValue  *value)
{
  g_return_if_fail (record != NULL && index < record->entity->n_fields && value != NULL);

  mc_value_clear (&record->slots[index].value);
  if (value->type != MC_VALUE_TEXT || *value->text)
    record->slots[index].value = *value;
  else
    g_free (value->text);
  *value = (McValue) MC_VALUE_INIT;
}

const char *
mc_record_get_text (const McRecord *record,
                    const char     *key)
{
  const McValue *value = mc_record_get (record, key);

  return value->type == MC_VALUE_TEXT ? value->text : NULL;
}

gint64
mc_record_get_integer (const McRecord *record,
                       const char     *key,
                       gint64          if_null)
{
  const McValue *value = mc_record_get (record, key);

  return value->type == MC_VALUE_INTEGER ? value->integer : if_null;
}

gboolean
mc_record_get_boolean (const McRecord *record,
                       const char     *key)
{
  const McValue *value = mc_record_get (record, key);

  return value->type == MC_VALUE_BOOLEAN && value->integer != 0;
}

gboolean
mc_record_is_null (const McRecord *record,
                   const char     *key)
{
  return mc_record_get (record, key)->type == MC_VALUE_NULL;
}

void
mc_record_set (McRecord      *record,
               const char    *key,
               const McValue *value)
{
  McValue copy = MC_VALUE_INIT;

  g_return_if_fail (value != NULL);

  if (value->type == MC_VALUE_TEXT)
    {
      mc_record_set_text (record, key, value->text);
      return;
    }
  mc_value_copy (value, &copy);
  take_value (record, key, copy);
}

void
mc_record_set_text (McRecord   *record,
                    const char *key,
                    const char *text)
{
  McValue value = MC_VALUE_INIT;

  if (text && *text)
    mc_value_init_text (&value, text);
  take_value (record, key, value);
}

void
mc_record_set_integer (McRecord   *record,
                       const char *key,
                       gint64      integer)
{
  McValue value;

  mc_value_init_integer (&value, integer);
  take_value (record, key, value);
}

void
mc_record_set_boolean (McRecord   *record,
                       const char *key,
                       gboolean    boolean)
{
  McValue value;

  mc_value_init_boolean (&value, boolean);
  take_value (record, key, value);
}

void
mc_record_set_null (McRecord   *record,
                    const char *key)
{
  take_value (record, key, (McValue) MC_VALUE_INIT);
}

const McRef *
mc_record_get_heads (const McRecord *record,
                     const char     *key,
                     guint          *n_heads)
{
  const Slot *slot = find_slot (record, key);

  if (n_heads)
    *n_heads = slot ? slot->n_heads : 0;
  return slot ? slot->heads : NULL;
}

void
mc_record_set_heads (McRecord    *record,
                     const char  *key,
                     const McRef *heads,
                     guint        n_heads)
{
  Slot *slot = find_slot (record, key);
  McRef *copy;

  g_return_if_fail (heads != NULL || n_heads == 0);
  if (!slot)
    return;

  copy = g_memdup2 (heads, n_heads * sizeof (McRef)); /* first: @heads may be the record's own */
  g_free (slot->heads);
  slot->heads = copy;
  slot->n_heads = n_heads;
}

gboolean
mc_record_field_in_conflict (const McRecord *record,
                             const char     *key)
{
  const Slot *slot = find_slot (record, key);

  return slot && slot->in_conflict;
}

void
mc_record_set_field_in_conflict (McRecord   *record,
                                 const char *key,
                                 gboolean    in_conflict)
{
  Slot *slot = find_slot (record, key);

  if (slot)
    slot->in_conflict = in_conflict;
}

gboolean
mc_record_equal_values (const McRecord *a,
                        const McRecord *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->entity != b->entity || strcmp (a->id, b->id) != 0)
    return FALSE;
  for (guint i = 0; i < a->entity->n_fields; i++)
    if (!mc_value_equal (&a->slots[i].value, &b->slots[i].value))
      return FALSE;
  return TRUE;
}
