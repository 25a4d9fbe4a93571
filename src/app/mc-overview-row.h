/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of the desk: a state, what it is about, where; and the record that it opens. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-status.h"

G_BEGIN_DECLS

#define MC_TYPE_OVERVIEW_ROW (mc_overview_row_get_type ())
G_DECLARE_FINAL_TYPE (McOverviewRow, mc_overview_row, MC, OVERVIEW_ROW, GtkListBoxRow)

/* @title is a name or a text of people and may be cut; @detail wraps. It opens nothing until it has a record. */
GtkWidget *mc_overview_row_new (McStatusKind kind, const char *state, const char *title, const char *detail);
void mc_overview_row_set_record (McOverviewRow *self, const char *entity, const char *id);
const char *mc_overview_row_get_entity (McOverviewRow *self);
const char *mc_overview_row_get_id (McOverviewRow *self);
void mc_overview_row_set_group (McOverviewRow *self, int group);
int mc_overview_row_get_group (McOverviewRow *self);

G_END_DECLS
