/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages as lists of what is drawn on them: made once, counted, then drawn to any cairo context. */
#include "mc-document-pages.h"

#define BOX_LINE_WIDTH 0.6
#define MARK_ANGLE (-G_PI / 5)
#define MARK_GREY 0.88

typedef enum
{
  SHAPE_LINE,
  SHAPE_RULE,
  SHAPE_BOX,
  SHAPE_MARK,
  SHAPE_IMAGE,
} ShapeKind;

typedef struct
{
  ShapeKind kind;
  PangoLayout *layout; /* owned; of LINE and MARK */
  McDocumentImage *image; /* owned; of IMAGE */
  guint line;
  double x, y, x2, y2; /* of BOX and IMAGE: width and height */
  double width;
} Shape;

struct _McDocumentPages
{
  GPtrArray *pages; /* of GArray of Shape */
};

static void
shape_clear (Shape *shape)
{
  g_clear_object (&shape->layout);
  g_clear_pointer (&shape->image, mc_document_image_unref);
}

McDocumentPages *
mc_document_pages_new (void)
{
  McDocumentPages *self = g_new0 (McDocumentPages, 1);

  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return self;
}

void
mc_document_pages_free (McDocumentPages *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->pages);
  g_free (self);
}

void
mc_document_pages_add_page (McDocumentPages *self)
{
  GArray *page = g_array_new (FALSE, TRUE, sizeof (Shape));

  g_array_set_clear_func (page, (GDestroyNotify) shape_clear);
  g_ptr_array_add (self->pages, page);
}

guint
mc_document_pages_get_n_pages (McDocumentPages *self)
{
  return self->pages->len;
}

static void
add (McDocumentPages *self, guint page, Shape shape)
{
  g_return_if_fail (page < self->pages->len);
  g_array_append_val ((GArray *) g_ptr_array_index (self->pages, page), shape);
}

void
mc_document_pages_add_line (McDocumentPages *self, guint page, PangoLayout *layout, guint line, double x, double baseline)
{
  add (self, page, (Shape) { .kind = SHAPE_LINE, .layout = g_object_ref (layout), .line = line, .x = x, .y = baseline });
}

void
mc_document_pages_add_rule (McDocumentPages *self, guint page, double x1, double y1, double x2, double y2, double width)
{
  add (self, page, (Shape) { .kind = SHAPE_RULE, .x = x1, .y = y1, .x2 = x2, .y2 = y2, .width = width });
}

void
mc_document_pages_add_box (McDocumentPages *self, guint page, double x, double y, double width, double height)
{
  add (self, page, (Shape) { .kind = SHAPE_BOX, .x = x, .y = y, .x2 = width, .y2 = height, .width = BOX_LINE_WIDTH });
}

void
mc_document_pages_add_image (McDocumentPages *self, guint page, McDocumentImage *image, double x, double y, double width, double height)
{
  add (self, page, (Shape) { .kind = SHAPE_IMAGE, .image = mc_document_image_ref (image), .x = x, .y = y, .x2 = width, .y2 = height });
}

void
mc_document_pages_add_mark (McDocumentPages *self, guint page, PangoLayout *layout)
{
  add (self, page, (Shape) { .kind = SHAPE_MARK, .layout = g_object_ref (layout) });
}

static void
draw_mark (const Shape *shape, cairo_t *cr)
{
  int width, height;

  pango_layout_get_size (shape->layout, &width, &height);
  cairo_save (cr);
  cairo_translate (cr, MC_PAGE_WIDTH / 2, MC_PAGE_HEIGHT / 2);
  cairo_rotate (cr, MARK_ANGLE);
  cairo_move_to (cr, -pango_units_to_double (width) / 2, -pango_units_to_double (height) / 2);
  cairo_set_source_rgb (cr, MARK_GREY, MARK_GREY, MARK_GREY);
  pango_cairo_show_layout (cr, shape->layout);
  cairo_restore (cr);
}

static void
draw_shape (const Shape *shape, cairo_t *cr)
{
  cairo_set_line_width (cr, shape->width);
  switch (shape->kind)
    {
    case SHAPE_LINE:
      cairo_move_to (cr, shape->x, shape->y);
      pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (shape->layout, (int) shape->line));
      break;
    case SHAPE_RULE:
      cairo_move_to (cr, shape->x, shape->y);
      cairo_line_to (cr, shape->x2, shape->y2);
      cairo_stroke (cr);
      break;
    case SHAPE_BOX:
      cairo_rectangle (cr, shape->x, shape->y, shape->x2, shape->y2);
      cairo_stroke (cr);
      break;
    case SHAPE_IMAGE:
      mc_document_image_draw (shape->image, cr, shape->x, shape->y, shape->x2, shape->y2);
      break;
    case SHAPE_MARK:
    default:
      break;
    }
}

void
mc_document_pages_draw (McDocumentPages *self, guint page, cairo_t *cr)
{
  GArray *shapes;

  g_return_if_fail (page < self->pages->len);

  shapes = g_ptr_array_index (self->pages, page);
  cairo_save (cr);
  for (guint i = 0; i < shapes->len; i++)
    if (g_array_index (shapes, Shape, i).kind == SHAPE_MARK)
      draw_mark (&g_array_index (shapes, Shape, i), cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < shapes->len; i++)
    draw_shape (&g_array_index (shapes, Shape, i), cr);
  cairo_restore (cr);
}
