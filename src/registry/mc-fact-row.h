/* SPDX-License-Identifier: GPL-3.0-or-later
 * One fact of a record: its label, its value or that it is not entered yet, and what is doubtful about it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal: "enter" (McFactRow *): the button of a missing value was pressed. */
#define MC_TYPE_FACT_ROW (mc_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (McFactRow, mc_fact_row, MC, FACT_ROW, GtkListBoxRow)

/* @value NULL or "": not entered yet. */
GtkWidget *mc_fact_row_new (const char *label, const char *value);

/* A button that enters the missing value; only seen while there is none. */
void mc_fact_row_set_can_enter (McFactRow *self, gboolean can_enter);

/* Marks the value as one to be checked, with the reason below it. Never an error. */
void mc_fact_row_set_check (McFactRow *self, const char *reason);

/* Marks the value as a sample, or with another short word. */
void mc_fact_row_add_tag (McFactRow *self, const char *text, const char *tooltip);

G_END_DECLS
