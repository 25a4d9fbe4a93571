/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads titles of columns, alone and under wider ones, and finds the rows that hold them. */
#include "mc-import-title.h"

#include <string.h>

#define MAX_TITLE_BYTES 200

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

char *
mc_title_split_unit (const char *text, char **unit)
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
joined_meaning (McHead *head, const char *first, const char *second)
{
  g_autofree char *joined = g_strconcat (first, second, NULL);

  return mc_import_words_header (head->kind, joined);
}

/* A title under one that reaches over several columns means most together with it. */
static const McHeaderMeaning *
meaning_of_two (McHead *head, const char *upper, const char *lower)
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

const McHeaderMeaning *
mc_title_meaning (McHead *head, const McTitle *title, char **unit)
{
  g_autofree char *upper_unit = NULL;
  g_autofree char *lower = title->lower ? mc_title_split_unit (title->lower, unit) : NULL;
  g_autofree char *upper = title->upper ? mc_title_split_unit (title->upper, &upper_unit) : NULL;
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
  McTitle *title = data;

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
upper_cell (const McHeadRow *row, guint column, gboolean has_spans)
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
row_has_spans (const McHeadRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (g_array_index (row->cells, McTableCell, i).span > 1)
      return TRUE;
  return FALSE;
}

static guint
last_column (const McHeadRow *row)
{
  const McTableCell *cell = &g_array_index (row->cells, McTableCell, row->cells->len - 1);

  return cell->column + cell->span - 1;
}

GArray *
mc_titles_build (const McHeadRow *upper, const McHeadRow *lower)
{
  GArray *titles = g_array_new (FALSE, TRUE, sizeof (McTitle));
  gboolean has_spans = upper && row_has_spans (upper);
  guint n_columns = MAX (last_column (lower), upper ? last_column (upper) : 0);

  g_array_set_clear_func (titles, title_clear);
  for (guint column = 1; column <= MIN (n_columns, 1024); column++)
    {
      const McTableCell *below = mc_head_row_find (lower, column);
      const McTableCell *above = upper ? (below ? upper_cell (upper, column, has_spans) : mc_head_row_find (upper, column)) : NULL;
      McTitle title = { column, NULL, NULL };

      if (is_title_text (above))
        title.upper = g_strdup (above->text);
      if (is_title_text (below))
        title.lower = g_strdup (below->text);
      if (title.upper || title.lower)
        g_array_append_val (titles, title);
    }
  return titles;
}

/* How many fields the titles name; 0 if they do not name the one that every row must have, or name it alone among words that nobody knows.
 * Areas in parts count once each. */
static guint
score_titles (McHead *head, GArray *titles)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  gboolean has_name = FALSE, has_unknown = FALSE;

  for (guint i = 0; i < titles->len; i++)
    {
      g_autofree char *unit = NULL;
      const McTitle *title = &g_array_index (titles, McTitle, i);
      const McHeaderMeaning *meaning = mc_title_meaning (head, title, &unit);

      if (!meaning)
        {
          has_unknown = has_unknown || !mc_import_words_is_unused (title->lower ? title->lower : title->upper);
          continue;
        }
      has_name = has_name || strcmp (meaning->field->key, "name") == 0;
      g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) meaning->field * 8 + meaning->part));
    }
  return !has_name || (has_unknown && g_hash_table_size (seen) < 2) ? 0 : g_hash_table_size (seen);
}

/* A second row of titles under the first: no numbers, and nothing of its own under the name. */
static gboolean
may_be_lower_titles (McHead *head, const McHeadRow *upper, const McHeadRow *lower)
{
  if (lower->number != upper->number + 1)
    return FALSE;
  for (guint i = 0; i < lower->cells->len; i++)
    {
      const McTableCell *cell = &g_array_index (lower->cells, McTableCell, i);
      const McTableCell *above = mc_head_row_find (upper, cell->column);
      const McHeaderMeaning *meaning = is_title_text (above) ? mc_import_words_header (head->kind, above->text) : NULL;

      if (!is_title_text (cell))
        return FALSE;
      if (meaning && strcmp (meaning->field->key, "name") == 0 && !cell->repeated)
        return FALSE;
    }
  return TRUE;
}

static void
try_titles (McHead *head, const McHeadRow *upper, const McHeadRow *lower, guint last, McFoundTitles *found)
{
  GArray *titles = mc_titles_build (upper, lower);
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

void
mc_titles_find (McHead *head, McFoundTitles *found)
{
  for (guint i = 0; i < head->rows->len; i++)
    {
      const McHeadRow *row = head->rows->pdata[i], *next = i + 1 < head->rows->len ? head->rows->pdata[i + 1] : NULL;

      try_titles (head, NULL, row, i, found);
      if (next && may_be_lower_titles (head, row, next))
        try_titles (head, row, next, i + 1, found);
    }
}
