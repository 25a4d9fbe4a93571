/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a sheet as records, read ahead on a thread of their own: for the files of the import only. */
#pragma once

#include "mc-batch-queue.h"
#include "mc-import-line-kind.h"
#include "mc-import-row.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 number;
  McLineKind line;
  McImportItem *item; /* of a line of data */
} McReadRow;

typedef struct
{
  GArray *rows;    /* of McReadRow, in their order */
  double progress; /* of the reader, at the end of this batch */
  GError *error;   /* that the sheet cannot be read on; then its rows do not count */
} McReadBatch;

/* Reads on to the end of the selected sheet. @reader and @context belong to the thread until the queue is freed; what @context borrows stays as it is. */
typedef struct
{
  McTableReader *reader;
  McImportContext *context;
} McImportReading;
/* Batches (McReadBatch) of @batch_rows lines of data. @reading is borrowed. */
McBatchQueue *mc_import_read_ahead (McImportReading *reading);

G_END_DECLS
