/* SPDX-License-Identifier: GPL-3.0-or-later
 * Table files made for one test, and the rows of a table as one text. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "registry/mc-table-reader.h"

/* A file of that content in a temporary folder; free with table_file_remove(). */
static inline char *
table_file_new (const char *name, const char *content, gssize length)
{
  g_autofree char *folder = g_dir_make_tmp ("mingcha-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}

static inline void
table_file_remove (char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
  g_free (path);
}

/* A zip of those parts: name, content, name, content, …, NULL. */
static inline char *
table_file_new_zip (const char *first, ...)
{
  char *path = table_file_new ("book.xlsx", "", 0);
  struct archive *archive = archive_write_new ();
  va_list arguments;

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  va_start (arguments, first);
  for (const char *name = first; name; name = va_arg (arguments, const char *))
    {
      const char *content = va_arg (arguments, const char *);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, name);
      archive_entry_set_size (entry, (gint64) strlen (content));
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      archive_write_data (archive, content, strlen (content));
      archive_entry_free (entry);
    }
  va_end (arguments);
  archive_write_free (archive);
  return path;
}

/* "ROW:COLUMN=TEXT|COLUMN=TEXT\n…" of one sheet; a repeated cell has "^" before its text. */
static inline char *
table_text (McTableReader *reader, guint sheet)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  McTableRow row;

  g_assert_true (mc_table_reader_select_sheet (reader, sheet, &error));
  g_assert_no_error (error);
  while (mc_table_reader_next_row (reader, &row, &error))
    {
      g_string_append_printf (text, "%d:", (int) row.number);
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_autofree char *column = mc_table_column_name (row.cells[i].column);

          g_assert_cmpuint (strlen (row.cells[i].text), ==, row.cells[i].length);
          g_string_append_printf (text, "%s%s=%s%s", i > 0 ? "|" : "", column, row.cells[i].repeated ? "^" : "", row.cells[i].text);
        }
      g_string_append_c (text, '\n');
    }
  if (error)
    g_string_append_printf (text, "error %d", error->code);
  return g_string_free (text, FALSE);
}

static inline char *
table_file_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return table_text (reader, 0);
}

/* The error of opening @path, or of reading its first sheet; caller frees. */
static inline GError *
table_file_error (const char *path)
{
  GError *error = NULL;
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, &error);
  McTableRow row;

  while (reader && mc_table_reader_next_row (reader, &row, &error))
    ;
  return error;
}
