/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the readers of each format share behind McTableReader. */
#pragma once

#include "mc-table-reader.h"

G_BEGIN_DECLS

/* As spreadsheet programs have it; a .csv may have more rows. */
#define MC_TABLE_MAX_ROWS 1048576
#define MC_TABLE_MAX_COLUMNS 16384
/* A cell of a workbook holds 32,767 characters at most; four bytes each, and some air. */
#define MC_TABLE_MAX_CELL_BYTES (256 * 1024)

typedef struct
{
  void (*free) (McTableReader *self);
  gboolean (*select_sheet) (McTableReader *self, guint sheet, GError **error);
  gboolean (*next_row) (McTableReader *self, McTableRow *row, GError **error);
  double (*get_progress) (McTableReader *self);
} McTableReaderClass;

typedef struct
{
  char *name;
  gboolean hidden;
} McTableSheet;

struct _McTableReader
{
  const McTableReaderClass *klass;
  char *path;
  char *file_name; /* as shown to people */
  const char *format;
  GCancellable *cancellable;
  GPtrArray *sheets; /* of McTableSheet */
  guint sheet;
  gboolean uses_1904;
};

void mc_table_reader_init (McTableReader *self, const McTableReaderClass *klass, const char *path, GCancellable *cancellable);
void mc_table_reader_add_sheet (McTableReader *self, const char *name, gboolean hidden);

/* The row's cells while it is being read: texts in one buffer, pointers set when the row is whole. */
typedef struct
{
  GArray *cells; /* McTableCell; `text` is set by mc_row_buffer_finish() */
  GString *text;
} McRowBuffer;

void mc_row_buffer_init (McRowBuffer *self);
void mc_row_buffer_clear (McRowBuffer *self);
void mc_row_buffer_reset (McRowBuffer *self);

/* Adds what was appended to `text` since @start as a cell; not if it is blank. */
void mc_row_buffer_add_cell (McRowBuffer *self, guint column, McCellKind kind, gsize start);
void mc_row_buffer_finish (McRowBuffer *self, guint64 number, McTableRow *row);

/* A file without a name in the folder for temporary files, for data that is too much for memory. -1 and MC_TABLE_ERROR_FAILED. */
int mc_table_open_temporary (GError **error);

G_END_DECLS
