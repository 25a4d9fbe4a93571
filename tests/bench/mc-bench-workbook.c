/* SPDX-License-Identifier: GPL-3.0-or-later
 * A roster as a workbook with shared strings, as spreadsheet programs write it; of any size in little memory. */
#include "mc-bench.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define MAX_SHARED 100000 /* distinct texts that are looked for again; the others stand once for each cell */

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define PART "application/vnd.openxmlformats-officedocument.spreadsheetml."

static const char *const parts[][2] = {
  { "[Content_Types].xml", "<Types xmlns=\"" PACKAGE "content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" PART "sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" PART "worksheet+xml\"/>"
    "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"" PART "sharedStrings+xml\"/></Types>" },
  { "_rels/.rels", "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"r1\" Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/workbook.xml", "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" RELATIONS "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>" },
  { "xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" PACKAGE "relationships\"><Relationship Id=\"r1\" Type=\"" RELATIONS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"" RELATIONS "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>" },
};

typedef struct
{
  FILE *sheet, *strings;
  GHashTable *known; /* text → number */
  guint n_strings;
} Writer;

static guint
share (Writer *self, const char *text)
{
  g_autofree char *escaped = NULL;
  gpointer number;

  if (g_hash_table_lookup_extended (self->known, text, NULL, &number))
    return GPOINTER_TO_UINT (number);
  if (g_hash_table_size (self->known) < MAX_SHARED)
    g_hash_table_insert (self->known, g_strdup (text), GUINT_TO_POINTER (self->n_strings));
  escaped = g_markup_escape_text (text, -1);
  fprintf (self->strings, "<si><t>%s</t></si>", escaped);
  return self->n_strings++;
}

/* The rosters have neither quotes nor commas in their cells. */
static void
write_row (Writer *self, char *line, guint row)
{
  g_auto (GStrv) cells = g_strsplit (g_strchomp (line), ",", -1);

  fprintf (self->sheet, "<row r=\"%u\">", row);
  for (guint i = 0; cells[i]; i++)
    if (*cells[i])
      fprintf (self->sheet, "<c r=\"%c%u\" t=\"s\"><v>%u</v></c>", 'A' + (int) i, row, share (self, cells[i]));
  fputs ("</row>", self->sheet);
}

static void
write_parts (const char *roster, const char *sheet, const char *strings)
{
  Writer writer = { fopen (sheet, "w"), fopen (strings, "w"), g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), 0 };
  FILE *file = fopen (roster, "r");
  char *line = NULL;
  size_t room = 0;

  g_assert_true (writer.sheet && writer.strings && file);
  fputs ("<worksheet xmlns=\"" MAIN "\"><sheetData>", writer.sheet);
  fputs ("<sst xmlns=\"" MAIN "\">", writer.strings);
  for (guint row = 1; getline (&line, &room, file) > 0; row++)
    write_row (&writer, row == 1 && g_str_has_prefix (line, "\357\273\277") ? line + 3 : line, row);
  fputs ("</sheetData></worksheet>", writer.sheet);
  fputs ("</sst>", writer.strings);
  g_assert_cmpint (fclose (writer.sheet) | fclose (writer.strings) | fclose (file), ==, 0);
  g_hash_table_unref (writer.known);
  free (line);
}

static void
add_part (struct archive *archive, const char *name, const char *text, gsize length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (gint64) length);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, text, length), ==, (gssize) length);
  archive_entry_free (entry);
}

static void
add_file (struct archive *archive, const char *name, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);

  g_assert_no_error (error);
  add_part (archive, name, g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  g_unlink (path);
}

char *
mc_bench_workbook (const McBench *bench, guint n)
{
  g_autofree char *name = g_strdup_printf ("roster-%u.xlsx", n), *roster = mc_bench_roster (bench, n);
  g_autofree char *sheet = mc_bench_path (bench, "sheet1.xml"), *strings = mc_bench_path (bench, "sharedStrings.xml");
  char *path = mc_bench_path (bench, name);
  struct archive *archive;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  write_parts (roster, sheet, strings);
  archive = archive_write_new ();
  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "zip:compression-level=1");
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (archive, parts[i][0], parts[i][1], strlen (parts[i][1]));
  add_file (archive, "xl/worksheets/sheet1.xml", sheet);
  add_file (archive, "xl/sharedStrings.xml", strings);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return path;
}
