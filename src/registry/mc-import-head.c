/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the first rows of a sheet; finds units and numbers of columns around its header. */
#include "mc-import-head.h"

#include "mc-import-title.h"
#include "mc-import-words.h"

#include <string.h>

void
mc_head_row_free (gpointer data)
{
  McHeadRow *row = data;

  for (guint i = 0; i < row->cells->len; i++)
    g_free ((char *) g_array_index (row->cells, McTableCell, i).text);
  g_array_unref (row->cells);
  g_free (row);
}

static McHeadRow *
head_row_new (const McTableRow *row)
{
  McHeadRow *copy = g_new0 (McHeadRow, 1);

  copy->number = row->number;
  copy->cells = g_array_new (FALSE, FALSE, sizeof (McTableCell));
  for (guint i = 0; i < row->n_cells; i++)
    {
      McTableCell cell = row->cells[i];

      cell.text = g_strstrip (g_strdup (cell.text));
      cell.length = strlen (cell.text);
      g_array_append_val (copy->cells, cell);
    }
  return copy;
}

gboolean
mc_head_read (McHead *head, McTableReader *reader, GError **error)
{
  McTableRow row;
  GError *local_error = NULL;

  while (head->rows->len < MC_HEAD_ROWS && mc_table_reader_next_row (reader, &row, &local_error))
    g_ptr_array_add (head->rows, head_row_new (&row));
  if (local_error)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

const McTableCell *
mc_head_row_find (const McHeadRow *row, guint column)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (g_array_index (row->cells, McTableCell, i).column == column)
      return &g_array_index (row->cells, McTableCell, i);
  return NULL;
}

/* --- units and numbers ------------------------------------------------------------------------------------ */

/* The unit of money among what follows "Unit:"; NULL if there is none. */
static const char *
find_money (const char *units)
{
  g_auto (GStrv) words = g_strsplit_set (units, ",;/ ", -1);
  const char *found = NULL;
  gint64 numerator, denominator;

  for (guint i = 0; words[i]; i++)
    {
      g_auto (GStrv) parts = g_regex_split_simple ("\\x{3001}", words[i], 0, 0);

      for (guint j = 0; parts[j]; j++)
        if (mc_import_words_unit (parts[j], MC_FIELD_MONEY, &numerator, &denominator))
          found = g_intern_string (parts[j]);
    }
  return found;
}

/* "Unit: 10,000 yuan" above the table; "Reporting unit: …" is something else. */
static const char *
money_unit_of_cell (const char *text)
{
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  char *colon = strrchr (folded, ':');
  const char *label;

  if (!colon)
    return NULL;
  *colon = '\0';
  label = strrchr (folded, ' ') ? strrchr (folded, ' ') + 1 : folded;
  return mc_import_words_is_unit_label (label) ? find_money (colon + 1) : NULL;
}

void
mc_head_find_money_unit (McHead *head, guint last)
{
  for (guint i = 0; i < last; i++)
    {
      const McHeadRow *row = head->rows->pdata[i];

      for (guint j = 0; j < row->cells->len; j++)
        {
          const char *unit = money_unit_of_cell (g_array_index (row->cells, McTableCell, j).text);

          head->money_unit = unit ? unit : head->money_unit;
        }
    }
}

gboolean
mc_head_row_has_units (const McHeadRow *row)
{
  guint n_units = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (row->cells, McTableCell, i);
      g_autofree char *unit = NULL;
      g_autofree char *rest = NULL;

      if (cell->repeated)
        continue;
      rest = mc_title_split_unit (cell->text, &unit);
      if (!mc_import_words_is_unit (cell->text) && !mc_import_words_is_unit_label (cell->text) && !(unit && *rest == '\0'))
        {
          g_autofree char *bare = g_strndup (cell->text, cell->length);
          gsize length = strlen (bare);

          g_strdelimit (bare, "()", ' ');
          if (length < 3 || !mc_import_words_is_unit (g_strstrip (bare)))
            return FALSE;
        }
      n_units++;
    }
  return n_units > 0;
}

gboolean
mc_head_row_has_numbers (const McHeadRow *row)
{
  gint64 last = -1;
  guint n = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (row->cells, McTableCell, i);
      char *end;
      gint64 number = g_ascii_strtoll (cell->text, &end, 10);

      if (cell->repeated)
        continue;
      /* Columns without figures are numbered by single characters. */
      if (*end != '\0' ? n > 0 || cell->length > 3 : number != (n > 0 ? last + 1 : 1))
        return FALSE;
      if (*end == '\0')
        {
          last = number;
          n++;
        }
    }
  return n >= 3 && n + 2 >= row->cells->len;
}
