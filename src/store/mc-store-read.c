/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading: short transactions on the reader's thread; records, parts, seals. */
#include <glib/gi18n.h>

#include "mc-store-internal.h"

/* --- one read transaction --------------------------------------------------------------------------------- */

static int
is_cancelled_cb (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

gboolean
mc_store_reader_work (McStore       *self,
                      McReadWork     work,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  sqlite3 *db;
  gboolean done;

  mc_worker_assert (self->reader);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  db = mc_database_get_handle (self->reader_database);
  if (!mc_database_execute (self->reader_database, "BEGIN", error))
    return FALSE;
  if (cancellable)
    sqlite3_progress_handler (db, 5000, is_cancelled_cb, cancellable);
  done = work (self->reader_database, data, cancellable, error);
  sqlite3_progress_handler (db, 0, NULL, NULL);
  /* Nothing was written, so the end of a read transaction has nothing to report. */
  if (!mc_database_execute (self->reader_database, "ROLLBACK", NULL))
    g_debug ("SQLite had ended the read by itself");
  return done;
}

/* --- for the modules: plain SQLite ------------------------------------------------------------------------- */

typedef struct
{
  McReadFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gpointer result;
} PlainRead;

static gboolean
plain_read (McDatabase    *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  PlainRead *read = data;

  read->result = read->func (mc_database_get_handle (database), read->data, cancellable, error);
  return read->result != NULL;
}

gpointer
mc_store_read (McStore       *self,
               McReadFunc     func,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  PlainRead read = { func, data, NULL, NULL, NULL };

  return mc_store_run_read (self, plain_read, &read, cancellable, error) ? read.result : NULL;
}

static void
plain_read_free (gpointer data)
{
  PlainRead *read = data;

  if (read->data_free)
    read->data_free (read->data);
  g_free (read);
}

static void
plain_read_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  PlainRead *read = data;
  GError *error = NULL;

  if (mc_store_reader_work (source, plain_read, read, cancellable, &error))
    g_task_return_pointer (task, read->result, read->result_free);
  else
    g_task_return_error (task, error);
}

void
mc_store_read_async (McStore             *self,
                     McReadFunc           func,
                     gpointer             data,
                     GDestroyNotify       data_free,
                     GDestroyNotify       result_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlainRead *read = g_new0 (PlainRead, 1);

  *read = (PlainRead) { func, data, data_free, result_free, NULL };
  g_task_set_source_tag (task, mc_store_read_async);
  g_task_set_task_data (task, read, plain_read_free);
  mc_store_push_read (self, task, plain_read_thread);
}

gpointer
mc_store_read_finish (McStore       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- records ---------------------------------------------------------------------------------------------- */

typedef struct
{
  const McEntity *entity;
  char *entity_name;
  char *id;
  McRecord *record;
  GPtrArray *records;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->entity_name);
  g_free (load->id);
  g_clear_pointer (&load->record, mc_record_free);
  g_clear_pointer (&load->records, g_ptr_array_unref);
  g_free (load);
}

gboolean
mc_store_find_entity (const char      *name,
                      const McEntity **entity,
                      GError         **error)
{
  *entity = mc_entity_find (name);
  if (*entity)
    return TRUE;
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_UNKNOWN,
               _("This version of the program does not know records of the kind “%s”. Update the program."), name);
  return FALSE;
}

void
mc_store_set_not_found (GError         **error,
                        const McEntity  *entity,
                        const char      *id)
{
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND, _("There is no record %s of the kind “%s”."), id, _(entity->label));
}

McRecord *
mc_store_load_record (McDatabase      *database,
                      const McEntity  *entity,
                      const char      *id,
                      GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (McDerived) derived = mc_derive_load (database, entity, id, &local_error);

  if (local_error && !g_error_matches (local_error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!derived || derived->dormant)
    mc_store_set_not_found (error, entity, id);
  else
    return g_steal_pointer (&derived->record);
  return NULL;
}

static gboolean
load_one (McDatabase    *database,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Load *load = data;

  load->record = mc_store_load_record (database, load->entity, load->id, error);
  return load->record != NULL;
}

McRecord *
mc_store_load (McStore     *self,
               const char  *entity,
               const char  *id,
               GError     **error)
{
  Load load = { NULL, NULL, (char *) id, NULL, NULL };

  g_return_val_if_fail (entity != NULL && id != NULL, NULL);

  if (!mc_store_find_entity (entity, &load.entity, error) || !mc_store_run_read (self, load_one, &load, NULL, error))
    return NULL;
  return load.record;
}

static void
free_record (gpointer record)
{
  mc_record_free (record);
}

static gboolean
add_parts (McDatabase      *database,
           const McEntity  *entity,
           const char      *root,
           GPtrArray       *records,
           GError         **error)
{
  g_autoptr (GPtrArray) ids = mc_derive_part_ids (database, entity, root, FALSE, error);

  for (guint i = 0; ids && i < ids->len; i++)
    {
      McRecord *record = mc_store_load_record (database, entity, g_ptr_array_index (ids, i), error);

      if (!record)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  return ids != NULL;
}

static gboolean
load_parts (McDatabase    *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Load *load = data;

  return add_parts (database, load->entity, load->id, load->records, error);
}

GPtrArray *
mc_store_load_parts (McStore     *self,
                     const char  *part_entity,
                     const char  *root_id,
                     GError     **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  Load load = { NULL, NULL, (char *) root_id, NULL, records };

  g_return_val_if_fail (part_entity != NULL && root_id != NULL, NULL);

  if (!mc_store_find_entity (part_entity, &load.entity, error))
    return NULL;
  g_return_val_if_fail (mc_entity_is_part (load.entity), NULL);
  return mc_store_run_read (self, load_parts, &load, NULL, error) ? g_steal_pointer (&records) : NULL;
}

static gboolean
load_whole (McDatabase    *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Load *load = data;
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);
  McRecord *root;

  if (!mc_store_find_entity (load->entity_name, &load->entity, error))
    return FALSE;
  root = mc_store_load_record (database, load->entity, load->id, error);
  if (!root)
    return FALSE;
  g_ptr_array_add (load->records, root);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (entities[i]->root_entity, load->entity->name) == 0 &&
        !add_parts (database, entities[i], load->id, load->records, error))
      return FALSE;
  return TRUE;
}

GPtrArray *
mc_store_load_whole (McStore     *self,
                     const char  *entity,
                     const char  *id,
                     GError     **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (free_record);
  Load load = { NULL, (char *) entity, (char *) id, NULL, records };

  g_return_val_if_fail (entity != NULL && id != NULL, NULL);

  return mc_store_run_read (self, load_whole, &load, NULL, error) ? g_steal_pointer (&records) : NULL;
}

static void
free_records (gpointer records)
{
  g_ptr_array_unref (records);
}

static void
load_whole_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  Load *load = data;
  GError *error = NULL;

  if (mc_store_reader_work (source, load_whole, load, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&load->records), free_records);
  else
    g_task_return_error (task, error);
}

void
mc_store_load_whole_async (McStore             *self,
                           const char          *entity,
                           const char          *id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_return_if_fail (entity != NULL && id != NULL);

  *load = (Load) { NULL, g_strdup (entity), g_strdup (id), NULL, g_ptr_array_new_with_free_func (free_record) };
  g_task_set_source_tag (task, mc_store_load_whole_async);
  g_task_set_task_data (task, load, load_free);
  mc_store_push_read (self, task, load_whole_thread);
}

GPtrArray *
mc_store_load_whole_finish (McStore       *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
