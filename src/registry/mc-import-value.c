/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads numbers with units and separators, choices by any of their names. */
#include "mc-import-value.h"

#include "mc-credit-code.h"
#include "mc-import-date.h"
#include "mc-import-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-code-list.h"

#define MAX_TEXT_BYTES 8192
#define MAX_DIGITS 18
#define MAX_LISTED_CHOICES 16
#define MAX_KNOWN_CHOICES 1000

/* --- text ------------------------------------------------------------------------------------------------- */

static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == 0x3000 || c == 0xa0 || c == '\t' || c == '\n' || c == '\r' || (c > 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029;
}

static gboolean
is_invisible (gunichar c)
{
  return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || c == 0xfeff || c == 0x2060 || c == 0xad;
}

static gboolean
is_plain (const char *text)
{
  const char *p = text;

  if (*p == ' ' || *p == '\'' || *p == '\0')
    return FALSE;
  for (; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f || (guchar) *p == 0xc2 || ((guchar) *p == 0xe2 && (guchar) p[1] <= 0x81) ||
        ((guchar) *p == 0xef && (guchar) p[1] == 0xbb))
      return FALSE;
  /* An ideographic space at an end; in the middle it stays. */
  return p[-1] != ' ' && memcmp (text, "\xe3\x80\x80", MIN (3, strlen (text) + 1)) != 0 && !(p - text >= 3 && memcmp (p - 3, "\xe3\x80\x80", 3) == 0);
}

void
mc_import_clean_text (const char *text, gboolean multiline, GString *out)
{
  gboolean gap = FALSE, line = FALSE;

  g_string_truncate (out, 0);
  if (is_plain (text))
    {
      g_string_append (out, text);
      return;
    }
  /* An apostrophe before digits tells a spreadsheet to keep them as text. */
  if (text[0] == '\'' && g_ascii_isdigit (text[1]))
    text++;
  for (; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (is_blank (c))
        {
          gap = TRUE;
          line = line || c == '\n' || c == '\r';
        }
      else if (!is_invisible (c))
        {
          /* A name broken into lines to fit its cell is whole; Chinese has no spaces there. */
          if (gap && out->len > 0 && !(line && !multiline && c >= 0x2e80 && (guchar) out->str[out->len - 1] >= 0x80))
            g_string_append_c (out, line && multiline ? '\n' : ' ');
          gap = line = FALSE;
          g_string_append_len (out, text, g_utf8_next_char (text) - text);
        }
    }
}

void
mc_import_fold_compact (const char *text, GString *out)
{
  gsize plain = 0;

  /* As most numbers and days are written. */
  while (text[plain] > ' ' && text[plain] < 0x7f)
    plain++;
  g_string_truncate (out, 0);
  g_string_append_len (out, text, (gssize) plain);
  for (text += plain; *text; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xff01 - '!';
      else if (c == 0x2212 || c == 0x2013)
        c = '-';
      if (!is_blank (c) && !is_invisible (c))
        g_string_append_unichar (out, c);
    }
}

/* --- numbers ---------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 digits; /* without point */
  guint decimals;
  gboolean negative;
} Decimal;

/* Digits with or without a point; separators of thousands stand where they should. Gives what follows, NULL if it is no number. */
static const char *
parse_decimal (const char *p, Decimal *decimal)
{
  guint n_digits = 0, since_comma = 0;
  gboolean comma = FALSE, point = FALSE;

  memset (decimal, 0, sizeof *decimal);
  decimal->negative = *p == '-';
  p += *p == '-' || *p == '+';
  for (; *p; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          if (n_digits > 0 || *p != '0')
            n_digits++;
          if (n_digits > MAX_DIGITS)
            return NULL;
          decimal->digits = decimal->digits * 10 + (*p - '0');
          decimal->decimals += point;
          since_comma += !point;
        }
      else if (*p == ',' && !point && (comma ? since_comma == 3 : since_comma >= 1 && since_comma <= 3))
        {
          comma = TRUE;
          since_comma = 0;
        }
      else if (*p == '.' && !point)
        point = TRUE;
      else
        break;
    }
  if ((since_comma == 0 && decimal->decimals == 0) || (comma && since_comma != 3))
    return NULL;
  return p;
}

