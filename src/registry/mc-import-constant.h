/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person says for all rows of a sheet that say nothing of a field: for the files of the import only. */
#pragma once

#include "mc-import-row.h"

G_BEGIN_DECLS

void mc_import_constant_clear (gpointer constant);

/* Fills the field @key of a new record (NULL: all fields) where the row leaves it empty. */
void mc_import_constants_fill (const McImportContext *context, McImportItem *item, const char *key);

G_END_DECLS
