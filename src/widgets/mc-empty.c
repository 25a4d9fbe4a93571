/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands where there is nothing yet, or nothing can be shown: icon, title, what to do first, and the buttons for it. */
#include "mc-empty.h"

#include <adwaita.h>

#include "mc-pane.h"
#include "mc-wrap-box.h"

struct _McEmpty
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  AdwClamp *clamp;
  GtkWidget *image;
  GtkWidget *description_label;
  GtkWidget *detail_label;
  McWrapBox *buttons;

  /* Owned. */
  char *icon_name;
  char *title;
  char *description;
  char *detail;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McEmpty, mc_empty, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

enum
{
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_DETAIL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static char **
text_of (McEmpty *self, guint id)
{
  switch (id)
    {
    case PROP_ICON_NAME: return &self->icon_name;
    case PROP_TITLE: return &self->title;
    case PROP_DESCRIPTION: return &self->description;
    case PROP_DETAIL: return &self->detail;
    default: g_assert_not_reached ();
    }
}

static void
set_text (McEmpty *self, guint id, const char *text)
{
  char **stored = text_of (self, id);

  if (g_strcmp0 (*stored, text) == 0)
    return;
  g_free (*stored);
  *stored = g_strdup (text);
  gtk_widget_set_visible (self->image, self->icon_name != NULL);
  gtk_widget_set_visible (self->description_label, self->description && *self->description);
  gtk_widget_set_visible (self->detail_label, self->detail && *self->detail);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
mc_empty_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, *text_of (MC_EMPTY (object), id));
}

static void
mc_empty_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_text (MC_EMPTY (object), id, g_value_get_string (value));
}

static void
mc_empty_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_empty_parent_class)->css_changed (widget, change);
  /* Lines of the same number of characters, however large they are. */
  adw_clamp_set_maximum_size (MC_EMPTY (widget)->clamp, (int) (40 * mc_widget_get_em (widget)));
}

static void
mc_empty_dispose (GObject *object)
{
  g_clear_pointer (&MC_EMPTY (object)->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_EMPTY);

  G_OBJECT_CLASS (mc_empty_parent_class)->dispose (object);
}

static void
mc_empty_finalize (GObject *object)
{
  McEmpty *self = MC_EMPTY (object);

  g_free (self->icon_name);
  g_free (self->title);
  g_free (self->description);
  g_free (self->detail);

  G_OBJECT_CLASS (mc_empty_parent_class)->finalize (object);
}

static void
mc_empty_class_init (McEmptyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_empty_get_property;
  object_class->set_property = mc_empty_set_property;
  object_class->dispose = mc_empty_dispose;
  object_class->finalize = mc_empty_finalize;
  widget_class->css_changed = mc_empty_css_changed;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, both);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, both);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, both);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (MC_TYPE_WRAP_BOX);
  g_type_ensure (ADW_TYPE_CLAMP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-empty.ui");
  gtk_widget_class_bind_template_child (widget_class, McEmpty, body);
  gtk_widget_class_bind_template_child (widget_class, McEmpty, clamp);
  gtk_widget_class_bind_template_child (widget_class, McEmpty, image);
  gtk_widget_class_bind_template_child (widget_class, McEmpty, description_label);
  gtk_widget_class_bind_template_child (widget_class, McEmpty, detail_label);
  gtk_widget_class_bind_template_child (widget_class, McEmpty, buttons);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_empty_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  McEmpty *self = MC_EMPTY (buildable);

  /* The template's own child comes first, before there is anything to put a button into. */
  if (self->buttons && GTK_IS_WIDGET (child))
    mc_empty_add_button (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = mc_empty_add_child;
}

static void
mc_empty_init (McEmpty *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_empty_new (const char *icon_name, const char *title, const char *description)
{
  return g_object_new (MC_TYPE_EMPTY, "icon-name", icon_name, "title", title, "description", description, NULL);
}

void
mc_empty_set (McEmpty *self, const char *icon_name, const char *title, const char *description, const char *detail)
{
  g_return_if_fail (MC_IS_EMPTY (self));

  set_text (self, PROP_ICON_NAME, icon_name);
  set_text (self, PROP_TITLE, title);
  set_text (self, PROP_DESCRIPTION, description);
  set_text (self, PROP_DETAIL, detail);
}

void
mc_empty_add_button (McEmpty *self, GtkWidget *button)
{
  g_return_if_fail (MC_IS_EMPTY (self) && GTK_IS_WIDGET (button));

  mc_wrap_box_append (self->buttons, button);
}
