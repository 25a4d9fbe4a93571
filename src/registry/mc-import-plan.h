/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a plan holds; for the files of the import only. */
#pragma once

#include "mc-area.h"
#include "mc-import-messages.h"
#include "mc-import-stage.h"

G_BEGIN_DECLS

struct _McImportPlan
{
  gatomicrefcount ref_count;
  McStore *store;
  McImportKind kind;
  char *file_name;
  char *sheet_name;
  McImportMapping *mapping;
  McAreaTree *tree;
  GPtrArray *authorities; /* of McAuthority */
  McImportStage *stage;
  McImportMessages *messages;
  guint64 counts[MC_IMPORT_N_OUTCOMES];
  guint64 missing[64]; /* by field: new rows that leave it empty though it must be filled in */
  gboolean applied;
};

G_END_DECLS
