/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds the header of a sheet and what its columns mean. */
#include "mc-import-map.h"
#include "mc-import.h"

#include <glib/gi18n.h>
#include <string.h>

static void
column_free (gpointer data)
{
  McImportColumn *column = data;

  g_free (column->title);
  g_free (column->unit);
  g_free (column->constant);
  g_free (column->remark);
  g_clear_pointer (&column->codes, g_hash_table_unref);
  g_free (column);
}

void
mc_import_mapping_free (McImportMapping *mapping)
{
  if (!mapping)
    return;
  g_ptr_array_unref (mapping->columns);
  g_free (mapping);
}

const McImportColumn *
mc_import_mapping_find (const McImportMapping *mapping, const char *key)
{
  const McImportColumn *constant = NULL;

  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];

      if (!column->field || strcmp (column->field->key, key) != 0)
        continue;
      if (column->column > 0)
        return column;
      constant = column;
    }
  return constant;
}

const McEntity *
mc_import_entity (McImportKind kind)
{
  return mc_entity_find (kind == MC_IMPORT_FACILITIES ? "facility" : "inspector");
}

const McField *const *
mc_import_fields (McImportKind kind)
{
  static const McField *fields[2][64];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint k = 0; k < 2; k++)
        {
          const McEntity *entity = mc_import_entity ((McImportKind) k);
          guint n = 0;

          for (guint i = 0; i < entity->n_fields && n < G_N_ELEMENTS (fields[k]) - 1; i++)
            if (!g_strv_contains ((const char *const[]) { "retired_on", "retired_reason", "same_as", NULL }, entity->fields[i].key))
              fields[k][n++] = &entity->fields[i];
        }
      g_once_init_leave (&ready, 1);
    }
  return fields[kind];
}

/* --- columns ---------------------------------------------------------------------------------------------- */

McImportColumn *
mc_import_column_new (const McTitle *title)
{
  McImportColumn *column = g_new0 (McImportColumn, 1);
  const char *upper = title->upper && g_strcmp0 (title->upper, title->lower) != 0 ? title->upper : NULL;

  column->column = title->column;
  column->title = g_strjoin (upper && title->lower ? " " : "", upper ? upper : "", title->lower ? title->lower : "", NULL);
  g_strdelimit (column->title, "\r\n\t", ' ');
  column->numerator = column->denominator = 1;
  return column;
}

static gboolean
has_column (GPtrArray *columns, const McField *field, McAreaPart part)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const McImportColumn *column = columns->pdata[i];

      if (column->field == field && column->area_part == part)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
take_titles (McHead *head, GArray *titles)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (guint i = 0; titles && i < titles->len; i++)
    {
      const McTitle *title = &g_array_index (titles, McTitle, i);
      McImportColumn *column = mc_import_column_new (title);
      const McHeaderMeaning *meaning = mc_title_meaning (head, title, &column->unit);

      if (meaning && !mc_import_words_is_unused (column->title))
        {
          if (has_column (columns, meaning->field, meaning->part))
            column->remark = g_strdup_printf (_("another column is taken for “%s”"), _(meaning->field->label));
          else
            {
              column->field = meaning->field;
              column->area_part = meaning->part;
            }
        }
      g_ptr_array_add (columns, column);
    }
  return columns;
}

static void
settle_unit (McHead *head, McImportColumn *column)
{
  McFieldType type = column->field ? column->field->type : MC_FIELD_TEXT;
  const char *unit = column->unit;

  if (type == MC_FIELD_CHOICE || (type == MC_FIELD_LIST && strcmp (column->field->key, "recusals") != 0))
    column->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (type != MC_FIELD_INTEGER && type != MC_FIELD_MONEY && type != MC_FIELD_HUNDREDTHS)
    return;
  if (type == MC_FIELD_MONEY && !unit)
    unit = head->money_unit;
  if (unit && mc_import_words_unit (unit, type, &column->numerator, &column->denominator))
    {
      if (!column->unit)
        column->unit = g_strdup (unit);
      return;
    }
  /* An area without a unit is in square metres, whoever writes it. Money without one is not guessed at. */
  column->numerator = type == MC_FIELD_HUNDREDTHS ? 100 : type == MC_FIELD_MONEY ? 0 : 1;
  column->denominator = 1;
  if (type == MC_FIELD_MONEY)
    column->remark = g_strdup (_("its title names no unit of money, so only cells that name one are taken"));
}

