/* SPDX-License-Identifier: GPL-3.0-or-later
 * The store: one database file, the log in it, and the records derived from the log. */
#pragma once

#include <gio/gio.h>

#include "mc-error.h"
#include "mc-prepared-record.h"
#include "mc-record.h"

G_BEGIN_DECLS

#define MC_TYPE_STORE (mc_store_get_type ())
G_DECLARE_FINAL_TYPE (McStore, mc_store, MC, STORE, GObject)

typedef enum
{
  MC_STORE_CREATE = 1 << 0,    /* the file must not exist; MC_STORE_ERROR_EXISTS otherwise, and nothing is changed */
  MC_STORE_READ_ONLY = 1 << 1, /* takes no lock; beside an open writer this goes on reading */
} McStoreFlags;

/* How a read-only store reads; shown to the user. */
typedef enum
{
  MC_STORE_MODE_WRITE,
  MC_STORE_MODE_READ,      /* beside a writer, or on request */
  MC_STORE_MODE_IMMUTABLE, /* a read-only medium without a -wal */
  MC_STORE_MODE_COPY,      /* a read-only medium with a -wal: a private copy is read */
} McStoreMode;

/* Opens @path: takes the writer's lock, starts the worker and the reader, migrates (after a verified backup), and starts a new
 * device incarnation if the file was copied or restored. Blocks; the window calls the async form. */
