/* SPDX-License-Identifier: GPL-3.0-or-later
 * The window that lists the keys. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mc_shortcuts_show (GtkWindow *parent);

G_END_DECLS