/* digits × numerator ÷ (denominator × 10^decimals), half away from zero. FALSE: too large. */
static gboolean
scale (const Decimal *decimal, gint64 numerator, gint64 denominator, gint64 *result, gboolean *exact)
{
  __int128 product = (__int128) decimal->digits * numerator, divisor = denominator;

  for (guint i = 0; i < decimal->decimals; i++)
    divisor *= 10;
  *exact = product % divisor == 0;
  product = (product * 2 + divisor) / (divisor * 2);
  if (product > G_GINT64_CONSTANT (999999999999999999))
    return FALSE;
  *result = decimal->negative ? -(gint64) product : (gint64) product;
  return TRUE;
}

static char *
wrong_number (const McField *field, const char *text)
{
  if (field->type == MC_FIELD_INTEGER)
    return g_strdup_printf (_("“%s” is not a whole number"), text);
  return g_strdup_printf (_("“%s” is not a number"), text);
}

/* What follows the number: nothing, a unit, or a word like "ten thousand" before a unit. */
static gboolean
take_unit (const McImportColumn *column, const char *rest, gint64 *numerator, gint64 *denominator)
{
  gint64 magnitude;

  *numerator = column->numerator;
  *denominator = column->denominator;
  if (*rest == '\0' || mc_import_words_unit (rest, column->field->type, numerator, denominator))
    return TRUE;
  magnitude = mc_import_words_magnitude (g_utf8_get_char (rest));
  if (magnitude == 0 || (column->field->type == MC_FIELD_MONEY && column->numerator == 0))
    return FALSE;
  rest = g_utf8_next_char (rest);
  if (*rest != '\0' && !mc_import_words_unit (rest, column->field->type, numerator, denominator))
    return FALSE;
  *numerator *= magnitude;
  return TRUE;
}

static McParsed
parse_number (const McImportColumn *column, const char *text, McValue *value, char **message)
{
  g_autoptr (GString) compact = g_string_sized_new (32);
  gint64 numerator, denominator, result;
  gboolean exact;
  Decimal decimal;
  const char *rest;

  mc_import_fold_compact (text, compact);
  rest = parse_decimal (compact->str, &decimal);
  if (!rest || !take_unit (column, rest, &numerator, &denominator))
    {
      *message = wrong_number (column->field, text);
      return MC_PARSED_WRONG;
    }
  if (numerator == 0)
    return MC_PARSED_NO_UNIT;
  if (!scale (&decimal, numerator, denominator, &result, &exact))
    {
      *message = g_strdup_printf (_("“%s” is too large a number"), text);
      return MC_PARSED_WRONG;
    }
  if (!exact && column->field->type == MC_FIELD_INTEGER)
    {
      *message = wrong_number (column->field, text);
      return MC_PARSED_WRONG;
    }
  mc_value_init_integer (value, result);
  return exact ? MC_PARSED : MC_PARSED_ROUNDED;
}

/* --- choices and lists ------------------------------------------------------------------------------------ */

static char *
wrong_choice (const char *list, const char *text)
{
  const McCode *const *codes = mc_code_list (list);
  g_autoptr (GString) labels = g_string_new (NULL);
  guint i;

  for (i = 0; codes[i] && i < MAX_LISTED_CHOICES; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? _(", ") : "", codes[i]->label);
  if (codes[i])
    g_string_append (labels, " …");
  return g_strdup_printf (_("“%s” is none of: %s"), text, labels->str);
}

static McParsed
parse_choice (const McImportColumn *column, const char *text, McValue *value, char **message)
{
  const McField *field = column->field;
  const char *code = column->codes ? g_hash_table_lookup (column->codes, text) : NULL;

  if (!code)
    {
      code = mc_code_from_text (field->list, text);
      if (code && column->codes && g_hash_table_size (column->codes) < MAX_KNOWN_CHOICES)
        g_hash_table_insert (column->codes, g_strdup (text), (gpointer) code);
    }
  if (!code)
    {
      *message = wrong_choice (field->list, text);
      return MC_PARSED_WRONG;
    }
  mc_value_init_text (value, code);
  return MC_PARSED;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What an item of a list is stored as: the code of a field of work, the key of a field whose value is a sample, or itself. NULL if it is none. */
static const char *
item_code (McImportKind kind, const McField *field, const char *item)
{
  const McHeaderMeaning *meaning;

  if (strcmp (field->key, "fields") == 0)
    return mc_code_from_text ("facility-field", item);
  if (strcmp (field->key, "sample_fields") != 0)
    return item;
  if (mc_import_words_is_whole_row (item))
    return "*";
  meaning = mc_import_words_header (kind, item);
  return meaning ? meaning->field->key : NULL;
}

static GPtrArray *
split_list (const char *text)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_free);
  const char *separators = mc_import_words_list_separators (), *start = text;

  for (const char *p = text;; p = g_utf8_next_char (p))
    if (*p == '\0' || g_utf8_strchr (separators, -1, g_utf8_get_char (p)))
      {
        char *item = g_strstrip (g_strndup (start, (gsize) (p - start)));

        if (*item)
          g_ptr_array_add (items, item);
        else
          g_free (item);
        if (*p == '\0')
          return items;
        start = g_utf8_next_char (p);
      }
}

