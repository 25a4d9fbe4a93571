/* SPDX-License-Identifier: GPL-3.0-or-later
 * Content with a panel at its right, which lies over it where there is no room for both. Our one use of AdwFlap. */
#include "mc-side-panel.h"

#include <adwaita.h>

#include "mc-pane.h"

struct _McSidePanel
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  McPane *content;
  McPane *panel;
};

G_DEFINE_FINAL_TYPE (McSidePanel, mc_side_panel, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CONTENT,
  PROP_PANEL,
  PROP_SHOW_PANEL,
  PROP_FOLDED,
  PROP_CONTENT_EMS,
  PROP_PANEL_EMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
reveal_cb (McSidePanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_PANEL]);
}

static void
folded_cb (McSidePanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
mc_side_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McSidePanel *self = MC_SIDE_PANEL (object);

  switch (id)
    {
    case PROP_CONTENT: g_value_set_object (value, mc_pane_get_child (self->content)); break;
    case PROP_PANEL: g_value_set_object (value, mc_pane_get_child (self->panel)); break;
    case PROP_SHOW_PANEL: g_value_set_boolean (value, mc_side_panel_get_show_panel (self)); break;
    case PROP_FOLDED: g_value_set_boolean (value, mc_side_panel_get_folded (self)); break;
    case PROP_CONTENT_EMS: g_value_set_uint (value, mc_pane_get_natural_ems (self->content)); break;
    case PROP_PANEL_EMS: g_value_set_uint (value, mc_pane_get_natural_ems (self->panel)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_side_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McSidePanel *self = MC_SIDE_PANEL (object);

  switch (id)
    {
    case PROP_CONTENT: mc_pane_set_child (self->content, g_value_get_object (value)); break;
    case PROP_PANEL: mc_pane_set_child (self->panel, g_value_get_object (value)); break;
    case PROP_SHOW_PANEL: mc_side_panel_set_show_panel (self, g_value_get_boolean (value)); break;
    case PROP_CONTENT_EMS: mc_pane_set_natural_ems (self->content, g_value_get_uint (value)); break;
    case PROP_PANEL_EMS: mc_pane_set_natural_ems (self->panel, g_value_get_uint (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* A text inside the panel keeps its Esc: this is the bubble phase. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McSidePanel *self = MC_SIDE_PANEL (widget);

  if (!mc_side_panel_get_folded (self) || !mc_side_panel_get_show_panel (self))
    return FALSE;
  mc_side_panel_set_show_panel (self, FALSE);
  return TRUE;
}

static void
mc_side_panel_dispose (GObject *object)
{
  McSidePanel *self = MC_SIDE_PANEL (object);
  GtkWidget *flap = GTK_WIDGET (self->flap);

  if (flap)
    g_signal_handlers_disconnect_by_data (flap, self);
  self->flap = NULL;
  g_clear_pointer (&flap, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_side_panel_parent_class)->dispose (object);
}

static void
mc_side_panel_class_init (McSidePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_side_panel_get_property;
  object_class->set_property = mc_side_panel_set_property;
  object_class->dispose = mc_side_panel_dispose;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_PANEL] = g_param_spec_object ("panel", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_SHOW_PANEL] = g_param_spec_boolean ("show-panel", NULL, NULL, FALSE, both);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT_EMS] = g_param_spec_uint ("content-ems", NULL, NULL, 0, G_MAXUINT16, 36, both);
  properties[PROP_PANEL_EMS] = g_param_spec_uint ("panel-ems", NULL, NULL, 0, G_MAXUINT16, 25, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_side_panel_init (McSidePanel *self)
{
  self->flap = ADW_FLAP (adw_flap_new ());
  self->content = MC_PANE (mc_pane_new (36));
  self->panel = MC_PANE (mc_pane_new (25));
  gtk_widget_add_css_class (GTK_WIDGET (self->panel), "mc-side-panel");
  /* Neither asks to expand, whatever is inside: a flap squeezes the panel to its minimum beside content that does.
   * What is left beyond the natural widths goes to the content anyway. */
  gtk_widget_set_hexpand (GTK_WIDGET (self->content), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->panel), FALSE);
  adw_flap_set_flap_position (self->flap, GTK_PACK_END);
  adw_flap_set_fold_policy (self->flap, ADW_FLAP_FOLD_POLICY_AUTO);
  adw_flap_set_fold_threshold_policy (self->flap, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  adw_flap_set_locked (self->flap, TRUE); /* opened and closed by the page, not by becoming narrow */
  adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_flap_set_swipe_to_open (self->flap, FALSE);
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (self->flap, GTK_WIDGET (self->content));
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->panel));
  g_signal_connect_swapped (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self);
  g_signal_connect_swapped (self->flap, "notify::folded", G_CALLBACK (folded_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->flap), GTK_WIDGET (self));
}

GtkWidget *
mc_side_panel_new (void)
{
  return g_object_new (MC_TYPE_SIDE_PANEL, NULL);
}

void
mc_side_panel_set_show_panel (McSidePanel *self, gboolean show_panel)
{
  g_return_if_fail (MC_IS_SIDE_PANEL (self));

  adw_flap_set_reveal_flap (self->flap, show_panel);
}

gboolean
mc_side_panel_get_show_panel (McSidePanel *self)
{
  g_return_val_if_fail (MC_IS_SIDE_PANEL (self), FALSE);

  return adw_flap_get_reveal_flap (self->flap);
}

gboolean
mc_side_panel_get_folded (McSidePanel *self)
{
  g_return_val_if_fail (MC_IS_SIDE_PANEL (self), FALSE);

  return adw_flap_get_folded (self->flap);
}
