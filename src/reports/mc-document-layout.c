/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lays what a document says out on pages: title, blocks, and what stands on every page. */
#include "mc-document-layout.h"

#include <string.h>

#include "mc-document-type.h"

/* From the top of the page. */
#define PAGE_HEADER_Y MC_MM (14)
#define PAGE_SIGNATURES_Y MC_MM (264)
#define PAGE_RULE_Y MC_MM (273)
#define PAGE_FOOTER_Y MC_MM (275)
#define PAGE_FOOTER_LAST_Y MC_MM (280)

/* Lines with places to write on ('\t'); what leaves too little room for them becomes a paragraph. */
static void
add_form_line (McFlow *flow, const char *text, GPtrArray *images, const McTypography *type)
{
  mc_flow_need (flow, type->pitch);
  if (mc_flow_add_form_line (flow, mc_flow_page (flow), text, images, type, flow->y))
    mc_flow_add_space (flow, type->pitch);
  else
    mc_flow_add_text (flow, text, type, FALSE);
}

static void
add_form (McFlow *flow, const char *text, const McTypography *type)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    add_form_line (flow, lines[i], NULL, type);
}

static void
add_text_if_any (McFlow *flow, const char *text, const McTypography *type, gboolean keep)
{
  if (*text)
    mc_flow_add_text (flow, text, type, keep);
}

/* --- blocks ------------------------------------------------------------------------------------------------- */

static void
lay_out_fields (McFlow *flow, const McContentBlock *block)
{
  McTypography type = mc_type_cell;
  g_autoptr (McFlowTable) table = NULL;

  type.pitch = MC_FIELD_PITCH;
  table = mc_flow_table_new (&type);
  for (guint i = 0; i < block->rows->len; i++)
    {
      const GPtrArray *cells = ((McContentRow *) g_ptr_array_index (block->rows, i))->cells;
      double share = mc_flow_width () / (cells->len / 2);

      mc_flow_table_add_row (table, FALSE, FALSE);
      for (guint c = 0; c + 1 < cells->len; c += 2)
        {
          mc_flow_table_add_cell (table, flow, g_ptr_array_index (cells, c), c / 2 * share, MC_FIELD_LABEL_WIDTH, TRUE, TRUE);
          mc_flow_table_add_cell (table, flow, g_ptr_array_index (cells, c + 1), c / 2 * share + MC_FIELD_LABEL_WIDTH, share - MC_FIELD_LABEL_WIDTH, FALSE,
                                  FALSE);
        }
    }
  mc_flow_add_table (flow, table);
  mc_flow_add_space (flow, MC_BLOCK_SPACE);
}

static double
total_weight (const GPtrArray *columns)
{
  double total = 0;

  for (guint i = 0; i < columns->len; i++)
    total += ((McContentColumn *) g_ptr_array_index (columns, i))->weight;
  return total;
}

/* The cells of one row: titles if @cells is NULL. */
static void
lay_out_row (McFlow *flow, McFlowTable *table, const GPtrArray *columns, const GPtrArray *cells)
{
  double unit = mc_flow_width () / total_weight (columns);
  double x = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const McContentColumn *column = g_ptr_array_index (columns, i);
      const char *text = cells ? g_ptr_array_index (cells, i) : column->title;

      mc_flow_table_add_cell (table, flow, text, x, column->weight * unit, !cells || column->centred, !cells);
      x += column->weight * unit;
    }
}

static void
lay_out_table (McFlow *flow, const McContentBlock *block)
{
  g_autoptr (McFlowTable) table = mc_flow_table_new (&mc_type_cell);

  mc_flow_table_add_row (table, TRUE, FALSE);
  lay_out_row (flow, table, block->columns, NULL);
  for (guint i = 0; i < block->rows->len; i++)
    {
      const McContentRow *row = g_ptr_array_index (block->rows, i);

      mc_flow_table_add_row (table, FALSE, row->heading != NULL);
      if (row->heading)
        mc_flow_table_add_cell (table, flow, row->heading, 0, mc_flow_width (), FALSE, TRUE);
      else
        lay_out_row (flow, table, block->columns, row->cells);
    }
  if (block->rows->len == 0)
    {
      mc_flow_table_add_row (table, FALSE, FALSE);
      mc_flow_table_add_cell (table, flow, block->text, 0, mc_flow_width (), TRUE, FALSE);
    }
  mc_flow_add_table (flow, table);
  mc_flow_add_space (flow, MC_BLOCK_SPACE);
}

