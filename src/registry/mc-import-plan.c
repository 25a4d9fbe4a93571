/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a table once and plans what each of its rows does. */
#include "mc-import-plan.h"

#include "mc-authority.h"
#include "mc-facility.h"
#include "mc-import-row.h"
#include "mc-import-store.h"
#include "mc-import-value.h"
#include "mc-import-words.h"
#include "mc-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK_ROWS 512
#define MAX_CANDIDATES 512
#define PROGRESS_USEC 100000
/* Looking for records that are alike costs reading them. */
#define MAX_ALIKE_CANDIDATES 300
#define MAX_ALIKE_READS 200000

G_DEFINE_QUARK (mc-import-error-quark, mc_import_error)

/* What planning needs and the plan does not keep. */
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
  GHashTable *existing;   /* rowid → McExisting, of the chunk */
  guint64 alike_reads;
  GCancellable *cancellable;
  McImportProgress progress;
  gpointer progress_data;
  gint64 told;
} Planner;

/* A row with what it may be. */
typedef struct
{
  McImportItem *item;
  char *id;
  GArray *rowids;
} Pending;

static void
pending_clear (gpointer data)
{
  Pending *pending = data;

  mc_import_item_free (pending->item);
  g_free (pending->id);
  if (pending->rowids)
    g_array_unref (pending->rowids);
}

