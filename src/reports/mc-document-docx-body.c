/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document as .docx: the blocks of its body. */
#include <string.h>

#include "mc-document-docx-private.h"

typedef struct
{
  GString *xml;
  gboolean page_break; /* before what comes next */
  guint n_photos;
} Body;

GPtrArray *
mc_document_docx_list_photos (const McDocumentContent *content)
{
  GPtrArray *photos = g_ptr_array_new ();

  for (guint i = 0; i < content->blocks->len; i++)
    {
      const McContentBlock *block = g_ptr_array_index (content->blocks, i);

      for (guint p = 0; block->photos && p < block->photos->len; p++)
        g_ptr_array_add (photos, g_ptr_array_index (block->photos, p));
    }
  return photos;
}

static gboolean
take_page_break (Body *body)
{
  gboolean before = body->page_break;

  body->page_break = FALSE;
  return before;
}

/* Two tables that touch would be one; a table cannot begin a page by itself. */
static void
add_gap (Body *body)
{
  McTypography type = mc_type_footer;
  const McDocxParagraph options = { .page_break_before = take_page_break (body) };

  type.pitch = MC_BLOCK_SPACE;
  mc_docx_add_paragraph (body->xml, &type, &options, "");
}

/* --- text --------------------------------------------------------------------------------------------------- */

static void
add_lines (Body *body, const char *text, const McTypography *type, const McDocxParagraph *options)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  McDocxParagraph first = *options;

  for (guint i = 0; lines[i]; i++)
    {
      mc_docx_add_form_line (body->xml, type, i == 0 ? &first : options, lines[i], mc_flow_width ());
      first.page_break_before = FALSE;
    }
}

static void
add_paragraph (Body *body, const McContentBlock *block)
{
  const McTypography *type = &mc_type_styles[block->style];
  McDocxParagraph options = {
    .keep_next = block->style == MC_STYLE_HEADING,
    .after = block->style == MC_STYLE_SMALL ? MC_BLOCK_SPACE : 0,
  };

  if (!*block->text)
    return;
  options.page_break_before = take_page_break (body);
  if (strchr (block->text, '\t'))
    add_lines (body, block->text, type, &options);
  else
    mc_docx_add_paragraph (body->xml, type, &options, block->text);
}

static void
add_signatures (Body *body, const McContentBlock *block)
{
  for (guint i = 0; i < block->lines->len; i++)
    {
      const McContentLine *line = g_ptr_array_index (block->lines, i);
      const McDocxParagraph options = { .keep_next = TRUE, .page_break_before = take_page_break (body) };

      mc_docx_add_form_line (body->xml, &mc_type_signature, &options, line->text, mc_flow_width ());
    }
}

/* The date stands in the middle under the authority's name (GB/T 9704-2012, 7.3.5). */
static void
add_seal (Body *body, const McContentBlock *block)
{
  double widest = MAX (mc_docx_guess_width (&mc_type_seal, block->text), mc_docx_guess_width (&mc_type_seal, block->date)) + mc_type_seal.size;
  double right = CLAMP (mc_flow_width () - widest, 0, MC_SEAL_INDENT_RIGHT);
  McDocxParagraph options = {
    .keep_next = TRUE,
    .page_break_before = take_page_break (body),
    .before = MC_SEAL_ROOM_ABOVE,
    .left = MAX (mc_flow_width () - right - widest, 0),
    .right = right,
  };

  mc_docx_add_paragraph (body->xml, &mc_type_seal, &options, block->text);
  options.keep_next = FALSE;
  options.page_break_before = FALSE;
  options.before = 0;
  options.after = MC_SEAL_ROOM_BELOW;
  mc_docx_add_paragraph (body->xml, &mc_type_seal, &options, block->date);
}

/* --- tables ------------------------------------------------------------------------------------------------- */

/* A row of one field goes over the columns of two. */
static void
add_fields (Body *body, const McContentBlock *block)
{
  McTypography type = mc_type_cell;
  double half = mc_flow_width () / 2;
  const double widths[] = { MC_FIELD_LABEL_WIDTH, half - MC_FIELD_LABEL_WIDTH, MC_FIELD_LABEL_WIDTH, half - MC_FIELD_LABEL_WIDTH };

  type.pitch = MC_FIELD_PITCH;
  if (body->page_break)
    add_gap (body);
  mc_docx_begin_table (body->xml, widths, G_N_ELEMENTS (widths), TRUE);
  for (guint i = 0; i < block->rows->len; i++)
    {
      const GPtrArray *cells = ((McContentRow *) g_ptr_array_index (block->rows, i))->cells;
      guint span = cells->len == 2 ? 3 : 1;
      double width = cells->len == 2 ? mc_flow_width () - MC_FIELD_LABEL_WIDTH : half - MC_FIELD_LABEL_WIDTH;

      mc_docx_begin_row (body->xml, FALSE);
      for (guint c = 0; c + 1 < cells->len; c += 2)
        {
          mc_docx_add_cell (body->xml, &type, MC_FIELD_LABEL_WIDTH, 1, TRUE, TRUE, FALSE, g_ptr_array_index (cells, c));
          mc_docx_add_cell (body->xml, &type, width, span, FALSE, FALSE, FALSE, g_ptr_array_index (cells, c + 1));
        }
      g_string_append (body->xml, "</w:tr>");
    }
  g_string_append (body->xml, "</w:tbl>");
  add_gap (body);
}

