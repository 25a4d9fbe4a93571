/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes the list of facilities that is shown as a workbook, away from the window. */
#include "mc-registry-export.h"

#include <glib/gi18n.h>

#include "reports/mc-facility-workbook.h"
#include "widgets/mc-format.h"

/* How often the progress is shown. */
#define PROGRESS_MS 120

typedef struct
{
  McStore *store;
  McFacilityList *list;
  char *path, *date;
  McExportProgress progress;
  gpointer progress_data;
  guint source;
  int permille; /* atomic: written by the export's thread */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_handle_id (&export->source, g_source_remove);
  g_object_unref (export->store);
  mc_facility_list_unref (export->list);
  g_free (export->path);
  g_free (export->date);
  g_free (export);
}

static void
count_rows (const char *step, guint64 done, guint64 total, gpointer data)
{
  Export *export = data;

  if (total > 0)
    g_atomic_int_set (&export->permille, (int) (done * 1000 / total));
}

static gboolean
show_progress_cb (gpointer data)
{
  Export *export = data;

  export->progress (g_atomic_int_get (&export->permille) / 1000.0, export->progress_data);
  return G_SOURCE_CONTINUE;
}

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  McWorkbookResult written;
  GError *error = NULL;
  McWorkbookRequest request = {
    .path = export->path,
    .rowids = mc_facility_list_get_rowids (export->list),
    .n_rowids = mc_facility_list_get_n (export->list),
    .date = export->date,
    .cancellable = cancellable,
    .progress = count_rows,
    .progress_data = export,
  };

  if (!mc_facility_workbook_write (export->store, &request, &written, &error))
    g_task_return_error (task, error);
  else
    {
      g_autofree char *name = g_path_get_basename (export->path), *rows = mc_format_count ((gint64) written.rows);

      g_task_return_pointer (task, g_strdup_printf (_("%s: %s rows written and counted"), name, rows), g_free);
    }
}

void
mc_registry_export_async (McStore *store, McFacilityList *list, const char *path, const char *date, McExportProgress progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Export *export = g_new0 (Export, 1);

  export->store = g_object_ref (store);
  export->list = mc_facility_list_ref (list);
  export->path = g_strdup (path);
  export->date = g_strdup (date);
  export->progress = progress;
  export->progress_data = progress_data;
  export->source = g_timeout_add (PROGRESS_MS, show_progress_cb, export);
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_in_thread);
}

char *
mc_registry_export_finish (GAsyncResult *result, GError **error)
{
  Export *export = g_task_get_task_data (G_TASK (result));

  g_clear_handle_id (&export->source, g_source_remove);
  return g_task_propagate_pointer (G_TASK (result), error);
}
