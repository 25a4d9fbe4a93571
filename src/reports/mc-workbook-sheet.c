/* SPDX-License-Identifier: GPL-3.0-or-later
 * One sheet of a table while it is written: title, header, rows, sums, and what follows from them at its end. */
#include "mc-workbook-sheet.h"

#include <string.h>

#include "mc-workbook-cell.h"
#include "mc-workbook-words.h"

#define TITLE_HEIGHT 30.0
#define INFO_HEIGHT 20.0
#define HEADER_LINE_HEIGHT 15.0
#define PAPER_A4 9

/* A header may break its lines: its column need not be wider than this for its sake. */
#define HEADER_WIDTH_MAX 14

static void
note (McWorkbookSheetWriter *self, lxw_error code)
{
  if (self->failure == LXW_NO_ERROR)
    self->failure = code;
}

/* Over the columns from @first to @last of the next row. */
static void
write_merged (McWorkbookSheetWriter *self, guint first, guint last, const char *text, lxw_format *format)
{
  guint width = 0;

  if (first < last)
    note (self, worksheet_merge_range (self->worksheet, self->row, (lxw_col_t) first, self->row, (lxw_col_t) last, "", format));
  note (self, mc_workbook_cell_write_text (self->worksheet, self->row, first, text, format, &width, &self->shortened));
}

static char *
join (const char *words, const char *text)
{
  return text ? g_strconcat (words, text, NULL) : g_strdup ("");
}

/* Reporting unit on the left, date in the middle, units on the right; with few columns all in one. */
static void
write_information (McWorkbookSheetWriter *self)
{
  const McWorkbookWords *words = mc_workbook_words_get ();
  const McTable *table = self->table;
  g_autofree char *left = join (words->reporting_unit, table->reporting_unit);
  g_autofree char *centre = join (words->date, table->date);
  g_autofree char *right = join (words->unit, table->unit);
  guint third = self->n_columns / 3;

  note (self, worksheet_set_row (self->worksheet, self->row, INFO_HEIGHT, NULL));
  if (third == 0)
    {
      g_autofree char *all = g_strjoin ("  ", left, centre, right, NULL);

      write_merged (self, 0, self->n_columns - 1, all, self->formats->info_left);
    }
  else
    {
      write_merged (self, 0, third - 1, left, self->formats->info_left);
      write_merged (self, third, self->n_columns - third - 1, centre, self->formats->info_centre);
      write_merged (self, self->n_columns - third, self->n_columns - 1, right, self->formats->info_right);
    }
  self->row++;
}

static guint
header_lines (const char *header)
{
  guint width = 0;

  for (const char *at = header; *at; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return 1 + (width - MIN (width, 1)) / HEADER_WIDTH_MAX;
}

static void
write_header (McWorkbookSheetWriter *self)
{
  guint offset = self->table->numbered ? 1 : 0;
  guint lines = 1;

  for (guint i = 0; i < self->table->n_columns; i++)
    lines = MAX (lines, header_lines (self->table->columns[i].header));
  self->header_row = self->row;
  note (self, worksheet_set_row (self->worksheet, self->row, HEADER_LINE_HEIGHT * lines + 6, NULL));
  if (offset)
    note (self, mc_workbook_cell_write_text (self->worksheet, self->row, 0, mc_workbook_words_get ()->number,
                                             self->formats->header, &self->widths[0], &self->shortened));
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      guint width = 0;

      note (self, mc_workbook_cell_write_text (self->worksheet, self->row, i + offset, self->table->columns[i].header,
                                               self->formats->header, &width, &self->shortened));
      self->widths[i + offset] = MIN (width, HEADER_WIDTH_MAX);
    }
  self->row++;
}

void
mc_workbook_sheet_begin (McWorkbookSheetWriter *self, const McTable *table, const McWorkbookFormats *formats, lxw_worksheet *worksheet)
{
  memset (self, 0, sizeof *self);
  self->table = table;
  self->formats = formats;
  self->worksheet = worksheet;
  self->n_columns = table->n_columns + (table->numbered ? 1 : 0);
  self->widths = g_new0 (guint, self->n_columns);
  if (table->title)
    {
      note (self, worksheet_set_row (worksheet, self->row, TITLE_HEIGHT, NULL));
      write_merged (self, 0, self->n_columns - 1, table->title, formats->title);
      self->row++;
    }
  if (table->reporting_unit || table->date || table->unit)
    write_information (self);
  write_header (self);
  self->data = mc_workbook_row_new (worksheet, formats, self->n_columns, self->widths, &self->shortened);
}

static lxw_format *
column_format (McWorkbookSheetWriter *self, guint column)
{
  return self->table->columns[column].wrap ? self->formats->wrapped : NULL;
}

void
mc_workbook_sheet_write_row (McWorkbookSheetWriter *self, guint64 number, const McCell *cells)
{
  const McCell first = { MC_CELL_INTEGER, (gint64) number, NULL };

  mc_workbook_row_begin (self->data, self->row);
  if (self->table->numbered)
    mc_workbook_row_add (self->data, &first, self->formats->number);
  for (guint i = 0; i < self->table->n_columns; i++)
    mc_workbook_row_add (self->data, &cells[i], column_format (self, i));
  mc_workbook_row_end (self->data);
  self->row++;
}

