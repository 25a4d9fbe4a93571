/* SPDX-License-Identifier: GPL-3.0-or-later
 * A document as .docx: the package and its parts (ECMA-376 part 2). */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-chinese-date.h"
#include "mc-document-docx-private.h"
#include "mc-report-file.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define NAMESPACES                                                                                          \
  "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"" OFFICE "\" "         \
  "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""

typedef struct
{
  struct archive *archive;
  const char *path;
  GError *error;
} Package;

static void
add_part (Package *package, const char *name, gconstpointer data, gsize length)
{
  struct archive_entry *entry;

  if (package->error)
    return;
  entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (gint64) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, 0, 0);
  if (archive_write_header (package->archive, entry) != ARCHIVE_OK || archive_write_data (package->archive, data, length) != (la_ssize_t) length)
    mc_disk_set_error (&package->error, archive_errno (package->archive) > 0 ? archive_errno (package->archive) : EIO, package->path);
  archive_entry_free (entry);
}

/* Takes @xml. */
static void
take_xml (Package *package, const char *name, GString *xml)
{
  add_part (package, name, xml->str, xml->len);
  g_string_free (xml, TRUE);
}

/* --- parts that are the same for every document ------------------------------------------------------------- */

static void
add_types (Package *package)
{
  static const struct
  {
    const char *name;
    const char *type;
  } parts[] = {
    { "document", "document.main" }, { "styles", "styles" },   { "settings", "settings" },
    { "header1", "header" },         { "header2", "header" },  { "footer1", "footer" },
    { "footer2", "footer" },
  };
  GString *xml = g_string_new (XML_HEAD "<Types xmlns=\"" PACKAGE "/content-types\">"
                                        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                                        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                                        "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
                                        "<Override PartName=\"/docProps/core.xml\" "
                                        "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (xml, "<Override PartName=\"/word/%s.xml\" ContentType=\"" WORD_TYPE "%s+xml\"/>", parts[i].name, parts[i].type);
  g_string_append (xml, "</Types>");
  take_xml (package, "[Content_Types].xml", xml);
}

static void
add_relationships (Package *package, const McDocumentContent *content)
{
  static const char *const parts[] = { "styles", "settings", "header1", "header2", "footer1", "footer2" };
  g_autoptr (GPtrArray) photos = mc_document_docx_list_photos (content);
  GString *xml = g_string_new (XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">");

  g_string_append (xml, "<Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\" Target=\"word/document.xml\"/>"
                        "<Relationship Id=\"rId2\" Type=\"" PACKAGE "/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                        "</Relationships>");
  take_xml (package, "_rels/.rels", xml);
  xml = g_string_new (XML_HEAD "<Relationships xmlns=\"" PACKAGE "/relationships\">");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *kind = g_strndup (parts[i], strcspn (parts[i], "12"));

      g_string_append_printf (xml, "<Relationship Id=\"%s\" Type=\"" OFFICE "/%s\" Target=\"%s.xml\"/>", parts[i], kind, parts[i]);
    }
  for (guint i = 0; i < photos->len; i++)
    {
      const McContentPhoto *photo = g_ptr_array_index (photos, i);

      g_string_append_printf (xml, "<Relationship Id=\"photo%u\" Type=\"" OFFICE "/image\" Target=\"media/photo%u.%s\"/>", i + 1, i + 1,
                              mc_document_image_is_jpeg (photo->image) ? "jpeg" : "png");
    }
  g_string_append (xml, "</Relationships>");
  take_xml (package, "word/_rels/document.xml.rels", xml);
}

static void
add_styles (Package *package)
{
  const char *font = mc_document_word ("word_font_body");
  GString *xml = g_string_new (XML_HEAD "<w:styles " NAMESPACES "><w:docDefaults><w:rPrDefault><w:rPr>");

  g_string_append_printf (xml, "<w:rFonts w:ascii=\"%s\" w:hAnsi=\"%s\" w:eastAsia=\"%s\" w:cs=\"%s\"/>", font, font, font, font);
  g_string_append (xml, "<w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
                        "<w:pPrDefault/></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
                        "<w:pPr><w:snapToGrid w:val=\"0\"/></w:pPr></w:style></w:styles>");
  take_xml (package, "word/styles.xml", xml);
  xml = g_string_new (XML_HEAD "<w:settings " NAMESPACES "><w:characterSpacingControl w:val=\"doNotCompress\"/></w:settings>");
  take_xml (package, "word/settings.xml", xml);
}

