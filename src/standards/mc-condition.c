/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading and evaluating the conditions of items, in Kleene's three-valued logic. */
#include "mc-condition.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "store/mc-code-list.h"

typedef enum
{
  OP_EQ,
  OP_IN,
  OP_GE,
  OP_LE,
  OP_ALL,
  OP_ANY,
  OP_NOT,
} Op;

struct _McCondition
{
  gatomicrefcount refs;
  Op op;
  gboolean of_assessment;
  char *key;            /* of a leaf */
  McFieldType type;
  McValue *values;      /* one, or several of OP_IN */
  guint n_values;
  GPtrArray *children;  /* of McCondition */
};

typedef struct
{
  const McEntity *assessment;
  McFaultFunc fault;
  gpointer data;
} Reader;

static McCondition *read_condition (const Reader *reader, JsonNode *node, const char *path, guint depth);

static void
report (const Reader *reader, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
report (const Reader *reader, const char *path, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (reader->fault)
    reader->fault (path, reason, reader->data);
}

static McCondition *
condition_alloc (Op op)
{
  McCondition *self = g_new0 (McCondition, 1);

  g_atomic_ref_count_init (&self->refs);
  self->op = op;
  return self;
}

static gboolean
is_ordered (McFieldType type)
{
  return type == MC_FIELD_INTEGER || type == MC_FIELD_MONEY || type == MC_FIELD_HUNDREDTHS || type == MC_FIELD_DATE;
}

static gboolean
read_number (const Reader *reader, JsonNode *node, const char *path, McFieldType type, McValue *value)
{
  double number, scaled;

  if (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    {
      report (reader, path, _("must be a number"));
      return FALSE;
    }
  number = json_node_get_double (node);
  scaled = type == MC_FIELD_HUNDREDTHS ? number * 100 : number;
  if (fabs (scaled) > 9e15 || fabs (scaled - round (scaled)) > 1e-6)
    {
      report (reader, path, _("must be a whole number, or have at most two decimal places in a column of measures"));
      return FALSE;
    }
  mc_value_init_integer (value, (gint64) llround (scaled));
  return TRUE;
}

static gboolean
read_text (const Reader *reader, JsonNode *node, const char *path, const McField *field, McValue *value)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  if (!text || !*text)
    {
      report (reader, path, _("must be a text that is not empty"));
      return FALSE;
    }
  if (field->type == MC_FIELD_CHOICE && !mc_code_find (field->list, text))
    {
      report (reader, path, _("“%s” is no code of the list “%s”"), text, field->list);
      return FALSE;
    }
  mc_value_init_text (value, text);
  return TRUE;
}

static gboolean
read_value (const Reader *reader, JsonNode *node, const char *path, const McField *field, McValue *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node))
    {
      report (reader, path, _("must be a single value"));
      return FALSE;
    }
  switch (field->type)
    {
    case MC_FIELD_INTEGER:
    case MC_FIELD_MONEY:
    case MC_FIELD_TIME:
    case MC_FIELD_HUNDREDTHS:
      return read_number (reader, node, path, field->type, value);
    case MC_FIELD_BOOLEAN:
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        {
          report (reader, path, _("must be true or false"));
          return FALSE;
        }
      mc_value_init_boolean (value, json_node_get_boolean (node));
      return TRUE;
    case MC_FIELD_TEXT:
    case MC_FIELD_DATE:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return read_text (reader, node, path, field, value);
    }
}

static gboolean
read_values (const Reader *reader, McCondition *self, JsonNode *node, const char *path, const McField *field)
{
  JsonArray *array;
  gboolean good = TRUE;

  if (self->op != OP_IN)
    {
      self->values = g_new0 (McValue, 1);
      self->n_values = 1;
      return read_value (reader, node, path, field, &self->values[0]);
    }
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    {
      report (reader, path, _("must be a list that is not empty"));
      return FALSE;
    }
  array = json_node_get_array (node);
  self->n_values = json_array_get_length (array);
  self->values = g_new0 (McValue, self->n_values);
  for (guint i = 0; i < self->n_values; i++)
    {
      g_autofree char *at = g_strdup_printf ("%s[%u]", path, i);

      good = read_value (reader, json_array_get_element (array, i), at, field, &self->values[i]) && good;
    }
  return good;
}

/* The column that @name means, or NULL and a fault. */
static const McField *
find_field (const Reader *reader, McCondition *self, const char *name, const char *path)
{
  const McEntity *entity = mc_entity_find ("facility");
  const McField *field;

  self->of_assessment = g_str_has_prefix (name, "assessment.");
  if (self->of_assessment)
    {
      entity = reader->assessment;
      name += strlen ("assessment.");
    }
  field = entity ? mc_entity_field (entity, name) : NULL;
  if (!field)
    report (reader, path, _("there is no column “%s”"), name);
  else if (field->flags & MC_FIELD_PERSONAL)
    {
      report (reader, path, _("the column “%s” is personal and cannot decide about an item"), name);
      return NULL;
    }
  return field;
}

