/* SPDX-License-Identifier: GPL-3.0-or-later
 * A JSON checker by RFC 8259 with a stack of its own. */
#include "mc-json-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-standard.h"

/* What may come next inside the container on top of the stack. */
typedef enum
{
  EXPECT_VALUE,        /* a value must come */
  EXPECT_FIRST_VALUE,  /* a value or ']' */
  EXPECT_FIRST_KEY,    /* a key or '}' */
  EXPECT_KEY,
  EXPECT_COLON,
  EXPECT_COMMA,        /* ',' or the end of the container */
  EXPECT_END,          /* the whole text is read */
} Expect;

typedef struct
{
  const char *text, *at, *end;
  GPtrArray *stack; /* of GHashTable of the keys so far, or NULL for an array */
  guint max_depth;
  Expect expect;
  GError **error;
} Check;

static gboolean
fail (Check *check, const char *what)
{
  guint line = 1, column = 1;

  for (const char *p = check->text; p < check->at && p < check->end; p = g_utf8_next_char (p))
    {
      column++;
      if (*p == '\n')
        {
          line++;
          column = 1;
        }
    }
  g_set_error (check->error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SYNTAX,
               _("Line %u, column %u: %s. Nothing was changed."), line, column, what);
  return FALSE;
}

/* Reads the four digits after \u; @check->at is at the u and ends at the last digit. */
static gboolean
read_unit (Check *check, guint *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++)
    {
      if (++check->at >= check->end || !g_ascii_isxdigit (*check->at))
        return FALSE;
      *unit = *unit * 16 + (guint) g_ascii_xdigit_value (*check->at);
    }
  return TRUE;
}

/* @check->at is behind the backslash and ends at the last character of the escape. No NUL, no half of a pair. */
static gboolean
skip_escape (Check *check)
{
  guint unit;

  if (check->at >= check->end)
    return FALSE;
  if (*check->at != 'u')
    return strchr ("\"\\/bfnrt", *check->at) != NULL;
  if (!read_unit (check, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  if (check->end - check->at < 3 || check->at[1] != '\\' || check->at[2] != 'u')
    return FALSE;
  check->at += 2;
  return read_unit (check, &unit) && unit >= 0xdc00 && unit <= 0xdfff;
}

/* Moves past a text; @check->at is at its first quotation mark. */
static gboolean
skip_text (Check *check)
{
  for (check->at++; check->at < check->end; check->at++)
    {
      unsigned char c = (unsigned char) *check->at;

      if (c == '"')
        {
          check->at++;
          return TRUE;
        }
      if (c < 0x20)
        return fail (check, _("a control character inside a text"));
      if (c != '\\')
        continue;
      check->at++;
      if (!skip_escape (check))
        return fail (check, _("an escape that is none"));
    }
  return fail (check, _("a text without its end"));
}

static gboolean
skip_digits (Check *check)
{
  const char *start = check->at;

  while (check->at < check->end && g_ascii_isdigit (*check->at))
    check->at++;
  return check->at > start;
}

static gboolean
skip_number (Check *check)
{
  if (*check->at == '-')
    check->at++;
  if (check->at < check->end && *check->at == '0')
    check->at++;
  else if (!skip_digits (check))
    return fail (check, _("a number that is none"));
  if (check->at < check->end && *check->at == '.')
    {
      check->at++;
      if (!skip_digits (check))
        return fail (check, _("a number that is none"));
    }
  if (check->at < check->end && (*check->at == 'e' || *check->at == 'E'))
    {
      check->at++;
      if (check->at < check->end && (*check->at == '+' || *check->at == '-'))
        check->at++;
      if (!skip_digits (check))
        return fail (check, _("a number that is none"));
    }
  return TRUE;
}

static gboolean
skip_word (Check *check)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (check->end - check->at) >= length && memcmp (check->at, words[i], length) == 0)
        {
          check->at += length;
          return TRUE;
        }
    }
  return fail (check, _("a value is expected here"));
}

static void
value_done (Check *check)
{
  check->expect = check->stack->len > 0 ? EXPECT_COMMA : EXPECT_END;
}

