/* SPDX-License-Identifier: GPL-3.0-or-later
 * A disk under SQLite that, when the power fails, has only what was synced, and some of the rest. */
#pragma once

#include <glib.h>

/* Becomes SQLite's default; once in a process. Creations and deletions of files are never lost. */
void lossy_vfs_register (void);

/* Forgets all files. The power fails at the @n-th write, truncation or sync from now on (0: never). */
void lossy_vfs_start (guint64 n);

/* A disk that says it has synced and has not: for the proof that the test can fail. */
void lossy_vfs_set_lying (gboolean lying);

/* Writes, truncations and syncs since lossy_vfs_start(). */
guint64 lossy_vfs_count (void);
gboolean lossy_vfs_failed (void);

/* After all connections are closed: puts each file into the state that the disk would have. @rand: some of the sectors that were written and not synced
 * are there too; NULL: none. */
void lossy_vfs_recover (GRand *rand);
