/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decides what one row does: it is new, changes a record, is the same, is asked about, or is not taken. */
#include "mc-facility.h"
#include "mc-import-keep.h"
#include "mc-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
add_notes (McImportPlanner *planner, McImportItem *item, McImportOutcome outcome, GError **error)
{
  for (guint i = 0; i < item->notes->len; i++)
    {
      McRowNote *note = &g_array_index (item->notes, McRowNote, i);

      /* Of a row that is not taken only what keeps it out. */
      if (outcome == MC_IMPORT_REJECTED && !note->rejects)
        continue;
      if (!mc_import_planner_add_message (planner, note->rejects ? MC_IMPORT_REJECTED : outcome, item->row, note->column, g_steal_pointer (&note->text), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
stage_item (McImportPlanner *planner, McImportItem *item, McImportOutcome outcome, const McExisting *existing, McMatch match, GError **error)
{
  McStagedRow staged = { 0 };

  staged.row = item->row;
  staged.given = item->given;
  staged.defaulted = item->defaulted;
  staged.match = match;
  staged.record = item->record; /* lent */
  g_strlcpy (staged.id, item->id ? item->id : "", sizeof staged.id);
  if (existing)
    {
      g_strlcpy (staged.existing, mc_record_get_id (existing->record), sizeof staged.existing);
      staged.existing_rowid = existing->rowid;
      staged.digest = mc_import_values_digest (existing->record, item->given);
    }
  planner->plan->counts[outcome]++;
  return add_notes (planner, item, outcome, error) && mc_import_stage_add (planner->plan->stage, outcome, &staged, error);
}

/* --- checks ----------------------------------------------------------------------------------------------- */

/* What is wrong with the fields in @mask of the record as it would be. */
static void
check_record (McImportPlanner *planner, McImportItem *item, const McRecord *record, guint64 mask)
{
  g_autoptr (GPtrArray) problems = planner->plan->kind == MC_IMPORT_FACILITIES ? mc_facility_check (record, planner->tree, &planner->today)
                                                                                : mc_inspector_check (record, planner->tree, &planner->today);

  for (guint i = 0; i < problems->len; i++)
    {
      const McProblem *problem = problems->pdata[i];
      int index = mc_entity_field_index (mc_record_get_entity (record), problem->key);

      if (index >= 0 && (mask >> index & 1))
        mc_import_item_note (item, &planner->context, problem->key, problem->level == MC_PROBLEM_ERROR, g_strdup (problem->message));
    }
}

/* The fields whose cells are known to be wrong already. */
static guint64
noted_fields (const McImportItem *item)
{
  guint64 noted = 0;

  for (guint i = 0; i < item->notes->len; i++)
    {
      const McRowNote *note = &g_array_index (item->notes, McRowNote, i);
      int index = note->column && note->column->field ? mc_entity_field_index (mc_record_get_entity (item->record), note->column->field->key) : -1;

      if (index >= 0 && note->rejects)
        noted |= G_GUINT64_CONSTANT (1) << index;
    }
  return noted;
}

/* What can be said for all rows at once. The authority follows from kind and area of a facility, the area from the authority of an inspector: first those. */
static void
count_missing (McImportPlanner *planner, const McImportItem *item)
{
  const McEntity *entity = mc_record_get_entity (item->record);
  gboolean facility = planner->plan->kind == MC_IMPORT_FACILITIES;
  guint64 noted = noted_fields (item);

  for (guint i = 0; i < entity->n_fields && i < G_N_ELEMENTS (planner->plan->missing); i++)
    {
      const char *key = entity->fields[i].key;

      if (!(entity->fields[i].flags & MC_FIELD_REQUIRED) || mc_record_get_at (item->record, i)->type != MC_VALUE_NULL || (noted >> i & 1))
        continue;
      if (facility && strcmp (key, "authority") == 0 && (mc_record_is_null (item->record, "kind") || mc_record_is_null (item->record, "area")))
        continue;
      if (!facility && strcmp (key, "area") == 0 && mc_record_is_null (item->record, "authority"))
        continue;
      planner->plan->missing[i]++;
    }
}

/* All that is wrong with a row is said at once. */
static gboolean
reject_with_checks (McImportPlanner *planner, McImportItem *item, GError **error)
{
  count_missing (planner, item);
  check_record (planner, item, item->record, item->given & ~noted_fields (item));
  return stage_item (planner, item, MC_IMPORT_REJECTED, NULL, MC_MATCH_NONE, error);
}

static gboolean
reject (McImportPlanner *planner, McImportItem *item, GError **error)
{
  return stage_item (planner, item, MC_IMPORT_REJECTED, NULL, MC_MATCH_NONE, error);
}

static gboolean
plan_new (McImportPlanner *planner, McImportItem *item, GError **error)
{
  count_missing (planner, item);
  check_record (planner, item, item->record, G_MAXUINT64);
  if (item->rejected)
    return reject (planner, item, error);
  return stage_item (planner, item, MC_IMPORT_CREATED, NULL, MC_MATCH_NONE, error);
}

static gboolean
plan_unsure (McImportPlanner *planner, McImportItem *item, const McExisting *existing, McMatch match, GError **error)
{
  guint64 index = mc_import_stage_get_n (planner->plan->stage);

  count_missing (planner, item);
  check_record (planner, item, item->record, G_MAXUINT64);
  if (item->rejected)
    return reject (planner, item, error);
  g_array_append_val (planner->unsure, index);
  return stage_item (planner, item, MC_IMPORT_UNSURE, existing, match, error);
}

/* Was it retired by the undo of an import? Then this import may bring it back without asking. */
static gboolean
retired_by_undo (McImportPlanner *planner, const McRecord *existing)
{
  const char *reason = mc_record_get_text (existing, "retired_reason");
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, planner->undone);
  while (reason && g_hash_table_iter_next (&iter, &id, NULL))
    if (strstr (reason, id))
      return TRUE;
  return FALSE;
}

static void
bring_back (McImportItem *item)
{
  const McEntity *entity = mc_record_get_entity (item->record);

  item->given |= G_GUINT64_CONSTANT (1) << mc_entity_field_index (entity, "retired_on");
  item->given |= G_GUINT64_CONSTANT (1) << mc_entity_field_index (entity, "retired_reason");
  item->given |= item->defaulted;
}

static gboolean
plan_same (McImportPlanner *planner, McImportItem *item, const McExisting *existing, GError **error)
{
  gboolean retired = !mc_record_is_null (existing->record, "retired_on");
  g_autoptr (McRecord) merged = NULL;
  const char *refusal;
  guint64 changed;

  if (mc_import_index_is_marked (planner->index, existing->rowid))
    {
      mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup_printf (_("another row above speaks of “%s” too"), mc_record_get_text (existing->record, "name")));
      return reject (planner, item, error);
    }
  mc_import_index_mark (planner->index, existing->rowid);
  if (retired)
    bring_back (item);
  if (retired && !retired_by_undo (planner, existing->record))
    return plan_unsure (planner, item, existing, MC_MATCH_RETIRED, error);
  if (!mc_import_keep (planner, item, existing->record, error))
    return FALSE;
  changed = mc_import_changed_fields (item, existing->record);
  mc_import_unmark_samples (item, existing->record, changed);
  if (changed == 0)
    return stage_item (planner, item, MC_IMPORT_UNCHANGED, existing, MC_MATCH_SAME, error);
  refusal = mc_import_refusal_of_state (mc_record_get_state (existing->record));
  if (refusal)
    mc_import_item_note (item, &planner->context, NULL, TRUE, g_strdup (refusal));
  merged = mc_import_merged_record (item, existing->record);
  check_record (planner, item, merged, changed);
  if (item->rejected)
    return reject (planner, item, error);
  return stage_item (planner, item, retired ? MC_IMPORT_CREATED : MC_IMPORT_UPDATED, existing, MC_MATCH_SAME, error);
}

gboolean
mc_import_planner_judge (McImportPlanner *self, McImportItem *item, const GArray *rowids, GError **error)
{
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GPtrArray) records = NULL;
  guint best = 0;
  McMatch match;

  if (item->rejected)
    return reject_with_checks (self, item, error);
  if (!rowids || rowids->len == 0)
    return plan_new (self, item, error);
  candidates = g_ptr_array_new ();
  records = g_ptr_array_new ();
  for (guint i = 0; i < rowids->len; i++)
    {
      McExisting *existing = g_hash_table_lookup (self->existing, &g_array_index (rowids, gint64, i));

      if (!existing)
        continue;
      g_ptr_array_add (candidates, existing);
      g_ptr_array_add (records, existing->record);
    }
  match = mc_import_match (self->plan->kind, self->tree, item->record, item->id ? item->id : "", records, &best);
  if (match == MC_MATCH_SAME)
    return plan_same (self, item, candidates->pdata[best], error);
  if (match != MC_MATCH_NONE)
    return plan_unsure (self, item, candidates->pdata[best], match, error);
  return plan_new (self, item, error);
}
