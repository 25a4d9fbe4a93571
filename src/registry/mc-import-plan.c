/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plan as its users see it: counts, rows of the preview, decisions. */
#include "mc-import-plan.h"

#include "mc-authority.h"
#include "mc-import-value.h"

#include <string.h>

#include "store/mc-code-list.h"

McImportPlan *
mc_import_plan_ref (McImportPlan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mc_import_plan_unref (McImportPlan *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->store);
  g_free (self->file_name);
  g_free (self->sheet_name);
  mc_import_mapping_free (self->mapping);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->authorities, g_ptr_array_unref);
  mc_import_stage_free (self->stage);
  mc_import_messages_free (self->messages);
  g_free (self);
}

guint64
mc_import_plan_count (McImportPlan *self, McImportOutcome outcome)
{
  g_return_val_if_fail (outcome < MC_IMPORT_N_OUTCOMES, 0);

  return self->counts[outcome];
}

guint64
mc_import_plan_count_missing (McImportPlan *self, const McField *field)
{
  return self->missing[field - mc_import_entity (self->kind)->fields];
}

static void
choice_free (gpointer data)
{
  McImportChoice *choice = data;

  g_free (choice->value);
  g_free (choice->label);
  g_free (choice);
}

/* Takes @label. */
static void
add_choice (GPtrArray *choices, const char *value, char *label)
{
  McImportChoice *choice = g_new0 (McImportChoice, 1);

  choice->value = g_strdup (value);
  choice->label = label;
  g_ptr_array_add (choices, choice);
}

static void
add_areas (McImportPlan *self, GPtrArray *choices)
{
  for (guint i = 0; i < mc_area_tree_get_n_areas (self->tree); i++)
    {
      const McArea *area = mc_area_tree_get (self->tree, i);

      if (!area->retired)
        add_choice (choices, area->id, mc_area_get_path (area, NULL));
    }
}

GPtrArray *
mc_import_plan_list_choices (McImportPlan *self, const McField *field)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (choice_free);
  const McCode *const *codes = field->type == MC_FIELD_CHOICE ? mc_code_list (field->list) : NULL;

  for (guint i = 0; codes && codes[i]; i++)
    add_choice (choices, codes[i]->code, g_strdup (codes[i]->label));
  if (strcmp (field->key, "area") == 0)
    add_areas (self, choices);
  else if (strcmp (field->key, "authority") == 0)
    for (guint i = 0; i < self->authorities->len; i++)
      {
        const McAuthority *authority = self->authorities->pdata[i];

        add_choice (choices, authority->id, g_strdup (authority->name));
      }
  return choices;
}

const McImportMapping *
mc_import_plan_get_mapping (McImportPlan *self)
{
  return self->mapping;
}

const char *
mc_import_plan_get_sheet_name (McImportPlan *self)
{
  return self->sheet_name;
}

GPtrArray *
mc_import_plan_get_messages (McImportPlan *self)
{
  return mc_import_messages_get_first (self->messages);
}

guint64
mc_import_plan_get_n_messages (McImportPlan *self)
{
  return mc_import_messages_get_n (self->messages);
}

gboolean
mc_import_plan_write_report (McImportPlan *self, const char *path, GError **error)
{
  return mc_import_messages_write_report (self->messages, path, error);
}

/* --- rows for the preview --------------------------------------------------------------------------------- */

static void
change_free (gpointer data)
{
  McImportFieldChange *change = data;

  g_free (change->old_text);
  g_free (change->new_text);
  g_free (change);
}

void
mc_import_row_free (McImportRow *row)
{
  if (!row)
    return;
  g_free (row->record);
  g_free (row->title);
  g_free (row->existing_name);
  g_ptr_array_unref (row->changes);
  g_free (row);
}

/* People know the names of areas and authorities, not their ids. */
static char *
show_value (McImportPlan *self, const McField *field, const McValue *value)
{
  g_autoptr (McRecord) target = NULL;

  if (field->type != MC_FIELD_REFERENCE || value->type != MC_VALUE_TEXT)
    return mc_import_value_show (field, value);
  target = mc_store_load (self->store, field->list, value->text, NULL);
  return g_strdup (target ? mc_record_get_text (target, "name") : value->text);
}

