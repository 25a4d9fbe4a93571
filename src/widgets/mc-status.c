/* SPDX-License-Identifier: GPL-3.0-or-later
 * A state as icon and word: the colour is only the third cue. */
#include "mc-status.h"

struct _McStatus
{
  GtkWidget parent_instance;

  GtkWidget *image;
  GtkWidget *label;
  McStatusKind kind;
};

G_DEFINE_FINAL_TYPE (McStatus, mc_status, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_TEXT,
  PROP_WRAP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

typedef struct
{
  const char *icon_name;
  const char *css_class;
} Look;

static const Look looks[] = {
  [MC_STATUS_PLAIN] = { NULL, NULL },
  [MC_STATUS_OK] = { "object-select-symbolic", "mc-ok" },
  [MC_STATUS_WARNING] = { "dialog-warning-symbolic", "mc-warning" },
  [MC_STATUS_ERROR] = { "dialog-error-symbolic", "mc-error" },
  [MC_STATUS_UNKNOWN] = { "dialog-question-symbolic", "mc-dim" },
  [MC_STATUS_SOON] = { "appointment-soon-symbolic", "mc-warning" },
  [MC_STATUS_LATER] = { "x-office-calendar-symbolic", "mc-link" },
  [MC_STATUS_NOT_APPLICABLE] = { "action-unavailable-symbolic", "mc-dim" },
  [MC_STATUS_LOCKED] = { "changes-prevent-symbolic", NULL },
  [MC_STATUS_BUSY] = { "emblem-synchronizing-symbolic", "mc-dim" },
};

GType
mc_status_kind_get_type (void)
{
  static const GEnumValue values[] = {
    { MC_STATUS_PLAIN, "MC_STATUS_PLAIN", "plain" },
    { MC_STATUS_OK, "MC_STATUS_OK", "ok" },
    { MC_STATUS_WARNING, "MC_STATUS_WARNING", "warning" },
    { MC_STATUS_ERROR, "MC_STATUS_ERROR", "error" },
    { MC_STATUS_UNKNOWN, "MC_STATUS_UNKNOWN", "unknown" },
    { MC_STATUS_SOON, "MC_STATUS_SOON", "soon" },
    { MC_STATUS_LATER, "MC_STATUS_LATER", "later" },
    { MC_STATUS_NOT_APPLICABLE, "MC_STATUS_NOT_APPLICABLE", "not-applicable" },
    { MC_STATUS_LOCKED, "MC_STATUS_LOCKED", "locked" },
    { MC_STATUS_BUSY, "MC_STATUS_BUSY", "busy" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("McStatusKind", values));
  return (GType) type;
}

const char *
mc_status_kind_icon_name (McStatusKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (looks), NULL);

  return looks[kind].icon_name;
}

const char *
mc_status_kind_css_class (McStatusKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (looks), NULL);

  return looks[kind].css_class;
}

static void
set_kind (McStatus *self, McStatusKind kind)
{
  if (self->kind == kind)
    return;
  if (looks[self->kind].css_class)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[self->kind].css_class);
  if (looks[kind].css_class)
    gtk_widget_add_css_class (GTK_WIDGET (self), looks[kind].css_class);
  self->kind = kind;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->image), looks[kind].icon_name);
  gtk_widget_set_visible (self->image, looks[kind].icon_name != NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

static void
set_text (McStatus *self, const char *text)
{
  if (g_strcmp0 (text ? text : "", gtk_label_get_label (GTK_LABEL (self->label))) == 0)
    return;
  gtk_label_set_label (GTK_LABEL (self->label), text ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
mc_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McStatus *self = MC_STATUS (object);

  switch (id)
    {
    case PROP_KIND: g_value_set_enum (value, self->kind); break;
    case PROP_TEXT: g_value_set_string (value, mc_status_get_text (self)); break;
    case PROP_WRAP: g_value_set_boolean (value, gtk_label_get_wrap (GTK_LABEL (self->label))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_status_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McStatus *self = MC_STATUS (object);

  switch (id)
    {
    case PROP_KIND: set_kind (self, (McStatusKind) g_value_get_enum (value)); break;
    case PROP_TEXT: set_text (self, g_value_get_string (value)); break;
    case PROP_WRAP:
      gtk_label_set_wrap (GTK_LABEL (self->label), g_value_get_boolean (value));
      gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
      break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_status_dispose (GObject *object)
{
  McStatus *self = MC_STATUS (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_status_parent_class)->dispose (object);
}

static void
mc_status_class_init (McStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_status_get_property;
  object_class->set_property = mc_status_set_property;
  object_class->dispose = mc_status_dispose;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, MC_TYPE_STATUS_KIND, MC_STATUS_PLAIN, both);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", both);
  properties[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, FALSE, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mcstatus");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mc_status_init (McStatus *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 4);
  self->image = g_object_new (GTK_TYPE_IMAGE, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "hexpand", TRUE, NULL);
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
mc_status_new (McStatusKind kind, const char *text)
{
  return g_object_new (MC_TYPE_STATUS, "kind", kind, "text", text, NULL);
}

void
mc_status_set (McStatus *self, McStatusKind kind, const char *text)
{
  g_return_if_fail (MC_IS_STATUS (self) && (guint) kind < G_N_ELEMENTS (looks));

  set_kind (self, kind);
  set_text (self, text);
}

const char *
mc_status_get_text (McStatus *self)
{
  g_return_val_if_fail (MC_IS_STATUS (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->label));
}
