/* SPDX-License-Identifier: GPL-3.0-or-later
 * The store: opening and closing, its two threads, and the signal after a commit. */
#include <glib/gi18n.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "mc-disk.h"
#include "mc-migration.h"
#include "mc-rebuild.h"
#include "mc-blob.h"
#include "mc-store-identity.h"
#include "mc-store-internal.h"

G_DEFINE_FINAL_TYPE (McStore, mc_store, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- change sets ------------------------------------------------------------------------------------------ */

static McChangeSet *
change_set_copy (McChangeSet *set)
{
  McChangeSet *copy = g_new0 (McChangeSet, 1);

  copy->records = set->records ? g_hash_table_ref (set->records) : NULL;
  copy->entities = g_hash_table_ref (set->entities);
  return copy;
}

static void
change_set_free (McChangeSet *set)
{
  g_clear_pointer (&set->records, g_hash_table_unref);
  g_clear_pointer (&set->entities, g_hash_table_unref);
  g_free (set);
}

G_DEFINE_BOXED_TYPE (McChangeSet, mc_change_set, change_set_copy, change_set_free)

gboolean
mc_change_set_has_entity (const McChangeSet *set,
                          const char        *entity)
{
  return g_hash_table_contains (set->entities, entity);
}

gboolean
mc_change_set_has_record (const McChangeSet *set,
                          const char        *entity,
                          const char        *id)
{
  g_autofree char *name = NULL;

  if (!set->records)
    return mc_change_set_has_entity (set, entity);
  name = g_strconcat (entity, "/", id, NULL);
  return g_hash_table_contains (set->records, name);
}

typedef struct
{
  GWeakRef store;
  McChangeSet *set;
} Emission;

static gboolean
emit_cb (gpointer data)
{
  Emission *emission = data;
  g_autoptr (McStore) store = g_weak_ref_get (&emission->store);

  if (store)
    g_signal_emit (store, signals[SIGNAL_CHANGED], 0, emission->set);
  return G_SOURCE_REMOVE;
}

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  g_weak_ref_clear (&emission->store);
  change_set_free (emission->set);
  g_free (emission);
}

void
mc_store_emit_changed (McStore     *self,
                       McChangeSet *set)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Emission *emission = g_new0 (Emission, 1);

  g_weak_ref_init (&emission->store, self);
  emission->set = set;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "McStore::changed");
  g_source_set_callback (source, emit_cb, emission, emission_free);
  g_source_attach (source, self->context);
}

/* --- closing ---------------------------------------------------------------------------------------------- */

/* What must be ended in order, also when the store's last reference is dropped by one of its own threads. */
typedef struct
{
  McLock *lock;
  McWorker *worker;
  McDatabase *database;
  McDevice *device;
  McLogChain chain;
  McWorker *reader;
  McDatabase *reader_database;
} Parts;

static void
close_reader (gpointer data)
{
  Parts *parts = data;

  g_clear_pointer (&parts->reader_database, mc_database_free);
}

static void
close_worker (gpointer data)
{
  Parts *parts = data;
  g_autoptr (GError) error = NULL;

  /* Nothing depends on the checkpoint: a disk that has become full must not keep the program from ending. */
  if (parts->device && parts->chain.n != 0 &&
      (!mc_identity_checkpoint (parts->database, parts->device, &parts->chain, &error) ||
       !mc_device_note_seq (parts->device, parts->chain.last_seq, &error)))
    g_debug ("no checkpoint on closing: %s", error->message);
  g_clear_pointer (&parts->device, mc_device_free);
  g_clear_pointer (&parts->database, mc_database_free);
}

/* The reader ends first, so that the writer, as the last connection, puts the -wal into the file. */
static gpointer
close_parts (gpointer data)
{
  Parts *parts = data;

  if (parts->reader)
    {
      mc_worker_run (parts->reader, close_reader, parts);
      mc_worker_free (parts->reader);
    }
  if (parts->worker)
    {
      mc_worker_run (parts->worker, close_worker, parts);
      mc_worker_free (parts->worker);
    }
  g_clear_pointer (&parts->lock, mc_lock_free);
  g_free (parts);
  return NULL;
}

typedef struct
{
  McStore *store;
  Parts *parts;
} Taking;

