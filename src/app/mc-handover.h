/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing a person's open work to another, step by step: to whom, why, done. */
#pragma once

#include "widgets/mc-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Over the window of @widget; @user must have a record in the register of inspectors. */
void mc_handover_begin (GtkWidget *widget, McSession *session, const McUser *user, GAsyncReadyCallback callback, gpointer user_data);

/* What was done, in words for a toast; NULL: nothing. Caller frees. */
char *mc_handover_finish (GAsyncResult *result);

G_END_DECLS
