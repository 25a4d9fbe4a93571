/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words, fonts and default columns of the workbooks: data/reports/workbooks.json. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands on every workbook. Static; all members are set. */
typedef struct
{
  const char *body_font;
  const char *title_font;
  const char *reporting_unit; /* the words before the reporting unit, with their colon; likewise below */
  const char *date;
  const char *unit;
  const char *number;         /* header of the running number */
  const char *total;
  const char *prepared_by;
  const char *checked_by;
  const char *responsible;
  const char *page_footer;    /* in the codes of the sheet's footer */
  const char *yes;
  const char *no;
  const char *lists_sheet;    /* name of the hidden sheet of long choices */
  const char *list_separator;
  const char *sample;
  const char *draft;          /* states of a check; likewise below */
  const char *finalised;
  const char *conflict;
  const char *late;
} McWorkbookWords;

const McWorkbookWords *mc_workbook_words_get (void);

/* One sheet of one workbook, e.g. "facilities". Static. */
typedef struct
{
  const char *key;
  const char *sheet;              /* name of the sheet */
  const char *title;              /* of the merged row */
  const char *unit;               /* units of the figures; "" if there is none */
  const char *entity;             /* whose fields the columns are */
  const char *const *columns;     /* default plan: keys of columns, in order */
  const char *const *optional;    /* keys of further columns that a plan may name */
  const char *const *totals;      /* keys of the columns with a sum */
} McWorkbookSheet;

/* A key that the data does not have is a programming error. */
const McWorkbookSheet *mc_workbook_sheet_get (const char *key);

/* The header of @column in @sheet where it is not the label of the entity's field; NULL if it is. */
const char *mc_workbook_sheet_header (const McWorkbookSheet *sheet, const char *column);

G_END_DECLS
