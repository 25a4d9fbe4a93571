/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form of a backup file: a pax tar without compression that plain tar and sha256sum can read and check too. */
#pragma once

#include "mc-backup.h"

G_BEGIN_DECLS

/* In this order, plain files only, nothing else:
 *
 *   backup.txt       "mingcha-backup/1\n", then "made_at MS\n", "schema N\n", "device UUID\n", "lines N\n"
 *   mingcha.db
 *   blobs/ab/SHA256  … sorted
 *   left-out.txt     "SHA256 STATE\n" … (only if there are any)
 *   manifest.sha256  "SHA256  NAME\n" of each of the above, as sha256sum writes it
 */
#define MC_ARCHIVE_FORMAT "mingcha-backup/1"

/* --- writing --- */

typedef struct _McArchiveWriter McArchiveWriter;

/* Writes to @fd, which stays the caller's; @path names it in messages. */
McArchiveWriter *mc_archive_writer_new (int fd, const char *path);
void mc_archive_writer_free (McArchiveWriter *self);
gboolean mc_archive_writer_add_text (McArchiveWriter *self, const char *name, const char *text, GError **error);

/* @stream must give exactly @size bytes, and those of @sha256 unless it is NULL. */
gboolean mc_archive_writer_add_stream (McArchiveWriter *self, const char *name, GInputStream *stream, guint64 size,
                                       const char *sha256, GCancellable *cancellable, GError **error);

/* Writes the manifest and ends the file. */
gboolean mc_archive_writer_finish (McArchiveWriter *self, GError **error);

/* --- reading --- */

/* Where what is read goes; all may be NULL. `begin` returns a file descriptor to write the entry to (closed by the reader), −2 to let it pass, −1 with
 * @error set. */
typedef struct
{
  int (*begin) (const char *name, guint64 size, gpointer data, GError **error);
  gpointer data;
} McArchiveSink;

/* What backup.txt says. */
typedef struct
{
  gint64 made_at;
  int schema;
  guint64 lines;
  guint64 blobs;
  guint64 left_out;
  guint64 bytes; /* of the whole file */
} McArchiveFacts;

/* Reads @file from its first byte to its last and compares everything with the manifest. NOT_FOUND, NOT_OURS, NEWER, CORRUPT. What the sink got counts only
 * if this returns TRUE. */
gboolean mc_archive_read (const char *file, const McArchiveSink *sink, McArchiveFacts *facts, McProgress *progress,
                          GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McArchiveWriter, mc_archive_writer_free)

G_END_DECLS
