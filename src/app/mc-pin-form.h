/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that gives a user a PIN, or another one. */
#pragma once

#include <gtk/gtk.h>

#include "registry/mc-user.h"

G_BEGIN_DECLS

/* Of @user, over the window of @widget. The old one is asked for if there is one, unless an administrator, who was proven, sets it. */
void mc_pin_form_show (GtkWidget *widget, McStore *store, const McUser *user, gboolean by_administrator, GAsyncReadyCallback callback, gpointer user_data);

/* TRUE: the user has a new PIN. */
gboolean mc_pin_form_finish (GAsyncResult *result);

G_END_DECLS
