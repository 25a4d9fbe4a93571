/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exports the list of facilities that is shown. */
#include "mc-registry-export.h"

#include <glib/gi18n.h>

#include "reports/mc-facility-workbook.h"

static void
begin (McStore *store, gpointer data, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_facility_workbook_write_async (store, request, callback, user_data);
}

void
mc_registry_export (McExportStrip *strip, McPage *page, McFacilityList *list)
{
  const McExport export = {
    .title = _("Export the list as shown"),
    .name = _("Register of facilities"),
    .rowids = list ? mc_facility_list_get_rowids (list) : NULL,
    .n_rowids = list ? mc_facility_list_get_n (list) : 0,
    .begin = begin,
  };

  mc_export_strip_run (strip, page, &export);
}
