/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which columns a sheet has, and in which order: what an office calls its plan. A pure value. */
#pragma once

#include "mc-report-error.h"

G_BEGIN_DECLS

/* Immutable, reference counted. */
typedef struct _McColumnPlan McColumnPlan;

/* @sheet: a key of mc-workbook-words.h: "facilities", "visits", "findings", … */
McColumnPlan *mc_column_plan_new_default (const char *sheet);

/* MC_REPORT_ERROR_INPUT names a column that the sheet does not have, or that stands twice; a plan without columns is none either. */
McColumnPlan *mc_column_plan_new (const char *sheet, const char *const *columns, GError **error);

McColumnPlan *mc_column_plan_ref (McColumnPlan *self);
void mc_column_plan_unref (McColumnPlan *self);

const char *mc_column_plan_get_sheet (McColumnPlan *self);
const char *const *mc_column_plan_get_columns (McColumnPlan *self);
gboolean mc_column_plan_has (McColumnPlan *self, const char *column);

/* All columns a plan of @sheet may have, those of the default plan first. NULL-terminated; free the array only. */
const char **mc_column_plan_list_available (const char *sheet);

/* The header of @column, translated; static. */
const char *mc_column_plan_header (const char *sheet, const char *column);

/* New plans. The last column stays; a column that is shown (hidden) already is left as it is. */
McColumnPlan *mc_column_plan_with_shown (McColumnPlan *self, const char *column, gboolean shown);
McColumnPlan *mc_column_plan_with_moved (McColumnPlan *self, guint from, guint to);

/* One line, to be kept in a setting; and back: columns of another version of the program are left out. NULL: nothing of it is known. */
char *mc_column_plan_to_text (McColumnPlan *self);
McColumnPlan *mc_column_plan_new_from_text (const char *sheet, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McColumnPlan, mc_column_plan_unref)

G_END_DECLS
