/* SPDX-License-Identifier: GPL-3.0-or-later
 * Transactions: several writes that stand or fall together. */
#include <glib/gi18n.h>

#include "mc-save.h"
#include "mc-seal-write.h"

typedef enum
{
  OPERATION_SAVE,
  OPERATION_PICK,
  OPERATION_SEAL,
  OPERATION_AMEND,
  OPERATION_SET_ASIDE,
  OPERATION_TAKE_IN,
  OPERATION_ERASE_VALUE,
  OPERATION_ERASE_BLOB,
} OperationKind;

typedef struct
{
  OperationKind kind;
  McRecord *base;
  McRecord *edited;
  char *entity;
  char *record;
  char *text; /* key of a field, kind of a seal, digest of a blob */
  char *reason;
  McValue value;
  McRef change;
} Operation;

struct _McTransaction
{
  GPtrArray *operations;
};

static void
operation_free (gpointer data)
{
  Operation *operation = data;

  g_clear_pointer (&operation->base, mc_record_free);
  g_clear_pointer (&operation->edited, mc_record_free);
  g_free (operation->entity);
  g_free (operation->record);
  g_free (operation->text);
  g_free (operation->reason);
  mc_value_clear (&operation->value);
  g_free (operation);
}

McTransaction *
mc_transaction_new (void)
{
  McTransaction *self = g_new0 (McTransaction, 1);

  self->operations = g_ptr_array_new_with_free_func (operation_free);
  return self;
}

void
mc_transaction_free (McTransaction *self)
{
  g_ptr_array_unref (self->operations);
  g_free (self);
}

static Operation *
add (McTransaction *self,
     OperationKind  kind,
     const char    *entity,
     const char    *record,
     const char    *text,
     const char    *reason)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->kind = kind;
  operation->entity = g_strdup (entity);
  operation->record = g_strdup (record);
  operation->text = g_strdup (text);
  operation->reason = g_strdup (reason);
  g_ptr_array_add (self->operations, operation);
  return operation;
}

static Operation *
add_for_record (McTransaction  *self,
                OperationKind   kind,
                const McRecord *record,
                const char     *text)
{
  return add (self, kind, mc_record_get_entity (record)->name, mc_record_get_id (record), text, NULL);
}

void
mc_transaction_save (McTransaction  *self,
                     const McRecord *base,
                     const McRecord *edited)
{
  Operation *operation;

  g_return_if_fail (self != NULL && edited != NULL);

  operation = add_for_record (self, OPERATION_SAVE, edited, NULL);
  operation->base = base ? mc_record_copy (base) : NULL;
  operation->edited = mc_record_copy (edited);
}

void
mc_transaction_pick (McTransaction  *self,
                     const McRecord *base,
                     const char     *key,
                     const McValue  *value)
{
  Operation *operation;

  g_return_if_fail (self != NULL && base != NULL && key != NULL && value != NULL);

  operation = add_for_record (self, OPERATION_PICK, base, key);
  operation->base = mc_record_copy (base);
  mc_value_copy (value, &operation->value);
}

void
mc_transaction_seal (McTransaction *self,
                     const char    *entity,
                     const char    *root_id,
                     const char    *kind)
{
  g_return_if_fail (self != NULL && entity != NULL && root_id != NULL && kind != NULL);

  add (self, OPERATION_SEAL, entity, root_id, kind, NULL);
}

void
mc_transaction_amend (McTransaction *self,
                      const char    *entity,
                      const char    *root_id,
                      const char    *reason)
{
  g_return_if_fail (self != NULL && entity != NULL && root_id != NULL);

  add (self, OPERATION_AMEND, entity, root_id, NULL, reason);
}

void
mc_transaction_set_aside (McTransaction *self,
                          const char    *entity,
                          const char    *record,
                          const McRef   *change,
                          const char    *reason)
{
  g_return_if_fail (self != NULL && entity != NULL && record != NULL && change != NULL);

  add (self, OPERATION_SET_ASIDE, entity, record, NULL, reason)->change = *change;
}

void
mc_transaction_take_in (McTransaction *self,
                        const char    *entity,
                        const char    *record,
                        const McRef   *change,
                        const char    *reason)
{
  g_return_if_fail (self != NULL && entity != NULL && record != NULL && change != NULL);

  add (self, OPERATION_TAKE_IN, entity, record, NULL, reason)->change = *change;
}

