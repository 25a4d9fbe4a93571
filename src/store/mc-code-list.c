/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the code lists that the program brings, once, and looks codes up in them. */
#include "mc-code-list.h"

#include <json-glib/json-glib.h>

#include "mc-text-key.h"

#define LISTS_PATH "/org/mingcha/Mingcha/store/code-lists.json"

typedef struct
{
  GPtrArray *codes;    /* of McCode *, NULL-terminated */
  GHashTable *by_code; /* char * → McCode * */
  GHashTable *by_text; /* name key of code, label or synonym → McCode * */
} List;

static const char *
member (JsonObject *object, const char *name)
{
  return g_intern_string (json_object_get_string_member_with_default (object, name, NULL));
}

static const char *const *
read_synonyms (JsonObject *object)
{
  GPtrArray *synonyms = g_ptr_array_new ();

  if (json_object_has_member (object, "synonyms"))
    {
      JsonArray *array = json_object_get_array_member (object, "synonyms");

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_ptr_array_add (synonyms, (char *) g_intern_string (json_array_get_string_element (array, i)));
    }
  g_ptr_array_add (synonyms, NULL);
  return (const char *const *) g_ptr_array_free (synonyms, FALSE);
}

/* What comes first in the file keeps a text that several codes claim. */
static void
add_text (List *list, const char *text, const McCode *code)
{
  char *key = mc_text_name_key (text);

  if (g_hash_table_contains (list->by_text, key))
    g_free (key);
  else
    g_hash_table_insert (list->by_text, key, (McCode *) code);
}

static List *
read_list (JsonArray *array)
{
  List *list = g_new0 (List, 1);

  list->codes = g_ptr_array_new ();
  list->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  list->by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      McCode *code = g_new0 (McCode, 1);

      code->code = member (object, "code");
      code->label = member (object, "label");
      code->short_label = member (object, "short");
      if (code->short_label == NULL)
        code->short_label = code->label;
      code->group = member (object, "group");
      code->synonyms = read_synonyms (object);
      g_ptr_array_add (list->codes, code);
      g_hash_table_insert (list->by_code, (char *) code->code, code);
    }
  for (guint i = 0; i < list->codes->len; i++)
    {
      const McCode *code = g_ptr_array_index (list->codes, i);

      add_text (list, code->code, code);
      add_text (list, code->label, code);
      add_text (list, code->short_label, code);
    }
  for (guint i = 0; i < list->codes->len; i++)
    {
      const McCode *code = g_ptr_array_index (list->codes, i);

      for (guint j = 0; code->synonyms[j] != NULL; j++)
        add_text (list, code->synonyms[j], code);
    }
  g_ptr_array_add (list->codes, NULL);
  return list;
}

static GHashTable *
load_lists (void)
{
  GHashTable *lists = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (LISTS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  const char *data;
  gsize size = 0;

  g_return_val_if_fail (bytes != NULL, lists);
  data = g_bytes_get_data (bytes, &size);
  if (!json_parser_load_from_data (parser, data, (gssize) size, &error))
    {
      g_critical ("%s: %s", LISTS_PATH, error->message);
      return lists;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  json_object_iter_init (&iter, root);
  while (json_object_iter_next (&iter, &name, &node))
    g_hash_table_insert (lists, (char *) g_intern_string (name), read_list (json_node_get_array (node)));
  return lists;
}

static const List *
find_list (const char *name)
{
  static GHashTable *lists = NULL;
  const List *list;

  if (g_once_init_enter (&lists))
    g_once_init_leave (&lists, load_lists ());
  list = name ? g_hash_table_lookup (lists, name) : NULL;
  if (list == NULL)
    g_critical ("There is no code list \"%s\"", name ? name : "(null)");
  return list;
}

const McCode *const *
mc_code_list (const char *list)
{
  static const McCode *const empty[] = { NULL };
  const List *found = find_list (list);

  return found ? (const McCode *const *) found->codes->pdata : empty;
}

const McCode *
mc_code_find (const char *list, const char *code)
{
  const List *found = find_list (list);

  return found && code ? g_hash_table_lookup (found->by_code, code) : NULL;
}

const char *
mc_code_label (const char *list, const char *code)
{
  const McCode *found = mc_code_find (list, code);

  if (found)
    return found->label;
  return code ? code : "";
}

const char *
mc_code_short_label (const char *list, const char *code)
{
  const McCode *found = mc_code_find (list, code);

  if (found)
    return found->short_label;
  return code ? code : "";
}

const char *
mc_code_from_text (const char *list, const char *text)
{
  const List *found = find_list (list);
  g_autofree char *key = NULL;
  const McCode *code;

  g_return_val_if_fail (text != NULL, NULL);

  if (found == NULL)
    return NULL;
  key = mc_text_name_key (text);
  code = *key ? g_hash_table_lookup (found->by_text, key) : NULL;
  return code ? code->code : NULL;
}
