/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of data of a sheet as XML, written to where libxlsxwriter keeps the rows of a sheet in constant memory. */
#include "mc-workbook-row.h"

#include <string.h>

#include "mc-cell-text.h"
#include "mc-workbook-cell.h"

/* Rows are handed to the file in blocks of this size. */
#define BLOCK_BYTES (128 * 1024)

typedef struct
{
  lxw_format *format;
  char text[24]; /* '" s="12"': the end of the cell's name and its style */
} Style;

struct _McWorkbookRow
{
  lxw_worksheet *worksheet; /* borrowed, like what follows */
  guint *widths;
  guint *shortened;

  GString *xml;
  char (*columns)[8];       /* names of the columns */
  guint n_columns;
  Style styles[MC_N_CELL_TYPES];
  Style other_styles[4];    /* of the formats that were asked for */
  guint row;
  guint column;             /* the next one */
  char row_name[12];
};

static void
style_init (Style *style, lxw_format *format)
{
  style->format = format;
  g_snprintf (style->text, sizeof style->text, "\" s=\"%d\"", (int) lxw_format_get_xf_index (format));
}

McWorkbookRow *
mc_workbook_row_new (lxw_worksheet *worksheet, const McWorkbookFormats *formats, guint n_columns, guint *widths, guint *shortened)
{
  McWorkbookRow *self = g_new0 (McWorkbookRow, 1);

  self->worksheet = worksheet;
  self->widths = widths;
  self->shortened = shortened;
  self->xml = g_string_sized_new (BLOCK_BYTES + BLOCK_BYTES / 4);
  self->n_columns = n_columns;
  self->columns = g_malloc0 (sizeof *self->columns * n_columns);
  for (guint i = 0; i < n_columns; i++)
    lxw_col_to_name (self->columns[i], (lxw_col_t) i, 0);
  for (guint type = 0; type < MC_N_CELL_TYPES; type++)
    style_init (&self->styles[type], formats->cells[type]);
  return self;
}

void
mc_workbook_row_free (McWorkbookRow *self)
{
  if (!self)
    return;
  g_string_free (self->xml, TRUE);
  g_free (self->columns);
  g_free (self);
}

/* There are as many formats as a table asks for: two. */
static const char *
find_style (McWorkbookRow *self, lxw_format *format)
{
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (self->other_styles) && self->other_styles[i].format && self->other_styles[i].format != format)
    i++;
  if (self->other_styles[i].format != format)
    style_init (&self->other_styles[i], format);
  return self->other_styles[i].text;
}

/* --- values ------------------------------------------------------------------------------------------------- */

/* @value in units of 10^−@decimals: exactly the decimal that it is. */
static void
append_decimal (GString *xml, gint64 value, guint decimals)
{
  char text[32], *end = text + sizeof text, *at = end;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;
  guint n = 0;

  for (; n < decimals || rest > 0 || n == decimals; n++, rest /= 10)
    {
      char digit = (char) ('0' + rest % 10);

      if (n == decimals && at < end)
        *--at = '.';
      /* No zeros at the end of a fraction. */
      if (n >= decimals || digit != '0' || at < end)
        *--at = digit;
    }
  if (value < 0)
    *--at = '-';
  g_string_append_len (xml, at, end - at);
}

static void
append_escaped (GString *xml, const char *text)
{
  for (const char *at = text; *at; at++)
    switch (*at)
      {
      case '&': g_string_append_len (xml, "&amp;", 5); break;
      case '<': g_string_append_len (xml, "&lt;", 4); break;
      case '>': g_string_append_len (xml, "&gt;", 4); break;
      default: g_string_append_c (xml, *at);
      }
}

/* --- cells -------------------------------------------------------------------------------------------------- */

static void
begin_cell (McWorkbookRow *self, const char *style)
{
  GString *xml = self->xml;

  g_string_append_len (xml, "<c r=\"", 6);
  g_string_append (xml, self->columns[self->column]);
  g_string_append (xml, self->row_name);
  g_string_append (xml, style);
}

