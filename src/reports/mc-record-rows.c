/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of records as rows of a sheet: the columns of a plan, typed, with words for codes and names for references. */
#include "mc-record-rows.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "mc-row-pages.h"
#include "mc-workbook-words.h"
#include "store/mc-code-list.h"

typedef struct
{
  McRowColumn column;
  guint value;     /* index of its value in the row that is read */
  GString *text;   /* what the cell borrows, where it is put together here */
} Source;

struct _McRecordRows
{
  McReportNames *names;
  const McEntity *entity;
  McRowPages *pages;
  GArray *sources; /* of Source */
  GArray *columns; /* of McColumn */
};

/* --- columns ------------------------------------------------------------------------------------------------ */

static McRowColumn
find_column (const McRowTable *table, const McEntity *entity, const char *key)
{
  const McField *field = mc_entity_field (entity, key);
  McRowColumn column = { .key = key };

  for (guint i = 0; table->columns[i].key; i++)
    if (strcmp (table->columns[i].key, key) == 0)
      return table->columns[i];
  if (field)
    {
      column.type = field->type;
      column.list = field->list;
    }
  return column;
}

static McCellType
cell_type (const McRowColumn *column)
{
  if (column->meaning == MC_ROW_COUNT)
    return MC_CELL_INTEGER;
  if (column->meaning != MC_ROW_FIELD)
    return MC_CELL_TEXT;
  switch (column->type)
    {
    case MC_FIELD_INTEGER:
      return MC_CELL_INTEGER;
    case MC_FIELD_DATE:
      return MC_CELL_DATE;
    case MC_FIELD_TIME:
      return MC_CELL_TIME;
    case MC_FIELD_MONEY:
      return MC_CELL_MONEY;
    case MC_FIELD_HUNDREDTHS:
      return MC_CELL_HUNDREDTHS;
    case MC_FIELD_TEXT:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return MC_CELL_TEXT;
    }
}

static void
add_column (McRecordRows *self, const McWorkbookSheet *sheet, const McRowColumn *column)
{
  const McField *field = mc_entity_field (self->entity, column->key);
  McColumn shown = { 0 };

  shown.header = mc_column_plan_header (sheet->key, column->key);
  shown.type = cell_type (column);
  shown.total = g_strv_contains (sheet->totals, column->key);
  shown.wrap = column->meaning == MC_ROW_ITEM || (field && (field->flags & MC_FIELD_MULTILINE));
  g_array_append_val (self->columns, shown);
}

/* The same expression is read once, whatever number of columns are made of it. */
static guint
add_expression (GPtrArray *expressions, const McRowTable *table, const McRowColumn *column)
{
  g_autofree char *expression = column->sql ? g_strdup (column->sql) : g_strdup_printf ("%s.%s", table->alias, column->key);
  guint index;

  if (!g_ptr_array_find_with_equal_func (expressions, expression, g_str_equal, &index))
    {
      index = expressions->len;
      g_ptr_array_add (expressions, g_steal_pointer (&expression));
    }
  return index;
}

static void
source_clear (Source *source)
{
  g_string_free (source->text, TRUE);
}

McRecordRows *
mc_record_rows_new (McStore *store, const McRowTable *table, McColumnPlan *plan, McReportNames *names,
                    const gint64 *rowids, guint n_rowids, GCancellable *cancellable)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (table->sheet);
  const char *const *keys = mc_column_plan_get_columns (plan);
  McRecordRows *self = g_new0 (McRecordRows, 1);
  g_autoptr (GPtrArray) expressions = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *selected = NULL;
  g_autofree char *sql = NULL;
  guint n_expressions;

  self->names = names;
  self->entity = mc_entity_find (sheet->entity);
  self->sources = g_array_new (FALSE, TRUE, sizeof (Source));
  g_array_set_clear_func (self->sources, (GDestroyNotify) source_clear);
  self->columns = g_array_new (FALSE, TRUE, sizeof (McColumn));
  for (guint i = 0; keys[i]; i++)
    {
      Source source = { find_column (table, self->entity, keys[i]), 0, g_string_new (NULL) };

      source.value = add_expression (expressions, table, &source.column);
      add_column (self, sheet, &source.column);
      g_array_append_val (self->sources, source);
    }
  n_expressions = expressions->len;
  g_ptr_array_add (expressions, NULL);
  selected = g_strjoinv (", ", (char **) expressions->pdata);
  sql = g_strdup_printf ("SELECT %s %s WHERE %s.rowid = ?1", selected, table->from, table->alias);
  self->pages = mc_row_pages_new (store, sql, n_expressions, rowids, n_rowids, cancellable);
  return self;
}

void
mc_record_rows_free (McRecordRows *self)
{
  if (!self)
    return;
  mc_row_pages_free (self->pages);
  g_array_unref (self->sources);
  g_array_unref (self->columns);
  g_free (self);
}

const McColumn *
mc_record_rows_get_columns (McRecordRows *self, guint *n_columns)
{
  *n_columns = self->columns->len;
  return (const McColumn *) self->columns->data;
}

/* --- values ------------------------------------------------------------------------------------------------- */

