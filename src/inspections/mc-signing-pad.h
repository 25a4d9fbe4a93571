/* SPDX-License-Identifier: GPL-3.0-or-later
 * A place to sign on, by pen, finger or mouse. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: empty (boolean, read only, notified): nothing was drawn yet. */
#define MC_TYPE_SIGNING_PAD (mc_signing_pad_get_type ())
G_DECLARE_FINAL_TYPE (McSigningPad, mc_signing_pad, MC, SIGNING_PAD, GtkDrawingArea)

GtkWidget *mc_signing_pad_new (void);

gboolean mc_signing_pad_is_empty (McSigningPad *self);
void mc_signing_pad_clear (McSigningPad *self);

/* A stroke through @n points (x and y by turns), as if it had been drawn. */
void mc_signing_pad_add_stroke (McSigningPad *self, const double *points, guint n);

/* What was drawn, cut out, as a PNG with a transparent ground; NULL if nothing was. */
GBytes *mc_signing_pad_make_png (McSigningPad *self);

G_END_DECLS