static void
planner_clear (Planner *planner)
{
  mc_table_reader_free (planner->reader);
  mc_import_context_clear (&planner->context);
  g_clear_pointer (&planner->tree, mc_area_tree_unref);
  g_clear_pointer (&planner->authorities, g_ptr_array_unref);
  g_clear_pointer (&planner->undone, g_hash_table_unref);
  mc_import_index_free (planner->index);
  mc_import_seen_free (planner->seen);
  g_clear_pointer (&planner->unsure, g_array_unref);
  g_clear_pointer (&planner->existing, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planner, planner_clear)

/* --- messages --------------------------------------------------------------------------------------------- */

static gboolean
add_message (Planner *planner, McImportOutcome outcome, guint64 row, const McImportColumn *column, char *text, GError **error)
{
  return mc_import_messages_add (planner->plan->messages, outcome, row, column ? column->column : 0, column ? column->title : NULL, text, error);
}

static gboolean
add_notes (Planner *planner, McImportItem *item, McImportOutcome outcome, GError **error)
{
  for (guint i = 0; i < item->notes->len; i++)
    {
      McRowNote *note = &g_array_index (item->notes, McRowNote, i);

      /* Of a row that is not taken only what keeps it out. */
      if (outcome == MC_IMPORT_REJECTED && !note->rejects)
        continue;
      if (!add_message (planner, note->rejects ? MC_IMPORT_REJECTED : outcome, item->row, note->column, g_steal_pointer (&note->text), error))
        return FALSE;
    }
  return TRUE;
}

/* --- staging ---------------------------------------------------------------------------------------------- */

static gboolean
stage_item (Planner *planner, Pending *pending, McImportOutcome outcome, const McExisting *existing, McMatch match, GError **error)
{
  McImportItem *item = pending->item;
  g_auto (McStagedRow) staged = { 0 };

  staged.row = item->row;
  staged.given = item->given;
  staged.defaulted = item->defaulted;
  staged.match = match;
  staged.record = g_steal_pointer (&item->record);
  g_strlcpy (staged.id, pending->id ? pending->id : "", sizeof staged.id);
  if (existing)
    {
      g_strlcpy (staged.existing, mc_record_get_id (existing->record), sizeof staged.existing);
      staged.existing_rowid = existing->rowid;
      staged.digest = mc_import_values_digest (existing->record, item->given);
    }
  planner->plan->counts[outcome]++;
  return add_notes (planner, item, outcome, error) && mc_import_stage_add (planner->plan->stage, outcome, &staged, error);
}

/* --- what an existing record keeps ------------------------------------------------------------------------ */

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
keep_finer_area (Planner *planner, McImportItem *item, const McRecord *existing)
{
  const char *given = mc_record_get_text (item->record, "area"), *known = mc_record_get_text (existing, "area");

  if (is_given (item, "area") && known && given && strcmp (given, known) != 0 && mc_area_tree_contains (planner->tree, given, known))
    drop_field (item, "area");
}

/* An erased personal value does not come back from an old sheet. */
static void
keep_erased (Planner *planner, McImportItem *item, const McRecord *existing)
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

static guint64
changed_fields (const McImportItem *item, const McRecord *existing)
{
  const McEntity *entity = mc_record_get_entity (existing);
  guint64 changed = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    if ((item->given >> i & 1) && !mc_value_equal (mc_record_get (item->record, entity->fields[i].key), mc_record_get (existing, entity->fields[i].key)))
      changed |= G_GUINT64_CONSTANT (1) << i;
  return changed;
}

/* An import never picks: where two edits disagree, a person does first. */
static gboolean
keep_conflicts (Planner *planner, McImportItem *item, const McRecord *existing, GError **error)
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

/* A real value takes the place of a sample. */
static void
unmark_samples (McImportItem *item, const McRecord *existing, guint64 changed)
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

static const char *
refusal_of_state (McRecordState state)
{
  if (state & MC_RECORD_SEALED)
    return _("the record is finalised; it can only be amended, with a reason");
  if (state & MC_RECORD_UNKNOWN_FIELDS)
    return _("the record was written by a newer version of the program; it can be changed after the update");
  return NULL;
}

/* --- checks ----------------------------------------------------------------------------------------------- */

/* What is wrong with the fields in @mask of the record as it would be. */
static void
check_record (Planner *planner, McImportItem *item, const McRecord *record, guint64 mask)
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

static McRecord *
merged_record (const McImportItem *item, const McRecord *existing)
{
  const McEntity *entity = mc_record_get_entity (existing);
  McRecord *merged = mc_record_copy (existing);

  for (guint i = 0; i < entity->n_fields; i++)
    if (item->given >> i & 1)
      mc_record_set (merged, entity->fields[i].key, mc_record_get (item->record, entity->fields[i].key));
  return merged;
}

/* --- one row ---------------------------------------------------------------------------------------------- */

static char *
id_for (McImportKind kind, const McRecord *record)
{
  const char *name = mc_record_get_text (record, "name");

  if (kind == MC_IMPORT_INSPECTORS)
    return name && mc_record_get_text (record, "employer") ? mc_inspector_id_for (mc_record_get_text (record, "employer"), name) : NULL;
  if (!name || mc_record_is_null (record, "kind") || mc_record_is_null (record, "area"))
    return NULL;
  return mc_facility_id_for (mc_record_get_text (record, "kind"), mc_record_get_text (record, "credit_code"), mc_record_get_text (record, "area"), name);
}

static char *
describe_match (McMatch match, const McRecord *existing)
{
  const char *name = mc_record_get_text (existing, "name");

  switch (match)
    {
    case MC_MATCH_RENAMED:
      return g_strdup_printf (_("perhaps “%s” under a new name: say whether it is the same"), name);
    case MC_MATCH_OTHER_CODE:
      return g_strdup_printf (_("“%s” is in the register with another number or code: say whether it is the same"), name);
    case MC_MATCH_OTHER_KIND:
      return g_strdup_printf (_("“%s” is in the register as another kind: say whether it is the same"), name);
    case MC_MATCH_MOVED:
      return g_strdup_printf (_("“%s” is in the register in another area: say whether it is the same"), name);
    case MC_MATCH_RETIRED:
      return g_strdup_printf (_("“%s” was retired on %s: say whether it is the same and comes back"), name, mc_record_get_text (existing, "retired_on"));
    case MC_MATCH_ALIKE:
      return g_strdup_printf (_("nearly all is as with “%s”: say whether it is the same under a new name"), name);
    case MC_MATCH_NONE:
    case MC_MATCH_SAME:
    default:
      return g_strdup ("");
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

/* All that is wrong with a row is said at once. */
static gboolean
reject_with_checks (Planner *planner, Pending *pending, GError **error)
{
  check_record (planner, pending->item, pending->item->record, pending->item->given & ~noted_fields (pending->item));
  return stage_item (planner, pending, MC_IMPORT_REJECTED, NULL, MC_MATCH_NONE, error);
}

static gboolean
reject (Planner *planner, Pending *pending, GError **error)
{
  return stage_item (planner, pending, MC_IMPORT_REJECTED, NULL, MC_MATCH_NONE, error);
}

static gboolean
plan_new (Planner *planner, Pending *pending, GError **error)
{
  check_record (planner, pending->item, pending->item->record, G_MAXUINT64);
  if (pending->item->rejected)
    return reject (planner, pending, error);
  return stage_item (planner, pending, MC_IMPORT_CREATED, NULL, MC_MATCH_NONE, error);
}

static gboolean
plan_unsure (Planner *planner, Pending *pending, const McExisting *existing, McMatch match, GError **error)
{
  guint64 index = mc_import_stage_get_n (planner->plan->stage);

  check_record (planner, pending->item, pending->item->record, G_MAXUINT64);
  if (pending->item->rejected)
    return reject (planner, pending, error);
  g_array_append_val (planner->unsure, index);
  return stage_item (planner, pending, MC_IMPORT_UNSURE, existing, match, error);
}

/* Was it retired by the undo of an import? Then this import may bring it back without asking. */
static gboolean
retired_by_undo (Planner *planner, const McRecord *existing)
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
plan_same (Planner *planner, Pending *pending, const McExisting *existing, GError **error)
{
  McImportItem *item = pending->item;
  gboolean retired = !mc_record_is_null (existing->record, "retired_on");
  g_autoptr (McRecord) merged = NULL;
  const char *refusal;
  guint64 changed;

  if (mc_import_index_is_marked (planner->index, existing->rowid))
    {
      mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup_printf (_("another row above speaks of “%s” too"), mc_record_get_text (existing->record, "name")));
      return reject (planner, pending, error);
    }
  mc_import_index_mark (planner->index, existing->rowid);
  if (retired)
    bring_back (item);
  if (retired && !retired_by_undo (planner, existing->record))
    return plan_unsure (planner, pending, existing, MC_MATCH_RETIRED, error);
  keep_finer_area (planner, item, existing->record);
  keep_erased (planner, item, existing->record);
  if (!keep_conflicts (planner, item, existing->record, error))
    return FALSE;
  changed = changed_fields (item, existing->record);
  unmark_samples (item, existing->record, changed);
  if (changed == 0)
    return stage_item (planner, pending, MC_IMPORT_UNCHANGED, existing, MC_MATCH_SAME, error);
  refusal = refusal_of_state (mc_record_get_state (existing->record));
  if (refusal)
    mc_import_item_note (item, &planner->context, NULL, TRUE, g_strdup (refusal));
  merged = merged_record (item, existing->record);
  check_record (planner, item, merged, changed);
  if (item->rejected)
    return reject (planner, pending, error);
  return stage_item (planner, pending, retired ? MC_IMPORT_CREATED : MC_IMPORT_UPDATED, existing, MC_MATCH_SAME, error);
}

static gboolean
plan_pending (Planner *planner, Pending *pending, GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  guint best = 0;
  McMatch match;

  if (pending->item->rejected)
    return reject_with_checks (planner, pending, error);
  for (guint i = 0; pending->rowids && i < pending->rowids->len; i++)
    {
      McExisting *existing = g_hash_table_lookup (planner->existing, &g_array_index (pending->rowids, gint64, i));

      if (!existing)
        continue;
      g_ptr_array_add (candidates, existing);
      g_ptr_array_add (records, existing->record);
    }
  match = mc_import_match (planner->plan->kind, planner->tree, pending->item->record, pending->id ? pending->id : "", records, &best);
  if (match == MC_MATCH_SAME)
    return plan_same (planner, pending, candidates->pdata[best], error);
  if (match != MC_MATCH_NONE)
    return plan_unsure (planner, pending, candidates->pdata[best], match, error);
  return plan_new (planner, pending, error);
}

/* --- chunks of rows --------------------------------------------------------------------------------------- */

/* The row itself, and the keys by which it may be there. */
static void
begin_pending (Planner *planner, const McTableRow *row, Pending *pending)
{
  McImportItem *item = mc_import_item_new (&planner->context, row);
  McImportKind kind = planner->plan->kind;
  guint64 first;

  pending->item = item;
  pending->id = id_for (kind, item->record);
  if (pending->id)
    {
      first = mc_import_seen_add (planner->seen, pending->id, item->row);
      if (first > 0)
        mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup_printf (_("the same as row %llu"), (unsigned long long) first));
    }
  if (mc_record_is_null (item->record, "name") && !item->rejected)
    mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup (_("the name is missing")));
  if (!item->rejected && mc_import_index_get_n (planner->index) > 0)
    {
      McImportKeys keys;

      mc_import_keys_of_record (&keys, kind, planner->tree, item->record, pending->id);
      pending->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
      mc_import_index_find (planner->index, &keys, MC_KEY_ID, MAX_CANDIDATES, pending->rowids);
      mc_import_index_find (planner->index, &keys, MC_KEY_NAME, MAX_CANDIDATES, pending->rowids);
      mc_import_index_find (planner->index, &keys, MC_KEY_CODE, MAX_CANDIDATES, pending->rowids);
    }
}

