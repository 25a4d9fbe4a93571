/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rebuild of the derived tables of one open database. */
#pragma once

#include "mc-database.h"
#include "mc-rebuild.h"

G_BEGIN_DECLS

/* Inside a transaction of the caller on @database. The lines are read, parsed and sorted by record on a thread of its own from @log: another connection to the same
 * file, or the file whose log was copied. CORRUPT names the first line that cannot be read. */
gboolean mc_rebuild_database (McDatabase *database, McDatabase *log, McRebuildResult *result, McProgress *progress,
                              GCancellable *cancellable, GError **error);

/* The same for a file that nobody else has open, with its own transaction. */
gboolean mc_rebuild_file (const char *path, McRebuildResult *result, McProgress *progress, GCancellable *cancellable, GError **error);

G_END_DECLS
