/* SPDX-License-Identifier: GPL-3.0-or-later
 * The divisions and zones that the program brings, as records. */
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-area-private.h"

#define DIVISIONS_PATH "/org/mingcha/Mingcha/registry/divisions.csv"
#define ZONES_PATH "/org/mingcha/Mingcha/registry/zones.json"

static const McEntity *
area_entity (void)
{
  return mc_entity_find ("area");
}

static void
set_reference (McRecord *record, const char *key, const char *code)
{
  g_autofree char *id = code && *code ? mc_area_id_for_code (code) : NULL;

  mc_record_set_text (record, key, id);
}

/* code,name,level,parent */
static void
add_divisions (GPtrArray *records, GHashTable *by_code)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (DIVISIONS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (bytes != NULL);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", 4);
      g_autofree char *id = NULL;
      McRecord *record;

      if (g_strv_length (cells) < 4 || !g_ascii_isdigit (cells[0][0]))
        continue;
      id = mc_area_id_for_code (cells[0]);
      record = mc_record_new (area_entity (), id);
      mc_record_set_text (record, "code", cells[0]);
      mc_record_set_text (record, "name", cells[1]);
      mc_record_set_text (record, "level", cells[2]);
      set_reference (record, "parent", cells[3]);
      g_ptr_array_add (records, record);
      g_hash_table_insert (by_code, g_strdup (cells[0]), record);
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Lists are stored sorted by bytes, joined by newlines. */
static void
set_aliases (McRecord *record, JsonArray *aliases)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < json_array_get_length (aliases); i++)
    g_ptr_array_add (sorted, (char *) json_array_get_string_element (aliases, i));
  g_ptr_array_sort (sorted, compare_texts);
  g_ptr_array_add (sorted, NULL);
  joined = g_strjoinv ("\n", (char **) sorted->pdata);
  mc_record_set_text (record, "aliases", joined);
}

static void
add_zone (GPtrArray *records, GHashTable *by_code, JsonObject *zone)
{
  const char *parent = json_object_get_string_member (zone, "parent");
  const char *name = json_object_get_string_member (zone, "name");
  JsonArray *manages = json_object_get_array_member (zone, "manages");
  g_autofree char *id = mc_area_id_for_zone (parent, name);
  McRecord *record = mc_record_new (area_entity (), id);

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "level", "zone");
  set_reference (record, "parent", parent);
  set_aliases (record, json_object_get_array_member (zone, "aliases"));
  g_ptr_array_add (records, record);
  for (guint i = 0; i < json_array_get_length (manages); i++)
    {
      McRecord *township = g_hash_table_lookup (by_code, json_array_get_string_element (manages, i));

      g_return_if_fail (township != NULL);
      mc_record_set_text (township, "managed_by", id);
    }
}

static void
add_zones (GPtrArray *records, GHashTable *by_code)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (ZONES_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  JsonArray *zones, *aliases;
  JsonObject *root;

  if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    g_return_if_reached ();
  root = json_node_get_object (json_parser_get_root (parser));
  zones = json_object_get_array_member (root, "zones");
  aliases = json_object_get_array_member (root, "aliases");
  for (guint i = 0; i < json_array_get_length (zones); i++)
    add_zone (records, by_code, json_array_get_object_element (zones, i));
  for (guint i = 0; i < json_array_get_length (aliases); i++)
    {
      JsonObject *entry = json_array_get_object_element (aliases, i);
      McRecord *record = g_hash_table_lookup (by_code, json_object_get_string_member (entry, "code"));

      g_return_if_fail (record != NULL);
      set_aliases (record, json_object_get_array_member (entry, "aliases"));
    }
}

/* All records that the program brings; of McRecord. */
static GPtrArray *
builtin_records (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  g_autoptr (GHashTable) by_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_divisions (records, by_code);
  add_zones (records, by_code);
  return records;
}

McAreaTree *
mc_area_tree_get_builtin (void)
{
  static McAreaTree *tree = NULL;

  if (g_once_init_enter (&tree))
    {
      g_autoptr (GPtrArray) records = builtin_records ();

      g_once_init_leave (&tree, mc_area_tree_new (records));
    }
  return tree;
}

static gboolean
is_division_below (const McArea *area, const McArea *above)
{
  for (; area; area = area->division)
    if (area == above)
      return TRUE;
  return FALSE;
}

/* Does @zone manage a township of @chosen? */
static gboolean
manages_below (McAreaTree *tree, const McArea *zone, const McArea *chosen)
{
  for (guint rank = zone->rank + 1; rank <= zone->last; rank++)
    if (is_division_below (mc_area_tree_get (tree, rank), chosen))
      return TRUE;
  return FALSE;
}

static gboolean
is_seeded (McAreaTree *tree, const McArea *area, const McArea *chosen)
{
  if (is_division_below (area, chosen) || is_division_below (chosen, area))
    return TRUE;
  return area->code == NULL && manages_below (tree, area, chosen);
}

/* What a record refers to comes before it: the tree has every division and zone above its townships. */
static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer tree)
{
  const McArea *one = mc_area_tree_find (tree, mc_record_get_id (*(McRecord *const *) a));
  const McArea *other = mc_area_tree_find (tree, mc_record_get_id (*(McRecord *const *) b));

  return one->rank < other->rank ? -1 : one->rank > other->rank;
}

GPtrArray *
mc_area_seed (const char *code, GError **error)
{
  McAreaTree *tree = mc_area_tree_get_builtin ();
  const McArea *chosen = mc_area_tree_find_code (tree, code);
  g_autoptr (GPtrArray) all = NULL;
  GPtrArray *seeded;

  if (chosen == NULL)
    {
      g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_NOT_FOUND,
                   _("There is no division with the code \"%s\" among those that the program knows (Zhejiang). Nothing was changed."), code);
      return NULL;
    }
  all = builtin_records ();
  g_ptr_array_sort_with_data (all, compare_ranks, tree);
  seeded = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free);
  for (guint i = 0; i < all->len; i++)
    {
      const McRecord *record = g_ptr_array_index (all, i);

      if (is_seeded (tree, mc_area_tree_find (tree, mc_record_get_id (record)), chosen))
        g_ptr_array_add (seeded, mc_record_copy (record));
    }
  return seeded;
}
