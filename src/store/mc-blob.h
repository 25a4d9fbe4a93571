/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos, signatures and papers: files named by their SHA-256 in blobs/ab/ beside the database. */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* In the database by name: here, to_fetch, to_send, erased, damaged. */
typedef enum
{
  MC_BLOB_HERE = 1, /* on this disk, and elsewhere as far as it must be */
  MC_BLOB_TO_FETCH, /* a line names it, its bytes are not here yet */
  MC_BLOB_TO_SEND,  /* on this disk only */
  MC_BLOB_ERASED,   /* deleted by an erasure, with its reason in the log */
  MC_BLOB_DAMAGED,  /* missing or with other bytes than its name says */
} McBlobState;

const char *mc_blob_state_name (McBlobState state);
McBlobState mc_blob_state_from_name (const char *name); /* 0 if there is none of that name */

/* Each adds a blob and returns its lower-case hex SHA-256 (caller frees) when bytes and row are on disk; one that is here already is
 * not written twice. @max_bytes 0: no limit; beyond it INPUT with both numbers. ERASED blobs come back only by a person who adds them again. Block. */
char *mc_store_add_blob (McStore *self, GBytes *bytes, GError **error);
char *mc_store_add_blob_from_stream (McStore *self, GInputStream *stream, guint64 max_bytes, GCancellable *cancellable, GError **error);
char *mc_store_add_blob_from_file (McStore *self, const char *file, guint64 max_bytes, GCancellable *cancellable, GError **error);

/* For a record that names the blob: the file is on disk when this returns, its row comes with the record's line. Then either mc_store_confirm_blob() after the commit, or
 * mc_store_drop_blob() if it failed. After a crash at any point there is the record with its file, or neither. Block. */
char *mc_store_add_blob_for_record (McStore *self, GBytes *bytes, GError **error);
void mc_store_confirm_blob (McStore *self, const char *digest);
/* Takes the file away unless a record names it. */
void mc_store_drop_blob (McStore *self, const char *digest);

/* The bytes, compared with @digest. NOT_FOUND if they are not here (the message says whether they were erased or are awaited), CORRUPT if they are others. Blocks. */
GBytes *mc_store_read_blob (McStore *self, const char *digest, GCancellable *cancellable, GError **error);

/* The file as a stream, not compared. For what is too large for memory. */
GInputStream *mc_store_open_blob (McStore *self, const char *digest, GError **error);

/* Called by mc_store_open(), on the worker, before anything else is added: removes what a crash left unfinished. */
void mc_blob_sweep (McStore *self);

/* 0 and no error if no line and no row names @digest. Blocks. */
McBlobState mc_store_get_blob_state (McStore *self, const char *digest, GError **error);

G_END_DECLS
