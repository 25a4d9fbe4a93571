/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells data from totals, signatures, notes and repeated headers. */
#include "mc-import-line-kind.h"

#include "mc-import-words.h"

#include <string.h>

/* The titles once more, as on each printed page. */
static gboolean
is_header_again (const McImportMapping *mapping, const McTableRow *row)
{
  guint same = 0, n = 0;

  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];
      const McTableCell *cell = column->field && column->column ? mc_table_row_find (row, column->column) : NULL;

      if (!column->field || !column->column)
        continue;
      n++;
      if (!cell)
        continue;
      if (strcmp (cell->text, column->title) == 0)
        same++;
      else if (i == 0 || same == 0)
        return FALSE;
    }
  return same >= 2 && same * 2 >= n;
}

static gboolean
is_known_line (const McTableCell *cell, McLineKind *kind)
{
  if (cell->length > 400 || !mc_import_words_may_be_line (cell->text))
    return FALSE;
  if (mc_import_words_is_total (cell->text))
    *kind = MC_LINE_TOTAL;
  else if (mc_import_words_is_signature (cell->text))
    *kind = MC_LINE_SIGNATURE;
  else if (mc_import_words_is_note (cell->text))
    *kind = MC_LINE_NOTE;
  else
    return FALSE;
  return TRUE;
}

McLineKind
mc_import_line_kind (const McImportMapping *mapping, const McTableRow *row, gboolean below_table)
{
  const McImportColumn *name = mc_import_mapping_find (mapping, "name");
  const McTableCell *name_cell = name && name->column ? mc_table_row_find (row, name->column) : NULL;
  const McTableCell *first = NULL;
  guint own = 0;
  McLineKind kind = MC_LINE_DATA;

  for (guint i = 0; i < row->n_cells; i++)
    if (!row->cells[i].repeated)
      {
        first = first ? first : &row->cells[i];
        own++;
      }
  if (!first)
    return MC_LINE_NOTE;
  if (is_header_again (mapping, row))
    return MC_LINE_HEADER;
  /* A number first and a name: data, as nearly all rows are. */
  if (g_ascii_isdigit (first->text[0]) && name_cell && name_cell != first && own > 2)
    return is_known_line (name_cell, &kind) && kind == MC_LINE_TOTAL ? kind : MC_LINE_DATA;
  if (is_known_line (first, &kind) && (first->column != (name ? name->column : 0) || own <= 3 || kind == MC_LINE_TOTAL) &&
      (!name_cell || name_cell == first || kind == MC_LINE_TOTAL || own <= 4))
    return kind;
  if (name_cell && is_known_line (name_cell, &kind) && kind == MC_LINE_TOTAL)
    return kind;
  if (own == 1 && (first->span > 2 || first != name_cell))
    return first->span > 2 || first->length > 60 || below_table ? MC_LINE_NOTE : MC_LINE_DATA;
  return below_table && own <= 2 ? MC_LINE_NOTE : MC_LINE_DATA;
}
