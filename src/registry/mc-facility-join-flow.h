/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks before two records become one, says what happens, and offers the way back. */
#pragma once

#include <gtk/gtk.h>

#include "mc-area.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* @facility: the record that gives way, as the person sees it; @into: the id of the one that is kept. @widget: inside a page, whose window opens the record
 * that is kept once it is done. */
void mc_facility_join_flow (GtkWidget *widget, McSession *session, McAreaTree *tree, const McRecord *facility, const char *into);

/* Brings @facility back, from another record or from retirement. */
void mc_facility_separate_flow (GtkWidget *widget, McSession *session, const McRecord *facility);

G_END_DECLS
