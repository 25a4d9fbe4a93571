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
  GPtrArray *syllables; /* of char *, each once */
  guint32 dense[DENSE_LAST - DENSE_FIRST + 1]; /* index into `entries` + 1 */
} Table;

static guint16
syllable_index (Table *table, GHashTable *known, const char *start, gsize length)
{
  char word[16];
  gpointer found;

  length = MIN (length, sizeof word - 1);
  memcpy (word, start, length);
  word[length] = '\0';
  if (!g_hash_table_lookup_extended (known, word, NULL, &found))
    {
      char *owned = g_strdup (word);

      found = GUINT_TO_POINTER (table->syllables->len);
      g_ptr_array_add (table->syllables, owned);
      g_hash_table_insert (known, owned, found);
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
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Table *table = g_new0 (Table, 1);
  const char *line, *end;
  gsize size = 0;

  table->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), 42000);
  table->syllables = g_ptr_array_new ();
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

guint
mc_pinyin_readings (gunichar character, const char *readings[MC_PINYIN_MAX_READINGS])
{
  const Table *table;
  const Entry *entry;

  if (character < 0x2e80)
    return 0;
  table = get_table ();
  entry = find_entry (table, character);
  if (entry == NULL)
    return 0;
  for (guint i = 0; i < entry->n_readings; i++)
    readings[i] = g_ptr_array_index (table->syllables, entry->readings[i]);
  return entry->n_readings;
}
