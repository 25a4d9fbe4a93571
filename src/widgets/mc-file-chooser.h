/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks for a file, through the portal where there is one. Our one use of GtkFileChooserNative. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @filter_name and @patterns ("*.csv", "*.xlsx"; NULL-terminated): may be NULL. Finish gives NULL without error if the person chose none. */
void mc_file_chooser_open (GtkWidget *widget, const char *title, const char *filter_name, const char *const *patterns,
                           GAsyncReadyCallback callback, gpointer user_data);
GFile *mc_file_chooser_open_finish (GAsyncResult *result, GError **error);

/* Several files at once. Finish gives an array of GFile (empty if the person chose none); free with g_ptr_array_unref. */
void mc_file_chooser_open_many (GtkWidget *widget, const char *title, const char *filter_name, const char *const *patterns,
                                GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_file_chooser_open_many_finish (GAsyncResult *result, GError **error);

/* @name: the suggested name of the file. */
void mc_file_chooser_save (GtkWidget *widget, const char *title, const char *name, const char *filter_name, const char *const *patterns,
                           GAsyncReadyCallback callback, gpointer user_data);
GFile *mc_file_chooser_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
