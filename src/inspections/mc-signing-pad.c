/* SPDX-License-Identifier: GPL-3.0-or-later
 * A place to sign on, by pen, finger or mouse. */
#include "mc-signing-pad.h"

#include <glib/gi18n.h>

#define INK_WIDTH 3.0
#define LINE_HEIGHT 0.78 /* of the pad's height, where one writes */
#define MARGIN 8.0
#define PNG_SCALE 2.0

typedef struct
{
  double x, y;
} Point;

struct _McSigningPad
{
  GtkDrawingArea parent_instance;

  GPtrArray *strokes; /* owned: of GArray of Point */
};

enum
{
  PROP_EMPTY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (McSigningPad, mc_signing_pad, GTK_TYPE_DRAWING_AREA)

static void
add_point (McSigningPad *self, double x, double y)
{
  GArray *stroke = g_ptr_array_index (self->strokes, self->strokes->len - 1);
  Point point = { x, y };

  g_array_append_val (stroke, point);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
begin_stroke (McSigningPad *self, double x, double y)
{
  g_ptr_array_add (self->strokes, g_array_new (FALSE, FALSE, sizeof (Point)));
  add_point (self, x, y);
  if (self->strokes->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

static void
draw_strokes (McSigningPad *self, cairo_t *cr)
{
  cairo_set_line_width (cr, INK_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->strokes->len; i++)
    {
      const GArray *stroke = g_ptr_array_index (self->strokes, i);
      const Point *first = &g_array_index (stroke, Point, 0);

      cairo_move_to (cr, first->x, first->y);
      for (guint p = 0; p < stroke->len; p++)
        cairo_line_to (cr, g_array_index (stroke, Point, p).x, g_array_index (stroke, Point, p).y);
      cairo_stroke (cr);
    }
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, MARGIN * 2, height * LINE_HEIGHT);
  cairo_line_to (cr, width - MARGIN * 2, height * LINE_HEIGHT);
  cairo_stroke (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_strokes (MC_SIGNING_PAD (area), cr);
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, McSigningPad *self)
{
  begin_stroke (self, x, y);
}

static void
drag_update_cb (GtkGestureDrag *drag, double offset_x, double offset_y, McSigningPad *self)
{
  double x, y;

  gtk_gesture_drag_get_start_point (drag, &x, &y);
  add_point (self, x + offset_x, y + offset_y);
}

static void
mc_signing_pad_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_EMPTY)
    g_value_set_boolean (value, mc_signing_pad_is_empty (MC_SIGNING_PAD (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
mc_signing_pad_finalize (GObject *object)
{
  g_ptr_array_unref (MC_SIGNING_PAD (object)->strokes);
  G_OBJECT_CLASS (mc_signing_pad_parent_class)->finalize (object);
}

static void
mc_signing_pad_class_init (McSigningPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_signing_pad_get_property;
  object_class->finalize = mc_signing_pad_finalize;
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mc_signing_pad_init (McSigningPad *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self), draw, NULL, NULL);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Place to sign"), -1);
}

GtkWidget *
mc_signing_pad_new (void)
{
  return g_object_new (MC_TYPE_SIGNING_PAD, NULL);
}

gboolean
mc_signing_pad_is_empty (McSigningPad *self)
{
  return self->strokes->len == 0;
}

void
mc_signing_pad_clear (McSigningPad *self)
{
  g_ptr_array_set_size (self->strokes, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

void
mc_signing_pad_add_stroke (McSigningPad *self, const double *points, guint n)
{
  for (guint i = 0; i < n; i++)
    if (i == 0)
      begin_stroke (self, points[0], points[1]);
    else
      add_point (self, points[2 * i], points[2 * i + 1]);
}

/* --- the picture ------------------------------------------------------------------------------------------ */

static void
find_extents (McSigningPad *self, double *x1, double *y1, double *x2, double *y2)
{
  *x1 = *y1 = G_MAXDOUBLE;
  *x2 = *y2 = -G_MAXDOUBLE;
  for (guint i = 0; i < self->strokes->len; i++)
    for (guint p = 0; p < ((GArray *) g_ptr_array_index (self->strokes, i))->len; p++)
      {
        const Point *point = &g_array_index ((GArray *) g_ptr_array_index (self->strokes, i), Point, p);

        *x1 = MIN (*x1, point->x);
        *y1 = MIN (*y1, point->y);
        *x2 = MAX (*x2, point->x);
        *y2 = MAX (*y2, point->y);
      }
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
mc_signing_pad_make_png (McSigningPad *self)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double x1, y1, x2, y2;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (mc_signing_pad_is_empty (self))
    return NULL;
  find_extents (self, &x1, &y1, &x2, &y2);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ((x2 - x1 + 2 * INK_WIDTH) * PNG_SCALE), (int) ((y2 - y1 + 2 * INK_WIDTH) * PNG_SCALE));
  cr = cairo_create (surface);
  cairo_scale (cr, PNG_SCALE, PNG_SCALE);
  cairo_translate (cr, INK_WIDTH - x1, INK_WIDTH - y1);
  draw_strokes (self, cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
