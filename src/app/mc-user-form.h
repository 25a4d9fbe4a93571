/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that adds a user to this computer. */
#pragma once

#include <gtk/gtk.h>

#include "registry/mc-user.h"

G_BEGIN_DECLS

/* @like: whose authority and area stand there at first. */
void mc_user_form_show (GtkWidget *widget, McStore *store, const McUser *like, GAsyncReadyCallback callback, gpointer user_data);

/* The name of the new user; NULL: none was added. Caller frees. */
char *mc_user_form_finish (GAsyncResult *result);

G_END_DECLS