static void
take_unit_row (const McHeadRow *row, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];
      const McTableCell *cell = mc_head_row_find (row, column->column);

      if (cell && !cell->repeated && !column->unit)
        {
          g_autofree char *bare = g_utf8_normalize (cell->text, -1, G_NORMALIZE_NFKC);

          g_strdelimit (bare, "()", ' ');
          column->unit = g_strdup (g_strstrip (bare));
        }
    }
}

/* --- the whole -------------------------------------------------------------------------------------------- */

static McImportMapping *
set_no_header (McImportKind kind, GError **error)
{
  if (kind == MC_IMPORT_FACILITIES)
    g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER,
                 _("No row with the titles of columns was found in the first %d rows; one of them must be the name of the facility, and at least one other must be known. Put a row of titles above the data, or choose the columns. Nothing was changed."), MC_HEAD_ROWS);
  else
    g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER,
                 _("No row with the titles of columns was found in the first %d rows; one of them must be the name of the inspector, and at least one other must be known. Put a row of titles above the data, or choose the columns. Nothing was changed."), MC_HEAD_ROWS);
  return NULL;
}

/* Where the data begin: below the titles, units and numbers of columns. */
static void
skip_to_data (McHead *head, const McFoundTitles *found, McImportMapping *mapping)
{
  guint next = found->last + 1;

  mapping->header_row = ((McHeadRow *) head->rows->pdata[found->last])->number;
  while (next < head->rows->len)
    {
      const McHeadRow *row = head->rows->pdata[next];

      if (mc_head_row_has_units (row))
        take_unit_row (row, mapping->columns);
      else if (!mc_head_row_has_numbers (row))
        break;
      mapping->header_row = row->number;
      next++;
    }
  mapping->first_row = mapping->header_row + 1;
}

static gboolean
finish_mapping (McHead *head, McImportMapping *mapping, const char *const *maps, GError **error)
{
  for (guint i = 0; maps && maps[i]; i++)
    if (!mc_import_map_apply (mapping, maps[i], error))
      return FALSE;
  for (guint i = 0; i < mapping->columns->len; i++)
    settle_unit (head, mapping->columns->pdata[i]);
  if (mc_import_mapping_find (mapping, "name"))
    return TRUE;
  g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_MAPPING, _("No column is chosen for “%s”. Nothing was changed."),
               _(mc_entity_field (mc_import_entity (head->kind), "name")->label));
  return FALSE;
}

McImportMapping *
mc_import_mapping_detect (McTableReader *reader, McImportKind kind, const char *const *maps, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (mc_head_row_free);
  g_autoptr (McImportMapping) mapping = g_new0 (McImportMapping, 1);
  McHead head = { .kind = kind, .rows = rows };
  McFoundTitles found = { 0 };

  mapping->kind = kind;
  mapping->columns = g_ptr_array_new_with_free_func (column_free);
  mapping->first_row = 1;
  if (!mc_head_read (&head, reader, error))
    return NULL;
  mc_titles_find (&head, &found);
  if (found.score == 0 && mc_import_maps_name (kind, maps))
    mc_import_maps_find_titles (&head, maps, &found);
  if (found.score == 0 && !mc_import_maps_name (kind, maps))
    {
      g_clear_pointer (&found.titles, g_array_unref);
      return set_no_header (kind, error);
    }
  if (found.score > 0)
    {
      mapping->name_alone = found.score == 1;
      g_ptr_array_unref (mapping->columns);
      mapping->columns = take_titles (&head, found.titles);
      mc_head_find_money_unit (&head, found.last);
      skip_to_data (&head, &found, mapping);
    }
  g_clear_pointer (&found.titles, g_array_unref);
  return finish_mapping (&head, mapping, maps, error) ? g_steal_pointer (&mapping) : NULL;
}
