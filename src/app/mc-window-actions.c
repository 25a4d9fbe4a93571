/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's commands and their keys. */
#include "mc-window-actions.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-about.h"
#include "mc-page-table.h"
#include "mc-preferences.h"
#include "mc-shortcuts.h"
#include "mc-user-switch.h"
#include "mc-window.h"
#include "reports/mc-print.h"

static void
show_page_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_show_page (MC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
open_record_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *entity, *id;

  g_variant_get (parameter, "(&s&s)", &entity, &id);
  mc_window_open_record (MC_WINDOW (widget), entity, id);
}

/* A page without a search of its own sends the person to the register: that is where names are looked for. */
static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McWindow *self = MC_WINDOW (widget);
  McPage *page = mc_window_get_page (self);
  const char *text = parameter ? g_variant_get_string (parameter, NULL) : NULL;

  if (!page || mc_page_start_search (page, text))
    return;
  if (mc_window_show_page (self, "registry") && (page = mc_window_get_page (self)))
    mc_page_start_search (page, text);
}

/* A check begins at a place: choose it first. */
static void
new_check_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McWindow *self = MC_WINDOW (widget);
  McPage *page;

  if (!mc_window_show_page (self, "registry") || !(page = mc_window_get_page (self)))
    return;
  mc_page_start_search (page, NULL);
  mc_page_toast (page, _("Choose the place, then begin the check there"));
}

static void
new_visit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McWindow *self = MC_WINDOW (widget);

  if (mc_window_show_page (self, "visits"))
    gtk_widget_activate_action_variant (GTK_WIDGET (mc_window_get_page (self)), "visits.new", parameter);
}

static void
print_document_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McStore *store = mc_session_get_store (mc_window_get_session (MC_WINDOW (widget)));
  const char *kind, *id;

  g_variant_get (parameter, "(&s&s)", &kind, &id);
  if (store)
    mc_print_document (widget, store, kind, id);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McPage *page = mc_window_get_page (MC_WINDOW (widget));

  if (page)
    mc_page_undo (page);
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McPage *page = mc_window_get_page (MC_WINDOW (widget));

  if (page)
    mc_page_go_back (page);
}

static void
saved_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McPage *page = mc_window_get_page (MC_WINDOW (widget));

  if (page && !mc_page_is_read_only (page))
    mc_page_toast (page, _("Everything is saved as you go"));
}

static void
sidebar_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_toggle_sidebar (MC_WINDOW (widget));
}

static void
next_pane_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_focus_next_pane (MC_WINDOW (widget));
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_open_store (MC_WINDOW (widget));
}

static void
read_only_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_open_store_read_only (MC_WINDOW (widget));
}

static void
folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_window_show_folder (MC_WINDOW (widget));
}

static void
preferences_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_preferences_show (GTK_WINDOW (widget), mc_window_get_session (MC_WINDOW (widget)), NULL);
}

static void
users_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_preferences_show (GTK_WINDOW (widget), mc_window_get_session (MC_WINDOW (widget)), "users");
}

static void
switch_user_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_user_switch_begin (MC_WINDOW (widget));
}

static void
my_pin_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_user_switch_set_pin (MC_WINDOW (widget));
}

static void
shortcuts_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_shortcuts_show (GTK_WINDOW (widget));
}

static void
about_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_about_show (GTK_WINDOW (widget));
}

typedef struct
{
  const char *name;
  const char *parameter_type;
  GtkWidgetActionActivateFunc activate;
} Action;

static const Action actions[] = {
  { "win.show-page", "s", show_page_cb },
  { "win.open-record", "(ss)", open_record_cb },
  { "win.new-visit", "s", new_visit_cb },
  { "win.print-document", "(ss)", print_document_cb },
  { "win.search", NULL, search_cb },
  { "win.search-for", "s", search_cb },
  { "win.new-check", NULL, new_check_cb },
  { "win.undo", NULL, undo_cb },
  { "win.back", NULL, back_cb },
  { "win.saved", NULL, saved_cb },
  { "win.sidebar", NULL, sidebar_cb },
  { "win.next-pane", NULL, next_pane_cb },
  { "win.retry", NULL, retry_cb },
  { "win.open-read-only", NULL, read_only_cb },
  { "win.show-folder", NULL, folder_cb },
  { "win.preferences", NULL, preferences_cb },
  { "win.users", NULL, users_cb },
  { "win.switch-user", NULL, switch_user_cb },
  { "win.my-pin", NULL, my_pin_cb },
  { "win.shortcuts", NULL, shortcuts_cb },
  { "win.about", NULL, about_cb },
};

typedef struct
{
  guint key;
  GdkModifierType modifiers;
  const char *action;
} Key;

static const Key keys[] = {
  { GDK_KEY_f, GDK_CONTROL_MASK, "win.search" },
  { GDK_KEY_n, GDK_CONTROL_MASK, "win.new-check" },
  { GDK_KEY_z, GDK_CONTROL_MASK, "win.undo" },
  { GDK_KEY_s, GDK_CONTROL_MASK, "win.saved" },
  { GDK_KEY_Left, GDK_ALT_MASK, "win.back" },
  { GDK_KEY_F9, 0, "win.sidebar" },
  { GDK_KEY_F6, 0, "win.next-pane" },
  { GDK_KEY_F1, 0, "win.shortcuts" },
  { GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.shortcuts" },
  { GDK_KEY_question, GDK_CONTROL_MASK, "win.shortcuts" },
  { GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences" },
  { GDK_KEY_e, GDK_CONTROL_MASK | GDK_ALT_MASK, "win.elder" },
};

void
mc_window_actions_install (GtkWidgetClass *widget_class)
{
  guint n_pages;
  const McPageInfo *pages = mc_page_table (&n_pages);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-visit", "s", "");
  for (guint i = 0; i < MIN (n_pages, 9); i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, "win.show-page", "s", pages[i].name);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_1 + i, GDK_ALT_MASK, "win.show-page", "s", pages[i].name);
    }
}

static void
text_size_activate_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  mc_session_set_text_size (data, (guint) g_variant_get_int32 (parameter));
}

static void
text_size_changed_cb (McSession *session, GParamSpec *pspec, GSimpleAction *action)
{
  g_simple_action_set_state (action, g_variant_new_int32 ((gint32) mc_session_get_text_size (session)));
}

void
mc_window_actions_follow (GtkWidget *window, McSession *session)
{
  g_autoptr (GPropertyAction) elder = g_property_action_new ("elder", session, "elder");
  g_autoptr (GSimpleAction) text_size = g_simple_action_new_stateful ("text-size", G_VARIANT_TYPE_INT32, g_variant_new_int32 (100));

  g_signal_connect_object (text_size, "activate", G_CALLBACK (text_size_activate_cb), session, 0);
  g_signal_connect_object (session, "notify::text-size", G_CALLBACK (text_size_changed_cb), text_size, 0);
  text_size_changed_cb (session, NULL, text_size);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (elder));
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (text_size));
}
