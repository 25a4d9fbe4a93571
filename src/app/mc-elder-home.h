/* SPDX-License-Identifier: GPL-3.0-or-later
 * The desk in elder mode: at most six large tiles, by role. */
#pragma once

#include <gtk/gtk.h>

#include "mc-overview-data.h"
#include "widgets/mc-session.h"

G_BEGIN_DECLS

#define MC_TYPE_ELDER_HOME (mc_elder_home_get_type ())
G_DECLARE_FINAL_TYPE (McElderHome, mc_elder_home, MC, ELDER_HOME, GtkWidget)

/* The day, where the work is kept, and what waits in each tile. */
void mc_elder_home_show (McElderHome *self, McSession *session, const McOverviewData *data);

/* How many ems fit beside each other: three tiles in a row, two or one. */
void mc_elder_home_set_em_width (McElderHome *self, guint ems);

/* The tiles of @role, in their order; ends with MC_ELDER_TILE_END, at most six, static. Pure. */
typedef enum
{
  MC_ELDER_TILE_END,
  MC_ELDER_TILE_CHECKS,    /* checks under way */
  MC_ELDER_TILE_NEW_CHECK,
  MC_ELDER_TILE_DUE,       /* corrections to be re-checked */
  MC_ELDER_TILE_UNCHECKED, /* not checked for a year */
  MC_ELDER_TILE_REGISTERS,
  MC_ELDER_TILE_HELP,
} McElderTileKind;
#define MC_ELDER_HOME_MAX_TILES 6
const McElderTileKind *mc_elder_home_list_tiles (const char *role);

G_END_DECLS
