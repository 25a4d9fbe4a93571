/* SPDX-License-Identifier: GPL-3.0-or-later
 * A dialog of our own over a window: heading, body, and the keys that leave it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A modal window over that of @widget, in its mode, with @heading above @body; Esc closes it. Show it with gtk_window_present(). */
GtkWindow *mc_dialog_new (GtkWidget *widget, const char *heading, GtkWidget *body);

/* @list with as much height as it needs, as long as the window of @widget has it; wide enough for some twenty characters. */
GtkWidget *mc_dialog_scroller_new (GtkWidget *widget, GtkWidget *list);

/* Main buttons at its foot: @label's at the end, "Cancel" before it. Appends to the vertical box @body; returns the suggested one. */
GtkWidget *mc_dialog_add_buttons (GtkBox *body, const char *label);

/* A line for a PIN or a password, whose buttons have names. */
GtkWidget *mc_dialog_password_row_new (const char *title);

/* Text that is told when it changes; hidden while it is empty. */
GtkWidget *mc_dialog_message_new (void);
void mc_dialog_message_set (GtkWidget *message, const char *text, gboolean wrong);

G_END_DECLS
