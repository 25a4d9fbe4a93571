/* SPDX-License-Identifier: GPL-3.0-or-later
 * The text in which lines travel: its one reader and its one writer. */
#include "mc-lines.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-change.h"
#include "mc-uuid.h"

/* One word of an item, from its start to the next space or the end. */
typedef struct
{
  const char *p;
  const char *end;
} Words;

void
mc_item_clear (McItem *item)
{
  g_clear_pointer (&item->value, g_free);
}

/* --- texts of openings, spelt as in lines ------------------------------------------------------------------- */

static void
append_quoted (GString    *out,
               const char *text)
{
  static const char named[] = "\b\f\n\r\t";
  static const char letters[] = "bfnrt";

  g_string_append_c (out, '"');
  for (const char *p = text; *p; p++)
    {
      const char *name = strchr (named, *p);

      if (*p == '"' || *p == '\\')
        g_string_append_printf (out, "\\%c", *p);
      else if (name)
        g_string_append_printf (out, "\\%c", letters[name - named]);
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static gboolean
append_escape (GString     *out,
               const char **p,
               const char  *end)
{
  static const char named[] = "\b\f\n\r\t";
  static const char letters[] = "bfnrt";
  const char *letter;
  char hex[5] = "";

  if (*p == end)
    return FALSE;
  letter = strchr (letters, **p);
  if (**p == '"' || **p == '\\')
    g_string_append_c (out, **p);
  else if (**p && letter)
    g_string_append_c (out, named[letter - letters]);
  else if (**p == 'u' && end - *p > 4)
    {
      memcpy (hex, *p + 1, 4);
      g_string_append_c (out, (char) g_ascii_strtoull (hex, NULL, 16));
      *p += 4;
    }
  else
    return FALSE;
  *p += 1;
  return TRUE;
}

/* Exactly what append_quoted() writes, in NFC; NULL if it is something else. */
static char *
read_quoted (const char *p,
             const char *end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);
  const char *start = p;

  if (end - p < 2 || *p != '"' || end[-1] != '"' || !g_utf8_validate (p, end - p, NULL))
    return NULL;
  for (p++; p < end - 1;)
    if (*p != '\\')
      g_string_append_c (text, *p++);
    else
      {
        p++;
        if (!append_escape (text, &p, end - 1))
          return NULL;
      }
  if (strlen (text->str) != text->len)
    return NULL;
  append_quoted (again, text->str);
  if (again->len != (gsize) (end - start) || memcmp (again->str, start, again->len) != 0)
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- reading ---------------------------------------------------------------------------------------------- */

/* Takes the next word into @word, which has room for @size bytes with its NUL. */
static gboolean
take_word (Words *words,
           char  *word,
           gsize  size)
{
  const char *space = memchr (words->p, ' ', (gsize) (words->end - words->p));
  gsize length = (gsize) ((space ? space : words->end) - words->p);

  if (length == 0 || length >= size)
    return FALSE;
  memcpy (word, words->p, length);
  word[length] = '\0';
  words->p += length + (space ? 1 : 0);
  return strlen (word) == length;
}

static gboolean
take_hex (Words  *words,
          guint8 *bytes,
          gsize   n)
{
  char hex[2 * MC_SIGNATURE_BYTES + 1];

  return take_word (words, hex, sizeof hex) && mc_hex_to_bytes (hex, bytes, n);
}

static gboolean
take_ref (Words *words,
          McRef *ref)
{
  char seq[21];
  guint64 number;

  if (!take_word (words, ref->device, sizeof ref->device) || !mc_uuid_is_valid (ref->device) || !take_word (words, seq, sizeof seq))
    return FALSE;
  return seq[0] != '0' && strspn (seq, "0123456789") == strlen (seq) &&
         g_ascii_string_to_unsigned (seq, 10, 1, G_MAXINT64, &number, NULL) && (ref->seq = number) > 0;
}

static gboolean
read_item (Words   words,
           McItem *item)
{
  char word[16];

  if (!take_word (&words, word, sizeof word))
    return FALSE;
  if (strcmp (word, "line") == 0)
    {
      item->kind = MC_ITEM_LINE;
      item->line = words.p;
      item->length = (gsize) (words.end - words.p);
      return item->length > 0;
    }
  if (strcmp (word, "stub") == 0)
    {
      item->kind = MC_ITEM_STUB;
      return take_ref (&words, &item->ref) && take_hex (&words, item->digest.bytes, MC_DIGEST_BYTES) && words.p == words.end;
    }
  if (strcmp (word, "checkpoint") == 0)
    {
      item->kind = MC_ITEM_CHECKPOINT;
      return take_ref (&words, &item->ref) && take_hex (&words, item->digest.bytes, MC_DIGEST_BYTES) &&
             take_hex (&words, item->signature, MC_SIGNATURE_BYTES) && words.p == words.end;
    }
  if (strcmp (word, "opening") != 0 || !take_hex (&words, item->digest.bytes, MC_DIGEST_BYTES) ||
      !take_hex (&words, item->salt, MC_SALT_BYTES))
    return FALSE;
  item->kind = MC_ITEM_OPENING;
  item->value = read_quoted (words.p, words.end);
  return item->value != NULL;
}

int
mc_lines_next (McLinesReader  *reader,
               McItem         *item,
               GError        **error)
{
  const char *start = reader->text + reader->position;
  const char *end;
  Words words;

  mc_item_clear (item);
  memset (item, 0, sizeof *item);
  if (reader->position == reader->length)
    return 0;
  end = memchr (start, '\n', reader->length - reader->position);
  item->number = ++reader->number;
  words = (Words) { start, end };
  if (end && read_item (words, item))
    {
      reader->position += (gsize) (end - start) + 1;
      return 1;
    }
  g_set_error (error, MC_STORE_ERROR, MC_STORE_ERROR_GRAMMAR,
               _("Item %u is neither a line, a stub, a checkpoint nor an opening, or it is cut short. Nothing was applied."), item->number);
  return -1;
}

gboolean
mc_lines_find_sealed (const char *line,
                      gsize       length,
                      gsize      *position,
                      char        hex[2 * MC_DIGEST_BYTES + 1])
{
  static const char mark[] = "{\"sealed\":\"";
  const char *found = memmem (line + *position, length - *position, mark, sizeof mark - 1);
  gsize at;

  if (!found)
    return FALSE;
  at = (gsize) (found - line) + sizeof mark - 1;
  if (length - at < 2 * MC_DIGEST_BYTES)
    return FALSE;
  memcpy (hex, line + at, 2 * MC_DIGEST_BYTES);
  hex[2 * MC_DIGEST_BYTES] = '\0';
  *position = at + 2 * MC_DIGEST_BYTES;
  return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------------------- */

static void
append_hex (GString      *out,
            const guint8 *bytes,
            gsize         n)
{
  char hex[2 * MC_SIGNATURE_BYTES + 1];

  mc_hex_from_bytes (bytes, n, hex);
  g_string_append (out, hex);
}

void
mc_lines_append_line (GString    *out,
                      const char *line,
                      gsize       length)
{
  g_string_append (out, "line ");
  g_string_append_len (out, line, (gssize) length);
  g_string_append_c (out, '\n');
}

void
mc_lines_append_stub (GString      *out,
                      const char   *device,
                      guint64       seq,
                      const guint8  digest[MC_DIGEST_BYTES])
{
  g_string_append_printf (out, "stub %s %" G_GUINT64_FORMAT " ", device, seq);
  append_hex (out, digest, MC_DIGEST_BYTES);
  g_string_append_c (out, '\n');
}

void
mc_lines_append_checkpoint (GString      *out,
                            const char   *device,
                            guint64       seq,
                            const guint8  link[MC_DIGEST_BYTES],
                            const guint8  signature[MC_SIGNATURE_BYTES])
{
  g_string_append_printf (out, "checkpoint %s %" G_GUINT64_FORMAT " ", device, seq);
  append_hex (out, link, MC_DIGEST_BYTES);
  g_string_append_c (out, ' ');
  append_hex (out, signature, MC_SIGNATURE_BYTES);
  g_string_append_c (out, '\n');
}

void
mc_lines_append_opening (GString      *out,
                         const guint8  digest[MC_DIGEST_BYTES],
                         const guint8  salt[MC_SALT_BYTES],
                         const char   *value)
{
  g_string_append (out, "opening ");
  append_hex (out, digest, MC_DIGEST_BYTES);
  g_string_append_c (out, ' ');
  append_hex (out, salt, MC_SALT_BYTES);
  g_string_append_c (out, ' ');
  append_quoted (out, value);
  g_string_append_c (out, '\n');
}
