/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents as .docx: others' programs open them, with the same text as the PDF, real tables and page numbers. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "reports/mc-document.h"

static const char *const known[] = { "a", "seal.text", "rows.number", "rows.text", "photos.caption", NULL };

#define TEMPLATE                                                                                                                       \
  "{\"id\":\"x\",\"title\":\"检查笔录\",\"authority\":\"秀洲区民政局\",\"number\":\"秀民检〔2026〕3号\","                               \
  "\"fonts\":{\"body\":\"Noto Serif CJK SC\",\"heading\":\"Noto Sans CJK SC\",\"title\":\"Noto Serif CJK SC\"},"                       \
  "\"page_signatures\":\"在场人员签名：\\t日期\",\"page_number\":\"第 {{page}} 页  共 {{pages}} 页\",\"seal_text\":\"码\","             \
  "\"seal_text_last\":\"全{{seal.text}}\",\"draft\":{\"unless\":\"seal.text\",\"text\":\"未定稿\"},\"blocks\":["                        \
  "{\"type\":\"fields\",\"rows\":[[{\"label\":\"单位\",\"value\":\"{{a}}\"}],"                                                         \
  "[{\"label\":\"甲\",\"value\":\"一\"},{\"label\":\"乙\",\"value\":\"二\"}]]},"                                                       \
  "{\"type\":\"table\",\"rows\":\"rows\",\"empty\":\"没有行\",\"columns\":[{\"title\":\"序号\",\"value\":\"{{row.number}}\",\"weight\":1}," \
  "{\"title\":\"内容\",\"value\":\"{{row.text}}\",\"weight\":4}]},"                                                                    \
  "{\"type\":\"photos\",\"rows\":\"photos\",\"if\":\"photos\"},"                                                                       \
  "{\"type\":\"paragraph\",\"style\":\"centre\",\"text\":\"（以下空白）\"},"                                                           \
  "{\"type\":\"signatures\",\"places\":[\"签名：\\t、\\t年月日\"]},{\"type\":\"seal\",\"authority\":\"落款机关\",\"date\":\"二〇二六年\"}," \
  "{\"type\":\"page-break\"},{\"type\":\"paragraph\",\"text\":\"附件\"}]}"

typedef struct
{
  char *folder;
  char *path;
  McDocumentTemplate *template;
  McDocumentValues *values;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("mc-docx-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "out.docx", NULL);
  fixture->template = mc_document_template_new_from_json (TEMPLATE, strlen (TEMPLATE), known, &error);
  g_assert_no_error (error);
  fixture->values = mc_document_values_new ();
  mc_document_values_set (fixture->values, "a", "嘉兴㛃𬭩𠮷 <康养> & \"中心\"\n第二行\x01");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (fixture->folder, name, NULL);

      g_unlink (child);
    }
  g_rmdir (fixture->folder);
  mc_document_template_unref (fixture->template);
  mc_document_values_unref (fixture->values);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static char *
run (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

static void
add_rows (Fixture *fixture, guint n)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      mc_document_values_add_row (fixture->values, "rows");
      mc_document_values_set_cell (fixture->values, "rows", "number", number);
      mc_document_values_set_cell (fixture->values, "rows", "text", "二楼东侧疏散通道堆放轮椅3辆，影响疏散，须立即清理。");
    }
}

static void
add_photo (Fixture *fixture, const char *caption)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 64, 48);
  g_autofree char *path = g_build_filename (fixture->folder, "photo.png", NULL);
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (McDocumentImage) image = NULL;
  gsize length;

  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new (data, length);
  image = mc_document_image_new (bytes, NULL);
  g_assert_nonnull (image);
  mc_document_values_add_row (fixture->values, "photos");
  mc_document_values_set_cell (fixture->values, "photos", "caption", caption);
  mc_document_values_add_image (fixture->values, "photos", image);
}

static McDocument *
write_docx (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  McDocument *document = mc_document_new (fixture->template, fixture->values);

  g_assert_true (mc_document_write_docx (document, fixture->path, NULL, &error));
  g_assert_no_error (error);
  if (g_getenv ("MC_TEST_KEEP"))
    mc_document_write_docx (document, g_getenv ("MC_TEST_KEEP"), NULL, NULL);
  return document;
}

