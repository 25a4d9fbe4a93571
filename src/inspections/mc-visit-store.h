/* SPDX-License-Identifier: GPL-3.0-or-later
 * SQL about visits: the lists of the page of checks, and what a new visit is prefilled from. Everything blocks. */
#pragma once

#include "mc-visits.h"

G_BEGIN_DECLS

GArray *mc_visit_store_list (McStore *store, const McVisitQuery *query, GCancellable *cancellable, GError **error);
GPtrArray *mc_visit_store_load_rows (McStore *store, const gint64 *rowids, guint n, GCancellable *cancellable, GError **error);
gboolean mc_visit_store_count (McStore *store, const char *inspector, McVisitCounts *counts, GError **error);

/* The assistants of the last visit that @lead led, as its field holds them; "" if there is none. Caller frees. */
char *mc_visit_store_find_partners (McStore *store, const char *lead, GError **error);

/* Ids of the published matters of @authority; g_strfreev(). */
char **mc_visit_store_list_matters (McStore *store, const char *authority, GError **error);

/* Of finalised visits to @facility other than @visit, not after it, the last first: id, standard, id, standard …; at most 50 visits. g_strfreev(). */
char **mc_visit_store_list_previous (McStore *store, const char *facility, const char *visit, GError **error);

G_END_DECLS
