/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes the derived tables again from the log alone, in place or in a new file. */
#pragma once

#include "mc-progress.h"
#include "mc-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 lines;   /* read */
  guint64 held;    /* of an entity unknown to this version: kept, without effect yet */
  guint64 records; /* written */
  double seconds;
} McRebuildResult;

/* All derived tables of the open file, in one transaction: cancelled or failed, they are as before. Every model re-reads after it. @result may
 * be NULL. Blocks. */
gboolean mc_store_rebuild (McStore *self, McRebuildResult *result, McProgressFunc progress, gpointer progress_data,
                           GCancellable *cancellable, GError **error);
void mc_store_rebuild_async (McStore *self, McProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_store_rebuild_finish (McStore *self, GAsyncResult *result, McRebuildResult *rebuilt, GError **error);

/* A new file @out from the log of the file @path, with its blobs, under a new device id whose first line names the old one.
 * @path is only read, and may be open elsewhere. @out must not exist (MC_STORE_ERROR_EXISTS); on failure nothing is left of it. Blocks. */
gboolean mc_store_rebuild_out (const char *path, const char *out, McRebuildResult *result,
                               McProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error);

G_END_DECLS