/* Reads the records that the rows of the chunk may be, all at once. */
static gboolean
fetch_existing (Planner *planner, GArray *chunk, GError **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) found = NULL;

  g_hash_table_remove_all (planner->existing);
  for (guint i = 0; i < chunk->len; i++)
    {
      GArray *own = g_array_index (chunk, Pending, i).rowids;

      for (guint j = 0; own && j < own->len; j++)
        if (g_hash_table_add (wanted, &g_array_index (own, gint64, j)))
          g_array_append_val (rowids, g_array_index (own, gint64, j));
    }
  if (rowids->len == 0)
    return TRUE;
  found = mc_import_store_fetch (planner->plan->store, planner->plan->kind, rowids, planner->cancellable, error);
  if (!found)
    return FALSE;
  for (guint i = 0; i < rowids->len; i++)
    if (found->pdata[i])
      g_hash_table_insert (planner->existing, g_memdup2 (&g_array_index (rowids, gint64, i), sizeof (gint64)), g_steal_pointer (&found->pdata[i]));
  return TRUE;
}

static gboolean
finish_chunk (Planner *planner, GArray *chunk, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (planner->cancellable, error) || !fetch_existing (planner, chunk, error))
    return FALSE;
  for (guint i = 0; i < chunk->len; i++)
    if (!plan_pending (planner, &g_array_index (chunk, Pending, i), error))
      return FALSE;
  g_array_set_size (chunk, 0);
  if (planner->progress && g_get_monotonic_time () - planner->told >= PROGRESS_USEC)
    {
      planner->told = g_get_monotonic_time ();
      planner->progress (mc_table_reader_get_progress (planner->reader), mc_import_stage_get_n (planner->plan->stage), planner->progress_data);
    }
  return TRUE;
}

