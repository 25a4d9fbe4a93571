/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells table files apart by their content, and what all of them share. */
#include "mc-table-reader-private.h"

#include "mc-csv-reader.h"
#include "mc-xlsx-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

G_DEFINE_QUARK (mc-table-error-quark, mc_table_error)

#define SNIFF_BYTES 4096

static const guchar ole_magic[] = { 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1 };

static void
sheet_free (gpointer data)
{
  McTableSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet);
}

void
mc_table_reader_init (McTableReader *self, const McTableReaderClass *klass, const char *path, GCancellable *cancellable)
{
  self->klass = klass;
  self->path = g_strdup (path);
  self->file_name = g_filename_display_basename (path);
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
}

void
mc_table_reader_add_sheet (McTableReader *self, const char *name, gboolean hidden)
{
  McTableSheet *sheet = g_new0 (McTableSheet, 1);

  sheet->name = g_strdup (name);
  sheet->hidden = hidden;
  g_ptr_array_add (self->sheets, sheet);
}

void
mc_row_buffer_init (McRowBuffer *self)
{
  self->cells = g_array_sized_new (FALSE, TRUE, sizeof (McTableCell), 64);
  self->text = g_string_sized_new (4096);
}

void
mc_row_buffer_clear (McRowBuffer *self)
{
  g_clear_pointer (&self->cells, g_array_unref);
  if (self->text)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

void
mc_row_buffer_reset (McRowBuffer *self)
{
  g_array_set_size (self->cells, 0);
  g_string_truncate (self->text, 0);
}

void
mc_row_buffer_add_cell (McRowBuffer *self, guint column, McCellKind kind, gsize start)
{
  const char *text = self->text->str + start;
  gsize length = self->text->len - start;
  McTableCell cell = { column, 1, kind, FALSE, NULL, length };
  gsize blank = 0;

  while (blank < length && g_ascii_isspace (text[blank]))
    blank++;
  if (blank == length)
    {
      g_string_truncate (self->text, start);
      return;
    }
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->cells, cell);
}

void
mc_row_buffer_finish (McRowBuffer *self, guint64 number, McTableRow *row)
{
  const char *text = self->text->str;

  for (guint i = 0; i < self->cells->len; i++)
    {
      McTableCell *cell = &g_array_index (self->cells, McTableCell, i);

      cell->text = text;
      text += cell->length + 1;
    }
  row->number = number;
  row->cells = (const McTableCell *) (void *) self->cells->data;
  row->n_cells = self->cells->len;
}

int
mc_table_open_temporary (GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "mingcha-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FAILED,
                   _("No temporary file can be made in %s: %s. Nothing was changed."), g_get_tmp_dir (), g_strerror (errno));
      return -1;
    }
  g_unlink (path);
  return fd;
}

/* --- telling formats apart -------------------------------------------------------------------------------- */

/* An encrypted workbook and an old .xls are both compound files; the names of their streams differ. */
static gboolean
file_contains (int fd, const char *needle, gsize length)
{
  gsize size = 64 * 1024;
  g_autofree char *buffer = g_malloc (size);
  gsize kept = 0;
  ssize_t n;

  if (lseek (fd, 0, SEEK_SET) < 0)
    return FALSE;
  while ((n = read (fd, buffer + kept, size - kept)) > 0)
    {
      gsize filled = kept + (gsize) n;

      if (memmem (buffer, filled, needle, length))
        return TRUE;
      kept = MIN (filled, length - 1);
      memmove (buffer, buffer + filled - kept, kept);
    }
  return FALSE;
}

static void
set_compound_error (int fd, const char *name, GError **error)
{
  static const char encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

  if (file_contains (fd, encrypted, sizeof encrypted))
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_ENCRYPTED,
                 _("“%s” is protected by a password. Open it in WPS or Excel, remove the password, save it, and import it again. Nothing was changed."), name);
  else
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT,
                 _("“%s” is a workbook of the old .xls kind, whatever its name says. Open it in WPS or Excel, save it as .xlsx, and import that. Nothing was changed."), name);
}

static gboolean
starts_with (const char *head, gsize length, const char *prefix)
{
  gsize prefix_length = strlen (prefix);

  return length >= prefix_length && g_ascii_strncasecmp (head, prefix, prefix_length) == 0;
}

/* Report systems hand out web pages and XML under the name .xls. */
static gboolean
looks_like_markup (const char *head, gsize length)
{
  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    head += 3, length -= 3;
  while (length > 0 && g_ascii_isspace (*head))
    head++, length--;
  return starts_with (head, length, "<html") || starts_with (head, length, "<!doctype") ||
         starts_with (head, length, "<table") || starts_with (head, length, "<?xml") || starts_with (head, length, "<meta");
}

static gboolean
looks_like_other (const char *head, gsize length)
{
  static const char *const magics[] = { "%PDF-", "{\\rtf", "\x1f\x8b", "\xff\xd8\xff", "\x89PNG", "Rar!", "7z\xbc\xaf", "SQLite format 3", "\x7f" "ELF" };

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= strlen (magics[i]) && memcmp (head, magics[i], strlen (magics[i])) == 0)
      return TRUE;
  return FALSE;
}

