/* SPDX-License-Identifier: GPL-3.0-or-later
 * A reader of separated values that takes what spreadsheet programs write and people mend by hand. */
#include "mc-csv-reader.h"

#include "mc-table-reader-private.h"
#include "mc-text-decoder.h"

#include <glib/gi18n.h>
#include <string.h>

#define PROBED_BYTES (64 * 1024)
#define PROBED_ROWS 50

typedef enum
{
  FIELD_START,
  FIELD_PLAIN,
  FIELD_QUOTED,
  FIELD_QUOTE_SEEN, /* in a quoted field, just after a quote: the end of it, or the first of two */
} FieldState;

typedef struct
{
  McTableReader parent;
  McTextDecoder *decoder;
  char separator;
  guint skipped_lines; /* 1 if the file begins with sep=… */

  const char *text;
  gsize length, at;
  gboolean after_return; /* the last character was a CR: a LF after it is part of the same break */
  gboolean at_end;

  McRowBuffer row;
  guint64 row_number;
  guint64 quote_row; /* where the open quote stands */
  FieldState state;
  gsize field_start;
  guint column;
} McCsvReader;

static gboolean
fill (McCsvReader *self, GError **error)
{
  guint64 offset;
  guchar byte;

  if (!mc_text_decoder_read (self->decoder, &self->text, &self->length, error))
    return FALSE;
  self->at = 0;
  if (self->length > 0)
    return TRUE;
  self->at_end = TRUE;
  if (!mc_text_decoder_get_bad (self->decoder, &offset, &byte))
    return TRUE;
  g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_ENCODING,
               _("Row %llu of “%s”: byte %llu (%02X) is no text in %s. Save the file as UTF-8 or GB 18030, or as .xlsx, and import it again. Nothing was changed."),
               (unsigned long long) self->row_number + 1, self->parent.file_name, (unsigned long long) offset, byte, mc_text_decoder_get_encoding (self->decoder));
  return FALSE;
}

/* Spreadsheets are told to leave digits alone by writing ="0123". */
static void
unwrap_formula (GString *text, gsize start)
{
  gsize length = text->len - start;

  if (length >= 3 && text->str[start] == '=' && text->str[start + 1] == '"' && text->str[text->len - 1] == '"')
    {
      g_string_truncate (text, text->len - 1);
      g_string_erase (text, (gssize) start, 2);
    }
}

static gboolean
end_field (McCsvReader *self, GError **error)
{
  if (self->state == FIELD_PLAIN)
    unwrap_formula (self->row.text, self->field_start);
  self->column++;
  if (self->column > MC_TABLE_MAX_COLUMNS)
    {
      g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT, _("Row %llu of “%s” has more than %d columns. Nothing was changed."),
                   (unsigned long long) self->row_number + 1, self->parent.file_name, MC_TABLE_MAX_COLUMNS);
      return FALSE;
    }
  mc_row_buffer_add_cell (&self->row, self->column, MC_CELL_TEXT, self->field_start);
  self->field_start = self->row.text->len;
  self->state = FIELD_START;
  return TRUE;
}

static gboolean
check_cell_size (McCsvReader *self, GError **error)
{
  if (self->row.text->len - self->field_start <= MC_TABLE_MAX_CELL_BYTES)
    return TRUE;
  if (self->state == FIELD_QUOTED)
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT, _("Row %llu of “%s”: a quotation mark is opened there and never closed. Nothing was changed."),
                 (unsigned long long) self->quote_row, self->parent.file_name);
  else
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT, _("Row %llu of “%s”: a cell is longer than a cell can be. Nothing was changed."),
                 (unsigned long long) self->row_number + 1, self->parent.file_name);
  return FALSE;
}

/* Takes text up to the character that matters in this state. */
static gboolean
take_run (McCsvReader *self, GError **error)
{
  const char *start = self->text + self->at, *end = self->text + self->length, *p = start;

  if (self->state == FIELD_QUOTED)
    {
      p = memchr (start, '"', (gsize) (end - start));
      p = p ? p : end;
    }
  else
    while (p < end && *p != self->separator && *p != '\n' && *p != '\r')
      p++;
  g_string_append_len (self->row.text, start, p - start);
  self->at += (gsize) (p - start);
  return check_cell_size (self, error);
}

/* One character that has a meaning; *row_ends if it is a line break outside quotes. */
static gboolean
take_special (McCsvReader *self, char c, gboolean *row_ends, GError **error)
{
  self->at++;
  if (self->state == FIELD_QUOTED)
    {
      self->state = FIELD_QUOTE_SEEN;
      return TRUE;
    }
  if (c == self->separator)
    return end_field (self, error);
  self->after_return = c == '\r';
  *row_ends = TRUE;
  return end_field (self, error);
}

/* Consumes at least one character. */
static gboolean
step (McCsvReader *self, gboolean *row_ends, GError **error)
{
  char c = self->text[self->at];

  if (self->after_return)
    {
      self->after_return = FALSE;
      if (c == '\n')
        {
          self->at++;
          return TRUE;
        }
    }
  if (self->state == FIELD_QUOTE_SEEN)
    {
      if (c == '"')
        {
          self->at++;
          g_string_append_c (self->row.text, '"');
          self->state = FIELD_QUOTED;
          return TRUE;
        }
      self->state = FIELD_PLAIN;
    }
  if (self->state == FIELD_START && c == '"')
    {
      self->at++;
      self->state = FIELD_QUOTED;
      self->quote_row = self->row_number + 1;
      return TRUE;
    }
  if (self->state == FIELD_QUOTED ? c == '"' : c == self->separator || c == '\n' || c == '\r')
    return take_special (self, c, row_ends, error);
  if (self->state == FIELD_START)
    self->state = FIELD_PLAIN;
  return take_run (self, error);
}

