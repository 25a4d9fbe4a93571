/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables of a document: rows as high as their highest cell, split over pages when they must be. */
#include "mc-document-flow.h"

#define PADDING_X 3.5
#define PADDING_Y 3.5

/* A split leaves no fewer lines on either page. */
#define MIN_LINES 2

typedef struct
{
  PangoLayout *layout;
  double x, width;
} Cell;

typedef struct
{
  GArray *cells; /* of Cell */
  gboolean header;
  gboolean kept;
} Row;

struct _McFlowTable
{
  McTypography type;
  GPtrArray *rows; /* of Row */
};

static void
cell_clear (Cell *cell)
{
  g_clear_object (&cell->layout);
}

static void
row_free (Row *row)
{
  g_array_unref (row->cells);
  g_free (row);
}

McFlowTable *
mc_flow_table_new (const McTypography *type)
{
  McFlowTable *self = g_new0 (McFlowTable, 1);

  self->type = *type;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  return self;
}

void
mc_flow_table_free (McFlowTable *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
mc_flow_table_add_row (McFlowTable *self, gboolean header, gboolean kept)
{
  Row *row = g_new0 (Row, 1);

  row->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (row->cells, (GDestroyNotify) cell_clear);
  row->header = header;
  row->kept = kept;
  g_ptr_array_add (self->rows, row);
}

void
mc_flow_table_add_cell (McFlowTable *self, McFlow *flow, const char *text, double x, double width, gboolean centred, gboolean strong)
{
  McTypography type = self->type;
  Row *row = g_ptr_array_index (self->rows, self->rows->len - 1);
  Cell cell = { NULL, x, width };

  type.alignment = centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
  type.face = strong ? MC_FACE_HEADING : type.face;
  cell.layout = mc_flow_make_layout (flow, text, &type, width - 2 * PADDING_X);
  g_array_append_val (row->cells, cell);
}

static guint
row_lines (const Row *row)
{
  guint lines = 1;

  for (guint i = 0; i < row->cells->len; i++)
    lines = MAX (lines, (guint) pango_layout_get_line_count (g_array_index (row->cells, Cell, i).layout));
  return lines;
}

static double
height_of (const McFlowTable *self, guint lines)
{
  return lines * self->type.pitch + 2 * PADDING_Y;
}

/* The lines from @first to before @end of every cell; a cell of fewer lines than its row stands in the middle if the row is whole. */
static void
add_part (McFlow *flow, const McFlowTable *self, const Row *row, guint first, guint end)
{
  double height = height_of (self, end - first);
  gboolean whole = first == 0 && end == row_lines (row);

  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = &g_array_index (row->cells, Cell, i);
      guint n_lines = (guint) pango_layout_get_line_count (cell->layout);
      double offset = whole ? (end - n_lines) * self->type.pitch / 2 : 0;
      double x = mc_flow_left () + cell->x;

      mc_document_pages_add_box (flow->pages, mc_flow_page (flow), x, flow->y, cell->width, height);
      for (guint line = first; line < MIN (end, n_lines); line++)
        mc_document_pages_add_line (flow->pages, mc_flow_page (flow), cell->layout, line,
                                    x + PADDING_X + mc_flow_line_x (cell->layout, line),
                                    mc_flow_baseline (&self->type, flow->y + PADDING_Y + offset + (line - first) * self->type.pitch));
    }
  flow->y += height;
}

/* A new page, and the header rows on it. */
static void
continue_on_new_page (McFlow *flow, const McFlowTable *self)
{
  mc_flow_new_page (flow);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);

      if (!row->header)
        break;
      add_part (flow, self, row, 0, row_lines (row));
    }
}

/* How many of the @left lines of a row stay on this page: all, none, or a part that leaves no line alone. */
static guint
lines_that_fit (McFlow *flow, const McFlowTable *self, guint left, gboolean fresh_page)
{
  double room = mc_flow_bottom () - flow->y - 2 * PADDING_Y;
  guint fit = room > 0 ? (guint) (room / self->type.pitch) : 0;

  if (fit >= left)
    return left;
  if (fresh_page)
    return MAX (MIN (fit, left), 1);
  if (left < 2 * MIN_LINES || fit < MIN_LINES)
    return 0;
  return MIN (fit, left - MIN_LINES);
}

static void
add_row (McFlow *flow, const McFlowTable *self, const Row *row)
{
  guint n_lines = row_lines (row);
  guint first = 0;
  gboolean fresh_page = FALSE;

  while (first < n_lines)
    {
      guint fit = lines_that_fit (flow, self, n_lines - first, fresh_page);

      if (fit > 0)
        add_part (flow, self, row, first, first + fit);
      first += fit;
      if (first == n_lines)
        return;
      continue_on_new_page (flow, self);
      fresh_page = TRUE;
    }
}

/* From row @index on: as much as must not be parted (rows that are kept with the next, and the beginning of that one). */
static double
kept_height (const McFlowTable *self, guint index)
{
  double height = 0;

  for (guint i = index; i < self->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (self->rows, i);
      guint n_lines = row_lines (row);

      if (!row->kept && !row->header)
        return height + height_of (self, n_lines < 2 * MIN_LINES ? n_lines : MIN_LINES);
      height += height_of (self, n_lines);
    }
  return height;
}

void
mc_flow_add_table (McFlow *self, McFlowTable *table)
{
  mc_flow_need (self, kept_height (table, 0));
  for (guint i = 0; i < table->rows->len; i++)
    {
      const Row *row = g_ptr_array_index (table->rows, i);

      if (row->kept && !row->header && self->y + kept_height (table, i) > mc_flow_bottom ())
        continue_on_new_page (self, table);
      add_row (self, table, row);
    }
}