static gboolean
skip_line (Planner *planner, const McTableRow *row, McLineKind line, GError **error)
{
  char *text;

  switch (line)
    {
    case MC_LINE_TOTAL:
      text = g_strdup (_("a line of totals"));
      break;
    case MC_LINE_SIGNATURE:
      text = g_strdup (_("a line for signatures"));
      break;
    case MC_LINE_HEADER:
      text = g_strdup (_("the titles of the columns again"));
      break;
    case MC_LINE_NOTE:
    case MC_LINE_DATA:
    default:
      text = g_strdup (_("a note"));
      break;
    }
  planner->plan->counts[MC_IMPORT_SKIPPED]++;
  return add_message (planner, MC_IMPORT_SKIPPED, row->number, NULL, text, error);
}

static gboolean
plan_rows (Planner *planner, GError **error)
{
  g_autoptr (GArray) chunk = g_array_new (FALSE, TRUE, sizeof (Pending));
  const McImportMapping *mapping = planner->plan->mapping;
  gboolean below_table = FALSE;
  GError *failure = NULL;
  McTableRow row;

  g_array_set_clear_func (chunk, pending_clear);
  while (mc_table_reader_next_row (planner->reader, &row, &failure))
    {
      McLineKind line = row.number < mapping->first_row ? MC_LINE_HEADER : mc_import_mapping_classify (mapping, &row, below_table);
      Pending pending = { 0 };

      if (row.number < mapping->first_row)
        continue;
      if (line != MC_LINE_DATA)
        {
          below_table = below_table || line == MC_LINE_SIGNATURE || line == MC_LINE_NOTE;
          if (!skip_line (planner, &row, line, error))
            return FALSE;
          continue;
        }
      begin_pending (planner, &row, &pending);
      g_array_append_val (chunk, pending);
      if (chunk->len == CHUNK_ROWS && !finish_chunk (planner, chunk, error))
        return FALSE;
    }
  if (failure)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  return finish_chunk (planner, chunk, error);
}