static void
widen (McWorkbookRow *self, guint width)
{
  self->widths[self->column] = MAX (self->widths[self->column], width);
}

static void
add_text (McWorkbookRow *self, const char *text, const char *style)
{
  McCellText measure = mc_cell_text_measure (text);
  g_autofree char *clean = NULL;
  gboolean cut = FALSE;

  if (!measure.clean)
    text = clean = mc_cell_text_clean (text, &cut);
  *self->shortened += cut;
  widen (self, measure.width);
  begin_cell (self, style);
  if (!*text)
    {
      g_string_append (self->xml, "/>");
      return;
    }
  g_string_append (self->xml, " t=\"inlineStr\"><is><t");
  if (g_ascii_isspace (text[0]) || g_ascii_isspace (text[strlen (text) - 1]))
    g_string_append (self->xml, " xml:space=\"preserve\"");
  g_string_append_c (self->xml, '>');
  if (measure.has_markup)
    append_escaped (self->xml, text);
  else
    g_string_append (self->xml, text);
  g_string_append (self->xml, "</t></is></c>");
}

/* A number that a sheet cannot hold stands as a text. */
static gboolean
add_if_number (McWorkbookRow *self, const McCell *cell, const char *style)
{
  static const guint decimals[MC_N_CELL_TYPES] = { [MC_CELL_HUNDREDTHS] = 2, [MC_CELL_MONEY] = 6 };
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  guint width = 0;
  double number;

  if (!mc_workbook_cell_get_number (cell, &number, &width))
    return FALSE;
  begin_cell (self, style);
  g_string_append (self->xml, "><v>");
  if (cell->type == MC_CELL_TIME)
    g_string_append (self->xml, g_ascii_formatd (text, sizeof text, "%.16G", number));
  else
    append_decimal (self->xml, cell->type == MC_CELL_DATE ? (gint64) number : cell->integer, decimals[cell->type]);
  g_string_append (self->xml, "</v></c>");
  widen (self, width);
  return TRUE;
}

void
mc_workbook_row_begin (McWorkbookRow *self, guint row)
{
  self->row = row;
  self->column = 0;
  g_snprintf (self->row_name, sizeof self->row_name, "%u", row + 1);
  g_string_append (self->xml, "<row r=\"");
  g_string_append (self->xml, self->row_name);
  g_string_append (self->xml, "\">");
}

void
mc_workbook_row_add (McWorkbookRow *self, const McCell *cell, lxw_format *format)
{
  char digits[32];

  g_return_if_fail (self->column < self->n_columns);

  if (!add_if_number (self, cell, format ? find_style (self, format) : self->styles[cell->type].text))
    {
      const char *style = format ? find_style (self, format) : self->styles[cell->type == MC_CELL_EMPTY ? MC_CELL_EMPTY : MC_CELL_TEXT].text;
      gboolean too_large = !cell->text && cell->type != MC_CELL_EMPTY && cell->type != MC_CELL_TEXT && cell->type != MC_CELL_DATE;

      if (too_large)
        g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, cell->integer);
      add_text (self, too_large ? digits : cell->type == MC_CELL_EMPTY || !cell->text ? "" : cell->text, style);
    }
  self->column++;
}

void
mc_workbook_row_end (McWorkbookRow *self)
{
  lxw_worksheet *worksheet = self->worksheet;

  g_string_append (self->xml, "</row>");
  worksheet->dim_rowmax = MAX (worksheet->dim_rowmax, self->row);
  worksheet->dim_colmax = (lxw_col_t) MAX (worksheet->dim_colmax, self->n_columns - 1);
  if (self->xml->len >= BLOCK_BYTES)
    mc_workbook_row_flush (self);
}

void
mc_workbook_row_flush (McWorkbookRow *self)
{
  /* The row that the library holds back comes before. */
  lxw_worksheet_write_single_row (self->worksheet);
  fwrite (self->xml->str, 1, self->xml->len, self->worksheet->file);
  g_string_truncate (self->xml, 0);
}
