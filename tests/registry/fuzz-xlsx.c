/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any workbook is a table, or is refused with a reason. The bytes are a package, or (first byte 0 to 3) one of its parts in an otherwise
 * good package, so that mutations reach behind the checksums of the zip. */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "fuzz-table.h"

#define OPEN "<Relationships>"
#define R "<Relationship Type=\"x/"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const struct { const char *name; const char *content; } parts[] = {
  { "xl/worksheets/s.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"1\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>46081.5</v></c></row></sheetData></worksheet>" },
  { "xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>" },
  { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
  { "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\" id=\"1\"/></sheets></workbook>" },
  { "_rels/.rels", OPEN R "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>" },
  { "xl/_rels/workbook.xml.rels", OPEN R "worksheet\" Id=\"1\" Target=\"worksheets/s.xml\"/>" R "sharedStrings\" Target=\"sharedStrings.xml\"/>" R "styles\" Target=\"styles.xml\"/></Relationships>" },
};

static void
add_part (struct archive *archive, const char *name, const void *content, size_t size)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_write_header (archive, entry);
  archive_write_data (archive, content, size);
  archive_entry_free (entry);
}

static void
fuzz_part (guint which, const uint8_t *data, size_t size)
{
  size_t room = size + 8192, used = 0;
  g_autofree uint8_t *package = g_malloc (room);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "zip:compression=store");
  archive_write_open_memory (archive, package, room, &used);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (i == which)
      add_part (archive, parts[i].name, data, size);
    else
      add_part (archive, parts[i].name, parts[i].content, strlen (parts[i].content));
  archive_write_close (archive);
  archive_write_free (archive);
  fuzz_table (package, used);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size > 0 && data[0] < 4)
    fuzz_part (data[0], data + 1, size - 1);
  else
    fuzz_table (data, size);
  return 0;
}
