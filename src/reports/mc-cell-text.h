/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a text needs before it can stand in a cell of a workbook, and how wide it is there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Excel takes no more UTF-16 units in a cell. */
#define MC_CELL_TEXT_MAX 32767

typedef struct
{
  guint width;    /* of its longest line, in Latin characters; a Chinese one has two */
  gboolean clean; /* it can stand as it is */
  gboolean has_markup; /* in XML it needs escapes: &, <, > */
} McCellText;

/* Looks at @text (UTF-8), once, without a copy. */
McCellText mc_cell_text_measure (const char *text);

/* @text without what XML or Excel does not allow: control characters go, line ends become '\n', what Excel would read as an
 * escape ("_x0041_") is escaped, and from MC_CELL_TEXT_MAX on an ellipsis stands for the rest, with @shortened set. Caller frees. */
char *mc_cell_text_clean (const char *text, gboolean *shortened);

/* A name for a sheet: at most 31 UTF-16 units, without []:*?/\ and without apostrophes at its ends. @number 2, 3 …: ends with
 * " (2)"; 0 or 1: does not. Caller frees. */
char *mc_cell_text_sheet_name (const char *text, guint number);

G_END_DECLS
