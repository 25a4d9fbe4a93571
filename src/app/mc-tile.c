/* SPDX-License-Identifier: GPL-3.0-or-later
 * A card of the desk: what, how many, and what is nearest; pressing it opens the page. */
#include "mc-tile.h"

#include "widgets/mc-format.h"

struct _McTile
{
  GtkButton parent_instance;

  /* Template. */
  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *count_label;
  GtkLabel *unit_label;
  McStatus *caption;
};

G_DEFINE_FINAL_TYPE (McTile, mc_tile, GTK_TYPE_BUTTON)

enum
{
  PROP_0,
  PROP_TILE_ICON,
  PROP_TITLE,
  PROP_TONE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
mc_tile_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McTile *self = MC_TILE (object);

  switch (id)
    {
    case PROP_TILE_ICON: gtk_image_set_from_icon_name (self->image, g_value_get_string (value)); break;
    case PROP_TITLE: gtk_label_set_label (self->title_label, g_value_get_string (value)); break;
    case PROP_TONE: gtk_widget_add_css_class (GTK_WIDGET (self->image), g_value_get_string (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_TILE);

  G_OBJECT_CLASS (mc_tile_parent_class)->dispose (object);
}

static void
mc_tile_class_init (McTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags write = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = mc_tile_set_property;
  object_class->dispose = mc_tile_dispose;

  properties[PROP_TILE_ICON] = g_param_spec_string ("tile-icon", NULL, NULL, NULL, write);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, write);
  properties[PROP_TONE] = g_param_spec_string ("tone", NULL, NULL, NULL, write);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, McTile, image);
  gtk_widget_class_bind_template_child (widget_class, McTile, title_label);
  gtk_widget_class_bind_template_child (widget_class, McTile, count_label);
  gtk_widget_class_bind_template_child (widget_class, McTile, unit_label);
  gtk_widget_class_bind_template_child (widget_class, McTile, caption);
}

static void
mc_tile_init (McTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_tile_set (McTile *self, guint count, const char *unit, McStatusKind kind, const char *caption)
{
  g_autofree char *number = mc_format_count (count);
  g_autofree char *name = NULL;

  g_return_if_fail (MC_IS_TILE (self));

  name = g_strdup_printf ("%s, %s %s, %s", gtk_label_get_label (self->title_label), number, unit, caption);
  gtk_label_set_label (self->count_label, number);
  gtk_label_set_label (self->unit_label, unit);
  mc_status_set (self->caption, kind, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
