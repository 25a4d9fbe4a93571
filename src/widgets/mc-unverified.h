/* SPDX-License-Identifier: GPL-3.0-or-later
 * The mark "basis to be verified" beside a rule whose source is not certain. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Property: source (which document, and why it is uncertain): tooltip and accessible description. Hidden while `source` is NULL. */
#define MC_TYPE_UNVERIFIED (mc_unverified_get_type ())
G_DECLARE_FINAL_TYPE (McUnverified, mc_unverified, MC, UNVERIFIED, GtkWidget)

GtkWidget *mc_unverified_new (const char *source);
void mc_unverified_set_source (McUnverified *self, const char *source);

G_END_DECLS
