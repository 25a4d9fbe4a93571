/* SPDX-License-Identifier: GPL-3.0-or-later
 * The import of a sheet, step by step: file, preview of every row, decision, result. Nothing is changed before the last button. */
#pragma once

#include <gtk/gtk.h>

#include "mc-import.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Property: busy. Signals: "applied" (McImportView *, const char *summary): it is on disk; "cancelled". */
#define MC_TYPE_IMPORT_VIEW (mc_import_view_get_type ())
G_DECLARE_FINAL_TYPE (McImportView, mc_import_view, MC, IMPORT_VIEW, GtkWidget)

/* Asks for the file first. */
void mc_import_view_begin (McImportView *self, McSession *session, McImportKind kind);
/* The preview of @path at once. */
void mc_import_view_read (McImportView *self, McSession *session, McImportKind kind, const char *path);
/* Gives up what is under way and the plan. */
void mc_import_view_reset (McImportView *self);

G_END_DECLS
