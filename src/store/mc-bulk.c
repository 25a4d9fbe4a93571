/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stream of writes of an import: very many records in one transaction. */
#include "mc-save.h"
#include "mc-set-aside.h"

struct _McBulk
{
  McWrite *write;
  McSaver saver;
  GPtrArray *set_aside; /* the SQL of indexes to be made again; or NULL */
};

typedef struct
{
  McBulkFunc func;
  gpointer data;
  GDestroyNotify data_free;
} BulkCall;

static gboolean
run_bulk (McWrite       *write,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  BulkCall *call = data;
  McBulk bulk = { write, { 0 }, NULL };
  gboolean done;

  mc_saver_init (&bulk.saver, write);
  done = call->func (&bulk, call->data, cancellable, error) &&
         (!bulk.set_aside || mc_set_aside_restore (mc_write_get_database (write), bulk.set_aside, error));
  g_clear_pointer (&bulk.set_aside, g_ptr_array_unref);
  mc_saver_clear (&bulk.saver);
  return done;
}

gboolean
mc_store_write_bulk (McStore       *self,
                     McBulkFunc     func,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  BulkCall call = { func, data, NULL };

  return mc_store_run_write (self, run_bulk, &call, cancellable, error);
}

static void
bulk_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (mc_store_worker_work (source, run_bulk, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
bulk_call_free (gpointer data)
{
  BulkCall *call = data;

  if (call->data_free)
    call->data_free (call->data);
  g_free (call);
}

void
mc_store_write_bulk_async (McStore             *self,
                           McBulkFunc           func,
                           gpointer             data,
                           GDestroyNotify       data_free,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  BulkCall *call = g_new0 (BulkCall, 1);

  *call = (BulkCall) { func, data, data_free };
  g_task_set_source_tag (task, mc_store_write_bulk_async);
  g_task_set_task_data (task, call, bulk_call_free);
  g_task_set_check_cancellable (task, FALSE);
  mc_store_push_write (self, task, bulk_thread);
}

gboolean
mc_store_write_bulk_finish (McStore       *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mc_bulk_expect (McBulk      *self,
                const char  *entity,
                guint64      n_new,
                GError     **error)
{
  g_return_val_if_fail (self->set_aside == NULL, TRUE);

  return mc_set_aside_indexes (mc_write_get_database (self->write), mc_entity_find (entity), n_new, &self->set_aside, error);
}

gboolean
mc_bulk_save (McBulk          *self,
              const McRecord  *base,
              const McRecord  *edited,
              gboolean        *wrote,
              GError         **error)
{
  GError *local_error = NULL;

  if (mc_saver_save (&self->saver, base, edited, wrote, &local_error))
    return TRUE;
  mc_save_name_record (&local_error, mc_record_get_entity (edited)->name, mc_record_get_id (edited), edited);
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
mc_bulk_save_prepared (McBulk                  *self,
                       const McPreparedRecord  *prepared,
                       gboolean                *wrote,
                       GError                 **error)
{
  const McRecord *record = prepared->record;
  GError *local_error = NULL;

  if (mc_saver_save_prepared (&self->saver, prepared, wrote, &local_error))
    return TRUE;
  mc_save_name_record (&local_error, mc_record_get_entity (record)->name, mc_record_get_id (record), record);
  g_propagate_error (error, local_error);
  return FALSE;
}

McRecord *
mc_bulk_load (McBulk      *self,
              const char  *entity,
              const char  *id,
              GError     **error)
{
  return mc_store_load_record (mc_write_get_database (self->write), mc_entity_find (entity), id, error);
}

void
mc_bulk_get_next_line (McBulk *self,
                       McRef  *ref)
{
  const McLogChain *chain = mc_write_get_chain (self->write);

  g_strlcpy (ref->device, chain->device, sizeof ref->device);
  ref->seq = chain->last_seq + 1;
}

sqlite3 *
mc_bulk_get_database (McBulk *self)
{
  return mc_database_get_handle (mc_write_get_database (self->write));
}
