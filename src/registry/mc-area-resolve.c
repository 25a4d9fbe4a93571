/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds the area that people mean by a text: names, aliases and short forms, one after the other. */
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-area-private.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

#define NAMES_PATH "/org/mingcha/Mingcha/registry/area-names.json"
#define MAX_TEXT_BYTES 600
#define MIN_SHORT_CHARACTERS 2

/* --- the names of an area --------------------------------------------------------------------------------- */

/* level → GPtrArray of suffixes (char *) */
static GHashTable *
load_suffixes (void)
{
  GHashTable *suffixes = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (NAMES_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *levels;
  JsonObjectIter iter;
  const char *level;
  JsonNode *node;
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    g_return_val_if_reached (suffixes);
  levels = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "suffixes");
  json_object_iter_init (&iter, levels);
  while (json_object_iter_next (&iter, &level, &node))
    {
      JsonArray *array = json_node_get_array (node);
      GPtrArray *words = g_ptr_array_new ();

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (words, (char *) g_intern_string (json_array_get_string_element (array, i)));
      g_hash_table_insert (suffixes, (char *) g_intern_string (level), words);
    }
  return suffixes;
}

static GPtrArray *
suffixes_of (const char *level)
{
  static GHashTable *suffixes = NULL;

  if (g_once_init_enter (&suffixes))
    g_once_init_leave (&suffixes, load_suffixes ());
  return level ? g_hash_table_lookup (suffixes, level) : NULL;
}

static void
add_name (McAreaTree *self, char *key, const McArea *area, McAreaNameKind kind)
{
  McAreaName name = { area, kind };
  GArray *names = g_hash_table_lookup (self->by_name, key);

  self->longest_name = MAX (self->longest_name, strlen (key));
  if (names == NULL)
    {
      names = g_array_new (FALSE, FALSE, sizeof (McAreaName));
      g_hash_table_insert (self->by_name, key, names);
    }
  else
    {
      g_free (key);
    }
  g_array_append_val (names, name);
}

void
mc_area_tree_index_names (McAreaTree *self)
{
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->n; i++)
    {
      const McArea *area = &self->areas[i];
      GPtrArray *suffixes = suffixes_of (area->level);
      g_autofree char *key = mc_text_name_key (area->name);

      if (area->retired || *key == '\0')
        continue;
      add_name (self, g_strdup (key), area, MC_AREA_NAME_FULL);
      for (guint j = 0; area->aliases[j] != NULL; j++)
        add_name (self, mc_text_name_key (area->aliases[j]), area, MC_AREA_NAME_ALIAS);
      for (guint j = 0; suffixes && j < suffixes->len; j++)
        if (g_str_has_suffix (key, suffixes->pdata[j]))
          {
            char *shorter = g_strndup (key, strlen (key) - strlen (suffixes->pdata[j]));

            if (g_utf8_strlen (shorter, -1) >= MIN_SHORT_CHARACTERS)
              add_name (self, shorter, area, MC_AREA_NAME_SHORT);
            else
              g_free (shorter);
            break;
          }
    }
}

/* --- resolving -------------------------------------------------------------------------------------------- */

/* The readings of a text as a chain of names, and the best of them so far. */
typedef struct
{
  McAreaTree *tree;
  const McArea *within;
  gboolean is_address;  /* the rest may be anything, and short names do not count */
  const char *text;
  const McArea *best;
  guint best_cost;      /* names that were not written in full */
  gsize best_used;      /* bytes of the text */
  gboolean tie;
} Search;

/* Above by the tree or by the codes: people write both. */
static gboolean
has_above (const McArea *area, const McArea *above)
{
  if (area->zone && (area->zone == above || has_above (area->zone, above)))
    return TRUE;
  return area->division && (area->division == above || has_above (area->division, above));
}

static gboolean
is_within (const Search *search, const McArea *area)
{
  return search->within == NULL || area == search->within || has_above (area, search->within);
}

/* What uses up more of the text is better, then what is written in full, then what is higher. */
static void
consider (Search *search, const McArea *area, guint cost, gsize used)
{
  int order = 0;

  if (!is_within (search, area) || area == search->best)
    return;
  if (search->best)
    {
      order = (search->best_used > used) - (search->best_used < used);
      if (order == 0)
        order = (search->best_cost < cost) - (search->best_cost > cost);
      if (order == 0)
        order = (search->best->depth < area->depth) - (search->best->depth > area->depth);
    }
  if (search->best && order > 0)
    return;
  search->tie = search->best && order == 0;
  search->best = area;
  search->best_cost = cost;
  search->best_used = used;
}

