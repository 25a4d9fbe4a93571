/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of widgets that goes on in the next line where the width ends. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children by gtk_widget_set_parent() order: in a .ui by <child>. Each gets its natural width, as long as one line has room for it.
 * Properties: spacing (between the children of a line), line-spacing, align (of the lines: 0.0 start, 1.0 end). */
#define MC_TYPE_WRAP_BOX (mc_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (McWrapBox, mc_wrap_box, MC, WRAP_BOX, GtkWidget)

GtkWidget *mc_wrap_box_new (int spacing, int line_spacing);
void mc_wrap_box_append (McWrapBox *self, GtkWidget *child);
void mc_wrap_box_remove (McWrapBox *self, GtkWidget *child);
void mc_wrap_box_remove_all (McWrapBox *self);

G_END_DECLS
