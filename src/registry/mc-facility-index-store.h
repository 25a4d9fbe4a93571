/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the search index reads on the reader's thread. */
#pragma once

#include "mc-area-store.h"
#include "mc-search-keys.h"

G_BEGIN_DECLS

/* The whole index as it is read. */
typedef struct
{
  McSearchKeys *keys; /* the tag of a facility is the rank of its area in `tree`, or G_MAXUINT */
  McAreaTree *tree;
} McFacilityIndexData;

void mc_facility_index_data_free (McFacilityIndexData *data);
gpointer mc_facility_index_store_read (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error);

/* One facility that changed. */
typedef struct
{
  gint64 rowid;
  gboolean listed; /* FALSE: retired since */
  char *area;
  char *key;
  gsize length;
} McFacilityIndexChange;

/* @data: a NULL-terminated array of ids. Gives an array of McFacilityIndexChange. */
gpointer mc_facility_index_store_read_changes (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
