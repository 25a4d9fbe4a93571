/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one reader of lines: no recursion, one pass, nothing accepted but the one spelling. */
#include "mc-change.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-nfc.h"

#define NAME_MAX_BYTES 63
#define HEX64 64
#define FIRST_FIELDS 8 /* a power of two: most lines set no more */

/* Over the change's own copy of the line: names and texts stay where they stand and are ended by a NUL in place of their closing quote. */
typedef struct
{
  char *start;
  char *p;
  char *end;
  const char *expected; /* what should have stood at p; a msgid or a piece of the grammar */
} Reader;

static gboolean
fail (Reader     *r,
      const char *expected)
{
  r->expected = expected;
  return FALSE;
}

static gboolean
at (const Reader *r,
    char          c)
{
  return r->p < r->end && *r->p == c;
}

/* Goes on only over exactly @text. */
static gboolean
skip (Reader     *r,
      const char *text,
      gsize       n)
{
  if ((gsize) (r->end - r->p) < n || memcmp (r->p, text, n) != 0)
    return FALSE;
  r->p += n;
  return TRUE;
}

#define SKIP(r, text) skip ((r), (text), sizeof (text) - 1)
#define EXPECT(r, text) (SKIP (r, text) || fail ((r), (text)))

static gboolean
is_hex (char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Arrays grow when their length reaches a power of two, so that no capacity has to be kept. */
static gboolean
is_full (guint n)
{
  return (n & (n - 1)) == 0;
}

static gboolean
read_hex64 (Reader *r,
            char    out[HEX64 + 1])
{
  if (!EXPECT (r, "\""))
    return FALSE;
  for (guint i = 0; i < HEX64; i++)
    if (r->end - r->p <= (gssize) i || !is_hex (r->p[i]))
      {
        r->p += i;
        return fail (r, N_("64 lower-case hex digits"));
      }
  memcpy (out, r->p, HEX64);
  out[HEX64] = '\0';
  r->p += HEX64;
  return EXPECT (r, "\"");
}

/* A UUID without quotes. */
static gboolean
read_uuid (Reader *r,
           char    out[37])
{
  static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

  for (guint i = 0; i < 36; i++)
    if (r->end - r->p <= (gssize) i || (shape[i] == 'x' ? !is_hex (r->p[i]) : r->p[i] != '-'))
      {
        r->p += i;
        return fail (r, N_("a lower-case UUID"));
      }
  memcpy (out, r->p, 36);
  out[36] = '\0';
  r->p += 36;
  return TRUE;
}

static gboolean
read_quoted_uuid (Reader *r,
                  char    out[37])
{
  return EXPECT (r, "\"") && read_uuid (r, out) && EXPECT (r, "\"");
}

/* A decimal without leading zero, at most @max. */
static gboolean
read_decimal (Reader  *r,
              guint64  max,
              guint64 *out)
{
  const char *first = r->p;
  guint64 n = 0;

  while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
    {
      guint digit = (guint) (*r->p - '0');

      if (n > (max - digit) / 10)
        return fail (r, N_("a smaller number"));
      if (r->p > first && n == 0)
        return fail (r, N_("a number without leading zero"));
      n = 10 * n + digit;
      r->p++;
    }
  if (r->p == first)
    return fail (r, N_("a digit"));
  *out = n;
  return TRUE;
}

static gboolean
read_seq (Reader  *r,
          guint64 *out)
{
  if (at (r, '0'))
    return fail (r, N_("a number of 1 or more"));
  return read_decimal (r, G_MAXINT64, out);
}

static gboolean
read_integer (Reader *r,
              gint64 *out)
{
  gboolean negative = SKIP (r, "-");
  guint64 n;

  if (negative && at (r, '0'))
    return fail (r, N_("a digit from 1 to 9"));
  if (!read_decimal (r, negative ? (guint64) G_MAXINT64 + 1 : G_MAXINT64, &n))
    return FALSE;
  *out = negative ? (gint64) (0 - n) : (gint64) n;
  return TRUE;
}

/* A quoted NAME; *@out points into the line. */
static gboolean
read_name (Reader *r,
           char  **out,
           gsize  *length)
{
  char *first;

  if (!EXPECT (r, "\""))
    return FALSE;
  first = r->p;
  if (r->p >= r->end || *r->p < 'a' || *r->p > 'z')
    return fail (r, N_("a letter from a to z"));
  while (r->p < r->end && ((*r->p >= 'a' && *r->p <= 'z') || (*r->p >= '0' && *r->p <= '9') || *r->p == '_'))
    r->p++;
  if (r->p - first > NAME_MAX_BYTES)
    return fail (r, N_("a name of at most 63 letters"));
  *out = first;
  *length = (gsize) (r->p - first);
  return EXPECT (r, "\"");
}

static gboolean
take_name (Reader *r,
           char  **out)
{
  gsize length;

  if (!read_name (r, out, &length))
    return FALSE;
  (*out)[length] = '\0';
  return TRUE;
}

static int
hex_digit (char c)
{
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* The control that `\u00xy` at @p stands for, or 0 if it has no business to be written so. */
static char
escaped_control (const char *p,
                 const char *end)
{
  int c;

  if (end - p < 6 || memcmp (p, "\\u00", 4) != 0 || (p[4] != '0' && p[4] != '1') || !is_hex (p[5]))
    return 0;
  c = 16 * hex_digit (p[4]) + hex_digit (p[5]);
  return c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t' ? 0 : (char) c;
}

/* What the escape at @p stands for and its length; 0 if it is none of the grammar. */
static char
read_escape (const char *p,
             const char *end,
             gsize      *length)
{
  static const char letters[] = "\"\\bfnrt";
  static const char meanings[] = "\"\\\b\f\n\r\t";
  const char *letter;

  if (end - p < 2)
    return 0;
  *length = 2;
  letter = p[1] ? strchr (letters, p[1]) : NULL;
  if (letter)
    return meanings[letter - letters];
  *length = 6;
  return escaped_control (p, end);
}

/* Length of the UTF-8 character at @p (not ASCII), 0 if it is none; clears *@inert if it may matter to NFC. */
static gsize
read_character (const char *p,
                const char *end,
                gboolean   *inert)
{
  const guchar *b = (const guchar *) p;
  gunichar c;

  /* U+4000–U+9FFF, which is most of what stands here. */
  if (b[0] >= 0xe4 && b[0] <= 0xe9 && end - p >= 3 && (b[1] & 0xc0) == 0x80 && (b[2] & 0xc0) == 0x80)
    return 3;
  c = g_utf8_get_char_validated (p, MIN (end - p, 6));
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 0;
  if (*inert && !mc_nfc_is_inert (c))
    *inert = FALSE;
  return (gsize) g_unichar_to_utf8 (c, NULL);
}

/* In place: what is decoded is never longer. Returns its end. */
static char *
decode_text (char       *text,
             const char *end)
{
  const char *p = text;
  char *out = text;

  while (p < end)
    {
      const char *escape = memchr (p, '\\', (gsize) (end - p));
      gsize plain = (gsize) ((escape ? escape : end) - p);
      gsize length = 0;

      memmove (out, p, plain);
      out += plain;
      p += plain;
      if (!escape)
        break;
      *out++ = read_escape (p, end, &length);
      p += length;
    }
  return out;
}

/* Goes over a text to its closing quote. */
static gboolean
scan_text (Reader   *r,
           gboolean *escapes,
           gboolean *inert)
{
  while (r->p < r->end)
    {
      guchar c = (guchar) *r->p;
      gsize length = 1;

      if (c == '"')
        return TRUE;
      if (c == '\\')
        {
          if (!read_escape (r->p, r->end, &length))
            return fail (r, N_("an escape that is needed, in its one spelling"));
          *escapes = TRUE;
        }
      else if (c < 0x20)
        {
          return fail (r, N_("an escaped control character"));
        }
      else if (c >= 0x80)
        {
          length = read_character (r->p, r->end, inert);
          if (length == 0)
            return fail (r, N_("a character in UTF-8"));
        }
      r->p += length;
    }
  return fail (r, "\"");
}

static gboolean
take_text (Reader *r,
           char  **out)
{
  gboolean escapes = FALSE, inert = TRUE;
  char *first, *end;

  if (!EXPECT (r, "\""))
    return FALSE;
  first = r->p;
  if (!scan_text (r, &escapes, &inert))
    return FALSE;
  end = escapes ? decode_text (first, r->p) : r->p;
  if (!inert && !mc_nfc_is_normal (first, (gsize) (end - first)))
    {
      r->p = first;
      return fail (r, N_("a text in normalisation form C"));
    }
  *end = '\0';
  r->p++; /* the closing quote */
  *out = first;
  return TRUE;
}

static gboolean
read_sealed (Reader  *r,
             McValue *value)
{
  char digest[HEX64 + 1], *first = r->p + strlen ("{\"sealed\":\"");

  if (!EXPECT (r, "{\"sealed\":") || !read_hex64 (r, digest) || !EXPECT (r, "}"))
    return FALSE;
  first[HEX64] = '\0';
  *value = (McValue) { MC_VALUE_SEALED, 0, first };
  return TRUE;
}

/* @value is null. */
static gboolean
read_value (Reader  *r,
            McValue *value)
{
  if (at (r, '"'))
    {
      if (!take_text (r, &value->text))
        return FALSE;
      value->type = MC_VALUE_TEXT;
      return TRUE;
    }
  if (at (r, '{'))
    return read_sealed (r, value);
  if (SKIP (r, "null"))
    return TRUE;
  if (SKIP (r, "true") || SKIP (r, "false"))
    {
      mc_value_init_boolean (value, r->p[-2] == 'u');
      return TRUE;
    }
  if (r->p >= r->end || (*r->p != '-' && (*r->p < '0' || *r->p > '9')))
    return fail (r, N_("null, true, false, an integer, a text or a sealed value"));
  value->type = MC_VALUE_INTEGER;
  return read_integer (r, &value->integer);
}

/* "DEVICE:SEQ" */
static gboolean
read_ref (Reader *r,
          McRef  *ref)
{
  return EXPECT (r, "\"") && read_uuid (r, ref->device) && EXPECT (r, ":") && read_seq (r, &ref->seq) && EXPECT (r, "\"");
}

/* ["DEVICE:SEQ",…], ascending, at least one. */
static gboolean
take_refs (Reader *r,
           McRef **refs,
           guint  *n_refs)
{
  if (!EXPECT (r, "["))
    return FALSE;
  do
    {
      char *first = r->p;
      guint n = *n_refs;

      if (is_full (n))
        *refs = g_renew (McRef, *refs, MAX (1, 2 * n));
      memset (&(*refs)[n], 0, sizeof (McRef));
      if (!read_ref (r, &(*refs)[n]))
        return FALSE;
      if (n > 0 && mc_ref_compare (&(*refs)[n - 1], &(*refs)[n]) >= 0)
        {
          r->p = first;
          return fail (r, N_("references in ascending order"));
        }
      *n_refs = n + 1;
    }
  while (SKIP (r, ","));
  return EXPECT (r, "]");
}

/* KEY:VALUE, after the key before it. */
static gboolean
read_set_field (Reader   *r,
                McChange *change)
{
  guint n = change->n_fields;
  char *first = r->p;
  McFieldChange *field;

  if (n == 0 || (n >= FIRST_FIELDS && is_full (n)))
    change->fields = g_renew (McFieldChange, change->fields, MAX (FIRST_FIELDS, 2 * n));
  field = &change->fields[n];
  memset (field, 0, sizeof *field);
  if (!take_name (r, &field->key))
    return FALSE;
  change->n_fields++;
  if (n > 0 && strcmp (field[-1].key, field->key) >= 0)
    {
      r->p = first;
      return fail (r, N_("keys in ascending order"));
    }
  return EXPECT (r, ":") && read_value (r, &field->value);
}

static gboolean
read_set (Reader   *r,
          McChange *change)
{
  if (!EXPECT (r, "{"))
    return FALSE;
  if (SKIP (r, "}"))
    return TRUE;
  do
    if (!read_set_field (r, change))
      return FALSE;
  while (SKIP (r, ","));
  return EXPECT (r, "}");
}

/* As the keys of both ascend, the search for the next goes on where the last was found. */
static gboolean
read_was (Reader   *r,
          McChange *change)
{
  guint i = 0;

  if (!EXPECT (r, "{"))
    return FALSE;
  if (SKIP (r, "}"))
    return TRUE;
  do
    {
      char *first = r->p, *name;
      gsize length;

      if (!read_name (r, &name, &length))
        return FALSE;
      while (i < change->n_fields && (strncmp (change->fields[i].key, name, length) != 0 || change->fields[i].key[length]))
        i++;
      if (i == change->n_fields)
        {
          r->p = first;
          return fail (r, N_("a key of \"set\", in ascending order"));
        }
      if (!EXPECT (r, ":") || !take_refs (r, &change->fields[i].was, &change->fields[i].n_was))
        return FALSE;
      i++;
    }
  while (SKIP (r, ","));
  return EXPECT (r, "}");
}

static gboolean
read_seal (Reader   *r,
           McChange *change)
{
  McSeal *seal = change->seal = g_new0 (McSeal, 1);

  return EXPECT (r, "{\"kind\":") && take_name (r, &seal->kind) &&
         EXPECT (r, ",\"text\":") && read_hex64 (r, seal->text) &&
         EXPECT (r, ",\"heads\":") && take_refs (r, &seal->heads, &seal->n_heads) &&
         EXPECT (r, "}");
}

/* The rest of an object: a reference and a reason. */
static gboolean
read_reasoned (Reader *r,
               McRef  *ref,
               char  **reason)
{
  return read_ref (r, ref) && EXPECT (r, ",\"reason\":") && take_text (r, reason) && EXPECT (r, "}");
}

static gboolean
read_erases (Reader   *r,
             McChange *change)
{
  if (SKIP (r, "{\"sealed\":"))
    change->erases = MC_ERASES_SEALED;
  else if (SKIP (r, "{\"blob\":"))
    change->erases = MC_ERASES_BLOB;
  else
    return fail (r, "{\"sealed\": | {\"blob\":");
  return read_hex64 (r, change->erases_digest) && EXPECT (r, ",\"reason\":") && take_text (r, &change->erases_reason) &&
         EXPECT (r, "}");
}

static gboolean
read_head (Reader   *r,
           McChange *change)
{
  guint64 ms;

  if (!EXPECT (r, "{\"v\":1,\"device\":") || !read_quoted_uuid (r, change->device) ||
      !EXPECT (r, ",\"seq\":") || !read_seq (r, &change->seq) ||
      !EXPECT (r, ",\"at\":") || !read_decimal (r, G_MAXINT64, &ms) ||
      !EXPECT (r, ",\"by\":"))
    return FALSE;
  change->at = (gint64) ms;
  if (!SKIP (r, "\"\"") && !read_quoted_uuid (r, change->by))
    return FALSE;
  return EXPECT (r, ",\"entity\":") && take_name (r, &change->entity) &&
         EXPECT (r, ",\"record\":") && read_quoted_uuid (r, change->record);
}

static gboolean
read_line (Reader   *r,
           McChange *change)
{
  if (!read_head (r, change) ||
      !EXPECT (r, ",\"set\":") || !read_set (r, change) ||
      !EXPECT (r, ",\"was\":") || !read_was (r, change))
    return FALSE;
  if (SKIP (r, ",\"seal\":") && !read_seal (r, change))
    return FALSE;
  if (SKIP (r, ",\"amends\":{\"seal\":") && !read_reasoned (r, &change->amends, &change->amends_reason))
    return FALSE;
  if (SKIP (r, ",\"aside\":{\"change\":") && !read_reasoned (r, &change->aside, &change->aside_reason))
    return FALSE;
  if (SKIP (r, ",\"verdict\":{\"change\":") && !read_reasoned (r, &change->verdict, &change->verdict_reason))
    return FALSE;
  if (SKIP (r, ",\"erases\":") && !read_erases (r, change))
    return FALSE;
  if (!EXPECT (r, "}"))
    return FALSE;
  return r->p == r->end || fail (r, N_("the end of the line"));
}

McChange *
mc_change_parse (const char *line,
                 gssize      length,
                 GError    **error)
{
  g_autoptr (McChange) change = NULL;
  gsize n_bytes = length < 0 ? strnlen (line, MC_CHANGE_MAX_BYTES + 1) : (gsize) length;
  Reader r = { NULL };

  g_return_val_if_fail (line != NULL, NULL);

  if (n_bytes > MC_CHANGE_MAX_BYTES)
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR,
                   _("This is not a line of the log: it is longer than %d bytes. Nothing was changed."), MC_CHANGE_MAX_BYTES);
      return NULL;
    }
  change = mc_change_new ();
  change->block = memcpy (g_malloc (n_bytes + 1), line, n_bytes);
  change->block_length = n_bytes + 1;
  r = (Reader) { change->block, change->block, change->block + n_bytes, NULL };
  if (!read_line (&r, change))
    {
      g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR,
                   _("This is not a line of the log: at byte %u there should be: %s. Nothing was changed."),
                   (guint) (r.p - r.start) + 1, _(r.expected));
      return NULL;
    }
  return g_steal_pointer (&change);
}
