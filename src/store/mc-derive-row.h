/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands in a row of a derived table, and its writing; for the files mc-derive*.c and the rebuild. */
#pragma once

#include "mc-database.h"
#include "mc-merge.h"

G_BEGIN_DECLS

/* The row of a record that was merged on another thread; it holds the lines in which its texts stand. */
typedef struct
{
  const McEntity *entity;
  char id[37];
  char root[37];       /* of a part: its root; of a root: its own id */
  McRecordState state;
  gboolean dormant;
  GPtrArray *changes;  /* of McChange, owned */
  GPtrArray *opened;   /* of char *: opened texts, owned; or NULL */
  GString *search_key; /* or NULL */
  McValue values[];    /* one for each field of the entity, borrowed from the lines or from `opened` */
} McRow;

void mc_row_free (McRow *row);

/* The row of a record that no verdict concerns, as the caller knows: looks up openings only. Takes @changes. @seals (of McChange; may be NULL): of a part, those of its
 * root. NULL without error: an opening is not there, and mc_derive_new() is to be called. */
McRow *mc_row_new_alone (McDatabase *database, const McEntity *entity, const char *id, GPtrArray *changes, const GPtrArray *seals, GError **error);

/* Writes it into tables that do not have the record; the root's whole_state is left alone. */
gboolean mc_row_insert (McDatabase *database, const McRow *row, GError **error);

/* --- the same of a record ------------------------------------------------------------------------------------- */

/* What the column of a field holds; NULL: null. A value that is not of its field's type (another program wrote it) shows as nothing. */
const McValue *mc_row_column (const McField *field, const McValue *value);

/* Runs @sql (insert or update of the entity's McTable). @root: of a part. */
gboolean mc_row_write (McDatabase *database, const char *sql, const McRecord *record, const char *root, McRecordState state, GError **error);

/* Inserts the row of a new record, whose search key is at hand (if the entity has one). */
gboolean mc_row_insert_prepared (McDatabase *database, const McRecord *record, const char *search_key, gsize length, GError **error);

/* Notes the record among those of which nothing is in effect. */
gboolean mc_row_write_dormant (McDatabase *database, const McEntity *entity, const char *id, const char *root, McRecordState state, GError **error);

/* What is known of all values that @changes sets of the fields that are in conflict in @merge, for mc_merge_opened(): digest → opened text, "" where it was erased.
 * NULL without error if there is none, or no sealed value is in conflict. */
GHashTable *mc_row_find_openings (McDatabase *database, const McMerge *merge, GPtrArray *changes, gboolean *missing, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRow, mc_row_free)

G_END_DECLS
