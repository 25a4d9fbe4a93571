/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the import asks the database: for the files of the import only. */
#pragma once

#include "mc-import-match.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* One record that exists, as its row in the database has it. */
typedef struct
{
  gint64 rowid;
  McRecord *record; /* with its state; of one that was found to be another, the other */
} McExisting;
void mc_existing_free (McExisting *existing);

/* All records of @kind by their keys; @tree is used while it runs. */
McImportIndex *mc_import_store_load_index (McStore *store, McImportKind kind, McAreaTree *tree, GCancellable *cancellable, GError **error);

/* Of McExisting, in the order of @rowids; NULL where a row is gone. */
GPtrArray *mc_import_store_fetch (McStore *store, McImportKind kind, const GArray *rowids, GCancellable *cancellable, GError **error);

/* The ids of the batches of this file that were undone (set of char *). */
GHashTable *mc_import_store_load_undone (McStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McExisting, mc_existing_free)

G_END_DECLS
