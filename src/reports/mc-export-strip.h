/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exports a list as a workbook from a page: asks for the file, shows how far it is, can be cancelled, says how it ended. */
#pragma once

#include "widgets/mc-page.h"

G_BEGIN_DECLS

/* A strip for the foot of a page, seen while something is written. Property: working (notified).
 *
 *   static void begin (McStore *store, gpointer data, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data)
 *   { mc_visit_workbook_write_async (store, data, request, callback, user_data); }
 *
 *   const McExport export = { .title = _("Export the list as shown"), .name = _("Checks"), .rowids = …, .n_rowids = …, .begin = begin,
 *                             .data = mc_standards_ref (standards), .data_free = … };
 *   mc_export_strip_run (self->export_strip, MC_PAGE (self), &export); */
#define MC_TYPE_EXPORT_STRIP (mc_export_strip_get_type ())
G_DECLARE_FINAL_TYPE (McExportStrip, mc_export_strip, MC, EXPORT_STRIP, GtkWidget)

typedef struct _McWorkbookRequest McWorkbookRequest;

/* Begins to write; the result is for mc_workbook_request_finish(). */
typedef void (*McExportBegin) (McStore *store, gpointer data, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data);

typedef struct
{
  const char *title;    /* of the question for the file */
  const char *name;     /* proposed for the file, without .xlsx */
  const gint64 *rowids; /* the rows in their order, copied; none: an empty sheet */
  guint n_rowids;
  McExportBegin begin;
  gpointer data;        /* for @begin; freed by @data_free */
  GDestroyNotify data_free;
} McExport;

/* One at a time: while it works, this does nothing. @page is busy, and told in a toast (or, if it failed, in a dialog) how it ended. */
void mc_export_strip_run (McExportStrip *self, McPage *page, const McExport *export);
void mc_export_strip_cancel (McExportStrip *self);
gboolean mc_export_strip_get_working (McExportStrip *self);

G_END_DECLS
