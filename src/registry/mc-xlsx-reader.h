/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of a workbook (.xlsx) as Excel, WPS and LibreOffice write it. Used through McTableReader. */
#pragma once

#include "mc-table-reader.h"

G_BEGIN_DECLS

McTableReader *mc_xlsx_reader_open (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
