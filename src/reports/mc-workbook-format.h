/* SPDX-License-Identifier: GPL-3.0-or-later
 * The formats of the cells of our workbooks. */
#pragma once

#include <xlsxwriter.h>

#include "mc-workbook.h"

G_BEGIN_DECLS

#if LXW_VERSION_ID < 114
#error "libxlsxwriter 1.1.4 or later is needed"
#endif

#define MC_N_CELL_TYPES (MC_CELL_TIME + 1)

/* Owned by the workbook. */
typedef struct
{
  lxw_format *title;
  lxw_format *info_left;
  lxw_format *info_centre;
  lxw_format *info_right;
  lxw_format *header;
  lxw_format *number;                 /* the running number */
  lxw_format *cells[MC_N_CELL_TYPES];
  lxw_format *wrapped;                /* MC_CELL_TEXT of a column that breaks lines */
  lxw_format *totals[MC_N_CELL_TYPES];
  lxw_format *signatures;
} McWorkbookFormats;

void mc_workbook_formats_init (McWorkbookFormats *formats, lxw_workbook *workbook);

G_END_DECLS
