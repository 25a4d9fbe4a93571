/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads a table once and plans what each of its rows does. */
#include "mc-import-planner.h"

#include "mc-authority.h"
#include "mc-import-reading.h"

#include <glib/gi18n.h>

#define MAX_CANDIDATES 512
#define PROGRESS_USEC 100000

G_DEFINE_QUARK (mc-import-error-quark, mc_import_error)

static void
planner_clear (McImportPlanner *planner)
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
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McImportPlanner, planner_clear)

/* --- messages --------------------------------------------------------------------------------------------- */

gboolean
mc_import_planner_add_message (McImportPlanner *self, McImportOutcome outcome, guint64 row, const McImportColumn *column, char *text, GError **error)
{
  return mc_import_messages_add (self->plan->messages, outcome, row, column ? column->column : 0, column ? column->title : NULL, text, error);
}

char *
mc_import_planner_describe_match (McMatch match, const McRecord *existing)
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

static gboolean
skip_line (McImportPlanner *planner, const McReadRow *row, GError **error)
{
  char *text;

  switch (row->line)
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
  return mc_import_planner_add_message (planner, MC_IMPORT_SKIPPED, row->number, NULL, text, error);
}

/* --- rows, batch by batch --------------------------------------------------------------------------------- */

/* Is the row one of its own? */
static void
check_alone (McImportPlanner *planner, McImportItem *item)
{
  guint64 first;

  mc_import_item_identify (item, planner->plan->kind);
  first = item->id ? mc_import_seen_add (planner->seen, item->id, item->row) : 0;
  if (first > 0)
    mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup_printf (_("the same as row %llu"), (unsigned long long) first));
  if (mc_record_is_null (item->record, "name") && !item->rejected)
    mc_import_item_note (item, &planner->context, "name", TRUE, g_strdup (_("the name is missing")));
}

/* Rowids of what the row may be; NULL if nothing is there. */
static GArray *
find_candidates (McImportPlanner *planner, const McImportItem *item)
{
  McImportKeys keys;
  GArray *rowids;

  if (item->rejected || mc_import_index_get_n (planner->index) == 0)
    return NULL;
  rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  mc_import_keys_of_record (&keys, planner->plan->kind, planner->tree, item->record, item->id);
  mc_import_index_find (planner->index, &keys, MC_KEY_ID, MAX_CANDIDATES, rowids);
  mc_import_index_find (planner->index, &keys, MC_KEY_NAME, MAX_CANDIDATES, rowids);
  mc_import_index_find (planner->index, &keys, MC_KEY_CODE, MAX_CANDIDATES, rowids);
  return rowids;
}

static void
free_rowids (gpointer rowids)
{
  if (rowids)
    g_array_unref (rowids);
}

