/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks for a file, through the portal where there is one. Our one use of GtkFileChooserNative. */
#include "mc-file-chooser.h"

#include <glib/gi18n.h>

static void
response_cb (GtkNativeDialog *dialog, int response, GTask *task)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  g_task_return_pointer (task, file, g_object_unref);
  g_object_unref (task);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = NULL;

  if (!patterns)
    return;
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, name);
  for (; *patterns; patterns++)
    gtk_file_filter_add_pattern (filter, *patterns);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkFileChooserNative *
chooser_new (GtkWidget *widget, const char *title, GtkFileChooserAction action, const char *accept)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, accept, _("Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}

static void
show (GtkFileChooserNative *chooser, GTask *task)
{
  g_signal_connect (chooser, "response", G_CALLBACK (response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
mc_file_chooser_open (GtkWidget *widget, const char *title, const char *filter_name, const char *const *patterns,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WIDGET (widget) && title != NULL);

  chooser = chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN, _("Open"));
  add_filter (GTK_FILE_CHOOSER (chooser), filter_name, patterns);
  show (chooser, g_task_new (widget, NULL, callback, user_data));
}

GFile *
mc_file_chooser_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
many_response_cb (GtkNativeDialog *dialog, int response, GTask *task)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) chosen = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)) : NULL;

  for (guint i = 0; chosen && i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
  g_object_unref (dialog);
}

void
mc_file_chooser_open_many (GtkWidget *widget, const char *title, const char *filter_name, const char *const *patterns,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WIDGET (widget) && title != NULL);

  chooser = chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN, _("Open"));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (chooser), filter_name, patterns);
  g_signal_connect (chooser, "response", G_CALLBACK (many_response_cb), g_task_new (widget, NULL, callback, user_data));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

GPtrArray *
mc_file_chooser_open_many_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mc_file_chooser_save (GtkWidget *widget, const char *title, const char *name, const char *filter_name, const char *const *patterns,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (GTK_IS_WIDGET (widget) && title != NULL && name != NULL);

  chooser = chooser_new (widget, title, GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  add_filter (GTK_FILE_CHOOSER (chooser), filter_name, patterns);
  show (chooser, g_task_new (widget, NULL, callback, user_data));
}

GFile *
mc_file_chooser_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
