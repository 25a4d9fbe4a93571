/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks for the item that a photo belongs to: type part of its number or text, Enter takes the first. */
#include "mc-photo-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/mc-answer-buttons.h"

typedef struct
{
  GtkWidget *widget, *popover;
  GtkListBox *list;
  GtkEditable *entry;
  McStandard *standard;
  McPhotoChosen chosen;
  gpointer data;
  guint n_items;
  const McItem *items;
} Chooser;

/* Row 0 is "not sorted", the others are the items. */
static const McItem *
item_of_row (Chooser *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);

  return index > 0 && (guint) index <= self->n_items ? &self->items[index - 1] : NULL;
}

static gboolean
filter_func (GtkListBoxRow *row, gpointer data)
{
  Chooser *self = data;
  const McItem *item = item_of_row (self, row);
  const char *typed = gtk_editable_get_text (self->entry);
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;

  if (!*typed)
    return TRUE;
  if (!item)
    return FALSE;
  text = g_strdup_printf ("%s %s", item->code, item->text);
  wanted = g_utf8_casefold (typed, -1);
  g_strstrip (wanted);
  {
    g_autofree char *folded = g_utf8_casefold (text, -1);

    return strstr (folded, wanted) != NULL;
  }
}

static void
take (Chooser *self, GtkListBoxRow *row)
{
  const McItem *item = item_of_row (self, row);
  g_autoptr (GtkWidget) widget = g_object_ref (self->widget);
  McPhotoChosen chosen = self->chosen;
  gpointer data = self->data;
  g_autofree char *code = g_strdup (item ? item->code : NULL);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  chosen (widget, code, data);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Chooser *self)
{
  take (self, row);
}

static void
search_changed_cb (Chooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
entry_activated_cb (Chooser *self)
{
  gtk_list_box_invalidate_filter (self->list);
  for (guint i = 0; i <= self->n_items; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (filter_func (row, self))
        {
          take (self, row);
          return;
        }
    }
}

static void
stop_cb (Chooser *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* A key that nothing here wanted must not answer the item behind. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, gpointer data)
{
  return mc_answer_key_index (keyval, state) >= 0 || keyval == GDK_KEY_F2;
}

/* Once: when it was closed, or when what it hangs on goes. */
static void
unparent (GtkWidget *popover)
{
  if (gtk_widget_get_parent (popover))
    gtk_widget_unparent (popover);
}

static gboolean
unparent_idle_cb (gpointer data)
{
  unparent (data);
  return G_SOURCE_REMOVE;
}

/* Not in the signal itself: the popover is still at work. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_idle_cb, g_object_ref (popover), g_object_unref);
}

static void
chooser_free (gpointer data)
{
  Chooser *self = data;

  mc_standard_unref (self->standard);
  g_free (self);
}

static void
add_row (Chooser *self, const char *text, gboolean current)
{
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (current)
    gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->list, row);
}

static void
add_rows (Chooser *self, McPhotoBook *book, const char *current)
{
  g_autofree char *none = mc_photo_book_describe_item (book, NULL);

  add_row (self, none, current == NULL);
  for (guint i = 0; i < self->n_items; i++)
    {
      g_autofree char *text = mc_photo_book_describe_item (book, self->items[i].code);

      add_row (self, text, g_strcmp0 (current, self->items[i].code) == 0);
    }
}

static GtkWidget *
make_content (Chooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *entry = gtk_search_entry_new (), *list = gtk_list_box_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->entry = GTK_EDITABLE (entry);
  self->list = GTK_LIST_BOX (list);
  g_object_set (entry, "placeholder-text", _("Number or text of the item"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Number or text of the item"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Items"), -1);
  gtk_list_box_set_filter_func (self->list, filter_func, self, NULL);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), scroller);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (entry_activated_cb), self);
  g_signal_connect_swapped (entry, "stop-search", G_CALLBACK (stop_cb), self);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  return box;
}

/* The popover owns what it needs through a closure, which goes with it. */
static void
owner_cb (GtkWidget *popover, gpointer data)
{
}

void
mc_photo_chooser_popup (GtkWidget *widget, GtkWidget *anchor, McPhotoBook *book, const char *current, McPhotoChosen chosen, gpointer data)
{
  Chooser *self = g_new0 (Chooser, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->widget = widget;
  self->popover = gtk_popover_new ();
  self->standard = mc_standard_ref (mc_photo_book_get_standard (book));
  self->items = mc_standard_get_items (self->standard, &self->n_items);
  self->chosen = chosen;
  self->data = data;
  gtk_popover_set_child (GTK_POPOVER (self->popover), make_content (self));
  add_rows (self, book, current);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  gtk_widget_add_controller (self->popover, keys);
  gtk_widget_set_parent (self->popover, anchor);
  g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (anchor, "destroy", G_CALLBACK (unparent), self->popover, G_CONNECT_SWAPPED);
  g_signal_connect_data (self->popover, "destroy", G_CALLBACK (owner_cb), self, (GClosureNotify) (void (*) (void)) chooser_free, 0);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
