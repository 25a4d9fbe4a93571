/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorities as read on the reader's thread. */
#pragma once

#include "mc-authority.h"
#include "mc-registry-store.h"

G_BEGIN_DECLS

/* Of McAuthority. @data is not used. */
gpointer mc_authority_store_read (sqlite3 *db, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
