/* SPDX-License-Identifier: GPL-3.0-or-later
 * A table file (.csv, .xlsx) as rows of text cells, read one row at a time in bounded memory. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MC_TABLE_ERROR (mc_table_error_quark ())
GQuark mc_table_error_quark (void);

/* There is no code 0. Every one of them is bad input: the message is translated, says where, and nothing was changed. */
typedef enum
{
  MC_TABLE_ERROR_NOT_FOUND = 1, /* no such file, or it may not be read */
  MC_TABLE_ERROR_FORMAT,        /* not a table file, or one of a kind that is not read here (.xls, .ods, a web page) */
  MC_TABLE_ERROR_ENCRYPTED,     /* protected by a password */
  MC_TABLE_ERROR_DAMAGED,       /* truncated, or its parts do not fit */
  MC_TABLE_ERROR_ENCODING,      /* bytes that are no text; the message names row and byte */
  MC_TABLE_ERROR_LIMIT,         /* larger than any honest table: a bomb, or an endless cell */
  MC_TABLE_ERROR_FAILED,        /* reading failed, or no room for temporary data */
} McTableError;

typedef struct _McTableReader McTableReader;

typedef enum
{
  MC_CELL_TEXT,
  MC_CELL_NUMBER,  /* plain decimal, without exponent: "25912.73" */
  MC_CELL_BOOLEAN, /* "1" or "0" */
  MC_CELL_DATE,    /* "2026-11-19", or with a time "2026-11-19 08:30:00" */
  MC_CELL_ERROR,   /* a formula that failed: "#REF!" */
} McCellKind;

typedef struct
{
  guint column;      /* 1 is column A */
  guint span;        /* columns that it covers; 1 unless merged */
  McCellKind kind;
  gboolean repeated; /* it lies in a merged cell that began in a row above */
  const char *text;  /* UTF-8, never empty, valid until the next row is read */
  gsize length;
} McTableCell;

typedef struct
{
  guint64 number;           /* 1 is the first row, as a spreadsheet program counts */
  const McTableCell *cells; /* those that are not empty, by column */
  guint n_cells;
} McTableRow;

/* Opens by content, not by name; a workbook opens on its first visible sheet. @encoding: of a .csv, NULL to detect. Blocks. */
McTableReader *mc_table_reader_open (const char *path, const char *encoding, GCancellable *cancellable, GError **error);
void mc_table_reader_free (McTableReader *self);

/* Sheets in the order of the workbook; a .csv has one, named after the file. */
guint mc_table_reader_get_n_sheets (McTableReader *self);
const char *mc_table_reader_get_sheet_name (McTableReader *self, guint sheet);
gboolean mc_table_reader_sheet_is_hidden (McTableReader *self, guint sheet);
guint mc_table_reader_get_sheet (McTableReader *self);

/* Goes to the first row of @sheet (from 0); also to read it again. */
gboolean mc_table_reader_select_sheet (McTableReader *self, guint sheet, GError **error);

/* The next row that has a cell, in @row. FALSE at the end, or with @error set. */
gboolean mc_table_reader_next_row (McTableReader *self, McTableRow *row, GError **error);

/* 0 to 1, of the sheet's bytes. */
double mc_table_reader_get_progress (McTableReader *self);

/* "UTF-8", "GB18030", …, or "xlsx". */
const char *mc_table_reader_get_format (McTableReader *self);

/* TRUE: day 0 of the workbook's date numbers is 1904-01-01. */
gboolean mc_table_reader_uses_1904 (McTableReader *self);

/* The cell of @column, or NULL. */
const McTableCell *mc_table_row_find (const McTableRow *row, guint column);

/* "A", "Z", "AA"; caller frees. */
char *mc_table_column_name (guint column);
/* 0 if @name is no column name. */
guint mc_table_column_from_name (const char *name);

/* The day of a date number as ISO text in @iso; FALSE outside 1900-01-01 … 9999-12-31 and for 29 February 1900, which spreadsheets invented. */
gboolean mc_table_date_from_serial (gint64 serial, gboolean uses_1904, char iso[11]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTableReader, mc_table_reader_free)

G_END_DECLS
