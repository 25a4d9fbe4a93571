/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds the header of a sheet and what its columns mean. */
#include "mc-import-mapping.h"

#include "mc-import.h"
#include "mc-import-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-text-key.h"

#define HEAD_ROWS 60
#define MAX_TITLE_BYTES 200

/* A copy of a row near the top of the sheet. */
typedef struct
{
  guint64 number;
  GArray *cells; /* McTableCell with own texts */
} HeadRow;

typedef struct
{
  McImportKind kind;
  GPtrArray *rows;  /* of HeadRow */
  GArray *titles;   /* of Title: of the header under trial */
  const char *money_unit; /* said above the table for all of it */
} Head;

/* The title of a column, out of one or two rows. */
typedef struct
{
  guint column;
  char *upper; /* of the row above, reaching over several columns; or NULL */
  char *lower;
} Title;

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
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];

      if (column->field && strcmp (column->field->key, key) == 0)
        return column;
    }
  return NULL;
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

/* --- the first rows --------------------------------------------------------------------------------------- */

static void
head_row_free (gpointer data)
{
  HeadRow *row = data;

  for (guint i = 0; i < row->cells->len; i++)
    g_free ((char *) g_array_index (row->cells, McTableCell, i).text);
  g_array_unref (row->cells);
  g_free (row);
}

static HeadRow *
head_row_new (const McTableRow *row)
{
  HeadRow *copy = g_new0 (HeadRow, 1);

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

static gboolean
read_head (McTableReader *reader, GPtrArray *rows, GError **error)
{
  McTableRow row;
  GError *local_error = NULL;

  while (rows->len < HEAD_ROWS && mc_table_reader_next_row (reader, &row, &local_error))
    g_ptr_array_add (rows, head_row_new (&row));
  if (local_error)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static const McTableCell *
head_cell (const HeadRow *row, guint column)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (g_array_index (row->cells, McTableCell, i).column == column)
      return &g_array_index (row->cells, McTableCell, i);
  return NULL;
}

static gboolean
looks_like_number (const char *text)
{
  gboolean digit = FALSE;

  for (; *text; text++)
    {
      digit = digit || g_ascii_isdigit (*text);
      if (!g_ascii_isdigit (*text) && !strchr (".,-+% ", *text))
        return FALSE;
    }
  return digit;
}

/* --- titles ----------------------------------------------------------------------------------------------- */

/* Splits "Investment (10,000 yuan)" into title and unit; other brackets stay unless they only remark. A unit may also follow a stroke. */
static char *
split_unit (const char *text, char **unit)
{
  g_autofree char *folded = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  char *title = g_strstrip (g_steal_pointer (&folded));
  char *open, *stroke;

  while (*title == '*')
    memmove (title, title + 1, strlen (title));
  g_strstrip (title);
  while (title[0] && title[strlen (title) - 1] == ')' && (open = strrchr (title, '(')) && open > title)
    {
      g_autofree char *inner = g_strndup (open + 1, strlen (open) - 2);
      const char *colon = strchr (inner, ':');
      const char *word = colon && colon[1] ? colon + 1 : inner;

      if (mc_import_words_is_unit (word) && !*unit)
        *unit = g_strdup (word);
      else if (!mc_import_words_is_remark (inner))
        break;
      *open = '\0';
      g_strstrip (title);
    }
  stroke = strrchr (title, '/');
  if (stroke && stroke > title && stroke[1] && !*unit && mc_import_words_is_unit (stroke + 1))
    {
      *unit = g_strdup (stroke + 1);
      *stroke = '\0';
    }
  return title;
}

static const McHeaderMeaning *
joined_meaning (Head *head, const char *first, const char *second)
{
  g_autofree char *joined = g_strconcat (first, second, NULL);

  return mc_import_words_header (head->kind, joined);
}

/* A title under one that reaches over several columns means most together with it. */
static const McHeaderMeaning *
meaning_of_two (Head *head, const char *upper, const char *lower)
{
  const McHeaderMeaning *meaning = joined_meaning (head, lower, upper);

  meaning = meaning ? meaning : joined_meaning (head, upper, lower);
  if (!meaning && mc_import_words_is_whole (lower))
    meaning = mc_import_words_header (head->kind, upper);
  if (!meaning)
    {
      meaning = mc_import_words_header (head->kind, lower);
      if (meaning && strcmp (meaning->field->key, "name") == 0 && !mc_import_words_is_group (upper))
        meaning = NULL;
    }
  return meaning;
}

static const McHeaderMeaning *
title_meaning (Head *head, const Title *title, char **unit)
{
  g_autofree char *upper_unit = NULL;
  g_autofree char *lower = title->lower ? split_unit (title->lower, unit) : NULL;
  g_autofree char *upper = title->upper ? split_unit (title->upper, &upper_unit) : NULL;
  const McHeaderMeaning *meaning;

  if (lower && upper && strcmp (lower, upper) != 0)
    meaning = meaning_of_two (head, upper, lower);
  else
    meaning = mc_import_words_header (head->kind, lower ? lower : upper);
  if (!*unit)
    *unit = g_steal_pointer (&upper_unit);
  return meaning;
}

static void
title_clear (gpointer data)
{
  Title *title = data;

  g_free (title->upper);
  g_free (title->lower);
}

static gboolean
is_title_text (const McTableCell *cell)
{
  return cell && cell->length <= MAX_TITLE_BYTES && cell->kind == MC_CELL_TEXT && !looks_like_number (cell->text);
}

/* The title above @column: its own, or one to the left that reaches over it. Without merged cells (.csv) a title reaches to the next. */
static const McTableCell *
upper_cell (const HeadRow *row, guint column, gboolean has_spans)
{
  const McTableCell *best = NULL;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (row->cells, McTableCell, i);

      if (cell->column <= column && (cell->column == column || !has_spans || cell->column + cell->span > column))
        best = cell;
    }
  return best;
}

