/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copies of database files: of an open one by SQLite, of one on a read-only medium byte by byte. */
#pragma once

#include "mc-database.h"

G_BEGIN_DECLS

/* Copies @path and its -wal into a new private folder, whose path it returns (caller frees); the copy's path in @copied. FAILED if
 * they change meanwhile. */
char *mc_database_copy_aside (const char *path, char **copied, GError **error);

void mc_database_copy_remove (const char *folder);

G_END_DECLS
