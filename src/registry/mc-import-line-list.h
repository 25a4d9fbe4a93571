/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a sheet as the preview of an import shows them: what is new or changes, what a person must decide, what was wrong. */
#pragma once

#include <gtk/gtk.h>

#include "mc-import.h"

G_BEGIN_DECLS

typedef enum
{
  MC_IMPORT_LINES_ROWS,     /* new and changed */
  MC_IMPORT_LINES_UNSURE,
  MC_IMPORT_LINES_MESSAGES,
} McImportLines;

/* Signal: "decided" (McImportLineList *): on some of the unsure rows. */
#define MC_TYPE_IMPORT_LINE_LIST (mc_import_line_list_get_type ())
G_DECLARE_FINAL_TYPE (McImportLineList, mc_import_line_list, MC, IMPORT_LINE_LIST, GtkWidget)

/* NULL: none. */
void mc_import_line_list_set_plan (McImportLineList *self, McImportPlan *plan, McImportKind kind);
void mc_import_line_list_show (McImportLineList *self, McImportLines which);
guint64 mc_import_line_list_get_n_decided (McImportLineList *self);

G_END_DECLS
