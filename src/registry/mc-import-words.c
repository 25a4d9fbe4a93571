/* SPDX-License-Identifier: GPL-3.0-or-later
 * Loads the words of officials' sheets once, each under the key by which names are compared. */
#include "mc-import-words.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "store/mc-text-key.h"

#define WORDS_PATH "/org/mingcha/Mingcha/registry/import-headers.json"

typedef struct
{
  gint64 numerator, denominator;
} Unit;

typedef struct
{
  GHashTable *headers[2]; /* key → McHeaderMeaning, by kind */
  GHashTable *unused, *wholes, *groups, *remarks, *unit_labels, *whole_row, *empty, *no_end, *yes, *no, *totals, *signatures, *notes;
  GHashTable *units[4];   /* key → Unit: money, area, count, other */
  GHashTable *magnitudes; /* character → number */
  GPtrArray *suffixes;
  /* By the last byte of the first character: most cells are told from such words by it. */
  gboolean empty_begins[256], line_begins[256];
  const char *date_separators, *day_endings, *numerals, *range_separators, *list_separators;
} Words;

enum
{
  UNITS_MONEY,
  UNITS_AREA,
  UNITS_COUNT,
  UNITS_OTHER,
};

static const McEntity *
entity_of (McImportKind kind)
{
  return mc_entity_find (kind == MC_IMPORT_FACILITIES ? "facility" : "inspector");
}

static GHashTable *
read_set (JsonObject *root, const char *name)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = json_object_get_array_member (root, name);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = json_array_get_string_element (array, i);
      char *key = mc_text_name_key (text);

      g_hash_table_add (set, *key ? key : g_strdup (text));
    }
  return set;
}

static void
add_titles (GHashTable *headers, JsonArray *titles, const McField *field, McAreaPart part)
{
  for (guint i = 0; i < json_array_get_length (titles); i++)
    {
      char *key = mc_text_name_key (json_array_get_string_element (titles, i));
      McHeaderMeaning *meaning;

      if (g_hash_table_contains (headers, key))
        {
          g_free (key);
          continue;
        }
      meaning = g_new0 (McHeaderMeaning, 1);
      meaning->field = field;
      meaning->part = part;
      g_hash_table_insert (headers, key, meaning);
    }
}

/* A sheet that this program wrote has the labels of the fields; scripts have their keys. */
static void
add_own_titles (GHashTable *headers, const McEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    {
      g_autoptr (JsonArray) titles = json_array_new ();

      json_array_add_string_element (titles, entity->fields[i].key);
      json_array_add_string_element (titles, entity->fields[i].label);
      add_titles (headers, titles, &entity->fields[i], strcmp (entity->fields[i].key, "area") == 0 ? MC_AREA_PART_ANY : MC_AREA_PART_NONE);
    }
}

static GHashTable *
read_headers (JsonObject *root, McImportKind kind)
{
  static const struct { const char *name; McAreaPart part; } parts[] = {
    { "any", MC_AREA_PART_ANY }, { "city", MC_AREA_PART_CITY }, { "county", MC_AREA_PART_COUNTY },
    { "township", MC_AREA_PART_TOWNSHIP }, { "village", MC_AREA_PART_VILLAGE },
  };
  GHashTable *headers = g_hash_table_new (g_str_hash, g_str_equal);
  const McEntity *entity = entity_of (kind);
  JsonObject *fields = json_object_get_object_member (root, entity->name);
  JsonObject *area = json_object_get_object_member (fields, "area");

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const McField *field = &entity->fields[i];
      JsonNode *node = json_object_get_member (fields, field->key);

      if (node && JSON_NODE_HOLDS_ARRAY (node))
        add_titles (headers, json_node_get_array (node), field, MC_AREA_PART_NONE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (json_object_has_member (area, parts[i].name))
      add_titles (headers, json_object_get_array_member (area, parts[i].name), mc_entity_field (entity, "area"), parts[i].part);
  add_own_titles (headers, entity);
  return headers;
}

static GHashTable *
read_units (JsonObject *object)
{
  GHashTable *units = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      Unit *unit = g_new0 (Unit, 1);
      JsonArray *fraction = json_node_get_array (node);

      unit->numerator = json_array_get_int_element (fraction, 0);
      unit->denominator = json_array_get_int_element (fraction, 1);
      g_hash_table_insert (units, mc_text_name_key (name), unit);
    }
  return units;
}

