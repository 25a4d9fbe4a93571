/* SPDX-License-Identifier: GPL-3.0-or-later
 * A dialog of our own over a window: heading, body, and the keys that leave it. */
#include "mc-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-pane.h"

/* Of a list in a dialog: what is left of 1024×768 beside heading and buttons in the largest text. */
#define WIDTH_EMS 26
#define MOST_WIDTH 900
#define MOST_HEIGHT 420

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-3");
  return label;
}

static void
add_escape (GtkWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

GtkWindow *
mc_dialog_new (GtkWidget *widget, const char *heading, GtkWidget *body)
{
  GtkWindow *self = GTK_WINDOW (gtk_window_new ());
  GtkWidget *handle = gtk_window_handle_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14), *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_widget_add_css_class (box, "mc-dialog");
  gtk_box_append (GTK_BOX (box), heading_new (heading));
  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (box), body);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), box);
  gtk_widget_set_visible (bar, FALSE);
  gtk_window_set_titlebar (self, bar);
  gtk_window_set_child (self, handle);
  gtk_window_set_title (self, heading);
  gtk_window_set_modal (self, TRUE);
  gtk_window_set_destroy_with_parent (self, TRUE);
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (self, GTK_WINDOW (root));
      if (gtk_widget_has_css_class (GTK_WIDGET (root), "elder"))
        gtk_widget_add_css_class (GTK_WIDGET (self), "elder");
    }
  add_escape (self);
  return self;
}

GtkWidget *
mc_dialog_scroller_new (GtkWidget *widget, GtkWidget *list)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MOST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_size_request (scrolled, MIN ((int) (WIDTH_EMS * mc_widget_get_em (widget)), MOST_WIDTH), -1);
  return scrolled;
}

GtkWidget *
mc_dialog_add_buttons (GtkBox *body, const char *label)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel")), *confirm = gtk_button_new_with_label (label);

  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (cancel, "mc-main");
  gtk_widget_add_css_class (confirm, "mc-main");
  gtk_widget_add_css_class (confirm, "suggested-action");
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), confirm);
  gtk_box_append (body, buttons);
  return confirm;
}

/* libadwaita's buttons with an icon have none. */
static void
name_buttons (GtkWidget *widget, const char *name)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip && *tooltip ? tooltip : name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_buttons (child, name);
}

GtkWidget *
mc_dialog_password_row_new (const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_PIN);
  name_buttons (row, _("Show or hide what is typed"));
  return row;
}

GtkWidget *
mc_dialog_message_new (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "xalign", 0.0, "visible", FALSE, "max-width-chars", 30, NULL);

  return label;
}

/* The window takes the height that it would have begun with: what was there before is not squeezed. */
static void
make_room (GtkWidget *message)
{
  GtkRoot *root = gtk_widget_get_root (message);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_default_size (GTK_WINDOW (root), -1, -1);
}

void
mc_dialog_message_set (GtkWidget *message, const char *text, gboolean wrong)
{
  g_return_if_fail (GTK_IS_LABEL (message));

  gtk_label_set_label (GTK_LABEL (message), text ? text : "");
  gtk_widget_set_visible (message, text && *text);
  make_room (message);
  if (wrong)
    gtk_widget_add_css_class (message, "mc-error");
  else
    gtk_widget_remove_css_class (message, "mc-error");
}