/* Reads the records that the rows may be, all at once. */
static gboolean
fetch_existing (McImportPlanner *planner, GPtrArray *candidates, GError **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) found = NULL;

  g_hash_table_remove_all (planner->existing);
  for (guint i = 0; i < candidates->len; i++)
    {
      GArray *own = candidates->pdata[i];

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
plan_batch (McImportPlanner *planner, const McReadBatch *batch, GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_full (batch->rows->len, free_rowids);

  for (guint i = 0; i < batch->rows->len; i++)
    {
      const McReadRow *row = &g_array_index (batch->rows, McReadRow, i);

      if (!row->item && !skip_line (planner, row, error))
        return FALSE;
      if (row->item)
        check_alone (planner, row->item);
      g_ptr_array_add (candidates, row->item ? find_candidates (planner, row->item) : NULL);
    }
  if (g_cancellable_set_error_if_cancelled (planner->cancellable, error) || !fetch_existing (planner, candidates, error))
    return FALSE;
  for (guint i = 0; i < batch->rows->len; i++)
    {
      McImportItem *item = g_array_index (batch->rows, McReadRow, i).item;

      if (item && !mc_import_planner_judge (planner, item, candidates->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

static void
tell_progress (McImportPlanner *planner, double fraction)
{
  if (!planner->progress || g_get_monotonic_time () - planner->told < PROGRESS_USEC)
    return;
  planner->told = g_get_monotonic_time ();
  planner->progress (fraction, mc_import_stage_get_n (planner->plan->stage), planner->progress_data);
}

static gboolean
plan_rows (McImportPlanner *planner, GError **error)
{
  McImportReading reading = { planner->reader, &planner->context };
  g_autoptr (McBatchQueue) queue = mc_import_read_ahead (&reading);
  McReadBatch *batch;

  while ((batch = mc_batch_queue_pop (queue)))
    {
      if (batch->error)
        {
          g_propagate_error (error, g_steal_pointer (&batch->error));
          return FALSE;
        }
      if (!plan_batch (planner, batch, error))
        return FALSE;
      tell_progress (planner, batch->progress);
    }
  return TRUE;
}

/* --- beginning -------------------------------------------------------------------------------------------- */

/* Looks for a header in @sheet. FALSE: it cannot be read; that it has no header is kept in @no_header. */
static gboolean
try_sheet (McImportPlanner *planner, const McImportOptions *options, guint sheet, gboolean name_alone, GError **no_header, GError **error)
{
  g_autoptr (McImportMapping) mapping = NULL;
  g_autoptr (GError) failure = NULL;

  if (mc_table_reader_select_sheet (planner->reader, sheet, &failure))
    mapping = mc_import_mapping_detect (planner->reader, options->kind, options->maps, &failure);
  if (mapping && (name_alone || !mapping->name_alone))
    planner->plan->mapping = g_steal_pointer (&mapping);
  else if (failure && !g_error_matches (failure, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  else if (failure && !*no_header)
    *no_header = g_steal_pointer (&failure);
  return TRUE;
}

/* The given sheet; or the first visible one with a header; one that has nothing but names only if there is no other. */
static gboolean
choose_sheet (McImportPlanner *planner, const McImportOptions *options, GError **error)
{
  guint n = mc_table_reader_get_n_sheets (planner->reader);
  guint first = options->sheet >= 0 ? (guint) options->sheet : 0, last = options->sheet >= 0 ? first + 1 : n;
  g_autoptr (GError) no_header = NULL;

  for (guint pass = 0; pass < 2 && !planner->plan->mapping; pass++)
    for (guint sheet = first; sheet < last && !planner->plan->mapping; sheet++)
      {
        if (options->sheet < 0 && n > 1 && mc_table_reader_sheet_is_hidden (planner->reader, sheet))
          continue;
        if (!try_sheet (planner, options, sheet, pass > 0 || n == 1, &no_header, error))
          return FALSE;
      }
  if (!planner->plan->mapping)
    {
      if (no_header)
        g_propagate_error (error, g_steal_pointer (&no_header));
      else
        g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_EMPTY, _("The file has no visible sheet. Nothing was changed."));
      return FALSE;
    }
  planner->plan->sheet_name = g_strdup (mc_table_reader_get_sheet_name (planner->reader, mc_table_reader_get_sheet (planner->reader)));
  return mc_table_reader_select_sheet (planner->reader, mc_table_reader_get_sheet (planner->reader), error);
}

static gboolean
load_context (McImportPlanner *planner, const McImportOptions *options, GError **error)
{
  McStore *store = planner->plan->store;

  planner->tree = mc_area_tree_load (store, error);
  planner->authorities = planner->tree ? mc_authority_list (store, error) : NULL;
  planner->undone = planner->authorities ? mc_import_store_load_undone (store, error) : NULL;
  planner->index = planner->undone ? mc_import_store_load_index (store, options->kind, planner->tree, planner->cancellable, error) : NULL;
  if (!planner->index)
    return FALSE;
  planner->plan->tree = mc_area_tree_ref (planner->tree);
  planner->plan->authorities = g_ptr_array_ref (planner->authorities);
  planner->context.mapping = planner->plan->mapping;
  planner->context.tree = planner->tree;
  planner->context.authorities = planner->authorities;
  planner->context.default_area = options->default_area ? mc_area_tree_find (planner->tree, options->default_area) : NULL;
  planner->context.default_authority = options->default_authority;
  planner->context.uses_1904 = mc_table_reader_uses_1904 (planner->reader);
  return mc_import_context_take_constants (&planner->context, error);
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
planner_init (McImportPlanner *planner, McImportPlan *plan, const McImportOptions *options, McImportProgress progress, gpointer progress_data, GCancellable *cancellable)
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
  g_auto (McImportPlanner) planner = { 0 };

  g_return_val_if_fail (MC_IS_STORE (store) && options && options->path, NULL);

  plan = plan_init (store, options);
  planner_init (&planner, plan, options, progress, progress_data, cancellable);
  planner.reader = mc_table_reader_open (options->path, options->encoding, cancellable, error);
  if (!planner.reader || !choose_sheet (&planner, options, error) || !load_context (&planner, options, error))
    return NULL;
  if (!plan_rows (&planner, error) || !mc_import_planner_settle (&planner, error))
    return NULL;
  if (mc_import_stage_get_n (plan->stage) == 0)
    {
      g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_EMPTY, _("“%s” has titles of columns and no row under them. Nothing was changed."), plan->file_name);
      return NULL;
    }
  return g_steal_pointer (&plan);
}
