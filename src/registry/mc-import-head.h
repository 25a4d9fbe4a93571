/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first rows of a sheet, among which its header is looked for: for the files of the mapping only. */
#pragma once

#include "mc-import-mapping.h"

G_BEGIN_DECLS

#define MC_HEAD_ROWS 60

/* A copy of a row near the top of the sheet. */
typedef struct
{
  guint64 number;
  GArray *cells; /* McTableCell with own texts */
} McHeadRow;
void mc_head_row_free (gpointer row);

typedef struct
{
  McImportKind kind;
  GPtrArray *rows;        /* of McHeadRow */
  const char *money_unit; /* said above the table for all of it */
} McHead;

gboolean mc_head_read (McHead *head, McTableReader *reader, GError **error);

/* The cell of @column, or NULL. */
const McTableCell *mc_head_row_find (const McHeadRow *row, guint column);

/* Looks above row @last for "Unit: 10,000 yuan". */
void mc_head_find_money_unit (McHead *head, guint last);

/* A row of units, or of numbers of columns, under the header. */
gboolean mc_head_row_has_units (const McHeadRow *row);
gboolean mc_head_row_has_numbers (const McHeadRow *row);

G_END_DECLS
