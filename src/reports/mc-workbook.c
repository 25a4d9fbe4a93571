/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes .xlsx workbooks as officials know them, row by row, in constant memory. */
#include "mc-workbook.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-cell-text.h"
#include "mc-report-file.h"
#include "mc-workbook-check.h"
#include "mc-workbook-sheet.h"

#define SHEET_ROWS_MAX 1048576

/* How often a long table looks whether it is cancelled, and tells how far it is. */
#define ROWS_BETWEEN_LOOKS 1000

/* A part of a zip file must stay below 4 GiB. */
#define SHEET_BYTES_MAX (G_GINT64_CONSTANT (3) << 30)

/* For what the library holds back until the end: not in memory, which /tmp may be. */
#define LARGE_TEMPORARY_FOLDER "/var/tmp"

struct _McWorkbook
{
  /* Owned. */
  char *path;
  char *temporary;
  int fd;
  GCancellable *cancellable;
  lxw_workbook *workbook;
  McWorkbookChoices *choices;
  GArray *expected; /* of McSheetCount, one for each sheet */

  McWorkbookFormats formats;
  McWorkbookResult result;
  guint row_limit;
  McProgressFunc progress;
  gpointer progress_data;
  guint64 progress_total;
};

/* One table while it is written. */
typedef struct
{
  McWorkbook *workbook;
  const McTable *table;
  McWorkbookSheetWriter sheet;
  guint part;      /* sheets of this table so far */
  guint64 n_rows;
  gint64 *sums;
  McCell *cells;
} Writer;

McWorkbook *
mc_workbook_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (McWorkbook) self = g_new0 (McWorkbook, 1);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = (char *) LARGE_TEMPORARY_FOLDER };

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->fd = mc_report_file_open (path, &self->temporary, error);
  if (self->fd < 0)
    return NULL;
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->workbook = workbook_new_opt (self->temporary, &options);
  self->choices = mc_workbook_choices_new ();
  self->expected = g_array_new (FALSE, TRUE, sizeof (McSheetCount));
  self->row_limit = SHEET_ROWS_MAX;
  mc_workbook_formats_init (&self->formats, self->workbook);
  return g_steal_pointer (&self);
}

/* The library frees its sheets but not the files behind them. */
static void
drop_library_workbook (McWorkbook *self)
{
  lxw_sheet *sheet;

  if (!self->workbook)
    return;
  STAILQ_FOREACH (sheet, self->workbook->sheets, list_pointers)
    {
      if (sheet->u.worksheet->optimize_tmpfile)
        fclose (sheet->u.worksheet->optimize_tmpfile);
    }
  g_clear_pointer (&self->workbook, lxw_workbook_free);
}

void
mc_workbook_free (McWorkbook *self)
{
  if (!self)
    return;
  drop_library_workbook (self);
  if (self->temporary)
    mc_disk_drop_temporary (self->fd, self->temporary);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->choices, mc_workbook_choices_free);
  g_clear_pointer (&self->expected, g_array_unref);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

void
mc_workbook_set_progress (McWorkbook *self, McProgressFunc progress, guint64 total, gpointer user_data)
{
  self->progress = progress;
  self->progress_total = total;
  self->progress_data = user_data;
}

void
mc_workbook_set_row_limit (McWorkbook *self, guint rows)
{
  self->row_limit = CLAMP (rows, MC_WORKBOOK_FRAME_ROWS + 1, SHEET_ROWS_MAX);
}

static void
tell_progress (McWorkbook *self)
{
  if (self->progress)
    self->progress (_("Writing the workbook"), self->result.rows, self->progress_total, self->progress_data);
}

/* errno is what the library left. */
static void
set_library_error (McWorkbook *self, GError **error, lxw_error code)
{
  g_autofree char *shown = g_filename_display_name (self->path);

  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EACCES || errno == EROFS)
    mc_disk_set_error (error, errno, self->path);
  else
    g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_FAILED,
                 _("The workbook “%s” could not be made (error %d). No part of it was left behind."), shown, (int) code);
}

/* A sheet of this name that the workbook does not have yet. */
static lxw_worksheet *
add_worksheet (McWorkbook *self, const char *wanted, guint part)
{
  for (guint number = part; number < part + 1000; number++)
    {
      g_autofree char *name = mc_cell_text_sheet_name (wanted, number);

      if (workbook_validate_sheet_name (self->workbook, name) == LXW_NO_ERROR)
        return workbook_add_worksheet (self->workbook, name);
    }
  return NULL;
}

static gboolean
begin_sheet (Writer *writer, GError **error)
{
  McWorkbook *self = writer->workbook;
  lxw_worksheet *worksheet;

  errno = 0;
  writer->part++;
  worksheet = add_worksheet (self, writer->table->sheet_name, writer->part);
  if (!worksheet)
    {
      set_library_error (self, error, LXW_ERROR_CREATING_TMPFILE);
      return FALSE;
    }
  mc_workbook_sheet_begin (&writer->sheet, writer->table, &self->formats, worksheet);
  self->result.sheets++;
  return TRUE;
}

static void
end_sheet (Writer *writer)
{
  McSheetCount count = { writer->sheet.row, (guint64) writer->sheet.row * writer->sheet.n_columns };

  mc_workbook_sheet_end (&writer->sheet);
  g_array_append_val (writer->workbook->expected, count);
  writer->workbook->result.shortened += writer->sheet.shortened;
}