static double *
column_widths (const GPtrArray *columns)
{
  double *widths = g_new (double, columns->len);
  double total = 0;

  for (guint i = 0; i < columns->len; i++)
    total += ((McContentColumn *) g_ptr_array_index (columns, i))->weight;
  for (guint i = 0; i < columns->len; i++)
    widths[i] = mc_flow_width () * ((McContentColumn *) g_ptr_array_index (columns, i))->weight / total;
  return widths;
}

static void
add_table_row (Body *body, const GPtrArray *columns, const double *widths, const McContentRow *row)
{
  mc_docx_begin_row (body->xml, row == NULL);
  if (row && row->heading)
    mc_docx_add_cell (body->xml, &mc_type_cell, mc_flow_width (), columns->len, FALSE, TRUE, TRUE, row->heading);
  for (guint i = 0; !(row && row->heading) && i < columns->len; i++)
    {
      const McContentColumn *column = g_ptr_array_index (columns, i);

      mc_docx_add_cell (body->xml, &mc_type_cell, widths[i], 1, !row || column->centred, !row, !row,
                        row ? g_ptr_array_index (row->cells, i) : column->title);
    }
  g_string_append (body->xml, "</w:tr>");
}

static void
add_table (Body *body, const McContentBlock *block)
{
  g_autofree double *widths = column_widths (block->columns);

  if (body->page_break)
    add_gap (body);
  mc_docx_begin_table (body->xml, widths, block->columns->len, TRUE);
  add_table_row (body, block->columns, widths, NULL);
  for (guint i = 0; i < block->rows->len; i++)
    add_table_row (body, block->columns, widths, g_ptr_array_index (block->rows, i));
  if (block->rows->len == 0)
    {
      mc_docx_begin_row (body->xml, FALSE);
      mc_docx_add_cell (body->xml, &mc_type_cell, mc_flow_width (), block->columns->len, TRUE, FALSE, FALSE, block->text);
      g_string_append (body->xml, "</w:tr>");
    }
  g_string_append (body->xml, "</w:tbl>");
  add_gap (body);
}

/* --- photos ------------------------------------------------------------------------------------------------- */

static void
add_photo (Body *body, const McContentPhoto *photo, double width)
{
  const McDocxParagraph loose = { .loose = TRUE, .keep_next = TRUE };
  g_autofree char *name = g_strdup_printf ("photo%u", ++body->n_photos);
  double fit_width, fit_height;

  mc_document_image_fit (photo->image, width - 2 * MC_PHOTO_GAP, MC_PHOTO_HEIGHT, &fit_width, &fit_height);
  mc_docx_begin (body->xml, &mc_type_caption, &loose);
  mc_docx_add_picture (body->xml, name, body->n_photos, fit_width, fit_height, photo->caption);
  mc_docx_end (body->xml);
  mc_docx_add_paragraph (body->xml, &mc_type_caption, NULL, photo->caption);
}

static void
add_photos (Body *body, const McContentBlock *block)
{
  const double widths[] = { mc_flow_width () / 2, mc_flow_width () / 2 };

  if (block->photos->len == 0)
    return;
  if (body->page_break)
    add_gap (body);
  mc_docx_begin_table (body->xml, widths, G_N_ELEMENTS (widths), FALSE);
  for (guint i = 0; i < block->photos->len; i += 2)
    {
      mc_docx_begin_row (body->xml, FALSE);
      for (guint c = i; c < i + 2; c++)
        {
          mc_docx_begin_cell (body->xml, widths[0], 1);
          if (c < block->photos->len)
            add_photo (body, g_ptr_array_index (block->photos, c), widths[0]);
          else
            mc_docx_add_paragraph (body->xml, &mc_type_caption, NULL, "");
          g_string_append (body->xml, "</w:tc>");
        }
      g_string_append (body->xml, "</w:tr>");
    }
  g_string_append (body->xml, "</w:tbl>");
  add_gap (body);
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static void
add_block (Body *body, const McContentBlock *block)
{
  switch (block->kind)
    {
    case MC_BLOCK_PARAGRAPH:
      add_paragraph (body, block);
      break;
    case MC_BLOCK_FIELDS:
      add_fields (body, block);
      break;
    case MC_BLOCK_TABLE:
      add_table (body, block);
      break;
    case MC_BLOCK_SIGNATURES:
      add_signatures (body, block);
      break;
    case MC_BLOCK_SEAL:
      add_seal (body, block);
      break;
    case MC_BLOCK_PHOTOS:
      add_photos (body, block);
      break;
    case MC_BLOCK_PAGE_BREAK:
    default:
      body->page_break = TRUE;
      break;
    }
}

char *
mc_document_docx_body (const McDocumentContent *content)
{
  Body body = { g_string_new (NULL), FALSE, 0 };

  if (*content->authority)
    mc_docx_add_paragraph (body.xml, &mc_type_authority, NULL, content->authority);
  mc_docx_add_paragraph (body.xml, &mc_type_title, NULL, content->title);
  if (*content->number)
    mc_docx_add_paragraph (body.xml, &mc_type_number, NULL, content->number);
  for (guint i = 0; i < content->blocks->len; i++)
    add_block (&body, g_ptr_array_index (content->blocks, i));
  if (*content->footer_last)
    mc_docx_add_paragraph (body.xml, &mc_type_footer, NULL, content->footer_last);
  return g_string_free (body.xml, FALSE);
}
