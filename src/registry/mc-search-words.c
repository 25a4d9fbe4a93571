/* SPDX-License-Identifier: GPL-3.0-or-later
 * Splits what is typed into words, and finds them in a name to show the match. */
#include "mc-search-words.h"

#include <string.h>

#include "store/mc-pinyin.h"
#include "store/mc-text-key.h"

char **
mc_search_words (const char *text)
{
  g_auto (GStrv) typed = NULL;
  g_autofree char *spaced = NULL;
  GPtrArray *words = g_ptr_array_new ();

  if (text && g_utf8_validate (text, -1, NULL))
    {
      spaced = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC); /* an ideographic space becomes a plain one */
      typed = g_strsplit_set (spaced, " \t\n", -1);
      for (guint i = 0; typed[i] != NULL; i++)
        {
          char *word = mc_text_fold_query (typed[i]);

          if (*word != '\0')
            g_ptr_array_add (words, word);
          else
            g_free (word);
        }
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

/* One character of a name, and the ways in which a person may type it. */
typedef struct
{
  guint start, end; /* bytes of the name */
  char *folded;     /* may be empty: it is passed over */
  const char *readings[MC_PINYIN_MAX_READINGS];
  guint n_readings;
} Unit;

typedef enum
{
  BY_CHARACTERS,
  BY_SYLLABLES,
  BY_INITIALS,
  N_MODES,
} Mode;

static void
clear_unit (gpointer data)
{
  g_free (((Unit *) data)->folded);
}

static GArray *
read_units (const char *name)
{
  GArray *units = g_array_new (FALSE, FALSE, sizeof (Unit));

  g_array_set_clear_func (units, clear_unit);
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      Unit unit = { .start = (guint) (p - name), .end = (guint) (g_utf8_next_char (p) - name) };
      g_autofree char *character = g_strndup (p, unit.end - unit.start);

      unit.folded = mc_text_name_key (character);
      unit.n_readings = *unit.folded ? mc_pinyin_readings (g_utf8_get_char (unit.folded), unit.readings) : 0;
      g_array_append_val (units, unit);
    }
  return units;
}

static gboolean match_units (GArray *units, guint i, const char *rest, Mode mode, guint *last);

/* @way is typed whole, or the word ends within it. */
static gboolean
match_way (GArray *units, guint i, const char *way, gsize length, const char *rest, Mode mode, guint *last)
{
  gsize n = strlen (rest);

  if (n <= length)
    {
      if (memcmp (way, rest, n) != 0)
        return FALSE;
      *last = i;
      return TRUE;
    }
  return memcmp (way, rest, length) == 0 && match_units (units, i + 1, rest + length, mode, last);
}

static gboolean
match_units (GArray *units, guint i, const char *rest, Mode mode, guint *last)
{
  const Unit *unit;

  if (i >= units->len)
    return FALSE;
  unit = &g_array_index (units, Unit, i);
  if (*unit->folded == '\0')
    return match_units (units, i + 1, rest, mode, last);
  if (mode == BY_CHARACTERS || unit->n_readings == 0)
    return match_way (units, i, unit->folded, strlen (unit->folded), rest, mode, last);
  for (guint j = 0; j < unit->n_readings; j++)
    if (match_way (units, i, unit->readings[j], mode == BY_INITIALS ? 1 : strlen (unit->readings[j]), rest, mode, last))
      return TRUE;
  return FALSE;
}

/* Also from within a syllable, as the search does. */
static gboolean
match_from (GArray *units, guint i, const char *word, Mode mode, guint *last)
{
  const Unit *unit = &g_array_index (units, Unit, i);

  if (*unit->folded == '\0')
    return FALSE;
  if (match_units (units, i, word, mode, last))
    return TRUE;
  if (mode != BY_SYLLABLES)
    return FALSE;
  for (guint j = 0; j < unit->n_readings; j++)
    for (const char *way = unit->readings[j] + 1; *way != '\0'; way++)
      if (match_way (units, i, way, strlen (way), word, mode, last))
        return TRUE;
  return FALSE;
}

static gboolean
find_word (GArray *units, const char *word, gboolean *shown)
{
  for (guint mode = 0; mode < N_MODES; mode++)
    for (guint i = 0; i < units->len; i++)
      {
        guint last;

        if (!match_from (units, i, word, (Mode) mode, &last))
          continue;
        for (guint j = i; j <= last; j++)
          shown[j] = TRUE;
        return TRUE;
      }
  return FALSE;
}

GArray *
mc_search_words_find (const char *name, char **words)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) units = read_units (name);
  g_autofree gboolean *shown = g_new0 (gboolean, units->len + 1);

  for (guint i = 0; words[i] != NULL; i++)
    find_word (units, words[i], shown);
  for (guint i = 0; i < units->len; i++)
    if (shown[i])
      {
        const Unit *unit = &g_array_index (units, Unit, i);

        if (i == 0 || !shown[i - 1])
          g_array_append_val (ranges, unit->start);
        if (!shown[i + 1])
          g_array_append_val (ranges, unit->end);
      }
  return ranges;
}
