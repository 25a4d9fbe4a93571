/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bar that shows how much of a whole is done, with marks; its value is also its text for those who do not see it. */
#include "mc-bullet-bar.h"

#define THICKNESS 6
#define MARK_HEIGHT 12

typedef struct
{
  double value;
  gboolean thick;
} Mark;

struct _McBulletBar
{
  GtkWidget parent_instance;

  double value;
  double maximum;
  gboolean complete_ok;
  char *text;
  GArray *marks; /* of Mark */
};

G_DEFINE_FINAL_TYPE (McBulletBar, mc_bullet_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_MAXIMUM,
  PROP_COMPLETE_OK,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
update (McBulletBar *self)
{
  gboolean complete = self->complete_ok && self->value >= self->maximum;

  if (complete)
    gtk_widget_add_css_class (GTK_WIDGET (self), "complete");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "complete");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->maximum,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->value,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, self->text ? self->text : "",
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->text ? self->text : "",
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
fraction (McBulletBar *self, double value)
{
  return CLAMP (value / self->maximum, 0.0, 1.0);
}

static void
snapshot_rounded (GtkSnapshot *snapshot, double x, double y, double width, double height, const GdkRGBA *colour)
{
  GskRoundedRect outline;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) (height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
mc_bullet_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  McBulletBar *self = MC_BULLET_BAR (widget);
  double width = gtk_widget_get_width (widget), y = (gtk_widget_get_height (widget) - THICKNESS) / 2.0;
  double done = width * fraction (self, self->value);
  GdkRGBA bar, trough, mark;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &bar);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "mc_trough_color", &trough))
    trough = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 0.3f };
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "window_fg_color", &mark))
    mark = bar;
  snapshot_rounded (snapshot, 0, y, width, THICKNESS, &trough);
  if (done > 0)
    snapshot_rounded (snapshot, 0, y, MAX (done, THICKNESS), THICKNESS, &bar);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *at = &g_array_index (self->marks, Mark, i);
      float thickness = at->thick ? 3 : 1;
      float x = (float) (width * fraction (self, at->value)) - thickness / 2;

      gtk_snapshot_append_color (snapshot, &mark, &GRAPHENE_RECT_INIT (x, (float) y - (MARK_HEIGHT - THICKNESS) / 2.0f, thickness, MARK_HEIGHT));
    }
}

static void
mc_bullet_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 24 : MC_BULLET_BAR (widget)->marks->len > 0 ? MARK_HEIGHT : THICKNESS;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : *minimum;
}

static void
mc_bullet_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McBulletBar *self = MC_BULLET_BAR (object);

  switch (id)
    {
    case PROP_VALUE: g_value_set_double (value, self->value); break;
    case PROP_MAXIMUM: g_value_set_double (value, self->maximum); break;
    case PROP_COMPLETE_OK: g_value_set_boolean (value, self->complete_ok); break;
    case PROP_TEXT: g_value_set_string (value, self->text); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_bullet_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McBulletBar *self = MC_BULLET_BAR (object);

  switch (id)
    {
    case PROP_VALUE: self->value = g_value_get_double (value); break;
    case PROP_MAXIMUM: self->maximum = g_value_get_double (value); break;
    case PROP_COMPLETE_OK: self->complete_ok = g_value_get_boolean (value); break;
    case PROP_TEXT:
      g_free (self->text);
      self->text = g_value_dup_string (value);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  update (self);
}

static void
mc_bullet_bar_finalize (GObject *object)
{
  McBulletBar *self = MC_BULLET_BAR (object);

  g_free (self->text);
  g_array_unref (self->marks);

  G_OBJECT_CLASS (mc_bullet_bar_parent_class)->finalize (object);
}

static void
mc_bullet_bar_class_init (McBulletBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_bullet_bar_get_property;
  object_class->set_property = mc_bullet_bar_set_property;
  object_class->finalize = mc_bullet_bar_finalize;
  widget_class->measure = mc_bullet_bar_measure;
  widget_class->snapshot = mc_bullet_bar_snapshot;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, 0, G_MAXDOUBLE, 0, both);
  properties[PROP_MAXIMUM] = g_param_spec_double ("maximum", NULL, NULL, 1e-9, G_MAXDOUBLE, 1, both);
  properties[PROP_COMPLETE_OK] = g_param_spec_boolean ("complete-ok", NULL, NULL, TRUE, both);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "mcbulletbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
mc_bullet_bar_init (McBulletBar *self)
{
  self->maximum = 1;
  self->complete_ok = TRUE;
  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
mc_bullet_bar_new (void)
{
  return g_object_new (MC_TYPE_BULLET_BAR, NULL);
}

void
mc_bullet_bar_set (McBulletBar *self, double value, double maximum, const char *text)
{
  g_return_if_fail (MC_IS_BULLET_BAR (self));

  g_object_set (self, "maximum", MAX (maximum, 1e-9), "value", MAX (value, 0), "text", text, NULL);
}

void
mc_bullet_bar_add_mark (McBulletBar *self, double value, gboolean thick)
{
  Mark mark = { value, thick };

  g_return_if_fail (MC_IS_BULLET_BAR (self));

  g_array_append_val (self->marks, mark);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
mc_bullet_bar_clear_marks (McBulletBar *self)
{
  g_return_if_fail (MC_IS_BULLET_BAR (self));

  g_array_set_size (self->marks, 0);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