void
mc_workbook_sheet_write_blank_rows (McWorkbookSheetWriter *self, McWorkbookChoices *choices)
{
  const McTable *table = self->table;
  guint offset = table->numbered ? 1 : 0;
  guint first = self->row;

  mc_workbook_row_flush (self->data);
  for (guint i = 0; i < table->blank_rows; i++, self->row++)
    {
      if (offset)
        note (self, worksheet_write_blank (self->worksheet, self->row, 0, self->formats->number));
      for (guint column = 0; column < table->n_columns; column++)
        note (self, worksheet_write_blank (self->worksheet, self->row, (lxw_col_t) (column + offset),
                                           table->columns[column].wrap ? self->formats->wrapped
                                                                       : self->formats->cells[table->columns[column].type]));
    }
  for (guint column = 0; table->blank_rows > 0 && column < table->n_columns; column++)
    if (table->columns[column].choices)
      note (self, mc_workbook_choices_add (choices, self->worksheet, first, self->row - 1, column + offset,
                                           table->columns[column].choices));
}

void
mc_workbook_sheet_end_data (McWorkbookSheetWriter *self)
{
  guint last_row = MAX (self->row - 1, self->header_row + 1);

  mc_workbook_row_flush (self->data);
  note (self, worksheet_autofilter (self->worksheet, self->header_row, 0, last_row, (lxw_col_t) (self->n_columns - 1)));
}

static void
write_sums (McWorkbookSheetWriter *self, const gint64 *sums)
{
  guint offset = self->table->numbered ? 1 : 0;
  guint labelled = offset ? 0 : G_MAXUINT;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const McColumn *column = i >= offset ? &self->table->columns[i - offset] : NULL;
      McCell cell = { 0 };

      if (column && column->total)
        cell = (McCell) { column->type, sums[i - offset], NULL };
      else if (labelled == G_MAXUINT || labelled == i)
        {
          cell = (McCell) { MC_CELL_TEXT, 0, mc_workbook_words_get ()->total };
          labelled = i;
        }
      note (self, mc_workbook_cell_write (self->worksheet, self->row, i, &cell, self->formats, self->formats->totals[cell.type],
                                          &self->widths[i], &self->shortened));
    }
  self->row++;
}

static void
write_signatures (McWorkbookSheetWriter *self)
{
  const McWorkbookWords *words = mc_workbook_words_get ();
  g_autofree char *prepared = join (words->prepared_by, self->table->prepared_by ? self->table->prepared_by : "");
  guint third = self->n_columns / 3;

  if (third == 0)
    {
      g_autofree char *all = g_strjoin ("        ", prepared, words->checked_by, words->responsible, NULL);

      write_merged (self, 0, self->n_columns - 1, all, self->formats->signatures);
    }
  else
    {
      write_merged (self, 0, third - 1, prepared, self->formats->signatures);
      write_merged (self, third, self->n_columns - third - 1, words->checked_by, self->formats->signatures);
      write_merged (self, self->n_columns - third, self->n_columns - 1, words->responsible, self->formats->signatures);
    }
  self->row++;
}

void
mc_workbook_sheet_write_end (McWorkbookSheetWriter *self, const gint64 *sums)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->table->n_columns; i++)
    any = any || self->table->columns[i].total;
  if (any)
    write_sums (self, sums);
  if (self->table->signatures)
    write_signatures (self);
}

static void
set_widths (McWorkbookSheetWriter *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint width = CLAMP (self->widths[i], MC_COLUMN_WIDTH_MIN, MC_COLUMN_WIDTH_MAX);

      /* The unit of widths is a digit of the workbook's own font, somewhat narrower than half a Chinese character. */
      note (self, worksheet_set_column (self->worksheet, (lxw_col_t) i, (lxw_col_t) i, width * 1.12 + 1.6, NULL));
    }
}

void
mc_workbook_sheet_end (McWorkbookSheetWriter *self)
{
  lxw_worksheet *sheet = self->worksheet;
  lxw_col_t last_column = (lxw_col_t) (self->n_columns - 1);
  guint frozen = self->table->frozen_columns + (self->table->numbered ? 1 : 0);
  g_autofree char *cells = g_new0 (char, LXW_MAX_CELL_RANGE_LENGTH);

  set_widths (self);
  worksheet_freeze_panes (sheet, self->header_row + 1, (lxw_col_t) MIN (frozen, self->n_columns - 1));
  note (self, worksheet_repeat_rows (sheet, self->header_row, self->header_row));
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, PAPER_A4);
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_set_margins (sheet, 0.4, 0.4, 0.6, 0.6);
  worksheet_center_horizontally (sheet);
  note (self, worksheet_set_footer (sheet, mc_workbook_words_get ()->page_footer));

  /* Codes are text on purpose: no green corners. */
  lxw_rowcol_to_cell (cells, 0, 0);
  strcat (cells, ":");
  lxw_rowcol_to_cell (cells + strlen (cells), self->row, last_column);
  note (self, worksheet_ignore_errors (sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, cells));
}

void
mc_workbook_sheet_clear (McWorkbookSheetWriter *self)
{
  g_clear_pointer (&self->data, mc_workbook_row_free);
  g_clear_pointer (&self->widths, g_free);
}