static gboolean
row_has_spans (const HeadRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (g_array_index (row->cells, McTableCell, i).span > 1)
      return TRUE;
  return FALSE;
}

static guint
last_column (const HeadRow *row)
{
  const McTableCell *cell = &g_array_index (row->cells, McTableCell, row->cells->len - 1);

  return cell->column + cell->span - 1;
}

/* The titles of one row (@upper NULL), or of two. */
static GArray *
build_titles (const HeadRow *upper, const HeadRow *lower)
{
  GArray *titles = g_array_new (FALSE, TRUE, sizeof (Title));
  gboolean has_spans = upper && row_has_spans (upper);
  guint n_columns = MAX (last_column (lower), upper ? last_column (upper) : 0);

  g_array_set_clear_func (titles, title_clear);
  for (guint column = 1; column <= MIN (n_columns, 1024); column++)
    {
      const McTableCell *below = head_cell (lower, column);
      const McTableCell *above = upper ? (below ? upper_cell (upper, column, has_spans) : head_cell (upper, column)) : NULL;
      Title title = { column, NULL, NULL };

      if (is_title_text (above))
        title.upper = g_strdup (above->text);
      if (is_title_text (below))
        title.lower = g_strdup (below->text);
      if (title.upper || title.lower)
        g_array_append_val (titles, title);
    }
  return titles;
}

/* How many fields the titles name; 0 if they do not name the one that every row must have. Areas in parts count once each. */
static guint
score_titles (Head *head, GArray *titles)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean has_name = FALSE;

  for (guint i = 0; i < titles->len; i++)
    {
      g_autofree char *unit = NULL;
      const McHeaderMeaning *meaning = title_meaning (head, &g_array_index (titles, Title, i), &unit);

      if (!meaning)
        continue;
      has_name = has_name || strcmp (meaning->field->key, "name") == 0;
      g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) meaning->field * 8 + meaning->part));
    }
  return has_name ? g_hash_table_size (seen) : 0;
}

