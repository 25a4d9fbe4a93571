/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a report is written: a temporary file beside the one that was asked for. */
#pragma once

#include "store/mc-disk.h"

#include "mc-report-error.h"

G_BEGIN_DECLS

/* Checks that @path can be the name of a file that the user gets, and opens a temporary one (caller frees @temporary) in its
 * folder, to be ended by mc_disk_finish_temporary() or mc_disk_drop_temporary(). −1 on failure. */
int mc_report_file_open (const char *path, char **temporary, GError **error);

G_END_DECLS
