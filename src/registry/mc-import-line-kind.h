/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a row below the header is, by its look. Pure. */
#pragma once

#include "mc-import-mapping.h"

G_BEGIN_DECLS

typedef enum
{
  MC_LINE_DATA,
  MC_LINE_TOTAL,     /* a sum of the rows above or below */
  MC_LINE_SIGNATURE, /* who filled it in, who checked it */
  MC_LINE_NOTE,      /* an explanation */
  MC_LINE_HEADER,    /* the header again, or a row of units or column numbers */
} McLineKind;

/* @below_table: a total, signature or note line stood above this row already. */
McLineKind mc_import_line_kind (const McImportMapping *mapping, const McTableRow *row, gboolean below_table);

G_END_DECLS