static void
add_photo (McFlow *flow, const McContentPhoto *photo, double x, double width)
{
  double fit_width, fit_height, y = flow->y + MC_PHOTO_HEIGHT;
  g_autoptr (PangoLayout) caption = mc_flow_make_layout (flow, photo->caption, &mc_type_caption, width);

  mc_document_image_fit (photo->image, width, MC_PHOTO_HEIGHT, &fit_width, &fit_height);
  mc_document_pages_add_image (flow->pages, mc_flow_page (flow), photo->image, x + (width - fit_width) / 2, y - fit_height, fit_width, fit_height);
  for (int i = 0; i < MIN (pango_layout_get_line_count (caption), MC_PHOTO_CAPTION_LINES); i++)
    mc_document_pages_add_line (flow->pages, mc_flow_page (flow), caption, (guint) i, x + mc_flow_line_x (caption, (guint) i),
                                mc_flow_baseline (&mc_type_caption, y + MC_BLOCK_SPACE / 2 + i * mc_type_caption.pitch));
}

/* Two beside each other, each with its caption under it. */
static void
lay_out_photos (McFlow *flow, const McContentBlock *block)
{
  double width = (mc_flow_width () - MC_PHOTO_GAP) / 2;
  double height = MC_PHOTO_HEIGHT + MC_BLOCK_SPACE + MC_PHOTO_CAPTION_LINES * mc_type_caption.pitch;

  for (guint i = 0; i < block->photos->len; i += 2)
    {
      mc_flow_need (flow, height);
      add_photo (flow, g_ptr_array_index (block->photos, i), mc_flow_left (), width);
      if (i + 1 < block->photos->len)
        add_photo (flow, g_ptr_array_index (block->photos, i + 1), mc_flow_left () + width + MC_PHOTO_GAP, width);
      mc_flow_add_space (flow, height + MC_BLOCK_SPACE);
    }
}

static double
seal_height (void)
{
  return MC_SEAL_ROOM_ABOVE + 2 * mc_type_seal.pitch + MC_SEAL_ROOM_BELOW;
}

static void
lay_out_signatures (McFlow *flow, const McContentBlock *block)
{
  for (guint i = 0; i < block->lines->len; i++)
    {
      const McContentLine *line = g_ptr_array_index (block->lines, i);

      add_form_line (flow, line->text, line->images, &mc_type_signature);
    }
}

static void
add_seal_line (McFlow *flow, PangoLayout *layout, double centre)
{
  mc_document_pages_add_line (flow->pages, mc_flow_page (flow), layout, 0, centre - mc_flow_layout_width (layout) / 2,
                              mc_flow_baseline (&mc_type_seal, flow->y));
  mc_flow_add_space (flow, mc_type_seal.pitch);
}

/* The date stands in the middle under the authority's name (GB/T 9704-2012, 7.3.5). */
static void
lay_out_seal (McFlow *flow, const McContentBlock *block)
{
  g_autoptr (PangoLayout) upper = mc_flow_make_layout (flow, block->text, &mc_type_seal, -1);
  g_autoptr (PangoLayout) lower = mc_flow_make_layout (flow, block->date, &mc_type_seal, -1);
  double widest = MAX (mc_flow_layout_width (upper), mc_flow_layout_width (lower));
  double indent = CLAMP (mc_flow_width () - widest, 0, MC_SEAL_INDENT_RIGHT);
  double centre = mc_flow_left () + mc_flow_width () - indent - widest / 2;

  mc_flow_need (flow, seal_height ());
  mc_flow_add_space (flow, MC_SEAL_ROOM_ABOVE);
  add_seal_line (flow, upper, centre);
  add_seal_line (flow, lower, centre);
  mc_flow_add_space (flow, MC_SEAL_ROOM_BELOW);
}

