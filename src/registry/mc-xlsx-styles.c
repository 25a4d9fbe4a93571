/* SPDX-License-Identifier: GPL-3.0-or-later
 * Number formats of a workbook's styles (ECMA-376 part 1, 18.8.30 and 18.8.31). */
#include "mc-xlsx-styles.h"

#include "mc-xlsx-xml.h"

#include <string.h>

#define MAX_STYLES 65536

typedef struct
{
  GHashTable *custom; /* number of a format → McNumberFormat */
  GArray *styles;
  gboolean in_cell_styles;
} StylesReader;

/* Skips what stands for itself: "text", \c, _c, *c, [Red], [$-804]. *elapsed: it was [h], [mm] or [ss]. */
static const char *
skip_literal (const char *p, gboolean *elapsed)
{
  const char *end;

  switch (*p)
    {
    case '"':
      end = strchr (p + 1, '"');
      return end ? end + 1 : p + strlen (p);
    case '\\':
    case '_':
    case '*':
      return p[1] ? g_utf8_next_char (p + 1) : p + 1;
    case '[':
      end = strchr (p, ']');
      *elapsed = *elapsed || (end && strspn (p + 1, "hHmMsS") == (gsize) (end - p - 1) && end > p + 1);
      return end ? end + 1 : p + strlen (p);
    default:
      return p;
    }
}

McNumberFormat
mc_number_format_from_code (const char *code)
{
  McNumberFormat format = { MC_NUMBER_PLAIN, 0 };
  gboolean dated = FALSE;
  gsize zeros = strspn (code, "0");

  if (zeros > 1 && code[zeros] == '\0')
    {
      format.style = MC_NUMBER_PADDED;
      format.digits = (guint) MIN (zeros, 32);
      return format;
    }
  if (g_ascii_strcasecmp (code, "General") == 0)
    return format;
  for (const char *p = code; *p && *p != ';';)
    {
      const char *next = skip_literal (p, &dated);

      if (next != p)
        {
          p = next;
          continue;
        }
      if (strchr ("yYmMdDhHsS", *p))
        dated = TRUE;
      p = g_utf8_next_char (p);
    }
  format.style = dated ? MC_NUMBER_DATE : MC_NUMBER_PLAIN;
  return format;
}

/* Formats that have a number and no code; 27–36 and 50–58 are dates in Chinese workbooks. */
static McNumberFormat
builtin_format (gint64 number)
{
  McNumberFormat format = { MC_NUMBER_PLAIN, 0 };

  if ((number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) || (number >= 50 && number <= 58))
    format.style = MC_NUMBER_DATE;
  return format;
}

static void
add_custom (StylesReader *reader, const McXlsxAttributes *attributes)
{
  gint64 number = mc_xlsx_attributes_integer (attributes, "numFmtId", -1);
  g_autofree char *code = mc_xlsx_attributes_dup (attributes, "formatCode");
  McNumberFormat format;

  if (number < 0 || number > G_MAXINT || !code || g_hash_table_size (reader->custom) >= MAX_STYLES)
    return;
  format = mc_number_format_from_code (code);
  g_hash_table_insert (reader->custom, GINT_TO_POINTER (number), g_memdup2 (&format, sizeof format));
}

static void
add_style (StylesReader *reader, const McXlsxAttributes *attributes)
{
  gint64 number = mc_xlsx_attributes_integer (attributes, "numFmtId", 0);
  const McNumberFormat *custom = g_hash_table_lookup (reader->custom, GINT_TO_POINTER (number));
  McNumberFormat format = custom ? *custom : builtin_format (number);

  if (reader->styles->len < MAX_STYLES)
    g_array_append_val (reader->styles, format);
}

static void
styles_start (gpointer data, const char *name, const McXlsxAttributes *attributes)
{
  StylesReader *reader = data;

  if (strcmp (name, "numFmt") == 0)
    add_custom (reader, attributes);
  else if (strcmp (name, "cellXfs") == 0)
    reader->in_cell_styles = TRUE;
  else if (reader->in_cell_styles && strcmp (name, "xf") == 0)
    add_style (reader, attributes);
}

static void
styles_end (gpointer data, const char *name)
{
  StylesReader *reader = data;

  if (strcmp (name, "cellXfs") == 0)
    reader->in_cell_styles = FALSE;
}

GArray *
mc_xlsx_styles_read (McXlsxPackage *package, const char *part, GError **error)
{
  static const McXlsxHandlers handlers = { styles_start, styles_end, NULL };
  g_autoptr (GHashTable) custom = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) styles = g_array_new (FALSE, TRUE, sizeof (McNumberFormat));
  StylesReader reader = { custom, styles, FALSE };

  if (part && !mc_xlsx_xml_parse (package, part, &handlers, &reader, NULL, error))
    return NULL;
  return g_steal_pointer (&styles);
}
