/* SPDX-License-Identifier: GPL-3.0-or-later
 * The search index of the facilities: loads, follows the store's changes, and filters lists. */
#include "mc-facility-index.h"

#include <string.h>

#include "mc-facility-index-store.h"
#include "mc-facility-private.h"
#include "mc-search-words.h"
#include "store/mc-text-key.h"

/* More changes at once than this are not followed one by one: all is read again. */
#define MAX_SINGLE_CHANGES 2000

struct _McFacilityIndex
{
  GObject parent_instance;

  /* owned */
  McStore *store;
  McFacilityIndexData *data; /* NULL until it is loaded */
  char **area_keys;          /* by rank: the search key of the path and the aliases */
  GCancellable *cancellable; /* of what runs at disposal */
  gboolean reading;
  gboolean stale;            /* something changed while all was being read */
};

G_DEFINE_FINAL_TYPE (McFacilityIndex, mc_facility_index, G_TYPE_OBJECT)

enum
{
  UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void reload (McFacilityIndex *self);

/* All of a province or city is the same for all of a list: their names find nothing. */
static char *
area_key (const McArea *area)
{
  GString *key = g_string_new (NULL);
  g_autofree char *path = NULL;

  if (g_strcmp0 (area->level, "province") != 0 && g_strcmp0 (area->level, "city") != 0)
    {
      path = mc_area_get_path (area, NULL);
      mc_text_append_search_key (key, path);
      for (guint i = 0; area->aliases[i] != NULL; i++)
        mc_text_append_search_key (key, area->aliases[i]);
    }
  return g_string_free (key, FALSE);
}

static void
take_data (McFacilityIndex *self, McFacilityIndexData *data)
{
  guint n = mc_area_tree_get_n_areas (data->tree);

  g_clear_pointer (&self->data, mc_facility_index_data_free);
  g_clear_pointer (&self->area_keys, g_strfreev);
  self->data = data;
  self->area_keys = g_new0 (char *, n + 1);
  for (guint rank = 0; rank < n; rank++)
    self->area_keys[rank] = area_key (mc_area_tree_get (data->tree, rank));
}

/* --- following the store ---------------------------------------------------------------------------------- */

/* What is under way does not keep an index alive that nobody uses any more. */
static GWeakRef *
weak_ref_new (McFacilityIndex *self)
{
  GWeakRef *ref = g_new (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

static McFacilityIndex *
weak_ref_take (GWeakRef *ref)
{
  McFacilityIndex *self = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);
  return self;
}

static void
reload_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McFacilityIndex) self = weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  McFacilityIndexData *data = mc_store_read_finish (MC_STORE (source), result, &error);

  if (self == NULL)
    {
      g_clear_pointer (&data, mc_facility_index_data_free);
      return;
    }
  self->reading = FALSE;
  if (data)
    {
      take_data (self, data);
      g_signal_emit (self, signals[UPDATED], 0);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_warning ("The search index could not be read again: %s", error->message);
      return;
    }
  if (self->stale && !g_cancellable_is_cancelled (self->cancellable))
    reload (self);
}

static void
reload (McFacilityIndex *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  mc_store_read_async (self->store, mc_facility_index_store_read, NULL, NULL, (GDestroyNotify) mc_facility_index_data_free, self->cancellable,
                       reload_cb, weak_ref_new (self));
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McFacilityIndex) self = weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = mc_store_read_finish (MC_STORE (source), result, &error);

  if (self == NULL || self->data == NULL)
    return;
  if (changes == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The search index could not follow a change: %s", error->message);
      return;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const McFacilityIndexChange *change = g_ptr_array_index (changes, i);
      const McArea *area = mc_area_tree_find (self->data->tree, change->area);

      if (change->listed)
        mc_search_keys_set (self->data->keys, change->rowid, change->key, change->length, area ? area->rank : G_MAXUINT);
      else
        mc_search_keys_remove (self->data->keys, change->rowid);
    }
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
store_changed_cb (McFacilityIndex *self, McChangeSet *set)
{
  GPtrArray *ids;
  GHashTableIter iter;
  const char *record;

  if (!mc_change_set_has_entity (set, "facility") && !mc_change_set_has_entity (set, "area"))
    return;
  if (self->reading)
    self->stale = TRUE;
  if (self->data == NULL || self->reading)
    return;
  if (set->records == NULL || mc_change_set_has_entity (set, "area") || g_hash_table_size (set->records) > MAX_SINGLE_CHANGES)
    {
      reload (self);
      return;
    }
  ids = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, set->records);
  while (g_hash_table_iter_next (&iter, (gpointer *) &record, NULL))
    if (g_str_has_prefix (record, "facility/"))
      g_ptr_array_add (ids, g_strdup (record + strlen ("facility/")));
  g_ptr_array_add (ids, NULL);
  mc_store_read_async (self->store, mc_facility_index_store_read_changes, g_ptr_array_free (ids, FALSE), (GDestroyNotify) g_strfreev,
                       (GDestroyNotify) g_ptr_array_unref, self->cancellable, changes_cb, weak_ref_new (self));
}

