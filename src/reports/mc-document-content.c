/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a document says, block by block: a template with its values filled in and its conditions decided. */
#include "mc-document-content.h"

#include <string.h>

static void
line_free (McContentLine *line)
{
  if (!line)
    return;
  g_free (line->text);
  g_ptr_array_unref (line->images);
  g_free (line);
}

static void
row_free (McContentRow *row)
{
  g_free (row->heading);
  g_ptr_array_unref (row->cells);
  g_free (row);
}

static void
column_free (McContentColumn *column)
{
  g_free (column->title);
  g_free (column);
}

static void
photo_free (McContentPhoto *photo)
{
  mc_document_image_unref (photo->image);
  g_free (photo->caption);
  g_free (photo);
}

static void
block_free (McContentBlock *block)
{
  g_free (block->text);
  g_free (block->date);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_clear_pointer (&block->columns, g_ptr_array_unref);
  g_clear_pointer (&block->lines, g_ptr_array_unref);
  g_clear_pointer (&block->photos, g_ptr_array_unref);
  g_free (block);
}

McDocumentContent *
mc_document_content_ref (McDocumentContent *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
mc_document_content_free (McDocumentContent *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->authority);
  g_free (self->title);
  g_free (self->number);
  line_free (self->page_signatures);
  g_free (self->page_number);
  g_free (self->footer);
  g_free (self->footer_last);
  g_free (self->draft);
  mc_document_template_unref (self->template);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

static char *
expand (McDocumentValues *values, const char *text)
{
  return mc_document_values_expand (values, text, NULL, 0);
}

static void
image_free (gpointer image)
{
  if (image)
    mc_document_image_unref (image);
}

/* Two places of one role in a line have one after the other of its images. */
static McContentLine *
make_line (McDocumentValues *values, const char *text, const char *const *roles)
{
  McContentLine *line = g_new0 (McContentLine, 1);

  line->text = expand (values, text);
  line->images = g_ptr_array_new_with_free_func (image_free);
  for (guint i = 0; roles && roles[i]; i++)
    {
      g_autofree char *name = g_strconcat ("signature.", roles[i], NULL);
      McDocumentImage *image;
      guint before = 0;

      for (guint j = 0; j < i; j++)
        before += strcmp (roles[j], roles[i]) == 0;
      image = mc_document_values_get_image (values, name, before);
      g_ptr_array_add (line->images, image ? mc_document_image_ref (image) : NULL);
    }
  return line;
}

/* --- blocks ------------------------------------------------------------------------------------------------- */

static McContentRow *
add_row (McContentBlock *block, const char *heading)
{
  McContentRow *row = g_new0 (McContentRow, 1);

  row->heading = g_strdup (heading);
  row->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (block->rows, row);
  return row;
}

static void
fill_fields (McContentBlock *content, const McBlock *block, McDocumentValues *values)
{
  for (guint i = 0; i < block->rows->len; i++)
    {
      const GArray *cells = g_ptr_array_index (block->rows, i);
      McContentRow *row = add_row (content, NULL);

      for (guint c = 0; c < cells->len; c++)
        {
          g_ptr_array_add (row->cells, expand (values, g_array_index (cells, McBlockColumn, c).label));
          g_ptr_array_add (row->cells, expand (values, g_array_index (cells, McBlockColumn, c).value));
        }
    }
}

static void
fill_table (McContentBlock *content, const McBlock *block, McDocumentValues *values)
{
  const GArray *columns = g_ptr_array_index (block->rows, 0);

  content->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) column_free);
  content->text = mc_document_values_n_rows (values, block->table) == 0 ? expand (values, block->text) : g_strdup ("");
  for (guint c = 0; c < columns->len; c++)
    {
      const McBlockColumn *from = &g_array_index (columns, McBlockColumn, c);
      McContentColumn *column = g_new0 (McContentColumn, 1);

      column->title = expand (values, from->label);
      column->weight = from->weight;
      column->centred = from->centred;
      g_ptr_array_add (content->columns, column);
    }
  for (guint i = 0; i < mc_document_values_n_rows (values, block->table); i++)
    {
      const char *heading = mc_document_values_get_heading (values, block->table, i);
      McContentRow *row = add_row (content, heading);

      for (guint c = 0; !heading && c < columns->len; c++)
        g_ptr_array_add (row->cells, mc_document_values_expand (values, g_array_index (columns, McBlockColumn, c).value, block->table, i));
    }
}

static void
fill_photos (McContentBlock *content, const McBlock *block, McDocumentValues *values)
{
  content->photos = g_ptr_array_new_with_free_func ((GDestroyNotify) photo_free);
  for (guint i = 0; i < mc_document_values_n_rows (values, block->table); i++)
    {
      McDocumentImage *image = mc_document_values_get_image (values, block->table, i);
      McContentPhoto *photo;

      if (!image)
        continue;
      photo = g_new0 (McContentPhoto, 1);
      photo->image = mc_document_image_ref (image);
      photo->caption = g_strdup (mc_document_values_get_cell (values, block->table, i, "caption"));
      g_ptr_array_add (content->photos, photo);
    }
}

static void
fill_signatures (McContentBlock *content, const McBlock *block, McDocumentValues *values)
{
  content->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  for (guint i = 0; i < block->places->len; i++)
    {
      const McBlockPlace *place = &g_array_index (block->places, McBlockPlace, i);

      g_ptr_array_add (content->lines, make_line (values, place->text, place->roles));
    }
}

