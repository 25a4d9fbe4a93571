/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plan as its users see it, and the same work on a thread of its own. */
#include "mc-import-plan.h"

#include "mc-import-value.h"
#include "mc-import-writing.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- the plan --------------------------------------------------------------------------------------------- */

McImportPlan *
mc_import_plan_ref (McImportPlan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mc_import_plan_unref (McImportPlan *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->store);
  g_free (self->file_name);
  g_free (self->sheet_name);
  mc_import_mapping_free (self->mapping);
  mc_import_stage_free (self->stage);
  mc_import_messages_free (self->messages);
  g_free (self);
}

guint64
mc_import_plan_count (McImportPlan *self, McImportOutcome outcome)
{
  g_return_val_if_fail (outcome < MC_IMPORT_N_OUTCOMES, 0);

  return self->counts[outcome];
}

const McImportMapping *
mc_import_plan_get_mapping (McImportPlan *self)
{
  return self->mapping;
}

const char *
mc_import_plan_get_sheet_name (McImportPlan *self)
{
  return self->sheet_name;
}

GPtrArray *
mc_import_plan_get_messages (McImportPlan *self)
{
  return mc_import_messages_get_first (self->messages);
}

guint64
mc_import_plan_get_n_messages (McImportPlan *self)
{
  return mc_import_messages_get_n (self->messages);
}

gboolean
mc_import_plan_write_report (McImportPlan *self, const char *path, GError **error)
{
  return mc_import_messages_write_report (self->messages, path, error);
}

/* --- rows for the preview --------------------------------------------------------------------------------- */

static void
change_free (gpointer data)
{
  McImportFieldChange *change = data;

  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change);
}

void
mc_import_row_free (McImportRow *row)
{
  if (!row)
    return;
  g_free (row->record);
  g_free (row->title);
  g_free (row->existing_name);
  g_ptr_array_unref (row->changes);
  g_free (row);
}

/* People know the names of areas and authorities, not their ids. */
static char *
show_value (McImportPlan *self, const McField *field, const McValue *value)
{
  g_autoptr (McRecord) target = NULL;

  if (field->type != MC_FIELD_REFERENCE || value->type != MC_VALUE_TEXT)
    return mc_import_value_show (field, value);
  target = mc_store_load (self->store, field->list, value->text, NULL);
  return g_strdup (target ? mc_record_get_text (target, "name") : value->text);
}

static void
add_changes (McImportPlan *self, const McStagedRow *staged, const McRecord *existing, GPtrArray *changes)
{
  const McEntity *entity = mc_record_get_entity (staged->record);
  guint64 mask = existing ? staged->given : staged->given | staged->defaulted;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const McValue *old = existing ? mc_record_get (existing, field->key) : NULL;
      const McValue *new = mc_record_get (staged->record, field->key);
      McImportFieldChange *change;

      if (!(mask >> i & 1) || (old && mc_value_equal (old, new)))
        continue;
      change = g_new0 (McImportFieldChange, 1);
      change->field = field;
      change->old_text = old ? show_value (self, field, old) : NULL;
      change->new_text = show_value (self, field, new);
      g_ptr_array_add (changes, change);
    }
}

static McImportRow *
build_row (McImportPlan *self, guint64 index, GError **error)
{
  g_auto (McStagedRow) staged = { 0 };
  g_autoptr (McRecord) existing = NULL;
  McImportRow *row;

  if (!mc_import_stage_read (self->stage, index, &staged, error))
    return NULL;
  if (staged.existing[0])
    existing = mc_store_load (self->store, mc_record_get_entity (staged.record)->name, staged.existing, NULL);
  row = g_new0 (McImportRow, 1);
  row->row = staged.row;
  row->outcome = mc_import_stage_get_outcome (self->stage, index);
  row->decision = mc_import_stage_get_decision (self->stage, index);
  row->record = row->outcome == MC_IMPORT_REJECTED ? NULL : g_strdup (staged.existing[0] ? staged.existing : staged.id);
  row->title = g_strdup (mc_record_get_text (staged.record, "name"));
  row->existing_name = existing ? g_strdup (mc_record_get_text (existing, "name")) : NULL;
  row->changes = g_ptr_array_new_with_free_func (change_free);
  add_changes (self, &staged, existing, row->changes);
  return row;
}

