/* SPDX-License-Identifier: GPL-3.0-or-later
 * Turns the elements of a sheet into rows of cells; a few rows wait in memory, never the sheet. */
#include "mc-xlsx-sheet.h"

#include "mc-table-reader-private.h"
#include "mc-xlsx-styles.h"
#include "mc-xlsx-xml.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_MERGES 100000
#define MAX_ACTIVE_MERGES 256

/* A merged cell that reaches over the rows now being read. */
typedef struct
{
  const McXlsxMerge *merge;
  McCellKind kind;
  char *text;
} ActiveMerge;

typedef struct
{
  guint64 number;
  guint first_cell, n_cells;
  gsize text_start;
} QueuedRow;

struct _McXlsxSheet
{
  const McXlsxWorkbook *workbook;
  McXlsxXml *xml;
  GArray *merges;
  guint next_merge;
  GArray *active; /* of ActiveMerge */
  gboolean more;

  McRowBuffer buffer; /* the cells of the queued rows, then those of the row being read */
  GArray *rows;       /* of QueuedRow */
  guint next_row;

  guint row;          /* being read, or read last */
  guint first_cell;
  gsize row_text;
  gboolean in_row;

  guint column;
  char type[12];
  guint style;
  gboolean in_cell, in_value, in_text;
  guint in_phonetic;
  GString *value;
};

static void
fail (McXlsxSheet *self, const char *detail)
{
  GError *error = NULL;
  g_autofree char *place = g_strdup_printf (_("row %u"), self->row);

  mc_xlsx_package_set_damaged (self->workbook->package, place, detail, &error);
  mc_xlsx_xml_fail (self->xml, error);
}

/* --- cells ------------------------------------------------------------------------------------------------ */