void
mc_transaction_erase_value (McTransaction *self,
                            const char    *entity,
                            const char    *record,
                            const char    *key,
                            const char    *reason)
{
  g_return_if_fail (self != NULL && entity != NULL && record != NULL && key != NULL);

  add (self, OPERATION_ERASE_VALUE, entity, record, key, reason);
}

void
mc_transaction_erase_blob (McTransaction *self,
                           const char    *entity,
                           const char    *record,
                           const char    *digest,
                           const char    *reason)
{
  g_return_if_fail (self != NULL && entity != NULL && record != NULL && digest != NULL);

  add (self, OPERATION_ERASE_BLOB, entity, record, digest, reason);
}

/* --- carrying it out -------------------------------------------------------------------------------------- */

static gboolean
needs_reason (OperationKind kind)
{
  return kind >= OPERATION_AMEND;
}

static gboolean
run_operation (McSaver          *saver,
               const Operation  *operation,
               GError          **error)
{
  const McEntity *entity = mc_entity_find (operation->entity);

  g_return_val_if_fail (entity != NULL, FALSE);

  if (needs_reason (operation->kind) && (!operation->reason || !*operation->reason))
    {
      g_set_error_literal (error, MC_STORE_ERROR, MC_STORE_ERROR_INPUT, _("A reason is required. Nothing was saved."));
      return FALSE;
    }
  switch (operation->kind)
    {
    case OPERATION_PICK:
      return mc_seal_pick (saver, operation->base, operation->text, &operation->value, error);
    case OPERATION_SEAL:
      return mc_seal_write (saver, entity, operation->record, operation->text, error);
    case OPERATION_AMEND:
      return mc_seal_amend (saver, entity, operation->record, operation->reason, error);
    case OPERATION_SET_ASIDE:
      return mc_seal_set_aside (saver, entity, operation->record, &operation->change, operation->reason, error);
    case OPERATION_TAKE_IN:
      return mc_seal_take_in (saver, entity, operation->record, &operation->change, operation->reason, error);
    case OPERATION_ERASE_VALUE:
      return mc_seal_erase_value (saver, entity, operation->record, operation->text, operation->reason, error);
    case OPERATION_ERASE_BLOB:
      return mc_seal_erase_blob (saver, entity, operation->record, operation->text, operation->reason, error);
    case OPERATION_SAVE:
    default:
      return mc_saver_save (saver, operation->base, operation->edited, NULL, error);
    }
}

static gboolean
run_operations (McWrite       *write,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const McTransaction *transaction = data;
  g_auto (McSaver) saver = { 0 };

  mc_saver_init (&saver, write);
  for (guint i = 0; i < transaction->operations->len; i++)
    {
      const Operation *operation = g_ptr_array_index (transaction->operations, i);
      GError *local_error = NULL;

      if (run_operation (&saver, operation, &local_error))
        continue;
      mc_save_name_record (&local_error, operation->entity, operation->record, operation->edited ? operation->edited : operation->base);
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

gboolean
mc_store_commit (McStore              *self,
                 const McTransaction  *transaction,
                 GError              **error)
{
  return mc_store_run_write (self, run_operations, (gpointer) transaction, NULL, error);
}

gboolean
mc_store_save (McStore         *self,
               const McRecord  *base,
               const McRecord  *edited,
               GError         **error)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();

  g_return_val_if_fail (edited != NULL, FALSE);

  mc_transaction_save (transaction, base, edited);
  return mc_store_commit (self, transaction, error);
}

static void
commit_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError *error = NULL;

  if (mc_store_worker_work (source, run_operations, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
free_transaction (gpointer transaction)
{
  mc_transaction_free (transaction);
}

void
mc_store_commit_async (McStore             *self,
                       McTransaction       *transaction,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (transaction != NULL);

  g_task_set_source_tag (task, mc_store_commit_async);
  g_task_set_task_data (task, transaction, free_transaction);
  /* Done means on disk, also if the caller gave up waiting in the moment of the commit. */
  g_task_set_check_cancellable (task, FALSE);
  mc_store_push_write (self, task, commit_thread);
}

gboolean
mc_store_commit_finish (McStore       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
