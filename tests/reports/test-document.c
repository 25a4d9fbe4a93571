/* SPDX-License-Identifier: GPL-3.0-or-later
 * Documents: every text on paper, pages counted, tables split with their header, fonts embedded, no half file. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "reports/mc-document.h"

static const char *const known[] = { "a", "long", "seal.text", "seal.short", "number", "rows.number", "rows.text", NULL };

#define TEMPLATE                                                                                                                       \
  "{\"id\":\"x\",\"title\":\"检查笔录\",\"authority\":\"民政局\",\"number\":\"{{number}}\","                                           \
  "\"fonts\":{\"body\":\"Noto Serif CJK SC\",\"heading\":\"Noto Sans CJK SC\",\"title\":\"Noto Serif CJK SC\"},"                       \
  "\"page_signatures\":\"在场人员签名：\\t日期\",\"page_number\":\"第{{page}}页共{{pages}}页\",\"seal_text\":\"码{{seal.short}}\","      \
  "\"seal_text_last\":\"全{{seal.text}}\",\"draft\":{\"unless\":\"seal.text\",\"text\":\"未定稿\"},\"blocks\":["                        \
  "{\"type\":\"fields\",\"rows\":[[{\"label\":\"单位\",\"value\":\"{{a}}\"}]]},"                                                       \
  "{\"type\":\"paragraph\",\"text\":\"{{long}}\",\"if\":\"long\"},"                                                                    \
  "{\"type\":\"table\",\"rows\":\"rows\",\"empty\":\"没有行\",\"columns\":[{\"title\":\"序号\",\"value\":\"{{row.number}}\",\"weight\":1}," \
  "{\"title\":\"内容\",\"value\":\"{{row.text}}\",\"weight\":4}]},"                                                                    \
  "{\"type\":\"paragraph\",\"style\":\"centre\",\"text\":\"（以下空白）\"},"                                                           \
  "{\"type\":\"signatures\",\"places\":[\"签名：\\t年月日\"]},{\"type\":\"seal\",\"authority\":\"落款机关\",\"date\":\"二〇二六年\"}]}"

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

  fixture->folder = g_dir_make_tmp ("mc-document-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "out.pdf", NULL);
  fixture->template = mc_document_template_new_from_json (TEMPLATE, strlen (TEMPLATE), known, &error);
  fixture->values = mc_document_values_new ();
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  mc_document_template_unref (fixture->template);
  mc_document_values_unref (fixture->values);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* What a program of others says about the PDF. */
static char *
run (const char *program, const char *option, const char *path)
{
  g_autoptr (GError) error = NULL;
  const char *const arguments[] = { program, option ? option : path, option ? path : "-", strcmp (program, "pdftotext") == 0 && option ? "-" : NULL, NULL };
  const char *const bare[] = { program, path, NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (strcmp (program, "pdftotext") == 0 ? arguments : bare, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

/* Lines broken for the width are one again. */
static char *
text_of (const char *path)
{
  g_autofree char *text = run ("pdftotext", "-raw", path);
  GString *joined = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    if (*at != '\n' && *at != ' ' && *at != '\f')
      g_string_append_c (joined, *at);
  return g_string_free (joined, FALSE);
}

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at; at = strstr (at + 1, part))
    n++;
  return n;
}

static guint
write_document (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocument) document = mc_document_new (fixture->template, fixture->values);

  g_assert_cmpstr (mc_document_get_missing_characters (document), ==, "");
  g_assert_true (mc_document_write_pdf (document, fixture->path, NULL, &error));
  g_assert_no_error (error);
  return mc_document_get_n_pages (document);
}

static void
add_rows (Fixture *fixture, guint n, const char *text)
{
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *number = g_strdup_printf ("<%u>", i);

      mc_document_values_add_row (fixture->values, "rows");
      mc_document_values_set_cell (fixture->values, "rows", "number", number);
      mc_document_values_set_cell (fixture->values, "rows", "text", text);
    }
}

static void
every_text_is_on_paper (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *info = NULL;
  g_autofree char *fonts = NULL;
  g_auto (GStrv) lines = NULL;

  mc_document_values_set (fixture->values, "a", "嘉兴㛃𬭩𠮷康养中心");
  mc_document_values_set (fixture->values, "number", "嘉民检〔2026〕3号");
  g_assert_cmpuint (write_document (fixture), ==, 1);
  text = text_of (fixture->path);
  g_assert_nonnull (strstr (text, "嘉兴㛃𬭩𠮷康养中心"));
  g_assert_nonnull (strstr (text, "嘉民检〔2026〕3号"));
  g_assert_nonnull (strstr (text, "没有行"));
  g_assert_nonnull (strstr (text, "落款机关"));
  g_assert_nonnull (strstr (text, "第1页共1页"));
  g_assert_nonnull (strstr (text, "（以下空白）"));
  info = run ("pdfinfo", NULL, fixture->path);
  g_assert_nonnull (strstr (info, "检查笔录"));
  g_assert_nonnull (strstr (info, "A4"));
  fonts = run ("pdffonts", NULL, fixture->path);
  lines = g_strsplit (fonts, "\n", -1);
  for (guint i = 2; lines[i] && *lines[i]; i++)
    g_assert_nonnull (strstr (lines[i], " yes yes yes "));
}