/* --- the object ------------------------------------------------------------------------------------------- */

static void
mc_facility_index_dispose (GObject *object)
{
  McFacilityIndex *self = MC_FACILITY_INDEX (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->data, mc_facility_index_data_free);
  g_clear_pointer (&self->area_keys, g_strfreev);

  G_OBJECT_CLASS (mc_facility_index_parent_class)->dispose (object);
}

static void
mc_facility_index_finalize (GObject *object)
{
  McFacilityIndex *self = MC_FACILITY_INDEX (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (mc_facility_index_parent_class)->finalize (object);
}

static void
mc_facility_index_class_init (McFacilityIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mc_facility_index_dispose;
  object_class->finalize = mc_facility_index_finalize;
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_facility_index_init (McFacilityIndex *self)
{
  self->cancellable = g_cancellable_new ();
}

McFacilityIndex *
mc_facility_index_new (McStore *store)
{
  McFacilityIndex *self = g_object_new (MC_TYPE_FACILITY_INDEX, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
mc_facility_index_load (McFacilityIndex *self, GError **error)
{
  McFacilityIndexData *data = mc_store_read (self->store, mc_facility_index_store_read, NULL, NULL, error);

  if (data)
    take_data (self, data);
  return data != NULL;
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  McFacilityIndex *self = g_task_get_source_object (task);
  GError *error = NULL;
  McFacilityIndexData *data = mc_store_read_finish (MC_STORE (source), result, &error);

  self->reading = FALSE;
  if (data == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_data (self, data);
  if (self->stale)
    reload (self);
  g_task_return_boolean (task, TRUE);
}

void
mc_facility_index_load_async (McFacilityIndex *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  self->reading = TRUE;
  self->stale = FALSE;
  mc_store_read_async (self->store, mc_facility_index_store_read, NULL, NULL, (GDestroyNotify) mc_facility_index_data_free, cancellable, load_cb, task);
}

gboolean
mc_facility_index_load_finish (McFacilityIndex *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
mc_facility_index_is_loaded (McFacilityIndex *self)
{
  return self->data != NULL;
}

guint
mc_facility_index_get_n_facilities (McFacilityIndex *self)
{
  return self->data ? mc_search_keys_get_n (self->data->keys) : 0;
}

gsize
mc_facility_index_get_n_bytes (McFacilityIndex *self)
{
  return self->data ? mc_search_keys_get_n_bytes (self->data->keys) : 0;
}

/* For each word, in which areas it occurs. */
static gboolean **
match_areas (McFacilityIndex *self, char **words, guint n_areas)
{
  guint n_words = g_strv_length (words);
  gboolean **matched = g_new0 (gboolean *, n_words + 1);

  for (guint i = 0; i < n_words; i++)
    {
      matched[i] = g_new0 (gboolean, n_areas + 1);
      for (guint rank = 0; rank < n_areas; rank++)
        matched[i][rank] = strstr (self->area_keys[rank], words[i]) != NULL;
    }
  return matched;
}

/* Those of @list that match, the ones whose name begins with the first word first. */
static McFacilityList *
pick_matches (McFacilityIndex *self, McFacilityList *list)
{
  McFacilityList *result = mc_facility_list_new (0);
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < list->rowids->len; i++)
    {
      gint64 rowid = g_array_index (list->rowids, gint64, i);
      McSearchMatch match = mc_search_keys_get_match (self->data->keys, rowid);

      if (match == MC_SEARCH_PREFIX)
        mc_facility_list_append (result, rowid, &g_array_index (list->figures, McFacilityFigures, i));
      else if (match == MC_SEARCH_MATCH)
        g_array_append_val (others, i);
    }
  for (guint i = 0; i < others->len; i++)
    {
      guint at = g_array_index (others, guint, i);

      mc_facility_list_append (result, g_array_index (list->rowids, gint64, at), &g_array_index (list->figures, McFacilityFigures, at));
    }
  mc_facility_list_finish (result, list->partial);
  return result;
}

McFacilityList *
mc_facility_index_filter (McFacilityIndex *self, McFacilityList *list, const char *text)
{
  g_auto (GStrv) words = mc_search_words (text);
  McFacilityList *result;
  gboolean **areas;
  guint n_areas;

  if (words[0] == NULL || self->data == NULL)
    return mc_facility_list_ref (list);
  n_areas = mc_area_tree_get_n_areas (self->data->tree);
  areas = match_areas (self, words, n_areas);
  mc_search_keys_search (self->data->keys, (const char *const *) words, (const gboolean *const *) areas, n_areas);
  result = pick_matches (self, list);
  for (guint i = 0; areas[i] != NULL; i++)
    g_free (areas[i]);
  g_free (areas);
  return result;
}

GArray *
mc_facility_index_find_matches (const char *name, const char *text)
{
  g_auto (GStrv) words = mc_search_words (text);

  return mc_search_words_find (name, words);
}