GPtrArray *
mc_import_plan_get_rows (McImportPlan *self, McImportOutcome outcome, guint64 offset, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_import_row_free);
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n && rows->len < limit; i++)
    {
      McImportRow *row;

      if (outcome != MC_IMPORT_N_OUTCOMES && mc_import_stage_get_outcome (self->stage, i) != outcome)
        continue;
      if (offset > 0)
        {
          offset--;
          continue;
        }
      row = build_row (self, i, error);
      if (!row)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* --- decisions -------------------------------------------------------------------------------------------- */

/* One existing record can be only one of the rows. */
static gboolean
is_taken (McImportPlan *self, guint64 index, const char *existing)
{
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n; i++)
    if (i != index && mc_import_stage_get_outcome (self->stage, i) == MC_IMPORT_UNSURE && mc_import_stage_get_decision (self->stage, i) == MC_IMPORT_SAME)
      {
        g_auto (McStagedRow) other = { 0 };

        if (mc_import_stage_read (self->stage, i, &other, NULL) && strcmp (other.existing, existing) == 0)
          return TRUE;
      }
  return FALSE;
}

static gboolean
decide_one (McImportPlan *self, guint64 index, guint64 row, McImportDecision decision)
{
  g_auto (McStagedRow) staged = { 0 };

  if (!mc_import_stage_read (self->stage, index, &staged, NULL) || staged.row != row)
    return FALSE;
  if (decision == MC_IMPORT_SAME && is_taken (self, index, staged.existing))
    return FALSE;
  mc_import_stage_set_decision (self->stage, index, decision);
  return TRUE;
}

static gboolean
decide_all (McImportPlan *self, McImportDecision decision)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n; i++)
    {
      g_auto (McStagedRow) staged = { 0 };

      if (mc_import_stage_get_outcome (self->stage, i) != MC_IMPORT_UNSURE || !mc_import_stage_read (self->stage, i, &staged, NULL))
        continue;
      if (decision != MC_IMPORT_SAME || g_hash_table_add (taken, g_strdup (staged.existing)))
        mc_import_stage_set_decision (self->stage, i, decision);
      else
        mc_import_stage_set_decision (self->stage, i, MC_IMPORT_UNDECIDED);
    }
  return self->counts[MC_IMPORT_UNSURE] > 0;
}

gboolean
mc_import_plan_decide (McImportPlan *self, guint64 row, McImportDecision decision)
{
  guint64 n = mc_import_stage_get_n (self->stage);

  if (row == 0)
    return decide_all (self, decision);
  for (guint64 i = 0; i < n; i++)
    if (mc_import_stage_get_outcome (self->stage, i) == MC_IMPORT_UNSURE && decide_one (self, i, row, decision))
      return TRUE;
  return FALSE;
}

/* --- applying --------------------------------------------------------------------------------------------- */

char *
mc_import_apply (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                 GCancellable *cancellable, GError **error)
{
  McImportWriting writing = {
    .stage = self->stage, .kind = self->kind, .file_name = self->file_name, .sheet_name = self->sheet_name,
    .user = mc_store_get_user (self->store), .progress = progress, .progress_data = progress_data,
  };

  g_return_val_if_fail (!self->applied, NULL);

  if (self->counts[MC_IMPORT_REJECTED] > 0 && !(flags & MC_IMPORT_GOOD_ROWS))
    {
      g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_BAD_ROWS,
                   g_dngettext (NULL, "%llu row cannot be taken, so none was. Correct the file, or import the good rows alone. Nothing was changed.",
                                "%llu rows cannot be taken, so none was. Correct the file, or import the good rows alone. Nothing was changed.",
                                (gulong) self->counts[MC_IMPORT_REJECTED]), (unsigned long long) self->counts[MC_IMPORT_REJECTED]);
      return NULL;
    }
  if (!mc_import_write (self->store, &writing, cancellable, error))
    return NULL;
  self->applied = TRUE;
  return writing.batch;
}

/* --- on a thread ------------------------------------------------------------------------------------------ */

