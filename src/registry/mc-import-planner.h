/* SPDX-License-Identifier: GPL-3.0-or-later
 * What planning needs and the plan does not keep: for the files of the planner only. */
#pragma once

#include "mc-import-plan.h"
#include "mc-import-row.h"
#include "mc-import-store.h"

G_BEGIN_DECLS

typedef struct
{
  McImportPlan *plan;
  McTableReader *reader;
  McImportContext context;
  McAreaTree *tree;
  GPtrArray *authorities;
  GHashTable *undone;
  McImportIndex *index;
  McImportSeen *seen;
  GDate today;
  GArray *unsure;         /* of guint64: staged rows to be judged at the end */
  GHashTable *existing;   /* rowid → McExisting, of the batch */
  guint64 alike_reads;
  GCancellable *cancellable;
  McImportProgress progress;
  gpointer progress_data;
  gint64 told;
} McImportPlanner;

/* Takes @text. @column NULL: about the whole row. */
gboolean mc_import_planner_add_message (McImportPlanner *self, McImportOutcome outcome, guint64 row, const McImportColumn *column, char *text, GError **error);

/* The question to the person whether a row is @existing. Caller frees. */
char *mc_import_planner_describe_match (McMatch match, const McRecord *existing);

/* Decides what the row does and stages it. @rowids (of gint64; may be NULL): what it may be, out of `existing`. */
gboolean mc_import_planner_judge (McImportPlanner *self, McImportItem *item, const GArray *rowids, GError **error);

/* After the last row: who was found in one row is not asked about in another; and new rows that are much like a record nobody was. */
gboolean mc_import_planner_settle (McImportPlanner *self, GError **error);

G_END_DECLS
