/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of a .csv: comma, semicolon or tab; quotes; line breaks in cells. Used through McTableReader. */
#pragma once

#include "mc-table-reader.h"

G_BEGIN_DECLS

McTableReader *mc_csv_reader_open (const char *path, const char *encoding, GCancellable *cancellable, GError **error);

G_END_DECLS
