/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search index of the facilities: all search keys in one array of bytes, searched at each key press. */
#pragma once

#include "mc-facility.h"

G_BEGIN_DECLS

#define MC_TYPE_FACILITY_INDEX (mc_facility_index_get_type ())
G_DECLARE_FINAL_TYPE (McFacilityIndex, mc_facility_index, MC, FACILITY_INDEX, GObject)

/* Follows @store's changes once it is loaded. Used on one thread (the store's); loading works on the reader's. */
McFacilityIndex *mc_facility_index_new (McStore *store);

/* Signal "updated" (McFacilityIndex *): the result of a search may now be another one. */

gboolean mc_facility_index_load (McFacilityIndex *self, GError **error); /* blocks */
void mc_facility_index_load_async (McFacilityIndex *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_facility_index_load_finish (McFacilityIndex *self, GAsyncResult *result, GError **error);
gboolean mc_facility_index_is_loaded (McFacilityIndex *self);

guint mc_facility_index_get_n_facilities (McFacilityIndex *self);
gsize mc_facility_index_get_n_bytes (McFacilityIndex *self);

/* Those of @list that have every word of @text in name, operator, code, address, filing number or area (by characters, pinyin or initials): those
 * whose name begins with the first word first, else in the order of @list. An empty text gives @list itself. Quick enough to run at each key press. */
McFacilityList *mc_facility_index_filter (McFacilityIndex *self, McFacilityList *list, const char *text);

/* Where the words of @text stand in @name, to be shown in bold: pairs of byte offsets (start, end) into @name, of guint, ascending and apart; empty if
 * the match lies in another field. Finds characters, pinyin and initials. */
GArray *mc_facility_index_find_matches (const char *name, const char *text);

G_END_DECLS
