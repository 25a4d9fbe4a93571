/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the store share: its struct, its two threads and one write transaction. */
#pragma once

#include "mc-database.h"
#include "mc-derive.h"
#include "mc-device.h"
#include "mc-lock.h"
#include "mc-log.h"
#include "mc-worker.h"

G_BEGIN_DECLS

/* Milliseconds since 1970. */
typedef gint64 (*McClockFunc) (gpointer data);

struct _McStore
{
  GObject parent_instance;

  char *path;            /* canonical */
  McStoreMode mode;
  GMainContext *context; /* of the thread that opened it: where "changed" is emitted */

  /* Writing; all NULL in a read-only store. The worker's thread alone touches database, device and chain. */
  McLock *lock;
  McWorker *worker;
  McDatabase *database;
  McDevice *device;
  McLogChain chain;      /* this incarnation's, as committed */

  /* Reading; the reader's thread alone touches reader_database. */
  McWorker *reader;
  McDatabase *reader_database;

  char device_id[37];    /* set while opening */
  const char *user;      /* interned; atomic */
  GMutex mutex;          /* guards what is below */
  McClockFunc clock;
  gpointer clock_data;
  gboolean closed;
};

/* Emits "changed" on the opener's main context; takes @set. */
void mc_store_emit_changed (McStore *self, McChangeSet *set);

/* For tests: the clock that `at` comes from; NULL: the system's. */
void mc_store_set_clock (McStore *self, McClockFunc clock, gpointer data);

/* --- the reader ---------------------------------------------------------------------------------------------
 * mc_store_read() and _async (mc-store-private.h) hand the plain sqlite3*; inside the store use these, which hand the McDatabase with its
 * prepared statements, in one read transaction. */
typedef gboolean (*McReadWork) (McDatabase *database, gpointer data, GCancellable *cancellable, GError **error);
gboolean mc_store_run_read (McStore *self, McReadWork work, gpointer data, GCancellable *cancellable, GError **error);
/* @work runs on the reader; then @task is returned by it (GTaskThreadFunc style): call mc_store_reader_work() in it. */
void mc_store_push_read (McStore *self, GTask *task, GTaskThreadFunc func);

/* UNKNOWN, in words, if this version does not know @name. */
gboolean mc_store_find_entity (const char *name, const McEntity **entity, GError **error);
void mc_store_set_not_found (GError **error, const McEntity *entity, const char *id);

/* The record as it is in @database; NOT_FOUND, in words, if nothing of it is in effect. */
McRecord *mc_store_load_record (McDatabase *database, const McEntity *entity, const char *id, GError **error);

/* On the reader's thread: @work inside a read transaction. */
gboolean mc_store_reader_work (McStore *self, McReadWork work, gpointer data, GCancellable *cancellable, GError **error);

/* --- one write transaction ------------------------------------------------------------------------------------ */

typedef struct _McWrite McWrite;

/* Runs @work on the worker in one transaction: TRUE commits, FALSE rolls back. After the commit "changed" goes out. READ_ONLY for a read-only store. Blocks. */
typedef gboolean (*McWriteWork) (McWrite *write, gpointer data, GCancellable *cancellable, GError **error);
gboolean mc_store_run_write (McStore *self, McWriteWork work, gpointer data, GCancellable *cancellable, GError **error);
void mc_store_push_write (McStore *self, GTask *task, GTaskThreadFunc func);

/* On the worker's thread: the same. */
gboolean mc_store_worker_work (McStore *self, McWriteWork work, gpointer data, GCancellable *cancellable, GError **error);

McStore *mc_write_get_store (McWrite *self);
McDatabase *mc_write_get_database (McWrite *self);

/* Writes @change as the next line of the own chain: sets device, seq, at and by (its `by` stays if it is not ""), serialises, appends, indexes. Does not derive:
 * see mc_write_touch(). @ref (may be NULL) names the line. */
gboolean mc_write_append (McWrite *self, McChange *change, McRef *ref, GError **error);

/* The same for a line whose tail is written already and that says nothing of other records: no seal, verdict, erasure or blob. */
gboolean mc_write_append_tail (McWrite *self, const char *record, const char *tail, gsize length, GError **error);

/* From here on this transaction writes the chain of @device, which has no line yet. */
gboolean mc_write_start_chain (McWrite *self, const McDevice *device, GError **error);

/* Derives the record anew and names it in "changed". */
gboolean mc_write_derive (McWrite *self, const McEntity *entity, const char *id, GError **error);

/* The same for all parts of a root: after a seal of the root, or a verdict on one. */
gboolean mc_write_derive_parts (McWrite *self, const McEntity *root_entity, const char *root, GError **error);

/* The own chain as this transaction has it. */
const McLogChain *mc_write_get_chain (McWrite *self);

/* Names a record that was derived otherwise in "changed"; @entity NULL: everything. */
void mc_write_touch (McWrite *self, const McEntity *entity, const char *id);

/* The blob of @digest (hex) was erased: its file goes after the commit. */
void mc_write_erase_blob_file (McWrite *self, const char *digest);

/* Signs the tip of the own chain, if it is not signed yet. */
gboolean mc_write_checkpoint (McWrite *self, GError **error);

G_END_DECLS
