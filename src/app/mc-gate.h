/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands before the pages: the database is being opened, something is in the way, or this is the first run. */
#pragma once

#include <gtk/gtk.h>

#include "widgets/mc-session.h"

G_BEGIN_DECLS

/* Signal "finished" (McGate *): the first run is done; mc_gate_get_store() has its user. */
#define MC_TYPE_GATE (mc_gate_get_type ())
G_DECLARE_FINAL_TYPE (McGate, mc_gate, MC, GATE, GtkWidget)

GtkWidget *mc_gate_new (McSession *session);

void mc_gate_show_loading (McGate *self);
void mc_gate_show_problem (McGate *self, const GError *error);

/* @store: one that is open and has no user yet; NULL: @path will be created. */
void mc_gate_show_first_run (McGate *self, const char *path, McStore *store);

const char *mc_gate_get_state (McGate *self); /* "loading", "problem" or "first-run" */
McStore *mc_gate_get_store (McGate *self);    /* borrowed */
gboolean mc_gate_get_busy (McGate *self);

G_END_DECLS
