/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a text needs before it can stand in a cell of a workbook, and how wide it is there. */
#include "mc-cell-text.h"

#include <string.h>

#define SHEET_NAME_MAX 31

/* "_x" and four hexadecimal digits and "_". */
static gboolean
is_escape (const char *text)
{
  if (text[0] != '_' || text[1] != 'x')
    return FALSE;
  for (int i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return text[6] == '_';
}

/* U+FFFE and U+FFFF. */
static gboolean
is_not_a_character (const guchar *text)
{
  return text[0] == 0xef && text[1] == 0xbf && text[2] >= 0xbe;
}

McCellText
mc_cell_text_measure (const char *text)
{
  McCellText measure = { 0, TRUE, FALSE };
  guint line = 0;
  guint units = 0;

  /* By the first byte of each character: from three bytes on it is as good as always a wide one. */
  for (const guchar *at = (const guchar *) text; *at; at++)
    {
      if ((*at & 0xc0) == 0x80)
        continue;
      units += *at >= 0xf0 ? 2 : 1;
      if (*at == '\n')
        {
          measure.width = MAX (measure.width, line);
          line = 0;
          continue;
        }
      line += *at >= 0xe0 ? 2 : 1;
      measure.has_markup |= *at == '&' || *at == '<' || *at == '>';
      if ((*at < 0x20 && *at != '\t') || (*at == '_' && is_escape ((const char *) at))
          || (*at == 0xef && is_not_a_character (at)))
        measure.clean = FALSE;
    }
  measure.width = MAX (measure.width, line);
  if (units > MC_CELL_TEXT_MAX)
    measure.clean = FALSE;
  return measure;
}

char *
mc_cell_text_clean (const char *text, gboolean *shortened)
{
  GString *clean = g_string_sized_new (strlen (text) + 8);
  guint units = 0;
  gsize room_for_ellipsis = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint more = character > 0xffff ? 2 : 1;

      if (character == '\r')
        character = '\n';
      if (character == '\n' && at[0] == '\r' && at[1] == '\n')
        continue;
      if ((character < 0x20 && character != '\n' && character != '\t') || character == 0xfffe || character == 0xffff)
        continue;
      if (units + more > MC_CELL_TEXT_MAX)
        {
          g_string_truncate (clean, room_for_ellipsis);
          g_string_append_unichar (clean, 0x2026);
          *shortened = TRUE;
          break;
        }
      units += more;
      g_string_append (clean, is_escape (at) ? "_x005F" : "");
      g_string_append_unichar (clean, character);
      if (units < MC_CELL_TEXT_MAX)
        room_for_ellipsis = clean->len;
    }
  return g_string_free (clean, FALSE);
}

char *
mc_cell_text_sheet_name (const char *text, guint number)
{
  GString *name = g_string_new (NULL);
  g_autofree char *suffix = number > 1 ? g_strdup_printf (" (%u)", number) : g_strdup ("");
  guint room = SHEET_NAME_MAX - (guint) strlen (suffix);

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      guint units = character > 0xffff ? 2 : 1;

      if (units > room)
        break;
      if (character < 0x20 || (character < 0x80 && strchr ("[]:*?/\\'", (int) character)))
        continue;
      g_string_append_unichar (name, character);
      room -= units;
    }
  if (name->len == 0)
    g_string_append (name, "Sheet");
  g_string_append (name, suffix);
  return g_string_free (name, FALSE);
}