static McParsed
parse_list (McImportKind kind, const McImportColumn *column, const char *text, McValue *value, char **message)
{
  const McField *field = column->field;
  g_autoptr (GPtrArray) items = split_list (text), codes = g_ptr_array_new ();
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const char *code = item_code (kind, field, items->pdata[i]);

      if (!code)
        {
          *message = strcmp (field->key, "fields") == 0 ? wrong_choice ("facility-field", items->pdata[i])
                                                       : g_strdup_printf (_("“%s” is no field of the register"), (char *) items->pdata[i]);
          return MC_PARSED_WRONG;
        }
      g_ptr_array_add (codes, (gpointer) code);
    }
  g_ptr_array_sort (codes, compare_texts);
  for (guint i = 0; i < codes->len; i++)
    if (i == 0 || strcmp (codes->pdata[i], codes->pdata[i - 1]) != 0)
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "\n" : "", (char *) codes->pdata[i]);
  mc_value_init_text (value, joined->str);
  return joined->len > 0 ? MC_PARSED : MC_PARSED_EMPTY;
}

/* Few different texts stand in such a column, so most have been read before. */
static McParsed
parse_known_list (McImportKind kind, const McImportColumn *column, const char *text, McValue *value, char **message)
{
  const char *known = column->codes ? g_hash_table_lookup (column->codes, text) : NULL;
  McParsed parsed;

  if (known)
    {
      mc_value_init_text (value, known);
      return MC_PARSED;
    }
  parsed = parse_list (kind, column, text, value, message);
  if (parsed == MC_PARSED && column->codes && g_hash_table_size (column->codes) < MAX_KNOWN_CHOICES)
    g_hash_table_insert (column->codes, g_strdup (text), (gpointer) g_intern_string (value->text));
  return parsed;
}

/* --- all types -------------------------------------------------------------------------------------------- */

/* 913304020000000000 or 9.13304E+17: a spreadsheet has made a number of the code and keeps 15 digits of it. */
static gboolean
has_lost_digits (const char *text, McCellKind cell_kind)
{
  gsize digits = strspn (text, "0123456789");

  if (cell_kind == MC_CELL_NUMBER)
    return digits > 15 && text[digits] == '\0';
  digits = strspn (text, "0123456789.");
  return digits > 0 && (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1] == '+';
}

