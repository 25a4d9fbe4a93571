/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is made of a merge: a record, and the canonical text that a seal vouches for. */
#include <string.h>

#include "mc-merge.h"

void
mc_merge_free (McMerge *merge)
{
  if (!merge)
    return;

  g_ptr_array_unref (merge->late);
  g_ptr_array_unref (merge->set_aside);
  g_ptr_array_unref (merge->refused);
  g_free (merge);
}

const McMergedField *
mc_merge_field (const McMerge *merge,
                const char    *key)
{
  guint low = 0, high = merge->n_fields;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (merge->fields[middle].key, key);

      if (order == 0)
        return &merge->fields[middle];
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

gboolean
mc_merge_has_conflict (const McMerge *merge)
{
  if (merge->seal_conflict)
    return TRUE;
  for (guint i = 0; i < merge->n_fields; i++)
    if (merge->fields[i].conflict)
      return TRUE;
  return FALSE;
}

McRecordState
mc_merge_state (const McMerge *merge,
                guint          n_known)
{
  McRecordState state = 0;

  if (mc_merge_has_conflict (merge))
    state |= MC_RECORD_CONFLICT;
  if (merge->seal)
    state |= MC_RECORD_SEALED;
  if (merge->late->len > 0)
    state |= MC_RECORD_LATE;
  if (n_known < merge->n_fields)
    state |= MC_RECORD_UNKNOWN_FIELDS;
  return state;
}

McRecord *
mc_merge_to_record (const McMerge  *merge,
                    const McEntity *entity,
                    const char     *id)
{
  McRecord *record = mc_record_new (entity, id);
  guint n_known = 0;

  g_return_val_if_fail (record != NULL, NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *key = entity->fields[i].key;
      const McMergedField *field = mc_merge_field (merge, key);

      if (!field)
        continue;
      n_known++;
      mc_record_set (record, key, &field->value);
      mc_record_set_heads (record, key, field->heads, field->n_heads);
      mc_record_set_field_in_conflict (record, key, field->conflict);
    }
  mc_record_set_state (record, mc_merge_state (merge, n_known));
  return record;
}

/* --- the canonical text ----------------------------------------------------------------------------------- */

typedef struct
{
  const McMerge *merge;
  const char *entity;
  const char *id;
} Part;

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *x = a;
  const Part *y = b;
  int order = strcmp (x->entity, y->entity);

  return order != 0 ? order : strcmp (x->id, y->id);
}

static void
append_escaped (GString    *out,
                const char *text)
{
  for (;;)
    {
      gsize plain = strcspn (text, "\\\t\n");

      g_string_append_len (out, text, (gssize) plain);
      text += plain;
      if (!*text)
        return;
      g_string_append_c (out, '\\');
      g_string_append_c (out, *text == '\t' ? 't' : *text == '\n' ? 'n' : '\\');
      text++;
    }
}

static void
append_value (GString       *out,
              const McValue *value)
{
  switch (value->type)
    {
    case MC_VALUE_BOOLEAN:
      g_string_append (out, value->integer ? "true" : "false");
      break;
    case MC_VALUE_INTEGER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer);
      break;
    case MC_VALUE_TEXT:
      append_escaped (out, value->text);
      break;
    case MC_VALUE_SEALED:
      g_string_append (out, "sealed:");
      g_string_append (out, value->text);
      break;
    case MC_VALUE_NULL:
    default:
      g_return_if_reached ();
    }
}

/* As TAB is less than any letter of a name, fields by key are lines by bytes. */
static void
append_part (GString    *out,
             const Part *part)
{
  for (guint i = 0; i < part->merge->n_fields; i++)
    {
      const McMergedField *field = &part->merge->fields[i];

      if (field->value.type == MC_VALUE_NULL)
        continue;
      g_string_append (out, part->entity);
      g_string_append_c (out, '\t');
      g_string_append (out, part->id);
      g_string_append_c (out, '\t');
      g_string_append (out, field->key);
      g_string_append_c (out, '\t');
      append_value (out, &field->value);
      g_string_append_c (out, '\n');
    }
}

char *
mc_canonical_text (const McMerge *const  *merges,
                   const McEntity *const *entities,
                   const char *const     *ids,
                   guint                  n)
{
  g_autofree Part *parts = g_new (Part, n);
  GString *out = g_string_new ("mingcha-record/1\n");

  for (guint i = 0; i < n; i++)
    parts[i] = (Part) { merges[i], entities[i]->name, ids[i] };
  if (n > 1)
    qsort (parts, n, sizeof (Part), compare_parts);
  for (guint i = 0; i < n; i++)
    append_part (out, &parts[i]);
  return g_string_free (out, FALSE);
}
