/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bar that shows how much of a whole is done, with marks; its value is also its text for those who do not see it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Role METER. Properties: value, maximum (> 0), complete-ok (TRUE: green once value ≥ maximum; default TRUE), text (accessible
 * value: "18 of 31 answered"). */
#define MC_TYPE_BULLET_BAR (mc_bullet_bar_get_type ())
G_DECLARE_FINAL_TYPE (McBulletBar, mc_bullet_bar, MC, BULLET_BAR, GtkWidget)

GtkWidget *mc_bullet_bar_new (void);
void mc_bullet_bar_set (McBulletBar *self, double value, double maximum, const char *text);

/* A mark at @value: thin, or thick for a target. */
void mc_bullet_bar_add_mark (McBulletBar *self, double value, gboolean thick);
void mc_bullet_bar_clear_marks (McBulletBar *self);

G_END_DECLS
