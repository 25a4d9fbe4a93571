/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document's template: data, read from JSON and held against the fields that its kind of document has. */
#include "mc-document-template.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "mc-document-values.h"
#include "standards/mc-json-check.h"
#include "store/mc-code-list.h"

#define TEMPLATES_PATH "/org/mingcha/Mingcha/documents/"
#define MAX_DEPTH 16
#define ROLES "signature-role"

struct _McDocumentTemplate
{
  gatomicrefcount refs;
  GStringChunk *chunk;
  const char *texts[MC_N_TEMPLATE_TEXTS];
  GPtrArray *blocks;  /* of McBlock */
  GPtrArray *roles;   /* of char **: owns the lists of roles */
  GArray *signers;    /* of McTemplateSigner */
  GHashTable *titles; /* kind of authority → title; both of the chunk */
  const char *const *page_roles;
  gboolean delivered;
  gboolean from_delivery;
};

static const char *const no_roles[] = { NULL };

/* While a template is read. */
typedef struct
{
  McDocumentTemplate *template;
  const char *const *known;
  const char *table;   /* whose columns {{row.…}} names; NULL: none */
  char *place;         /* e.g. "blocks[3]", for messages */
  GError *error;       /* the first */
} Reader;

static void
block_free (McBlock *block)
{
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_clear_pointer (&block->places, g_array_unref);
  g_free (block);
}

McDocumentTemplate *
mc_document_template_ref (McDocumentTemplate *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_document_template_unref (McDocumentTemplate *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->blocks);
  g_ptr_array_unref (self->roles);
  g_array_unref (self->signers);
  g_hash_table_unref (self->titles);
  g_string_chunk_free (self->chunk);
  g_free (self);
}

/* --- checks ------------------------------------------------------------------------------------------------- */

static void G_GNUC_PRINTF (2, 3)
fail (Reader *reader, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (reader->error)
    return;
  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (&reader->error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("The document template cannot be used (%s): %s"),
               reader->place, message);
}

static gboolean
is_known (Reader *reader, const char *name)
{
  g_autofree char *column = NULL;

  if (strcmp (name, "page") == 0 || strcmp (name, "pages") == 0)
    return TRUE;
  if (reader->table && g_str_has_prefix (name, "row."))
    {
      column = g_strconcat (reader->table, ".", name + strlen ("row."), NULL);
      name = column;
    }
  return g_strv_contains (reader->known, name);
}

static gboolean
check_placeholder (const char *name, gpointer user_data)
{
  Reader *reader = user_data;

  if (!name)
    fail (reader, _("“{{” without “}}”"));
  else if (!is_known (reader, name))
    fail (reader, _("there is no field “%s”"), name);
  return reader->error == NULL;
}

/* A table is known if one of its columns is. */
static gboolean
is_known_table (Reader *reader, const char *name)
{
  g_autofree char *prefix = g_strconcat (name, ".", NULL);

  for (guint i = 0; reader->known[i]; i++)
    if (g_str_has_prefix (reader->known[i], prefix))
      return TRUE;
  return FALSE;
}

/* --- members ------------------------------------------------------------------------------------------------ */

/* The text @name, kept with the template and its fields checked; "" if it is not there and need not be. */
static const char *
read_text (Reader *reader, JsonObject *object, const char *name, gboolean required)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (!node)
    {
      if (required)
        fail (reader, _("“%s” is missing"), name);
      return "";
    }
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      fail (reader, _("“%s” must be a text"), name);
      return "";
    }
  text = json_node_get_string (node);
  mc_document_values_foreach_placeholder (text, check_placeholder, reader);
  return g_string_chunk_insert_const (reader->template->chunk, text);
}

static JsonArray *
read_array (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node && JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
    return json_node_get_array (node);
  fail (reader, _("“%s” must be a list that is not empty"), name);
  return NULL;
}

static JsonObject *
element_object (Reader *reader, JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  fail (reader, _("element %u must be an object"), index);
  return NULL;
}

/* --- blocks ------------------------------------------------------------------------------------------------- */

