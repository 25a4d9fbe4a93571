/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of a form in which one field of a record is entered, with what is wrong right below it. */
#pragma once

#include <adwaita.h>

#include "mc-form-context.h"
#include "mc-problem.h"

G_BEGIN_DECLS

/* Signal: "changed" (McFieldRow *): by the person. */
#define MC_TYPE_FIELD_ROW (mc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (McFieldRow, mc_field_row, MC, FIELD_ROW, GObject)

/* Adds its rows to @group. @context: borrowed; it outlives the row. */
McFieldRow *mc_field_row_new (AdwPreferencesGroup *group, const McField *field, const McFormContext *context);

const McField *mc_field_row_get_field (McFieldRow *self);
void mc_field_row_set_value (McFieldRow *self, const McValue *value);

/* What was entered, put into @record. A problem is added where it is no such value; @record keeps its old one then. */
void mc_field_row_get_value (McFieldRow *self, McRecord *record, GPtrArray *problems);

/* NULL: nothing is wrong. */
void mc_field_row_set_problem (McFieldRow *self, const McProblem *problem);
void mc_field_row_set_visible (McFieldRow *self, gboolean visible);
void mc_field_row_focus (McFieldRow *self);

G_END_DECLS
