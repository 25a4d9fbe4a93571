/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shows the pages of a document as they are printed, one under the other. */
#include "mc-document-view.h"

#include <glib/gi18n.h>

#define PAGE_WIDTH 760
#define GAP 16

struct _McDocumentView
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* child */
  GtkWidget *pages;    /* borrowed: in the scroller */
  McDocument *document;/* owned */
  int page_width;
};

G_DEFINE_FINAL_TYPE (McDocumentView, mc_document_view, GTK_TYPE_WIDGET)

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  McDocumentView *self = MC_DOCUMENT_VIEW (gtk_widget_get_ancestor (GTK_WIDGET (area), MC_TYPE_DOCUMENT_VIEW));
  double page_width, page_height;

  if (!self || !self->document || GPOINTER_TO_UINT (data) >= mc_document_get_n_pages (self->document))
    return;
  mc_document_get_page_size (&page_width, &page_height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / page_width, height / page_height);
  mc_document_draw_page (self->document, cr, GPOINTER_TO_UINT (data));
}

static void
fill (McDocumentView *self)
{
  double width, height;
  guint n = self->document ? mc_document_get_n_pages (self->document) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->pages)))
    gtk_box_remove (GTK_BOX (self->pages), child);
  mc_document_get_page_size (&width, &height);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *page = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, "halign", GTK_ALIGN_CENTER, NULL);
      g_autofree char *name = g_strdup_printf (_("Page %u of %u"), i + 1, n);

      gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (page), self->page_width);
      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (page), (int) (self->page_width * height / width));
      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (page), draw_page, GUINT_TO_POINTER (i), NULL);
      gtk_widget_add_css_class (page, "mc-paper");
      gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_box_append (GTK_BOX (self->pages), page);
    }
}

static void
mc_document_view_dispose (GObject *object)
{
  McDocumentView *self = MC_DOCUMENT_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->document, mc_document_free);
  G_OBJECT_CLASS (mc_document_view_parent_class)->dispose (object);
}

static void
mc_document_view_class_init (McDocumentViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_document_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_document_view_init (McDocumentView *self)
{
  self->page_width = PAGE_WIDTH;
  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP);
  gtk_widget_set_margin_top (self->pages, GAP);
  gtk_widget_set_margin_bottom (self->pages, GAP);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->pages);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
mc_document_view_new (void)
{
  return g_object_new (MC_TYPE_DOCUMENT_VIEW, NULL);
}

void
mc_document_view_take_document (McDocumentView *self, McDocument *document)
{
  g_clear_pointer (&self->document, mc_document_free);
  self->document = document;
  fill (self);
}

McDocument *
mc_document_view_get_document (McDocumentView *self)
{
  return self->document;
}

void
mc_document_view_set_page_width (McDocumentView *self, int width)
{
  self->page_width = width;
  fill (self);
}
