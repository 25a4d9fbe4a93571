/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bit maps of letters, pairs of letters and other characters. */
#include "mc-search-grams.h"

#include <string.h>

/* Letters and digits are told apart; all other characters share some hundred places. */
#define N_SYMBOLS 36
#define N_PAIRS (N_SYMBOLS * N_SYMBOLS)
#define N_OTHERS 1024
#define FIRST_PAIR N_SYMBOLS
#define FIRST_OTHER (FIRST_PAIR + N_PAIRS)
#define N_GRAMS (FIRST_OTHER + N_OTHERS)

typedef struct
{
  guint64 *words;
  guint n_words;
} Bits;

struct _McSearchGrams
{
  Bits anywhere[N_GRAMS];
  Bits starts[N_GRAMS]; /* at the beginning of a line of the name */
};

McSearchGrams *
mc_search_grams_new (void)
{
  return g_new0 (McSearchGrams, 1);
}

void
mc_search_grams_free (McSearchGrams *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < N_GRAMS; i++)
    {
      g_free (self->anywhere[i].words);
      g_free (self->starts[i].words);
    }
  g_free (self);
}

/* 0 to 35; -1 for what is no small letter and no digit. */
static inline int
symbol_of (char c)
{
  if (c >= 'a' && c <= 'z')
    return c - 'a';
  return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
}

/* The gram of the character at @p that is no symbol, and its length in bytes. */
static inline guint
other_gram (const char *p, const char *end, guint *length)
{
  guint hash = (guchar) *p, n = 1;

  while (p + n < end && ((guchar) p[n] & 0xc0) == 0x80)
    hash = hash * 31 + (guchar) p[n++];
  *length = n;
  return FIRST_OTHER + (hash ^ hash >> 10) % N_OTHERS;
}

static inline void
set_bit (Bits *bits, guint index)
{
  guint word = index / 64;

  if (G_UNLIKELY (word >= bits->n_words))
    {
      guint n_words = MAX (word + 1, bits->n_words + bits->n_words / 2 + 4);

      bits->words = g_renew (guint64, bits->words, n_words);
      memset (bits->words + bits->n_words, 0, (n_words - bits->n_words) * sizeof (guint64));
      bits->n_words = n_words;
    }
  bits->words[word] |= G_GUINT64_CONSTANT (1) << index % 64;
}

void
mc_search_grams_add (McSearchGrams *self, guint index, const char *text, gsize length, gsize name_end)
{
  const char *end = text + length;
  gboolean starts = TRUE, second = FALSE; /* at the first, at the second character of a line of the name */
  int before = -1;

  for (const char *p = text; p < end;)
    {
      int symbol = symbol_of (*p);
      guint step = 1;

      if (*p == '\n')
        {
          starts = (gsize) (p + 1 - text) < name_end;
          second = FALSE;
          before = -1;
          p++;
          continue;
        }
      if (symbol >= 0)
        {
          set_bit (&self->anywhere[symbol], index);
          if (starts)
            set_bit (&self->starts[symbol], index);
          if (before >= 0)
            {
              guint pair = FIRST_PAIR + (guint) before * N_SYMBOLS + (guint) symbol;

              set_bit (&self->anywhere[pair], index);
              if (second)
                set_bit (&self->starts[pair], index);
            }
        }
      else
        {
          guint gram = other_gram (p, end, &step);

          set_bit (&self->anywhere[gram], index);
          if (starts)
            set_bit (&self->starts[gram], index);
        }
      second = starts;
      starts = FALSE;
      before = symbol;
      p += step;
    }
}

/* What is not noted anywhere has no bits. */
static void
intersect (guint64 *bits, guint n_words, const Bits *with)
{
  guint n = MIN (n_words, with->n_words);

  for (guint i = 0; i < n; i++)
    bits[i] &= with->words[i];
  memset (bits + n, 0, (n_words - n) * sizeof (guint64));
}

gboolean
mc_search_grams_find (McSearchGrams *self, const char *word, gboolean starts, guint64 *bits, guint n_words)
{
  const char *end = word + strlen (word);
  gboolean first = TRUE, second = FALSE, exact = TRUE;
  guint n_characters = 0;
  int before = -1;

  memset (bits, 0xff, n_words * sizeof (guint64));
  for (const char *p = word; p < end; n_characters++)
    {
      int symbol = symbol_of (*p);
      guint step = 1;

      if (symbol < 0)
        {
          guint gram = other_gram (p, end, &step);

          exact = FALSE;
          intersect (bits, n_words, &(starts && first ? self->starts : self->anywhere)[gram]);
        }
      else if (before >= 0)
        {
          intersect (bits, n_words, &(starts && second ? self->starts : self->anywhere)[FIRST_PAIR + (guint) before * N_SYMBOLS + (guint) symbol]);
        }
      else
        {
          intersect (bits, n_words, &(starts && first ? self->starts : self->anywhere)[symbol]);
        }
      second = first;
      first = FALSE;
      before = symbol;
      p += step;
    }
  return exact && n_characters <= 2;
}
