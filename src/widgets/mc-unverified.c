/* SPDX-License-Identifier: GPL-3.0-or-later
 * The mark "basis to be verified" beside a rule whose source is not certain. */
#include "mc-unverified.h"

#include <glib/gi18n.h>

struct _McUnverified
{
  GtkWidget parent_instance;

  GtkWidget *label;
  char *source;
};

G_DEFINE_FINAL_TYPE (McUnverified, mc_unverified, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SOURCE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mc_unverified_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, MC_UNVERIFIED (object)->source);
}

static void
mc_unverified_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  mc_unverified_set_source (MC_UNVERIFIED (object), g_value_get_string (value));
}

static void
mc_unverified_dispose (GObject *object)
{
  McUnverified *self = MC_UNVERIFIED (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->source, g_free);

  G_OBJECT_CLASS (mc_unverified_parent_class)->dispose (object);
}

static void
mc_unverified_class_init (McUnverifiedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_unverified_get_property;
  object_class->set_property = mc_unverified_set_property;
  object_class->dispose = mc_unverified_dispose;

  properties[PROP_SOURCE]
      = g_param_spec_string ("source", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mcunverified");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mc_unverified_init (McUnverified *self)
{
  self->label = gtk_label_new (_("Basis to be verified"));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "mc-unverified");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Basis to be verified"), -1);
}

GtkWidget *
mc_unverified_new (const char *source)
{
  return g_object_new (MC_TYPE_UNVERIFIED, "source", source, NULL);
}

void
mc_unverified_set_source (McUnverified *self, const char *source)
{
  g_return_if_fail (MC_IS_UNVERIFIED (self));

  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  gtk_widget_set_visible (GTK_WIDGET (self), source != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), source);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, source ? source : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
}
