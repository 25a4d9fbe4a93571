/* SPDX-License-Identifier: GPL-3.0-or-later
 * The areas as read on the reader's thread. */
#pragma once

#include "mc-area.h"
#include "mc-registry-store.h"

G_BEGIN_DECLS

McAreaTree *mc_area_store_read (sqlite3 *db, GError **error);

G_END_DECLS
