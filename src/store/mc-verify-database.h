/* SPDX-License-Identifier: GPL-3.0-or-later
 * The verification of one database file; the parts of it that share a snapshot. */
#pragma once

#include "mc-blob-store.h"
#include "mc-chain.h"
#include "mc-database.h"
#include "mc-derive.h"
#include "mc-verify.h"

G_BEGIN_DECLS

/* @position: what the last verification ended with, or NULL: whole. @new_position (may be NULL) is set if nothing was found. @path is opened for reading only. */
McVerifyReport *mc_verify_database (const char *path, McBlobStore *blobs, const char *position, char **new_position,
                                    McProgress *progress, GCancellable *cancellable, GError **error);

/* --- inside ------------------------------------------------------------------------------------------------- */

typedef struct
{
  McDatabase *database;   /* in one read transaction */
  McDatabase *log;        /* the same snapshot on a connection for the stream of records; NULL unless whole */
  McBlobStore *blobs;
  McVerifyReport *report;
  McProgress *progress;
  GCancellable *cancellable;
  GHashTable *own_chains; /* set of device ids: the incarnations that this file wrote itself */
  GHashTable *links;      /* device → McVerifyPoint: where the last verification ended; afterwards where this one did */
  GHashTable *touched;    /* not whole: set of "entity/id" that new lines concern */
  GHashTable *new_blobs;  /* not whole: set of digests that new lines name */
  guint64 total_lines;
  GPtrArray *kept;        /* freed after the connections */
} McVerify;

typedef struct
{
  guint64 seq;
  McDigest link;
} McVerifyPoint;

McVerifyReport *mc_verify_report_new (gboolean whole);

/* Takes @where and @message. */
void mc_verify_report_take (McVerifyReport *report, McFindingKind kind, char *where, char *message);

#define mc_verify_find(self, kind, where, ...) \
  mc_verify_report_take ((self)->report, kind, where, g_strdup_printf (__VA_ARGS__))

/* Each FALSE only if the work could not be done. */
gboolean mc_verify_file (McVerify *self, GError **error);
gboolean mc_verify_log (McVerify *self, GError **error);
gboolean mc_verify_index (McVerify *self, GError **error);   /* tables seal, refused, erased against their lines */
gboolean mc_verify_openings (McVerify *self, GError **error);
gboolean mc_verify_checkpoints (McVerify *self, GError **error);
gboolean mc_verify_records (McVerify *self, GError **error);
gboolean mc_verify_seals_of (McVerify *self, const McDerived *root, GError **error);
gboolean mc_verify_blobs (McVerify *self, GError **error);

/* Steps @statement; −1 with @error also if cancelled. */
int mc_verify_step (McVerify *self, sqlite3_stmt *statement, GError **error);

G_END_DECLS
