/* SPDX-License-Identifier: GPL-3.0-or-later
 * A follow-up in a list. */
#pragma once

#include <gio/gio.h>

#include "mc-follow-ups.h"

G_BEGIN_DECLS

#define MC_TYPE_FOLLOW_UP_ITEM (mc_follow_up_item_get_type ())
G_DECLARE_FINAL_TYPE (McFollowUpItem, mc_follow_up_item, MC, FOLLOW_UP_ITEM, GObject)

/* Takes @row. */
McFollowUpItem *mc_follow_up_item_new (McFollowUpRow *row);
const McFollowUpRow *mc_follow_up_item_get_row (McFollowUpItem *self);

G_END_DECLS