static void
take_reader (gpointer data)
{
  Taking *taking = data;

  taking->parts->reader_database = g_steal_pointer (&taking->store->reader_database);
}

static void
take_worker (gpointer data)
{
  Taking *taking = data;

  taking->parts->database = g_steal_pointer (&taking->store->database);
  taking->parts->device = g_steal_pointer (&taking->store->device);
  taking->parts->chain = taking->store->chain;
}

static gboolean
begin_closing (McStore *self)
{
  gboolean was_closed;

  g_mutex_lock (&self->mutex);
  was_closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);
  return !was_closed;
}

void
mc_store_close (McStore *self)
{
  Parts *parts;
  Taking taking;
  gboolean on_own_thread;

  g_return_if_fail (MC_IS_STORE (self));

  if (!begin_closing (self))
    return;
  on_own_thread = (self->worker && mc_worker_is_current (self->worker)) || (self->reader && mc_worker_is_current (self->reader));
  parts = g_new0 (Parts, 1);
  taking = (Taking) { self, parts };
  /* What is queued still runs, with the store as it is; on a thread of its own the store is being disposed of, and nothing is queued. */
  if (self->reader && !on_own_thread)
    mc_worker_run (self->reader, take_reader, &taking);
  else
    take_reader (&taking);
  if (self->worker && !on_own_thread)
    mc_worker_run (self->worker, take_worker, &taking);
  else
    take_worker (&taking);
  parts->lock = g_steal_pointer (&self->lock);
  parts->worker = g_steal_pointer (&self->worker);
  parts->reader = g_steal_pointer (&self->reader);
  if (on_own_thread)
    g_thread_unref (g_thread_new ("mc-store-close", close_parts, parts));
  else
    close_parts (parts);
}

/* --- opening ---------------------------------------------------------------------------------------------- */

typedef struct
{
  McStore *store;
  McStoreFlags flags;
  gboolean done;
  GError *error;
} Opening;

/* On the worker. */
static void
open_writer (gpointer data)
{
  Opening *opening = data;
  McStore *self = opening->store;
  McDatabaseAccess access = opening->flags & MC_STORE_CREATE ? MC_DATABASE_CREATE : MC_DATABASE_WRITE;

  self->database = mc_database_open (self->path, access, &opening->error);
  opening->done = self->database && mc_identity_open (self, &opening->error);
  if (opening->done)
    mc_blob_sweep (self);
}

/* On the reader. */
static void
open_reader (gpointer data)
{
  Opening *opening = data;

  opening->store->reader_database = mc_database_open (opening->store->path, MC_DATABASE_READ, &opening->error);
  opening->done = opening->store->reader_database != NULL;
}

static gboolean
open_with (McStore       *self,
           McStoreFlags   flags,
           McWorker      *worker,
           McWorkerFunc   func,
           GError       **error)
{
  Opening opening = { self, flags, FALSE, NULL };

  mc_worker_run (worker, func, &opening);
  if (opening.error)
    g_propagate_error (error, opening.error);
  return opening.done;
}

static gboolean
check_before_lock (const char    *path,
                   McStoreFlags   flags,
                   GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!(flags & MC_STORE_CREATE))
    return mc_database_check_file (path, error);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_EXISTS, _("“%s” is there already. Nothing was changed in it."), path);
      return FALSE;
    }
  return g_file_test (folder, G_FILE_TEST_IS_DIR) || mc_disk_make_folder (folder, 0700, error);
}

static gboolean
open_for_writing (McStore       *self,
                  McStoreFlags   flags,
                  GError       **error)
{
  if (!check_before_lock (self->path, flags, error))
    return FALSE;
  self->lock = mc_lock_acquire (self->path, error);
  if (!self->lock)
    return FALSE;
  self->worker = mc_worker_new ("mc-store-writer");
  return open_with (self, flags, self->worker, open_writer, error);
}

/* One name for one file, whichever way it was reached; @path itself need not exist yet. */
static char *
canonical_path (const char *path)
{
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autofree char *name = g_path_get_basename (whole);
  char resolved[PATH_MAX];

  if (realpath (whole, resolved))
    return g_strdup (resolved);
  if (realpath (folder, resolved))
    return g_build_filename (resolved, name, NULL);
  return g_steal_pointer (&whole);
}

