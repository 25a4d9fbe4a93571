/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks the person for a PIN before something that is done in their name. */
#pragma once

#include "mc-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Proves that @user (id; NULL: who works now) is there: at once if they have no PIN, else in a dialog over the window of @widget, where the count
 * of wrong ones and the wait after them are said. @reason: what it is for ("Finalise the check"), as the dialog's heading. The window goes on
 * meanwhile. Before finalising, deciding, signing, switching users and leaving the reading for the facility's person. */
void mc_pin_ask (GtkWidget *widget, McSession *session, const char *user, const char *reason, GAsyncReadyCallback callback, gpointer user_data);

/* TRUE: go on. FALSE: the person gave up, or it could not be looked at (which was said). */
gboolean mc_pin_ask_finish (GAsyncResult *result);

G_END_DECLS
