/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds what a person sees in a window: by its kind and its words. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef gboolean (*McMatch) (GtkWidget *widget, const char *text);

/* The first mapped widget of @widget's tree that matches; NULL: none. */
GtkWidget *mc_find (GtkWidget *widget, McMatch match, const char *text);

gboolean mc_is_entry_row (GtkWidget *widget, const char *title);
gboolean mc_is_row (GtkWidget *widget, const char *title);
gboolean mc_is_button (GtkWidget *widget, const char *label);
gboolean mc_is_label (GtkWidget *widget, const char *text);
gboolean mc_is_label_with (GtkWidget *widget, const char *part);
gboolean mc_is_of_type (GtkWidget *widget, const char *type_name);

G_END_DECLS
