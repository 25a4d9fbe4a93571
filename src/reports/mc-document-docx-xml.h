/* SPDX-License-Identifier: GPL-3.0-or-later
 * WordprocessingML: paragraphs, places to write on, tables and pictures as text (ECMA-376 part 1, 17 and 20). Pure. */
#pragma once

#include "mc-document-content.h"
#include "mc-document-type.h"

G_BEGIN_DECLS

/* What a paragraph has beside how it is set; zero: nothing. */
typedef struct
{
  gboolean keep_next;
  gboolean page_break_before;
  gboolean rule_above;
  double before, after;     /* points above and below */
  double left, right;       /* points of indent */
  double tab_centre;        /* points: a tab stop in the middle there; 0: none */
  double tab_right;
  gboolean loose;           /* the line is as high as what stands in it: for pictures */
} McDocxParagraph;

/* Begins and ends a paragraph; runs come between. */
void mc_docx_begin (GString *xml, const McTypography *type, const McDocxParagraph *options);
void mc_docx_end (GString *xml);

/* @text as runs: '\n' breaks the line, '\t' is a tab, what XML cannot hold is left out. */
void mc_docx_add_run (GString *xml, const McTypography *type, const char *text);

/* A field that Word computes, e.g. "PAGE". */
void mc_docx_add_field (GString *xml, const McTypography *type, const char *name);

void mc_docx_add_paragraph (GString *xml, const McTypography *type, const McDocxParagraph *options, const char *text);

/* A line with places to write on ('\t'): tabs with a line under them that fill the @width points. */
void mc_docx_add_form_line (GString *xml, const McTypography *type, const McDocxParagraph *options, const char *text, double width);

/* @name: of the relationship to the picture; sizes in points. */
void mc_docx_add_picture (GString *xml, const char *name, guint number, double width, double height, const char *caption);

/* @widths in points, @n of them. @bordered: lines round the cells. */
void mc_docx_begin_table (GString *xml, const double *widths, guint n, gboolean bordered);
void mc_docx_begin_row (GString *xml, gboolean header);
void mc_docx_begin_cell (GString *xml, double width, guint span);
void mc_docx_add_cell (GString *xml, const McTypography *type, double width, guint span, gboolean centred, gboolean strong, gboolean keep_next,
                       const char *text);

/* How wide @text is about, in points: a Chinese character is as wide as high, any other half as wide. */
double mc_docx_guess_width (const McTypography *type, const char *text);

/* Escapes @text for XML and appends it. */
void mc_docx_append_escaped (GString *xml, const char *text, gssize length);

G_END_DECLS
