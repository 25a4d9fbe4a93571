/* SPDX-License-Identifier: GPL-3.0-or-later
 * Applies what a person chose to the columns of a sheet. */
#include "mc-import-map.h"

#include "mc-import.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-text-key.h"

static const McHeaderMeaning *
field_meaning (McImportKind kind, const char *name)
{
  const McHeaderMeaning *meaning = mc_import_words_header (kind, name);
  const McField *const *fields = mc_import_fields (kind);

  for (guint i = 0; !meaning && fields[i]; i++)
    if (strcmp (_(fields[i]->label), name) == 0)
      meaning = mc_import_words_header (kind, fields[i]->key);
  return meaning;
}

static McImportColumn *
chosen_column (GPtrArray *columns, const char *name)
{
  guint number = mc_table_column_from_name (name);
  g_autofree char *key = mc_text_name_key (name);
  McTitle title = { number, NULL, NULL };

  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];
      g_autofree char *other = mc_text_name_key (column->title);

      if (strcmp (other, key) == 0 || (number > 0 && column->column == number))
        return column;
    }
  if (number == 0)
    return NULL;
  g_ptr_array_add (columns, mc_import_column_new (&title));
  return columns->pdata[columns->len - 1];
}

/* A field has one column, and beside it one value for the rows that leave it empty. */
static void
release_field (GPtrArray *columns, const McImportColumn *taken)
{
  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];

      if (column != taken && !column->constant == !taken->constant && column->field == taken->field &&
          (taken->constant || column->area_part == taken->area_part))
        column->field = NULL;
    }
}

static gboolean
set_map_error (GError **error, const char *map)
{
  g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_MAPPING,
               _("“%s” chooses no column: write COLUMN=FIELD with a column of the sheet (letter or title) and a field. Nothing was changed."), map);
  return FALSE;
}

gboolean
mc_import_map_apply (McImportMapping *mapping, const char *map, GError **error)
{
  g_autofree char *left = NULL, *field = NULL;
  const char *equals = strrchr (map, '=');
  const McHeaderMeaning *meaning = NULL;
  McImportColumn *column;
  char *at;

  if (!equals || equals == map)
    return set_map_error (error, map);
  left = g_strndup (map, (gsize) (equals - map));
  field = g_strdup (equals + 1);
  at = strchr (field, '@');
  if (at)
    *at = '\0';
  if (*field && !(meaning = field_meaning (mapping->kind, field)))
    return set_map_error (error, map);
  if (*left == '=')
    {
      column = g_new0 (McImportColumn, 1);
      column->title = g_strdup (left + 1);
      column->constant = g_strdup (left + 1);
      column->numerator = column->denominator = 1;
      g_ptr_array_add (mapping->columns, column);
    }
  else
    column = chosen_column (mapping->columns, left);
  if (!column || (column->constant && !meaning))
    return set_map_error (error, map);
  column->field = meaning ? meaning->field : NULL;
  column->area_part = meaning ? meaning->part : MC_AREA_PART_NONE;
  column->chosen = TRUE;
  g_clear_pointer (&column->remark, g_free);
  if (at)
    {
      g_free (column->unit);
      column->unit = g_strdup (at + 1);
    }
  if (meaning)
    release_field (mapping->columns, column);
  return TRUE;
}

/* --- a header that nobody knows --------------------------------------------------------------------------- */

gboolean
mc_import_maps_name (McImportKind kind, const char *const *maps)
{
  for (guint i = 0; maps && maps[i]; i++)
    {
      const char *equals = strrchr (maps[i], '=');
      const McHeaderMeaning *meaning = equals ? field_meaning (kind, equals + 1) : NULL;

      if (meaning && strcmp (meaning->field->key, "name") == 0)
        return TRUE;
    }
  return FALSE;
}

/* Is @name of a map ("COLUMN=FIELD", the column by its title) in this row? */
static gboolean
row_has_title (const McHeadRow *row, const char *map)
{
  const char *equals = strrchr (map, '=');
  g_autofree char *name = g_strndup (map, equals ? (gsize) (equals - map) : 0);
  g_autofree char *key = mc_text_name_key (name);

  for (guint i = 0; *key && i < row->cells->len; i++)
    {
      g_autofree char *other = mc_text_name_key (g_array_index (row->cells, McTableCell, i).text);

      if (strcmp (other, key) == 0)
        return TRUE;
    }
  return FALSE;
}

void
mc_import_maps_find_titles (McHead *head, const char *const *maps, McFoundTitles *found)
{
  const McHeadRow *best = NULL;
  guint most = 0;

  for (guint i = 0; i < head->rows->len; i++)
    {
      guint n = 0;

      for (guint j = 0; maps && maps[j]; j++)
        n += row_has_title (head->rows->pdata[i], maps[j]);
      if (n <= most)
        continue;
      most = n;
      best = head->rows->pdata[i];
      found->last = i;
    }
  if (!best)
    return;
  g_clear_pointer (&found->titles, g_array_unref);
  found->titles = mc_titles_build (NULL, best);
  found->score = 2;
}
