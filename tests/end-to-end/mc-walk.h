/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole path as a new user goes it: from an empty computer to a roster, a finalised check, its record and a workbook. */
#pragma once

#include "mc-driver.h"

G_BEGIN_DECLS

/* What the walk uses and leaves behind; all strings owned. */
typedef struct
{
  char *folder;   /* holds all of the following */
  char *app;
  char *cli;
  char *roster;
  char *database;
  char *record;   /* PDF */
  char *workbook; /* .xlsx */
  McDriver *driver; /* NULL: the window is closed */
  gboolean talk;  /* say each step on stdout */
} McWalk;

/* What it finds as it is: the check that was made. */
#define MC_WALK_PLACE "秀洲区康养中心"
#define MC_WALK_FINDING "二楼东侧疏散通道的安全标志缺失，共3处。"
#define MC_WALK_ITEMS 40

/* NULL for @app or @cli: those of the build folder this program lies in. Sets the environment: to be called first. */
McWalk *mc_walk_new (const char *folder, const char *app, const char *cli, GError **error);
void mc_walk_free (McWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWalk, mc_walk_free)

/* Goes the path; the window stays open. After an error, a picture and all that AT-SPI sees lie in the folder. */
gboolean mc_walk_go (McWalk *self, GError **error);
/* Amends the finalised check in the open window, with a reason. */
gboolean mc_walk_amend (McWalk *self, const char *reason, GError **error);
/* Closes the window. */
gboolean mc_walk_close (McWalk *self, GError **error);

/* Runs mingcha-cli with @words (NULL-terminated) on the database of the walk; its exit code, -1: it did not run. */
int mc_walk_run_cli (McWalk *self, const char *const *words, char **out, GError **error);

G_END_DECLS
