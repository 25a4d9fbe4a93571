/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a list of facilities shows: a query of the database, narrowed by words at each key press, as a list model. */
#include "mc-facility-model.h"

#include <string.h>

#include "mc-facility-item.h"

/* Rows that were read once and may be shown again: so a list that changes under the eyes does not flicker. */
#define MAX_CACHED_ROWS 4000

/* So many are read at once; of more, the first rows are read before the others. */
#define QUICK_ROWS 5000

struct _McFacilityModel
{
  GObject parent_instance;

  McStore *store;
  McAreaTree *tree;
  McFacilityIndex *index;
  McQueryModel *rows;
  GHashTable *cache;     /* gint64 * → McFacilityRow * */
  McFacilityQuery query; /* its strings are owned */
  char *text;
  char *since;
  McFacilityList *all;   /* what the query gave */
  McFacilityList *shown; /* of these, those that have the words */
  McFacilityCounts counts;
  GCancellable *cancellable; /* of the list that is being read */
  GCancellable *life;        /* of all else */
  guint busy;
  gboolean patient;          /* who shows the rows says when the rest is to be read */
  gboolean rest_waits;
};

G_DEFINE_FINAL_TYPE (McFacilityModel, mc_facility_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  UPDATED,
  FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void read_list (McFacilityModel *self, guint limit);

static void
begin (McFacilityModel *self)
{
  if (self->busy++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
end (McFacilityModel *self)
{
  if (--self->busy == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* TRUE: it came to nothing, and that was told unless it was cancelled. */
static gboolean
failed (McFacilityModel *self, const GError *error)
{
  if (!error)
    return FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
  return TRUE;
}

static void
remember (McFacilityModel *self, McFacilityRow *row)
{
  gint64 *key = g_new (gint64, 1);

  if (g_hash_table_size (self->cache) >= MAX_CACHED_ROWS)
    g_hash_table_remove_all (self->cache);
  *key = row->rowid;
  g_hash_table_replace (self->cache, key, mc_facility_row_ref (row));
}

static GObject *
make_item (gint64 rowid, gpointer data)
{
  McFacilityModel *self = data;

  return G_OBJECT (mc_facility_item_new (rowid, g_hash_table_lookup (self->cache, &rowid)));
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_facility_rows_load_finish (result, &error);

  end (self);
  if (failed (self, error))
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      McFacilityRow *row = rows->pdata[i];
      GObject *item = row ? mc_query_model_peek (self->rows, row->rowid) : NULL;

      if (row)
        remember (self, row);
      if (item)
        mc_facility_item_set_row (MC_FACILITY_ITEM (item), row);
    }
}

static void
read_rows (McFacilityModel *self, const gint64 *rowids, guint n)
{
  begin (self);
  mc_facility_rows_load_async (self->store, self->tree, rowids, n, self->life, rows_read_cb, g_object_ref (self));
}

static void
fill_items (McQueryModel *rows, GPtrArray *items, const gint64 *rowids, gpointer data)
{
  McFacilityModel *self = data;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < items->len; i++)
    if (!mc_facility_item_get_row (items->pdata[i]) || !g_hash_table_contains (self->cache, &rowids[i]))
      g_array_append_val (missing, rowids[i]);
  if (missing->len > 0 && self->tree)
    read_rows (self, (const gint64 *) (gpointer) missing->data, missing->len);
}

static gboolean
same_rows (McFacilityList *a, McFacilityList *b)
{
  guint n = a && b ? mc_facility_list_get_n (a) : 0;

  return a && b && n == mc_facility_list_get_n (b)
         && (n == 0 || memcmp (mc_facility_list_get_rowids (a), mc_facility_list_get_rowids (b), n * sizeof (gint64)) == 0);
}

static void
show_list (McFacilityModel *self, McFacilityList *list)
{
  gboolean same = same_rows (self->shown, list);

  g_clear_pointer (&self->shown, mc_facility_list_unref);
  self->shown = list;
  if (!same)
    {
      guint n = mc_facility_list_get_n (list);
      GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

      if (n > 0)
        g_array_append_vals (rowids, mc_facility_list_get_rowids (list), n);
      mc_query_model_replace (self->rows, rowids);
    }
  g_signal_emit (self, signals[UPDATED], 0);
}

/* Words wait for the index and for the whole list: both are there a moment after the first rows. */
static void
apply_text (McFacilityModel *self)
{
  if (!self->all)
    return;
  if (!self->text || !*self->text)
    show_list (self, mc_facility_list_ref (self->all));
  else if (mc_facility_index_is_loaded (self->index) && !mc_facility_list_is_partial (self->all))
    show_list (self, mc_facility_index_filter (self->index, self->all, self->text));
}

static void
index_updated_cb (McFacilityModel *self)
{
  if (self->text && *self->text)
    apply_text (self);
}

static void
index_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;

  mc_facility_index_load_finish (MC_FACILITY_INDEX (source), result, &error);
  end (self);
  if (!failed (self, error))
    index_updated_cb (self);
}

static void
counts_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;
  McFacilityCounts counts;

  mc_facility_counts_load_finish (result, &counts, &error);
  end (self);
  if (failed (self, error))
    return;
  self->counts = counts;
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
read_counts (McFacilityModel *self)
{
  begin (self);
  mc_facility_counts_load_async (self->store, self->since, self->life, counts_read_cb, g_object_ref (self));
}

/* A long list in another order takes its time: its first rows come before. */
static guint
first_limit (McFacilityModel *self)
{
  return self->all && mc_facility_list_get_n (self->all) <= QUICK_ROWS ? 0 : MC_QUERY_MODEL_FIRST;
}

/* What is not needed for the first picture is read after it. */
static void
read_the_rest (McFacilityModel *self)
{
  read_counts (self);
  if (mc_facility_index_is_loaded (self->index))
    return;
  begin (self);
  mc_facility_index_load_async (self->index, self->life, index_loaded_cb, g_object_ref (self));
}

/* The values of the first rows are read before the rows are shown. */
static void
first_rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_facility_rows_load_finish (result, &error);

  for (guint i = 0; rows && i < rows->len; i++)
    if (rows->pdata[i])
      remember (self, rows->pdata[i]);
  if (!failed (self, error))
    {
      if (!self->rest_waits)
        begin (self);
      self->rest_waits = TRUE;
      apply_text (self);
      if (!self->patient)
        mc_facility_model_read_rest (self);
    }
  end (self);
}

static void
list_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;
  McFacilityList *list = mc_facility_list_load_finish (result, &error);
  gboolean first;

  end (self);
  if (failed (self, error))
    return;
  first = self->all == NULL || mc_facility_list_is_partial (list);
  g_clear_pointer (&self->all, mc_facility_list_unref);
  self->all = list;
  if (first)
    {
      begin (self);
      mc_facility_rows_load_async (self->store, self->tree, mc_facility_list_get_rowids (list), MIN (mc_facility_list_get_n (list), MC_QUERY_MODEL_FIRST),
                                   self->life, first_rows_cb, g_object_ref (self));
      return;
    }
  apply_text (self);
  read_the_rest (self);
}