static void
long_tables_go_on_under_their_header (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  guint n_pages;

  add_rows (fixture, 100, "昼夜巡查、交接班制度健全，检查与服务有记录，并且文字长到要换一行才写得完，还要再长一些。");
  n_pages = write_document (fixture);
  text = text_of (fixture->path);
  g_assert_cmpuint (n_pages, >, 3);
  g_assert_cmpuint (count (text, "还要再长一些"), ==, 100);
  g_assert_cmpuint (count (text, "序号内容"), >=, n_pages - 1);
  g_assert_cmpuint (count (text, "在场人员签名"), ==, n_pages);
  for (guint i = 1; i <= 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("<%u>", i);

      g_assert_cmpuint (count (text, number), ==, 1);
    }
  for (guint page = 1; page <= n_pages; page++)
    {
      g_autofree char *number = g_strdup_printf ("第%u页共%u页", page, n_pages);

      g_assert_cmpuint (count (text, number), ==, 1);
    }
}

static void
a_row_higher_than_a_page_is_split (Fixture *fixture, gconstpointer data)
{
  GString *huge = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (huge, "第%04u句。", i);
  add_rows (fixture, 1, huge->str);
  add_rows (fixture, 1, "短");
  g_assert_cmpuint (write_document (fixture), >=, 5);
  text = text_of (fixture->path);
  for (guint i = 0; i < 3000; i += 7)
    {
      g_autofree char *sentence = g_strdup_printf ("第%04u句", i);

      g_assert_cmpuint (count (text, sentence), ==, 1);
    }
  g_string_free (huge, TRUE);
}

/* Whatever stands before, the seal's place is never alone on a page: signatures are with it. */
static void
the_seal_stays_with_the_signatures (Fixture *fixture, gconstpointer data)
{
  for (guint n = 10; n < 30; n++)
    {
      g_autoptr (McDocumentValues) values = mc_document_values_new ();
      g_autoptr (McDocument) document = NULL;
      g_autofree char *last = NULL;
      g_autofree char *text = NULL;
      McDocumentValues *kept = fixture->values;

      fixture->values = values;
      add_rows (fixture, n, "行");
      write_document (fixture);
      fixture->values = kept;
      text = run ("pdftotext", "-raw", fixture->path);
      last = g_strdup (g_strrstr (text, "签名：") ? strstr (text, "（以下空白）") : "");
      /* No page ends between the signatures' line and the seal. */
      {
        const char *signature = strstr (last, "年月日");
        const char *seal = strstr (last, "落款机关");

        g_assert_nonnull (signature);
        g_assert_nonnull (seal);
        g_assert_cmpint (seal - signature, <, 200);
        g_assert_null (memchr (signature, '\f', (gsize) (seal - signature)));
      }
    }
}

static void
a_draft_is_marked_and_a_final_one_has_its_hash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *draft = NULL;
  g_autofree char *final = NULL;
  guint n_pages;

  add_rows (fixture, 60, "行");
  n_pages = write_document (fixture);
  draft = text_of (fixture->path);
  /* The mark across the page and the word in the footer. */
  g_assert_cmpuint (count (draft, "未定稿") + count (draft, "稿定未"), >=, n_pages);
  g_assert_null (strstr (draft, "码"));
  mc_document_values_set (fixture->values, "seal.text", "0123456789abcdef");
  mc_document_values_set (fixture->values, "seal.short", "0123");
  g_assert_cmpuint (write_document (fixture), ==, n_pages);
  final = text_of (fixture->path);
  g_assert_null (strstr (final, "未定稿"));
  g_assert_cmpuint (count (final, "码0123"), ==, n_pages);
  g_assert_cmpuint (count (final, "全0123456789abcdef"), ==, 1);
}

static void
characters_without_a_font_are_named (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocument) document = NULL;

  mc_document_values_set (fixture->values, "a", "甲\364\217\277\275乙\364\217\277\275");
  document = mc_document_new (fixture->template, fixture->values);
  g_assert_cmpstr (mc_document_get_missing_characters (document), ==, "\364\217\277\275");
  g_assert_false (mc_document_write_pdf (document, fixture->path, NULL, &error));
  g_assert_error (error, MC_REPORT_ERROR, MC_REPORT_ERROR_GLYPHS);
  g_assert_nonnull (strstr (error->message, "U+10FFFD"));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
a_cancelled_document_leaves_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (McDocument) document = mc_document_new (fixture->template, fixture->values);

  g_cancellable_cancel (cancellable);
  g_assert_false (mc_document_write_pdf (document, fixture->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/document/every-text", every_text_is_on_paper);
  ADD ("/document/long-table", long_tables_go_on_under_their_header);
  ADD ("/document/high-row", a_row_higher_than_a_page_is_split);
  ADD ("/document/seal", the_seal_stays_with_the_signatures);
  ADD ("/document/draft-and-final", a_draft_is_marked_and_a_final_one_has_its_hash);
  ADD ("/document/missing-characters", characters_without_a_font_are_named);
  ADD ("/document/cancelled", a_cancelled_document_leaves_no_file);
  return g_test_run ();
}
