/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands where there is nothing yet, or nothing can be shown: icon, title, what to do first, and the buttons for it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: icon-name, title, description, detail (smaller, selectable: the message of an error). Children (in a .ui: <child>) are its buttons; they wrap. Scrolls when
 * the text is large. */
#define MC_TYPE_EMPTY (mc_empty_get_type ())
G_DECLARE_FINAL_TYPE (McEmpty, mc_empty, MC, EMPTY, GtkWidget)

GtkWidget *mc_empty_new (const char *icon_name, const char *title, const char *description);
void mc_empty_set (McEmpty *self, const char *icon_name, const char *title, const char *description, const char *detail);
void mc_empty_add_button (McEmpty *self, GtkWidget *button);

G_END_DECLS