static void
read_list (McFacilityModel *self, guint limit)
{
  McFacilityQuery query = self->query;

  if (!self->tree)
    return;
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  query.limit = limit;
  begin (self);
  mc_facility_list_load_async (self->store, self->tree, &query, self->cancellable, list_read_cb, g_object_ref (self));
}

static void
tree_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityModel) self = data;
  g_autoptr (GError) error = NULL;
  McAreaTree *tree = mc_area_tree_load_finish (result, &error);

  end (self);
  if (failed (self, error))
    return;
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree;
  read_list (self, first_limit (self));
}

static void
clear_query (McFacilityQuery *query)
{
  g_clear_pointer ((char **) &query->group, g_free);
  g_clear_pointer ((char **) &query->area, g_free);
  g_clear_pointer ((char **) &query->risk_class, g_free);
  g_clear_pointer ((char **) &query->not_checked_since, g_free);
}

static void
mc_facility_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, mc_facility_model_get_busy (MC_FACILITY_MODEL (object))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_model_dispose (GObject *object)
{
  McFacilityModel *self = MC_FACILITY_MODEL (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->life);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->rows);
  g_clear_object (&self->index);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (mc_facility_model_parent_class)->dispose (object);
}

static void
mc_facility_model_finalize (GObject *object)
{
  McFacilityModel *self = MC_FACILITY_MODEL (object);

  g_clear_pointer (&self->all, mc_facility_list_unref);
  g_clear_pointer (&self->shown, mc_facility_list_unref);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_hash_table_unref (self->cache);
  g_object_unref (self->life);
  clear_query (&self->query);
  g_free (self->text);
  g_free (self->since);

  G_OBJECT_CLASS (mc_facility_model_parent_class)->finalize (object);
}

