/* SPDX-License-Identifier: GPL-3.0-or-later
 * The writer's lock: an OFD lock on DATABASE.lock, with its holder's name written into the file. */
#pragma once

#include "mc-error.h"

G_BEGIN_DECLS

typedef struct _McLock McLock;

/* Locks @database for writing. NULL and MC_STORE_ERROR_BUSY, naming program, process, user and since when, if another holds it;
 * READ_ONLY if the lock file cannot be written. The lock ends with the process or with mc_lock_free(). */
McLock *mc_lock_acquire (const char *database, GError **error);
void mc_lock_free (McLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLock, mc_lock_free)

G_END_DECLS
