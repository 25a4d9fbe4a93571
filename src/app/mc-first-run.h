/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run: area, authority, name and role, and whether to begin with the sample roster. */
#pragma once

#include <gtk/gtk.h>

#include "store/mc-store.h"

G_BEGIN_DECLS

/* Signal "finished" (McFirstRun *): the store is open and has its user. */
#define MC_TYPE_FIRST_RUN (mc_first_run_get_type ())
G_DECLARE_FINAL_TYPE (McFirstRun, mc_first_run, MC, FIRST_RUN, GtkWidget)

/* Where the database will be created. */
void mc_first_run_set_path (McFirstRun *self, const char *path);

/* A store that is open but has no user yet: it is used instead. */
void mc_first_run_set_store (McFirstRun *self, McStore *store);

McStore *mc_first_run_get_store (McFirstRun *self); /* borrowed; NULL before "finished" */
gboolean mc_first_run_get_busy (McFirstRun *self);

/* The name that stands beside a field that is still missing; NULL: all is there. For tests. */
const char *mc_first_run_get_missing (McFirstRun *self);

G_END_DECLS
