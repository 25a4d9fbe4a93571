/* SPDX-License-Identifier: GPL-3.0-or-later
 * The folder blobs/ beside the database; the file half of mc-blob.h, and the only code that opens blobs. */
#pragma once

#include <gio/gio.h>

#include "mc-error.h"
#include "mc-types.h"

G_BEGIN_DECLS

/* Thread-safe: every call works on files of its own. @database is the path of the database file; nothing is made before the first blob. */
McBlobStore *mc_blob_store_new (const char *database);
void mc_blob_store_free (McBlobStore *self);
const char *mc_blob_store_get_folder (McBlobStore *self);

/* The path of @digest, be it there or not; caller frees. */
char *mc_blob_store_path (McBlobStore *self, const char *digest);

/* Writes the stream under a temporary name, syncs it, renames it to its SHA-256 and syncs the folders. When this returns the bytes are on disk;
 * the row comes after, and after its commit mc_blob_store_confirm(): until then a mark tells mc_blob_store_sweep() that the file may be a ghost. Returns the digest (caller frees), its size in @size. @expected: the digest it must have, or NULL. @max_bytes 0: no limit. */
char *mc_blob_store_add (McBlobStore *self, GInputStream *stream, const char *expected, guint64 max_bytes,
                         guint64 *size, GCancellable *cancellable, GError **error);

/* The one function that opens blobs. NOT_FOUND if it is not there. */
GInputStream *mc_blob_store_open (McBlobStore *self, const char *digest, guint64 *size, GError **error);

/* Reads it whole; FALSE and CORRUPT if the bytes are others than its name says. @bytes may be NULL: only compare. */
gboolean mc_blob_store_read (McBlobStore *self, const char *digest, GBytes **bytes, guint64 *size,
                             GCancellable *cancellable, GError **error);

gboolean mc_blob_store_has (McBlobStore *self, const char *digest, guint64 *size);

/* Unlinks and syncs the folder; one that is not there is no error. */
gboolean mc_blob_store_erase (McBlobStore *self, const char *digest, GError **error);

/* The row of @digest is on disk. */
void mc_blob_store_confirm (McBlobStore *self, const char *digest);

/* After a crash: removes unfinished temporaries of this database, and files that were renamed but have no row; returns their number. Looks at nothing that was
 * confirmed, so it is quick. @has_row is asked for each digest in doubt. */
typedef gboolean (*McBlobHasRow) (const char *digest, gpointer data);
guint mc_blob_store_sweep (McBlobStore *self, McBlobHasRow has_row, gpointer data);

/* Digests of all files there, sorted; what is not named like a blob goes to @strays (may be NULL), as paths. */
GPtrArray *mc_blob_store_list (McBlobStore *self, GPtrArray *strays);

/* Gives @target the blob too: a hard link where that is possible, else a copy. */
gboolean mc_blob_store_copy (McBlobStore *self, const char *digest, McBlobStore *target, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlobStore, mc_blob_store_free)

G_END_DECLS
