/* SPDX-License-Identifier: GPL-3.0-or-later
 * A part of a window that says how wide it would like to be in ems of the main text, and never insists. */
#include "mc-pane.h"

#define LARGEST_MINIMUM 360

struct _McPane
{
  GtkWidget parent_instance;

  GtkWidget *child;
  guint natural_ems;
};

G_DEFINE_FINAL_TYPE (McPane, mc_pane, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_NATURAL_EMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GtkSizeRequestMode
mc_pane_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
child_minimum_width (McPane *self)
{
  int minimum = 0;

  if (self->child && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
mc_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McPane *self = MC_PANE (widget);

  *minimum = *natural = 0;
  if (self->child && gtk_widget_should_layout (self->child))
    gtk_widget_measure (self->child, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : MAX (for_size, child_minimum_width (self)), minimum,
                        natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  *minimum = MIN (*minimum, LARGEST_MINIMUM);
  if (self->natural_ems > 0)
    *natural = (int) (self->natural_ems * mc_widget_get_em (widget));
  *natural = MAX (*natural, *minimum);
}

static void
mc_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McPane *self = MC_PANE (widget);

  if (self->child && gtk_widget_should_layout (self->child))
    gtk_widget_size_allocate (self->child, &(GtkAllocation){ 0, 0, MAX (width, child_minimum_width (self)), height }, -1);
}

static void
mc_pane_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_pane_parent_class)->css_changed (widget, change);
  if (MC_PANE (widget)->natural_ems > 0)
    gtk_widget_queue_resize (widget);
}

static void
mc_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McPane *self = MC_PANE (object);

  switch (id)
    {
    case PROP_CHILD: g_value_set_object (value, self->child); break;
    case PROP_NATURAL_EMS: g_value_set_uint (value, self->natural_ems); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHILD: mc_pane_set_child (MC_PANE (object), g_value_get_object (value)); break;
    case PROP_NATURAL_EMS: mc_pane_set_natural_ems (MC_PANE (object), g_value_get_uint (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_pane_dispose (GObject *object)
{
  g_clear_pointer (&MC_PANE (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_pane_parent_class)->dispose (object);
}

static void
mc_pane_class_init (McPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_pane_get_property;
  object_class->set_property = mc_pane_set_property;
  object_class->dispose = mc_pane_dispose;
  widget_class->get_request_mode = mc_pane_get_request_mode;
  widget_class->measure = mc_pane_measure;
  widget_class->size_allocate = mc_pane_size_allocate;
  widget_class->css_changed = mc_pane_css_changed;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, both);
  properties[PROP_NATURAL_EMS] = g_param_spec_uint ("natural-ems", NULL, NULL, 0, G_MAXUINT16, 0, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_pane_init (McPane *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
mc_pane_new (guint natural_ems)
{
  return g_object_new (MC_TYPE_PANE, "natural-ems", natural_ems, NULL);
}

void
mc_pane_set_child (McPane *self, GtkWidget *child)
{
  g_return_if_fail (MC_IS_PANE (self));

  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

GtkWidget *
mc_pane_get_child (McPane *self)
{
  g_return_val_if_fail (MC_IS_PANE (self), NULL);

  return self->child;
}

void
mc_pane_set_natural_ems (McPane *self, guint ems)
{
  g_return_if_fail (MC_IS_PANE (self));

  if (self->natural_ems == ems)
    return;
  self->natural_ems = ems;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NATURAL_EMS]);
}

guint
mc_pane_get_natural_ems (McPane *self)
{
  g_return_val_if_fail (MC_IS_PANE (self), 0);

  return self->natural_ems;
}

double
mc_widget_get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double em = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  return pango_font_description_get_size_is_absolute (font) ? em : em * 96.0 / 72.0;
}
