/* SPDX-License-Identifier: GPL-3.0-or-later
 * Authorities without a database: ids, kinds, names, and who is competent. */
#include "mc-authority.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-facility.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

#define PATTERNS_PATH "/org/mingcha/Mingcha/registry/authorities.json"
#define AREA_PLACEHOLDER "{area}"

/* How authorities of a kind are named. */
typedef struct
{
  const char *kind;
  const char *name;           /* with {area}; NULL if none is usual */
  const char *name_of_street; /* in areas whose name ends with the street suffix; NULL: as `name` */
  GPtrArray *words;           /* name keys that say the kind */
} Pattern;

typedef struct
{
  GPtrArray *patterns;
  const char *street_suffix;
} Patterns;

void
mc_authority_free (McAuthority *authority)
{
  if (authority == NULL)
    return;
  g_free (authority->id);
  g_free (authority->name);
  g_free (authority->short_name);
  g_free (authority->kind);
  g_free (authority->area);
  g_free (authority);
}

static const char *
member (JsonObject *object, const char *name)
{
  return g_intern_string (json_object_get_string_member_with_default (object, name, NULL));
}

static Patterns *
load_patterns (void)
{
  Patterns *patterns = g_new0 (Patterns, 1);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (PATTERNS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  JsonObject *root;
  JsonArray *array;

  patterns->patterns = g_ptr_array_new ();
  if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    g_return_val_if_reached (patterns);
  root = json_node_get_object (json_parser_get_root (parser));
  patterns->street_suffix = member (root, "street_suffix");
  array = json_object_get_array_member (root, "patterns");
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      JsonArray *words = json_object_get_array_member (object, "words");
      Pattern *pattern = g_new0 (Pattern, 1);

      pattern->kind = member (object, "kind");
      pattern->name = member (object, "name");
      pattern->name_of_street = member (object, "name_of_street");
      pattern->words = g_ptr_array_new ();
      for (guint j = 0; j < json_array_get_length (words); j++)
        g_ptr_array_add (pattern->words, mc_text_name_key (json_array_get_string_element (words, j)));
      g_ptr_array_add (patterns->patterns, pattern);
    }
  return patterns;
}

static const Patterns *
get_patterns (void)
{
  static Patterns *patterns = NULL;

  if (g_once_init_enter (&patterns))
    g_once_init_leave (&patterns, load_patterns ());
  return patterns;
}

const McAuthority *
mc_authority_find (const GPtrArray *authorities, const char *id)
{
  for (guint i = 0; i < authorities->len; i++)
    if (g_strcmp0 (((const McAuthority *) authorities->pdata[i])->id, id) == 0)
      return authorities->pdata[i];
  return NULL;
}

const McAuthority *
mc_authority_find_name (const GPtrArray *authorities, const char *name)
{
  g_autofree char *wanted = mc_text_name_key (name);

  for (guint i = 0; i < authorities->len; i++)
    {
      const McAuthority *authority = authorities->pdata[i];
      g_autofree char *full = mc_text_name_key (authority->name ? authority->name : "");
      g_autofree char *brief = mc_text_name_key (authority->short_name ? authority->short_name : "");

      if (*wanted && (strcmp (wanted, full) == 0 || strcmp (wanted, brief) == 0))
        return authority;
    }
  return NULL;
}

const McAuthority *
mc_authority_find_competent (const GPtrArray *authorities, const char *kind, McAreaTree *tree, const char *area)
{
  const McAuthority *found = NULL;
  const McArea *place = mc_area_tree_find (tree, area), *nearest = NULL;

  for (guint i = 0; place && i < authorities->len; i++)
    {
      const McAuthority *authority = authorities->pdata[i];
      const McArea *above = mc_area_tree_find (tree, authority->area);

      if (above == NULL || g_strcmp0 (authority->kind, kind) != 0 || !mc_area_is_below (place, above))
        continue;
      if (nearest == NULL || above->depth > nearest->depth)
        {
          nearest = above;
          found = authority;
        }
    }
  return found;
}

char *
mc_authority_id_for (const char *area, const char *name)
{
  g_autofree char *key = mc_text_name_key (name);

  return mc_uuid_new_for ("authority", area, key, NULL);
}

const char *
mc_authority_kind_from_name (const char *name)
{
  const Patterns *patterns = get_patterns ();
  g_autofree char *key = mc_text_name_key (name);

  for (guint i = 0; i < patterns->patterns->len; i++)
    {
      const Pattern *pattern = patterns->patterns->pdata[i];

      for (guint j = 0; j < pattern->words->len; j++)
        if (strstr (key, pattern->words->pdata[j]))
          return pattern->kind;
    }
  return NULL;
}

const char *
mc_authority_kind_for_facility (const char *facility_kind)
{
  const char *group = mc_facility_kind_group (facility_kind);

  if (g_strcmp0 (group, "elder") == 0)
    return "civil_affairs";
  if (g_strcmp0 (facility_kind, "kindergarten_toddler_class") == 0)
    return "education";
  return g_strcmp0 (group, "childcare") == 0 ? "health" : NULL;
}

char *
mc_authority_suggest_name (const char *kind, const McArea *area)
{
  const Patterns *patterns = get_patterns ();

  for (guint i = 0; i < patterns->patterns->len; i++)
    {
      const Pattern *pattern = patterns->patterns->pdata[i];
      const char *name = pattern->name;
      GString *suggested;

      if (g_strcmp0 (pattern->kind, kind) != 0)
        continue;
      if (pattern->name_of_street && g_str_has_suffix (area->name, patterns->street_suffix))
        name = pattern->name_of_street;
      if (name == NULL)
        return NULL;
      suggested = g_string_new (name);
      g_string_replace (suggested, AREA_PLACEHOLDER, area->name, 1);
      return g_string_free (suggested, FALSE);
    }
  return NULL;
}
