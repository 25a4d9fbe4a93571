/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records that a query names, each merged from its lines. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

/* The records of @entity whose ids @sql gives in its only column, in its order; ?1 of it is @parameter. Of McRecord; an empty array if none. Blocks. */
GPtrArray *mc_record_list_load (McStore *store, const char *entity, const char *sql, const char *parameter, GError **error);

G_END_DECLS
