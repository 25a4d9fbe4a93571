/* SPDX-License-Identifier: GPL-3.0-or-later
 * Proves that what is stored is what the log says: lines, chains, openings, seals, derived tables, indexes, blobs. */
#pragma once

#include "mc-progress.h"
#include "mc-store.h"

G_BEGIN_DECLS

typedef enum
{
  MC_FINDING_FILE = 1,   /* the pages, tables or indexes of the database file */
  MC_FINDING_LINE,       /* a line that breaks the grammar, or differs from its digest or its columns */
  MC_FINDING_CHAIN,      /* a gap, a wrong link, a first line that is none, a wrong stub */
  MC_FINDING_CHECKPOINT, /* a signed checkpoint that its chain does not lead to, or whose signature is wrong */
  MC_FINDING_OPENING,    /* a personal value that is not the one its line sealed, or is missing without an erasure */
  MC_FINDING_SEAL,       /* a sealed record whose text has not the SHA-256 that the seal names */
  MC_FINDING_RECORD,     /* a derived row that the log does not lead to */
  MC_FINDING_BLOB,       /* a file that is missing or has other bytes than its name says */
} McFindingKind;

typedef struct
{
  McFindingKind kind;
  char *where;   /* not translated, for scripts: "line DEVICE:SEQ", "record ENTITY/ID", "blob SHA256", "file" … */
  char *message; /* translated, whole sentences */
} McFinding;

/* What was looked at and what was found. */
typedef struct
{
  gboolean whole;          /* from the first line on, not from where the last verification ended */
  guint64 lines;
  guint64 stubs;           /* lines known by their digest only */
  guint64 chains;
  guint64 checkpoints;
  guint64 openings;
  guint64 erased_openings; /* erased by a change that says why: no damage */
  guint64 seals;
  guint64 records;
  guint64 rows;            /* of all derived tables */
  guint64 blobs;           /* read and compared with their names */
  guint64 erased_blobs;
  guint64 awaited_blobs;   /* named by a line and not yet fetched: no damage */
  guint64 n_findings;      /* all of them, also those beyond what `findings` holds */
  GPtrArray *findings;     /* of McFinding, in the order found; at most MC_VERIFY_MAX_FINDINGS */
} McVerifyReport;

#define MC_VERIFY_MAX_FINDINGS 1000

void mc_finding_free (McFinding *finding);
void mc_verify_report_free (McVerifyReport *report);

/* One line of words for @kind, untranslated msgid. */
const char *mc_finding_kind_label (McFindingKind kind);

/* Damage is reported, not an error: a report with findings comes back without @error. NULL with @error only if the work could
 * not be done or was cancelled. Not @whole: goes on from where the last verification without findings ended (whole, if there was
 * none). A writer's store remembers how far it came. Takes short reads only, so that saving goes on beside it. Blocks. */
McVerifyReport *mc_store_verify (McStore *self, gboolean whole, McProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, GError **error);
void mc_store_verify_async (McStore *self, gboolean whole, McProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McVerifyReport *mc_store_verify_finish (McStore *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFinding, mc_finding_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McVerifyReport, mc_verify_report_free)

G_END_DECLS
