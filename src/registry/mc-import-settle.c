/* SPDX-License-Identifier: GPL-3.0-or-later
 * Settles at the end of a sheet what a single row could not tell. */
#include "mc-import-planner.h"

/* Looking for records that are alike costs reading them. */
#define MAX_ALIKE_CANDIDATES 300
#define MAX_ALIKE_READS 200000
#define ROWS_BETWEEN_CHECKS 512

/* A record that another row of the file surely is cannot be this one too. */
static gboolean
settle_unsure (McImportPlanner *planner, GError **error)
{
  McImportPlan *plan = planner->plan;

  for (guint i = 0; i < planner->unsure->len; i++)
    {
      guint64 index = g_array_index (planner->unsure, guint64, i);
      g_auto (McStagedRow) staged = { 0 };
      g_autoptr (McRecord) existing = NULL;

      if (!mc_import_stage_read (plan->stage, index, &staged, error))
        return FALSE;
      if (staged.match != MC_MATCH_RETIRED && mc_import_index_is_marked (planner->index, staged.existing_rowid))
        {
          mc_import_stage_set_existing (plan->stage, index, "", 0, MC_MATCH_NONE, 0);
          mc_import_stage_set_outcome (plan->stage, index, MC_IMPORT_CREATED);
          plan->counts[MC_IMPORT_UNSURE]--;
          plan->counts[MC_IMPORT_CREATED]++;
          continue;
        }
      existing = mc_store_load (plan->store, mc_record_get_entity (staged.record)->name, staged.existing, error);
      if (!existing)
        return FALSE;
      if (!mc_import_planner_add_message (planner, MC_IMPORT_UNSURE, staged.row, mc_import_mapping_find (plan->mapping, "name"), mc_import_planner_describe_match (staged.match, existing), error))
        return FALSE;
    }
  return TRUE;
}

/* Among the records of the same kind in the same area that no row of the file was found to be. */
static const McExisting *
find_alike (McImportPlanner *planner, const McStagedRow *staged, GPtrArray **found, GError **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  McImportKeys keys;

  *found = NULL;
  mc_import_keys_of_record (&keys, planner->plan->kind, planner->tree, staged->record, NULL);
  mc_import_index_find (planner->index, &keys, MC_KEY_PLACE, MAX_ALIKE_CANDIDATES, rowids);
  for (guint i = rowids->len; i-- > 0;)
    if (mc_import_index_is_marked (planner->index, g_array_index (rowids, gint64, i)))
      g_array_remove_index_fast (rowids, i);
  planner->alike_reads += rowids->len;
  if (rowids->len == 0 || planner->alike_reads > MAX_ALIKE_READS)
    return NULL;
  *found = mc_import_store_fetch (planner->plan->store, planner->plan->kind, rowids, planner->cancellable, error);
  for (guint i = 0; *found && i < (*found)->len; i++)
    {
      const McExisting *existing = (*found)->pdata[i];

      if (existing && mc_record_is_null (existing->record, "retired_on") && mc_import_is_alike (staged->record, staged->given, existing->record))
        return existing;
    }
  return NULL;
}

static gboolean
settle_new (McImportPlanner *planner, guint64 index, GError **error)
{
  McImportPlan *plan = planner->plan;
  g_auto (McStagedRow) staged = { 0 };
  g_autoptr (GPtrArray) found = NULL;
  const McExisting *existing;
  GError *failure = NULL;

  if (!mc_import_stage_read (plan->stage, index, &staged, error))
    return FALSE;
  existing = staged.existing[0] ? NULL : find_alike (planner, &staged, &found, &failure);
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!existing)
    return TRUE;
  mc_import_stage_set_existing (plan->stage, index, mc_record_get_id (existing->record), existing->rowid, MC_MATCH_ALIKE,
                                mc_import_values_digest (existing->record, staged.given));
  mc_import_stage_set_outcome (plan->stage, index, MC_IMPORT_UNSURE);
  plan->counts[MC_IMPORT_CREATED]--;
  plan->counts[MC_IMPORT_UNSURE]++;
  return mc_import_planner_add_message (planner, MC_IMPORT_UNSURE, staged.row, mc_import_mapping_find (plan->mapping, "name"),
                      mc_import_planner_describe_match (MC_MATCH_ALIKE, existing->record), error);
}

static gboolean
settle_all_new (McImportPlanner *planner, GError **error)
{
  guint64 n = mc_import_stage_get_n (planner->plan->stage);

  if (planner->plan->kind != MC_IMPORT_FACILITIES || mc_import_index_get_n_unmarked (planner->index) == 0)
    return TRUE;
  for (guint64 i = 0; i < n && planner->alike_reads <= MAX_ALIKE_READS; i++)
    {
      if (mc_import_stage_get_outcome (planner->plan->stage, i) == MC_IMPORT_CREATED && !settle_new (planner, i, error))
        return FALSE;
      if (i % ROWS_BETWEEN_CHECKS == 0 && g_cancellable_set_error_if_cancelled (planner->cancellable, error))
        return FALSE;
    }
  return TRUE;
}


gboolean
mc_import_planner_settle (McImportPlanner *self, GError **error)
{
  return settle_unsure (self, error) && settle_all_new (self, error);
}