/* The end of the text ends the last row, if it has begun. */
static gboolean
end_text (McCsvReader *self, gboolean *row_ends, GError **error)
{
  if (self->state == FIELD_QUOTED)
    {
      g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_DAMAGED, _("Row %llu of “%s”: a quotation mark is opened there and never closed. Nothing was changed."),
                   (unsigned long long) self->quote_row, self->parent.file_name);
      return FALSE;
    }
  *row_ends = TRUE;
  return self->state == FIELD_START && self->column == 0 ? TRUE : end_field (self, error);
}

static gboolean
read_record (McCsvReader *self, GError **error)
{
  gboolean row_ends = FALSE;

  mc_row_buffer_reset (&self->row);
  self->column = 0;
  self->state = FIELD_START;
  self->field_start = 0;
  while (!row_ends)
    {
      if (self->at == self->length && !fill (self, error))
        return FALSE;
      if (!(self->at_end ? end_text (self, &row_ends, error) : step (self, &row_ends, error)))
        return FALSE;
    }
  self->row_number++;
  return TRUE;
}

static gboolean
mc_csv_reader_next_row (McTableReader *reader, McTableRow *row, GError **error)
{
  McCsvReader *self = (McCsvReader *) reader;

  while (!self->at_end)
    {
      if (!read_record (self, error))
        {
          self->at_end = TRUE;
          return FALSE;
        }
      if (self->row.cells->len > 0)
        {
          mc_row_buffer_finish (&self->row, self->row_number, row);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
mc_csv_reader_select_sheet (McTableReader *reader, guint sheet, GError **error)
{
  McCsvReader *self = (McCsvReader *) reader;

  if (!mc_text_decoder_rewind (self->decoder, error))
    return FALSE;
  self->length = self->at = 0;
  self->at_end = FALSE;
  self->after_return = FALSE;
  self->row_number = 0;
  for (guint i = 0; i < self->skipped_lines; i++)
    if (!read_record (self, error))
      return FALSE;
  self->row_number = 0;
  return TRUE;
}

static double
mc_csv_reader_get_progress (McTableReader *reader)
{
  return mc_text_decoder_get_progress (((McCsvReader *) reader)->decoder);
}

static void
mc_csv_reader_free (McTableReader *reader)
{
  McCsvReader *self = (McCsvReader *) reader;

  mc_text_decoder_free (self->decoder);
  mc_row_buffer_clear (&self->row);
  g_free (self);
}

static const McTableReaderClass csv_reader_class = {
  mc_csv_reader_free,
  mc_csv_reader_select_sheet,
  mc_csv_reader_next_row,
  mc_csv_reader_get_progress,
};

/* --- the separator ---------------------------------------------------------------------------------------- */

/* How many of the first rows have the most usual number of separators that is not none, weighted by it a little. */
static guint
score_separator (const char *text, gsize length, char separator)
{
  guint rows_with[PROBED_ROWS + 1] = { 0 };
  guint n_rows = 0, count = 0, best = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length && n_rows < PROBED_ROWS; i++)
    {
      if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && text[i] == separator)
        count++;
      else if (!quoted && (text[i] == '\n' || text[i] == '\r'))
        {
          rows_with[MIN (count, PROBED_ROWS)]++;
          n_rows += count > 0;
          count = 0;
        }
    }
  rows_with[MIN (count, PROBED_ROWS)]++;
  for (guint i = 1; i <= PROBED_ROWS; i++)
    best = MAX (best, rows_with[i] * 100 + MIN (i, 99));
  return best >= 100 ? best : 0;
}

static gboolean
detect_separator (McCsvReader *self, GError **error)
{
  static const char candidates[] = { ',', ';', '\t' };
  g_autoptr (GString) head = g_string_new (NULL);
  guint best = 0;

  self->separator = ',';
  while (head->len < PROBED_BYTES)
    {
      if (!mc_text_decoder_read (self->decoder, &self->text, &self->length, error))
        return FALSE;
      if (self->length == 0)
        break;
      g_string_append_len (head, self->text, (gssize) self->length);
    }
  if (g_ascii_strncasecmp (head->str, "sep=", 4) == 0 && head->len > 5 && strchr ("\r\n", head->str[5]))
    {
      self->separator = head->str[4];
      self->skipped_lines = 1;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint score = score_separator (head->str, head->len, candidates[i]);

      if (score > best)
        {
          best = score;
          self->separator = candidates[i];
        }
    }
  return TRUE;
}

McTableReader *
mc_csv_reader_open (const char *path, const char *encoding, GCancellable *cancellable, GError **error)
{
  McCsvReader *self = g_new0 (McCsvReader, 1);

  mc_table_reader_init (&self->parent, &csv_reader_class, path, cancellable);
  mc_row_buffer_init (&self->row);
  mc_table_reader_add_sheet (&self->parent, self->parent.file_name, FALSE);
  self->decoder = mc_text_decoder_new (path, encoding, cancellable, error);
  if (!self->decoder || !detect_separator (self, error) || !mc_csv_reader_select_sheet (&self->parent, 0, error))
    {
      mc_table_reader_free (&self->parent);
      return NULL;
    }
  self->parent.format = mc_text_decoder_get_encoding (self->decoder);
  return &self->parent;
}
