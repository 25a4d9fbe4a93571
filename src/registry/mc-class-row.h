/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of a form for the classes of one kind: how many, with how many children and carers. */
#pragma once

#include <adwaita.h>

#include "mc-problem.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

/* Signal: "changed" (McClassRow *): by the person. */
#define MC_TYPE_CLASS_ROW (mc_class_row_get_type ())
G_DECLARE_FINAL_TYPE (McClassRow, mc_class_row, MC, CLASS_ROW, GObject)

/* Adds its rows to @group. @part: as the person saw it; NULL: there are no such classes yet. */
McClassRow *mc_class_row_new (AdwPreferencesGroup *group, const char *class_kind, const McRecord *part);

/* What was entered, as the part of @facility; NULL: nothing, and nothing was there. What is wrong is added to @problems. */
McRecord *mc_class_row_get_part (McClassRow *self, const char *facility, GPtrArray *problems);
const McRecord *mc_class_row_get_base (McClassRow *self); /* as given; NULL: none */

/* Shows the first of @problems. */
void mc_class_row_set_problems (McClassRow *self, const GPtrArray *problems);
void mc_class_row_focus (McClassRow *self);

G_END_DECLS