static void
read_style (Reader *reader, JsonObject *object, McBlock *block)
{
  static const char *const names[] = { "body", "plain", "heading", "centre", "right", "small", NULL };
  const char *style = read_text (reader, object, "style", FALSE);

  block->style = MC_STYLE_BODY;
  for (guint i = 0; *style && names[i]; i++)
    if (strcmp (names[i], style) == 0)
      {
        block->style = (McTextStyle) i;
        return;
      }
  if (*style)
    fail (reader, _("there is no style “%s”"), style);
}

static void
read_paragraph (Reader *reader, JsonObject *object, McBlock *block)
{
  read_style (reader, object, block);
  block->text = read_text (reader, object, "text", TRUE);
}

static void
read_field_row (Reader *reader, JsonNode *node, GArray *row)
{
  JsonArray *cells = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = cells ? json_array_get_length (cells) : 0;

  if (n < 1 || n > 2)
    {
      fail (reader, _("a row has one or two fields"));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = element_object (reader, cells, i);
      McBlockColumn cell = { 0 };

      if (!object)
        return;
      cell.label = read_text (reader, object, "label", TRUE);
      cell.value = read_text (reader, object, "value", TRUE);
      g_array_append_val (row, cell);
    }
}

static void
read_fields (Reader *reader, JsonObject *object, McBlock *block)
{
  JsonArray *rows = read_array (reader, object, "rows");

  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; rows && i < json_array_get_length (rows); i++)
    {
      GArray *row = g_array_new (FALSE, TRUE, sizeof (McBlockColumn));

      g_ptr_array_add (block->rows, row);
      read_field_row (reader, json_array_get_element (rows, i), row);
    }
}

static double
read_weight (Reader *reader, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "weight");
  double weight = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : 0;

  if (weight == 0 && node && JSON_NODE_HOLDS_VALUE (node))
    weight = (double) json_node_get_int (node);
  if (weight <= 0 || weight > 1000)
    fail (reader, _("“%s” must be a number above 0"), "weight");
  return weight;
}

static void
read_table (Reader *reader, JsonObject *object, McBlock *block)
{
  JsonArray *columns = read_array (reader, object, "columns");
  GArray *row = g_array_new (FALSE, TRUE, sizeof (McBlockColumn));

  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_ptr_array_add (block->rows, row);
  block->table = read_text (reader, object, "rows", TRUE);
  block->text = read_text (reader, object, "empty", FALSE);
  if (!is_known_table (reader, block->table))
    fail (reader, _("there is no table “%s”"), block->table);
  reader->table = block->table;
  for (guint i = 0; columns && i < json_array_get_length (columns); i++)
    {
      JsonObject *column = element_object (reader, columns, i);
      McBlockColumn cell = { 0 };

      if (!column)
        break;
      cell.label = read_text (reader, column, "title", TRUE);
      cell.value = read_text (reader, column, "value", TRUE);
      cell.weight = read_weight (reader, column);
      cell.centred = strcmp (read_text (reader, column, "align", FALSE), "centre") == 0;
      g_array_append_val (row, cell);
    }
  reader->table = NULL;
}

/* The list of roles @name of @object, kept with the template; empty if it is not there. */
static const char *const *
read_roles (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GPtrArray) roles = g_ptr_array_new ();

  if (!node)
    return no_roles;
  if (!array)
    fail (reader, _("“%s” must be a list that is not empty"), name);
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *role = json_array_get_element (array, i);

      if (json_node_get_value_type (role) != G_TYPE_STRING || !mc_code_find (ROLES, json_node_get_string (role)))
        fail (reader, _("“%s” names a role that does not exist"), name);
      else
        g_ptr_array_add (roles, g_string_chunk_insert_const (reader->template->chunk, json_node_get_string (role)));
    }
  g_ptr_array_add (roles, NULL);
  g_ptr_array_add (reader->template->roles, g_ptr_array_steal (roles, NULL));
  return g_ptr_array_index (reader->template->roles, reader->template->roles->len - 1);
}

