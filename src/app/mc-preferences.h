/* SPDX-License-Identifier: GPL-3.0-or-later
 * How this person reads: text size, elder mode, one item at a time, light or dark. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* @page: "users", or NULL for the first. */
void mc_preferences_show (GtkWindow *parent, McSession *session, const char *page);

G_END_DECLS