static void
search_from (Search *search, gsize start, const McArea *above, guint cost)
{
  const char *rest = search->text + start;
  gsize length = strlen (rest);
  char word[MAX_TEXT_BYTES + 1];

  if (above && (length == 0 || search->is_address))
    consider (search, above, cost, start);
  length = MIN (length, search->tree->longest_name);
  for (const char *end = rest; *end != '\0';)
    {
      GArray *names;

      end = g_utf8_next_char (end);
      if ((gsize) (end - rest) > length)
        break;
      memcpy (word, rest, (gsize) (end - rest));
      word[end - rest] = '\0';
      names = g_hash_table_lookup (search->tree->by_name, word);
      for (guint i = 0; names && i < names->len; i++)
        {
          const McAreaName *name = &g_array_index (names, McAreaName, i);

          if (name->kind == MC_AREA_NAME_SHORT && search->is_address)
            continue;
          if (above == NULL || has_above (name->area, above))
            search_from (search, start + (gsize) (end - rest), name->area, cost + (name->kind == MC_AREA_NAME_SHORT));
        }
    }
}

/* The name key without what stands between the steps of a path. NULL if it is too long to be the name of an area. */
static char *
path_key (const char *text, gsize longest)
{
  char *key = mc_text_name_key (text);
  char *to = key;

  for (const char *from = key; *from != '\0';)
    {
      const char *next = g_utf8_next_char (from);

      if (strchr ("/\\|:;", *from) == NULL && !g_str_has_prefix (from, "\xe2\x86\x92")) /* U+2192, an arrow */
        {
          memmove (to, from, (gsize) (next - from));
          to += next - from;
        }
      from = next;
    }
  *to = '\0';
  if ((gsize) (to - key) <= longest)
    return key;
  g_free (key);
  return NULL;
}

static McAreaMatch
run_search (McAreaTree *self, const char *key, const McArea *within, gboolean is_address, const McArea **found)
{
  Search search = { .tree = self, .within = within, .text = key, .is_address = is_address };

  *found = NULL;
  search_from (&search, 0, NULL, 0);
  if (search.best == NULL)
    return MC_AREA_UNKNOWN;
  if (search.tie)
    return MC_AREA_AMBIGUOUS;
  *found = search.best;
  return MC_AREA_FOUND;
}

/* Codes are written with 2 to 6, 9 or 12 digits; zeros at the end fill them up. */
static const McArea *
find_written_code (McAreaTree *self, const char *key)
{
  gsize length = strlen (key);
  const McArea *area;

  if (length < 2 || length > 12 || strspn (key, "0123456789") != length)
    return NULL;
  area = mc_area_tree_find_code (self, key);
  for (gsize shorter = length; area == NULL && shorter > 2; shorter--)
    {
      g_autofree char *prefix = g_strndup (key, shorter - 1);

      if (key[shorter - 1] != '0')
        return NULL;
      if (strlen (prefix) == 9 || strlen (prefix) == 6 || strlen (prefix) == 4 || strlen (prefix) == 2)
        area = mc_area_tree_find_code (self, prefix);
    }
  return area;
}

McAreaMatch
mc_area_tree_resolve (McAreaTree *self, const char *text, const McArea *within, const McArea **found)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && text != NULL && found != NULL, MC_AREA_UNKNOWN);

  *found = NULL;
  if (mc_uuid_is_valid (text))
    {
      *found = mc_area_tree_find (self, text);
      return *found ? MC_AREA_FOUND : MC_AREA_UNKNOWN;
    }
  key = path_key (text, MAX_TEXT_BYTES);
  if (key == NULL || *key == '\0')
    return MC_AREA_UNKNOWN;
  *found = find_written_code (self, key);
  if (*found)
    return MC_AREA_FOUND;
  return run_search (self, key, within, FALSE, found);
}

McAreaMatch
mc_area_tree_resolve_address (McAreaTree *self, const char *address, const McArea *within, const McArea **found)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && address != NULL && found != NULL, MC_AREA_UNKNOWN);

  *found = NULL;
  key = path_key (address, G_MAXSIZE);
  return run_search (self, key, within, TRUE, found);
}
