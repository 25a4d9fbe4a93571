/* SPDX-License-Identifier: GPL-3.0-or-later
 * The derived row of a record, from its merged lines; the one way by which save, apply and rebuild write derived tables. */
#pragma once

#include "mc-database.h"
#include "mc-merge.h"

G_BEGIN_DECLS

/* What the lines of one record come to, before it is written or shown. */
typedef struct
{
  const McEntity *entity;
  char id[37];
  char root[37];      /* of a part: its root, read from any of its lines; of a root: its own id */
  GPtrArray *changes; /* of McChange, owned */
  GPtrArray *seals;   /* of McChange, owned: of a part, the seals of its root; else NULL */
  GHashTable *refused;/* or NULL */
  McMerge *merge;     /* borrows from changes and seals */
  McRecord *record;   /* as merged, personal values opened; state set */
  gboolean dormant;   /* lines, but none in effect */
} McDerived;

void mc_derived_free (McDerived *derived);

/* Reads the lines of a record and merges them. NOT_FOUND (without words: the caller knows what was asked for) if it has none. */
McDerived *mc_derive_load (McDatabase *database, const McEntity *entity, const char *id, GError **error);

/* The same from lines at hand: takes @changes (of McChange with free func, not empty, all of this record). The rebuild calls it record by record. Seals and
 * verdicts are looked up in the database (tables `seal`, `refused`), so index all lines first. */
McDerived *mc_derive_new (McDatabase *database, const McEntity *entity, const char *id, GPtrArray *changes, GError **error);

/* The root of a part, read from its lines ("" if none names it). Borrowed from them. */
const char *mc_derive_root_of (const McEntity *entity, GPtrArray *changes);

/* As mc_derive_write(), into tables that do not have the record. */
gboolean mc_derive_insert (McDatabase *database, const McDerived *derived, GError **error);

/* Writes (or replaces) its row in the derived table, or in `dormant`; the root's whole_state is left alone. @old_state (may be NULL): the
 * state of the row before, 0 if there was none. */
gboolean mc_derive_write (McDatabase *database, const McDerived *derived, McRecordState *old_state, GError **error);

/* The row of a new record whose only line sets all non-null values of @record; no seal, no verdict. Quicker, with the same effect. */
gboolean mc_derive_insert_new (McDatabase *database, const McRecord *record, GError **error);

/* The same with the search key at hand (mc_derive_append_search_key()). @may_have_parts FALSE: the caller knows that no part came before its root. */
gboolean mc_derive_insert_prepared (McDatabase *database, const McRecord *record, const char *search_key, gsize length, gboolean may_have_parts, GError **error);

/* Are there parts of roots of @entity at all, or dormant records, so that a new root may have some already? */
gboolean mc_derive_awaits_roots (McDatabase *database, const McEntity *entity, gboolean *awaits, GError **error);

/* Appends the search key of the searchable fields. Pure. */
void mc_derive_append_search_key (const McRecord *record, GString *key);

/* Is there a row of @id? */
gboolean mc_derive_exists (McDatabase *database, const McEntity *entity, const char *id, gboolean *exists, GError **error);

/* Reads, merges, writes, and brings the root's whole_state up to date if the state changed. */
gboolean mc_derive_record (McDatabase *database, const McEntity *entity, const char *id, GError **error);

/* Brings whole_state of a root with parts up to date (facility, visit); for roots without parts nothing. */
gboolean mc_derive_whole_state (McDatabase *database, const McEntity *root_entity, const char *root, GError **error);

/* Sets whole_state of a root with parts to its own state and @states, those of its parts together. A root without a row is left out. */
gboolean mc_derive_set_whole_state (McDatabase *database, const McEntity *root_entity, const char *root, McRecordState states, GError **error);

/* The ids of the parts of @part_entity of @root, ascending; @with_dormant: also those of which nothing is in effect. */
GPtrArray *mc_derive_part_ids (McDatabase *database, const McEntity *part_entity, const char *root, gboolean with_dormant, GError **error);

/* TRUE if parts of other entities belong to @entity; the table of such a root has the column whole_state. */
gboolean mc_derive_has_parts (const McEntity *entity);

/* TRUE if a field of @entity is searchable; its table then has the column search_key. */
gboolean mc_derive_has_search_key (const McEntity *entity);

/* The column values of a derived row, in the order: id, fields, state, [whole_state], [search_key]. */
typedef void (*McDeriveColumnFunc) (const char *column, const McValue *value, gpointer data);

/* What the row of @derived must hold, column by column (whole_state left out; search_key as TEXT): for verify, which compares it with what is stored. */
void mc_derive_foreach_column (const McDerived *derived, McDeriveColumnFunc func, gpointer data);

/* Empties all derived tables (and seal, refused, erased, dormant if @with_index): the first step of a rebuild. */
gboolean mc_derive_clear (McDatabase *database, gboolean with_index, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDerived, mc_derived_free)

G_END_DECLS
