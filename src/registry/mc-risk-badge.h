/* SPDX-License-Identifier: GPL-3.0-or-later
 * A credit risk class as letter and word. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MC_TYPE_RISK_BADGE (mc_risk_badge_get_type ())
G_DECLARE_FINAL_TYPE (McRiskBadge, mc_risk_badge, MC, RISK_BADGE, GtkWidget)

GtkWidget *mc_risk_badge_new (void);

/* @risk_class: code of credit-risk-class; NULL: not entered. */
void mc_risk_badge_set (McRiskBadge *self, const char *risk_class);

G_END_DECLS
