/* SPDX-License-Identifier: GPL-3.0-or-later
 * WordprocessingML: paragraphs, places to write on, tables and pictures as text (ECMA-376 part 1, 17 and 20). */
#include "mc-document-docx-xml.h"

#include <string.h>

#include "mc-chinese-date.h"

/* Word measures lengths in twentieths of a point, sizes of type in half points, pictures in EMU. */
#define TWIPS(points) ((int) ((points) * 20 + 0.5))
#define HALF_POINTS(points) ((int) ((points) * 2 + 0.5))
#define EMU(points) ((gint64) ((points) * 12700 + 0.5))

/* What the guess of a text's width may be wrong by. */
#define GUESS_ROOM 0.02

#define CELL_PADDING 3.5

void
mc_docx_append_escaped (GString *xml, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);

  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (character == '&')
        g_string_append (xml, "&amp;");
      else if (character == '<')
        g_string_append (xml, "&lt;");
      else if (character == '>')
        g_string_append (xml, "&gt;");
      else if (character == '"')
        g_string_append (xml, "&quot;");
      else if (character >= 0x20 && character != 0x7f && character != 0xfffe && character != 0xffff)
        g_string_append_unichar (xml, character);
    }
}

double
mc_docx_guess_width (const McTypography *type, const char *text)
{
  double ems = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    ems += g_unichar_iswide (g_utf8_get_char (at)) || g_utf8_get_char (at) > 0x2000 ? 1 : 0.5;
  return ems * type->size;
}

static const char *
alignment_of (const McTypography *type)
{
  return type->alignment == PANGO_ALIGN_CENTER ? "center" : type->alignment == PANGO_ALIGN_RIGHT ? "right" : "left";
}

static void
append_tabs (GString *xml, const McDocxParagraph *options)
{
  if (options->tab_centre <= 0 && options->tab_right <= 0)
    return;
  g_string_append (xml, "<w:tabs>");
  if (options->tab_centre > 0)
    g_string_append_printf (xml, "<w:tab w:val=\"center\" w:pos=\"%d\"/>", TWIPS (options->tab_centre));
  if (options->tab_right > 0)
    g_string_append_printf (xml, "<w:tab w:val=\"right\" w:pos=\"%d\"/>", TWIPS (options->tab_right));
  g_string_append (xml, "</w:tabs>");
}

/* Up to the tabs; the order of the elements is the schema's. */
static void
begin_properties (GString *xml, const McDocxParagraph *options)
{
  g_string_append (xml, "<w:p><w:pPr>");
  if (options->keep_next)
    g_string_append (xml, "<w:keepNext/>");
  if (options->page_break_before)
    g_string_append (xml, "<w:pageBreakBefore/>");
  if (options->rule_above)
    g_string_append (xml, "<w:pBdr><w:top w:val=\"single\" w:sz=\"5\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>");
}

static void
end_properties (GString *xml, const McTypography *type, const McDocxParagraph *options)
{
  g_string_append_printf (xml, "<w:spacing w:before=\"%d\" w:after=\"%d\" w:line=\"%d\" w:lineRule=\"%s\"/>", TWIPS (options->before),
                          TWIPS (options->after), options->loose ? 240 : TWIPS (type->pitch), options->loose ? "auto" : "exact");
  g_string_append_printf (xml, "<w:ind w:left=\"%d\" w:right=\"%d\"", TWIPS (options->left), TWIPS (options->right));
  if (type->indented)
    g_string_append_printf (xml, " w:firstLineChars=\"200\" w:firstLine=\"%d\"", TWIPS (2 * type->size));
  g_string_append_printf (xml, "/><w:jc w:val=\"%s\"/></w:pPr>", alignment_of (type));
}

void
mc_docx_begin (GString *xml, const McTypography *type, const McDocxParagraph *options)
{
  static const McDocxParagraph nothing = { 0 };

  options = options ? options : &nothing;
  begin_properties (xml, options);
  append_tabs (xml, options);
  end_properties (xml, type, options);
}

void
mc_docx_end (GString *xml)
{
  g_string_append (xml, "</w:p>");
}

