/* SPDX-License-Identifier: GPL-3.0-or-later
 * Late changes of a finalised visit: each is taken in as an amendment or set aside, with a reason. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-page.h"

G_BEGIN_DECLS

#define MC_TYPE_LATE_ROW (mc_late_row_get_type ())
G_DECLARE_FINAL_TYPE (McLateRow, mc_late_row, MC, LATE_ROW, GtkWidget)

GtkWidget *mc_late_row_new (void);

/* The late changes of @visit; reads them again each time. @page is borrowed. */
void mc_late_row_set (McLateRow *self, McPage *page, const char *visit);

G_END_DECLS
