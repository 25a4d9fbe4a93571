/* SPDX-License-Identifier: GPL-3.0-or-later
 * Retiring a user, step by step: their open work, why, done. */
#pragma once

#include "widgets/mc-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Over the window of @widget. Who has open work is named with how much, and handing it over is offered first. */
void mc_retirement_begin (GtkWidget *widget, McSession *session, const McUser *user, GAsyncReadyCallback callback, gpointer user_data);

/* What was done, in words for a toast; NULL: nothing. Caller frees. */
char *mc_retirement_finish (GAsyncResult *result);

G_END_DECLS
