/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an existing record keeps against a row of a sheet: for the files of the planner only. */
#pragma once

#include "mc-import-planner.h"

G_BEGIN_DECLS

/* Takes out of @item what does not replace the values of @existing: a coarser area, erased values, fields in conflict. */
gboolean mc_import_keep (McImportPlanner *planner, McImportItem *item, const McRecord *existing, GError **error);

/* Bits of the fields that @item gives and that differ. */
guint64 mc_import_changed_fields (const McImportItem *item, const McRecord *existing);

/* A real value takes the place of a sample: @changed fields are samples no more. */
void mc_import_unmark_samples (McImportItem *item, const McRecord *existing, guint64 changed);

/* Why a record in this state cannot be changed, translated; NULL if it can. */
const char *mc_import_refusal_of_state (McRecordState state);

/* @existing with what @item gives. */
McRecord *mc_import_merged_record (const McImportItem *item, const McRecord *existing);

G_END_DECLS
