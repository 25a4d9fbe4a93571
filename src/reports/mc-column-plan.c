/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which columns a sheet has, and in which order: what an office calls its plan. A pure value. */
#include "mc-column-plan.h"

#include <glib/gi18n.h>

#include "mc-workbook-words.h"
#include "store/mc-entity.h"

struct _McColumnPlan
{
  gatomicrefcount refs;
  const McWorkbookSheet *sheet;
  GPtrArray *columns; /* of interned texts, NULL-terminated */
};

/* Takes @columns. */
static McColumnPlan *
plan_new (const McWorkbookSheet *sheet, GPtrArray *columns)
{
  McColumnPlan *self = g_new0 (McColumnPlan, 1);

  g_atomic_ref_count_init (&self->refs);
  self->sheet = sheet;
  self->columns = columns;
  g_ptr_array_add (columns, NULL);
  return self;
}

/* A copy without the NULL at the end, to be edited. */
static GPtrArray *
copy_columns (McColumnPlan *self)
{
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; i + 1 < self->columns->len; i++)
    g_ptr_array_add (columns, g_ptr_array_index (self->columns, i));
  return columns;
}

static gboolean
sheet_has (const McWorkbookSheet *sheet, const char *column)
{
  return g_strv_contains (sheet->columns, column) || g_strv_contains (sheet->optional, column);
}

McColumnPlan *
mc_column_plan_new_default (const char *sheet_key)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (sheet_key);
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; sheet->columns[i]; i++)
    g_ptr_array_add (columns, (char *) sheet->columns[i]);
  return plan_new (sheet, columns);
}

McColumnPlan *
mc_column_plan_new (const char *sheet_key, const char *const *columns, GError **error)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (sheet_key);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; columns[i]; i++)
    {
      const char *column = g_intern_string (columns[i]);

      if (!sheet_has (sheet, column) || g_ptr_array_find (kept, column, NULL))
        {
          g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT,
                       sheet_has (sheet, column) ? _("The column “%s” stands twice in the plan.") : _("There is no column “%s”."), column);
          return NULL;
        }
      g_ptr_array_add (kept, (char *) column);
    }
  if (kept->len == 0)
    {
      g_set_error_literal (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT, _("A plan needs at least one column."));
      return NULL;
    }
  return plan_new (sheet, g_steal_pointer (&kept));
}

McColumnPlan *
mc_column_plan_ref (McColumnPlan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_column_plan_unref (McColumnPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->columns);
  g_free (self);
}

const char *
mc_column_plan_get_sheet (McColumnPlan *self)
{
  return self->sheet->key;
}

const char *const *
mc_column_plan_get_columns (McColumnPlan *self)
{
  return (const char *const *) self->columns->pdata;
}

gboolean
mc_column_plan_has (McColumnPlan *self, const char *column)
{
  return g_strv_contains (mc_column_plan_get_columns (self), column);
}

const char **
mc_column_plan_list_available (const char *sheet_key)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (sheet_key);
  GPtrArray *columns = g_ptr_array_new ();

  for (guint i = 0; sheet->columns[i]; i++)
    g_ptr_array_add (columns, (char *) sheet->columns[i]);
  for (guint i = 0; sheet->optional[i]; i++)
    g_ptr_array_add (columns, (char *) sheet->optional[i]);
  g_ptr_array_add (columns, NULL);
  return (const char **) g_ptr_array_free (columns, FALSE);
}

const char *
mc_column_plan_header (const char *sheet_key, const char *column)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (sheet_key);
  const char *header = mc_workbook_sheet_header (sheet, column);
  const McField *field = mc_entity_field (mc_entity_find (sheet->entity), column);

  if (header)
    return header;
  return field ? _(field->label) : column;
}

McColumnPlan *
mc_column_plan_with_shown (McColumnPlan *self, const char *column, gboolean shown)
{
  GPtrArray *columns = copy_columns (self);
  const char *known = g_intern_string (column);

  if (shown && sheet_has (self->sheet, column) && !g_ptr_array_find (columns, known, NULL))
    g_ptr_array_add (columns, (char *) known);
  else if (!shown && columns->len > 1)
    g_ptr_array_remove (columns, (char *) known);
  return plan_new (self->sheet, columns);
}

McColumnPlan *
mc_column_plan_with_moved (McColumnPlan *self, guint from, guint to)
{
  GPtrArray *columns = copy_columns (self);

  if (from < columns->len && to < columns->len)
    {
      gpointer column = g_ptr_array_remove_index (columns, from);

      g_ptr_array_insert (columns, (int) to, column);
    }
  return plan_new (self->sheet, columns);
}

char *
mc_column_plan_to_text (McColumnPlan *self)
{
  return g_strjoinv (" ", (char **) self->columns->pdata);
}

McColumnPlan *
mc_column_plan_new_from_text (const char *sheet_key, const char *text)
{
  const McWorkbookSheet *sheet = mc_workbook_sheet_get (sheet_key);
  g_auto (GStrv) names = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; names[i]; i++)
    {
      const char *column = g_intern_string (names[i]);

      if (sheet_has (sheet, column) && !g_ptr_array_find (columns, column, NULL))
        g_ptr_array_add (columns, (char *) column);
    }
  return columns->len > 0 ? plan_new (sheet, g_steal_pointer (&columns)) : NULL;
}
