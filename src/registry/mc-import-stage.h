/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a plan between reading and applying: a few bytes each in memory, the rest in a temporary file. */
#pragma once

#include "mc-import-match.h"
#include "mc-import.h"
#include "store/mc-record.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 row;
  char id[37];          /* of the record as a new one */
  char existing[37];    /* of the record that exists; "" if none */
  gint64 existing_rowid;
  McMatch match;
  guint64 digest;       /* of the existing record's values of the given fields, as the plan saw them */
  guint64 given, defaulted; /* bits of fields; see McImportItem */
  McRecord *record;     /* their values; owned */
} McStagedRow;
void mc_staged_row_clear (McStagedRow *staged);

typedef struct _McImportStage McImportStage;
McImportStage *mc_import_stage_new (const McEntity *entity);
void mc_import_stage_free (McImportStage *self);

gboolean mc_import_stage_add (McImportStage *self, McImportOutcome outcome, const McStagedRow *staged, GError **error);
guint64 mc_import_stage_get_n (McImportStage *self);
/* @staged is filled; clear it. */
gboolean mc_import_stage_read (McImportStage *self, guint64 index, McStagedRow *staged, GError **error);

McImportOutcome mc_import_stage_get_outcome (McImportStage *self, guint64 index);
void mc_import_stage_set_outcome (McImportStage *self, guint64 index, McImportOutcome outcome);
McImportDecision mc_import_stage_get_decision (McImportStage *self, guint64 index);
void mc_import_stage_set_decision (McImportStage *self, guint64 index, McImportDecision decision);

/* Later findings about a row that was staged: what it may be. */
void mc_import_stage_set_existing (McImportStage *self, guint64 index, const char *existing, gint64 rowid, McMatch match, guint64 digest);

/* A hash of the values of the fields @mask of @record; a value whose opening is missing counts as null. */
guint64 mc_import_values_digest (const McRecord *record, guint64 mask);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McStagedRow, mc_staged_row_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportStage, mc_import_stage_free)

G_END_DECLS
