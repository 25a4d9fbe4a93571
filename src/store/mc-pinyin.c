/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the table of pinyin readings once and looks characters up in it. */
#include "mc-pinyin.h"

#include <gio/gio.h>
#include <string.h>

#define TABLE_PATH "/org/mingcha/Mingcha/store/pinyin.txt"

/* The characters that nearly all names are made of are found by index, the rest by bisection. */
#define DENSE_FIRST 0x3400
#define DENSE_LAST 0x9fff

typedef struct
{
  gunichar character;
  guint8 n_readings;
  guint16 readings[MC_PINYIN_MAX_READINGS]; /* indices into `syllables` */
} Entry;

typedef struct
{
  GArray *entries;      /* of Entry, by character */
  GArray *syllables;    /* of McSyllable, each once */
  guint32 dense[DENSE_LAST - DENSE_FIRST + 1]; /* index into `entries` + 1 */
} Table;

static guint16
syllable_index (Table *table, GHashTable *known, const char *start, gsize length)
{
  McSyllable syllable = { 0 };
  gpointer found;

  length = MIN (length, sizeof syllable.text - 1);
  memcpy (syllable.text, start, length);
  syllable.length = (guint8) length;
  if (!g_hash_table_lookup_extended (known, syllable.text, NULL, &found))
    {
      found = GUINT_TO_POINTER (table->syllables->len);
      g_array_append_val (table->syllables, syllable);
      g_hash_table_insert (known, g_strdup (syllable.text), found);
    }
  return (guint16) GPOINTER_TO_UINT (found);
}

static void
add_line (Table *table, GHashTable *known, const char *line, const char *end)
{
  Entry entry = { g_utf8_get_char (line), 0, { 0 } };

  for (const char *word = g_utf8_next_char (line); word < end && entry.n_readings < MC_PINYIN_MAX_READINGS;)
    {
      const char *stop = memchr (word, ' ', (gsize) (end - word));

      if (stop == NULL)
        stop = end;
      entry.readings[entry.n_readings++] = syllable_index (table, known, word, (gsize) (stop - word));
      word = stop + 1;
    }
  g_array_append_val (table->entries, entry);
  if (entry.character >= DENSE_FIRST && entry.character <= DENSE_LAST)
    table->dense[entry.character - DENSE_FIRST] = table->entries->len;
}

static Table *
load_table (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (TABLE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Table *table = g_new0 (Table, 1);
  const char *line, *end;
  gsize size = 0;

  table->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), 42000);
  table->syllables = g_array_new (FALSE, FALSE, sizeof (McSyllable));
  g_return_val_if_fail (bytes != NULL, table);

  line = g_bytes_get_data (bytes, &size);
  for (end = line + size; line < end;)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));

      if (stop == NULL)
        stop = end;
      if (*line != '#' && stop > line)
        add_line (table, known, line, stop);
      line = stop + 1;
    }
  return table;
}

static const Table *
get_table (void)
{
  static Table *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, load_table ());
  return table;
}

static const Entry *
find_entry (const Table *table, gunichar character)
{
  guint low = 0, high = table->entries->len;

  if (character >= DENSE_FIRST && character <= DENSE_LAST)
    {
      guint32 place = table->dense[character - DENSE_FIRST];

      return place ? &g_array_index (table->entries, Entry, place - 1) : NULL;
    }
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const Entry *entry = &g_array_index (table->entries, Entry, middle);

      if (entry->character == character)
        return entry;
      if (entry->character < character)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static const Entry *
look_up (gunichar character, const McSyllable **syllables)
{
  const Table *table;

  if (character < 0x2e80)
    return NULL;
  table = get_table ();
  *syllables = (const McSyllable *) (gpointer) table->syllables->data;
  return find_entry (table, character);
}

guint
mc_pinyin_readings (gunichar character, const char *readings[MC_PINYIN_MAX_READINGS])
{
  const McSyllable *syllables;
  const Entry *entry = look_up (character, &syllables);

  for (guint i = 0; entry && i < entry->n_readings; i++)
    readings[i] = syllables[entry->readings[i]].text;
  return entry ? entry->n_readings : 0;
}

guint
mc_pinyin_syllables (gunichar character, McSyllable found[MC_PINYIN_MAX_READINGS])
{
  const McSyllable *syllables;
  const Entry *entry = look_up (character, &syllables);

  for (guint i = 0; entry && i < entry->n_readings; i++)
    found[i] = syllables[entry->readings[i]];
  return entry ? entry->n_readings : 0;
}