/* The parts are well-formed (the script looks at each), tables are tables, fonts are named as Word names them. */
static void
its_parts_are_as_word_wants_them (Fixture *fixture, gconstpointer data)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "reports", "read-docx.py", NULL);
  const char *const words[] = { "/usr/bin/python3", script, fixture->path, NULL };
  g_autoptr (McDocument) document = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *out = NULL;
  JsonObject *docx;
  const char *text;

  add_rows (fixture, 3);
  add_photo (fixture, "一楼大厅");
  add_photo (fixture, "二楼走廊");
  add_photo (fixture, "三楼");
  document = write_docx (fixture);
  out = run (words);
  g_assert_true (json_parser_load_from_data (parser, out, -1, NULL));
  docx = json_node_get_object (json_parser_get_root (parser));
  text = json_object_get_string_member (docx, "text");
  g_assert_cmpint (json_object_get_int_member (docx, "tables"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (docx, "headers"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (docx, "media")), ==, 3);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (docx, "fields"), 0), ==, "PAGE");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (docx, "fields"), 1), ==, "NUMPAGES");
  g_assert_nonnull (strstr (out, "仿宋"));
  g_assert_nonnull (strstr (out, "宋体"));
  g_assert_nonnull (strstr (text, "嘉兴㛃𬭩𠮷 <康养> & \"中心\"第二行"));
  g_assert_nonnull (strstr (text, "落款机关"));
  g_assert_nonnull (strstr (text, "一楼大厅"));
}

/* Without the white space of lines and the underscores of places to write on. */
static void
append_joined (GString *joined, const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)) && !g_unichar_iscntrl (g_utf8_get_char (at)) && *at != '_')
      g_string_append_unichar (joined, g_utf8_get_char (at));
}

static void
libreoffice_reads_the_same_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *profile_path = g_build_filename (fixture->folder, "profile", NULL);
  g_autofree char *profile = g_strconcat ("-env:UserInstallation=file://", profile_path, NULL);
  const char *const clean[] = { "rm", "-rf", profile_path, NULL };
  g_autofree char *pdf = g_build_filename (fixture->folder, "out.pdf", NULL);
  const char *const convert[] = { "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", fixture->folder, fixture->path, NULL };
  const char *const extract[] = { "pdftotext", "-raw", pdf, "-", NULL };
  g_autoptr (McDocument) document = NULL;
  g_autofree char *content = NULL;
  g_autofree char *said = NULL;
  g_autofree char *cleaned = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *joined = g_string_new (NULL);

  if (!g_find_program_in_path ("soffice"))
    {
      g_test_skip ("LibreOffice is not installed");
      g_string_free (joined, TRUE);
      return;
    }
  add_rows (fixture, 40);
  mc_document_values_set (fixture->values, "seal.text", "0123456789abcdef");
  document = write_docx (fixture);
  said = run (convert);
  cleaned = run (clean);
  text = run (extract);
  append_joined (joined, text);
  g_assert_nonnull (strstr (joined->str, "第1页共"));
  g_assert_nonnull (strstr (joined->str, "全0123456789abcdef"));
  content = mc_document_content_get_text (mc_document_get_content (document));
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      GString *line = g_string_new (NULL);

      append_joined (line, lines[i]);
      if (!strstr (joined->str, line->str))
        g_error ("not in the document as LibreOffice reads it: %s", line->str);
      g_string_free (line, TRUE);
    }
  g_string_free (joined, TRUE);
}

static void
a_disk_that_refuses_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (McDocument) document = mc_document_new (fixture->template, fixture->values);
  g_autofree char *path = g_build_filename (fixture->folder, "no-such", "out.docx", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_document_write_docx (document, path, NULL, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_INPUT);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (mc_document_write_docx (document, fixture->path, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/document-docx/parts", its_parts_are_as_word_wants_them);
  ADD ("/document-docx/libreoffice", libreoffice_reads_the_same_text);
  ADD ("/document-docx/refused", a_disk_that_refuses_leaves_nothing);
  return g_test_run ();
}
