/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one merge: from the lines of a record to its values, heads, conflicts, seals and late changes. Pure; the
 * order of the lines does not matter. Used by apply, rebuild, history and the hub's policy check. */
#pragma once

#include "mc-change.h"

G_BEGIN_DECLS

/* Rules
 * 1. A line that a verdict refuses (@refused) has no effect; who names it in `was` names what that line named there,
 *    and so on back. A refused line that is not among the lines stays named, with no effect.
 * 2. A line is late if there is a seal S (not refused; a seal of the record's root or of itself) such that the line is not in
 *    S's past (its seq is above S's frontier for its device, and it is not S itself) and it does not amend S nor a seal that
 *    knows S. Seals are never late, nor are lines that set nothing (asides, verdicts, erasures): no value of theirs could wait.
 *    Seal T knows seal S if S is in T's past. Late lines have no effect on values. A late line is resolved if a line in effect
 *    (neither late nor refused) names it in a `was` (taken in) or in `aside` (set aside, unless it was taken in).
 * 3. Each field is a multi-value register over the lines in effect: its heads are the lines that set it and that no other of
 *    them names in its `was` for that field. A head with an empty `was` also gives way if another line in effect replaced
 *    (named in `was`) an equal value of another line in effect that had an empty `was` for that field. `was` is meant as rule 1
 *    leaves it. Lines that name each other in a ring, which no honest program writes, are all heads if no other head is left:
 *    nothing disappears.
 * 4. Several heads with different values are a conflict; the value shown is that of the head that is last by (at, device, seq). Heads with
 *    equal values are none.
 * 5. The current seal is the one that knows every other. If there are several seals and none does, that is a seal conflict
 *    (two seals that do not know of each other, until one is made that knows both); then the current seal is the last by
 *    (at, device, seq) among those that no other knows.
 * 6. A personal value stands in a line as a digest over a salt of its own, so that the same telephone number imported on two devices is two digests. Heads
 *    whose values the caller can open (mc_merge_opened) and that say the same are no conflict by rule 4; nor are two that were both erased, as nothing is
 *    left to tell them apart by. One whose opening is not here equals only itself: who may not see two numbers cannot say that they
 *    are one, and shows the conflict that others do not see. Nothing else follows from an opening: heads, the value shown, the canonical text and what a seal
 *    vouches for are the same on every replica. (A salt made from the record's id would do away with all this, and let anyone who
 *    holds a line try all telephone numbers against its digest.) */

typedef struct
{
  const char *key; /* borrowed from a line */
  McValue value;   /* of the head that is shown; its text is borrowed from that line: copy it, never clear it */
  McRef *heads;    /* sorted; of the merge */
  guint n_heads;
  gboolean conflict;
} McMergedField;

struct _McMerge
{
  McMergedField *fields; /* sorted by key; every key that any line in effect has set, known to this version or not */
  guint n_fields;
  const McChange *seal;  /* the current seal, borrowed from the input; NULL: none */
  gboolean seal_conflict;
  GPtrArray *late;       /* of McChange (borrowed): late and not yet resolved, by (at, device, seq) */
  GPtrArray *set_aside;  /* of McChange (borrowed), in the same order: late and set aside */
  GPtrArray *refused;    /* of McChange (borrowed), in the same order: lines of this record that a verdict refused */
};

/* @changes: the lines of one record. @seals: the lines with a seal of its root, when the record is a part (may be NULL; for
 * a root they are found among @changes). @refused: set of McRef (see mc_ref_hash) that verdicts refuse; may be NULL. The result borrows the lines of both arrays (not the
 * arrays): they must outlive it. A line that is given twice counts once. */
McMerge *mc_merge (const McChange *const *changes, guint n_changes,
                   const McChange *const *seals, guint n_seals,
                   GHashTable *refused);

/* The same with rule 6. @openings: digest of a sealed value → its opened text, or "" where it was erased. What stands there changes nothing
 * unless mc_merge() finds a conflict: look them up only then. */
McMerge *mc_merge_opened (const McChange *const *changes, guint n_changes,
                          const McChange *const *seals, guint n_seals,
                          GHashTable *refused, GHashTable *openings);
void mc_merge_free (McMerge *merge);
const McMergedField *mc_merge_field (const McMerge *merge, const char *key);
gboolean mc_merge_has_conflict (const McMerge *merge);

guint mc_ref_hash (gconstpointer ref);                        /* for GHashTable of McRef* */
gboolean mc_ref_hash_equal (gconstpointer a, gconstpointer b);

/* Rule 2 alone: is @change in the past of @seal (whose frontier it is)? */
gboolean mc_seal_knows (const McChange *seal, const McRef *change);

/* The state of the record, without MC_RECORD_ERASED. @n_known: how many of the fields this version knows. */
McRecordState mc_merge_state (const McMerge *merge, guint n_known);

/* The record as merged: values, heads, conflicts and state. Personal values stay sealed; @open may replace them. */
McRecord *mc_merge_to_record (const McMerge *merge, const McEntity *entity, const char *id);

/* The canonical text of a root and its parts, whose SHA-256 a seal carries and a document prints: "mingcha-record/1\n",
 * then a line "ENTITY\tID\tKEY\tVALUE\n" for each value that is not null, sorted by bytes; in texts '\\', TAB and newline are written
 * \\\\, \\t and \\n; booleans true and false; personal values as "sealed:HEX64", so that an erasure leaves the text provable. */
char *mc_canonical_text (const McMerge *const *merges, const McEntity *const *entities, const char *const *ids, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McMerge, mc_merge_free)

G_END_DECLS
