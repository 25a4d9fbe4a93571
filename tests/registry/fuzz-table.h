/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the bytes of a fuzz target as a table file, to its end or its error. */
#pragma once

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "registry/mc-import.h"

static inline void
fuzz_read_sheet (McTableReader *reader, guint sheet)
{
  g_autoptr (GError) error = NULL;
  McTableRow row;
  guint64 last = 0;

  if (!mc_table_reader_select_sheet (reader, sheet, &error))
    return;
  while (mc_table_reader_next_row (reader, &row, &error))
    {
      g_assert_cmpuint (row.number, >, last);
      g_assert_cmpuint (row.n_cells, >, 0);
      last = row.number;
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_assert_true (g_utf8_validate_len (row.cells[i].text, row.cells[i].length, NULL));
          g_assert_cmpuint (row.cells[i].length, ==, strlen (row.cells[i].text));
          g_assert_true (i == 0 || row.cells[i].column > row.cells[i - 1].column);
        }
    }
}

static inline void
fuzz_table (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  g_autoptr (McTableReader) reader = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (ssize_t) size);
  reader = mc_table_reader_open (path, NULL, NULL, &error);
  g_assert_true ((reader == NULL) == (error != NULL));
  for (guint i = 0; reader && i < mc_table_reader_get_n_sheets (reader) && i < 5; i++)
    {
      fuzz_read_sheet (reader, i);
      if (mc_table_reader_select_sheet (reader, i, NULL))
        mc_import_mapping_free (mc_import_mapping_detect (reader, MC_IMPORT_FACILITIES, NULL, NULL));
    }
  close (fd);
}