/* Tells the progress of a thread on the context of its caller. */
typedef struct
{
  McImportProgress progress;
  gpointer data;
  GMainContext *context;
} Relay;

typedef struct
{
  Relay relay; /* a copy */
  double fraction;
  guint64 rows;
} Told;

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  told->relay.progress (told->fraction, told->rows, told->relay.data);
  return G_SOURCE_REMOVE;
}

static void
relay_progress (double fraction, guint64 rows, gpointer user_data)
{
  Relay *relay = user_data;
  Told *told = g_new0 (Told, 1);

  told->relay = *relay;
  told->fraction = fraction;
  told->rows = rows;
  g_main_context_invoke_full (relay->context, G_PRIORITY_DEFAULT, tell_cb, told, g_free);
}

typedef struct
{
  McImportOptions options;
  GDate today;
  McImportFlags flags;
  Relay relay;
} Job;

static Job *
job_new (McImportProgress progress, gpointer progress_data)
{
  Job *job = g_new0 (Job, 1);

  job->relay.progress = progress;
  job->relay.data = progress_data;
  job->relay.context = g_main_context_ref_thread_default ();
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free ((char *) job->options.path);
  g_free ((char *) job->options.encoding);
  g_strfreev ((char **) job->options.maps);
  g_free ((char *) job->options.default_area);
  g_free ((char *) job->options.default_authority);
  g_main_context_unref (job->relay.context);
  g_free (job);
}

static void
copy_options (Job *job, const McImportOptions *options)
{
  job->options = *options;
  job->options.path = g_strdup (options->path);
  job->options.encoding = g_strdup (options->encoding);
  job->options.maps = (const char *const *) g_strdupv ((char **) options->maps);
  job->options.default_area = g_strdup (options->default_area);
  job->options.default_authority = g_strdup (options->default_authority);
  if (options->today)
    {
      job->today = *options->today;
      job->options.today = &job->today;
    }
}

static void
plan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  McImportPlan *plan = mc_import_plan_new (source, &job->options, job->relay.progress ? relay_progress : NULL, &job->relay, cancellable, &error);

  if (plan)
    g_task_return_pointer (task, plan, (GDestroyNotify) mc_import_plan_unref);
  else
    g_task_return_error (task, error);
}

void
mc_import_plan_async (McStore *store, const McImportOptions *options, McImportProgress progress, gpointer progress_data,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = job_new (progress, progress_data);

  copy_options (job, options);
  g_task_set_source_tag (task, mc_import_plan_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, plan_thread);
}

McImportPlan *
mc_import_plan_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  McImportPlan *plan;
  Job *job;
} Apply;

static void
apply_free (gpointer data)
{
  Apply *apply = data;

  mc_import_plan_unref (apply->plan);
  job_free (apply->job);
  g_free (apply);
}

static void
apply_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Apply *apply = data;
  GError *error = NULL;
  char *batch = mc_import_apply (apply->plan, apply->job->flags, apply->job->relay.progress ? relay_progress : NULL, &apply->job->relay,
                                 cancellable, &error);

  if (batch)
    g_task_return_pointer (task, batch, g_free);
  else
    g_task_return_error (task, error);
}

void
mc_import_apply_async (McImportPlan *self, McImportFlags flags, McImportProgress progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self->store, cancellable, callback, user_data);
  Apply *apply = g_new0 (Apply, 1);

  apply->plan = mc_import_plan_ref (self);
  apply->job = job_new (progress, progress_data);
  apply->job->flags = flags;
  g_task_set_source_tag (task, mc_import_apply_async);
  g_task_set_task_data (task, apply, apply_free);
  /* Once it is written, it is done, whatever was asked meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, apply_thread);
}

char *
mc_import_apply_finish (McImportPlan *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  McImportUndo *undo = mc_import_undo (source, cancellable, &error);

  if (undo)
    g_task_return_pointer (task, undo, (GDestroyNotify) mc_import_undo_free);
  else
    g_task_return_error (task, error);
}

void
mc_import_undo_async (McStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_task_set_source_tag (task, mc_import_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, undo_thread);
}

McImportUndo *
mc_import_undo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
