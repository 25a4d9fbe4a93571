/* SPDX-License-Identifier: GPL-3.0-or-later
 * How this person reads: text size, elder mode, one item at a time, light or dark. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

void mc_preferences_show (GtkWindow *parent, McSession *session);

G_END_DECLS
