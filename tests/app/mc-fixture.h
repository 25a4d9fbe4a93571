/* SPDX-License-Identifier: GPL-3.0-or-later
 * Databases to look at the pages with: empty, one of everything, the sample roster, many rows, long names, an open conflict. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

/* NULL-terminated, static: "empty", "one", "sample", "many", "long", "conflict". Beside these there is "dialogs": several users, the first with the PIN 246810. */
const char *const *mc_fixture_list (void);

/* Makes the database NAME at @path (and folders, devices beside it under the isolated $XDG directories). Names of places and of
 * rosters come from the program's own samples. The day of its content is mc_fixture_today(). */
void mc_fixture_make (const char *name, const char *path);
void mc_fixture_today (GDate *today);

/* The folder @path with all that is in it, when the test is over. */
void mc_fixture_remove_folder (const char *path);

G_END_DECLS
