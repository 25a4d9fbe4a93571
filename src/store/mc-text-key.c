/* SPDX-License-Identifier: GPL-3.0-or-later
 * Normal forms of texts, and the keys that names are compared and found by. */
#include "mc-text-key.h"

#include <string.h>

#include "mc-nfc.h"
#include "mc-pinyin.h"

#define MAX_COMBINATIONS 64
#define MAX_WAY_BYTES sizeof (McSyllable) /* what is moved at once; a syllable or a character is less */
#define FEW_LETTERS 80 /* so many need no allocation */
#define MAX_AMBIGUOUS 64 /* characters of several readings that are varied in one text */

/* --- normal forms ----------------------------------------------------------------------------------------- */

char *
mc_text_nfc (const char *text, gssize length)
{
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, length, &end))
    return NULL;
  return mc_nfc_normalise (text, (gsize) (end - text));
}

/* TRUE if NFKC and case folding leave @c as it is or do what simple_fold() does. */
static gboolean
is_simple_to_fold (gunichar c)
{
  return c < 0x80 || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3001 && c <= 0x3011) || (c >= 0xff01 && c <= 0xff5e)
         || (c >= 0x3400 && c <= 0x4dbf) || c == 0x3000 || (c >= 0x20000 && c <= 0x2f7ff);
}

static gunichar
simple_fold (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - '!';
  if (c >= 'A' && c <= 'Z')
    c += 'a' - 'A';
  return c;
}

static char *
fold (const char *text)
{
  g_autofree char *compatible = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC), *folded = g_utf8_casefold (compatible, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

/* Brackets after NFKC: ASCII, tortoise-shell, lenticular, corner and double ones. */
static gboolean
is_opening_bracket (gunichar c)
{
  return c == '(' || c == '[' || c == '{' || c == 0x3010 || c == 0x3014 || c == 0x3016 || c == 0x3018 || c == 0x300c || c == 0x300e;
}

static gboolean
is_closing_bracket (gunichar c)
{
  return c == ')' || c == ']' || c == '}' || c == 0x3011 || c == 0x3015 || c == 0x3017 || c == 0x3019 || c == 0x300d || c == 0x300f;
}

/* What the same name is written with on one sheet and without on the next. */
static gboolean
is_left_out (gunichar c)
{
  switch (c)
    {
    case '.': case ',': case '-': case '_': case '~': case '\'': case '"': case '`': case '*':
    case 0x00b7: case 0x2022: case 0x2027: case 0x2219: case 0x22c5: case 0x30fb: /* middle dots */
    case 0x3001: case 0x3002: case 0x30fc:
    case 0x300a: case 0x300b: case 0x3008: case 0x3009: case '<': case '>': /* title marks */
      return TRUE;
    default:
      if (c >= 0x2010 && c <= 0x201f) /* dashes and quotation marks */
        return TRUE;
      if (c < 0x80 || (c >= 0x3400 && c <= 0x9fff))
        return c <= ' ' || c == 0x7f;
      return g_unichar_isspace (c) || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
             || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    }
}

/* Writes what stands for the folded character @c; @text is its bytes if they need no folding, else NULL. */
static char *
write_key_character (char *to, gunichar c, const char *text)
{
  if (is_opening_bracket (c))
    *to++ = '(';
  else if (is_closing_bracket (c))
    *to++ = ')';
  else if (is_left_out (c))
    return to;
  else if (c < 0x80)
    *to++ = (char) c;
  else if (text)
    to = (char *) memcpy (to, text, (gsize) (g_utf8_next_char (text) - text)) + (g_utf8_next_char (text) - text);
  else
    to += g_unichar_to_utf8 (c, to);
  return to;
}

/* Of a text of simple characters, in one pass; FALSE if it is none. The key is never longer than the text. */
static gboolean
write_simple_key (char *to, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guchar lead = (guchar) *p;
      gunichar c;

      /* Nearly all: U+4E00–U+9FFF, and small letters and digits. */
      if ((lead >= 0xe5 && lead <= 0xe9) || (lead == 0xe4 && (guchar) p[1] >= 0xb8))
        {
          memcpy (to, p, 3);
          to += 3;
          continue;
        }
      if ((lead >= 'a' && lead <= 'z') || (lead >= '0' && lead <= '9'))
        {
          *to++ = *p;
          continue;
        }
      c = g_utf8_get_char (p);
      if (!is_simple_to_fold (c))
        return FALSE;
      to = write_key_character (to, simple_fold (c), c == simple_fold (c) ? p : NULL);
    }
  *to = '\0';
  return TRUE;
}

char *
mc_text_name_key (const char *text)
{
  g_autofree char *folded = NULL;
  char *key, *to;

  g_return_val_if_fail (text != NULL, NULL);

  key = g_malloc (strlen (text) + 1);
  if (write_simple_key (key, text))
    return key;
  folded = fold (text);
  to = key = g_realloc (key, strlen (folded) + 1);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    to = write_key_character (to, g_utf8_get_char (p), p);
  *to = '\0';
  return key;
}

