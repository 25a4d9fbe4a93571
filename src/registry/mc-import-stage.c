/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes staged rows as bytes and reads them back. The file has no name and goes with the process: it holds personal data. */
#include "mc-import-stage.h"

#include "mc-spill.h"

#include <string.h>

#define BYTES_IN_MEMORY (4 * 1024 * 1024)

/* The part of a row that has the same size in all. */
typedef struct
{
  guint64 row, digest, given, defaulted;
  gint64 existing_rowid;
  guint32 match, n_bytes;
  char id[40], existing[40];
} Head;

/* What was found out later about a row. */
typedef struct
{
  char existing[37];
  gint64 rowid;
  McMatch match;
  guint64 digest;
} Later;

struct _McImportStage
{
  const McEntity *entity;
  McSpill *bytes;
  GArray *offsets;    /* of guint64 */
  GByteArray *states; /* outcome, decision << 4 */
  GHashTable *later;  /* index → Later */
  GByteArray *buffer;
};

void
mc_staged_row_clear (McStagedRow *staged)
{
  g_clear_pointer (&staged->record, mc_record_free);
}

McImportStage *
mc_import_stage_new (const McEntity *entity)
{
  McImportStage *self = g_new0 (McImportStage, 1);

  self->entity = entity;
  self->bytes = mc_spill_new (BYTES_IN_MEMORY);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->states = g_byte_array_new ();
  self->later = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->buffer = g_byte_array_new ();
  return self;
}