static McContentBlock *
make_block (const McBlock *block, McDocumentValues *values)
{
  McContentBlock *content = g_new0 (McContentBlock, 1);

  content->kind = block->kind;
  content->style = block->style;
  content->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  switch (block->kind)
    {
    case MC_BLOCK_PARAGRAPH:
      content->text = expand (values, block->text);
      break;
    case MC_BLOCK_SEAL:
      content->text = expand (values, block->text);
      content->date = expand (values, block->date);
      break;
    case MC_BLOCK_FIELDS:
      fill_fields (content, block, values);
      break;
    case MC_BLOCK_TABLE:
      fill_table (content, block, values);
      break;
    case MC_BLOCK_SIGNATURES:
      fill_signatures (content, block, values);
      break;
    case MC_BLOCK_PHOTOS:
      fill_photos (content, block, values);
      break;
    case MC_BLOCK_PAGE_BREAK:
    default:
      break;
    }
  return content;
}

static gboolean
is_shown (McDocumentValues *values, const McBlock *block)
{
  return !block->condition || mc_document_values_has (values, block->condition) != block->unless;
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static void
fill_footer (McDocumentContent *self, McDocumentTemplate *template, McDocumentValues *values)
{
  const char *unless = mc_document_template_get_text (template, MC_TEMPLATE_DRAFT_UNLESS);
  gboolean draft = *unless && !mc_document_values_has (values, unless);
  gboolean sealed = mc_document_values_has (values, "seal.text");

  self->draft = draft ? expand (values, mc_document_template_get_text (template, MC_TEMPLATE_DRAFT_TEXT)) : NULL;
  self->footer = draft    ? g_strdup (self->draft)
                 : sealed ? expand (values, mc_document_template_get_text (template, MC_TEMPLATE_SEAL_TEXT))
                          : g_strdup ("");
  self->footer_last = !draft && sealed ? expand (values, mc_document_template_get_text (template, MC_TEMPLATE_SEAL_TEXT_LAST)) : g_strdup ("");
}

McDocumentContent *
mc_document_content_new (McDocumentTemplate *template, McDocumentValues *values, const char *authority_kind)
{
  McDocumentContent *self = g_new0 (McDocumentContent, 1);

  g_atomic_ref_count_init (&self->refs);
  self->template = mc_document_template_ref (template);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  self->authority = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_AUTHORITY));
  self->title = expand (values, mc_document_template_get_title (template, authority_kind));
  self->number = expand (values, mc_document_template_get_text (template, MC_TEMPLATE_NUMBER));
  self->page_number = g_strdup (mc_document_template_get_text (template, MC_TEMPLATE_PAGE_NUMBER));
  self->page_signatures = make_line (values, mc_document_template_get_text (template, MC_TEMPLATE_PAGE_SIGNATURES),
                                     mc_document_template_get_page_signature_roles (template));
  self->fonts[0] = mc_document_template_get_text (template, MC_TEMPLATE_FONT_BODY);
  self->fonts[1] = mc_document_template_get_text (template, MC_TEMPLATE_FONT_HEADING);
  self->fonts[2] = mc_document_template_get_text (template, MC_TEMPLATE_FONT_TITLE);
  fill_footer (self, template, values);
  for (guint i = 0; i < mc_document_template_n_blocks (template); i++)
    {
      const McBlock *block = mc_document_template_get_block (template, i);

      if (is_shown (values, block))
        g_ptr_array_add (self->blocks, make_block (block, values));
    }
  return self;
}

static void
append (GString *text, const char *line)
{
  if (line && *line)
    g_string_append_printf (text, "%s\n", line);
}

static void
append_block (GString *text, const McContentBlock *block)
{
  append (text, block->text);
  append (text, block->date);
  for (guint i = 0; block->columns && i < block->columns->len; i++)
    append (text, ((McContentColumn *) g_ptr_array_index (block->columns, i))->title);
  for (guint i = 0; i < block->rows->len; i++)
    {
      const McContentRow *row = g_ptr_array_index (block->rows, i);

      append (text, row->heading);
      for (guint c = 0; c < row->cells->len; c++)
        append (text, g_ptr_array_index (row->cells, c));
    }
  for (guint i = 0; block->lines && i < block->lines->len; i++)
    append (text, ((McContentLine *) g_ptr_array_index (block->lines, i))->text);
  for (guint i = 0; block->photos && i < block->photos->len; i++)
    append (text, ((McContentPhoto *) g_ptr_array_index (block->photos, i))->caption);
}

char *
mc_document_content_get_text (const McDocumentContent *self)
{
  GString *text = g_string_new (NULL);

  append (text, self->authority);
  append (text, self->title);
  append (text, self->number);
  for (guint i = 0; i < self->blocks->len; i++)
    append_block (text, g_ptr_array_index (self->blocks, i));
  return g_string_free (text, FALSE);
}

char *
mc_document_content_get_page_number (const McDocumentContent *self, guint page, guint n_pages)
{
  g_autoptr (McDocumentValues) numbers = mc_document_values_new ();

  mc_document_values_take (numbers, "page", g_strdup_printf ("%u", page + 1));
  mc_document_values_take (numbers, "pages", g_strdup_printf ("%u", n_pages));
  return expand (numbers, self->page_number);
}
