/* SPDX-License-Identifier: GPL-3.0-or-later
 * Says what the program is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mc_about_show (GtkWindow *parent);

G_END_DECLS
