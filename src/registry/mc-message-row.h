/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line below a row of a form that says what is wrong in it. */
#pragma once

#include <adwaita.h>

#include "mc-problem.h"

G_BEGIN_DECLS

#define MC_TYPE_MESSAGE_ROW (mc_message_row_get_type ())
G_DECLARE_FINAL_TYPE (McMessageRow, mc_message_row, MC, MESSAGE_ROW, AdwPreferencesRow)

GtkWidget *mc_message_row_new (void);

/* Shows @problem below @row, or hides (NULL); marks @row, and tells what is wrong to who reads by ear. */
void mc_message_row_set (McMessageRow *self, GtkWidget *row, const McProblem *problem);

G_END_DECLS
