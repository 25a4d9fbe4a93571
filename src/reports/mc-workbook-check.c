/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a finished workbook back and counts, because the library that writes it does not see a full disk. */
#include "mc-workbook-check.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "store/mc-error.h"

static const char sheet_end[] = "</worksheet>";

/* This much is carried over from block to block: no tag is lost between two, and the last of it is the end of the sheet. */
#define CARRY (sizeof (sheet_end) - 1)
#define BLOCK_BYTES (256 * 1024)

typedef struct archive McArchive;

static void
archive_close_and_free (McArchive *archive)
{
  archive_read_free (archive);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McArchive, archive_close_and_free)

/* Counts the tags that begin before the last CARRY bytes. */
static void
count_block (const char *block, gsize length, McSheetCount *count)
{
  const char *end = block + length - MIN (length, CARRY);

  for (const char *tag = memchr (block, '<', (gsize) (end - block)); tag;
       tag = memchr (tag + 1, '<', (gsize) (end - tag - 1)))
    {
      if (tag[1] == 'c' && tag[2] == ' ')
        count->cells++;
      else if (memcmp (tag, "<row ", 5) == 0)
        count->rows++;
    }
}

static gboolean
count_sheet (McArchive *archive, McSheetCount *count)
{
  g_autofree char *block = g_malloc (CARRY + BLOCK_BYTES);
  gsize carried = 0;
  la_ssize_t length;

  while ((length = archive_read_data (archive, block + carried, BLOCK_BYTES)) > 0)
    {
      gsize filled = carried + (gsize) length;

      count_block (block, filled, count);
      carried = MIN (filled, CARRY);
      memmove (block, block + filled - carried, carried);
    }
  return length == 0 && carried == CARRY && memcmp (block, sheet_end, CARRY) == 0;
}

static void
set_damaged (GError **error, const char *name)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_FULL,
               _("“%s” was not written whole: the disk, or the folder for temporary files, is probably full. "
                 "No part of it was left behind. Make room, then try again."), name);
}

GArray *
mc_workbook_count (const char *path, const char *name, GError **error)
{
  g_autoptr (McArchive) archive = archive_read_new ();
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (McSheetCount));
  struct archive_entry *entry;
  int code = ARCHIVE_OK;

  if (archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK
      || archive_read_open_filename (archive, path, BLOCK_BYTES) != ARCHIVE_OK)
    {
      set_damaged (error, name);
      return NULL;
    }
  while ((code = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      guint number = 0;

      if (sscanf (archive_entry_pathname (entry), "xl/worksheets/sheet%u.xml", &number) != 1)
        continue;
      if (number < 1 || number > 10000)
        break;
      if (number > counts->len)
        g_array_set_size (counts, number);
      if (!count_sheet (archive, &g_array_index (counts, McSheetCount, number - 1)))
        {
          set_damaged (error, name);
          return NULL;
        }
    }
  if (code != ARCHIVE_EOF)
    {
      set_damaged (error, name);
      return NULL;
    }
  return g_steal_pointer (&counts);
}