static GPtrArray *
read_list (JsonObject *root, const char *name)
{
  GPtrArray *list = g_ptr_array_new ();
  JsonArray *array = json_object_get_array_member (root, name);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (list, g_strdup (json_array_get_string_element (array, i)));
  return list;
}

static void
read_unit_tables (Words *words, JsonObject *units)
{
  words->units[UNITS_MONEY] = read_units (json_object_get_object_member (units, "money"));
  words->units[UNITS_AREA] = read_units (json_object_get_object_member (units, "area"));
  words->units[UNITS_COUNT] = read_units (json_object_get_object_member (units, "count"));
  words->units[UNITS_OTHER] = read_set (units, "other");
}

static void
read_magnitudes (Words *words, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  words->magnitudes = g_hash_table_new (NULL, NULL);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    g_hash_table_insert (words->magnitudes, GUINT_TO_POINTER (g_utf8_get_char (name)), GINT_TO_POINTER (json_node_get_int (node)));
}

static void
mark_beginnings (gboolean begins[256], JsonArray *texts)
{
  for (guint i = 0; i < json_array_get_length (texts); i++)
    {
      gunichar c = g_utf8_get_char (json_array_get_string_element (texts, i));

      begins[c & 0xff] = TRUE;
      begins[g_unichar_toupper (c) & 0xff] = TRUE;
    }
}

