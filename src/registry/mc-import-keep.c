/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a sheet does not take away from a record that exists. */
#include "mc-import-keep.h"

#include <glib/gi18n.h>
#include <string.h>

static void
drop_field (McImportItem *item, const char *key)
{
  item->given &= ~(G_GUINT64_CONSTANT (1) << mc_entity_field_index (mc_record_get_entity (item->record), key));
}

static gboolean
is_given (const McImportItem *item, const char *key)
{
  int index = mc_entity_field_index (mc_record_get_entity (item->record), key);

  return index >= 0 && (item->given >> index & 1);
}

/* "The county" of a sheet does not undo "the township" of the register. */
static void
keep_finer_area (McImportPlanner *planner, McImportItem *item, const McRecord *existing)
{
  const char *given = mc_record_get_text (item->record, "area"), *known = mc_record_get_text (existing, "area");

  if (is_given (item, "area") && known && given && strcmp (given, known) != 0 && mc_area_tree_contains (planner->tree, given, known))
    drop_field (item, "area");
}

/* An erased personal value does not come back from an old sheet. */
static void
keep_erased (McImportPlanner *planner, McImportItem *item, const McRecord *existing)
{
  const McEntity *entity = mc_record_get_entity (existing);

  if (!(mc_record_get_state (existing) & MC_RECORD_ERASED))
    return;
  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & MC_FIELD_PERSONAL) && (item->given >> i & 1) && mc_record_is_null (existing, entity->fields[i].key))
      {
        drop_field (item, entity->fields[i].key);
        mc_import_item_note (item, &planner->context, entity->fields[i].key, FALSE, g_strdup (_("left out: personal values of this record were erased")));
      }
}

/* An import never picks: where two edits disagree, a person does first. */
static gboolean
keep_conflicts (McImportPlanner *planner, McImportItem *item, const McRecord *existing, GError **error)
{
  const McEntity *entity = mc_record_get_entity (existing);
  g_autoptr (McRecord) whole = NULL;

  if (!(mc_record_get_state (existing) & MC_RECORD_CONFLICT))
    return TRUE;
  whole = mc_store_load (planner->plan->store, entity->name, mc_record_get_id (existing), error);
  if (!whole)
    return FALSE;
  for (guint i = 0; i < entity->n_fields; i++)
    if ((item->given >> i & 1) && mc_record_field_in_conflict (whole, entity->fields[i].key))
      {
        drop_field (item, entity->fields[i].key);
        mc_import_item_note (item, &planner->context, entity->fields[i].key, FALSE,
                             g_strdup (_("left out: two edits of this value disagree; a person must pick one first")));
      }
  return TRUE;
}

gboolean
mc_import_keep (McImportPlanner *planner, McImportItem *item, const McRecord *existing, GError **error)
{
  keep_finer_area (planner, item, existing);
  keep_erased (planner, item, existing);
  return keep_conflicts (planner, item, existing, error);
}

guint64
mc_import_changed_fields (const McImportItem *item, const McRecord *existing)
{
  const McEntity *entity = mc_record_get_entity (existing);
  guint64 changed = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    if ((item->given >> i & 1) && !mc_value_equal (mc_record_get_at (item->record, i), mc_record_get_at (existing, i)))
      changed |= G_GUINT64_CONSTANT (1) << i;
  return changed;
}

void
mc_import_unmark_samples (McImportItem *item, const McRecord *existing, guint64 changed)
{
  const McEntity *entity = mc_record_get_entity (existing);
  const char *samples = mc_record_get_text (existing, "sample_fields");
  g_auto (GStrv) keys = samples ? g_strsplit (samples, "\n", -1) : NULL;
  g_autoptr (GString) kept = g_string_new (NULL);
  gboolean dropped = FALSE;

  if (!keys || is_given (item, "sample_fields"))
    return;
  for (guint i = 0; keys[i]; i++)
    {
      int index = mc_entity_field_index (entity, keys[i]);

      if (index >= 0 && (changed >> index & 1))
        dropped = TRUE;
      else
        g_string_append_printf (kept, "%s%s", kept->len > 0 ? "\n" : "", keys[i]);
    }
  if (!dropped)
    return;
  mc_record_set_text (item->record, "sample_fields", kept->str);
  item->given |= G_GUINT64_CONSTANT (1) << mc_entity_field_index (entity, "sample_fields");
}

const char *
mc_import_refusal_of_state (McRecordState state)
{
  if (state & MC_RECORD_SEALED)
    return _("the record is finalised; it can only be amended, with a reason");
  if (state & MC_RECORD_UNKNOWN_FIELDS)
    return _("the record was written by a newer version of the program; it can be changed after the update");
  return NULL;
}

McRecord *
mc_import_merged_record (const McImportItem *item, const McRecord *existing)
{
  const McEntity *entity = mc_record_get_entity (existing);
  McRecord *merged = mc_record_copy (existing);

  for (guint i = 0; i < entity->n_fields; i++)
    if (item->given >> i & 1)
      mc_record_set (merged, entity->fields[i].key, mc_record_get (item->record, entity->fields[i].key));
  return merged;
}