static void
add_properties (Package *package, const McDocumentContent *content)
{
  GString *xml = g_string_new (XML_HEAD "<cp:coreProperties xmlns:cp=\"" PACKAGE "/metadata/core-properties\" "
                                        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");

  mc_docx_append_escaped (xml, content->title, -1);
  g_string_append (xml, "</dc:title><dc:subject>");
  mc_docx_append_escaped (xml, content->number, -1);
  g_string_append (xml, "</dc:subject><dc:creator>");
  mc_docx_append_escaped (xml, content->authority, -1);
  g_string_append (xml, "</dc:creator></cp:coreProperties>");
  take_xml (package, "docProps/core.xml", xml);
}

/* --- header and footer -------------------------------------------------------------------------------------- */

/* The mark of a draft stands in the header; title and number from the second page on. */
static void
add_header (Package *package, const McDocumentContent *content, const char *name, gboolean first)
{
  const McDocxParagraph tabs = { .tab_right = mc_flow_width () };
  GString *xml = g_string_new (XML_HEAD "<w:hdr " NAMESPACES ">");
  g_autofree char *line = first ? g_strdup ("") : g_strconcat (content->title, "\t", content->number, NULL);

  mc_docx_add_paragraph (xml, &mc_type_footer, &tabs, line);
  if (content->draft)
    {
      McTypography type = mc_type_caption;

      type.face = MC_FACE_HEADING;
      mc_docx_add_paragraph (xml, &type, NULL, content->draft);
    }
  g_string_append (xml, "</w:hdr>");
  take_xml (package, name, xml);
}

/* The template's words with a field for each of {{page}} and {{pages}}. */
static void
add_page_number (GString *xml, const McDocumentContent *content)
{
  const char *at = content->page_number;

  while (*at)
    {
      const char *open = strstr (at, "{{");
      g_autofree char *words = open ? g_strndup (at, (gsize) (open - at)) : g_strdup (at);

      mc_docx_add_run (xml, &mc_type_page, words);
      if (!open)
        return;
      mc_docx_add_field (xml, &mc_type_page, g_str_has_prefix (open, "{{pages}}") ? "NUMPAGES" : "PAGE");
      at = strstr (open, "}}");
      at = at ? at + 2 : "";
    }
}

static void
add_footer (Package *package, const McDocumentContent *content, const char *name)
{
  const McDocxParagraph options = { .rule_above = TRUE, .tab_centre = mc_flow_width () / 2 };
  GString *xml = g_string_new (XML_HEAD "<w:ftr " NAMESPACES ">");

  mc_docx_add_form_line (xml, &mc_type_page, NULL, content->page_signatures->text, mc_flow_width ());
  mc_docx_begin (xml, &mc_type_page, &options);
  mc_docx_add_run (xml, &mc_type_footer, content->footer);
  mc_docx_add_run (xml, &mc_type_page, "\t");
  add_page_number (xml, content);
  mc_docx_end (xml);
  g_string_append (xml, "</w:ftr>");
  take_xml (package, name, xml);
}

/* --- the whole ---------------------------------------------------------------------------------------------- */

static void
add_document (Package *package, const McDocumentContent *content)
{
  g_autofree char *body = mc_document_docx_body (content);
  GString *xml = g_string_new (XML_HEAD "<w:document " NAMESPACES "><w:body>");

  g_string_append (xml, body);
  g_string_append_printf (xml,
                          "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"header1\"/><w:headerReference w:type=\"default\" r:id=\"header2\"/>"
                          "<w:footerReference w:type=\"first\" r:id=\"footer1\"/><w:footerReference w:type=\"default\" r:id=\"footer2\"/>"
                          "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"%d\" "
                          "w:footer=\"%d\" w:gutter=\"0\"/><w:titlePg/></w:sectPr></w:body></w:document>",
                          (int) (MC_MARGIN_TOP * 20), (int) (MC_MARGIN_RIGHT * 20), (int) (MC_MARGIN_BOTTOM * 20), (int) (MC_MARGIN_LEFT * 20),
                          (int) (MC_MM (14) * 20), (int) (MC_MM (18) * 20));
  take_xml (package, "word/document.xml", xml);
}

static void
add_photos (Package *package, const McDocumentContent *content, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) photos = mc_document_docx_list_photos (content);

  for (guint i = 0; i < photos->len && !package->error && mc_disk_go_on (cancellable, &package->error); i++)
    {
      const McContentPhoto *photo = g_ptr_array_index (photos, i);
      const char *ending = mc_document_image_is_jpeg (photo->image) ? "jpeg" : "png";
      g_autofree char *name = g_strdup_printf ("word/media/photo%u.%s", i + 1, ending);
      gsize length;
      gconstpointer data = g_bytes_get_data (mc_document_image_get_bytes (photo->image), &length);

      add_part (package, name, data, length);
    }
}

static gboolean
write_package (const McDocumentContent *content, int fd, const char *path, GCancellable *cancellable, GError **error)
{
  Package package = { archive_write_new (), path, NULL };

  archive_write_set_format_zip (package.archive);
  archive_write_set_bytes_in_last_block (package.archive, 1);
  if (archive_write_open_fd (package.archive, fd) != ARCHIVE_OK)
    mc_disk_set_error (&package.error, EIO, path);
  add_types (&package);
  add_relationships (&package, content);
  add_properties (&package, content);
  add_document (&package, content);
  add_styles (&package);
  add_header (&package, content, "word/header1.xml", TRUE);
  add_header (&package, content, "word/header2.xml", FALSE);
  add_footer (&package, content, "word/footer1.xml");
  add_footer (&package, content, "word/footer2.xml");
  add_photos (&package, content, cancellable);
  if (!package.error)
    mc_disk_go_on (cancellable, &package.error);
  if (archive_write_close (package.archive) != ARCHIVE_OK && !package.error)
    mc_disk_set_error (&package.error, archive_errno (package.archive) > 0 ? archive_errno (package.archive) : EIO, path);
  archive_write_free (package.archive);
  if (package.error)
    g_propagate_error (error, package.error);
  return package.error == NULL;
}

gboolean
mc_document_docx_write (const McDocumentContent *content, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *temporary = NULL;
  int fd = mc_report_file_open (path, &temporary, error);

  if (fd < 0)
    return FALSE;
  if (!write_package (content, fd, path, cancellable, error))
    {
      mc_disk_drop_temporary (fd, temporary);
      return FALSE;
    }
  return mc_disk_finish_temporary (fd, temporary, path, error);
}
