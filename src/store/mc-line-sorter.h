/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lines put in the order of their records: what does not fit into memory waits in a temporary file, and disks are read and written in a row only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_SORT_KEY_BYTES 16

typedef struct
{
  guint8 record[MC_SORT_KEY_BYTES];
  gint64 n;
  const char *line; /* not ended by a NUL */
  gsize length;
} McSortedLine;

typedef struct _McLineSorter McLineSorter;

/* @splitters: ids of 16 bytes in ascending order, between which the lines fall in about equal parts (about MC_SORT_PART_BYTES each); may be empty. They decide
 * how much is in memory, nothing else. The temporary file lies in @folder, or where temporary files lie if @folder may not be written. */
McLineSorter *mc_line_sorter_new (const char *folder, const GByteArray *splitters);
void mc_line_sorter_free (McLineSorter *self);

#define MC_SORT_PART_BYTES (16 * 1024 * 1024)

gboolean mc_line_sorter_add (McLineSorter *self, const guint8 record[MC_SORT_KEY_BYTES], gint64 n, const char *line, gsize length, GError **error);

/* The next lines in order of (record, n), of McSortedLine: all lines of a record come in one array. It is valid until the next call. NULL at the end, or with
 * @error. After the first call nothing may be added. */
const GArray *mc_line_sorter_next (McLineSorter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLineSorter, mc_line_sorter_free)

G_END_DECLS
