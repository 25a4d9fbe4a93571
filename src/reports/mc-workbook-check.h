/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a finished workbook back and counts, because the library that writes it does not see a full disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 rows;
  guint64 cells;
} McSheetCount;

/* Counts rows and cells of the sheets of the workbook at @path, in their order: element McSheetCount. MC_STORE_ERROR_FULL if the archive is
 * damaged (checksums are verified) or a sheet is not whole; @name is what the message calls the file. */
GArray *mc_workbook_count (const char *path, const char *name, GError **error);

G_END_DECLS
