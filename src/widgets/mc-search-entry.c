/* SPDX-License-Identifier: GPL-3.0-or-later
 * A search entry: what is typed is told at once, and words for large text offer elder mode below it. */
#include "mc-search-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#define GAP 6
#define ELDER_WORDS "/org/mingcha/Mingcha/widgets/elder-words.txt"

struct _McSearchEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *elder_button;
  char *placeholder;
  guint fit_idle;
};

G_DEFINE_FINAL_TYPE (McSearchEntry, mc_search_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_PLACEHOLDER_TEXT,
  N_PROPS,
};

enum
{
  ACTIVATE,
  NEXT,
  CANCEL,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

gboolean
mc_search_is_elder_word (const char *text)
{
  static char **words;
  static gsize ready = 0;

  g_return_val_if_fail (text != NULL, FALSE);

  if (g_once_init_enter (&ready))
    {
      g_autoptr (GBytes) bytes = g_resources_lookup_data (ELDER_WORDS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      words = bytes ? g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1) : g_new0 (char *, 1);
      g_once_init_leave (&ready, 1);
    }
  for (guint i = 0; words[i]; i++)
    if (*words[i] && g_str_has_prefix (text, words[i]))
      return TRUE;
  return FALSE;
}

static void
changed_cb (McSearchEntry *self)
{
  gtk_widget_set_visible (self->elder_button, mc_search_is_elder_word (mc_search_entry_get_text (self)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
activate_cb (McSearchEntry *self)
{
  if (gtk_widget_get_visible (self->elder_button))
    gtk_widget_activate (self->elder_button);
  else
    g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
next_cb (McSearchEntry *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

/* GtkSearchEntry's own: Esc, when no composition is open. */
static void
stop_cb (McSearchEntry *self)
{
  if (*mc_search_entry_get_text (self))
    mc_search_entry_set_text (self, "");
  else
    g_signal_emit (self, signals[CANCEL], 0);
}

static gboolean
key_cb (McSearchEntry *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Down || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)))
    return FALSE;
  next_cb (self);
  return TRUE;
}

static void
elder_clicked_cb (McSearchEntry *self)
{
  mc_search_entry_set_text (self, "");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.elder", NULL);
}

/* A hint that does not fit gives way to a short one; the whole of it stays the accessible name. */
static void
fit_placeholder (McSearchEntry *self)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (text), self->placeholder);
  const char *wanted;
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  wanted = width <= gtk_widget_get_width (GTK_WIDGET (text)) ? self->placeholder : _("Search");
  if (g_strcmp0 (gtk_text_get_placeholder_text (text), wanted) != 0)
    gtk_text_set_placeholder_text (text, wanted);
}

static gboolean
fit_cb (gpointer data)
{
  McSearchEntry *self = data;

  self->fit_idle = 0;
  if (self->placeholder)
    fit_placeholder (self);
  return G_SOURCE_REMOVE;
}

static void
queue_fit (McSearchEntry *self)
{
  /* Before the next frame, but never from within an allocation. */
  if (self->fit_idle == 0)
    self->fit_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static GtkSizeRequestMode
mc_search_entry_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mc_search_entry_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McSearchEntry *self = MC_SEARCH_ENTRY (widget);
  int button_minimum, button_natural;

  gtk_widget_measure (self->entry, orientation, for_size, minimum, natural, NULL, NULL);
  if (!gtk_widget_should_layout (self->elder_button))
    return;
  gtk_widget_measure (self->elder_button, orientation, for_size, &button_minimum, &button_natural, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*minimum, button_minimum) : *minimum + GAP + button_minimum;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*natural, button_natural) : *natural + GAP + button_natural;
}

static void
mc_search_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McSearchEntry *self = MC_SEARCH_ENTRY (widget);
  int button_height = 0;

  if (gtk_widget_should_layout (self->elder_button))
    {
      gtk_widget_measure (self->elder_button, GTK_ORIENTATION_VERTICAL, width, NULL, &button_height, NULL, NULL);
      gtk_widget_size_allocate (self->elder_button, &(GtkAllocation){ 0, height - button_height, width, button_height }, -1);
      button_height += GAP;
    }
  gtk_widget_size_allocate (self->entry, &(GtkAllocation){ 0, 0, width, MAX (height - button_height, 1) }, -1);
  queue_fit (self);
}

static gboolean
mc_search_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MC_SEARCH_ENTRY (widget)->entry);
}

static void
set_placeholder (McSearchEntry *self, const char *text)
{
  GtkWidget *delegate = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));

  g_free (self->placeholder);
  self->placeholder = g_strdup (text);
  gtk_text_set_placeholder_text (GTK_TEXT (delegate), text);
  queue_fit (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : _("Search"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL, text ? text : _("Search"), -1);
}

static void
mc_search_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McSearchEntry *self = MC_SEARCH_ENTRY (object);

  switch (id)
    {
    case PROP_TEXT: g_value_set_string (value, mc_search_entry_get_text (self)); break;
    case PROP_PLACEHOLDER_TEXT: g_value_set_string (value, self->placeholder); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_search_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  McSearchEntry *self = MC_SEARCH_ENTRY (object);

  switch (id)
    {
    case PROP_TEXT: mc_search_entry_set_text (self, g_value_get_string (value)); break;
    case PROP_PLACEHOLDER_TEXT: set_placeholder (self, g_value_get_string (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_search_entry_dispose (GObject *object)
{
  McSearchEntry *self = MC_SEARCH_ENTRY (object);

  g_clear_handle_id (&self->fit_idle, g_source_remove);
  if (self->entry)
    g_signal_handlers_disconnect_by_data (self->entry, self);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->elder_button, gtk_widget_unparent);
  g_clear_pointer (&self->placeholder, g_free);

  G_OBJECT_CLASS (mc_search_entry_parent_class)->dispose (object);
}

static void
mc_search_entry_class_init (McSearchEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mc_search_entry_get_property;
  object_class->set_property = mc_search_entry_set_property;
  object_class->dispose = mc_search_entry_dispose;
  widget_class->get_request_mode = mc_search_entry_get_request_mode;
  widget_class->measure = mc_search_entry_measure;
  widget_class->size_allocate = mc_search_entry_size_allocate;
  widget_class->grab_focus = mc_search_entry_grab_focus;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", both);
  properties[PROP_PLACEHOLDER_TEXT] = g_param_spec_string ("placeholder-text", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACTIVATE] = g_signal_new ("activate", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT] = g_signal_new ("next", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

}

static GtkWidget *
elder_button_new (McSearchEntry *self)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = gtk_label_new (_("Elder mode on or off: large text, large buttons"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("preferences-desktop-accessibility-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (elder_clicked_cb), self);
  return button;
}

static void
mc_search_entry_init (McSearchEntry *self)
{
  GtkEditable *delegate;
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  self->elder_button = elder_button_new (self);
  delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  gtk_text_set_input_hints (GTK_TEXT (delegate), GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_parent (self->elder_button, GTK_WIDGET (self));

  /* "changed", not "search-changed": that one waits. */
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (next_cb), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (stop_cb), self);
  /* In the bubble phase the input method has had the key already. */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

const char *
mc_search_entry_get_text (McSearchEntry *self)
{
  g_return_val_if_fail (MC_IS_SEARCH_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
mc_search_entry_set_text (McSearchEntry *self, const char *text)
{
  g_return_if_fail (MC_IS_SEARCH_ENTRY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text ? text : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}
