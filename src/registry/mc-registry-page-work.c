/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the page of the registers sets going: retiring, undoing an import, adding samples. */
#include "mc-registry-page-work.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-setup.h"
#include "widgets/mc-format.h"
#include "widgets/mc-question.h"

/* --- retiring --------------------------------------------------------------------------------------------- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (mc_store_commit_finish (MC_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_registry_retire_async (McStore *store, const McRecord *record, const char *reason, const GDate *today, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  g_autoptr (McRecord) edited = mc_record_copy (record);
  McTransaction *transaction = mc_transaction_new ();
  char date[16];

  g_date_strftime (date, sizeof date, "%Y-%m-%d", today);
  mc_record_set_text (edited, "retired_on", date);
  mc_record_set_text (edited, "retired_reason", reason);
  mc_transaction_save (transaction, record, edited);
  g_task_set_task_data (task, g_strdup (mc_record_get_id (record)), g_free);
  mc_store_commit_async (store, transaction, NULL, committed_cb, task);
}

char *
mc_registry_retire_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? g_strdup (g_task_get_task_data (G_TASK (result))) : NULL;
}

static void
retired_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);
  g_autoptr (McRecord) edited = NULL;
  McTransaction *transaction;

  if (!whole)
    {
      g_task_return_error (task, error);
      return;
    }
  edited = mc_record_copy (whole->pdata[0]);
  mc_record_set_null (edited, "retired_on");
  mc_record_set_null (edited, "retired_reason");
  transaction = mc_transaction_new ();
  mc_transaction_save (transaction, whole->pdata[0], edited);
  mc_store_commit_async (MC_STORE (source), transaction, NULL, committed_cb, g_steal_pointer (&task));
}

void
mc_registry_unretire_async (McStore *store, const char *entity, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_store_load_whole_async (store, entity, id, NULL, retired_loaded_cb, g_task_new (store, NULL, callback, user_data));
}

gboolean
mc_registry_unretire_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the last import -------------------------------------------------------------------------------------- */

static void
describe_batch (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (McImportBatch) batch = mc_import_get_last_batch (source, &error);
  g_autofree char *time = NULL, *created = NULL, *updated = NULL;

  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!batch)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  time = mc_format_time (batch->at);
  created = mc_format_count ((gint64) batch->created);
  updated = mc_format_count ((gint64) batch->updated);
  g_task_return_pointer (task,
                         g_strdup_printf (_("%s, imported %s: %s created, %s updated. What it created is retired, what it updated gets its values of before. "
                                            "What somebody changed since stays and is named."),
                                          batch->file_name, time, created, updated),
                         g_free);
}

void
mc_registry_describe_last_batch_async (McStore *store, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_run_in_thread (task, describe_batch);
}

char *
mc_registry_describe_last_batch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
mc_registry_describe_undo (const McImportUndo *undo)
{
  g_autofree char *retired = mc_format_count ((gint64) undo->retired), *restored = mc_format_count ((gint64) undo->restored);
  g_autofree char *kept = mc_format_count ((gint64) undo->kept);

  if (undo->kept == 0)
    return g_strdup_printf (_("Import undone: %s retired, %s put back"), retired, restored);
  return g_strdup_printf (_("Import undone: %s retired, %s put back, %s left as they are"), retired, restored, kept);
}

void
mc_registry_show_kept (GtkWidget *widget, const char *heading, const McImportUndo *undo)
{
  GString *body = g_string_new (_("These were changed since and stay:"));
  McQuestion *question;

  for (guint i = 0; i < MIN (undo->messages->len, 8); i++)
    g_string_append_printf (body, "\n%s", (const char *) undo->messages->pdata[i]);
  if (undo->messages->len > 8)
    g_string_append_printf (g_string_append_c (body, '\n'), _("… and %u more"), undo->messages->len - 8);
  question = mc_question_new (heading, body->str);
  mc_question_add_answer (question, "cancel", _("Close"), MC_QUESTION_PLAIN);
  mc_question_ask (question, widget, NULL, NULL);
  g_string_free (body, TRUE);
}

/* --- samples ---------------------------------------------------------------------------------------------- */

static void
add_samples (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (mc_setup_samples (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_registry_add_samples_async (McStore *store, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_run_in_thread (task, add_samples);
}

gboolean
mc_registry_add_samples_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- examples --------------------------------------------------------------------------------------------- */

char *
mc_registry_find_first (McStore *store, McAreaTree *tree, McFacilityList *list, gboolean in_conflict)
{
  guint n = list ? mc_facility_list_get_n (list) : 0;
  g_autoptr (GPtrArray) rows = n > 0 ? mc_facility_rows_load (store, tree, mc_facility_list_get_rowids (list), MIN (n, 2000), NULL) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      McFacilityRow *row = rows->pdata[i];

      if (row && (!in_conflict || (row->state & MC_RECORD_CONFLICT)))
        return g_strdup (row->id);
    }
  return NULL;
}

/* A fault that people make: every ninth row has no name. */
static char *
spoil (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 2; lines[i] && *lines[i]; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", 3);

      if (i % 9 != 0 || !cells[1] || !cells[2])
        continue;
      g_free (lines[i]);
      lines[i] = g_strdup_printf ("%s,,%s", cells[0], cells[2]);
    }
  return g_strjoinv ("\n", lines);
}

/* The first two columns: numbers and names. */
static char *
only_names (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      char *comma = strchr (lines[i], ','), *second = comma ? strchr (comma + 1, ',') : NULL;

      if (second)
        *second = '\0';
    }
  return g_strjoinv ("\n", lines);
}

char *
mc_registry_write_example (McRegistryExample example)
{
  g_autoptr (GBytes) bytes = mc_setup_sample_roster ();
  g_autofree char *folder = NULL, *text = NULL, *name = NULL, *path = NULL;

  if (!bytes)
    return NULL;
  folder = g_build_filename (g_get_user_cache_dir (), "mingcha", NULL);
  g_mkdir_with_parents (folder, 0700);
  name = g_strdup_printf ("%s.csv", example == MC_REGISTRY_EXAMPLE_FAULTS ? _("Example with faults") : _("Example"));
  path = g_build_filename (folder, name, NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (example != MC_REGISTRY_EXAMPLE_GOOD)
    {
      g_autofree char *good = g_steal_pointer (&text);

      text = example == MC_REGISTRY_EXAMPLE_FAULTS ? spoil (good) : only_names (good);
    }
  return g_file_set_contents (path, text, -1, NULL) ? g_steal_pointer (&path) : NULL;
}