/* Cancelled, or the disk is full, or the library complained. */
static gboolean
can_go_on (Writer *writer, GError **error)
{
  McWorkbook *self = writer->workbook;

  if (!mc_disk_go_on (self->cancellable, error))
    return FALSE;
  if (writer->sheet.failure == LXW_NO_ERROR && !ferror (writer->sheet.worksheet->file))
    return TRUE;
  errno = writer->sheet.failure == LXW_NO_ERROR ? ENOSPC : 0;
  set_library_error (self, error, writer->sheet.failure);
  return FALSE;
}

static gboolean
sheet_is_full (Writer *writer)
{
  return writer->sheet.row + 2 >= writer->workbook->row_limit
         || (writer->n_rows % ROWS_BETWEEN_LOOKS == 0 && ftello (writer->sheet.worksheet->file) > SHEET_BYTES_MAX);
}

static gboolean
write_row (Writer *writer, GError **error)
{
  if (sheet_is_full (writer))
    {
      mc_workbook_sheet_end_data (&writer->sheet);
      end_sheet (writer);
      mc_workbook_sheet_clear (&writer->sheet);
      if (!begin_sheet (writer, error))
        return FALSE;
    }
  writer->n_rows++;
  mc_workbook_sheet_write_row (&writer->sheet, writer->n_rows, writer->cells);
  for (guint i = 0; i < writer->table->n_columns; i++)
    if (writer->table->columns[i].total && writer->cells[i].type == writer->table->columns[i].type)
      writer->sums[i] += writer->cells[i].integer;
  writer->workbook->result.rows++;
  if (writer->n_rows % ROWS_BETWEEN_LOOKS != 0)
    return TRUE;
  tell_progress (writer->workbook);
  return can_go_on (writer, error);
}

static gboolean
write_rows (Writer *writer, McRowFunc func, gpointer user_data, GError **error)
{
  gsize bytes = sizeof (McCell) * writer->table->n_columns;

  while (func)
    {
      GError *failure = NULL;

      memset (writer->cells, 0, bytes);
      if (!func (writer->cells, user_data, &failure))
        {
          if (!failure)
            break;
          g_propagate_error (error, failure);
          return FALSE;
        }
      if (!write_row (writer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_table (Writer *writer, McRowFunc func, gpointer user_data, GError **error)
{
  if (!begin_sheet (writer, error) || !can_go_on (writer, error) || !write_rows (writer, func, user_data, error))
    return FALSE;
  mc_workbook_sheet_write_blank_rows (&writer->sheet, writer->workbook->choices);
  mc_workbook_sheet_end_data (&writer->sheet);
  mc_workbook_sheet_write_end (&writer->sheet, writer->sums);
  end_sheet (writer);
  return can_go_on (writer, error);
}

gboolean
mc_workbook_add_table (McWorkbook *self, const McTable *table, McRowFunc func, gpointer user_data, GError **error)
{
  Writer writer = { .workbook = self, .table = table };
  gboolean written;

  g_return_val_if_fail (self->workbook != NULL && table->n_columns > 0, FALSE);

  writer.sums = g_new0 (gint64, table->n_columns);
  writer.cells = g_new0 (McCell, table->n_columns);
  written = write_table (&writer, func, user_data, error);
  mc_workbook_sheet_clear (&writer.sheet);
  g_free (writer.sums);
  g_free (writer.cells);
  return written;
}

/* What is in the file is what was given: as many sheets, and in each as many rows and cells. */
static gboolean
check_counts (McWorkbook *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);
  g_autoptr (GArray) found = mc_workbook_count (self->temporary, shown, error);
  gboolean same;

  if (!found)
    return FALSE;
  same = found->len == self->expected->len;
  for (guint i = 0; same && i < found->len; i++)
    {
      const McSheetCount *got = &g_array_index (found, McSheetCount, i);
      const McSheetCount *wanted = &g_array_index (self->expected, McSheetCount, i);

      same = got->rows == wanted->rows && (wanted->cells == 0 || got->cells == wanted->cells);
    }
  if (!same)
    g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_FAILED,
                 _("The workbook “%s” does not hold every row, so it was not kept."), shown);
  return same;
}

static gboolean
close_library_workbook (McWorkbook *self, GError **error)
{
  McSheetCount count = { 0 };
  guint rows = 0;
  lxw_error code = mc_workbook_choices_write_sheet (self->choices, self->workbook, &rows);

  errno = 0;
  if (code == LXW_NO_ERROR)
    code = workbook_close (g_steal_pointer (&self->workbook));
  if (code != LXW_NO_ERROR)
    {
      set_library_error (self, error, code);
      return FALSE;
    }
  count.rows = rows;
  if (rows > 0)
    g_array_append_val (self->expected, count);
  return TRUE;
}

gboolean
mc_workbook_finish (McWorkbook *self, McWorkbookResult *result, GError **error)
{
  g_autofree char *temporary = NULL;

  g_return_val_if_fail (self->workbook != NULL && self->result.sheets > 0, FALSE);

  if (!close_library_workbook (self, error) || !mc_disk_go_on (self->cancellable, error) || !check_counts (self, error)
      || !mc_disk_go_on (self->cancellable, error))
    return FALSE;
  tell_progress (self);
  temporary = g_steal_pointer (&self->temporary);
  if (!mc_disk_finish_temporary (self->fd, temporary, self->path, error))
    return FALSE;
  if (result)
    *result = self->result;
  return TRUE;
}