static void
read_place (Reader *reader, JsonNode *node, McBlockPlace *place)
{
  place->roles = no_roles;
  place->text = "";
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      place->text = read_text (reader, json_node_get_object (node), "text", TRUE);
      place->roles = read_roles (reader, json_node_get_object (node), "roles");
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      mc_document_values_foreach_placeholder (json_node_get_string (node), check_placeholder, reader);
      place->text = g_string_chunk_insert_const (reader->template->chunk, json_node_get_string (node));
    }
  else
    fail (reader, _("“%s” must be a text"), "places");
}

static void
read_signatures (Reader *reader, JsonObject *object, McBlock *block)
{
  JsonArray *places = read_array (reader, object, "places");

  block->places = g_array_new (FALSE, TRUE, sizeof (McBlockPlace));
  for (guint i = 0; places && i < json_array_get_length (places); i++)
    {
      McBlockPlace place;

      read_place (reader, json_array_get_element (places, i), &place);
      g_array_append_val (block->places, place);
    }
}

static void
read_photos (Reader *reader, JsonObject *object, McBlock *block)
{
  block->table = read_text (reader, object, "rows", TRUE);
  if (!is_known_table (reader, block->table))
    fail (reader, _("there is no table “%s”"), block->table);
}

static void
read_seal (Reader *reader, JsonObject *object, McBlock *block)
{
  block->text = read_text (reader, object, "authority", TRUE);
  block->date = read_text (reader, object, "date", TRUE);
}

static void
read_nothing (Reader *reader, JsonObject *object, McBlock *block)
{
}

static void
read_condition (Reader *reader, JsonObject *object, McBlock *block)
{
  block->unless = json_object_has_member (object, "unless");
  block->condition = read_text (reader, object, block->unless ? "unless" : "if", FALSE);
  if (!*block->condition)
    block->condition = NULL;
  else if (!is_known (reader, block->condition) && !is_known_table (reader, block->condition))
    fail (reader, _("there is no field “%s”"), block->condition);
}

static void
read_block (Reader *reader, JsonObject *object)
{
  static const struct
  {
    const char *name;
    McBlockKind kind;
    void (*read) (Reader *reader, JsonObject *object, McBlock *block);
  } kinds[] = {
    { "paragraph", MC_BLOCK_PARAGRAPH, read_paragraph },    { "fields", MC_BLOCK_FIELDS, read_fields },
    { "table", MC_BLOCK_TABLE, read_table },                { "signatures", MC_BLOCK_SIGNATURES, read_signatures },
    { "seal", MC_BLOCK_SEAL, read_seal },                   { "page-break", MC_BLOCK_PAGE_BREAK, read_nothing },
    { "photos", MC_BLOCK_PHOTOS, read_photos },
  };
  const char *type = read_text (reader, object, "type", TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, type) == 0)
      {
        McBlock *block = g_new0 (McBlock, 1);

        g_ptr_array_add (reader->template->blocks, block);
        block->kind = kinds[i].kind;
        read_condition (reader, object, block);
        kinds[i].read (reader, object, block);
        return;
      }
  fail (reader, _("there is no block of type “%s”"), type);
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static void
set_place (Reader *reader, char *place)
{
  g_free (reader->place);
  reader->place = place;
}