static int
open_file (const char *path, const char *name, struct stat *info, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  int saved = errno;

  if (fd >= 0 && fstat (fd, info) == 0 && S_ISREG (info->st_mode))
    return fd;
  if (fd < 0)
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_NOT_FOUND, _("“%s” cannot be opened: %s. Nothing was changed."), name, g_strerror (saved));
  else
    {
      g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_NOT_FOUND, _("“%s” is not a file. Nothing was changed."), name);
      close (fd);
    }
  return -1;
}

static McTableReader *
open_by_content (int fd, const char *path, const char *name, const char *encoding, GCancellable *cancellable, GError **error)
{
  char head[SNIFF_BYTES];
  ssize_t n = read (fd, head, sizeof head);
  gsize length = n > 0 ? (gsize) n : 0;

  if (length == 0)
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT, _("“%s” is empty. Nothing was changed."), name);
  else if (length >= sizeof ole_magic && memcmp (head, ole_magic, sizeof ole_magic) == 0)
    set_compound_error (fd, name, error);
  else if (length >= 4 && (memcmp (head, "PK\3\4", 4) == 0 || memcmp (head, "PK\5\6", 4) == 0))
    return mc_xlsx_reader_open (path, cancellable, error);
  else if (looks_like_markup (head, length))
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT,
                 _("“%s” is a web page or XML, whatever its name says. Open it in WPS or Excel, save it as .xlsx, and import that. Nothing was changed."), name);
  else if (looks_like_other (head, length))
    g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT, _("“%s” is not a table. A .csv or .xlsx file can be imported. Nothing was changed."), name);
  else
    return mc_csv_reader_open (path, encoding, cancellable, error);
  return NULL;
}

McTableReader *
mc_table_reader_open (const char *path, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;
  struct stat info;
  McTableReader *self;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_basename (path);
  fd = open_file (path, name, &info, error);
  if (fd < 0)
    return NULL;
  self = open_by_content (fd, path, name, encoding, cancellable, error);
  close (fd);
  return self;
}

/* --- the interface ---------------------------------------------------------------------------------------- */

void
mc_table_reader_free (McTableReader *self)
{
  if (!self)
    return;
  g_free (self->path);
  g_free (self->file_name);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->sheets);
  self->klass->free (self);
}

guint
mc_table_reader_get_n_sheets (McTableReader *self)
{
  return self->sheets->len;
}

const char *
mc_table_reader_get_sheet_name (McTableReader *self, guint sheet)
{
  g_return_val_if_fail (sheet < self->sheets->len, NULL);

  return ((McTableSheet *) self->sheets->pdata[sheet])->name;
}

gboolean
mc_table_reader_sheet_is_hidden (McTableReader *self, guint sheet)
{
  g_return_val_if_fail (sheet < self->sheets->len, TRUE);

  return ((McTableSheet *) self->sheets->pdata[sheet])->hidden;
}

guint
mc_table_reader_get_sheet (McTableReader *self)
{
  return self->sheet;
}

gboolean
mc_table_reader_select_sheet (McTableReader *self, guint sheet, GError **error)
{
  if (sheet >= self->sheets->len)
    {
      g_set_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_NOT_FOUND, _("“%s” has %u sheets; there is no sheet %u. Nothing was changed."),
                   self->file_name, self->sheets->len, sheet + 1);
      return FALSE;
    }
  self->sheet = sheet;
  return self->klass->select_sheet (self, sheet, error);
}

gboolean
mc_table_reader_next_row (McTableReader *self, McTableRow *row, GError **error)
{
  return self->klass->next_row (self, row, error);
}

double
mc_table_reader_get_progress (McTableReader *self)
{
  return CLAMP (self->klass->get_progress (self), 0.0, 1.0);
}

const char *
mc_table_reader_get_format (McTableReader *self)
{
  return self->format;
}

gboolean
mc_table_reader_uses_1904 (McTableReader *self)
{
  return self->uses_1904;
}

const McTableCell *
mc_table_row_find (const McTableRow *row, guint column)
{
  guint low = 0, high = row->n_cells;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (row->cells[middle].column == column)
        return &row->cells[middle];
      if (row->cells[middle].column < column)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

char *
mc_table_column_name (guint column)
{
  char name[8];
  guint at = sizeof name - 1;

  name[at] = '\0';
  for (; column > 0 && at > 0; column = (column - 1) / 26)
    name[--at] = (char) ('A' + (column - 1) % 26);
  return g_strdup (name + at);
}

guint
mc_table_column_from_name (const char *name)
{
  guint column = 0;
  gsize length = strlen (name);

  if (length == 0 || length > 3)
    return 0;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalpha (name[i]))
        return 0;
      column = column * 26 + (guint) (g_ascii_toupper (name[i]) - 'A') + 1;
    }
  return column <= MC_TABLE_MAX_COLUMNS ? column : 0;
}

gboolean
mc_table_date_from_serial (gint64 serial, gboolean uses_1904, char iso[11])
{
  GDate date;
  gint64 julian;

  /* Day 60 of the 1900 system is the 29 February 1900 that never was; before it days count from 1899-12-31. */
  if (uses_1904)
    julian = 695056 + serial;
  else if (serial == 60)
    return FALSE;
  else
    julian = (serial < 60 ? 693595 : 693594) + serial;
  if (julian < 693596 || julian > 3652059)
    return FALSE;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) julian);
  g_snprintf (iso, 11, "%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
  return TRUE;
}
