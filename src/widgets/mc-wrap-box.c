/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of widgets that goes on in the next line where the width ends. */
#include "mc-wrap-box.h"

struct _McWrapBox
{
  GtkWidget parent_instance;

  int spacing;
  int line_spacing;
  float align;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McWrapBox, mc_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  PROP_ALIGN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

typedef struct
{
  GtkWidget *first; /* of the line */
  GtkWidget *end;   /* the first widget of the next line, or NULL */
  int width;
  int height;
} Line;

static int
child_width (GtkWidget *child, int limit)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, limit));
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
after (GtkWidget *child)
{
  return next_visible (gtk_widget_get_next_sibling (child));
}

/* The line that begins with @first in a box of @width. */
static Line
break_line (McWrapBox *self, GtkWidget *first, int width)
{
  Line line = { first, first, 0, 0 };

  while (line.end)
    {
      int wanted = child_width (line.end, width), height;
      int gap = line.end == first ? 0 : self->spacing;

      if (line.end != first && line.width + gap + wanted > width)
        break;
      gtk_widget_measure (line.end, GTK_ORIENTATION_VERTICAL, wanted, NULL, &height, NULL, NULL);
      line.width += gap + wanted;
      line.height = MAX (line.height, height);
      line.end = after (line.end);
    }
  return line;
}

static void
measure_width (McWrapBox *self, int *minimum, int *natural)
{
  int widest = 0, sum = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self))); child; child = after (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      widest = MAX (widest, child_minimum);
      sum += child_natural + (sum > 0 ? self->spacing : 0);
    }
  *minimum = widest;
  *natural = sum;
}

static int
measure_height (McWrapBox *self, int width)
{
  int height = 0;

  for (GtkWidget *first = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self))); first;)
    {
      Line line = break_line (self, first, width);

      height += line.height + (height > 0 ? self->line_spacing : 0);
      first = line.end;
    }
  return height;
}

static GtkSizeRequestMode
mc_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mc_wrap_box_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McWrapBox *self = MC_WRAP_BOX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    *minimum = *natural = measure_height (self, for_size < 0 ? G_MAXINT : for_size);
}

static void
mc_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McWrapBox *self = MC_WRAP_BOX (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  for (GtkWidget *first = next_visible (gtk_widget_get_first_child (widget)); first;)
    {
      Line line = break_line (self, first, width);
      int x = (int) ((float) MAX (width - line.width, 0) * self->align);

      for (GtkWidget *child = line.first; child != line.end; child = after (child))
        {
          int wanted = child_width (child, width);

          gtk_widget_size_allocate (child, &(GtkAllocation){ rtl ? width - x - wanted : x, y, wanted, line.height }, -1);
          x += wanted + self->spacing;
        }
      y += line.height + self->line_spacing;
      first = line.end;
    }
}

static void
mc_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McWrapBox *self = MC_WRAP_BOX (object);

  switch (id)
    {
    case PROP_SPACING: g_value_set_int (value, self->spacing); break;
    case PROP_LINE_SPACING: g_value_set_int (value, self->line_spacing); break;
    case PROP_ALIGN: g_value_set_float (value, self->align); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McWrapBox *self = MC_WRAP_BOX (object);

  switch (id)
    {
    case PROP_SPACING: self->spacing = g_value_get_int (value); break;
    case PROP_LINE_SPACING: self->line_spacing = g_value_get_int (value); break;
    case PROP_ALIGN: self->align = g_value_get_float (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
mc_wrap_box_dispose (GObject *object)
{
  mc_wrap_box_remove_all (MC_WRAP_BOX (object));

  G_OBJECT_CLASS (mc_wrap_box_parent_class)->dispose (object);
}

static void
mc_wrap_box_class_init (McWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_wrap_box_get_property;
  object_class->set_property = mc_wrap_box_set_property;
  object_class->dispose = mc_wrap_box_dispose;
  widget_class->get_request_mode = mc_wrap_box_get_request_mode;
  widget_class->measure = mc_wrap_box_measure;
  widget_class->size_allocate = mc_wrap_box_size_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 6, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 6, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ALIGN] = g_param_spec_float ("align", NULL, NULL, 0, 1, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_wrap_box_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    mc_wrap_box_append (MC_WRAP_BOX (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mc_wrap_box_add_child;
}

static void
mc_wrap_box_init (McWrapBox *self)
{
  self->spacing = 6;
  self->line_spacing = 6;
}

GtkWidget *
mc_wrap_box_new (int spacing, int line_spacing)
{
  return g_object_new (MC_TYPE_WRAP_BOX, "spacing", spacing, "line-spacing", line_spacing, NULL);
}

void
mc_wrap_box_append (McWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (MC_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
mc_wrap_box_remove (McWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (MC_IS_WRAP_BOX (self) && gtk_widget_get_parent (child) == GTK_WIDGET (self));

  gtk_widget_unparent (child);
}

void
mc_wrap_box_remove_all (McWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (MC_IS_WRAP_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
}
