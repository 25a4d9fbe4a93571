/* SPDX-License-Identifier: GPL-3.0-or-later
 * Empty rosters to be filled in and imported: the right headers, and lists of what may be entered. */
#pragma once

#include "registry/mc-area.h"

#include "mc-workbook.h"

G_BEGIN_DECLS

typedef enum
{
  MC_ROSTER_FACILITIES,
  MC_ROSTER_INSPECTORS,
} McRosterKind;

/* @areas: the townships and counties of this tree below @area (id; NULL: all) may be chosen. @rows: how many rows are prepared. Blocks. */
gboolean mc_roster_template_write (McRosterKind kind, McAreaTree *areas, const char *area, guint rows, const char *path,
                                   GCancellable *cancellable, GError **error);

G_END_DECLS
