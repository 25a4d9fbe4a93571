/* SPDX-License-Identifier: GPL-3.0-or-later
 * A follow-up in a list. */
#include "mc-follow-up-item.h"

struct _McFollowUpItem
{
  GObject parent_instance;

  McFollowUpRow *row; /* owned */
};

G_DEFINE_FINAL_TYPE (McFollowUpItem, mc_follow_up_item, G_TYPE_OBJECT)

static void
mc_follow_up_item_finalize (GObject *object)
{
  g_clear_pointer (&MC_FOLLOW_UP_ITEM (object)->row, mc_follow_up_row_free);
  G_OBJECT_CLASS (mc_follow_up_item_parent_class)->finalize (object);
}

static void
mc_follow_up_item_class_init (McFollowUpItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_follow_up_item_finalize;
}

static void
mc_follow_up_item_init (McFollowUpItem *self)
{
}

McFollowUpItem *
mc_follow_up_item_new (McFollowUpRow *row)
{
  McFollowUpItem *self = g_object_new (MC_TYPE_FOLLOW_UP_ITEM, NULL);

  self->row = row;
  return self;
}

const McFollowUpRow *
mc_follow_up_item_get_row (McFollowUpItem *self)
{
  return self->row;
}
