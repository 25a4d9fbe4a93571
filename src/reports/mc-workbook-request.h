/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked for a workbook of records. */
#pragma once

#include "mc-column-plan.h"
#include "mc-workbook.h"
#include "store/mc-store.h"

G_BEGIN_DECLS

/* All borrowed; what may be NULL or 0 says what then holds. */
typedef struct _McWorkbookRequest McWorkbookRequest;
struct _McWorkbookRequest
{
  const char *path;           /* required */
  McColumnPlan *plan;         /* NULL: the default plan */
  McColumnPlan *findings_plan;/* of the second sheet of visits; likewise */
  const gint64 *rowids;       /* which rows, in which order; NULL: all that are not retired */
  guint n_rowids;
  gboolean only_listed;       /* those of @rowids also if there are none: an empty list gives an empty sheet */
  const char *date;           /* of the report, any text; NULL: nothing is said */
  const char *reporting_unit; /* NULL: the authority of the store's user */
  const char *prepared_by;    /* NULL: the store's user */
  guint row_limit;            /* rows a sheet takes; 0: as many as Excel does */
  GCancellable *cancellable;
  McProgressFunc progress;    /* on the calling thread */
  gpointer progress_data;
};

/* Writes a workbook; see mc-facility-workbook.h and mc-visit-workbook.h. @data: what it needs besides, e.g. the standards; may be NULL. */
typedef gboolean (*McWorkbookWriter) (McStore *store, gpointer data, const McWorkbookRequest *request, McWorkbookResult *result, GError **error);

/* Runs @writer on a thread of its own; @request is copied, its progress is told in the caller's main context. @data is freed with @data_free. */
void mc_workbook_request_run_async (McStore *store, McWorkbookWriter writer, gpointer data, GDestroyNotify data_free,
                                    const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data);

/* For all workbooks. @result may be NULL. */
gboolean mc_workbook_request_finish (GAsyncResult *async_result, McWorkbookResult *result, GError **error);

G_END_DECLS
