/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person chose for columns ("COLUMN=FIELD"): for the files of the mapping only. */
#pragma once

#include "mc-import-title.h"

G_BEGIN_DECLS

/* An empty column under @title, which is in the mapping's array then. */
McImportColumn *mc_import_column_new (const McTitle *title);

/* See mc_import_mapping_detect(). MC_IMPORT_ERROR_MAPPING. */
gboolean mc_import_map_apply (McImportMapping *mapping, const char *map, GError **error);

/* Does one of the maps say which column is the name? */
gboolean mc_import_maps_name (McImportKind kind, const char *const *maps);

/* A header that we do not know: the first row that has most of the titles that the person names. */
void mc_import_maps_find_titles (McHead *head, const char *const *maps, McFoundTitles *found);

G_END_DECLS