/* A second row of titles under the first: no numbers, and nothing of its own under the name. */
static gboolean
may_be_lower_titles (Head *head, const HeadRow *upper, const HeadRow *lower)
{
  if (lower->number != upper->number + 1)
    return FALSE;
  for (guint i = 0; i < lower->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (lower->cells, McTableCell, i);
      const McTableCell *above = head_cell (upper, cell->column);
      const McHeaderMeaning *meaning = is_title_text (above) ? mc_import_words_header (head->kind, above->text) : NULL;

      if (!is_title_text (cell))
        return FALSE;
      if (meaning && strcmp (meaning->field->key, "name") == 0 && !cell->repeated)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  GArray *titles;
  guint last; /* index of the last row of the header */
  guint score;
} Found;

static void
try_titles (Head *head, const HeadRow *upper, const HeadRow *lower, guint last, Found *found)
{
  GArray *titles = build_titles (upper, lower);
  guint score = score_titles (head, titles);

  if (score > found->score)
    {
      g_clear_pointer (&found->titles, g_array_unref);
      found->titles = g_array_ref (titles);
      found->last = last;
      found->score = score;
    }
  g_array_unref (titles);
}

/* One row of titles, or two, whichever says most. */
static void
find_titles (Head *head, Found *found)
{
  for (guint i = 0; i < head->rows->len; i++)
    {
      const HeadRow *row = head->rows->pdata[i], *next = i + 1 < head->rows->len ? head->rows->pdata[i + 1] : NULL;

      try_titles (head, NULL, row, i, found);
      if (next && may_be_lower_titles (head, row, next))
        try_titles (head, row, next, i + 1, found);
    }
}

/* --- rows around the header ------------------------------------------------------------------------------- */

/* "Unit: 10,000 yuan" above the table; "Reporting unit: …" is something else. */
static void
find_money_unit (Head *head, guint last)
{
  for (guint i = 0; i < last; i++)
    {
      const HeadRow *row = head->rows->pdata[i];

      for (guint j = 0; j < row->cells->len; j++)
        {
          g_autofree char *folded = g_utf8_normalize (g_array_index (row->cells, McTableCell, j).text, -1, G_NORMALIZE_NFKC);
          char *colon = strrchr (folded, ':');
          const char *label;
          g_auto (GStrv) words = NULL;
          gint64 numerator, denominator;

          if (!colon)
            continue;
          *colon = '\0';
          label = strrchr (folded, ' ') ? strrchr (folded, ' ') + 1 : folded;
          words = mc_import_words_is_unit_label (label) ? g_strsplit_set (colon + 1, ",;/ ", -1) : NULL;
          for (guint k = 0; words && words[k]; k++)
            {
              g_auto (GStrv) parts = g_regex_split_simple ("\\x{3001}", words[k], 0, 0);

              for (guint m = 0; parts[m]; m++)
                if (mc_import_words_unit (parts[m], MC_FIELD_MONEY, &numerator, &denominator))
                  head->money_unit = g_intern_string (parts[m]);
            }
        }
    }
}

/* A row of units, or of numbers of columns, under the header. */
static gboolean
is_unit_row (const HeadRow *row)
{
  guint n_units = 0;

  for (guint i = 0; i < row->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (row->cells, McTableCell, i);
      g_autofree char *unit = NULL;
      g_autofree char *rest = NULL;

      if (cell->repeated)
        continue;
      rest = split_unit (cell->text, &unit);
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

static gboolean
is_number_row (const HeadRow *row)
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

static void
take_unit_row (const HeadRow *row, GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];
      const McTableCell *cell = head_cell (row, column->column);

      if (cell && !cell->repeated && !column->unit)
        {
          g_autofree char *bare = g_utf8_normalize (cell->text, -1, G_NORMALIZE_NFKC);

          g_strdelimit (bare, "()", ' ');
          column->unit = g_strdup (g_strstrip (bare));
        }
    }
}

/* --- columns ---------------------------------------------------------------------------------------------- */

static McImportColumn *
column_new (const Title *title)
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
take_titles (Head *head, GArray *titles)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (guint i = 0; titles && i < titles->len; i++)
    {
      const Title *title = &g_array_index (titles, Title, i);
      McImportColumn *column = column_new (title);
      const McHeaderMeaning *meaning = title_meaning (head, title, &column->unit);

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
settle_unit (Head *head, McImportColumn *column)
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

/* --- what a person chose ---------------------------------------------------------------------------------- */

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
  Title title = { number, NULL, NULL };

  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];
      g_autofree char *other = mc_text_name_key (column->title);

      if (strcmp (other, key) == 0 || (number > 0 && column->column == number))
        return column;
    }
  if (number == 0)
    return NULL;
  g_ptr_array_add (columns, column_new (&title));
  return columns->pdata[columns->len - 1];
}

