/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row of a list of facilities: its row number at once, its values when they are read. */
#include "mc-facility-item.h"

struct _McFacilityItem
{
  GObject parent_instance;

  gint64 rowid;
  McFacilityRow *row;
};

G_DEFINE_FINAL_TYPE (McFacilityItem, mc_facility_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mc_facility_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McFacilityItem *self = MC_FACILITY_ITEM (object);

  switch (id)
    {
    case PROP_ROW: g_value_set_boxed (value, self->row); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_item_finalize (GObject *object)
{
  g_clear_pointer (&MC_FACILITY_ITEM (object)->row, mc_facility_row_unref);

  G_OBJECT_CLASS (mc_facility_item_parent_class)->finalize (object);
}

static void
mc_facility_item_class_init (McFacilityItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_facility_item_get_property;
  object_class->finalize = mc_facility_item_finalize;
  properties[PROP_ROW] = g_param_spec_boxed ("row", NULL, NULL, MC_TYPE_FACILITY_ROW, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_facility_item_init (McFacilityItem *self)
{
}

McFacilityItem *
mc_facility_item_new (gint64 rowid, McFacilityRow *row)
{
  McFacilityItem *self = g_object_new (MC_TYPE_FACILITY_ITEM, NULL);

  self->rowid = rowid;
  self->row = row ? mc_facility_row_ref (row) : NULL;
  return self;
}

gint64
mc_facility_item_get_rowid (McFacilityItem *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_ITEM (self), -1);

  return self->rowid;
}

McFacilityRow *
mc_facility_item_get_row (McFacilityItem *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_ITEM (self), NULL);

  return self->row;
}

void
mc_facility_item_set_row (McFacilityItem *self, McFacilityRow *row)
{
  g_return_if_fail (MC_IS_FACILITY_ITEM (self));

  if (row)
    mc_facility_row_ref (row);
  g_clear_pointer (&self->row, mc_facility_row_unref);
  self->row = row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}