/* A date number with its time: to the second, as people see it. */
static gboolean
append_date (McXlsxSheet *self, GString *out)
{
  double number = g_ascii_strtod (self->value->str, NULL);
  gint64 seconds, day;
  char iso[11];

  if (!(number >= 0 && number < 3000000))
    return FALSE;
  seconds = (gint64) (number * 86400 + 0.5);
  day = seconds / 86400;
  seconds %= 86400;
  if (day == 0 && !self->workbook->uses_1904)
    {
      g_string_append_printf (out, "%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
      return TRUE;
    }
  if (day == 60 && !self->workbook->uses_1904)
    g_strlcpy (iso, "1900-02-29", sizeof iso);
  else if (!mc_table_date_from_serial (day, self->workbook->uses_1904, iso))
    return FALSE;
  g_string_append (out, iso);
  if (seconds > 0)
    g_string_append_printf (out, " %02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60));
  return TRUE;
}

static McCellKind
append_number (McXlsxSheet *self, GString *out)
{
  McNumberFormat format = { MC_NUMBER_PLAIN, 0 };
  gsize before = out->len;

  if (self->style < self->workbook->styles->len)
    format = g_array_index (self->workbook->styles, McNumberFormat, self->style);
  if (format.style == MC_NUMBER_DATE && append_date (self, out))
    return MC_CELL_DATE;
  if (!mc_xlsx_append_number (out, self->value->str, self->value->len))
    {
      g_string_append_len (out, self->value->str, (gssize) self->value->len);
      return MC_CELL_TEXT;
    }
  if (format.style == MC_NUMBER_PADDED && out->str[before] != '-' && !memchr (out->str + before, '.', out->len - before))
    while (out->len - before < format.digits)
      g_string_insert_c (out, (gssize) before, '0');
  return MC_CELL_NUMBER;
}

static gboolean
append_shared (McXlsxSheet *self, GString *out)
{
  GError *error = NULL;
  guint64 index = g_ascii_strtoull (self->value->str, NULL, 10);

  if (mc_xlsx_strings_append (self->workbook->strings, index, out, &error))
    return TRUE;
  if (error)
    mc_xlsx_xml_fail (self->xml, error);
  else
    fail (self, _("a cell names a text that is not there"));
  return FALSE;
}

/* ISO date and time of a cell of type d: the T becomes a space. */
static McCellKind
append_iso (McXlsxSheet *self, GString *out)
{
  gsize before = out->len;
  char *mark;

  g_string_append_len (out, self->value->str, (gssize) self->value->len);
  mark = strchr (out->str + before, 'T');
  if (mark && g_str_has_prefix (mark, "T00:00:00"))
    g_string_truncate (out, (gsize) (mark - out->str));
  else if (mark)
    *mark = ' ';
  return MC_CELL_DATE;
}

static void
finish_cell (McXlsxSheet *self)
{
  GString *out = self->buffer.text;
  gsize start = out->len;
  McCellKind kind = MC_CELL_TEXT;

  if (self->value->len == 0)
    return;
  if (strcmp (self->type, "s") == 0)
    {
      if (!append_shared (self, out))
        return;
    }
  else if (strcmp (self->type, "str") == 0 || strcmp (self->type, "inlineStr") == 0)
    mc_xlsx_append_unescaped (out, self->value->str, self->value->len);
  else if (strcmp (self->type, "d") == 0)
    kind = append_iso (self, out);
  else if (self->type[0] == '\0' || strcmp (self->type, "n") == 0)
    kind = append_number (self, out);
  else
    {
      kind = strcmp (self->type, "b") == 0 ? MC_CELL_BOOLEAN : strcmp (self->type, "e") == 0 ? MC_CELL_ERROR : MC_CELL_TEXT;
      g_string_append_len (out, self->value->str, (gssize) self->value->len);
    }
  mc_row_buffer_add_cell (&self->buffer, self->column, kind, start);
}

static void
start_cell (McXlsxSheet *self, const McXlsxAttributes *attributes)
{
  gsize length = 0;
  const char *reference = mc_xlsx_attributes_find (attributes, "r", &length);
  guint column = self->column + 1, row;
  const char *type;

  if (reference && !mc_xlsx_parse_reference (reference, length, &column, &row))
    column = 0;
  if (column <= self->column || column > MC_TABLE_MAX_COLUMNS)
    {
      fail (self, _("its cells are not in order"));
      return;
    }
  self->column = column;
  type = mc_xlsx_attributes_find (attributes, "t", &length);
  self->type[0] = '\0';
  if (type && length < sizeof self->type)
    {
      memcpy (self->type, type, length);
      self->type[length] = '\0';
    }
  self->style = (guint) mc_xlsx_attributes_integer (attributes, "s", 0);
  self->in_cell = TRUE;
  self->in_value = self->in_text = FALSE;
  self->in_phonetic = 0;
  g_string_truncate (self->value, 0);
}

/* --- rows and merged cells -------------------------------------------------------------------------------- */

static void
active_merge_clear (gpointer data)
{
  g_free (((ActiveMerge *) data)->text);
}

/* The cells of the row being read; their texts stand one after another from row_text on. */
static McTableCell *
row_cells (McXlsxSheet *self, guint *n)
{
  *n = self->buffer.cells->len - self->first_cell;
  return &g_array_index (self->buffer.cells, McTableCell, self->first_cell);
}

static void
begin_merge (McXlsxSheet *self, const McXlsxMerge *merge)
{
  guint n;
  McTableCell *cells = row_cells (self, &n);
  gsize offset = self->row_text;

  for (guint i = 0; i < n; i++)
    {
      if (cells[i].column == merge->first_column)
        {
          ActiveMerge active = { merge, cells[i].kind, NULL };

          cells[i].span = merge->last_column - merge->first_column + 1;
          if (merge->last_row > merge->first_row && self->active->len < MAX_ACTIVE_MERGES)
            {
              active.text = g_strndup (self->buffer.text->str + offset, cells[i].length);
              g_array_append_val (self->active, active);
            }
          return;
        }
      offset += cells[i].length + 1;
    }
}

/* Puts the text of a merged cell that began above into its place in this row. */
static void
repeat_merge (McXlsxSheet *self, const ActiveMerge *active)
{
  guint n, at = 0;
  McTableCell *cells = row_cells (self, &n);
  gsize offset = self->row_text;
  McTableCell cell = { active->merge->first_column, active->merge->last_column - active->merge->first_column + 1, active->kind, TRUE, NULL, strlen (active->text) };

  while (at < n && cells[at].column < cell.column)
    offset += cells[at++].length + 1;
  if (at < n && cells[at].column == cell.column)
    return;
  g_string_insert_len (self->buffer.text, (gssize) offset, active->text, (gssize) cell.length + 1);
  g_array_insert_val (self->buffer.cells, self->first_cell + at, cell);
}

static void
apply_merges (McXlsxSheet *self)
{
  for (guint i = self->active->len; i-- > 0;)
    if (g_array_index (self->active, ActiveMerge, i).merge->last_row < self->row)
      g_array_remove_index_fast (self->active, i);
  for (guint i = 0; i < self->active->len; i++)
    repeat_merge (self, &g_array_index (self->active, ActiveMerge, i));
  for (; self->next_merge < self->merges->len; self->next_merge++)
    {
      const McXlsxMerge *merge = &g_array_index (self->merges, McXlsxMerge, self->next_merge);

      if (merge->first_row > self->row)
        break;
      if (merge->first_row == self->row)
        begin_merge (self, merge);
    }
}

static void
start_row (McXlsxSheet *self, const McXlsxAttributes *attributes)
{
  gint64 number = mc_xlsx_attributes_integer (attributes, "r", (gint64) self->row + 1);

  if (number <= self->row || number > MC_TABLE_MAX_ROWS)
    {
      fail (self, _("its rows are not in order"));
      return;
    }
  self->row = (guint) number;
  self->in_row = TRUE;
  self->column = 0;
  self->first_cell = self->buffer.cells->len;
  self->row_text = self->buffer.text->len;
}

static void
finish_row (McXlsxSheet *self)
{
  QueuedRow row = { self->row, self->first_cell, 0, self->row_text };

  self->in_row = FALSE;
  if (self->buffer.cells->len == self->first_cell)
    return;
  apply_merges (self);
  row.n_cells = self->buffer.cells->len - self->first_cell;
  g_array_append_val (self->rows, row);
}

static void
sheet_start (gpointer data, const char *name, const McXlsxAttributes *attributes)
{
  McXlsxSheet *self = data;

  if (self->in_cell)
    {
      self->in_value = self->in_value || strcmp (name, "v") == 0;
      self->in_phonetic += strcmp (name, "rPh") == 0;
      self->in_text = self->in_text || (strcmp (name, "t") == 0 && self->in_phonetic == 0);
    }
  else if (self->in_row && strcmp (name, "c") == 0)
    start_cell (self, attributes);
  else if (!self->in_row && strcmp (name, "row") == 0)
    start_row (self, attributes);
}

static void
sheet_end (gpointer data, const char *name)
{
  McXlsxSheet *self = data;

  if (self->in_cell)
    {
      if (strcmp (name, "v") == 0)
        self->in_value = FALSE;
      else if (strcmp (name, "t") == 0)
        self->in_text = FALSE;
      else if (strcmp (name, "rPh") == 0)
        self->in_phonetic -= self->in_phonetic > 0;
      else if (strcmp (name, "c") == 0)
        {
          self->in_cell = FALSE;
          finish_cell (self);
        }
    }
  else if (self->in_row && strcmp (name, "row") == 0)
    finish_row (self);
}

static void
sheet_text (gpointer data, const char *text, gsize length)
{
  McXlsxSheet *self = data;

  if (!self->in_cell || !(self->in_value || self->in_text))
    return;
  g_string_append_len (self->value, text, (gssize) length);
  if (self->value->len > MC_TABLE_MAX_CELL_BYTES)
    fail (self, _("a cell is longer than a cell can be"));
}

/* --- the interface ---------------------------------------------------------------------------------------- */

McXlsxSheet *
mc_xlsx_sheet_open (const McXlsxWorkbook *workbook, const char *part, GArray *merges, GError **error)
{
  static const McXlsxHandlers handlers = { sheet_start, sheet_end, sheet_text };
  McXlsxSheet *self = g_new0 (McXlsxSheet, 1);

  self->workbook = workbook;
  self->merges = merges;
  self->active = g_array_new (FALSE, FALSE, sizeof (ActiveMerge));
  g_array_set_clear_func (self->active, active_merge_clear);
  self->rows = g_array_new (FALSE, FALSE, sizeof (QueuedRow));
  self->value = g_string_new (NULL);
  self->more = TRUE;
  mc_row_buffer_init (&self->buffer);
  self->xml = mc_xlsx_xml_new (workbook->package, part, &handlers, self, error);
  if (!self->xml)
    g_clear_pointer (&self, mc_xlsx_sheet_free);
  return self;
}

void
mc_xlsx_sheet_free (McXlsxSheet *self)
{
  if (!self)
    return;
  mc_xlsx_xml_free (self->xml);
  g_array_unref (self->active);
  g_array_unref (self->rows);
  g_string_free (self->value, TRUE);
  mc_row_buffer_clear (&self->buffer);
  g_free (self);
}

/* Forgets the rows that were handed out; a row that is not whole yet stays. */
static void
drop_rows (McXlsxSheet *self)
{
  guint keep_cell = self->in_row ? self->first_cell : self->buffer.cells->len;
  gsize keep_text = self->in_row ? self->row_text : self->buffer.text->len;

  g_array_set_size (self->rows, 0);
  self->next_row = 0;
  if (keep_cell > 0)
    g_array_remove_range (self->buffer.cells, 0, keep_cell);
  g_string_erase (self->buffer.text, 0, (gssize) keep_text);
  self->first_cell = 0;
  self->row_text = 0;
}

gboolean
mc_xlsx_sheet_next_row (McXlsxSheet *self, McTableRow *row, GError **error)
{
  const QueuedRow *queued;
  McTableCell *cells;
  const char *text;

  while (self->next_row == self->rows->len)
    {
      if (!self->more)
        return FALSE;
      drop_rows (self);
      if (!mc_xlsx_xml_step (self->xml, &self->more, error))
        {
          self->more = FALSE;
          g_array_set_size (self->rows, 0);
          return FALSE;
        }
    }
  queued = &g_array_index (self->rows, QueuedRow, self->next_row);
  self->next_row++;
  cells = &g_array_index (self->buffer.cells, McTableCell, queued->first_cell);
  text = self->buffer.text->str + queued->text_start;
  for (guint i = 0; i < queued->n_cells; i++)
    {
      cells[i].text = text;
      text += cells[i].length + 1;
    }
  row->number = queued->number;
  row->cells = cells;
  row->n_cells = queued->n_cells;
  return TRUE;
}

double
mc_xlsx_sheet_get_progress (McXlsxSheet *self)
{
  return mc_xlsx_xml_get_progress (self->xml);
}

/* --- where cells are merged ------------------------------------------------------------------------------- */

static int
compare_merges (gconstpointer a, gconstpointer b)
{
  const McXlsxMerge *x = a, *y = b;

  if (x->first_row != y->first_row)
    return x->first_row < y->first_row ? -1 : 1;
  return (x->first_column > y->first_column) - (x->first_column < y->first_column);
}

static void
add_merge (GArray *merges, const char *text, const char *end)
{
  const char *reference = memmem (text, (gsize) (end - text), "ref=", 4);
  const char *stop, *colon;
  McXlsxMerge merge;

  if (!reference || end - reference < 6 || merges->len >= MAX_MERGES)
    return;
  reference += 5;
  stop = memchr (reference, reference[-1], (gsize) (end - reference));
  colon = stop ? memchr (reference, ':', (gsize) (stop - reference)) : NULL;
  if (colon && mc_xlsx_parse_reference (reference, (gsize) (colon - reference), &merge.first_column, &merge.first_row) &&
      mc_xlsx_parse_reference (colon + 1, (gsize) (stop - colon - 1), &merge.last_column, &merge.last_row) &&
      merge.first_column <= merge.last_column && merge.first_row <= merge.last_row)
    g_array_append_val (merges, merge);
}

/* Adds the whole mergeCell elements of @text; gives how much of it was dealt with. */
static gsize
scan_merges (GArray *merges, const GString *text)
{
  static const char mark[] = "mergeCell ";
  const char *p = text->str, *end = text->str + text->len, *found;

  while ((found = memmem (p, (gsize) (end - p), mark, sizeof mark - 1)))
    {
      const char *close = memchr (found, '>', (gsize) (end - found));

      if (!close)
        return end - found > 1024 ? text->len : (gsize) (found - text->str);
      add_merge (merges, found, close);
      p = close;
    }
  return MAX ((gsize) (p - text->str), text->len > sizeof mark ? text->len - sizeof mark : 0);
}

GArray *
mc_xlsx_sheet_read_merges (McXlsxPackage *package, const char *name, GError **error)
{
  g_autoptr (McXlsxPart) part = mc_xlsx_part_open (package, name, error);
  g_autoptr (GArray) merges = g_array_new (FALSE, FALSE, sizeof (McXlsxMerge));
  g_autoptr (GString) text = g_string_new (NULL);
  const char *data;
  gsize length = 1;

  if (!part)
    return NULL;
  while (length > 0)
    {
      if (!mc_xlsx_part_read (part, &data, &length, error))
        return NULL;
      g_string_append_len (text, data, (gssize) length);
      g_string_erase (text, 0, (gssize) scan_merges (merges, text));
    }
  g_array_sort (merges, compare_merges);
  return g_steal_pointer (&merges);
}
