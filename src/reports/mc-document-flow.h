/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fills pages from the top: lines of text one after the other, tables row by row, a new page when one is full. */
#pragma once

#include "mc-document-pages.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FACE_BODY,
  MC_FACE_HEADING,
  MC_FACE_TITLE,
} McFace;

/* How a text is set; sizes in points. */
typedef struct
{
  McFace face;
  double size;
  double pitch;             /* from line to line: the same whatever font a character comes from */
  PangoAlignment alignment;
  gboolean bold;
  gboolean indented;        /* first lines begin two characters to the right */
} McTypography;

typedef struct
{
  McDocumentPages *pages;   /* owned */
  PangoContext *context;    /* owned */
  const char *families[MC_FACE_TITLE + 1]; /* borrowed */
  GString *missing;         /* owned: each character that no font has, once */
  double y;                 /* where the next line begins, on the last page */
} McFlow;

void mc_flow_init (McFlow *self, const char *body_families, const char *heading_families, const char *title_families);
void mc_flow_clear (McFlow *self);

/* Room on the left for binding; below for the signatures of the page and its footer. */
#define MC_MARGIN_LEFT MC_MM (27)
#define MC_MARGIN_RIGHT MC_MM (22)
#define MC_MARGIN_TOP MC_MM (25)
#define MC_MARGIN_BOTTOM MC_MM (38)

/* What is left for content on every page. */
double mc_flow_left (void);
double mc_flow_width (void);
double mc_flow_bottom (void);

/* A layout of @text, @width points wide (−1: one line); characters that no font has are noted. Caller unrefs. */
PangoLayout *mc_flow_make_layout (McFlow *self, const char *text, const McTypography *type, double width);

double mc_flow_layout_width (PangoLayout *layout);

/* Left end of @line of @layout, and its baseline if the line begins at @y. */
double mc_flow_line_x (PangoLayout *layout, guint line);
double mc_flow_baseline (const McTypography *type, double y);

void mc_flow_new_page (McFlow *self);
/* A new page unless @height fits on this one. */
void mc_flow_need (McFlow *self, double height);
guint mc_flow_page (McFlow *self);

/* Sets @text; with @keep_with_next not as the last lines of a page. */
void mc_flow_add_text (McFlow *self, const char *text, const McTypography *type, gboolean keep_with_next);
void mc_flow_add_space (McFlow *self, double height);

/* One line of @text at @y of @page, over the width of the content; each '\t' in it is a line to write on, and together they fill what the text
 * leaves; @images (of McDocumentImage or NULL; may be NULL itself) stand on them in order. FALSE, and nothing is done, if it leaves too little. */
gboolean mc_flow_add_form_line (McFlow *self, guint page, const char *text, GPtrArray *images, const McTypography *type, double y);

/* --- tables: mc-document-table.c --------------------------------------------------------------------------- */

typedef struct _McFlowTable McFlowTable;

/* @type: of its cells. */
McFlowTable *mc_flow_table_new (const McTypography *type);
void mc_flow_table_free (McFlowTable *self);

/* @header: repeated on each page (before all other rows). @kept: stays with the row after it. */
void mc_flow_table_add_row (McFlowTable *self, gboolean header, gboolean kept);

/* The next cell of the last row: @x and @width in points from the left end of the content. */
void mc_flow_table_add_cell (McFlowTable *self, McFlow *flow, const char *text, double x, double width, gboolean centred, gboolean strong);

/* Sets the table; rows that do not fit go on on the next page under a repeated header. */
void mc_flow_add_table (McFlow *self, McFlowTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFlowTable, mc_flow_table_free)

G_END_DECLS
