/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lays a template and its values out on pages: title, blocks, and what stands on every page. */
#include "mc-document-layout.h"

#include <string.h>

/* Sizes of Chinese type: 22 pt is no. 2, 16 no. 3, 12 small no. 4, 10.5 no. 5. */
static const McTypography type_authority = { MC_FACE_TITLE, 18, 30, PANGO_ALIGN_CENTER, TRUE, FALSE };
static const McTypography type_title = { MC_FACE_TITLE, 22, 40, PANGO_ALIGN_CENTER, TRUE, FALSE };
static const McTypography type_number = { MC_FACE_BODY, 12, 24, PANGO_ALIGN_CENTER, FALSE, FALSE };
static const McTypography type_cell = { MC_FACE_BODY, 10.5, 15.5, PANGO_ALIGN_LEFT, FALSE, FALSE };
static const McTypography type_signature = { MC_FACE_BODY, 12, 27, PANGO_ALIGN_LEFT, FALSE, FALSE };
static const McTypography type_seal = { MC_FACE_BODY, 14, 26, PANGO_ALIGN_CENTER, FALSE, FALSE };
static const McTypography type_page = { MC_FACE_BODY, 10.5, 14, PANGO_ALIGN_LEFT, FALSE, FALSE };
static const McTypography type_footer = { MC_FACE_BODY, 9, 12, PANGO_ALIGN_LEFT, FALSE, FALSE };
static const McTypography type_mark = { MC_FACE_HEADING, 96, 120, PANGO_ALIGN_CENTER, TRUE, FALSE };

static const McTypography type_styles[] = {
  [MC_STYLE_BODY] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_LEFT, FALSE, TRUE },
  [MC_STYLE_PLAIN] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_LEFT, FALSE, FALSE },
  [MC_STYLE_HEADING] = { MC_FACE_HEADING, 12, 24, PANGO_ALIGN_LEFT, FALSE, FALSE },
  [MC_STYLE_CENTRE] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_CENTER, FALSE, FALSE },
  [MC_STYLE_RIGHT] = { MC_FACE_BODY, 12, 22, PANGO_ALIGN_RIGHT, FALSE, FALSE },
  [MC_STYLE_SMALL] = { MC_FACE_BODY, 9, 14, PANGO_ALIGN_LEFT, FALSE, FALSE },
};

#define FIELD_LABEL_WIDTH MC_MM (27)

/* A seal is 42 mm wide and stands over the authority's name and the date. */
#define SEAL_ROOM_ABOVE MC_MM (12)
#define SEAL_ROOM_BELOW MC_MM (6)
#define SEAL_INDENT_RIGHT MC_MM (14)

#define BLOCK_SPACE 5.0

/* From the top of the page. */
#define PAGE_HEADER_Y MC_MM (14)
#define PAGE_SIGNATURES_Y MC_MM (264)
#define PAGE_RULE_Y MC_MM (273)
#define PAGE_FOOTER_Y MC_MM (275)
#define PAGE_FOOTER_LAST_Y MC_MM (280)

static char *
expand (McDocumentValues *values, const char *text)
{
  return mc_document_values_expand (values, text, NULL, 0);
}

static void
add_expanded (McFlow *flow, McDocumentValues *values, const char *text, const McTypography *type, gboolean keep)
{
  g_autofree char *expanded = expand (values, text);

  if (*expanded)
    mc_flow_add_text (flow, expanded, type, keep);
}

/* Lines with places to write on ('\t'); what leaves too little room for them becomes a paragraph. */
static void
add_form (McFlow *flow, McDocumentValues *values, const char *text, const McTypography *type)
{
  g_autofree char *expanded = expand (values, text);
  g_auto (GStrv) lines = g_strsplit (expanded, "\n", -1);

  for (guint i = 0; lines[i]; i++)
    {
      mc_flow_need (flow, type->pitch);
      if (mc_flow_add_form_line (flow, mc_flow_page (flow), lines[i], type, flow->y))
        mc_flow_add_space (flow, type->pitch);
      else
        mc_flow_add_text (flow, lines[i], type, FALSE);
    }
}

