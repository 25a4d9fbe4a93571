/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole store in one file and back: database, blobs, and a manifest of their SHA-256. */
#pragma once

#include "mc-progress.h"
#include "mc-store.h"

G_BEGIN_DECLS

/* The file is a pax tar without compression (see mc-archive.h): backup.txt, mingcha.db, blobs/ab/SHA256 …, and last manifest.sha256, so that a file that ends
 * early is seen to. Start tokens and private keys are never in it: a restored file goes on as a new device. */
typedef struct
{
  guint64 bytes;      /* of the backup file */
  guint64 blobs;
  guint64 lines;
  guint64 left_out;   /* blobs that are damaged or not here: named in the file, but not in it */
  gint64 made_at;     /* ms since 1970 */
  char *kept_aside;   /* of a restore: where the replaced database is now; NULL if there was none */
} McBackupInfo;

void mc_backup_info_free (McBackupInfo *info);

/* Writes @file under a temporary name, reads it back and checks it whole, then renames it; an older backup of that name is replaced only
 * then. FULL if there is no room, before anything is written. Cancelled or failed, nothing is left and an older backup is untouched. Saving goes on meanwhile. Blocks. */
McBackupInfo *mc_store_backup (McStore *self, const char *file, McProgressFunc progress, gpointer progress_data,
                               GCancellable *cancellable, GError **error);
void mc_store_backup_async (McStore *self, const char *file, McProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McBackupInfo *mc_store_backup_finish (McStore *self, GAsyncResult *result, GError **error);

/* Checks a backup file whole without writing anything: every SHA-256, nothing missing, nothing beside. NOT_OURS, CORRUPT or NEWER say what is wrong. Blocks. */
McBackupInfo *mc_backup_check (const char *file, McProgressFunc progress, gpointer progress_data,
                               GCancellable *cancellable, GError **error);

/* Puts the backup @file in the place of the database @path (which no program may have open: BUSY; which may be missing or damaged). Everything is
 * unpacked beside it and verified (SHA-256s, chains, derived tables) before anything is replaced; the replaced database is kept beside it under the
 * name in `kept_aside`. Cancelled or failed, @path is as before. Blocks. */
McBackupInfo *mc_store_restore (const char *file, const char *path, McProgressFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GError **error);
void mc_store_restore_async (const char *file, const char *path, McProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McBackupInfo *mc_store_restore_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBackupInfo, mc_backup_info_free)

G_END_DECLS