static void
mc_facility_model_class_init (McFacilityModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_facility_model_get_property;
  object_class->dispose = mc_facility_model_dispose;
  object_class->finalize = mc_facility_model_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[UPDATED] = g_signal_new ("updated", MC_TYPE_FACILITY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MC_TYPE_FACILITY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
mc_facility_model_init (McFacilityModel *self)
{
  self->cache = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) mc_facility_row_unref);
  self->rows = mc_query_model_new (MC_TYPE_FACILITY_ITEM, make_item, fill_items, self, NULL);
  self->life = g_cancellable_new ();
}

McFacilityModel *
mc_facility_model_new (McStore *store, const GDate *today)
{
  McFacilityModel *self = g_object_new (MC_TYPE_FACILITY_MODEL, NULL);
  GDate since = *today;
  char text[16];

  self->store = g_object_ref (store);
  self->index = mc_facility_index_new (store);
  g_signal_connect_object (self->index, "updated", G_CALLBACK (index_updated_cb), self, G_CONNECT_SWAPPED);
  g_date_subtract_months (&since, 12);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &since);
  self->since = g_strdup (text);
  return self;
}

void
mc_facility_model_set_query (McFacilityModel *self, const McFacilityQuery *query)
{
  McFacilityQuery old;

  g_return_if_fail (MC_IS_FACILITY_MODEL (self) && query != NULL);

  old = self->query;
  self->query = (McFacilityQuery){
    .group = g_strdup (query->group),
    .area = g_strdup (query->area),
    .risk_class = g_strdup (query->risk_class),
    .not_checked_since = g_strdup (query->not_checked_since),
    .open_findings = query->open_findings,
    .sort = query->sort,
    .descending = query->descending,
  };
  clear_query (&old);
  if (self->tree)
    read_list (self, first_limit (self));
  else
    mc_facility_model_reload (self);
}

const McFacilityQuery *
mc_facility_model_get_query (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return &self->query;
}

void
mc_facility_model_set_text (McFacilityModel *self, const char *text)
{
  g_return_if_fail (MC_IS_FACILITY_MODEL (self));

  g_free (self->text);
  self->text = g_strdup (text);
  apply_text (self);
}

/* The cache keeps what did not change. */
static void
forget_changed (McFacilityModel *self, const McChangeSet *changes)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->cache);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (!changes->records || mc_change_set_has_entity (changes, "visit") || mc_change_set_has_entity (changes, "finding")
        || mc_change_set_has_record (changes, "facility", ((McFacilityRow *) row)->id))
      g_hash_table_iter_remove (&iter);
}

void
mc_facility_model_records_changed (McFacilityModel *self, const McChangeSet *changes)
{
  gboolean visits, facilities, areas;

  g_return_if_fail (MC_IS_FACILITY_MODEL (self) && changes != NULL);

  visits = mc_change_set_has_entity (changes, "visit") || mc_change_set_has_entity (changes, "finding");
  facilities = mc_change_set_has_entity (changes, "facility") || mc_change_set_has_entity (changes, "facility_class");
  areas = mc_change_set_has_entity (changes, "area");
  if (!visits && !facilities && !areas)
    return;
  forget_changed (self, changes);
  mc_query_model_refresh (self->rows);
  if (areas)
    mc_facility_model_reload (self);
  else
    read_list (self, self->all ? 0 : MC_QUERY_MODEL_FIRST);
}

void
mc_facility_model_set_patient (McFacilityModel *self, gboolean patient)
{
  g_return_if_fail (MC_IS_FACILITY_MODEL (self));

  self->patient = patient;
}

void
mc_facility_model_read_rest (McFacilityModel *self)
{
  g_return_if_fail (MC_IS_FACILITY_MODEL (self));

  if (!self->rest_waits)
    return;
  self->rest_waits = FALSE;
  if (self->all && mc_facility_list_is_partial (self->all))
    read_list (self, 0);
  else
    read_the_rest (self);
  end (self);
}

void
mc_facility_model_reload (McFacilityModel *self)
{
  g_return_if_fail (MC_IS_FACILITY_MODEL (self));

  begin (self);
  mc_area_tree_load_async (self->store, self->life, tree_read_cb, g_object_ref (self));
}

McQueryModel *
mc_facility_model_get_rows (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return self->rows;
}

McFacilityList *
mc_facility_model_get_list (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return self->shown;
}

McAreaTree *
mc_facility_model_get_tree (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return self->tree;
}

const McFacilityCounts *
mc_facility_model_get_counts (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return &self->counts;
}

const char *
mc_facility_model_get_since (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), NULL);

  return self->since;
}

gboolean
mc_facility_model_get_busy (McFacilityModel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_MODEL (self), FALSE);

  return self->busy > 0;
}