static McCondition *
read_leaf (const Reader *reader, JsonObject *object, const char *path)
{
  static const char *const names[] = { "eq", "in", "ge", "le" };
  g_autoptr (McCondition) self = condition_alloc (OP_EQ);
  g_autofree char *field_path = g_strconcat (path, ".field", NULL);
  g_autofree char *value_path = NULL;
  JsonNode *name = json_object_get_member (object, "field");
  const McField *field;
  int op = -1;

  if (!JSON_NODE_HOLDS_VALUE (name) || json_node_get_value_type (name) != G_TYPE_STRING)
    return report (reader, field_path, _("must be the name of a column")), NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (json_object_has_member (object, names[i]))
      op = (int) i;
  if (op < 0 || json_object_get_size (object) != 2)
    return report (reader, path, _("beside “field” exactly one of eq, in, ge, le must stand")), NULL;
  self->op = (Op) op;
  field = find_field (reader, self, json_node_get_string (name), field_path);
  if (!field)
    return NULL;
  self->key = g_strdup (field->key);
  self->type = field->type;
  value_path = g_strconcat (path, ".", names[op], NULL);
  if ((self->op == OP_GE || self->op == OP_LE) && !is_ordered (field->type))
    return report (reader, value_path, _("the column “%s” has no order; only eq and in fit it"), field->key), NULL;
  if (!read_values (reader, self, json_object_get_member (object, names[op]), value_path, field))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
add_child (const Reader *reader, McCondition *self, JsonNode *node, const char *path, guint depth)
{
  McCondition *child = read_condition (reader, node, path, depth + 1);

  if (!child)
    return FALSE;
  g_ptr_array_add (self->children, child);
  return TRUE;
}

static McCondition *
read_group (const Reader *reader, JsonNode *node, Op op, const char *path, guint depth)
{
  g_autoptr (McCondition) self = condition_alloc (op);
  JsonArray *array;
  gboolean good = TRUE;

  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_condition_unref);
  if (op == OP_NOT)
    return add_child (reader, self, node, path, depth) ? g_steal_pointer (&self) : NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return report (reader, path, _("must be a list that is not empty")), NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *at = g_strdup_printf ("%s[%u]", path, i);

      good = add_child (reader, self, json_array_get_element (array, i), at, depth) && good;
    }
  return good ? g_steal_pointer (&self) : NULL;
}

static McCondition *
read_condition (const Reader *reader, JsonNode *node, const char *path, guint depth)
{
  static const struct
  {
    const char *name;
    Op op;
  } groups[] = { { "all", OP_ALL }, { "any", OP_ANY }, { "not", OP_NOT } };
  JsonObject *object;

  if (depth > MC_CONDITION_MAX_DEPTH)
    return report (reader, path, _("conditions stand more than %d deep"), MC_CONDITION_MAX_DEPTH), NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return report (reader, path, _("must be a condition: field, all, any or not")), NULL;
  object = json_node_get_object (node);
  if (json_object_has_member (object, "field"))
    return read_leaf (reader, object, path);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (json_object_get_size (object) == 1 && json_object_has_member (object, groups[i].name))
      {
        g_autofree char *at = g_strconcat (path, ".", groups[i].name, NULL);

        return read_group (reader, json_object_get_member (object, groups[i].name), groups[i].op, at, depth);
      }
  return report (reader, path, _("must be a condition: field, all, any or not")), NULL;
}

McCondition *
mc_condition_new_from_json (JsonNode *node, const char *path, const McEntity *assessment, McFaultFunc fault, gpointer data)
{
  const Reader reader = { assessment, fault, data };

  g_return_val_if_fail (node != NULL && path != NULL, NULL);
  return read_condition (&reader, node, path, 1);
}

McCondition *
mc_condition_ref (McCondition *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_condition_unref (McCondition *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_values; i++)
    mc_value_clear (&self->values[i]);
  g_free (self->values);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self->key);
  g_free (self);
}

static gboolean
list_contains (const char *list, const char *item)
{
  g_auto (GStrv) items = g_strsplit (list, "\n", -1);

  return g_strv_contains ((const char *const *) items, item);
}

static gboolean
matches (const McCondition *self, const McValue *value)
{
  for (guint i = 0; i < self->n_values; i++)
    {
      int order;

      if (self->type == MC_FIELD_LIST)
        {
          if (list_contains (value->text, self->values[i].text))
            return TRUE;
          continue;
        }
      order = mc_value_compare (value, &self->values[i]);
      if (self->op == OP_GE ? order >= 0 : self->op == OP_LE ? order <= 0 : order == 0)
        return TRUE;
    }
  return FALSE;
}

static McTruth
evaluate_leaf (const McCondition *self, const McRecord *record)
{
  const McValue *value = record ? mc_record_get (record, self->key) : NULL;

  if (!value || value->type == MC_VALUE_NULL || value->type == MC_VALUE_SEALED)
    return MC_TRUTH_UNKNOWN;
  return matches (self, value) ? MC_TRUTH_TRUE : MC_TRUTH_FALSE;
}

McTruth
mc_condition_evaluate (const McCondition *self, const McRecord *facility, const McRecord *assessment)
{
  McTruth truth;

  if (!self)
    return MC_TRUTH_TRUE;
  if (!self->children)
    return evaluate_leaf (self, self->of_assessment ? assessment : facility);
  /* FALSE < UNKNOWN < TRUE: "all" is the least of its parts, "any" the greatest, "not" the mirror image. */
  truth = self->op == OP_ANY ? MC_TRUTH_FALSE : MC_TRUTH_TRUE;
  for (guint i = 0; i < self->children->len; i++)
    {
      McTruth part = mc_condition_evaluate (g_ptr_array_index (self->children, i), facility, assessment);

      if (self->op == OP_NOT)
        return MC_TRUTH_TRUE - part;
      truth = self->op == OP_ANY ? MAX (truth, part) : MIN (truth, part);
    }
  return truth;
}