static McParsed
parse_text (const McField *field, const char *text, McCellKind cell_kind, McValue *value, char **message)
{
  if (strlen (text) > MAX_TEXT_BYTES)
    {
      *message = g_strdup (_("the text is too long"));
      return MC_PARSED_WRONG;
    }
  if ((strcmp (field->key, "credit_code") == 0 || strcmp (field->key, "certificate_no") == 0) && has_lost_digits (text, cell_kind))
    {
      *message = g_strdup_printf (_("the sheet keeps “%s” as a number and has lost its last digits; set the cells to text and enter it again"), text);
      return MC_PARSED_WRONG;
    }
  if (strcmp (field->key, "credit_code") == 0 && strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") < strlen (text))
    {
      g_autofree char *code = mc_credit_code_normalise (text);

      mc_value_init_text (value, code);
      return *code ? MC_PARSED : MC_PARSED_EMPTY;
    }
  mc_value_init_text (value, text);
  return MC_PARSED;
}

static McParsed
parse_clean (McImportKind kind, const McImportColumn *column, McCellKind cell_kind, const char *text, gboolean uses_1904, McValue *value, char **message)
{
  const McField *field = column->field;
  char iso[11];
  int boolean;

  switch (field->type)
    {
    case MC_FIELD_INTEGER:
    case MC_FIELD_MONEY:
    case MC_FIELD_HUNDREDTHS:
      return parse_number (column, text, value, message);
    case MC_FIELD_DATE:
      if (!mc_import_parse_date (text, uses_1904, iso, message) &&
          !(strcmp (field->key, "certificate_expires_on") == 0 && mc_import_parse_end (text, uses_1904, iso, message)))
        {
          if (!mc_import_words_has_no_end (text))
            return MC_PARSED_WRONG;
          g_clear_pointer (message, g_free);
          return MC_PARSED_NO_END;
        }
      mc_value_init_text (value, iso);
      return MC_PARSED;
    case MC_FIELD_BOOLEAN:
      boolean = mc_import_words_boolean (text);
      if (boolean < 0)
        {
          *message = g_strdup_printf (_("“%s” is neither yes nor no"), text);
          return MC_PARSED_WRONG;
        }
      mc_value_init_boolean (value, boolean);
      return MC_PARSED;
    case MC_FIELD_CHOICE:
      return parse_choice (column, text, value, message);
    case MC_FIELD_LIST:
      return parse_known_list (kind, column, text, value, message);
    case MC_FIELD_TEXT:
    case MC_FIELD_REFERENCE:
    case MC_FIELD_TIME:
    case MC_FIELD_BLOB:
    default:
      return parse_text (field, text, cell_kind, value, message);
    }
}

McParsed
mc_import_value_parse (McImportKind kind, const McImportColumn *column, McCellKind cell_kind, const char *text, gboolean uses_1904, McValue *value, char **message)
{
  g_autoptr (GString) clean = NULL;
  const McField *field = column->field;
  gboolean multiline = (field->flags & MC_FIELD_MULTILINE) || field->type == MC_FIELD_LIST;

  *message = NULL;
  if (!is_plain (text))
    {
      clean = g_string_new (NULL);
      mc_import_clean_text (text, multiline, clean);
      text = clean->str;
    }
  if (*text == '\0' || (field->type != MC_FIELD_BOOLEAN && mc_import_words_is_empty (text)))
    return MC_PARSED_EMPTY;
  if (cell_kind == MC_CELL_ERROR)
    {
      *message = g_strdup_printf (_("its formula has failed (%s)"), text);
      return MC_PARSED_WRONG;
    }
  return parse_clean (kind, column, cell_kind, text, uses_1904, value, message);
}

/* --- showing ---------------------------------------------------------------------------------------------- */

static char *
show_hundredths (gint64 value)
{
  gint64 absolute = value < 0 ? -value : value;
  const char *sign = value < 0 ? "-" : "";

  if (absolute % 100 == 0)
    return g_strdup_printf ("%s%lld", sign, (long long) (absolute / 100));
  return g_strdup_printf ("%s%lld.%02d", sign, (long long) (absolute / 100), (int) (absolute % 100));
}

static char *
show_list (const McField *field, const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, "\n", -1);

  if (strcmp (field->key, "fields") == 0)
    for (guint i = 0; items[i]; i++)
      {
        char *label = g_strdup (mc_code_label ("facility-field", items[i]));

        g_free (items[i]);
        items[i] = label;
      }
  return g_strjoinv (_(", "), items);
}

char *
mc_import_value_show (const McField *field, const McValue *value)
{
  if (value->type == MC_VALUE_NULL)
    return NULL;
  if (value->type == MC_VALUE_BOOLEAN)
    return g_strdup (value->integer ? _("yes") : _("no"));
  if (value->type == MC_VALUE_INTEGER)
    {
      g_autofree char *number = field->type == MC_FIELD_INTEGER ? NULL : show_hundredths (value->integer);

      if (field->type == MC_FIELD_MONEY)
        return g_strdup_printf (_("%s yuan"), number);
      return number ? g_steal_pointer (&number) : g_strdup_printf ("%lld", (long long) value->integer);
    }
  if (value->type == MC_VALUE_SEALED)
    return g_strdup (_("(erased)"));
  if (field->type == MC_FIELD_CHOICE)
    return g_strdup (mc_code_label (field->list, value->text));
  if (field->type == MC_FIELD_LIST)
    return show_list (field, value->text);
  return g_strdup (value->text);
}
