/* SPDX-License-Identifier: GPL-3.0-or-later
 * How an import writes: for the files of the import only. */
#pragma once

#include "mc-import-stage.h"

G_BEGIN_DECLS

typedef struct
{
  McImportStage *stage;
  McImportKind kind;
  const char *file_name, *sheet_name, *user;
  guint64 n_new; /* about so many rows are new records */
  McImportProgress progress;
  gpointer progress_data;
  char *batch;   /* out: its id, or "" */
} McImportWriting;

/* Writes the staged rows whose outcome and decision say so, and the batch: all of it or nothing. */
gboolean mc_import_write (McStore *store, McImportWriting *writing, GCancellable *cancellable, GError **error);

G_END_DECLS
