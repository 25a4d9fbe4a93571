/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line of an item: its code and text, what the last visit said, and the answer buttons. */
#pragma once

#include <gtk/gtk.h>

#include "mc-visit.h"
#include "widgets/mc-answer-buttons.h"

G_BEGIN_DECLS

typedef enum
{
  MC_ITEM_WIDE,   /* one line */
  MC_ITEM_NARROW, /* the answers under the text */
  MC_ITEM_LARGE,  /* the only item on the page */
} McItemLayout;

/* How all items of a checklist look; the columns are so many characters wide, so that they stand below each other. */
typedef struct
{
  McItemLayout layout;
  gboolean plain;       /* the plain wording stands with the text */
  guint code_chars;
  guint previous_chars; /* 0: there was no last visit */
} McItemLook;

#define MC_TYPE_ITEM_LINE (mc_item_line_get_type ())
G_DECLARE_FINAL_TYPE (McItemLine, mc_item_line, MC, ITEM_LINE, GtkWidget)

/* @standard and @item live as long as the line. */
GtkWidget *mc_item_line_new (McStandard *standard, const McItem *item);
McAnswerButtons *mc_item_line_get_buttons (McItemLine *self);

/* What the last visit said; NULL: nothing. Once. */
void mc_item_line_set_previous (McItemLine *self, const McPreviousAnswer *previous);
void mc_item_line_set_look (McItemLine *self, const McItemLook *look);

G_END_DECLS
