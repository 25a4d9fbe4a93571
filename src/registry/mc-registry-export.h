/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes the list of facilities that is shown as a workbook, away from the window. */
#pragma once

#include "mc-facility.h"

G_BEGIN_DECLS

/* Writes @list as a workbook to @path; cancelled, it leaves no file. @progress is called on the caller's main context with what is done (0 to 1). Finish gives what to
 * tell. */
typedef void (*McExportProgress) (double fraction, gpointer data);
void mc_registry_export_async (McStore *store, McFacilityList *list, const char *path, const char *date, McExportProgress progress, gpointer progress_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *mc_registry_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