static gboolean
check_rebuild (McWrite       *write,
               gpointer       due,
               GCancellable  *cancellable,
               GError       **error)
{
  return mc_migration_rebuild_due (mc_write_get_database (write), due, error);
}

static gboolean
note_rebuild (McWrite       *write,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return mc_migration_rebuild_done (mc_write_get_database (write), error);
}

static gboolean
rebuild_if_migrated (McStore  *self,
                     GError  **error)
{
  gboolean due = FALSE;

  if (!mc_store_run_write (self, check_rebuild, &due, NULL, error))
    return FALSE;
  return !due || (mc_store_rebuild (self, NULL, NULL, NULL, NULL, error) &&
                  mc_store_run_write (self, note_rebuild, NULL, NULL, error));
}

/* @context: where "changed" is emitted. */
static McStore *
open_in (const char    *path,
         McStoreFlags   flags,
         GMainContext  *context,
         GError       **error)
{
  g_autoptr (McStore) self = g_object_new (MC_TYPE_STORE, NULL);

  self->path = canonical_path (path);
  self->context = g_main_context_ref (context);
  if (!(flags & MC_STORE_READ_ONLY) && !open_for_writing (self, flags, error))
    return NULL;
  self->reader = mc_worker_new ("mc-store-reader");
  if (!open_with (self, flags, self->reader, open_reader, error))
    return NULL;
  self->mode = self->worker ? MC_STORE_MODE_WRITE : mc_database_get_mode (self->reader_database);
  if (self->worker ? !rebuild_if_migrated (self, error) : !mc_identity_read (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

McStore *
mc_store_open (const char    *path,
               McStoreFlags   flags,
               GError       **error)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail ((flags & (MC_STORE_CREATE | MC_STORE_READ_ONLY)) != (MC_STORE_CREATE | MC_STORE_READ_ONLY), NULL);

  return open_in (path, flags, context, error);
}

typedef struct
{
  char *path;
  McStoreFlags flags;
} OpenData;

static void
open_data_free (gpointer data)
{
  OpenData *open_data = data;

  g_free (open_data->path);
  g_free (open_data);
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  OpenData *open_data = data;
  GError *error = NULL;
  McStore *store = open_in (open_data->path, open_data->flags, g_task_get_context (task), &error);

  if (store)
    g_task_return_pointer (task, store, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
mc_store_open_async (const char          *path,
                     McStoreFlags         flags,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  OpenData *open_data = g_new0 (OpenData, 1);

  g_return_if_fail (path != NULL);

  *open_data = (OpenData) { g_strdup (path), flags };
  g_task_set_source_tag (task, mc_store_open_async);
  g_task_set_task_data (task, open_data, open_data_free);
  g_task_run_in_thread (task, open_thread);
}

McStore *
mc_store_open_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the object ------------------------------------------------------------------------------------------- */

static void
mc_store_dispose (GObject *object)
{
  mc_store_close (MC_STORE (object));
  G_OBJECT_CLASS (mc_store_parent_class)->dispose (object);
}

static void
mc_store_finalize (GObject *object)
{
  McStore *self = MC_STORE (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->path);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (mc_store_parent_class)->finalize (object);
}

static void
mc_store_class_init (McStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mc_store_dispose;
  object_class->finalize = mc_store_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", MC_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, MC_TYPE_CHANGE_SET | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mc_store_init (McStore *self)
{
  g_mutex_init (&self->mutex);
}

char *
mc_store_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "mingcha", "mingcha.db", NULL);
}

const char *
mc_store_get_path (McStore *self)
{
  return self->path;
}

/* Set once, while opening. */
const char *
mc_store_get_device (McStore *self)
{
  return self->device_id;
}

McStoreMode
mc_store_get_mode (McStore *self)
{
  return self->mode;
}

void
mc_store_set_user (McStore    *self,
                   const char *user)
{
  /* Interned, as mc_store_get_user() hands it out while another thread may set the next. */
  g_atomic_pointer_set (&self->user, user && *user ? g_intern_string (user) : NULL);
}

const char *
mc_store_get_user (McStore *self)
{
  return g_atomic_pointer_get (&self->user);
}

void
mc_store_set_clock (McStore     *self,
                    McClockFunc  clock,
                    gpointer     data)
{
  g_mutex_lock (&self->mutex);
  self->clock = clock;
  self->clock_data = data;
  g_mutex_unlock (&self->mutex);
}
