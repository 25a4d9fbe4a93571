/* SPDX-License-Identifier: GPL-3.0-or-later
 * One write transaction on the worker: its lines in the own chain, what is derived from them, and the signal after the commit. */
#include "mc-blob-store.h"
#include "mc-merge.h"
#include "mc-store-identity.h"
#include "mc-store-internal.h"

/* Beyond this "changed" names only the entities. */
#define MAX_NAMED_RECORDS 10000

struct _McWrite
{
  McStore *store;
  McDatabase *database;
  McLogChain chain;        /* as it will be once committed */
  GHashTable *records;     /* set of "entity/id"; NULL: too many to name */
  GHashTable *entities;    /* set of static names */
  GPtrArray *erased_blobs; /* hex digests */
  GString *line;           /* the one that is being written */
};

McStore *
mc_write_get_store (McWrite *self)
{
  return self->store;
}

McDatabase *
mc_write_get_database (McWrite *self)
{
  return self->database;
}

const McLogChain *
mc_write_get_chain (McWrite *self)
{
  return &self->chain;
}

/* --- the transaction -------------------------------------------------------------------------------------- */

static void
write_init (McWrite *self,
            McStore *store)
{
  self->store = store;
  self->database = store->database;
  self->chain = store->chain;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->entities = g_hash_table_new (g_str_hash, g_str_equal);
  self->erased_blobs = g_ptr_array_new_with_free_func (g_free);
  self->line = g_string_sized_new (1024);
}

static void
write_clear (McWrite *self)
{
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_clear_pointer (&self->entities, g_hash_table_unref);
  g_clear_pointer (&self->erased_blobs, g_ptr_array_unref);
  if (self->line)
    g_string_free (g_steal_pointer (&self->line), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McWrite, write_clear)

/* The row that says "erased" is on disk before the file goes; a file that stays is found by verify. */
static void
erase_blob_files (McWrite *self)
{
  g_autoptr (McBlobStore) blobs = mc_blob_store_new (self->store->path);

  for (guint i = 0; i < self->erased_blobs->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!mc_blob_store_erase (blobs, g_ptr_array_index (self->erased_blobs, i), &error))
        g_warning ("an erased file is still there: %s", error->message);
    }
}

static void
finish (McWrite *self)
{
  McChangeSet *set;

  self->store->chain = self->chain;
  if (self->erased_blobs->len > 0)
    erase_blob_files (self);
  if (g_hash_table_size (self->entities) == 0)
    return;
  set = g_new0 (McChangeSet, 1);
  set->records = g_steal_pointer (&self->records);
  set->entities = g_steal_pointer (&self->entities);
  mc_store_emit_changed (self->store, set);
}