static void
release_field (GPtrArray *columns, const McImportColumn *taken)
{
  for (guint i = 0; i < columns->len; i++)
    {
      McImportColumn *column = columns->pdata[i];

      if (column != taken && column->field == taken->field && column->area_part == taken->area_part)
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

static gboolean
apply_map (McImportMapping *mapping, const char *map, GError **error)
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

/* --- the whole -------------------------------------------------------------------------------------------- */

static gboolean
maps_name (McImportKind kind, const char *const *maps)
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
row_has_title (const HeadRow *row, const char *map)
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

/* A header that we do not know: the first row that has most of the titles that the person names. */
static void
find_named_titles (Head *head, const char *const *maps, Found *found)
{
  const HeadRow *best = NULL;
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
  found->titles = build_titles (NULL, best);
  found->score = 2;
}

static McImportMapping *
set_no_header (McImportKind kind, GError **error)
{
  if (kind == MC_IMPORT_FACILITIES)
    g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER,
                 _("No row with the titles of columns was found in the first %d rows; one of them must be the name of the facility, and at least one other must be known. Put a row of titles above the data, or choose the columns. Nothing was changed."), HEAD_ROWS);
  else
    g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_NO_HEADER,
                 _("No row with the titles of columns was found in the first %d rows; one of them must be the name of the inspector, and at least one other must be known. Put a row of titles above the data, or choose the columns. Nothing was changed."), HEAD_ROWS);
  return NULL;
}

/* Where the data begin: below the titles, units and numbers of columns. */
static void
skip_to_data (Head *head, const Found *found, McImportMapping *mapping)
{
  guint next = found->last + 1;

  mapping->header_row = ((HeadRow *) head->rows->pdata[found->last])->number;
  while (next < head->rows->len)
    {
      const HeadRow *row = head->rows->pdata[next];

      if (is_unit_row (row))
        take_unit_row (row, mapping->columns);
      else if (!is_number_row (row))
        break;
      mapping->header_row = row->number;
      next++;
    }
  mapping->first_row = mapping->header_row + 1;
}

static gboolean
finish_mapping (Head *head, McImportMapping *mapping, const char *const *maps, GError **error)
{
  for (guint i = 0; maps && maps[i]; i++)
    if (!apply_map (mapping, maps[i], error))
      return FALSE;
  for (guint i = 0; i < mapping->columns->len; i++)
    settle_unit (head, mapping->columns->pdata[i]);
  if (mc_import_mapping_find (mapping, "name"))
    return TRUE;
  g_set_error (error, MC_IMPORT_ERROR, MC_IMPORT_ERROR_MAPPING, _("No column is chosen for “%s”. Nothing was changed."), _("Name"));
  return FALSE;
}

