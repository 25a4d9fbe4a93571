/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window that lists the keys. */
#include "mc-shortcuts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-page-table.h"

typedef struct
{
  const char *title; /* msgid */
  const char *accelerator;
} Shortcut;

static const Shortcut everywhere[] = {
  { N_("Search"), "<Control>f" },
  { N_("New check"), "<Control>n" },
  { N_("Elder mode on and off"), "<Control><Alt>e" },
  { N_("Next part of the page"), "F6" },
  { N_("List of pages"), "F9" },
  { N_("Back"), "<Alt>Left" },
  { N_("Undo what was just said at the foot of the window"), "<Control>z" },
  { N_("Preferences"), "<Control>comma" },
  { N_("Keyboard shortcuts"), "<Control>question F1" },
};

static const Shortcut register_list[] = {
  { N_("From the search to the list"), "Down" },
  { N_("Open the chosen record"), "Return" },
  { N_("Close the record"), "Escape" },
};

static const Shortcut checklist[] = {
  { N_("Conform, and on to the next item"), "1" },
  { N_("Nonconform, and write down what was found"), "2" },
  { N_("Not applicable, and on to the next item"), "3" },
  { N_("Previous and next item"), "Up Down" },
  { N_("Write a note"), "F2" },
  { N_("From the note to the next item"), "<Control>Return" },
  { N_("In the note: stock phrases"), "<Control>k" },
  { N_("Mark the unanswered items of the section as conform"), "<Control>1" },
  { N_("Paste a copied photo into the item"), "<Control>v" },
  { N_("On a photo: choose its item"), "<Control>Return" },
  { N_("On a photo: take it out of the check"), "Delete" },
};

static GtkWidget *
row_new (const char *title, const char *accelerator)
{
  GtkWidget *row = adw_action_row_new (), *keys = gtk_shortcut_label_new (accelerator);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  return row;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (page, group);
  return group;
}

static void
add_shortcuts (AdwPreferencesPage *page, const char *title, const char *description, const Shortcut *shortcuts, guint n)
{
  AdwPreferencesGroup *group = add_group (page, title, description);

  for (guint i = 0; i < n; i++)
    adw_preferences_group_add (group, row_new (_(shortcuts[i].title), shortcuts[i].accelerator));
}

static void
add_pages (AdwPreferencesPage *page)
{
  AdwPreferencesGroup *group = add_group (page, _("Pages"), NULL);
  guint n;
  const McPageInfo *table = mc_page_table (&n);

  for (guint i = 0; i < MIN (n, 9); i++)
    {
      g_autofree char *accelerator = g_strdup_printf ("<Alt>%u", i + 1);

      adw_preferences_group_add (group, row_new (_(table[i].title), accelerator));
    }
}

static GtkWidget *
content_new (void)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());

  add_pages (page);
  add_shortcuts (page, _("Everywhere"), NULL, everywhere, G_N_ELEMENTS (everywhere));
  add_shortcuts (page, _("Registers"), NULL, register_list, G_N_ELEMENTS (register_list));
  add_shortcuts (page, _("Checklist"), _("When an item has the focus"), checklist, G_N_ELEMENTS (checklist));
  return GTK_WIDGET (page);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

void
mc_shortcuts_show (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = content_new ();
  GtkEventController *controller = gtk_shortcut_controller_new ();
  int width, height;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  gtk_window_get_default_size (parent, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), MIN (760, width), MAX (360, height - 60));
  gtk_window_set_title (GTK_WINDOW (window), _("Keyboard shortcuts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
