/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document: laid out once, so that the print dialog and the PDF have the same pages. */
#include "mc-document.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "mc-document-layout.h"
#include "mc-document-docx.h"
#include "mc-report-file.h"

struct _McDocument
{
  McDocumentContent *content;
  McFlow flow;
};

McDocument *
mc_document_new_from_content (McDocumentContent *content)
{
  McDocument *self = g_new0 (McDocument, 1);

  self->content = content;
  mc_flow_init (&self->flow, content->fonts[0], content->fonts[1], content->fonts[2]);
  mc_document_lay_out (&self->flow, content);
  return self;
}

McDocument *
mc_document_new (McDocumentTemplate *template, McDocumentValues *values)
{
  return mc_document_new_from_content (mc_document_content_new (template, values, NULL));
}

void
mc_document_free (McDocument *self)
{
  if (!self)
    return;
  mc_flow_clear (&self->flow);
  mc_document_content_free (self->content);
  g_free (self);
}

const char *
mc_document_get_title (McDocument *self)
{
  return self->content->title;
}

const McDocumentContent *
mc_document_get_content (McDocument *self)
{
  return self->content;
}

guint
mc_document_get_n_pages (McDocument *self)
{
  return mc_document_pages_get_n_pages (self->flow.pages);
}

void
mc_document_get_page_size (double *width, double *height)
{
  *width = MC_PAGE_WIDTH;
  *height = MC_PAGE_HEIGHT;
}

const char *
mc_document_get_missing_characters (McDocument *self)
{
  return self->flow.missing->str;
}

/* "X (U+12345)", for those who look for the font. */
static char *
name_characters (const char *characters)
{
  GString *names = g_string_new (NULL);

  for (const char *at = characters; *at; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append (names, names->len > 0 ? ", " : "");
      if (g_unichar_isgraph (character))
        g_string_append_unichar (names, character);
      g_string_append_printf (names, " (U+%04X)", character);
    }
  return g_string_free (names, FALSE);
}

gboolean
mc_document_check_characters (McDocument *self, GError **error)
{
  g_autofree char *names = NULL;

  if (*mc_document_get_missing_characters (self) == '\0')
    return TRUE;
  names = name_characters (mc_document_get_missing_characters (self));
  g_set_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_GLYPHS,
               _("No font of this computer has these characters: %s. Install a font that has them (for example Noto Serif CJK), then print again. "
                 "Nothing was written."), names);
  return FALSE;
}

void
mc_document_draw_page (McDocument *self, cairo_t *cr, guint page)
{
  mc_document_pages_draw (self->flow.pages, page, cr);
}

gboolean
mc_document_write_docx (McDocument *self, const char *path, GCancellable *cancellable, GError **error)
{
  return mc_document_check_characters (self, error) && mc_document_docx_write (self->content, path, cancellable, error);
}

/* --- PDF ---------------------------------------------------------------------------------------------------- */

/* Goes into the file, or into memory. */
typedef struct
{
  int fd;
  const char *path;
  GByteArray *memory;
  GError *error;
} Output;

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Output *output = closure;

  if (output->memory)
    g_byte_array_append (output->memory, data, length);
  else if (output->error || !mc_disk_write (output->fd, data, length, output->path, &output->error))
    return CAIRO_STATUS_WRITE_ERROR;
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
draw_pdf (McDocument *self, Output *output, GCancellable *cancellable)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, output, MC_PAGE_WIDTH, MC_PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->content->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->content->number);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Mingcha");
  for (guint page = 0; page < mc_document_get_n_pages (self) && mc_disk_go_on (cancellable, &output->error); page++)
    {
      mc_document_draw_page (self, cr, page);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (!output->error && status != CAIRO_STATUS_SUCCESS)
    g_set_error (&output->error, MC_REPORT_ERROR, MC_REPORT_ERROR_FAILED,
                 _("The document could not be drawn (error %d). Nothing was written."), (int) status);
  return output->error == NULL;
}

gboolean
mc_document_write_pdf (McDocument *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *temporary = NULL;
  Output output = { .path = path };

  if (!mc_document_check_characters (self, error))
    return FALSE;
  output.fd = mc_report_file_open (path, &temporary, error);
  if (output.fd < 0)
    return FALSE;
  if (!draw_pdf (self, &output, cancellable))
    {
      mc_disk_drop_temporary (output.fd, temporary);
      g_propagate_error (error, output.error);
      return FALSE;
    }
  return mc_disk_finish_temporary (output.fd, temporary, path, error);
}

GBytes *
mc_document_make_pdf (McDocument *self, GError **error)
{
  Output output = { .fd = -1, .path = "", .memory = g_byte_array_new () };

  if (mc_document_check_characters (self, error) && draw_pdf (self, &output, NULL))
    return g_byte_array_free_to_bytes (output.memory);
  if (output.error)
    g_propagate_error (error, output.error);
  g_byte_array_unref (output.memory);
  return NULL;
}
