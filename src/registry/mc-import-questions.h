/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the rows of a sheet do not say, asked once for all of them. */
#pragma once

#include <gtk/gtk.h>

#include "mc-import.h"

G_BEGIN_DECLS

/* Signal: "again" (McImportQuestions *): the sheet is to be read again with the answers. */
#define MC_TYPE_IMPORT_QUESTIONS (mc_import_questions_get_type ())
G_DECLARE_FINAL_TYPE (McImportQuestions, mc_import_questions, MC, IMPORT_QUESTIONS, GtkWidget)

/* Asks for what is missing in @plan; what was answered before stays to be changed. Hidden if there is nothing to ask. */
void mc_import_questions_show (McImportQuestions *self, McImportPlan *plan, McImportKind kind);

/* The answers, as McImportOptions takes them: "=VALUE=FIELD"; NULL-terminated, g_strfreev(). */
char **mc_import_questions_get_maps (McImportQuestions *self);
/* Another sheet: nothing is answered yet. */
void mc_import_questions_forget (McImportQuestions *self);

G_END_DECLS
