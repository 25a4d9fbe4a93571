/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbered SQL that brings a database file to the newest schema. */
#pragma once

#include "mc-database.h"

G_BEGIN_DECLS

/* NEWER if the file's schema is beyond this version's. */
gboolean mc_migration_check_newer (McDatabase *database, GError **error);

/* Each missing step in an EXCLUSIVE transaction together with user_version. Before the first one of a file that has a schema, a
 * verified copy is made beside it (PATH.schema-N), after a look at the free space. On failure the file is as before. */
gboolean mc_migration_run (McDatabase *database, GError **error);

/* After a migration the derived tables are to be made again, so that lines of what the older version did not know take effect. */
gboolean mc_migration_rebuild_due (McDatabase *database, gboolean *due, GError **error);
gboolean mc_migration_rebuild_done (McDatabase *database, GError **error);

G_END_DECLS