/* --- blocks ------------------------------------------------------------------------------------------------- */

static void
lay_out_field_row (McFlow *flow, McFlowTable *table, McDocumentValues *values, const GArray *row)
{
  double half = mc_flow_width () / row->len;

  mc_flow_table_add_row (table, FALSE, FALSE);
  for (guint i = 0; i < row->len; i++)
    {
      const McBlockColumn *cell = &g_array_index (row, McBlockColumn, i);
      g_autofree char *label = expand (values, cell->label);
      g_autofree char *value = expand (values, cell->value);

      mc_flow_table_add_cell (table, flow, label, i * half, FIELD_LABEL_WIDTH, TRUE, TRUE);
      mc_flow_table_add_cell (table, flow, value, i * half + FIELD_LABEL_WIDTH, half - FIELD_LABEL_WIDTH, FALSE, FALSE);
    }
}

static void
lay_out_fields (McFlow *flow, McDocumentValues *values, const McBlock *block)
{
  McTypography type = type_cell;
  g_autoptr (McFlowTable) table = NULL;

  type.pitch = 17;
  table = mc_flow_table_new (&type);
  for (guint i = 0; i < block->rows->len; i++)
    lay_out_field_row (flow, table, values, g_ptr_array_index (block->rows, i));
  mc_flow_add_table (flow, table);
  mc_flow_add_space (flow, BLOCK_SPACE);
}

static double
total_weight (const GArray *columns)
{
  double total = 0;

  for (guint i = 0; i < columns->len; i++)
    total += g_array_index (columns, McBlockColumn, i).weight;
  return total;
}

/* The cells of one row: titles if @values is NULL. */
static void
lay_out_row (McFlow *flow, McFlowTable *table, McDocumentValues *values, const char *name, guint row, const GArray *columns)
{
  double unit = mc_flow_width () / total_weight (columns);
  double x = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      const McBlockColumn *column = &g_array_index (columns, McBlockColumn, i);
      g_autofree char *text = values ? mc_document_values_expand (values, column->value, name, row) : g_strdup (column->label);

      mc_flow_table_add_cell (table, flow, text, x, column->weight * unit, !values || column->centred, !values);
      x += column->weight * unit;
    }
}

static void
lay_out_table (McFlow *flow, McDocumentValues *values, const McBlock *block)
{
  const GArray *columns = g_ptr_array_index (block->rows, 0);
  guint n_rows = mc_document_values_n_rows (values, block->table);
  g_autoptr (McFlowTable) table = mc_flow_table_new (&type_cell);

  mc_flow_table_add_row (table, TRUE, FALSE);
  lay_out_row (flow, table, NULL, NULL, 0, columns);
  for (guint i = 0; i < n_rows; i++)
    {
      const char *heading = mc_document_values_get_heading (values, block->table, i);

      mc_flow_table_add_row (table, FALSE, heading != NULL);
      if (heading)
        mc_flow_table_add_cell (table, flow, heading, 0, mc_flow_width (), FALSE, TRUE);
      else
        lay_out_row (flow, table, values, block->table, i, columns);
    }
  if (n_rows == 0)
    {
      g_autofree char *empty = expand (values, block->text);

      mc_flow_table_add_row (table, FALSE, FALSE);
      mc_flow_table_add_cell (table, flow, empty, 0, mc_flow_width (), TRUE, FALSE);
    }
  mc_flow_add_table (flow, table);
  mc_flow_add_space (flow, BLOCK_SPACE);
}

static double
seal_height (void)
{
  return SEAL_ROOM_ABOVE + 2 * type_seal.pitch + SEAL_ROOM_BELOW;
}

