/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list model over row numbers: items are made on demand, filled in batches, and forgotten when nobody holds them. */
#include "mc-query-model.h"

#include <string.h>

struct _McQueryModel
{
  GObject parent_instance;

  GType item_type;
  McItemMakeFunc make;
  McItemFillFunc fill;
  gpointer data;
  GDestroyNotify data_free;

  GArray *rowids;     /* of gint64 */
  guint shown;        /* how many of them the list has */
  GHashTable *items;  /* gint64 * → GObject *; neither is held: both go with the item's last holder */
  GHashTable *keys;   /* GObject * → gint64 * (owned) */
  GHashTable *wanted; /* set of GObject * (owned): made, not filled yet */
  guint fill_source;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McQueryModel, mc_query_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_GROWING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
item_gone_cb (gpointer data, GObject *item)
{
  McQueryModel *self = data;
  gint64 *key = g_hash_table_lookup (self->keys, item);

  g_hash_table_remove (self->items, key);
  g_hash_table_remove (self->keys, item);
}

static gboolean
fill_cb (gpointer data)
{
  g_autoptr (McQueryModel) self = g_object_ref (data);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer item;

  self->fill_source = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      g_array_append_val (rowids, *(gint64 *) g_hash_table_lookup (self->keys, item));
      g_ptr_array_add (items, g_object_ref (item));
    }
  g_hash_table_remove_all (self->wanted);
  if (items->len > 0)
    self->fill (self, items, (const gint64 *) (gpointer) rowids->data, self->data);
  return G_SOURCE_REMOVE;
}

static void
want (McQueryModel *self, GObject *item)
{
  if (!self->fill)
    return;
  g_hash_table_add (self->wanted, g_object_ref (item));
  /* Above GTK's layout and paint: what is in view is read before it is drawn, if it can be. */
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fill_cb, self, NULL);
}

static gpointer
get_item (GListModel *model, guint position)
{
  McQueryModel *self = MC_QUERY_MODEL (model);
  gint64 rowid, *key;
  GObject *item;

  if (position >= self->shown)
    return NULL;
  rowid = g_array_index (self->rowids, gint64, position);
  item = g_hash_table_lookup (self->items, &rowid);
  if (item)
    return g_object_ref (item);

  item = self->make (rowid, self->data);
  key = g_new (gint64, 1);
  *key = rowid;
  g_hash_table_insert (self->items, key, item);
  g_hash_table_insert (self->keys, item, key);
  g_object_weak_ref (item, item_gone_cb, self);
  want (self, item);
  return item;
}

static GType
get_item_type (GListModel *model)
{
  return MC_QUERY_MODEL (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  return MC_QUERY_MODEL (model)->shown;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = get_item;
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
}

static void
mc_query_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McQueryModel *self = MC_QUERY_MODEL (object);

  switch (id)
    {
    case PROP_TOTAL: g_value_set_uint (value, self->rowids->len); break;
    case PROP_GROWING: g_value_set_boolean (value, mc_query_model_is_growing (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_query_model_finalize (GObject *object)
{
  McQueryModel *self = MC_QUERY_MODEL (object);
  GHashTableIter iter;
  gpointer item;

  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_hash_table_unref (self->wanted);
  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_object_weak_unref (item, item_gone_cb, self);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->keys);
  g_array_unref (self->rowids);
  if (self->data_free)
    self->data_free (self->data);

  G_OBJECT_CLASS (mc_query_model_parent_class)->finalize (object);
}

static void
mc_query_model_class_init (McQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_query_model_get_property;
  object_class->finalize = mc_query_model_finalize;

  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROWING] = g_param_spec_boolean ("growing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mc_query_model_init (McQueryModel *self)
{
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->wanted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

McQueryModel *
mc_query_model_new (GType item_type, McItemMakeFunc make, McItemFillFunc fill, gpointer data, GDestroyNotify data_free)
{
  McQueryModel *self = g_object_new (MC_TYPE_QUERY_MODEL, NULL);

  self->item_type = item_type;
  self->make = make;
  self->fill = fill;
  self->data = data;
  self->data_free = data_free;
  return self;
}

/* The first rows of a list come before all of it: they stay as they are. */
static gboolean
continues (McQueryModel *self, GArray *rowids)
{
  return self->shown > 0 && self->shown == self->rowids->len && self->shown < rowids->len
         && memcmp (self->rowids->data, rowids->data, self->shown * sizeof (gint64)) == 0;
}

void
mc_query_model_replace (McQueryModel *self, GArray *rowids)
{
  guint before = self->shown;
  g_autoptr (GArray) old = NULL;

  g_return_if_fail (MC_IS_QUERY_MODEL (self) && rowids != NULL);

  if (continues (self, rowids))
    {
      g_array_unref (self->rowids);
      self->rowids = rowids;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROWING]);
      return;
    }
  /* In one signal, so that the view uses its rows again. It asks for each new item twice: that is why only a few are new at once (a million
   * would take 5.8 s). */
  old = g_steal_pointer (&self->rowids);
  self->rowids = rowids;
  self->shown = MIN (rowids->len, MC_QUERY_MODEL_FIRST);
  if (before > 0 || self->shown > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->shown);
  if (old->len != rowids->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROWING]);
}

void
mc_query_model_grow (McQueryModel *self)
{
  guint before = self->shown;

  g_return_if_fail (MC_IS_QUERY_MODEL (self));

  if (!mc_query_model_is_growing (self))
    return;
  self->shown = self->rowids->len;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->shown - before);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROWING]);
}

gboolean
mc_query_model_is_growing (McQueryModel *self)
{
  g_return_val_if_fail (MC_IS_QUERY_MODEL (self), FALSE);

  return self->shown < self->rowids->len;
}

guint
mc_query_model_get_total (McQueryModel *self)
{
  g_return_val_if_fail (MC_IS_QUERY_MODEL (self), 0);

  return self->rowids->len;
}

gint64
mc_query_model_get_rowid (McQueryModel *self, guint position)
{
  g_return_val_if_fail (MC_IS_QUERY_MODEL (self), -1);

  return position < self->rowids->len ? g_array_index (self->rowids, gint64, position) : -1;
}

gboolean
mc_query_model_find (McQueryModel *self, gint64 rowid, guint *position)
{
  g_return_val_if_fail (MC_IS_QUERY_MODEL (self), FALSE);

  for (guint i = 0; i < self->rowids->len; i++)
    if (g_array_index (self->rowids, gint64, i) == rowid)
      {
        if (position)
          *position = i;
        return TRUE;
      }
  return FALSE;
}

GObject *
mc_query_model_peek (McQueryModel *self, gint64 rowid)
{
  g_return_val_if_fail (MC_IS_QUERY_MODEL (self), NULL);

  return g_hash_table_lookup (self->items, &rowid);
}

void
mc_query_model_refresh (McQueryModel *self)
{
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (MC_IS_QUERY_MODEL (self));

  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    want (self, item);
}
