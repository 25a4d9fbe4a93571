/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record as one person sees it: its values, the heads they came from, and its state. */
#pragma once

#include "mc-entity.h"
#include "mc-value.h"

G_BEGIN_DECLS

/* Retiring a record is a save like any other, of retired_on, retired_reason and, where it was joined to another, same_as; it is no seal. A seal stays: what
 * comes after it must amend it, with a reason, for ever, and what another device saved without knowing it waits to be taken in. That is right for a finalised
 * visit, of which a document was signed. A place that is retired by mistake, or closes and opens again, comes back and lives on: rosters update it each month,
 * an import is undone as a whole, two places that were joined are parted again; each of these would be an amendment from then on, and an undo could
 * not give back what was before the seal. As a save, retiring meets an edit of the same time as two fields that do not disagree: the edit is kept, the record
 * is retired, and both are in the history with who did them. */

/* Names one line of the log. */
typedef struct
{
  char device[37]; /* lower-case UUID */
  guint64 seq;     /* 1, 2, 3 … */
} McRef;

int mc_ref_compare (const McRef *a, const McRef *b); /* by device bytes, then seq */
gboolean mc_ref_equal (const McRef *a, const McRef *b);

typedef enum
{
  MC_RECORD_CONFLICT = 1 << 0,      /* a field has several heads with different values, or two seals do not know of each other */
  MC_RECORD_SEALED = 1 << 1,        /* finalised and the like: only an amendment changes it now */
  MC_RECORD_LATE = 1 << 2,          /* a late change waits to be taken in or set aside */
  MC_RECORD_UNKNOWN_FIELDS = 1 << 3,/* written by a newer version: read-only until the update */
  MC_RECORD_ERASED = 1 << 4,        /* the opening of a personal value was erased */
} McRecordState;

/* An McRecord is a plain value with one owner; copy it to edit it. Keys that the entity does not have are a
 * programming error (g_return_if_fail). Text is normalised to NFC; an empty text is null. Personal fields hold
 * their plain text here (sealing is the store's work); if its opening is missing the value is MC_VALUE_SEALED. */

/* A new record with every field null and no heads. @id NULL: a new UUID version 7. */
McRecord *mc_record_new (const McEntity *entity, const char *id);
McRecord *mc_record_copy (const McRecord *record);
void mc_record_free (McRecord *record);

const McEntity *mc_record_get_entity (const McRecord *record);
const char *mc_record_get_id (const McRecord *record);
McRecordState mc_record_get_state (const McRecord *record);
void mc_record_set_state (McRecord *record, McRecordState state);

const McValue *mc_record_get (const McRecord *record, const char *key);
const McValue *mc_record_get_at (const McRecord *record, guint index); /* by the place of the field in its entity, for loops over all */
/* Puts @value into the field at that index and leaves it null; "" is null here too. */
void mc_record_take_at (McRecord *record, guint index, McValue *value);
const char *mc_record_get_text (const McRecord *record, const char *key); /* NULL if null or sealed */
gint64 mc_record_get_integer (const McRecord *record, const char *key, gint64 if_null);
gboolean mc_record_get_boolean (const McRecord *record, const char *key); /* FALSE if null */
gboolean mc_record_is_null (const McRecord *record, const char *key);

void mc_record_set (McRecord *record, const char *key, const McValue *value);
void mc_record_set_text (McRecord *record, const char *key, const char *text); /* NULL or "": null */
void mc_record_set_integer (McRecord *record, const char *key, gint64 integer);
void mc_record_set_boolean (McRecord *record, const char *key, gboolean boolean);
void mc_record_set_null (McRecord *record, const char *key);

/* The heads of a field as they were when the record was read; (none) for a new record. */
const McRef *mc_record_get_heads (const McRecord *record, const char *key, guint *n_heads);
void mc_record_set_heads (McRecord *record, const char *key, const McRef *heads, guint n_heads);

/* The fields that have several heads with different values: what a person must pick from. */
gboolean mc_record_field_in_conflict (const McRecord *record, const char *key);
void mc_record_set_field_in_conflict (McRecord *record, const char *key, gboolean in_conflict);

/* TRUE if both have the same entity, id and values; heads and state are not compared. */
gboolean mc_record_equal_values (const McRecord *a, const McRecord *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRecord, mc_record_free)

G_END_DECLS
