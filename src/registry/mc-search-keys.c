/* SPDX-License-Identifier: GPL-3.0-or-later
 * Search keys of many records in one array of bytes, and the search over it. */
#include "mc-search-keys.h"

#include "mc-search-grams.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A key stands in the array behind a newline, so that "\nWORD" is WORD at the beginning of a line. */
typedef struct
{
  gsize start;      /* of the newline */
  guint32 rowid;    /* 0: replaced, its bytes are dead */
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
  McSearchGrams *grams; /* which entries can have a word at all */

  /* of the last search, one bit for each entry */
  guint n_words;     /* of 64 bits */
  guint64 *matches;  /* NULL: there was none */
  guint64 *prefixes;
};

McSearchKeys *
mc_search_keys_new (void)
{
  McSearchKeys *self = g_new0 (McSearchKeys, 1);

  self->bytes = g_string_new (NULL);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->places = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->grams = mc_search_grams_new ();
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
  mc_search_grams_free (self->grams);
  g_free (self->matches);
  g_free (self->prefixes);
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
note_grams (McSearchKeys *self, guint index)
{
  const Entry *entry = entry_at (self, index);

  mc_search_grams_add (self->grams, index, self->bytes->str + entry->start + 1, entry->length - 1, entry->name_end - 1);
}

static void
forget_search (McSearchKeys *self)
{
  g_clear_pointer (&self->matches, g_free);
  g_clear_pointer (&self->prefixes, g_free);
  self->n_words = 0;
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
  mc_search_grams_free (self->grams);
  self->grams = mc_search_grams_new ();
  for (guint i = 0; i < living->len; i++)
    note_grams (self, i);
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
  Entry entry = { .rowid = (guint32) rowid, .length = (guint32) length + 1, .tag = tag };
  const char *end = mc_bytes_find (key, length, "\n\n", 2);

  g_return_if_fail (rowid > 0 && rowid < G_MAXINT32 && length < G_MAXINT32);

  mc_search_keys_remove (self, rowid);
  forget_search (self);
  entry.start = self->bytes->len;
  entry.name_end = end ? (guint32) (end - key) + 2 : entry.length; /* with the newline before, and up to the one that ends the last line */
  g_string_append_c (self->bytes, '\n');
  g_string_append_len (self->bytes, key, (gssize) length);
  g_array_append_val (self->entries, entry);
  if ((guint64) rowid >= self->places->len)
    g_array_set_size (self->places, (guint) MAX (rowid + 1, MIN (rowid * 2, G_MAXINT32)));
  g_array_index (self->places, guint32, rowid) = self->entries->len;
  note_grams (self, self->entries->len - 1);
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

/* memmem() of the C library is slow to begin; this compares first and last byte of 16 places at once. */
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
has_bit (const guint64 *bits, guint index)
{
  return (bits[index / 64] >> index % 64 & 1) != 0;
}

/* Takes away the bits of entries that do not have @needle, in the name only or anywhere; and those of dead entries. */
static void
verify (McSearchKeys *self, guint64 *bits, const char *needle, gsize n, gboolean in_name)
{
  for (guint i = 0; i < self->n_words; i++)
    for (guint64 left = bits[i]; left != 0; left &= left - 1)
      {
        guint index = i * 64 + (guint) __builtin_ctzll (left);
        const Entry *entry = index < self->entries->len ? entry_at (self, index) : NULL;

        if (entry == NULL || entry->rowid == 0
            || (n > 0 && mc_bytes_find (self->bytes->str + entry->start, in_name ? entry->name_end : entry->length, needle, n) == NULL))
          bits[i] &= ~(left & -left);
      }
}

/* The entries of @among (NULL: all) that have @word, or a tag of @tags. */
static guint64 *
match_word (McSearchKeys *self, const guint64 *among, const char *word, const gboolean *tags, guint n_tags)
{
  guint64 *bits = g_new (guint64, self->n_words);
  gboolean exact = mc_search_grams_find (self->grams, word, FALSE, bits, self->n_words);

  for (guint i = 0; among && i < self->n_words; i++)
    bits[i] &= among[i];
  verify (self, bits, word, exact ? 0 : strlen (word), FALSE);
  for (guint i = 0; tags && i < self->entries->len; i++)
    {
      const Entry *entry = entry_at (self, i);

      if (entry->tag < n_tags && tags[entry->tag] && entry->rowid && (among == NULL || has_bit (among, i)))
        bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
    }
  return bits;
}

/* Those of the matches whose name begins with @word. */
static guint64 *
match_prefix (McSearchKeys *self, const char *word)
{
  guint64 *bits = g_new (guint64, self->n_words);
  gboolean exact = mc_search_grams_find (self->grams, word, TRUE, bits, self->n_words);
  g_autofree char *line = g_strconcat ("\n", word, NULL);

  for (guint i = 0; i < self->n_words; i++)
    bits[i] &= self->matches[i];
  if (!exact)
    verify (self, bits, line, strlen (line), TRUE);
  return bits;
}

static gboolean
any_tag (const gboolean *tags, guint n_tags)
{
  for (guint i = 0; tags && i < n_tags; i++)
    if (tags[i])
      return TRUE;
  return FALSE;
}

void
mc_search_keys_search (McSearchKeys *self, const char *const *words, const gboolean *const *tags, guint n_tags)
{
  g_return_if_fail (words != NULL && words[0] != NULL);

  forget_search (self);
  self->n_words = self->entries->len / 64 + 1;
  for (guint i = 0; words[i] != NULL; i++)
    {
      const gboolean *word_tags = tags && any_tag (tags[i], n_tags) ? tags[i] : NULL;
      guint64 *matches = match_word (self, self->matches, words[i], word_tags, n_tags);

      g_free (self->matches);
      self->matches = matches;
    }
  self->prefixes = match_prefix (self, words[0]);
}

McSearchMatch
mc_search_keys_get_match (McSearchKeys *self, gint64 rowid)
{
  guint32 place = place_of (self, rowid);

  if (place == 0 || self->matches == NULL || !has_bit (self->matches, place - 1))
    return MC_SEARCH_NONE;
  return has_bit (self->prefixes, place - 1) ? MC_SEARCH_PREFIX : MC_SEARCH_MATCH;
}
