/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be entered in a column of a workbook: in the cell's own rule, or on a hidden sheet if that is too long. */
#pragma once

#include <xlsxwriter.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McWorkbookChoices McWorkbookChoices;

McWorkbookChoices *mc_workbook_choices_new (void);
void mc_workbook_choices_free (McWorkbookChoices *self);

/* Lets the rows from @first to @last of @column take one of @choices. Other texts raise a question, not a refusal: an import knows
 * synonyms too. */
lxw_error mc_workbook_choices_add (McWorkbookChoices *self, lxw_worksheet *worksheet, guint first, guint last, guint column,
                                   const char *const *choices);

/* Adds the hidden sheet if it is needed. @rows: how many it has. */
lxw_error mc_workbook_choices_write_sheet (McWorkbookChoices *self, lxw_workbook *workbook, guint *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorkbookChoices, mc_workbook_choices_free)

G_END_DECLS