static void
lay_out_block (McFlow *flow, const McContentBlock *block)
{
  switch (block->kind)
    {
    case MC_BLOCK_PARAGRAPH:
      if (strchr (block->text, '\t'))
        add_form (flow, block->text, &mc_type_styles[block->style]);
      else
        add_text_if_any (flow, block->text, &mc_type_styles[block->style], block->style == MC_STYLE_HEADING);
      mc_flow_add_space (flow, block->style == MC_STYLE_SMALL ? MC_BLOCK_SPACE : 0);
      break;
    case MC_BLOCK_FIELDS:
      lay_out_fields (flow, block);
      break;
    case MC_BLOCK_TABLE:
      lay_out_table (flow, block);
      break;
    case MC_BLOCK_SIGNATURES:
      lay_out_signatures (flow, block);
      break;
    case MC_BLOCK_SEAL:
      lay_out_seal (flow, block);
      break;
    case MC_BLOCK_PHOTOS:
      lay_out_photos (flow, block);
      break;
    case MC_BLOCK_PAGE_BREAK:
    default:
      mc_flow_new_page (flow);
      break;
    }
}

/* Signatures and the seal after them stay together: no seal stands on a page without text. */
static double
height_kept_from (const McDocumentContent *content, guint index)
{
  double height = 0;

  for (guint i = index; i < content->blocks->len; i++)
    {
      const McContentBlock *block = g_ptr_array_index (content->blocks, i);

      if (block->kind == MC_BLOCK_SIGNATURES)
        height += block->lines->len * mc_type_signature.pitch;
      else if (block->kind == MC_BLOCK_SEAL)
        return height + seal_height ();
      else
        return height;
    }
  return height;
}

static void
add_at (McFlow *flow, guint page, const char *text, const McTypography *type, PangoAlignment alignment, double y)
{
  McTypography aligned = *type;
  g_autoptr (PangoLayout) layout = NULL;

  aligned.alignment = alignment;
  layout = mc_flow_make_layout (flow, text, &aligned, mc_flow_width ());
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    mc_document_pages_add_line (flow->pages, page, layout, (guint) i, mc_flow_left () + mc_flow_line_x (layout, (guint) i),
                                mc_flow_baseline (type, y + i * type->pitch));
}

static void
add_footer (McFlow *flow, const McDocumentContent *content, guint page, guint n_pages)
{
  g_autofree char *number = mc_document_content_get_page_number (content, page, n_pages);

  mc_document_pages_add_rule (flow->pages, page, mc_flow_left (), PAGE_RULE_Y, mc_flow_left () + mc_flow_width (), PAGE_RULE_Y, 0.6);
  add_at (flow, page, content->footer, &mc_type_footer, PANGO_ALIGN_LEFT, PAGE_FOOTER_Y);
  add_at (flow, page, number, &mc_type_page, PANGO_ALIGN_CENTER, PAGE_FOOTER_Y);
  if (page + 1 == n_pages)
    add_at (flow, page, content->footer_last, &mc_type_footer, PANGO_ALIGN_LEFT, PAGE_FOOTER_LAST_Y);
}

static void
add_page_furniture (McFlow *flow, const McDocumentContent *content)
{
  guint n_pages = mc_document_pages_get_n_pages (flow->pages);
  const McContentLine *signatures = content->page_signatures;
  g_autoptr (PangoLayout) mark = content->draft ? mc_flow_make_layout (flow, content->draft, &mc_type_mark, -1) : NULL;

  for (guint page = 0; page < n_pages; page++)
    {
      if (mark)
        mc_document_pages_add_mark (flow->pages, page, mark);
      if (page > 0)
        {
          add_at (flow, page, content->title, &mc_type_footer, PANGO_ALIGN_LEFT, PAGE_HEADER_Y);
          add_at (flow, page, content->number, &mc_type_footer, PANGO_ALIGN_RIGHT, PAGE_HEADER_Y);
        }
      if (!mc_flow_add_form_line (flow, page, signatures->text, signatures->images, &mc_type_page, PAGE_SIGNATURES_Y))
        add_at (flow, page, signatures->text, &mc_type_page, PANGO_ALIGN_LEFT, PAGE_SIGNATURES_Y);
      add_footer (flow, content, page, n_pages);
    }
}

void
mc_document_lay_out (McFlow *flow, const McDocumentContent *content)
{
  add_text_if_any (flow, content->authority, &mc_type_authority, FALSE);
  add_text_if_any (flow, content->title, &mc_type_title, FALSE);
  add_text_if_any (flow, content->number, &mc_type_number, FALSE);
  mc_flow_add_space (flow, MC_BLOCK_SPACE);
  for (guint i = 0; i < content->blocks->len; i++)
    {
      double kept = height_kept_from (content, i);

      if (kept > 0)
        mc_flow_need (flow, kept);
      lay_out_block (flow, g_ptr_array_index (content->blocks, i));
    }
  add_page_furniture (flow, content);
}
