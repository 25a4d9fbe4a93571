/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the store asks of the disk: files that are there whole or not at all, room, and errors in the user's words. */
#pragma once

#include <gio/gio.h>

#include "mc-error.h"

G_BEGIN_DECLS

/* Sets MC_STORE_ERROR_FULL, READ_ONLY, NOT_FOUND or FAILED for @code (an errno), naming @path. */
void mc_disk_set_error (GError **error, int code, const char *path);

/* Makes @path and what is missing above it, with @mode, durably. */
gboolean mc_disk_make_folder (const char *path, int mode, GError **error);

/* What was created, renamed or unlinked in @folder is on disk. */
gboolean mc_disk_sync_folder (const char *folder, GError **error);

/* Opens a new file ".tmp-OWNER-…" in @folder for reading and writing (0600); its path in @path (caller frees). −1 on failure. @owner tells the
 * unfinished files of one program or database from those of another. */
int mc_disk_open_temporary (const char *folder, const char *owner, char **path, GError **error);

/* Removes what @owner left unfinished in @folder; returns the number of files. */
guint mc_disk_sweep_temporaries (const char *folder, const char *owner);

/* All of @bytes, or an error naming @path. */
gboolean mc_disk_write (int fd, const void *bytes, gsize length, const char *path, GError **error);

/* Syncs and closes @fd, renames @temporary to @path and syncs the folder. On failure @temporary is gone and @path as before. */
gboolean mc_disk_finish_temporary (int fd, const char *temporary, const char *path, GError **error);

/* Closes @fd (−1: closed already) and unlinks @temporary. */
void mc_disk_drop_temporary (int fd, const char *temporary);

/* Whole contents, durably: the file is as before or as wanted. */
gboolean mc_disk_replace (const char *path, const void *bytes, gsize length, GError **error);

/* Renames; EXISTS if @path is there already, which a plain rename would replace. */
gboolean mc_disk_rename_new (const char *from, const char *path, GError **error);

/* Removes @folder with all that is in it; goes into no other file system's links. */
void mc_disk_remove_tree (const char *folder);

/* FALSE and FULL, with what is needed and what is free, if @folder has no room for @bytes. */
gboolean mc_disk_has_room (const char *folder, guint64 bytes, GError **error);

/* FALSE and G_IO_ERROR_CANCELLED, in the user's words, if @cancellable was cancelled. */
gboolean mc_disk_go_on (GCancellable *cancellable, GError **error);

#define MC_DISK_TEMPORARY_PREFIX ".tmp-"

G_END_DECLS
