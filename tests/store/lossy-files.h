/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file system that, when the power fails, loses what was not synced: bytes without fsync of their file, names without fsync of their folder. */
#pragma once

#include <glib.h>

/* Calls of the program to open, write, fsync, rename, unlink and mkdir come here by the linker's --wrap. Only below @root. The power fails at the @n-th of
 * them (0: never). */
void lossy_files_start (const char *root, guint64 n);
guint64 lossy_files_count (void);
gboolean lossy_files_failed (void);

/* Takes away, at random, what the disk need not have, and ends the wrapping. */
void lossy_files_recover (GRand *rand);
