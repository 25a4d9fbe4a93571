/* SPDX-License-Identifier: GPL-3.0-or-later
 * Search keys of many records in one array of bytes, and the search over it. */
#include "mc-search-keys.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A key stands in the array behind a newline, so that "\nWORD" is WORD at the beginning of a line. */
typedef struct
{
  gsize start;      /* of the newline */
  gint64 rowid;     /* 0: replaced, its bytes are dead */
  guint32 length;   /* with the newline */
  guint32 name_end; /* from `start`: where the lines of the name end */
  guint tag;
} Entry;

struct _McSearchKeys
{
  GString *bytes;
  GArray *entries;   /* of Entry, in the order of their bytes */
  GArray *places;    /* of guint32, by rowid: index into `entries` + 1 */
  gsize dead_bytes;
  guint n_dead;
  guint8 *matches;   /* McSearchMatch of each entry, of the last search; or NULL */
  char *last_word;   /* of that search, if it was of one word without tags */
};

McSearchKeys *
mc_search_keys_new (void)
{
  McSearchKeys *self = g_new0 (McSearchKeys, 1);

  self->bytes = g_string_new (NULL);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->places = g_array_new (FALSE, TRUE, sizeof (guint32));
  return self;
}

void
mc_search_keys_free (McSearchKeys *self)
{
  if (self == NULL)
    return;
  g_string_free (self->bytes, TRUE);
  g_array_unref (self->entries);
  g_array_unref (self->places);
  g_free (self->matches);
  g_free (self->last_word);
  g_free (self);
}

static Entry *
entry_at (McSearchKeys *self, guint index)
{
  return &g_array_index (self->entries, Entry, index);
}

static guint32
place_of (McSearchKeys *self, gint64 rowid)
{
  return rowid > 0 && (guint64) rowid < self->places->len ? g_array_index (self->places, guint32, rowid) : 0;
}

static void
forget_search (McSearchKeys *self)
{
  g_clear_pointer (&self->matches, g_free);
  g_clear_pointer (&self->last_word, g_free);
}

/* Moves the living keys together once a quarter of the array is dead. */
static void
compact (McSearchKeys *self)
{
  GArray *living;
  gsize to = 0;

  if (self->dead_bytes * 4 < self->bytes->len || self->n_dead < 64)
    return;
  living = g_array_sized_new (FALSE, FALSE, sizeof (Entry), mc_search_keys_get_n (self));
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry entry = *entry_at (self, i);

      if (entry.rowid == 0)
        continue;
      memmove (self->bytes->str + to, self->bytes->str + entry.start, entry.length);
      entry.start = to;
      to += entry.length;
      g_array_append_val (living, entry);
      g_array_index (self->places, guint32, entry.rowid) = living->len;
    }
  g_string_truncate (self->bytes, to);
  g_array_unref (self->entries);
  self->entries = living;
  self->dead_bytes = 0;
  self->n_dead = 0;
}

void
mc_search_keys_remove (McSearchKeys *self, gint64 rowid)
{
  guint32 place = place_of (self, rowid);
  Entry *entry;

  if (place == 0)
    return;
  forget_search (self);
  entry = entry_at (self, place - 1);
  memset (self->bytes->str + entry->start, '\n', entry->length); /* no word is found in it */
  entry->rowid = 0;
  self->dead_bytes += entry->length;
  self->n_dead++;
  g_array_index (self->places, guint32, rowid) = 0;
  compact (self);
}

void
mc_search_keys_set (McSearchKeys *self, gint64 rowid, const char *key, gsize length, guint tag)
{
  Entry entry = { .start = self->bytes->len, .rowid = rowid, .length = (guint32) length + 1, .tag = tag };
  const char *end = mc_bytes_find (key, length, "\n\n", 2);

  g_return_if_fail (rowid > 0 && rowid < G_MAXINT32 && length < G_MAXINT32);

  mc_search_keys_remove (self, rowid);
  forget_search (self);
  entry.start = self->bytes->len;
  entry.name_end = end ? (guint32) (end - key) + 2 : entry.length;
  g_string_append_c (self->bytes, '\n');
  g_string_append_len (self->bytes, key, (gssize) length);
  g_array_append_val (self->entries, entry);
  if ((guint64) rowid >= self->places->len)
    g_array_set_size (self->places, (guint) MAX (rowid + 1, MIN (rowid * 2, G_MAXINT32)));
  g_array_index (self->places, guint32, rowid) = self->entries->len;
}

guint
mc_search_keys_get_n (McSearchKeys *self)
{
  return self->entries->len - self->n_dead;
}

gsize
mc_search_keys_get_n_bytes (McSearchKeys *self)
{
  return self->bytes->len;
}

