/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads rows, tells data from notes and totals, and makes items of the data. */
#include "mc-import-reading.h"

#define BATCH_ROWS 256
#define WAITING_BATCHES 2

static void
clear_row (gpointer data)
{
  McReadRow *row = data;

  mc_import_item_free (row->item);
}

static McReadBatch *
batch_new (void)
{
  McReadBatch *batch = g_new0 (McReadBatch, 1);

  batch->rows = g_array_sized_new (FALSE, FALSE, sizeof (McReadRow), BATCH_ROWS);
  g_array_set_clear_func (batch->rows, clear_row);
  return batch;
}

static void
batch_free (gpointer data)
{
  McReadBatch *batch = data;

  g_array_unref (batch->rows);
  g_clear_error (&batch->error);
  g_free (batch);
}

/* FALSE: the row stands above the data. */
static gboolean
take_row (McImportReading *self, const McTableRow *row, gboolean *below_table, McReadRow *read)
{
  const McImportMapping *mapping = self->context->mapping;

  if (row->number < mapping->first_row)
    return FALSE;
  *read = (McReadRow) { row->number, mc_import_line_kind (mapping, row, *below_table), NULL };
  if (read->line == MC_LINE_DATA)
    read->item = mc_import_item_new (self->context, row);
  *below_table = *below_table || read->line == MC_LINE_SIGNATURE || read->line == MC_LINE_NOTE;
  return TRUE;
}

/* Runs on the queue's thread. */
static void
read_rows (McBatchQueue *queue, gpointer data)
{
  McImportReading *self = data;
  McReadBatch *batch = batch_new ();
  gboolean below_table = FALSE;
  McReadRow read;
  McTableRow row;

  while (mc_table_reader_next_row (self->reader, &row, &batch->error))
    {
      if (!take_row (self, &row, &below_table, &read))
        continue;
      g_array_append_val (batch->rows, read);
      if (batch->rows->len < BATCH_ROWS)
        continue;
      batch->progress = mc_table_reader_get_progress (self->reader);
      if (!mc_batch_queue_push (queue, batch))
        return;
      batch = batch_new ();
    }
  batch->progress = 1;
  mc_batch_queue_push (queue, batch);
}

McBatchQueue *
mc_import_read_ahead (McImportReading *reading)
{
  return mc_batch_queue_new ("mc-import-read", WAITING_BATCHES, read_rows, reading, batch_free);
}