static void
add_changes (McImportPlan *self, const McStagedRow *staged, const McRecord *existing, GPtrArray *changes)
{
  const McEntity *entity = mc_record_get_entity (staged->record);
  guint64 mask = existing ? staged->given : staged->given | staged->defaulted;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      const McValue *old = existing ? mc_record_get (existing, field->key) : NULL;
      const McValue *new = mc_record_get (staged->record, field->key);
      McImportFieldChange *change;

      if (!(mask >> i & 1) || (old && mc_value_equal (old, new)))
        continue;
      change = g_new0 (McImportFieldChange, 1);
      change->field = field;
      change->old_text = old ? show_value (self, field, old) : NULL;
      change->new_text = show_value (self, field, new);
      g_ptr_array_add (changes, change);
    }
}

static McImportRow *
build_row (McImportPlan *self, guint64 index, GError **error)
{
  g_auto (McStagedRow) staged = { 0 };
  g_autoptr (McRecord) existing = NULL;
  McImportRow *row;

  if (!mc_import_stage_read (self->stage, index, &staged, error))
    return NULL;
  if (staged.existing[0])
    existing = mc_store_load (self->store, mc_record_get_entity (staged.record)->name, staged.existing, NULL);
  row = g_new0 (McImportRow, 1);
  row->row = staged.row;
  row->outcome = mc_import_stage_get_outcome (self->stage, index);
  row->decision = mc_import_stage_get_decision (self->stage, index);
  row->record = row->outcome == MC_IMPORT_REJECTED ? NULL : g_strdup (staged.existing[0] ? staged.existing : staged.id);
  row->title = g_strdup (mc_record_get_text (staged.record, "name"));
  row->existing_name = existing ? g_strdup (mc_record_get_text (existing, "name")) : NULL;
  row->changes = g_ptr_array_new_with_free_func (change_free);
  add_changes (self, &staged, existing, row->changes);
  return row;
}

GPtrArray *
mc_import_plan_get_rows (McImportPlan *self, McImportOutcome outcome, guint64 offset, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_import_row_free);
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n && rows->len < limit; i++)
    {
      McImportRow *row;

      if (outcome != MC_IMPORT_N_OUTCOMES && mc_import_stage_get_outcome (self->stage, i) != outcome)
        continue;
      if (offset > 0)
        {
          offset--;
          continue;
        }
      row = build_row (self, i, error);
      if (!row)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

/* --- decisions -------------------------------------------------------------------------------------------- */

/* One existing record can be only one of the rows. */
static gboolean
is_taken (McImportPlan *self, guint64 index, const char *existing)
{
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n; i++)
    if (i != index && mc_import_stage_get_outcome (self->stage, i) == MC_IMPORT_UNSURE && mc_import_stage_get_decision (self->stage, i) == MC_IMPORT_SAME)
      {
        g_auto (McStagedRow) other = { 0 };

        if (mc_import_stage_read (self->stage, i, &other, NULL) && strcmp (other.existing, existing) == 0)
          return TRUE;
      }
  return FALSE;
}

static gboolean
decide_one (McImportPlan *self, guint64 index, guint64 row, McImportDecision decision)
{
  g_auto (McStagedRow) staged = { 0 };

  if (!mc_import_stage_read (self->stage, index, &staged, NULL) || staged.row != row)
    return FALSE;
  if (decision == MC_IMPORT_SAME && is_taken (self, index, staged.existing))
    return FALSE;
  mc_import_stage_set_decision (self->stage, index, decision);
  return TRUE;
}

static gboolean
decide_all (McImportPlan *self, McImportDecision decision)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint64 n = mc_import_stage_get_n (self->stage);

  for (guint64 i = 0; i < n; i++)
    {
      g_auto (McStagedRow) staged = { 0 };

      if (mc_import_stage_get_outcome (self->stage, i) != MC_IMPORT_UNSURE || !mc_import_stage_read (self->stage, i, &staged, NULL))
        continue;
      if (decision != MC_IMPORT_SAME || g_hash_table_add (taken, g_strdup (staged.existing)))
        mc_import_stage_set_decision (self->stage, i, decision);
      else
        mc_import_stage_set_decision (self->stage, i, MC_IMPORT_UNDECIDED);
    }
  return self->counts[MC_IMPORT_UNSURE] > 0;
}

gboolean
mc_import_plan_decide (McImportPlan *self, guint64 row, McImportDecision decision)
{
  guint64 n = mc_import_stage_get_n (self->stage);

  if (row == 0)
    return decide_all (self, decision);
  for (guint64 i = 0; i < n; i++)
    if (mc_import_stage_get_outcome (self->stage, i) == MC_IMPORT_UNSURE && decide_one (self, i, row, decision))
      return TRUE;
  return FALSE;
}
