/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page's row in the sidebar, with the number of things that wait there. */
#include "mc-page-row.h"

#include <glib/gi18n.h>

struct _McPageRow
{
  GtkListBoxRow parent_instance;

  /* Template. */
  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *badge_label;

  const McPageInfo *info; /* static */
};

G_DEFINE_FINAL_TYPE (McPageRow, mc_page_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_badge (McPageRow *self, guint badge)
{
  g_autofree char *number = g_strdup_printf ("%u", badge);
  g_autofree char *name = badge == 0 ? g_strdup (_(self->info->title))
                                     : g_strdup_printf (ngettext ("%s, %u waiting", "%s, %u waiting", badge), _(self->info->title), badge);

  gtk_label_set_label (self->badge_label, number);
  gtk_widget_set_visible (GTK_WIDGET (self->badge_label), badge > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
badge_cb (McPageRow *self, GParamSpec *pspec, McPage *page)
{
  update_badge (self, mc_page_get_badge (page));
}

static void
mc_page_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_PAGE_ROW);

  G_OBJECT_CLASS (mc_page_row_parent_class)->dispose (object);
}

static void
mc_page_row_class_init (McPageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_page_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-page-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McPageRow, image);
  gtk_widget_class_bind_template_child (widget_class, McPageRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, McPageRow, badge_label);
}

static void
mc_page_row_init (McPageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_page_row_new (const McPageInfo *info, guint index)
{
  McPageRow *self = g_object_new (MC_TYPE_PAGE_ROW, NULL);

  self->info = info;
  gtk_image_set_from_icon_name (self->image, info->icon_name);
  gtk_label_set_label (self->title_label, _(info->title));
  if (index < 9)
    {
      g_autofree char *tooltip = g_strdup_printf (_("%s (Alt+%u)"), _(info->title), index + 1);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
    }
  update_badge (self, 0);
  return GTK_WIDGET (self);
}

const McPageInfo *
mc_page_row_get_info (McPageRow *self)
{
  g_return_val_if_fail (MC_IS_PAGE_ROW (self), NULL);

  return self->info;
}

void
mc_page_row_follow (McPageRow *self, McPage *page)
{
  g_return_if_fail (MC_IS_PAGE_ROW (self) && MC_IS_PAGE (page));

  g_signal_connect_object (page, "notify::badge", G_CALLBACK (badge_cb), self, G_CONNECT_SWAPPED);
  update_badge (self, mc_page_get_badge (page));
}
