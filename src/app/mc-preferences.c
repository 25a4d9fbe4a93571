/* SPDX-License-Identifier: GPL-3.0-or-later
 * How this person reads: text size, elder mode, one item at a time, light or dark. */
#include "mc-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-users-page.h"

static const struct
{
  const char *nick;
  const char *label; /* msgid */
} schemes[] = {
  { "default", N_("As the desktop") },
  { "light", N_("Light") },
  { "dark", N_("Dark") },
};

static GtkWidget *
switch_row_new (McSession *session, const char *property, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_object_bind_property (session, property, toggle, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return row;
}

static void
text_size_cb (AdwComboRow *row, GParamSpec *pspec, McSession *session)
{
  mc_session_set_text_size (session, MC_TEXT_SIZE_MIN + adw_combo_row_get_selected (row) * MC_TEXT_SIZE_STEP);
}

static GtkWidget *
text_size_row_new (McSession *session)
{
  g_autoptr (GtkStringList) sizes = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint size = MC_TEXT_SIZE_MIN; size <= MC_TEXT_SIZE_MAX; size += MC_TEXT_SIZE_STEP)
    gtk_string_list_take (sizes, g_strdup_printf ("%u %%", size));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Text size"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Of every page, at once"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (sizes));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (mc_session_get_text_size (session) - MC_TEXT_SIZE_MIN) / MC_TEXT_SIZE_STEP);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (text_size_cb), session, 0);
  return row;
}

static void
scheme_cb (AdwComboRow *row, GParamSpec *pspec, McSession *session)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < G_N_ELEMENTS (schemes))
    g_object_set (session, "colour-scheme", schemes[selected].nick, NULL);
}

static GtkWidget *
scheme_row_new (McSession *session)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autofree char *nick = NULL;
  GtkWidget *row = adw_combo_row_new ();

  g_object_get (session, "colour-scheme", &nick, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    gtk_string_list_append (labels, _(schemes[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Light or dark"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_strcmp0 (schemes[i].nick, nick) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (scheme_cb), session, 0);
  return row;
}

static AdwPreferencesGroup *
group_new (McSession *session)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _("How I read"));
  adw_preferences_group_set_description (group, _("Kept for each person who works on this computer."));
  adw_preferences_group_add (group, text_size_row_new (session));
  adw_preferences_group_add (group, switch_row_new (session, "elder", _("Elder mode"), _("Large text, large buttons, plain words. Ctrl+Alt+E")));
  adw_preferences_group_add (group, switch_row_new (session, "one-at-a-time", _("One item at a time"),
                                                    _("A checklist shows one item after another instead of a list.")));
  adw_preferences_group_add (group, scheme_row_new (session));
  return group;
}

void
mc_preferences_show (GtkWindow *parent, McSession *session, const char *page_name)
{
  GtkWidget *window = adw_preferences_window_new (), *page = adw_preferences_page_new ();

  g_return_if_fail (GTK_IS_WINDOW (parent) && MC_IS_SESSION (session));

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _("How I read"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "emblem-system-symbolic");
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group_new (session));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  if (mc_session_get_user (session))
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (mc_users_page_new (session)));
  if (page_name)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page_name);
  if (gtk_widget_has_css_class (GTK_WIDGET (parent), "elder"))
    gtk_widget_add_css_class (window, "elder");
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_title (GTK_WINDOW (window), _("Preferences"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
