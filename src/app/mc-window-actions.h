/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window's commands and their keys. */
#pragma once

#include "widgets/mc-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In class_init of the window. The keys are in the bubble phase: a text that has the focus gets them first. */
void mc_window_actions_install (GtkWidgetClass *widget_class);

/* Gives a window the actions whose state is the session's: "win.elder", "win.text-size". */
void mc_window_actions_follow (GtkWidget *window, McSession *session);

G_END_DECLS