/* The East Asian font is the one that Word takes for Chinese characters. */
static void
append_run_properties (GString *xml, const McTypography *type)
{
  static const char *const names[] = { [MC_FACE_BODY] = "word_font_body", [MC_FACE_HEADING] = "word_font_heading", [MC_FACE_TITLE] = "word_font_title" };
  const char *font = mc_document_word (names[type->face]);

  g_string_append_printf (xml, "<w:rPr><w:rFonts w:ascii=\"%s\" w:hAnsi=\"%s\" w:eastAsia=\"%s\" w:cs=\"%s\" w:hint=\"eastAsia\"/>%s", font, font, font, font,
                          type->bold ? "<w:b/>" : "");
  g_string_append_printf (xml, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/></w:rPr>", HALF_POINTS (type->size), HALF_POINTS (type->size));
}

void
mc_docx_add_run (GString *xml, const McTypography *type, const char *text)
{
  if (!*text)
    return;
  g_string_append (xml, "<w:r>");
  append_run_properties (xml, type);
  while (TRUE)
    {
      gsize length = strcspn (text, "\n\t");

      if (length > 0)
        {
          g_string_append (xml, "<w:t xml:space=\"preserve\">");
          mc_docx_append_escaped (xml, text, (gssize) length);
          g_string_append (xml, "</w:t>");
        }
      if (!text[length])
        break;
      g_string_append (xml, text[length] == '\n' ? "<w:br/>" : "<w:tab/>");
      text += length + 1;
    }
  g_string_append (xml, "</w:r>");
}

void
mc_docx_add_field (GString *xml, const McTypography *type, const char *name)
{
  g_string_append_printf (xml, "<w:fldSimple w:instr=\" %s \">", name);
  mc_docx_add_run (xml, type, "1");
  g_string_append (xml, "</w:fldSimple>");
}

void
mc_docx_add_paragraph (GString *xml, const McTypography *type, const McDocxParagraph *options, const char *text)
{
  mc_docx_begin (xml, type, options);
  mc_docx_add_run (xml, type, text);
  mc_docx_end (xml);
}

void
mc_docx_add_form_line (GString *xml, const McTypography *type, const McDocxParagraph *options, const char *text, double width)
{
  static const McDocxParagraph nothing = { 0 };
  g_auto (GStrv) pieces = g_strsplit (text, "\t", -1);
  guint n = g_strv_length (pieces);
  double at = 0, left = width * (1 - GUESS_ROOM);

  if (n < 2)
    {
      mc_docx_add_paragraph (xml, type, options, text);
      return;
    }
  for (guint i = 0; i < n; i++)
    left -= mc_docx_guess_width (type, pieces[i]);
  left = MAX (left, type->size * n);
  begin_properties (xml, options ? options : &nothing);
  g_string_append (xml, "<w:tabs>");
  for (guint i = 0; i + 1 < n; i++)
    {
      at += mc_docx_guess_width (type, pieces[i]) + left / (n - 1);
      g_string_append_printf (xml, "<w:tab w:val=\"left\" w:leader=\"underscore\" w:pos=\"%d\"/>", TWIPS (at));
    }
  g_string_append (xml, "</w:tabs>");
  end_properties (xml, type, options ? options : &nothing);
  mc_docx_add_run (xml, type, text);
  mc_docx_end (xml);
}

void
mc_docx_add_picture (GString *xml, const char *name, guint number, double width, double height, const char *caption)
{
  g_string_append_printf (xml,
                          "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%" G_GINT64_FORMAT
                          "\" cy=\"%" G_GINT64_FORMAT "\"/><wp:docPr id=\"%u\" name=\"%s\" descr=\"",
                          EMU (width), EMU (height), number, name);
  mc_docx_append_escaped (xml, caption, -1);
  g_string_append_printf (xml,
                          "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData "
                          "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic "
                          "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"%u\" name=\"%s\"/>"
                          "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"%s\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
                          "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%" G_GINT64_FORMAT "\" cy=\"%" G_GINT64_FORMAT
                          "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
                          "</wp:inline></w:drawing></w:r>",
                          number, name, name, EMU (width), EMU (height));
}

void
mc_docx_begin_table (GString *xml, const double *widths, guint n, gboolean bordered)
{
  static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
  double total = 0;

  for (guint i = 0; i < n; i++)
    total += widths[i];
  g_string_append_printf (xml, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblInd w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", TWIPS (total),
                          TWIPS (CELL_PADDING));
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    g_string_append_printf (xml, "<w:%s w:val=\"%s\" w:sz=\"5\" w:space=\"0\" w:color=\"000000\"/>", sides[i], bordered ? "single" : "nil");
  g_string_append_printf (xml,
                          "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"%d\" w:type=\"dxa\"/><w:left w:w=\"%d\" "
                          "w:type=\"dxa\"/><w:bottom w:w=\"%d\" w:type=\"dxa\"/><w:right w:w=\"%d\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
                          TWIPS (CELL_PADDING), TWIPS (CELL_PADDING), TWIPS (CELL_PADDING), TWIPS (CELL_PADDING));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<w:gridCol w:w=\"%d\"/>", TWIPS (widths[i]));
  g_string_append (xml, "</w:tblGrid>");
}

void
mc_docx_begin_row (GString *xml, gboolean header)
{
  g_string_append (xml, header ? "<w:tr><w:trPr><w:tblHeader/></w:trPr>" : "<w:tr>");
}

void
mc_docx_begin_cell (GString *xml, double width, guint span)
{
  g_string_append_printf (xml, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", TWIPS (width));
  if (span > 1)
    g_string_append_printf (xml, "<w:gridSpan w:val=\"%u\"/>", span);
  g_string_append (xml, "<w:vAlign w:val=\"center\"/></w:tcPr>");
}

void
mc_docx_add_cell (GString *xml, const McTypography *type, double width, guint span, gboolean centred, gboolean strong, gboolean keep_next, const char *text)
{
  McTypography set = *type;
  const McDocxParagraph options = { .keep_next = keep_next };

  set.alignment = centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT;
  set.face = strong ? MC_FACE_HEADING : set.face;
  mc_docx_begin_cell (xml, width, span);
  mc_docx_add_paragraph (xml, &set, &options, text);
  g_string_append (xml, "</w:tc>");
}
