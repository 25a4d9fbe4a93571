/* SPDX-License-Identifier: GPL-3.0-or-later
 * A search entry: what is typed is told at once, and words for large text offer elder mode below it. */
#include "mc-search-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#define ELDER_WORDS "/org/mingcha/Mingcha/widgets/elder-words.txt"

struct _McSearchEntry
{
  GtkWidget parent_instance;

  GtkWidget *entry;
  GtkWidget *elder_button;
  char *placeholder;
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
  widget_class->grab_focus = mc_search_entry_grab_focus;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", both);
  properties[PROP_PLACEHOLDER_TEXT] = g_param_spec_string ("placeholder-text", NULL, NULL, NULL, both);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACTIVATE] = g_signal_new ("activate", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEXT] = g_signal_new ("next", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", MC_TYPE_SEARCH_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
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

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
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
