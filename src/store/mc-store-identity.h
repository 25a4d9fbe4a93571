/* SPDX-License-Identifier: GPL-3.0-or-later
 * The database's half of the device identity: which chain this file writes, its first line, its checkpoints. */
#pragma once

#include "mc-store-internal.h"

G_BEGIN_DECLS

/* On the worker, while opening: goes on as the device the file had, or starts a new one with its line 1. Sets device, device_id and chain. */
gboolean mc_identity_open (McStore *self, GError **error);

/* Of a read-only store: the device that the file had last. */
gboolean mc_identity_read (McStore *self, GError **error);

/* Signs the tip of @chain, if it is not signed yet. */
gboolean mc_identity_checkpoint (McDatabase *database, McDevice *device, const McLogChain *chain, GError **error);

G_END_DECLS