static const char *
reference_name (McRecordRows *self, const char *entity, const char *id)
{
  if (strcmp (entity, "area") == 0)
    return mc_report_names_get_area (self->names, id);
  if (strcmp (entity, "authority") == 0)
    return mc_report_names_get_authority (self->names, id);
  if (strcmp (entity, "inspector") == 0)
    return mc_report_names_get_inspector (self->names, id);
  return id;
}

/* An item of a list: the id of an inspector, a code, or a text as it is. */
static const char *
list_item (McRecordRows *self, const Source *source, const char *item)
{
  const char *list = source->column.list;
  const char *name;

  if (!list)
    return item;
  if (!mc_entity_find (list))
    return mc_code_label (list, item);
  name = reference_name (self, list, item);
  return *name ? name : item;
}

static const char *
join_list (McRecordRows *self, Source *source, const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, "\n", -1);

  for (guint i = 0; items[i] && *items[i]; i++)
    {
      g_string_append (source->text, i > 0 ? mc_workbook_words_get ()->list_separator : "");
      g_string_append (source->text, list_item (self, source, items[i]));
    }
  return source->text->str;
}

/* "*" marks the whole record. */
static const char *
name_samples (McRecordRows *self, Source *source, const char *text)
{
  g_auto (GStrv) keys = g_strsplit (text, "\n", -1);

  for (guint i = 0; keys[i] && *keys[i]; i++)
    {
      const McField *field = mc_entity_field (self->entity, keys[i]);

      g_string_append (source->text, i > 0 ? mc_workbook_words_get ()->list_separator
                                           : "");
      g_string_append (source->text, field ? _(field->label) : mc_workbook_words_get ()->sample);
    }
  return source->text->str;
}

static const char *
name_state (Source *source, McRecordState state)
{
  const McWorkbookWords *words = mc_workbook_words_get ();

  g_string_append (source->text, state & MC_RECORD_SEALED ? words->finalised : words->draft);
  if (state & MC_RECORD_CONFLICT)
    g_string_append_printf (source->text, "%s%s", words->list_separator, words->conflict);
  if (state & MC_RECORD_LATE)
    g_string_append_printf (source->text, "%s%s", words->list_separator, words->late);
  return source->text->str;
}

static const char *
name_item (McRecordRows *self, Source *source, const char *text)
{
  const char *space = strchr (text, ' ');

  if (!space)
    return "";
  g_string_append_len (source->text, text, space - text);
  return mc_report_names_get_item (self->names, source->text->str, space + 1);
}

static gint64
number_at (const char *text, guint index)
{
  for (; index > 0 && text; index--)
    text = strchr (text, ' ') ? strchr (text, ' ') + 1 : NULL;
  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static const char *
field_text (McRecordRows *self, Source *source, const McRowValue *value)
{
  switch (source->column.type)
    {
    case MC_FIELD_BOOLEAN:
      return value->integer ? mc_workbook_words_get ()->yes : mc_workbook_words_get ()->no;
    case MC_FIELD_CHOICE:
      return mc_code_label (source->column.list, value->text);
    case MC_FIELD_REFERENCE:
      return reference_name (self, source->column.list, value->text);
    case MC_FIELD_LIST:
      return join_list (self, source, value->text);
    case MC_FIELD_TEXT:
    case MC_FIELD_INTEGER:
    case MC_FIELD_DATE:
    case MC_FIELD_TIME:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
    case MC_FIELD_BLOB:
    default:
      return value->text;
    }
}

static const char *
cell_text (McRecordRows *self, Source *source, const McRowValue *value)
{
  switch (source->column.meaning)
    {
    case MC_ROW_COUNTY:
      return mc_report_names_get_county (self->names, value->text);
    case MC_ROW_BELOW_COUNTY:
      return mc_report_names_get_below_county (self->names, value->text);
    case MC_ROW_AREA_CODE:
      return mc_report_names_get_area_code (self->names, value->text);
    case MC_ROW_STATE:
      return name_state (source, (McRecordState) value->integer);
    case MC_ROW_ITEM:
      return name_item (self, source, value->text);
    case MC_ROW_SAMPLES:
      return name_samples (self, source, value->text);
    case MC_ROW_FIELD:
    case MC_ROW_COUNT:
    default:
      return field_text (self, source, value);
    }
}

static void
fill_cell (McRecordRows *self, Source *source, McCellType type, const McRowValue *value, McCell *cell)
{
  g_string_truncate (source->text, 0);
  if (value->is_null)
    return;
  cell->type = type;
  if (source->column.meaning == MC_ROW_COUNT)
    cell->integer = number_at (value->text, source->column.index);
  else if (type == MC_CELL_TEXT || type == MC_CELL_DATE)
    cell->text = cell_text (self, source, value);
  else
    cell->integer = value->integer;
}

gboolean
mc_record_rows_next (McCell *cells, gpointer rows, GError **error)
{
  McRecordRows *self = rows;
  const McRowValue *values = mc_row_pages_next (self->pages, error);

  if (!values)
    return FALSE;
  for (guint i = 0; i < self->sources->len; i++)
    {
      Source *source = &g_array_index (self->sources, Source, i);

      fill_cell (self, source, g_array_index (self->columns, McColumn, i).type, &values[source->value], &cells[i]);
    }
  return TRUE;
}