McStore *mc_store_open (const char *path, McStoreFlags flags, GError **error);
void mc_store_open_async (const char *path, McStoreFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McStore *mc_store_open_finish (GAsyncResult *result, GError **error);

/* Writes a checkpoint, ends both threads and frees the lock; called by dispose too. */
void mc_store_close (McStore *self);

/* $XDG_DATA_HOME/mingcha/mingcha.db; caller frees. */
char *mc_store_default_path (void);

const char *mc_store_get_path (McStore *self);
const char *mc_store_get_device (McStore *self); /* this incarnation's id */
McStoreMode mc_store_get_mode (McStore *self);

/* Who the next lines are by: the id of a `user` record; NULL or "" before first run. */
void mc_store_set_user (McStore *self, const char *user);
const char *mc_store_get_user (McStore *self);

/* Signal "changed" (McStore *, McChangeSet *): after each commit that touched derived rows, on the main context of the
 * thread that opened the store. */
typedef struct
{
  GHashTable *records; /* set of "entity/id" (char *); NULL: too many to name, re-read everything */
  GHashTable *entities;/* set of entity names (static strings) */
} McChangeSet;
gboolean mc_change_set_has_entity (const McChangeSet *set, const char *entity);
gboolean mc_change_set_has_record (const McChangeSet *set, const char *entity, const char *id);
#define MC_TYPE_CHANGE_SET (mc_change_set_get_type ())
GType mc_change_set_get_type (void);

/* --- reading records -------------------------------------------------------------------------------------- */

/* The record merged from its lines: values opened, heads, state. NULL and MC_STORE_ERROR_NOT_FOUND if there is none. Blocks. */
McRecord *mc_store_load (McStore *self, const char *entity, const char *id, GError **error);

/* All parts of @part_entity of the root @root_id, by id; an empty array if none. Free with g_ptr_array_unref. Blocks. */
GPtrArray *mc_store_load_parts (McStore *self, const char *part_entity, const char *root_id, GError **error);

/* A root with all its parts of all its part entities: the root first. Blocks; _async for the window. */
GPtrArray *mc_store_load_whole (McStore *self, const char *entity, const char *id, GError **error);
void mc_store_load_whole_async (McStore *self, const char *entity, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_store_load_whole_finish (McStore *self, GAsyncResult *result, GError **error);

/* --- writing ---------------------------------------------------------------------------------------------- */

/* Writes what differs between @base (the record as the person saw it; NULL: it is new) and @edited (as it is now wanted) as one
 * line. Nothing differs: TRUE, no line. Errors: INPUT (a required field is null, a reference names no record, a value is
 * not of its field's type), SEALED, UNKNOWN, CONFLICT (a seal over an unresolved conflict), FULL, READ_ONLY, FAILED. Blocks; see McTransaction for the async form. */
gboolean mc_store_save (McStore *self, const McRecord *base, const McRecord *edited, GError **error);

/* Several writes that stand or fall together. Not thread-safe; owned by the caller until committed. */
McTransaction *mc_transaction_new (void);
void mc_transaction_free (McTransaction *self);
void mc_transaction_save (McTransaction *self, const McRecord *base, const McRecord *edited);

/* A person picks @record's value of @key out of a conflict: the line names all heads of @base. Also when the picked value is the one shown. */
void mc_transaction_pick (McTransaction *self, const McRecord *base, const char *key, const McValue *value);

/* Seals @root_id and its parts as they stand when this is carried out, after the saves before it. Fails with CONFLICT while a conflict or a
 * late change is open. @kind: "finalise", "freeze", … */
void mc_transaction_seal (McTransaction *self, const char *entity, const char *root_id, const char *kind);

/* What is saved after this amends the current seal of @root_id, with a reason (required). */
void mc_transaction_amend (McTransaction *self, const char *entity, const char *root_id, const char *reason);

/* Sets a late change aside; taking it in is a save whose base holds it (see mc_store_load_late). */
void mc_transaction_set_aside (McTransaction *self, const char *entity, const char *record, const McRef *change, const char *reason);
void mc_transaction_take_in (McTransaction *self, const char *entity, const char *record, const McRef *change, const char *reason);

/* Every replica deletes the opening of the personal value of @key, or the blob. */
void mc_transaction_erase_value (McTransaction *self, const char *entity, const char *record, const char *key, const char *reason);
void mc_transaction_erase_blob (McTransaction *self, const char *entity, const char *record, const char *digest, const char *reason);

/* Commits all or nothing. On failure the error names the record. Does not take @transaction. */
gboolean mc_store_commit (McStore *self, const McTransaction *transaction, GError **error);
/* Takes @transaction. Done means on disk. */
void mc_store_commit_async (McStore *self, McTransaction *transaction, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_store_commit_finish (McStore *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTransaction, mc_transaction_free)

/* Very many saves in one transaction, one after the other, without holding them all: @func runs on the worker's thread and calls mc_bulk_save()
 * row by row (what it reads its rows from is its own business); TRUE commits, FALSE rolls back all of it. Other saves wait meanwhile, reading goes on. The lines of a
 * bulk stand in a row in this device's chain. "changed" goes out once. @func must not call the store's other functions that write. */
typedef struct _McBulk McBulk;
typedef gboolean (*McBulkFunc) (McBulk *bulk, gpointer data, GCancellable *cancellable, GError **error);
gboolean mc_store_write_bulk (McStore *self, McBulkFunc func, gpointer data, GCancellable *cancellable, GError **error);
void mc_store_write_bulk_async (McStore *self, McBulkFunc func, gpointer data, GDestroyNotify data_free,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean mc_store_write_bulk_finish (McStore *self, GAsyncResult *result, GError **error);

/* Before the first save: about so many new records of @entity will come. Of very many the indexes are made at the end, not entry by entry. */
gboolean mc_bulk_expect (McBulk *self, const char *entity, guint64 n_new, GError **error);

/* As mc_store_save(). @wrote (may be NULL): did anything differ? After an error that concerns the record alone (INPUT, SEALED, UNKNOWN) nothing of it was
 * written and @func may go on with the next; after any other it must return FALSE. */
gboolean mc_bulk_save (McBulk *self, const McRecord *base, const McRecord *edited, gboolean *wrote, GError **error);
/* The same for a record that is new and was prepared on another thread (mc-prepared-record.h). */
gboolean mc_bulk_save_prepared (McBulk *self, const McPreparedRecord *prepared, gboolean *wrote, GError **error);
/* As mc_store_load(), with what this bulk has written so far. */
McRecord *mc_bulk_load (McBulk *self, const char *entity, const char *id, GError **error);
/* Which line would be written next. */
void mc_bulk_get_next_line (McBulk *self, McRef *ref);

/* --- history ---------------------------------------------------------------------------------------------- */

/* The history: one entry for each field of each line of a root and its parts, newest first. */
typedef enum
{
  MC_HISTORY_SET,
  MC_HISTORY_SEAL,
  MC_HISTORY_AMEND,    /* a set that amends a seal */
  MC_HISTORY_LATE,     /* a set that waits to be taken in */
  MC_HISTORY_ASIDE,
  MC_HISTORY_REFUSED,  /* a set that the hub refused; `reason` says why */
  MC_HISTORY_ERASED,
} McHistoryKind;

typedef struct
{
  McHistoryKind kind;
  McRef change;
  gint64 at;
  char *by;               /* user id */
  char *by_name;          /* the user's name, or NULL if not known here */
  char *device_name;      /* name of the device, or NULL */
  const McEntity *entity; /* NULL if unknown */
  char *record;
  const McField *field;   /* NULL for seals and for fields unknown to this version */
  McValue old_value;      /* opened where possible */
  McValue new_value;
  char *reason;           /* of seals: their kind */
} McHistoryEntry;

void mc_history_entry_free (McHistoryEntry *entry);
/* Of McHistoryEntry; at most @limit entries (0: all). Blocks. */
GPtrArray *mc_store_history (McStore *self, const char *entity, const char *id, guint limit, GError **error);
void mc_store_history_async (McStore *self, const char *entity, const char *id, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *mc_store_history_finish (McStore *self, GAsyncResult *result, GError **error);

/* The choices of a field in conflict: McHistoryEntry (SET), one for each head. Blocks. */
GPtrArray *mc_store_conflict_choices (McStore *self, const char *entity, const char *id, const char *key, GError **error);

/* --- the current seal ------------------------------------------------------------------------------------- */

typedef struct
{
  McRef change;
  char *kind;
  char text[65];   /* hex SHA-256 of the canonical text */
  gint64 at;
  char *by_name;
} McSealInfo;
void mc_seal_info_free (McSealInfo *info);
/* NULL without error if there is none. Blocks. */
McSealInfo *mc_store_get_seal (McStore *self, const char *entity, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McHistoryEntry, mc_history_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSealInfo, mc_seal_info_free)

/* --- other people's lines --------------------------------------------------------------------------------- */

typedef struct
{
  guint applied, known, stubs, held; /* held: of an entity or version unknown here */
} McApplyResult;

/* Applies @text: lines of other devices' chains as they travel, one item a line of the text:
 *   "line SP LINE", "stub SP DEVICE SP SEQ SP DIGEST", "checkpoint SP DEVICE SP SEQ SP LINK SP SIGNATURE", "opening SP DIGEST SP SALT_HEX SP JSON_STRING".
 * All or nothing: GRAMMAR or CHAIN names item and reason, nothing is applied. Lines that are here already with the same digest are counted as known. Blocks. */
gboolean mc_store_apply (McStore *self, const char *text, gssize length, McApplyResult *result, GError **error);

/* The same form, of all lines this store holds of @device (NULL: all devices) from @from_seq on. Caller frees. Blocks. */
char *mc_store_read_lines (McStore *self, const char *device, guint64 from_seq, gboolean with_openings, GError **error);

/* --- checks and copies: mc-verify.h, mc-rebuild.h, mc-backup.h, mc-blob.h ------------------------------------- */

G_END_DECLS
