/* SPDX-License-Identifier: GPL-3.0-or-later
 * The header bar of a page: one line where all of it fits, else a second (and third) line for its buttons. */
#pragma once

#include <gtk/gtk.h>

#include "mc-session.h"

G_BEGIN_DECLS

/* Properties: session, title, subtitle, can-go-back, has-search. No label of a button is ever shortened; the title gives way first. */
#define MC_TYPE_HEADER (mc_header_get_type ())
G_DECLARE_FINAL_TYPE (McHeader, mc_header, MC, HEADER, GtkWidget)

GtkWidget *mc_header_new (void);

/* The page's own buttons, after the back button; NULL: none. The header is its parent from now on. */
void mc_header_set_start (McHeader *self, GtkWidget *start);

G_END_DECLS