static void
read_texts (Reader *reader, JsonObject *root)
{
  static const struct
  {
    McTemplateText which;
    const char *group;
    const char *name;
    gboolean optional; /* the group, or a text without one */
  } texts[] = {
    { MC_TEMPLATE_ID, NULL, "id" },
    { MC_TEMPLATE_TITLE, NULL, "title" },
    { MC_TEMPLATE_AUTHORITY, NULL, "authority" },
    { MC_TEMPLATE_NUMBER, NULL, "number" },
    { MC_TEMPLATE_NUMBER_WORD, NULL, "number_word", TRUE },
    { MC_TEMPLATE_PAGE_SIGNATURES, NULL, "page_signatures" },
    { MC_TEMPLATE_PAGE_NUMBER, NULL, "page_number" },
    { MC_TEMPLATE_SEAL_TEXT, NULL, "seal_text" },
    { MC_TEMPLATE_SEAL_TEXT_LAST, NULL, "seal_text_last" },
    { MC_TEMPLATE_DRAFT_UNLESS, "draft", "unless", TRUE },
    { MC_TEMPLATE_DRAFT_TEXT, "draft", "text", TRUE },
    { MC_TEMPLATE_FONT_BODY, "fonts", "body" },
    { MC_TEMPLATE_FONT_HEADING, "fonts", "heading" },
    { MC_TEMPLATE_FONT_TITLE, "fonts", "title" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JsonNode *group = texts[i].group ? json_object_get_member (root, texts[i].group) : NULL;
      gboolean absent = texts[i].group && !group;

      reader->template->texts[texts[i].which] = "";
      if (absent && texts[i].optional)
        continue;
      if (absent || (group && !JSON_NODE_HOLDS_OBJECT (group)))
        fail (reader, _("“%s” is missing"), texts[i].group);
      else
        reader->template->texts[texts[i].which] = read_text (reader, group ? json_node_get_object (group) : root, texts[i].name,
                                                             texts[i].group || !texts[i].optional);
    }
}

static gboolean
read_boolean (Reader *reader, JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    fail (reader, _("“%s” must be true or false"), name);
  return node && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static void
read_signers (Reader *reader, JsonObject *root)
{
  JsonArray *array = json_object_has_member (root, "signers") ? read_array (reader, root, "signers") : NULL;

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonObject *object = element_object (reader, array, i);
      McTemplateSigner signer = { 0 };

      if (!object)
        return;
      signer.role = read_text (reader, object, "role", TRUE);
      signer.required = read_boolean (reader, object, "required");
      if (!mc_code_find (ROLES, signer.role))
        fail (reader, _("“%s” names a role that does not exist"), "signers");
      g_array_append_val (reader->template->signers, signer);
    }
}

static void
read_titles (Reader *reader, JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "by_authority");
  g_autoptr (GList) kinds = NULL;

  if (!node)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (reader, _("“%s” must be an object"), "by_authority");
      return;
    }
  kinds = json_object_get_members (json_node_get_object (node));
  for (GList *kind = kinds; kind; kind = kind->next)
    {
      JsonNode *member = json_object_get_member (json_node_get_object (node), kind->data);

      if (!mc_code_find ("authority-kind", kind->data) || !JSON_NODE_HOLDS_OBJECT (member))
        fail (reader, _("“by_authority” names “%s”, which is no kind of authority"), (const char *) kind->data);
      else
        g_hash_table_insert (reader->template->titles, g_string_chunk_insert_const (reader->template->chunk, kind->data),
                             (char *) read_text (reader, json_node_get_object (member), "title", TRUE));
    }
}

static void
read_clock (Reader *reader, JsonObject *root)
{
  const char *clock = read_text (reader, root, "clock", FALSE);

  reader->template->from_delivery = strcmp (clock, "delivery") == 0;
  if (*clock && !reader->template->from_delivery && strcmp (clock, "day") != 0)
    fail (reader, _("“%s” must be “delivery” or “day”"), "clock");
}

static void
read_template (Reader *reader, JsonNode *node)
{
  JsonObject *root = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *blocks;

  set_place (reader, g_strdup ("template"));
  if (!root)
    {
      fail (reader, _("it must be an object"));
      return;
    }
  read_texts (reader, root);
  read_titles (reader, root);
  read_signers (reader, root);
  reader->template->page_roles = read_roles (reader, root, "page_signature_roles");
  reader->template->delivered = read_boolean (reader, root, "delivered");
  read_clock (reader, root);
  if (!reader->error && *reader->template->texts[MC_TEMPLATE_DRAFT_UNLESS] && !is_known (reader, reader->template->texts[MC_TEMPLATE_DRAFT_UNLESS]))
    fail (reader, _("there is no field “%s”"), reader->template->texts[MC_TEMPLATE_DRAFT_UNLESS]);
  blocks = read_array (reader, root, "blocks");
  for (guint i = 0; blocks && i < json_array_get_length (blocks) && !reader->error; i++)
    {
      JsonObject *block;

      set_place (reader, g_strdup_printf ("blocks[%u]", i));
      block = element_object (reader, blocks, i);
      if (block)
        read_block (reader, block);
    }
}

