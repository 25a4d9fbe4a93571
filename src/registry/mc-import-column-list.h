/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which column of the sheet was taken for which field, and what a person says it is instead. */
#pragma once

#include <gtk/gtk.h>

#include "mc-import.h"

G_BEGIN_DECLS

/* Signal: "again" (McImportColumnList *): the sheet is to be read again with what was chosen. */
#define MC_TYPE_IMPORT_COLUMN_LIST (mc_import_column_list_get_type ())
G_DECLARE_FINAL_TYPE (McImportColumnList, mc_import_column_list, MC, IMPORT_COLUMN_LIST, GtkWidget)

void mc_import_column_list_show (McImportColumnList *self, McImportPlan *plan, McImportKind kind);

/* What the person chose, as McImportOptions takes it: "COLUMN=FIELD"; NULL-terminated, g_strfreev(). */
char **mc_import_column_list_get_maps (McImportColumnList *self);
/* Another sheet: nothing is chosen in it yet. */
void mc_import_column_list_forget (McImportColumnList *self);

G_END_DECLS
