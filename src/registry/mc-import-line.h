/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of the preview of an import, and its row in the list. */
#pragma once

#include <gtk/gtk.h>

#include "mc-import.h"

G_BEGIN_DECLS

#define MC_TYPE_IMPORT_LINE (mc_import_line_get_type ())
G_DECLARE_FINAL_TYPE (McImportLine, mc_import_line, MC, IMPORT_LINE, GObject)

McImportLine *mc_import_line_new_message (const McImportMessage *message);
McImportLine *mc_import_line_new_row (const McImportRow *row, McImportKind kind);

guint64 mc_import_line_get_row (McImportLine *self);
/* @decision: MC_IMPORT_UNDECIDED, …; only of unsure rows. */
gboolean mc_import_line_is_unsure (McImportLine *self);
McImportDecision mc_import_line_get_decision (McImportLine *self);
void mc_import_line_set_decision (McImportLine *self, McImportDecision decision);

/* Signal of the row: "decided" (McImportLineRow *, McImportLine *, int decision). */
#define MC_TYPE_IMPORT_LINE_ROW (mc_import_line_row_get_type ())
G_DECLARE_FINAL_TYPE (McImportLineRow, mc_import_line_row, MC, IMPORT_LINE_ROW, GtkWidget)

GtkWidget *mc_import_line_row_new (void);
void mc_import_line_row_bind (McImportLineRow *self, GtkListItem *list_item);

G_END_DECLS
