/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit in a list: empty until its row was read. */
#include "mc-visit-item.h"

#include "store/mc-code-list.h"

struct _McVisitItem
{
  GObject parent_instance;

  gint64 rowid;
  McVisitRow *row; /* owned */
};

G_DEFINE_FINAL_TYPE (McVisitItem, mc_visit_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mc_visit_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADED)
    g_value_set_boolean (value, MC_VISIT_ITEM (object)->row != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mc_visit_item_finalize (GObject *object)
{
  g_clear_pointer (&MC_VISIT_ITEM (object)->row, mc_visit_row_free);
  G_OBJECT_CLASS (mc_visit_item_parent_class)->finalize (object);
}

static void
mc_visit_item_class_init (McVisitItemClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = mc_visit_item_get_property;
  G_OBJECT_CLASS (klass)->finalize = mc_visit_item_finalize;
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
mc_visit_item_init (McVisitItem *self)
{
}

McVisitItem *
mc_visit_item_new (gint64 rowid)
{
  McVisitItem *self = g_object_new (MC_TYPE_VISIT_ITEM, NULL);

  self->rowid = rowid;
  return self;
}

const McVisitRow *
mc_visit_item_get_row (McVisitItem *self)
{
  return self->row;
}

void
mc_visit_item_take_row (McVisitItem *self, McVisitRow *row)
{
  g_clear_pointer (&self->row, mc_visit_row_free);
  self->row = row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

char *
mc_visit_row_describe (const McVisitRow *row)
{
  const char *parts[6] = { NULL };
  guint n = 0;

  parts[n++] = row->checked_on;
  parts[n++] = mc_code_label ("visit-type", row->type);
  if (row->area_name)
    parts[n++] = row->area_name;
  if (row->lead_name)
    parts[n++] = row->lead_name;
  return g_strjoinv (" · ", (char **) parts);
}
