/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds what a person sees in a window: by its kind and its words. */
#include "mc-find.h"

#include <string.h>

GtkWidget *
mc_find (GtkWidget *widget, McMatch match, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = mc_find (child, match, text);

      if (found)
        return found;
    }
  return NULL;
}

gboolean
mc_is_entry_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_ENTRY_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

gboolean
mc_is_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

gboolean
mc_is_button (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

gboolean
mc_is_label (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

gboolean
mc_is_label_with (GtkWidget *widget, const char *part)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part);
}

gboolean
mc_is_of_type (GtkWidget *widget, const char *type_name)
{
  return strcmp (G_OBJECT_TYPE_NAME (widget), type_name) == 0;
}
