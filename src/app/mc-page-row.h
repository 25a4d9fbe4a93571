/* SPDX-License-Identifier: GPL-3.0-or-later
 * A page's row in the sidebar, with the number of things that wait there. */
#pragma once

#include "mc-page-table.h"
#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_PAGE_ROW (mc_page_row_get_type ())
G_DECLARE_FINAL_TYPE (McPageRow, mc_page_row, MC, PAGE_ROW, GtkListBoxRow)

/* @index: place in the table; Alt+(index + 1) is its key. */
GtkWidget *mc_page_row_new (const McPageInfo *info, guint index);
const McPageInfo *mc_page_row_get_info (McPageRow *self);
void mc_page_row_follow (McPageRow *self, McPage *page);

G_END_DECLS