static gboolean
open_container (Check *check)
{
  gboolean object = *check->at == '{';

  if (check->stack->len >= check->max_depth)
    {
      g_set_error (check->error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_TOO_LARGE,
                   _("The document is nested deeper than %u levels and was not read. Nothing was changed."), check->max_depth);
      return FALSE;
    }
  g_ptr_array_add (check->stack, object ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) : NULL);
  check->expect = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_VALUE;
  check->at++;
  return TRUE;
}

static gboolean
close_container (Check *check, char mark)
{
  GHashTable *keys = g_ptr_array_index (check->stack, check->stack->len - 1);

  if ((mark == '}') != (keys != NULL))
    return fail (check, _("a bracket that closes something else"));
  g_ptr_array_remove_index (check->stack, check->stack->len - 1);
  check->at++;
  value_done (check);
  return TRUE;
}

static gboolean
read_key (Check *check)
{
  GHashTable *keys = g_ptr_array_index (check->stack, check->stack->len - 1);
  const char *start = check->at;
  g_autofree char *key = NULL;

  if (*check->at != '"')
    return fail (check, _("a key in quotation marks is expected here"));
  if (!skip_text (check))
    return FALSE;
  key = g_strndup (start + 1, check->at - start - 2);
  if (strchr (key, '\\'))
    return fail (check, _("a key may hold no escapes"));
  if (g_hash_table_contains (keys, key))
    {
      g_autofree char *what = g_strdup_printf (_("the key “%s” stands twice"), key);

      check->at = start;
      return fail (check, what);
    }
  g_hash_table_add (keys, g_steal_pointer (&key));
  check->expect = EXPECT_COLON;
  return TRUE;
}

static gboolean
read_value (Check *check)
{
  char c = *check->at;

  if (c == '{' || c == '[')
    return open_container (check);
  if (c == '"' ? !skip_text (check) : (c == '-' || g_ascii_isdigit (c)) ? !skip_number (check) : !skip_word (check))
    return FALSE;
  value_done (check);
  return TRUE;
}

static gboolean
read_comma (Check *check)
{
  char c = *check->at;

  if (c == '}' || c == ']')
    return close_container (check, c);
  if (c != ',')
    return fail (check, _("a comma or a closing bracket is expected here"));
  check->at++;
  check->expect = g_ptr_array_index (check->stack, check->stack->len - 1) ? EXPECT_KEY : EXPECT_VALUE;
  return TRUE;
}

static gboolean
step (Check *check)
{
  switch (check->expect)
    {
    case EXPECT_FIRST_VALUE:
      return *check->at == ']' ? close_container (check, ']') : read_value (check);
    case EXPECT_VALUE:
      return read_value (check);
    case EXPECT_FIRST_KEY:
      return *check->at == '}' ? close_container (check, '}') : read_key (check);
    case EXPECT_KEY:
      return read_key (check);
    case EXPECT_COLON:
      if (*check->at != ':')
        return fail (check, _("a colon is expected here"));
      check->at++;
      check->expect = EXPECT_VALUE;
      return TRUE;
    case EXPECT_COMMA:
      return read_comma (check);
    case EXPECT_END:
      break;
    }
  return fail (check, _("something stands after the end of the document"));
}

static void
free_keys (gpointer keys)
{
  if (keys)
    g_hash_table_unref (keys);
}

gboolean
mc_json_check (const char *text, gsize length, guint max_depth, GError **error)
{
  g_autoptr (GPtrArray) stack = g_ptr_array_new_with_free_func (free_keys);
  Check check = { text, text, text + length, stack, max_depth, EXPECT_VALUE, error };
  const char *bad;

  if (!g_utf8_validate_len (text, length, &bad))
    {
      check.end = check.at = bad;
      return fail (&check, _("the text is not UTF-8 from here on"));
    }
  while (TRUE)
    {
      while (check.at < check.end && strchr (" \t\r\n", *check.at))
        check.at++;
      if (check.at >= check.end)
        return check.expect == EXPECT_END || fail (&check, _("the document ends too early"));
      if (!step (&check))
        return FALSE;
    }
}