static Words *
load_words (void)
{
  Words *words = g_new0 (Words, 1);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (WORDS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *root, *date;
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  if (!data || !json_parser_load_from_data (parser, data, (gssize) size, &error))
    g_critical ("%s: %s", WORDS_PATH, error ? error->message : "missing");
  root = json_node_get_object (json_parser_get_root (parser));
  words->headers[MC_IMPORT_FACILITIES] = read_headers (root, MC_IMPORT_FACILITIES);
  words->headers[MC_IMPORT_INSPECTORS] = read_headers (root, MC_IMPORT_INSPECTORS);
  words->unused = read_set (root, "unused");
  words->wholes = read_set (root, "wholes");
  words->groups = read_set (root, "groups");
  words->remarks = read_set (root, "remarks");
  words->unit_labels = read_set (root, "unit_labels");
  words->empty = read_set (root, "empty");
  words->no_end = read_set (root, "no_end");
  words->whole_row = read_set (root, "whole_row");
  mark_beginnings (words->empty_begins, json_object_get_array_member (root, "empty"));
  mark_beginnings (words->line_begins, json_object_get_array_member (root, "totals"));
  mark_beginnings (words->line_begins, json_object_get_array_member (root, "signatures"));
  mark_beginnings (words->line_begins, json_object_get_array_member (root, "notes"));
  words->yes = read_set (root, "yes");
  words->no = read_set (root, "no");
  words->totals = read_set (root, "totals");
  words->signatures = read_set (root, "signatures");
  words->notes = read_set (root, "notes");
  words->suffixes = read_list (root, "suffixes");
  read_unit_tables (words, json_object_get_object_member (root, "units"));
  read_magnitudes (words, json_object_get_object_member (root, "magnitudes"));
  date = json_object_get_object_member (root, "date");
  words->date_separators = g_strdup (json_object_get_string_member (date, "separators"));
  words->day_endings = g_strdup (json_object_get_string_member (date, "day"));
  words->numerals = g_strdup (json_object_get_string_member (date, "numerals"));
  words->range_separators = g_strdup (json_object_get_string_member (date, "ranges"));
  words->list_separators = g_strdup (json_object_get_string_member (root, "list_separators"));
  return words;
}

static const Words *
get_words (void)
{
  static Words *words = NULL;

  if (g_once_init_enter (&words))
    g_once_init_leave (&words, load_words ());
  return words;
}

static gboolean
set_has (GHashTable *set, const char *text)
{
  g_autofree char *key = mc_text_name_key (text);

  return g_hash_table_contains (set, *key ? key : text);
}

const McHeaderMeaning *
mc_import_words_header (McImportKind kind, const char *title)
{
  const Words *words = get_words ();
  g_autofree char *key = mc_text_name_key (title);
  const McHeaderMeaning *meaning = g_hash_table_lookup (words->headers[kind], key);

  for (guint i = 0; !meaning && i < words->suffixes->len; i++)
    {
      const char *suffix = words->suffixes->pdata[i];

      if (g_str_has_suffix (key, suffix) && strlen (key) > strlen (suffix))
        {
          g_autofree char *stem = g_strndup (key, strlen (key) - strlen (suffix));

          meaning = g_hash_table_lookup (words->headers[kind], stem);
        }
    }
  return meaning;
}

gboolean
mc_import_words_is_unused (const char *title)
{
  return set_has (get_words ()->unused, title);
}

gboolean
mc_import_words_is_whole (const char *title)
{
  return set_has (get_words ()->wholes, title);
}

gboolean
mc_import_words_is_group (const char *title)
{
  return set_has (get_words ()->groups, title);
}

gboolean
mc_import_words_is_remark (const char *text)
{
  return set_has (get_words ()->remarks, text);
}

gboolean
mc_import_words_is_unit_label (const char *text)
{
  return set_has (get_words ()->unit_labels, text);
}

gboolean
mc_import_words_is_unit (const char *text)
{
  const Words *words = get_words ();

  for (guint i = 0; i < G_N_ELEMENTS (words->units); i++)
    if (set_has (words->units[i], text))
      return TRUE;
  return FALSE;
}

gboolean
mc_import_words_unit (const char *text, McFieldType type, gint64 *numerator, gint64 *denominator)
{
  g_autofree char *key = mc_text_name_key (text);
  GHashTable *units = get_words ()->units[type == MC_FIELD_MONEY ? UNITS_MONEY : type == MC_FIELD_HUNDREDTHS ? UNITS_AREA : UNITS_COUNT];
  const Unit *unit = g_hash_table_lookup (units, key);

  if (!unit)
    return FALSE;
  *numerator = unit->numerator;
  *denominator = unit->denominator;
  return TRUE;
}

gboolean
mc_import_words_is_empty (const char *text)
{
  const Words *words = get_words ();

  return words->empty_begins[g_utf8_get_char (text) & 0xff] && strlen (text) <= 24 && set_has (words->empty, text);
}

gboolean
mc_import_words_has_no_end (const char *text)
{
  return set_has (get_words ()->no_end, text);
}

gboolean
mc_import_words_is_whole_row (const char *text)
{
  return set_has (get_words ()->whole_row, text);
}

int
mc_import_words_boolean (const char *text)
{
  if (set_has (get_words ()->yes, text))
    return 1;
  return set_has (get_words ()->no, text) ? 0 : -1;
}

/* The word before a colon, or the whole. */
static gboolean
begins_with_word (GHashTable *set, const char *text)
{
  g_autofree char *key = NULL;
  char *colon;

  key = mc_text_name_key (text);
  colon = strchr (key, ':');
  if (colon)
    *colon = '\0';
  return g_hash_table_contains (set, key);
}

gboolean
mc_import_words_may_be_line (const char *text)
{
  gunichar c;

  while (*text && ((c = g_utf8_get_char (text)) == 0x3000 || g_ascii_isspace (*text)))
    text = g_utf8_next_char (text);
  c = g_utf8_get_char (text);
  return get_words ()->line_begins[c & 0xff] || (c >= 0xff01 && c <= 0xff5e) || c == '(' || g_unichar_type (c) == G_UNICODE_OPEN_PUNCTUATION;
}

gboolean
mc_import_words_is_total (const char *text)
{
  return begins_with_word (get_words ()->totals, text);
}

gboolean
mc_import_words_is_signature (const char *text)
{
  return begins_with_word (get_words ()->signatures, text);
}

gboolean
mc_import_words_is_note (const char *text)
{
  return begins_with_word (get_words ()->notes, text);
}

const char *
mc_import_words_date_separators (void)
{
  return get_words ()->date_separators;
}

const char *
mc_import_words_day_endings (void)
{
  return get_words ()->day_endings;
}

const char *
mc_import_words_numerals (void)
{
  return get_words ()->numerals;
}

const char *
mc_import_words_range_separators (void)
{
  return get_words ()->range_separators;
}

const char *
mc_import_words_list_separators (void)
{
  return get_words ()->list_separators;
}

gint64
mc_import_words_magnitude (gunichar c)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (get_words ()->magnitudes, GUINT_TO_POINTER (c)));
}