static void
lay_out_signatures (McFlow *flow, McDocumentValues *values, const McBlock *block)
{
  for (guint i = 0; i < block->places->len; i++)
    add_form (flow, values, g_ptr_array_index (block->places, i), &type_signature);
}

static void
add_seal_line (McFlow *flow, PangoLayout *layout, double centre)
{
  mc_document_pages_add_line (flow->pages, mc_flow_page (flow), layout, 0, centre - mc_flow_layout_width (layout) / 2,
                              mc_flow_baseline (&type_seal, flow->y));
  mc_flow_add_space (flow, type_seal.pitch);
}

/* The date stands in the middle under the authority's name (GB/T 9704-2012, 7.3.5). */
static void
lay_out_seal (McFlow *flow, McDocumentValues *values, const McBlock *block)
{
  g_autofree char *authority = expand (values, block->text);
  g_autofree char *date = expand (values, block->date);
  g_autoptr (PangoLayout) upper = mc_flow_make_layout (flow, authority, &type_seal, -1);
  g_autoptr (PangoLayout) lower = mc_flow_make_layout (flow, date, &type_seal, -1);
  double widest = MAX (mc_flow_layout_width (upper), mc_flow_layout_width (lower));
  double indent = CLAMP (mc_flow_width () - widest, 0, SEAL_INDENT_RIGHT);
  double centre = mc_flow_left () + mc_flow_width () - indent - widest / 2;

  mc_flow_need (flow, seal_height ());
  mc_flow_add_space (flow, SEAL_ROOM_ABOVE);
  add_seal_line (flow, upper, centre);
  add_seal_line (flow, lower, centre);
  mc_flow_add_space (flow, SEAL_ROOM_BELOW);
}

static gboolean
is_shown (McDocumentValues *values, const McBlock *block)
{
  return !block->condition || mc_document_values_has (values, block->condition) != block->unless;
}

static void
lay_out_block (McFlow *flow, McDocumentValues *values, const McBlock *block)
{
  switch (block->kind)
    {
    case MC_BLOCK_PARAGRAPH:
      if (strchr (block->text, '\t'))
        add_form (flow, values, block->text, &type_styles[block->style]);
      else
        add_expanded (flow, values, block->text, &type_styles[block->style], block->style == MC_STYLE_HEADING);
      mc_flow_add_space (flow, block->style == MC_STYLE_SMALL ? BLOCK_SPACE : 0);
      break;
    case MC_BLOCK_FIELDS:
      lay_out_fields (flow, values, block);
      break;
    case MC_BLOCK_TABLE:
      lay_out_table (flow, values, block);
      break;
    case MC_BLOCK_SIGNATURES:
      lay_out_signatures (flow, values, block);
      break;
    case MC_BLOCK_SEAL:
      lay_out_seal (flow, values, block);
      break;
    case MC_BLOCK_PAGE_BREAK:
    default:
      mc_flow_new_page (flow);
      break;
    }
}

/* Signatures and the seal after them stay together: no seal stands on a page without text. */
static double
height_kept_from (McDocumentTemplate *template, McDocumentValues *values, guint index)
{
  double height = 0;

  for (guint i = index; i < mc_document_template_n_blocks (template); i++)
    {
      const McBlock *block = mc_document_template_get_block (template, i);

      if (!is_shown (values, block))
        continue;
      if (block->kind == MC_BLOCK_SIGNATURES)
        height += block->places->len * type_signature.pitch;
      else if (block->kind == MC_BLOCK_SEAL)
        return height + seal_height ();
      else
        return height;
    }
  return height;
}

/* --- what stands on every page ------------------------------------------------------------------------------- */

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

static char *
page_number (McDocumentTemplate *template, McDocumentValues *values, guint page, guint n_pages)
{
  GString *text = g_string_new (mc_document_template_get_text (template, MC_TEMPLATE_PAGE_NUMBER));
  g_autofree char *number = g_strdup_printf ("%u", page + 1);
  g_autofree char *total = g_strdup_printf ("%u", n_pages);
  char *expanded;

  g_string_replace (text, "{{page}}", number, 0);
  g_string_replace (text, "{{pages}}", total, 0);
  expanded = expand (values, text->str);
  g_string_free (text, TRUE);
  return expanded;
}

