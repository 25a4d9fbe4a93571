/* SPDX-License-Identifier: GPL-3.0-or-later
 * Empty rosters to be filled in and imported: the right headers, and lists of what may be entered. */
#include "mc-roster-template.h"

#include <string.h>

#include "mc-column-plan.h"
#include "mc-workbook-words.h"
#include "store/mc-code-list.h"

/* A list to choose from is of no use if it is longer. */
#define MAX_AREAS 5000

static char **
code_labels (const char *list)
{
  const McCode *const *codes = mc_code_list (list);
  GPtrArray *labels = g_ptr_array_new ();

  for (guint i = 0; codes[i]; i++)
    g_ptr_array_add (labels, g_strdup (codes[i]->label));
  g_ptr_array_add (labels, NULL);
  return (char **) g_ptr_array_free (labels, FALSE);
}

static gboolean
can_be_chosen (McAreaTree *areas, const McArea *area, const char *within)
{
  if (area->retired || strcmp (area->level, "province") == 0 || strcmp (area->level, "city") == 0)
    return FALSE;
  return !within || mc_area_tree_contains (areas, within, area->id);
}

static char **
area_paths (McAreaTree *areas, const char *within)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint rank = 0; rank < mc_area_tree_get_n_areas (areas) && paths->len < MAX_AREAS; rank++)
    {
      const McArea *area = mc_area_tree_get (areas, rank);

      if (can_be_chosen (areas, area, within))
        g_ptr_array_add (paths, mc_area_get_path (area, NULL));
    }
  g_ptr_array_set_free_func (paths, NULL);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

static McCellType
cell_type (McFieldType type)
{
  switch (type)
    {
    case MC_FIELD_INTEGER:
      return MC_CELL_INTEGER;
    case MC_FIELD_DATE:
      return MC_CELL_DATE;
    case MC_FIELD_MONEY:
      return MC_CELL_MONEY;
    case MC_FIELD_HUNDREDTHS:
      return MC_CELL_HUNDREDTHS;
    case MC_FIELD_TEXT:
    case MC_FIELD_BOOLEAN:
    case MC_FIELD_TIME:
    case MC_FIELD_CHOICE:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_LIST:
    case MC_FIELD_BLOB:
    default:
      return MC_CELL_TEXT;
    }
}

static McColumn
make_column (const McWorkbookSheet *sheet, const char *key, McAreaTree *areas, const char *within)
{
  const McField *field = mc_entity_field (mc_entity_find (sheet->entity), key);
  McColumn column = { .header = mc_column_plan_header (sheet->key, key), .type = cell_type (field->type) };

  column.wrap = (field->flags & MC_FIELD_MULTILINE) != 0;
  if (field->type == MC_FIELD_CHOICE)
    column.choices = (const char *const *) code_labels (field->list);
  else if (field->type == MC_FIELD_REFERENCE && strcmp (field->list, "area") == 0)
    column.choices = (const char *const *) area_paths (areas, within);
  return column;
}

static gboolean
write_table (const McWorkbookSheet *sheet, const GArray *columns, guint rows, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (McWorkbook) workbook = mc_workbook_new (path, cancellable, error);
  McTable table = { 0 };

  if (!workbook)
    return FALSE;
  table.sheet_name = sheet->sheet;
  table.title = sheet->title;
  table.columns = (const McColumn *) columns->data;
  table.n_columns = columns->len;
  table.frozen_columns = 1;
  table.blank_rows = rows;
  return mc_workbook_add_table (workbook, &table, NULL, NULL, error) && mc_workbook_finish (workbook, NULL, error);
}

gboolean
mc_roster_template_write (McRosterKind kind, McAreaTree *areas, const char *area, guint rows, const char *path,
                          GCancellable *cancellable, GError **error)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (kind == MC_ROSTER_FACILITIES ? "facility_template" : "inspector_template");
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (McColumn));
  gboolean written;

  for (guint i = 0; sheet->columns[i]; i++)
    {
      McColumn column = make_column (sheet, sheet->columns[i], areas, area);

      g_array_append_val (columns, column);
    }
  written = write_table (sheet, columns, rows, path, cancellable, error);
  for (guint i = 0; i < columns->len; i++)
    g_strfreev ((char **) g_array_index (columns, McColumn, i).choices);
  return written;
}
