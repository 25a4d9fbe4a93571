/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which record that exists a row speaks of: surely, perhaps, or none. Pure. */
#pragma once

#include "mc-area.h"
#include "mc-import-mapping.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

/* The ways to find a record again; each as 32 bits of a hash, so that a million records take 32 MB. */
typedef enum
{
  MC_KEY_ID,
  MC_KEY_NAME,    /* facility: name in its county; inspector: name and employer */
  MC_KEY_CODE,    /* credit code; certificate number */
  MC_KEY_PLACE,   /* facility: area and kind */
  MC_N_KEYS,
} McImportKey;

typedef struct
{
  guint32 hashes[MC_N_KEYS];
  gboolean present[MC_N_KEYS];
} McImportKeys;

/* @tree may be NULL for inspectors. */
void mc_import_keys_compute (McImportKeys *keys, McImportKind kind, McAreaTree *tree, const char *id, const char *name,
                             const char *area_or_employer, const char *code, const char *facility_kind);
void mc_import_keys_of_record (McImportKeys *keys, McImportKind kind, McAreaTree *tree, const McRecord *record, const char *id);

/* Rowids by the hash of each key. */
typedef struct _McImportIndex McImportIndex;
McImportIndex *mc_import_index_new (void);
void mc_import_index_free (McImportIndex *self);
void mc_import_index_add (McImportIndex *self, const McImportKeys *keys, gint64 rowid);
void mc_import_index_finish (McImportIndex *self); /* before the first look-up */
guint mc_import_index_get_n (McImportIndex *self);
/* Appends rowids (gint64) to @rowids, each once, until it has @limit. */
void mc_import_index_find (McImportIndex *self, const McImportKeys *keys, McImportKey key, guint limit, GArray *rowids);

/* Marks of rowids: which existing records rows of the file were found to be. */
void mc_import_index_mark (McImportIndex *self, gint64 rowid);
gboolean mc_import_index_is_marked (McImportIndex *self, gint64 rowid);
guint mc_import_index_get_n_unmarked (McImportIndex *self);

typedef enum
{
  MC_MATCH_NONE,
  MC_MATCH_SAME,
  MC_MATCH_RENAMED,     /* from here on: perhaps the same, a person says */
  MC_MATCH_OTHER_CODE,
  MC_MATCH_OTHER_KIND,
  MC_MATCH_MOVED,
  MC_MATCH_RETIRED,
  MC_MATCH_ALIKE,       /* another name, but nearly all else is equal */
} McMatch;

/* The best of @candidates (of McRecord) for what @row says; @id: the id that @row would get as a new record. */
McMatch mc_import_match (McImportKind kind, McAreaTree *tree, const McRecord *row, const char *id, const GPtrArray *candidates, guint *best);

/* Is @existing so much like @row that it may be the same under another name? @given: bits of the fields that @row holds. */
gboolean mc_import_is_alike (const McRecord *row, guint64 given, const McRecord *existing);

/* Rows of the file by what they say, so that a repeated one is found. */
typedef struct _McImportSeen McImportSeen;
McImportSeen *mc_import_seen_new (void);
void mc_import_seen_free (McImportSeen *self);
/* 0 and noted if @id is new; else the row that had it first. */
guint64 mc_import_seen_add (McImportSeen *self, const char *id, guint64 row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportIndex, mc_import_index_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportSeen, mc_import_seen_free)

G_END_DECLS