void
mc_import_stage_free (McImportStage *self)
{
  if (!self)
    return;
  mc_spill_free (self->bytes);
  g_array_unref (self->offsets);
  g_byte_array_unref (self->states);
  g_hash_table_unref (self->later);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

static void
append_value (GByteArray *buffer, const McValue *value)
{
  guint8 type = (guint8) value->type;

  g_byte_array_append (buffer, &type, 1);
  if (value->type == MC_VALUE_TEXT || value->type == MC_VALUE_SEALED)
    g_byte_array_append (buffer, (const guint8 *) value->text, (guint) strlen (value->text) + 1);
  else if (value->type != MC_VALUE_NULL)
    g_byte_array_append (buffer, (const guint8 *) &value->integer, sizeof value->integer);
}

gboolean
mc_import_stage_add (McImportStage *self, McImportOutcome outcome, const McStagedRow *staged, GError **error)
{
  guint64 mask = staged->given | staged->defaulted, offset = mc_spill_get_size (self->bytes);
  guint8 state = (guint8) outcome;
  Head head = { staged->row, staged->digest, staged->given, staged->defaulted, staged->existing_rowid, staged->match, 0, "", "" };

  g_strlcpy (head.id, staged->id, sizeof head.id);
  g_strlcpy (head.existing, staged->existing, sizeof head.existing);
  g_byte_array_set_size (self->buffer, 0);
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (mask >> i & 1)
      append_value (self->buffer, mc_record_get_at (staged->record, i));
  head.n_bytes = self->buffer->len;
  g_array_append_val (self->offsets, offset);
  g_byte_array_append (self->states, &state, 1);
  return mc_spill_append (self->bytes, &head, sizeof head, error) && mc_spill_append (self->bytes, self->buffer->data, self->buffer->len, error);
}

guint64
mc_import_stage_get_n (McImportStage *self)
{
  return self->offsets->len;
}

static const guint8 *
take_value (const guint8 *p, McValue *value)
{
  gint64 integer;
  gsize length;

  switch ((McValueType) *p++)
    {
    case MC_VALUE_TEXT:
      /* It is normalised already. */
      length = strlen ((const char *) p) + 1;
      value->type = MC_VALUE_TEXT;
      value->text = g_memdup2 (p, length);
      return p + length;
    case MC_VALUE_BOOLEAN:
      memcpy (&integer, p, sizeof integer);
      mc_value_init_boolean (value, integer != 0);
      return p + sizeof integer;
    case MC_VALUE_INTEGER:
      memcpy (&integer, p, sizeof integer);
      mc_value_init_integer (value, integer);
      return p + sizeof integer;
    case MC_VALUE_NULL:
    case MC_VALUE_SEALED:
    default:
      return p;
    }
}

static void
take_values (McImportStage *self, const Head *head, McStagedRow *staged)
{
  const guint8 *p = self->buffer->data;

  staged->record = mc_record_new (self->entity, head->id[0] ? head->id : NULL);
  for (guint i = 0; i < self->entity->n_fields; i++)
    if ((head->given | head->defaulted) >> i & 1)
      {
        McValue value = MC_VALUE_INIT;

        p = take_value (p, &value);
        mc_record_take_at (staged->record, i, &value);
      }
}

gboolean
mc_import_stage_read (McImportStage *self, guint64 index, McStagedRow *staged, GError **error)
{
  guint64 offset;
  gint64 key = (gint64) index;
  const Later *later = g_hash_table_lookup (self->later, &key);
  Head head;

  g_return_val_if_fail (index < self->offsets->len, FALSE);

  memset (staged, 0, sizeof *staged);
  offset = g_array_index (self->offsets, guint64, index);
  if (!mc_spill_read (self->bytes, offset, &head, sizeof head, error))
    return FALSE;
  g_byte_array_set_size (self->buffer, head.n_bytes);
  if (!mc_spill_read (self->bytes, offset + sizeof head, self->buffer->data, head.n_bytes, error))
    return FALSE;
  staged->row = head.row;
  staged->given = head.given;
  staged->defaulted = head.defaulted;
  staged->existing_rowid = later ? later->rowid : head.existing_rowid;
  staged->match = later ? later->match : (McMatch) head.match;
  staged->digest = later ? later->digest : head.digest;
  g_strlcpy (staged->id, head.id, sizeof staged->id);
  g_strlcpy (staged->existing, later ? later->existing : head.existing, sizeof staged->existing);
  take_values (self, &head, staged);
  return TRUE;
}

McImportOutcome
mc_import_stage_get_outcome (McImportStage *self, guint64 index)
{
  return self->states->data[index] & 15;
}

void
mc_import_stage_set_outcome (McImportStage *self, guint64 index, McImportOutcome outcome)
{
  self->states->data[index] = (guint8) ((self->states->data[index] & 0xf0) | outcome);
}

McImportDecision
mc_import_stage_get_decision (McImportStage *self, guint64 index)
{
  return self->states->data[index] >> 4;
}

void
mc_import_stage_set_decision (McImportStage *self, guint64 index, McImportDecision decision)
{
  self->states->data[index] = (guint8) ((self->states->data[index] & 15) | decision << 4);
}

void
mc_import_stage_set_existing (McImportStage *self, guint64 index, const char *existing, gint64 rowid, McMatch match, guint64 digest)
{
  Later *later = g_new0 (Later, 1);
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) index;
  g_strlcpy (later->existing, existing, sizeof later->existing);
  later->rowid = rowid;
  later->match = match;
  later->digest = digest;
  g_hash_table_replace (self->later, key, later);
}

guint64
mc_import_values_digest (const McRecord *record, guint64 mask)
{
  const McEntity *entity = mc_record_get_entity (record);
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McValue *value = mask >> i & 1 ? mc_record_get_at (record, i) : NULL;

      if (!value || value->type == MC_VALUE_NULL || value->type == MC_VALUE_SEALED)
        continue;
      hash = (hash ^ (i + 1)) * G_GUINT64_CONSTANT (0x100000001b3);
      for (const char *p = value->type == MC_VALUE_TEXT ? value->text : ""; *p; p++)
        hash = (hash ^ (guchar) *p) * G_GUINT64_CONSTANT (0x100000001b3);
      hash = (hash ^ (guint64) (value->type == MC_VALUE_TEXT ? 0 : value->integer)) * G_GUINT64_CONSTANT (0x100000001b3);
      hash ^= hash >> 29;
    }
  return hash;
}
