/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fills pages from the top: lines of text one after the other, tables row by row, a new page when one is full. */
#include "mc-document-flow.h"

/* The middle of a Chinese character above the baseline, in ems. */
#define MIDDLE_OF_CHARACTER 0.38

void
mc_flow_init (McFlow *self, const char *body_families, const char *heading_families, const char *title_families)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  self->pages = mc_document_pages_new ();
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  self->families[MC_FACE_BODY] = body_families;
  self->families[MC_FACE_HEADING] = heading_families;
  self->families[MC_FACE_TITLE] = title_families;
  self->missing = g_string_new (NULL);

  /* Paper, not a screen: one unit a point, no hinting, and the forms of characters that China uses. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string ("zh-cn"));
  cairo_font_options_destroy (options);
  mc_flow_new_page (self);
}

void
mc_flow_clear (McFlow *self)
{
  g_clear_pointer (&self->pages, mc_document_pages_free);
  g_clear_object (&self->context);
  if (self->missing)
    g_string_free (g_steal_pointer (&self->missing), TRUE);
}

double
mc_flow_left (void)
{
  return MC_MARGIN_LEFT;
}

double
mc_flow_width (void)
{
  return MC_PAGE_WIDTH - MC_MARGIN_LEFT - MC_MARGIN_RIGHT;
}

double
mc_flow_bottom (void)
{
  return MC_PAGE_HEIGHT - MC_MARGIN_BOTTOM;
}

static void
note_missing_characters (McFlow *self, PangoLayout *layout)
{
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    for (GSList *run = pango_layout_get_line_readonly (layout, i)->runs; run; run = run->next)
      {
        const PangoGlyphString *glyphs = ((PangoLayoutRun *) run->data)->glyphs;

        for (int g = 0; g < glyphs->num_glyphs; g++)
          if (glyphs->glyphs[g].glyph != PANGO_GLYPH_EMPTY && (glyphs->glyphs[g].glyph & PANGO_GLYPH_UNKNOWN_FLAG))
            {
              gunichar character = glyphs->glyphs[g].glyph & ~PANGO_GLYPH_UNKNOWN_FLAG;

              if (!g_utf8_strchr (self->missing->str, -1, character))
                g_string_append_unichar (self->missing, character);
            }
      }
}

PangoLayout *
mc_flow_make_layout (McFlow *self, const char *text, const McTypography *type, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, self->families[type->face]);
  pango_font_description_set_absolute_size (font, type->size * PANGO_SCALE);
  if (type->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, type->alignment);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width >= 0)
    pango_layout_set_width (layout, pango_units_from_double (width));
  if (type->indented)
    pango_layout_set_indent (layout, pango_units_from_double (2 * type->size));
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    note_missing_characters (self, layout);
  return layout;
}

double
mc_flow_line_x (PangoLayout *layout, guint line)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoRectangle extents = { 0 };

  for (guint i = 0; i < line && pango_layout_iter_next_line (iter); i++)
    ;
  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  pango_layout_iter_free (iter);
  return pango_units_to_double (extents.x);
}

double
mc_flow_baseline (const McTypography *type, double y)
{
  return y + type->pitch / 2 + MIDDLE_OF_CHARACTER * type->size;
}

void
mc_flow_new_page (McFlow *self)
{
  mc_document_pages_add_page (self->pages);
  self->y = MC_MARGIN_TOP;
}

guint
mc_flow_page (McFlow *self)
{
  return mc_document_pages_get_n_pages (self->pages) - 1;
}

void
mc_flow_need (McFlow *self, double height)
{
  if (self->y > MC_MARGIN_TOP && self->y + height > mc_flow_bottom ())
    mc_flow_new_page (self);
}

void
mc_flow_add_space (McFlow *self, double height)
{
  self->y += height;
}

/* A line for writing is no shorter than this, and lies a little below the text. */
#define FORM_LINE_MIN MC_MM (14)
#define FORM_LINE_DROP 2.5
#define IMAGE_REACH 1.15

double
mc_flow_layout_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return pango_units_to_double (width);
}

/* A signature stands on its line and may reach a little above it. */
static void
add_image_on_line (McFlow *self, guint page, McDocumentImage *image, double x, double bottom, double width, double height)
{
  double fit_width, fit_height;

  mc_document_image_fit (image, width, height * IMAGE_REACH, &fit_width, &fit_height);
  mc_document_pages_add_image (self->pages, page, image, x + (width - fit_width) / 2, bottom - fit_height, fit_width, fit_height);
}

gboolean
mc_flow_add_form_line (McFlow *self, guint page, const char *text, GPtrArray *images, const McTypography *type, double y)
{
  g_auto (GStrv) pieces = g_strsplit (text, "\t", -1);
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_pieces = g_strv_length (pieces);
  double left = mc_flow_width (), baseline = mc_flow_baseline (type, y), x = mc_flow_left ();

  for (guint i = 0; i < n_pieces; i++)
    {
      g_ptr_array_add (layouts, mc_flow_make_layout (self, pieces[i], type, -1));
      left -= mc_flow_layout_width (g_ptr_array_index (layouts, i));
    }
  if (n_pieces < 2 || left < FORM_LINE_MIN * (n_pieces - 1))
    return FALSE;
  for (guint i = 0; i < n_pieces; i++)
    {
      PangoLayout *layout = g_ptr_array_index (layouts, i);

      mc_document_pages_add_line (self->pages, page, layout, 0, x, baseline);
      x += mc_flow_layout_width (layout);
      if (i + 1 == n_pieces)
        break;
      mc_document_pages_add_rule (self->pages, page, x, baseline + FORM_LINE_DROP, x + left / (n_pieces - 1), baseline + FORM_LINE_DROP, 0.5);
      if (images && i < images->len && g_ptr_array_index (images, i))
        add_image_on_line (self, page, g_ptr_array_index (images, i), x, baseline + FORM_LINE_DROP, left / (n_pieces - 1), type->pitch);
      x += left / (n_pieces - 1);
    }
  return TRUE;
}

void
mc_flow_add_text (McFlow *self, const char *text, const McTypography *type, gboolean keep_with_next)
{
  g_autoptr (PangoLayout) layout = mc_flow_make_layout (self, text, type, mc_flow_width ());
  guint n_lines = (guint) pango_layout_get_line_count (layout);

  /* No line of a paragraph alone, above or below. */
  mc_flow_need (self, type->pitch * (keep_with_next ? n_lines + 2 : MIN (n_lines, n_lines == 3 ? 3 : 2)));
  for (guint i = 0; i < n_lines; i++)
    {
      mc_flow_need (self, type->pitch * (i + 2 == n_lines && i > 0 ? 2 : 1));
      mc_document_pages_add_line (self->pages, mc_flow_page (self), layout, i, MC_MARGIN_LEFT + mc_flow_line_x (layout, i),
                                  mc_flow_baseline (type, self->y));
      self->y += type->pitch;
    }
}