static void
add_footer (McFlow *flow, McDocumentTemplate *template, McDocumentValues *values, guint page, guint n_pages)
{
  gboolean draft = !mc_document_values_has (values, mc_document_template_get_text (template, MC_TEMPLATE_DRAFT_UNLESS));
  g_autofree char *number = page_number (template, values, page, n_pages);
  g_autofree char *left = expand (values, mc_document_template_get_text (template, draft ? MC_TEMPLATE_DRAFT_TEXT : MC_TEMPLATE_SEAL_TEXT));
  g_autofree char *last = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_SEAL_TEXT_LAST));

  mc_document_pages_add_rule (flow->pages, page, mc_flow_left (), PAGE_RULE_Y, mc_flow_left () + mc_flow_width (), PAGE_RULE_Y, 0.6);
  add_at (flow, page, left, &type_footer, PANGO_ALIGN_LEFT, PAGE_FOOTER_Y);
  add_at (flow, page, number, &type_page, PANGO_ALIGN_CENTER, PAGE_FOOTER_Y);
  if (!draft && page + 1 == n_pages)
    add_at (flow, page, last, &type_footer, PANGO_ALIGN_LEFT, PAGE_FOOTER_LAST_Y);
}

static void
add_page_furniture (McFlow *flow, McDocumentTemplate *template, McDocumentValues *values)
{
  guint n_pages = mc_document_pages_get_n_pages (flow->pages);
  gboolean draft = !mc_document_values_has (values, mc_document_template_get_text (template, MC_TEMPLATE_DRAFT_UNLESS));
  g_autofree char *mark_text = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_DRAFT_TEXT));
  g_autofree char *signatures = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_PAGE_SIGNATURES));
  g_autofree char *title = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_TITLE));
  g_autofree char *number = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_NUMBER));
  g_autoptr (PangoLayout) mark = mc_flow_make_layout (flow, mark_text, &type_mark, -1);

  for (guint page = 0; page < n_pages; page++)
    {
      if (draft)
        mc_document_pages_add_mark (flow->pages, page, mark);
      if (page > 0)
        {
          add_at (flow, page, title, &type_footer, PANGO_ALIGN_LEFT, PAGE_HEADER_Y);
          add_at (flow, page, number, &type_footer, PANGO_ALIGN_RIGHT, PAGE_HEADER_Y);
        }
      if (!mc_flow_add_form_line (flow, page, signatures, &type_page, PAGE_SIGNATURES_Y))
        add_at (flow, page, signatures, &type_page, PANGO_ALIGN_LEFT, PAGE_SIGNATURES_Y);
      add_footer (flow, template, values, page, n_pages);
    }
}

void
mc_document_lay_out (McFlow *flow, McDocumentTemplate *template, McDocumentValues *values)
{
  add_expanded (flow, values, mc_document_template_get_text (template, MC_TEMPLATE_AUTHORITY), &type_authority, FALSE);
  add_expanded (flow, values, mc_document_template_get_text (template, MC_TEMPLATE_TITLE), &type_title, FALSE);
  add_expanded (flow, values, mc_document_template_get_text (template, MC_TEMPLATE_NUMBER), &type_number, FALSE);
  mc_flow_add_space (flow, BLOCK_SPACE);
  for (guint i = 0; i < mc_document_template_n_blocks (template); i++)
    {
      const McBlock *block = mc_document_template_get_block (template, i);
      double kept = height_kept_from (template, values, i);

      if (!is_shown (values, block))
        continue;
      if (kept > 0)
        mc_flow_need (flow, kept);
      lay_out_block (flow, values, block);
    }
  add_page_furniture (flow, template, values);
}
