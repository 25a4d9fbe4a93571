/* SPDX-License-Identifier: GPL-3.0-or-later
 * A section of the checklist in the list at its side: letter, title, bar, n/m, problems in words. */
#pragma once

#include <gtk/gtk.h>

#include "standards/mc-assessment.h"

G_BEGIN_DECLS

#define MC_TYPE_SECTION_ROW (mc_section_row_get_type ())
G_DECLARE_FINAL_TYPE (McSectionRow, mc_section_row, MC, SECTION_ROW, GtkListBoxRow)

GtkWidget *mc_section_row_new (const McSection *section);
void mc_section_row_update (McSectionRow *self, const McAnswerCounts *counts);

G_END_DECLS
