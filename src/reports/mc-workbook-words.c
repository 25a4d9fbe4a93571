/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words, fonts and default columns of the workbooks: data/reports/workbooks.json. */
#include "mc-workbook-words.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define WORDS_PATH "/org/mingcha/Mingcha/reports/workbooks.json"

typedef struct
{
  McWorkbookSheet sheet;
  GHashTable *headers; /* key of a column → header */
} Sheet;

typedef struct
{
  McWorkbookWords words;
  GHashTable *sheets; /* key → Sheet */
} Data;

/* All texts live as long as the program. */
static const char *
member (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, NULL);

  if (!text)
    g_critical ("%s lacks \"%s\"", WORDS_PATH, name);
  return g_intern_string (text ? text : "");
}

static const char *const *
member_list (JsonObject *object, const char *name)
{
  JsonArray *array = json_object_get_array_member (object, name);
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    g_ptr_array_add (list, (char *) g_intern_string (json_array_get_string_element (array, i)));
  g_ptr_array_add (list, NULL);
  return (const char *const *) g_ptr_array_free (list, FALSE);
}

static void
read_words (JsonObject *object, McWorkbookWords *words)
{
  const struct
  {
    const char *name;
    const char **text;
  } all[] = {
    { "body_font", &words->body_font },     { "title_font", &words->title_font }, { "reporting_unit", &words->reporting_unit },
    { "date", &words->date },               { "unit", &words->unit },             { "number", &words->number },
    { "total", &words->total },             { "prepared_by", &words->prepared_by }, { "checked_by", &words->checked_by },
    { "responsible", &words->responsible }, { "page_footer", &words->page_footer }, { "yes", &words->yes },
    { "no", &words->no },                   { "lists_sheet", &words->lists_sheet }, { "list_separator", &words->list_separator },
    { "sample", &words->sample },           { "draft", &words->draft },           { "finalised", &words->finalised },
    { "conflict", &words->conflict },       { "late", &words->late },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    *all[i].text = member (object, all[i].name);
}

static Sheet *
read_sheet (const char *key, JsonObject *object)
{
  Sheet *self = g_new0 (Sheet, 1);
  JsonObject *headers = json_object_get_object_member (object, "headers");
  g_autoptr (GList) columns = json_object_get_members (headers);

  self->sheet.key = g_intern_string (key);
  self->sheet.sheet = member (object, "sheet");
  self->sheet.title = member (object, "title");
  self->sheet.unit = member (object, "unit");
  self->sheet.entity = member (object, "entity");
  self->sheet.columns = member_list (object, "columns");
  self->sheet.optional = member_list (object, "optional");
  self->sheet.totals = member_list (object, "totals");
  self->headers = g_hash_table_new (g_str_hash, g_str_equal);
  for (GList *column = columns; column; column = column->next)
    g_hash_table_insert (self->headers, (char *) g_intern_string (column->data), (char *) member (headers, column->data));
  return self;
}

static Data *
read_data (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (WORDS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  Data *data = g_new0 (Data, 1);
  gsize length = 0;
  const char *text = bytes ? g_bytes_get_data (bytes, &length) : "";
  JsonObject *sheets;
  g_autoptr (GList) keys = NULL;

  data->sheets = g_hash_table_new (g_str_hash, g_str_equal);
  if (!json_parser_load_from_data (parser, text, (gssize) length, &error))
    {
      g_critical ("%s: %s", WORDS_PATH, error->message);
      return data;
    }
  read_words (json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "words"), &data->words);
  sheets = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "sheets");
  keys = json_object_get_members (sheets);
  for (GList *key = keys; key; key = key->next)
    g_hash_table_insert (data->sheets, (char *) g_intern_string (key->data),
                         read_sheet (key->data, json_object_get_object_member (sheets, key->data)));
  return data;
}

static const Data *
get_data (void)
{
  static gsize data = 0;

  if (g_once_init_enter (&data))
    g_once_init_leave (&data, (gsize) read_data ());
  return (const Data *) data;
}

const McWorkbookWords *
mc_workbook_words_get (void)
{
  return &get_data ()->words;
}

const McWorkbookSheet *
mc_workbook_sheet_get (const char *key)
{
  Sheet *sheet = g_hash_table_lookup (get_data ()->sheets, key);

  g_return_val_if_fail (sheet != NULL, NULL);
  return &sheet->sheet;
}

const char *
mc_workbook_sheet_header (const McWorkbookSheet *sheet, const char *column)
{
  const Sheet *self = g_hash_table_lookup (get_data ()->sheets, sheet->key);

  g_return_val_if_fail (self != NULL, NULL);
  return g_hash_table_lookup (self->headers, column);
}
