/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words of officials' sheets, from data/registry/import-headers.json: names of columns, units, total and signature lines. */
#pragma once

#include "mc-import-mapping.h"

G_BEGIN_DECLS

typedef struct
{
  const McField *field;
  McAreaPart part;
} McHeaderMeaning;

/* What a column of that title holds; the title without units and remarks. NULL if it is not known. Static. */
const McHeaderMeaning *mc_import_words_header (McImportKind kind, const char *title);

/* A column that is known and never taken: numbers of rows. */
gboolean mc_import_words_is_unused (const char *title);

/* Under a title of two rows: a word for the whole ("in all"); and above one: a word for a group of columns. */
gboolean mc_import_words_is_whole (const char *title);
gboolean mc_import_words_is_group (const char *title);
/* What may stand in brackets after a title and says nothing ("required"). */
gboolean mc_import_words_is_remark (const char *text);
gboolean mc_import_words_is_unit_label (const char *text);

/* TRUE if @text is a unit of anything. */
gboolean mc_import_words_is_unit (const char *text);
/* How many stored units (fen, hundredths, pieces) one of the unit @text is: a fraction. FALSE if @text is no unit of @type. */
gboolean mc_import_words_unit (const char *text, McFieldType type, gint64 *numerator, gint64 *denominator);

/* Is it a way to say that nothing is entered? @text is trimmed. */
gboolean mc_import_words_is_empty (const char *text);
/* In the column that says which values are samples: all of them. */
gboolean mc_import_words_is_whole_row (const char *text);
/* 1, 0; −1: neither. */
int mc_import_words_boolean (const char *text);

/* FALSE, quickly, for nearly all texts that are none of the three below. */
gboolean mc_import_words_may_be_line (const char *text);
/* Are the first characters of @text (folded, without spaces) such a word, whole or followed by a colon? */
gboolean mc_import_words_is_total (const char *text);
gboolean mc_import_words_is_signature (const char *text);
gboolean mc_import_words_is_note (const char *text);

/* What parts year, month and day; what ends a day; what parts the items of a list. */
const char *mc_import_words_date_separators (void);
const char *mc_import_words_day_endings (void);
const char *mc_import_words_list_separators (void);
/* The characters for 0 to 10, in their order, then other ones for 0; what parts the two days of a span. */
const char *mc_import_words_numerals (void);
const char *mc_import_words_range_separators (void);
/* Does @text say of a day that it never comes ("for ever")? */
gboolean mc_import_words_has_no_end (const char *text);
/* The number that a character like "ten thousand" stands for; 0 if it is none. */
gint64 mc_import_words_magnitude (gunichar c);

G_END_DECLS