char *
mc_text_fold_query (const char *query)
{
  return mc_text_name_key (query);
}

/* --- search keys ------------------------------------------------------------------------------------------ */

/* One character of a text, with the ways it may be typed. */
typedef struct
{
  McSyllable ways[MC_PINYIN_MAX_READINGS];
  guint n_ways;
  gboolean is_itself; /* it has no reading */
} Letter;

/* A line of the key as it is put together: which way is taken of each ambiguous letter. */
typedef struct
{
  GString *out;
  const Letter *letters;
  guint n_letters;
  guint ambiguous[MAX_AMBIGUOUS]; /* indices of the letters with several ways */
  guint n_ambiguous;
  guint8 *taken;         /* for each letter */
  guint n_lines;
} Combiner;

static void
append_combination (Combiner *self)
{
  gsize start = self->out->len;
  char *to;

  g_string_set_size (self->out, start + self->n_letters * MAX_WAY_BYTES + 1);
  to = self->out->str + start;
  for (guint i = 0; i < self->n_letters; i++)
    {
      const McSyllable *way = &self->letters[i].ways[self->taken[i]];

      memcpy (to, way, sizeof *way);
      to += way->length;
    }
  *to++ = '\n';
  g_string_truncate (self->out, (gsize) (to - self->out->str));
  self->n_lines++;
}

/* Appends the combinations in which exactly @n of the ambiguous letters from @from on take another way than their first. */
static void
vary (Combiner *self, guint from, guint n)
{
  if (n == 0)
    {
      if (self->n_lines < MAX_COMBINATIONS)
        append_combination (self);
      return;
    }
  for (guint i = from; i + n <= self->n_ambiguous && self->n_lines < MAX_COMBINATIONS; i++)
    {
      guint place = self->ambiguous[i];

      for (guint way = 1; way < self->letters[place].n_ways; way++)
        {
          self->taken[place] = (guint8) way;
          vary (self, i + 1, n - 1);
        }
      self->taken[place] = 0;
    }
}

/* The likely combinations come first: all first ways, then one other way, then two … */
static void
append_combinations (GString *out, const Letter *letters, guint n_letters)
{
  g_autofree guint8 *many = n_letters > FEW_LETTERS ? g_new0 (guint8, n_letters) : NULL;
  guint8 few[FEW_LETTERS] = { 0 };
  Combiner combiner = { .out = out, .letters = letters, .n_letters = n_letters, .taken = many ? many : few };

  for (guint i = 0; i < n_letters && combiner.n_ambiguous < MAX_AMBIGUOUS; i++)
    if (letters[i].n_ways > 1)
      combiner.ambiguous[combiner.n_ambiguous++] = i;
  for (guint n = 0; n <= combiner.n_ambiguous && combiner.n_lines < MAX_COMBINATIONS; n++)
    vary (&combiner, 0, n);
}

/* Initials: the first letters of the readings, each once. */
static void
keep_initials (Letter *letters, guint n_letters)
{
  for (guint i = 0; i < n_letters; i++)
    {
      Letter *letter = &letters[i];
      guint kept = 0;

      if (letter->is_itself)
        continue;
      for (guint way = 0; way < letter->n_ways; way++)
        {
          guint same = 0;

          while (same < kept && letter->ways[same].text[0] != letter->ways[way].text[0])
            same++;
          if (same < kept)
            continue;
          letter->ways[kept] = letter->ways[way];
          letter->ways[kept++].length = 1;
        }
      letter->n_ways = kept;
    }
}

/* TRUE if one of the letters has a reading. @letters holds as many as @key has bytes. */
static gboolean
read_letters (const char *key, Letter *letters, guint *n_letters)
{
  gboolean has_readings = FALSE;

  for (const char *p = key, *next; *p != '\0'; p = next)
    {
      Letter *letter = &letters[(*n_letters)++];

      next = g_utf8_next_char (p);
      letter->n_ways = next - p == 1 ? 0 : mc_pinyin_syllables (g_utf8_get_char (p), letter->ways);
      letter->is_itself = letter->n_ways == 0;
      has_readings |= !letter->is_itself;
      if (letter->is_itself)
        {
          letter->n_ways = 1;
          letter->ways[0].length = (guint8) (next - p);
          memcpy (letter->ways[0].text, p, (gsize) (next - p));
        }
    }
  return has_readings;
}

void
mc_text_append_search_key (GString *out, const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree Letter *many = NULL;
  Letter few[FEW_LETTERS];
  Letter *letters = few;
  guint n_letters = 0;
  gsize length;

  g_return_if_fail (out != NULL && text != NULL);

  folded = mc_text_name_key (text);
  if (*folded == '\0')
    return;
  length = strlen (folded);
  g_string_append_len (out, folded, (gssize) length);
  g_string_append_c (out, '\n');

  if (length > FEW_LETTERS)
    letters = many = g_new (Letter, length);
  if (read_letters (folded, letters, &n_letters))
    {
      append_combinations (out, letters, n_letters);
      keep_initials (letters, n_letters);
      append_combinations (out, letters, n_letters);
    }
  g_string_append_c (out, '\n');
}