McDocumentTemplate *
mc_document_template_new_from_json (const char *json, gsize length, const char *const *known, GError **error)
{
  g_autoptr (McDocumentTemplate) self = g_new0 (McDocumentTemplate, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) failure = NULL;
  Reader reader = { .template = self, .known = known };

  g_atomic_ref_count_init (&self->refs);
  self->chunk = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  self->roles = g_ptr_array_new_with_free_func (g_free);
  self->signers = g_array_new (FALSE, TRUE, sizeof (McTemplateSigner));
  self->titles = g_hash_table_new (g_str_hash, g_str_equal);
  set_place (&reader, g_strdup ("template"));
  if (length > MC_DOCUMENT_TEMPLATE_MAX_BYTES)
    fail (&reader, _("it is larger than %d bytes"), MC_DOCUMENT_TEMPLATE_MAX_BYTES);
  else if (!g_utf8_validate (json, (gssize) length, NULL))
    fail (&reader, _("it is not UTF-8"));
  else if (!mc_json_check (json, length, MAX_DEPTH, &failure) || !json_parser_load_from_data (parser, json, (gssize) length, &failure))
    fail (&reader, "%s", failure->message);
  else
    read_template (&reader, json_parser_get_root (parser));
  g_free (reader.place);
  if (reader.error)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

McDocumentTemplate *
mc_document_template_load_file (const char *path, const char *const *known, GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) failure = NULL;
  McDocumentTemplate *self;
  gsize length;

  if (!g_file_get_contents (path, &json, &length, &failure))
    {
      g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("The document template “%s” cannot be read: %s. Nothing was changed."), shown,
                   g_strerror (errno));
      return NULL;
    }
  self = mc_document_template_new_from_json (json, length, known, error);
  if (!self)
    g_prefix_error (error, "%s: ", shown);
  return self;
}

McDocumentTemplate *
mc_document_template_load_builtin (const char *name, const char *const *known, GError **error)
{
  g_autofree char *path = g_strconcat (TEMPLATES_PATH, name, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *json = bytes ? g_bytes_get_data (bytes, &length) : NULL;

  if (!json)
    {
      g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("There is no document template “%s”."), name);
      return NULL;
    }
  return mc_document_template_new_from_json (json, length, known, error);
}

const char *
mc_document_template_get_text (McDocumentTemplate *self, McTemplateText which)
{
  return self->texts[which];
}

guint
mc_document_template_n_blocks (McDocumentTemplate *self)
{
  return self->blocks->len;
}

const McBlock *
mc_document_template_get_block (McDocumentTemplate *self, guint index)
{
  return g_ptr_array_index (self->blocks, index);
}

const char *
mc_document_template_get_title (McDocumentTemplate *self, const char *authority_kind)
{
  const char *title = authority_kind ? g_hash_table_lookup (self->titles, authority_kind) : NULL;

  return title ? title : self->texts[MC_TEMPLATE_TITLE];
}

const McTemplateSigner *
mc_document_template_get_signers (McDocumentTemplate *self, guint *n_signers)
{
  *n_signers = self->signers->len;
  return (const McTemplateSigner *) (void *) self->signers->data;
}

const char *const *
mc_document_template_get_page_signature_roles (McDocumentTemplate *self)
{
  return self->page_roles;
}

gboolean
mc_document_template_is_delivered (McDocumentTemplate *self)
{
  return self->delivered;
}

gboolean
mc_document_template_counts_from_delivery (McDocumentTemplate *self)
{
  return self->from_delivery;
}

McDocumentTemplate *
mc_document_template_load (const char *folder, const char *name, const char *const *known, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = folder ? g_build_filename (folder, file, NULL) : NULL;

  if (path && g_file_test (path, G_FILE_TEST_EXISTS))
    return mc_document_template_load_file (path, known, error);
  return mc_document_template_load_builtin (name, known, error);
}