/* --- at the end ------------------------------------------------------------------------------------------- */

/* A record that another row of the file surely is cannot be this one too. */
static gboolean
settle_unsure (Planner *planner, GError **error)
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
      if (!add_message (planner, MC_IMPORT_UNSURE, staged.row, mc_import_mapping_find (plan->mapping, "name"), describe_match (staged.match, existing), error))
        return FALSE;
    }
  return TRUE;
}

/* Among the records of the same kind in the same area that no row of the file was found to be. */
static const McExisting *
find_alike (Planner *planner, const McStagedRow *staged, GPtrArray **found, GError **error)
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
settle_new (Planner *planner, guint64 index, GError **error)
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
  return add_message (planner, MC_IMPORT_UNSURE, staged.row, mc_import_mapping_find (plan->mapping, "name"),
                      describe_match (MC_MATCH_ALIKE, existing->record), error);
}

static gboolean
settle_all_new (Planner *planner, GError **error)
{
  guint64 n = mc_import_stage_get_n (planner->plan->stage);

  if (planner->plan->kind != MC_IMPORT_FACILITIES || mc_import_index_get_n_unmarked (planner->index) == 0)
    return TRUE;
  for (guint64 i = 0; i < n && planner->alike_reads <= MAX_ALIKE_READS; i++)
    {
      if (mc_import_stage_get_outcome (planner->plan->stage, i) == MC_IMPORT_CREATED && !settle_new (planner, i, error))
        return FALSE;
      if (i % CHUNK_ROWS == 0 && g_cancellable_set_error_if_cancelled (planner->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* --- beginning -------------------------------------------------------------------------------------------- */

/* The given sheet; or the first visible one with a header. */
static gboolean
choose_sheet (Planner *planner, const McImportOptions *options, GError **error)
{
  guint n = mc_table_reader_get_n_sheets (planner->reader);
  guint first = options->sheet >= 0 ? (guint) options->sheet : 0, last = options->sheet >= 0 ? first + 1 : n;
  g_autoptr (GError) failure = NULL;

  for (guint sheet = first; sheet < last && !planner->plan->mapping; sheet++)
    {
      GError *local_error = NULL;

      if (options->sheet < 0 && n > 1 && mc_table_reader_sheet_is_hidden (planner->reader, sheet))
        continue;
      if (mc_table_reader_select_sheet (planner->reader, sheet, &local_error))
        planner->plan->mapping = mc_import_mapping_detect (planner->reader, options->kind, options->maps, &local_error);
      if (local_error && !g_error_matches (local_error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER))
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (local_error && !failure)
        failure = local_error;
      else
        g_clear_error (&local_error);
    }
  if (!planner->plan->mapping)
    {
      if (failure)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_EMPTY, _("The file has no visible sheet. Nothing was changed."));
      return FALSE;
    }
  planner->plan->sheet_name = g_strdup (mc_table_reader_get_sheet_name (planner->reader, mc_table_reader_get_sheet (planner->reader)));
  return mc_table_reader_select_sheet (planner->reader, mc_table_reader_get_sheet (planner->reader), error);
}

static gboolean
load_context (Planner *planner, const McImportOptions *options, GError **error)
{
  McStore *store = planner->plan->store;

  planner->tree = mc_area_tree_load (store, error);
  planner->authorities = planner->tree ? mc_authority_list (store, error) : NULL;
  planner->undone = planner->authorities ? mc_import_store_load_undone (store, error) : NULL;
  planner->index = planner->undone ? mc_import_store_load_index (store, options->kind, planner->tree, planner->cancellable, error) : NULL;
  if (!planner->index)
    return FALSE;
  planner->context.mapping = planner->plan->mapping;
  planner->context.tree = planner->tree;
  planner->context.authorities = planner->authorities;
  planner->context.default_area = options->default_area ? mc_area_tree_find (planner->tree, options->default_area) : NULL;
  planner->context.default_authority = options->default_authority;
  planner->context.uses_1904 = mc_table_reader_uses_1904 (planner->reader);
  return TRUE;
}

static McImportPlan *
plan_init (McStore *store, const McImportOptions *options)
{
  McImportPlan *plan = g_new0 (McImportPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  plan->store = g_object_ref (store);
  plan->kind = options->kind;
  plan->file_name = g_filename_display_basename (options->path);
  plan->stage = mc_import_stage_new (mc_import_entity (options->kind));
  plan->messages = mc_import_messages_new ();
  return plan;
}

static void
planner_init (Planner *planner, McImportPlan *plan, const McImportOptions *options, McImportProgress progress, gpointer progress_data, GCancellable *cancellable)
{
  planner->plan = plan;
  planner->cancellable = cancellable;
  planner->progress = progress;
  planner->progress_data = progress_data;
  planner->seen = mc_import_seen_new ();
  planner->unsure = g_array_new (FALSE, FALSE, sizeof (guint64));
  planner->existing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) mc_existing_free);
  mc_import_context_init (&planner->context);
  if (options->today)
    planner->today = *options->today;
  else
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      g_date_clear (&planner->today, 1);
      g_date_set_dmy (&planner->today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                      (GDateYear) g_date_time_get_year (now));
    }
}

McImportPlan *
mc_import_plan_new (McStore *store, const McImportOptions *options, McImportProgress progress, gpointer progress_data,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (McImportPlan) plan = NULL;
  g_auto (Planner) planner = { 0 };

  g_return_val_if_fail (MC_IS_STORE (store) && options && options->path, NULL);

  plan = plan_init (store, options);
  planner_init (&planner, plan, options, progress, progress_data, cancellable);
  planner.reader = mc_table_reader_open (options->path, options->encoding, cancellable, error);
  if (!planner.reader || !choose_sheet (&planner, options, error) || !load_context (&planner, options, error))
    return NULL;
  if (!plan_rows (&planner, error) || !settle_unsure (&planner, error) || !settle_all_new (&planner, error))
    return NULL;
  if (mc_import_stage_get_n (plan->stage) == 0)
    {
      g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_EMPTY, _("“%s” has titles of columns and no row under them. Nothing was changed."), plan->file_name);
      return NULL;
    }
  return g_steal_pointer (&plan);
}
