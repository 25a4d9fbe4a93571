/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the table of shared strings: plain and rich texts, without the phonetic runs beside them. */
#include "mc-xlsx-strings.h"

#include "mc-spill.h"
#include "mc-table-reader-private.h"
#include "mc-xlsx-xml.h"

#include <glib/gi18n.h>
#include <string.h>

struct _McXlsxStrings
{
  McSpill *text;
  McSpill *ends; /* guint64 for each string: where it ends in text */
  guint64 n;
};

typedef struct
{
  McXlsxStrings *strings;
  McXlsxXml *xml;
  GString *current;
  gboolean in_item, in_text;
  guint in_phonetic;
} StringsReader;

/* The character of an escape _xHHHH_ at @p, or −1. */
static int
escaped_character (const char *p, gsize length)
{
  int c = 0;

  if (length < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
    return -1;
  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (p[i]))
        return -1;
      c = c * 16 + g_ascii_xdigit_value (p[i]);
    }
  return c;
}

void
mc_xlsx_append_unescaped (GString *out, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *mark = memchr (text, '_', (gsize) (end - text));
      int c = mark ? escaped_character (mark, (gsize) (end - mark)) : -1;

      if (!mark)
        break;
      g_string_append_len (out, text, mark - text);
      text = mark + (c < 0 ? 1 : 7);
      if (c < 0)
        g_string_append_c (out, '_');
      else if (c > 0 && g_unichar_validate ((gunichar) c))
        g_string_append_unichar (out, (gunichar) c);
    }
  g_string_append_len (out, text, end - text);
}

static void
strings_start (gpointer data, const char *name, const McXlsxAttributes *attributes)
{
  StringsReader *reader = data;

  if (strcmp (name, "si") == 0)
    {
      reader->in_item = TRUE;
      reader->in_phonetic = 0;
      g_string_truncate (reader->current, 0);
    }
  else if (strcmp (name, "rPh") == 0)
    reader->in_phonetic++;
  else if (strcmp (name, "t") == 0)
    reader->in_text = reader->in_item && reader->in_phonetic == 0;
}

static void
strings_end (gpointer data, const char *name)
{
  StringsReader *reader = data;
  GError *error = NULL;
  guint64 end;

  if (strcmp (name, "t") == 0)
    reader->in_text = FALSE;
  else if (strcmp (name, "rPh") == 0)
    reader->in_phonetic -= reader->in_phonetic > 0;
  else if (strcmp (name, "si") == 0)
    {
      g_autoptr (GString) plain = g_string_sized_new (reader->current->len);

      mc_xlsx_append_unescaped (plain, reader->current->str, reader->current->len);
      end = mc_spill_get_size (reader->strings->text) + plain->len;
      reader->in_item = FALSE;
      reader->strings->n++;
      if (!mc_spill_append (reader->strings->text, plain->str, plain->len, &error) ||
          !mc_spill_append (reader->strings->ends, &end, sizeof end, &error))
        mc_xlsx_xml_fail (reader->xml, error);
    }
}

static void
strings_text (gpointer data, const char *text, gsize length)
{
  StringsReader *reader = data;

  if (!reader->in_text)
    return;
  g_string_append_len (reader->current, text, (gssize) length);
  if (reader->current->len > MC_TABLE_MAX_CELL_BYTES)
    mc_xlsx_xml_fail (reader->xml, g_error_new (MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT, _("A cell of the workbook is longer than a cell can be. Nothing was changed.")));
}

McXlsxStrings *
mc_xlsx_strings_read (McXlsxPackage *package, const char *part, gsize in_memory, GError **error)
{
  static const McXlsxHandlers handlers = { strings_start, strings_end, strings_text };
  g_autoptr (McXlsxStrings) self = g_new0 (McXlsxStrings, 1);
  g_autoptr (GString) current = g_string_new (NULL);
  StringsReader reader = { .strings = self, .current = current };

  /* A string is some tens of bytes; its end takes eight. */
  self->text = mc_spill_new (in_memory / 4 * 3);
  self->ends = mc_spill_new (in_memory / 4);
  if (part && !mc_xlsx_xml_parse (package, part, &handlers, &reader, &reader.xml, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
mc_xlsx_strings_free (McXlsxStrings *self)
{
  if (!self)
    return;
  mc_spill_free (self->text);
  mc_spill_free (self->ends);
  g_free (self);
}

guint64
mc_xlsx_strings_get_n (McXlsxStrings *self)
{
  return self->n;
}

gboolean
mc_xlsx_strings_append (McXlsxStrings *self, guint64 index, GString *out, GError **error)
{
  guint64 ends[2] = { 0, 0 };
  gsize before = out->len;
  gboolean first = index == 0;

  if (index >= self->n)
    return FALSE;
  if (!mc_spill_read (self->ends, (first ? 0 : index - 1) * sizeof (guint64), ends + first, sizeof (guint64) * (first ? 1 : 2), error))
    return FALSE;
  g_string_set_size (out, before + (gsize) (ends[1] - ends[0]));
  return mc_spill_read (self->text, ends[0], out->str + before, (gsize) (ends[1] - ends[0]), error);
}
