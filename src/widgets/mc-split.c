/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sidebar and content beside each other, or one at a time where there is no room. Our one use of AdwLeaflet. */
#include "mc-split.h"

#include <adwaita.h>

#include "mc-pane.h"

struct _McSplit
{
  GtkWidget parent_instance;

  AdwLeaflet *leaflet;
  McPane *sidebar;
  McPane *content;
};

G_DEFINE_FINAL_TYPE (McSplit, mc_split, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_CONTENT_EMS,
  PROP_CAN_UNFOLD,
  PROP_FOLDED,
  PROP_SHOW_SIDEBAR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
folded_cb (McSplit *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
visible_child_cb (McSplit *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
}

static void
mc_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McSplit *self = MC_SPLIT (object);

  switch (id)
    {
    case PROP_SIDEBAR: g_value_set_object (value, mc_pane_get_child (self->sidebar)); break;
    case PROP_CONTENT: g_value_set_object (value, mc_pane_get_child (self->content)); break;
    case PROP_CONTENT_EMS: g_value_set_uint (value, mc_pane_get_natural_ems (self->content)); break;
    case PROP_CAN_UNFOLD: g_value_set_boolean (value, adw_leaflet_get_can_unfold (self->leaflet)); break;
    case PROP_FOLDED: g_value_set_boolean (value, mc_split_get_folded (self)); break;
    case PROP_SHOW_SIDEBAR: g_value_set_boolean (value, mc_split_get_show_sidebar (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McSplit *self = MC_SPLIT (object);

  switch (id)
    {
    case PROP_SIDEBAR: mc_pane_set_child (self->sidebar, g_value_get_object (value)); break;
    case PROP_CONTENT: mc_pane_set_child (self->content, g_value_get_object (value)); break;
    case PROP_CONTENT_EMS: mc_pane_set_natural_ems (self->content, g_value_get_uint (value)); break;
    case PROP_CAN_UNFOLD: adw_leaflet_set_can_unfold (self->leaflet, g_value_get_boolean (value)); break;
    case PROP_SHOW_SIDEBAR: mc_split_set_show_sidebar (self, g_value_get_boolean (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_split_dispose (GObject *object)
{
  McSplit *self = MC_SPLIT (object);
  GtkWidget *leaflet = GTK_WIDGET (self->leaflet);

  if (leaflet)
    g_signal_handlers_disconnect_by_data (leaflet, self);
  self->leaflet = NULL;
  g_clear_pointer (&leaflet, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_split_parent_class)->dispose (object);
}

static void
mc_split_class_init (McSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_split_get_property;
  object_class->set_property = mc_split_set_property;
  object_class->dispose = mc_split_dispose;

  properties[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_CONTENT_EMS] = g_param_spec_uint ("content-ems", NULL, NULL, 0, G_MAXUINT16, 0, both);
  properties[PROP_CAN_UNFOLD] = g_param_spec_boolean ("can-unfold", NULL, NULL, TRUE, both);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_split_init (McSplit *self)
{
  AdwLeafletPage *page;

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  self->sidebar = MC_PANE (mc_pane_new (0));
  self->content = MC_PANE (mc_pane_new (0));
  adw_leaflet_set_fold_threshold_policy (self->leaflet, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_leaflet_set_homogeneous (self->leaflet, FALSE);
  page = adw_leaflet_append (self->leaflet, GTK_WIDGET (self->sidebar));
  adw_leaflet_page_set_name (page, "sidebar");
  page = adw_leaflet_append (self->leaflet, GTK_WIDGET (self->content));
  adw_leaflet_page_set_name (page, "content");
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), TRUE);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));

  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->leaflet, "notify::visible-child", G_CALLBACK (visible_child_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
}

GtkWidget *
mc_split_new (void)
{
  return g_object_new (MC_TYPE_SPLIT, NULL);
}

gboolean
mc_split_get_folded (McSplit *self)
{
  g_return_val_if_fail (MC_IS_SPLIT (self), FALSE);

  return adw_leaflet_get_folded (self->leaflet);
}

void
mc_split_set_show_sidebar (McSplit *self, gboolean show_sidebar)
{
  g_return_if_fail (MC_IS_SPLIT (self));

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (show_sidebar ? self->sidebar : self->content));
}

gboolean
mc_split_get_show_sidebar (McSplit *self)
{
  g_return_val_if_fail (MC_IS_SPLIT (self), FALSE);

  return !mc_split_get_folded (self) || adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->sidebar);
}