static gboolean
is_cancelled_cb (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

gboolean
mc_store_worker_work (McStore       *self,
                      McWriteWork    work,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_auto (McWrite) write = { 0 };
  sqlite3 *db;
  gboolean done;

  mc_worker_assert (self->worker);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  write_init (&write, self);
  db = mc_database_get_handle (self->database);
  if (!mc_database_execute (self->database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (cancellable)
    sqlite3_progress_handler (db, 5000, is_cancelled_cb, cancellable);
  done = work (&write, data, cancellable, error);
  sqlite3_progress_handler (db, 0, NULL, NULL);
  done = done && mc_database_execute (self->database, "COMMIT", error);
  if (done)
    finish (&write);
  else if (!sqlite3_get_autocommit (db) && !mc_database_execute (self->database, "ROLLBACK", NULL))
    g_critical ("a transaction could not be rolled back");
  return done;
}

/* --- local tables ----------------------------------------------------------------------------------------- */

typedef struct
{
  McLocalFunc func;
  gpointer data;
} Local;

static gboolean
write_local (McWrite       *write,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Local *local = data;

  return local->func (mc_database_get_handle (write->database), local->data, error);
}

gboolean
mc_store_write_local (McStore      *self,
                      McLocalFunc   func,
                      gpointer      data,
                      GError      **error)
{
  Local local = { func, data };

  return mc_store_run_write (self, write_local, &local, NULL, error);
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static gint64
read_clock (McStore *store)
{
  McClockFunc clock;
  gpointer data;

  g_mutex_lock (&store->mutex);
  clock = store->clock;
  data = store->clock_data;
  g_mutex_unlock (&store->mutex);
  return clock ? clock (data) : g_get_real_time () / 1000;
}

gboolean
mc_write_start_chain (McWrite         *self,
                      const McDevice  *device,
                      GError         **error)
{
  memset (&self->chain, 0, sizeof self->chain);
  g_strlcpy (self->chain.device, device->id, sizeof self->chain.device);
  memcpy (self->chain.public_key, device->public_key, sizeof self->chain.public_key);
  return mc_log_add_chain (self->database, &self->chain, error);
}

/* What the turn of a line decides. */
static gboolean
begin_line (McWrite   *self,
            McChange  *change,
            GError   **error)
{
  const char *user = mc_store_get_user (self->store);

  g_strlcpy (change->device, self->chain.device, sizeof change->device);
  change->seq = self->chain.last_seq + 1;
  change->at = MAX (read_clock (self->store), self->chain.last_at + 1);
  if (!change->by[0] && user)
    g_strlcpy (change->by, user, sizeof change->by);
  return mc_change_write_head (change, self->line, error);
}

static gboolean
end_line (McWrite     *self,
          const char  *record,
          gint64       at,
          gint64      *n,
          GError     **error)
{
  if (!mc_change_check_length (self->line, error) ||
      !mc_log_append_line (self->database, &self->chain, record, self->line->str, self->line->len, n, error))
    return FALSE;
  self->chain.last_at = at;
  return TRUE;
}

gboolean
mc_write_append (McWrite   *self,
                 McChange  *change,
                 McRef     *ref,
                 GError   **error)
{
  gint64 n;

  if (!begin_line (self, change, error) || !mc_change_write_tail (change, self->line, error) ||
      !end_line (self, change->record, change->at, &n, error) || !mc_log_index_line (self->database, n, change, error))
    return FALSE;
  if (change->erases == MC_ERASES_BLOB)
    mc_write_erase_blob_file (self, change->erases_digest);
  if (ref)
    {
      g_strlcpy (ref->device, change->device, sizeof ref->device);
      ref->seq = change->seq;
    }
  return TRUE;
}

gboolean
mc_write_append_tail (McWrite     *self,
                      const char  *record,
                      const char  *tail,
                      gsize        length,
                      GError     **error)
{
  McChange change = { .version = MC_CHANGE_VERSION };
  gint64 n;

  if (!begin_line (self, &change, error))
    return FALSE;
  g_string_append_len (self->line, tail, (gssize) length);
  return end_line (self, record, change.at, &n, error);
}

gboolean
mc_write_checkpoint (McWrite  *self,
                     GError  **error)
{
  return mc_identity_checkpoint (self->database, self->store->device, &self->chain, error);
}

/* --- what follows ----------------------------------------------------------------------------------------- */

void
mc_write_touch (McWrite         *self,
                const McEntity  *entity,
                const char      *id)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; !entity && i < n; i++)
    g_hash_table_add (self->entities, (gpointer) entities[i]->name);
  if (entity)
    g_hash_table_add (self->entities, (gpointer) entity->name);
  if (!entity || (self->records && g_hash_table_size (self->records) >= MAX_NAMED_RECORDS))
    g_clear_pointer (&self->records, g_hash_table_unref);
  if (self->records)
    g_hash_table_add (self->records, g_strconcat (entity->name, "/", id, NULL));
}

gboolean
mc_write_derive (McWrite         *self,
                 const McEntity  *entity,
                 const char      *id,
                 GError         **error)
{
  mc_write_touch (self, entity, id);
  return mc_derive_record (self->database, entity, id, error);
}

gboolean
mc_write_derive_parts (McWrite         *self,
                       const McEntity  *root_entity,
                       const char      *root,
                       GError         **error)
{
  guint n;
  const McEntity *const *entities = mc_entity_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) ids = NULL;

      if (g_strcmp0 (entities[i]->root_entity, root_entity->name) != 0)
        continue;
      ids = mc_derive_part_ids (self->database, entities[i], root, TRUE, error);
      for (guint k = 0; ids && k < ids->len; k++)
        if (!mc_write_derive (self, entities[i], g_ptr_array_index (ids, k), error))
          return FALSE;
      if (!ids)
        return FALSE;
    }
  return TRUE;
}

void
mc_write_erase_blob_file (McWrite    *self,
                          const char *digest)
{
  g_ptr_array_add (self->erased_blobs, g_strdup (digest));
}
