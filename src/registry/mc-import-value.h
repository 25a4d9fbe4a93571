/* SPDX-License-Identifier: GPL-3.0-or-later
 * From the text of a cell to the value of a field, as people write numbers, dates and choices. Pure; no floats. */
#pragma once

#include "mc-import-mapping.h"
#include "store/mc-value.h"

G_BEGIN_DECLS

typedef enum
{
  MC_PARSED,
  MC_PARSED_EMPTY,   /* nothing is entered, in whatever words */
  MC_PARSED_ROUNDED, /* a value, but the cell has more digits than are stored */
  MC_PARSED_NO_UNIT, /* money without a unit, in the cell and in the title */
  MC_PARSED_NO_END,  /* of a date: it lasts for ever, which is no day */
  MC_PARSED_WRONG,   /* @message says why */
} McParsed;

/* @text: of the cell, or of the constant of a column. References (areas, authorities) come as their trimmed text. @message (translated,
 * one sentence, caller frees) is set for WRONG. */
McParsed mc_import_value_parse (McImportKind kind, const McImportColumn *column, McCellKind cell_kind, const char *text, gboolean uses_1904, McValue *value, char **message);

/* @text without blanks around it, controls and invisible characters, on one line unless @multiline. In @out, which is emptied. */
void mc_import_clean_text (const char *text, gboolean multiline, GString *out);

/* Folds full-width digits and signs; drops all blanks. In @out, which is emptied. */
void mc_import_fold_compact (const char *text, GString *out);

/* How @value is shown in the preview; NULL for null. Caller frees. */
char *mc_import_value_show (const McField *field, const McValue *value);

G_END_DECLS
