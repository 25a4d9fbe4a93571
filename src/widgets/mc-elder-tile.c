/* SPDX-License-Identifier: GPL-3.0-or-later
 * A large tile of the elder home: a picture, what it is, and how it stands in plain words. */
#include "mc-elder-tile.h"

struct _McElderTile
{
  GtkButton parent_instance;

  /* Template. */
  GtkImage *image;
  GtkLabel *title_label;
  McStatus *status;
};

G_DEFINE_FINAL_TYPE (McElderTile, mc_elder_tile, GTK_TYPE_BUTTON)

static void
mc_elder_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_ELDER_TILE);

  G_OBJECT_CLASS (mc_elder_tile_parent_class)->dispose (object);
}

static void
mc_elder_tile_class_init (McElderTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_elder_tile_dispose;
  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-elder-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, McElderTile, image);
  gtk_widget_class_bind_template_child (widget_class, McElderTile, title_label);
  gtk_widget_class_bind_template_child (widget_class, McElderTile, status);
}

static void
mc_elder_tile_init (McElderTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_elder_tile_new (const char *icon_name, const char *title)
{
  McElderTile *self = g_object_new (MC_TYPE_ELDER_TILE, NULL);

  gtk_image_set_from_icon_name (self->image, icon_name);
  gtk_label_set_label (self->title_label, title);
  mc_elder_tile_set (self, MC_STATUS_PLAIN, "", FALSE);
  return GTK_WIDGET (self);
}

void
mc_elder_tile_set (McElderTile *self, McStatusKind kind, const char *words, gboolean urgent)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MC_IS_ELDER_TILE (self) && words != NULL);

  name = g_strdup_printf ("%s, %s", gtk_label_get_label (self->title_label), words);
  mc_status_set (self->status, kind, words);
  if (urgent)
    gtk_widget_add_css_class (GTK_WIDGET (self), "urgent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "urgent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