/* memmem() of the C library looks at every byte of short needles; this compares first and last byte of 16 places at once. */
const char *
mc_bytes_find (const char *bytes, gsize length, const char *needle, gsize n)
{
#ifdef __SSE2__
  if (n >= 2 && length >= n + 16)
    {
      const __m128i first = _mm_set1_epi8 (needle[0]);
      const __m128i last = _mm_set1_epi8 (needle[n - 1]);
      gsize i = 0;

      for (; i + n + 15 <= length; i += 16)
        {
          __m128i a = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (bytes + i));
          __m128i b = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (bytes + i + n - 1));
          guint mask = (guint) _mm_movemask_epi8 (_mm_and_si128 (_mm_cmpeq_epi8 (a, first), _mm_cmpeq_epi8 (b, last)));

          for (; mask != 0; mask &= mask - 1)
            {
              const char *place = bytes + i + __builtin_ctz (mask);

              if (n == 2 || memcmp (place + 1, needle + 1, n - 2) == 0)
                return place;
            }
        }
      bytes += i;
      length -= i;
    }
#endif
  return memmem (bytes, length, needle, n);
}

static gboolean
entry_has (McSearchKeys *self, const Entry *entry, const char *word, gsize n)
{
  return mc_bytes_find (self->bytes->str + entry->start, entry->length, word, n) != NULL;
}

/* One pass over the whole array: from each hit on to the next key. */
static void
scan (McSearchKeys *self, const char *word, gsize n)
{
  const char *at = self->bytes->str, *end = at + self->bytes->len;
  guint i = 0;

  while ((at = mc_bytes_find (at, (gsize) (end - at), word, n)) != NULL)
    {
      const Entry *entry;
      gsize offset = (gsize) (at - self->bytes->str);

      while (entry_at (self, i)->start + entry_at (self, i)->length <= offset)
        i++;
      entry = entry_at (self, i);
      self->matches[i] = MC_SEARCH_MATCH;
      at = self->bytes->str + entry->start + entry->length;
    }
}

/* Only among those that matched what was typed before. */
static void
narrow (McSearchKeys *self, const char *word, gsize n, const gboolean *tags, guint n_tags)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = entry_at (self, i);

      if (self->matches[i] && !(tags && entry->tag < n_tags && tags[entry->tag]) && !entry_has (self, entry, word, n))
        self->matches[i] = MC_SEARCH_NONE;
    }
}

static void
mark_tags (McSearchKeys *self, const gboolean *tags, guint n_tags)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = entry_at (self, i);

      if (entry->rowid && entry->tag < n_tags && tags[entry->tag])
        self->matches[i] = MC_SEARCH_MATCH;
    }
}

/* Names that begin with @word. */
static void
mark_prefixes (McSearchKeys *self, const char *word)
{
  g_autofree char *line = g_strconcat ("\n", word, NULL);
  gsize n = strlen (line);

  for (guint i = 0; i < self->entries->len; i++)
    if (self->matches[i])
      {
        const Entry *entry = entry_at (self, i);
        gboolean prefix = mc_bytes_find (self->bytes->str + entry->start, entry->name_end, line, n) != NULL;

        self->matches[i] = prefix ? MC_SEARCH_PREFIX : MC_SEARCH_MATCH;
      }
}

void
mc_search_keys_search (McSearchKeys *self, const char *const *words, const gboolean *const *tags, guint n_tags)
{
  gboolean can_narrow;

  g_return_if_fail (words != NULL && words[0] != NULL);

  can_narrow = self->matches && self->last_word && strstr (words[0], self->last_word) != NULL;
  if (!can_narrow)
    {
      g_free (self->matches);
      self->matches = g_new0 (guint8, MAX (self->entries->len, 1));
      scan (self, words[0], strlen (words[0]));
      if (tags && tags[0])
        mark_tags (self, tags[0], n_tags);
    }
  else
    {
      narrow (self, words[0], strlen (words[0]), tags ? tags[0] : NULL, n_tags);
    }
  for (guint i = 1; words[i] != NULL; i++)
    narrow (self, words[i], strlen (words[i]), tags ? tags[i] : NULL, n_tags);
  mark_prefixes (self, words[0]);
  /* What matches a longer word also matches a part of it, so the next search may begin here; not if other words took records away. */
  g_free (self->last_word);
  self->last_word = words[1] == NULL ? g_strdup (words[0]) : NULL;
}

McSearchMatch
mc_search_keys_get_match (McSearchKeys *self, gint64 rowid)
{
  guint32 place = place_of (self, rowid);

  return place && self->matches ? (McSearchMatch) self->matches[place - 1] : MC_SEARCH_NONE;
}