McImportMapping *
mc_import_mapping_detect (McTableReader *reader, McImportKind kind, const char *const *maps, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (head_row_free);
  g_autoptr (McImportMapping) mapping = g_new0 (McImportMapping, 1);
  Head head = { .kind = kind, .rows = rows };
  Found found = { 0 };

  mapping->kind = kind;
  mapping->columns = g_ptr_array_new_with_free_func (column_free);
  mapping->first_row = 1;
  if (!read_head (reader, rows, error))
    return NULL;
  find_titles (&head, &found);
  if (found.score < 2 && maps_name (kind, maps))
    find_named_titles (&head, maps, &found);
  if (found.score < 2 && !maps_name (kind, maps))
    {
      g_clear_pointer (&found.titles, g_array_unref);
      return set_no_header (kind, error);
    }
  if (found.score >= 2)
    {
      g_ptr_array_unref (mapping->columns);
      mapping->columns = take_titles (&head, found.titles);
      find_money_unit (&head, found.last);
      skip_to_data (&head, &found, mapping);
    }
  g_clear_pointer (&found.titles, g_array_unref);
  return finish_mapping (&head, mapping, maps, error) ? g_steal_pointer (&mapping) : NULL;
}

/* --- rows below ------------------------------------------------------------------------------------------- */

/* The titles once more, as on each printed page. */
static gboolean
is_header_again (const McImportMapping *mapping, const McTableRow *row)
{
  guint same = 0, n = 0;

  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];
      const McTableCell *cell = column->field && column->column ? mc_table_row_find (row, column->column) : NULL;

      if (!column->field || !column->column)
        continue;
      n++;
      if (!cell)
        continue;
      if (strcmp (cell->text, column->title) == 0)
        same++;
      else if (i == 0 || same == 0)
        return FALSE;
    }
  return same >= 2 && same * 2 >= n;
}

static gboolean
is_known_line (const McTableCell *cell, McLineKind *kind)
{
  if (cell->length > 400 || !mc_import_words_may_be_line (cell->text))
    return FALSE;
  if (mc_import_words_is_total (cell->text))
    *kind = MC_LINE_TOTAL;
  else if (mc_import_words_is_signature (cell->text))
    *kind = MC_LINE_SIGNATURE;
  else if (mc_import_words_is_note (cell->text))
    *kind = MC_LINE_NOTE;
  else
    return FALSE;
  return TRUE;
}

McLineKind
mc_import_mapping_classify (const McImportMapping *mapping, const McTableRow *row, gboolean below_table)
{
  const McImportColumn *name = mc_import_mapping_find (mapping, "name");
  const McTableCell *name_cell = name && name->column ? mc_table_row_find (row, name->column) : NULL;
  const McTableCell *first = NULL;
  guint own = 0;
  McLineKind kind = MC_LINE_DATA;

  for (guint i = 0; i < row->n_cells; i++)
    if (!row->cells[i].repeated)
      {
        first = first ? first : &row->cells[i];
        own++;
      }
  if (!first)
    return MC_LINE_NOTE;
  if (is_header_again (mapping, row))
    return MC_LINE_HEADER;
  /* A number first and a name: data, as nearly all rows are. */
  if (g_ascii_isdigit (first->text[0]) && name_cell && name_cell != first && own > 2)
    return is_known_line (name_cell, &kind) && kind == MC_LINE_TOTAL ? kind : MC_LINE_DATA;
  if (is_known_line (first, &kind) && (first->column != (name ? name->column : 0) || own <= 3 || kind == MC_LINE_TOTAL) &&
      (!name_cell || name_cell == first || kind == MC_LINE_TOTAL || own <= 4))
    return kind;
  if (name_cell && is_known_line (name_cell, &kind) && kind == MC_LINE_TOTAL)
    return kind;
  if (own == 1 && (first->span > 2 || first != name_cell))
    return first->span > 2 || first->length > 60 || below_table ? MC_LINE_NOTE : MC_LINE_DATA;
  return below_table && own <= 2 ? MC_LINE_NOTE : MC_LINE_DATA;
}
