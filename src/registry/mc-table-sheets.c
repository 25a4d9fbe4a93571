/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sheets of a table file with the number of their rows, for a person to choose among. */
#include "mc-table-sheets.h"

static void
info_free (gpointer data)
{
  McTableSheetInfo *info = data;

  g_free (info->name);
  g_free (info);
}

static void
count_rows (McTableReader *reader, McTableSheetInfo *info, GCancellable *cancellable)
{
  McTableRow row;

  if (!mc_table_reader_select_sheet (reader, info->sheet, NULL))
    return;
  while (!info->more && !g_cancellable_is_cancelled (cancellable) && mc_table_reader_next_row (reader, &row, NULL))
    {
      info->more = info->rows == MC_TABLE_SHEETS_MAX_ROWS;
      info->rows += info->more ? 0 : 1;
    }
}

GPtrArray *
mc_table_sheets_list (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (McTableReader) reader = NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func (info_free);
  guint n;

  g_return_val_if_fail (path != NULL, NULL);

  reader = mc_table_reader_open (path, NULL, cancellable, error);
  if (reader == NULL)
    return NULL;
  n = mc_table_reader_get_n_sheets (reader);
  for (guint i = 0; i < n; i++)
    {
      McTableSheetInfo *info = g_new0 (McTableSheetInfo, 1);

      info->sheet = i;
      info->name = g_strdup (mc_table_reader_get_sheet_name (reader, i));
      info->hidden = mc_table_reader_sheet_is_hidden (reader, i);
      g_ptr_array_add (sheets, info);
      if (n > 1)
        count_rows (reader, info, cancellable);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&sheets);
}

static void
list_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *sheets = mc_table_sheets_list (path, cancellable, &error);

  if (sheets)
    g_task_return_pointer (task, sheets, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
mc_table_sheets_list_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, list_in_thread);
}

GPtrArray *
mc_table_sheets_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
