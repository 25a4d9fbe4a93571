/* SPDX-License-Identifier: GPL-3.0-or-later
 * Indexes of a table that very many rows come into: dropped before and made again after, in the same transaction. */
#pragma once

#include "mc-database.h"
#include "mc-entity.h"

G_BEGIN_DECLS

/* Drops the indexes of the table of @entity (never that of its key) if making them again is quicker than @n_new entries, one by one, in random places.
 * Their SQL is in *@set_aside; NULL: they stay. */
gboolean mc_set_aside_indexes (McDatabase *database, const McEntity *entity, guint64 n_new, GPtrArray **set_aside, GError **error);

/* Makes them again. A rollback does so too. */
gboolean mc_set_aside_restore (McDatabase *database, const GPtrArray *set_aside, GError **error);

G_END_DECLS
