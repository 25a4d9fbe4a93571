/* SPDX-License-Identifier: GPL-3.0-or-later
 * Workbooks of every writer give the same rows; what is protected, damaged or harmful is refused in words. */
#include "table-file.h"

#include <xlsxwriter.h>

#include "registry/mc-xlsx-sheet.h"
#include "registry/mc-xlsx-strings.h"
#include "registry/mc-xlsx-styles.h"

#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships"
#define PACKAGE "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

static char *
fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "registry", "data", name, NULL);
}

static void
test_types (gconstpointer name)
{
  g_autofree char *path = fixture (name);
  g_autofree char *rows = table_file_text (path);

  /* openpyxl writes no result of the formula in G1. */
  g_assert_cmpstr (rows, ==, g_str_has_suffix (name, "libreoffice.xlsx")
    ? "1:A=文|B=913304|C=1|D=2026-02-28|E=2026-02-28 08:30:00|F=25912.73|G=2|H=1000000000000000000|I=00123\n2:A=00045|B=2023-03-15|C=0.3|Z=尾\n"
    : "1:A=文|B=913304|C=1|D=2026-02-28|E=2026-02-28 08:30:00|F=25912.73|H=1000000000000000000|I=00123\n2:A=00045|B=2023-03-15|C=0.3|Z=尾\n");
}

static void
test_sheets (void)
{
  g_autofree char *path = fixture ("officials.xlsx");
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);
  g_autofree char *rows = NULL;

  g_assert_cmpuint (mc_table_reader_get_n_sheets (reader), ==, 3);
  g_assert_cmpstr (mc_table_reader_get_sheet_name (reader, 1), ==, "机构名录");
  g_assert_false (mc_table_reader_sheet_is_hidden (reader, 1));
  g_assert_true (mc_table_reader_sheet_is_hidden (reader, 2));
  rows = table_text (reader, 1);
  g_assert_nonnull (strstr (rows, "8:A=2|B=嘉善县罗星街道\n幸福托育园|D=^罗星街道|"));
  g_assert_false (mc_table_reader_select_sheet (reader, 3, NULL));
}

/* --- workbooks by hand ------------------------------------------------------------------------------------ */

static char *
book_with (const char *sheet, const char *strings, const char *workbook_attributes)
{
  g_autofree char *workbook = g_strdup_printf ("<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" RELATIONS "\">"
                                               "<workbookPr %s/><sheets><sheet name=\"A &amp; B\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>", workbook_attributes);

  return table_file_new_zip ("_rels/.rels", PACKAGE "<Relationship Id=\"r1\" Type=\"" RELATIONS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                             "xl/workbook.xml", workbook,
                             "xl/_rels/workbook.xml.rels", PACKAGE "<Relationship Id=\"rId1\" Type=\"" RELATIONS "/worksheet\" Target=\"/xl/worksheets/s.xml\"/>"
                                                          "<Relationship Id=\"rId2\" Type=\"" RELATIONS "/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                                                          "<Relationship Id=\"rId3\" Type=\"" RELATIONS "/styles\" Target=\"./styles.xml\"/></Relationships>",
                             "xl/worksheets/s.xml", sheet, "xl/sharedStrings.xml", strings,
                             "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                                              "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"31\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>", NULL);
}

typedef struct
{
  const char *name;
  const char *sheet;   /* inside sheetData and after */
  const char *strings; /* inside sst */
  const char *rows;
  const char *workbook;
} Book;

static const Book books[] = {
  { "shared-plain-rich-phonetic", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row></sheetData>",
    "<si><t>甲</t></si><si><r><t>粗</t></r><r><t xml:space=\"preserve\"> 细</t></r></si><si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh></si>", "1:A=甲|B=粗 细|C=東京\n", "" },
  { "inline", "<sheetData><row><c t=\"inlineStr\"><is><t>内</t></is></c><c t=\"inlineStr\"><is><r><t>一</t></r><r><t>二</t></r><rPh><t>x</t></rPh></is></c></row></sheetData>", "", "1:A=内|B=一二\n", "" },
  { "no-references", "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>", "", "1:A=1|B=2\n2:A=3\n", "" },
  { "escapes", "<sheetData><row><c t=\"str\"><v>a_x000D_b_x005F_c &amp; &lt;&#19968;</v></c></row></sheetData>", "", "1:A=a\rb_c & <一\n", "" },
  { "formula-results", "<sheetData><row><c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A</f><v>文</v></c><c t=\"e\"><f>B</f><v>#REF!</v></c><c t=\"b\"><f>C</f><v>0</v></c></row></sheetData>", "", "1:A=2|B=文|C=#REF!|D=0\n", "" },
  { "dates", "<sheetData><row><c s=\"1\"><v>46081</v></c><c s=\"2\"><v>46081.5</v></c><c s=\"0\"><v>46081</v></c><c t=\"d\"><v>2026-02-28T00:00:00</v></c><c s=\"1\"><v>0.5</v></c></row></sheetData>", "",
    "1:A=2026-02-28|B=2026-02-28 12:00:00|C=46081|D=2026-02-28|E=12:00:00\n", "" },
  { "dates-1904", "<sheetData><row><c s=\"1\"><v>44619</v></c></row></sheetData>", "", "1:A=2026-02-28\n", "date1904=\"1\"" },
  { "merged-down", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>县</v></c><c r=\"B1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row><row r=\"3\"><c r=\"A3\" s=\"0\"/></row><row r=\"4\"><c r=\"B4\"><v>4</v></c></row></sheetData>"
    "<mergeCells count=\"1\"><mergeCell ref=\"A1:A3\"/></mergeCells>", "", "1:A=县|B=1\n2:A=^县|B=2\n4:B=4\n", "" },
  { "prefixed", "<x:sheetData xmlns:x=\"u\"><x:row r=\"7\"><x:c r=\"AB7\" t=\"str\"><x:v>深</x:v></x:c></x:row></x:sheetData>", "", "7:AB=深\n", "" },
};

static void
test_book (gconstpointer data)
{
  const Book *book = data;
  g_autofree char *sheet = g_strdup_printf ("<worksheet>%s</worksheet>", book->sheet);
  g_autofree char *strings = g_strdup_printf ("<sst>%s</sst>", book->strings);
  char *path = book_with (sheet, strings, book->workbook);
  g_autofree char *rows = table_file_text (path);
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);

  g_assert_cmpstr (rows, ==, book->rows);
  g_assert_cmpstr (mc_table_reader_get_sheet_name (reader, 0), ==, "A & B");
  table_file_remove (path);
}

static void
test_strict_and_odd_places (void)
{
  char *path = table_file_new_zip ("_rels/.rels", PACKAGE "<Relationship Id=\"a\" Type=\"" STRICT "/officeDocument\" Target=\"/Book/Main.xml\"/></Relationships>",
                                   "Book/main.xml", "<workbook xmlns:r=\"" STRICT "\"><sheets><sheet name=\"c\" r:id=\"c\"/><sheet name=\"s\" r:id=\"b\"/></sheets></workbook>",
                                   "Book/_rels/Main.xml.rels", PACKAGE "<Relationship Id=\"b\" Type=\"" STRICT "/worksheet\" Target=\"../sheets\\one.xml\"/>"
                                                               "<Relationship Id=\"c\" Type=\"" STRICT "/chartsheet\" Target=\"c.xml\"/></Relationships>",
                                   "Sheets/One.xml", "<worksheet><sheetData><row><c t=\"str\"><v>严</v></c></row></sheetData></worksheet>", NULL);
  g_autofree char *rows = table_file_text (path);

  g_assert_cmpstr (rows, ==, "1:A=严\n");
  table_file_remove (path);
}

typedef struct
{
  const char *name;
  const char *sheet;
  McTableError code;
} Fault;

static const Fault faults[] = {
  { "document-type", "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><worksheet><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "external-entity", "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "cut-xml", "<worksheet><sheetData><row><c t=\"str\"><v>a</v></c></row>", MC_TABLE_ERROR_DAMAGED },
  { "no-xml", "a,b,c", MC_TABLE_ERROR_DAMAGED },
  { "missing-string", "<worksheet><sheetData><row><c t=\"s\"><v>9</v></c></row></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "rows-backwards", "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "cells-backwards", "<worksheet><sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "beyond-the-last-row", "<worksheet><sheetData><row r=\"1048577\"/></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
  { "beyond-the-last-column", "<worksheet><sheetData><row><c r=\"XFE1\"/></row></sheetData></worksheet>", MC_TABLE_ERROR_DAMAGED },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  char *path = book_with (fault->sheet, "<sst/>", "");
  g_autoptr (GError) error = table_file_error (path);

  g_assert_error (error, MC_TABLE_ERROR, (int) fault->code);
  g_assert_nonnull (strstr (error->message, "Nothing was changed"));
  table_file_remove (path);
}

/* Forty megabytes of blanks in forty kilobytes. */
static void
test_bomb (void)
{
  g_autofree char *blanks = g_strnfill (40 * 1024 * 1024, ' ');
  g_autofree char *sheet = g_strconcat ("<worksheet><sheetData>", blanks, "</sheetData></worksheet>", NULL);
  char *path = book_with (sheet, "<sst/>", "");
  g_autoptr (GError) error = table_file_error (path);

  g_assert_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT);
  table_file_remove (path);
}

static void
test_endless_text (void)
{
  g_autofree char *letters = g_strnfill (1024 * 1024, 'a');
  g_autofree char *sheet = g_strconcat ("<worksheet><sheetData><row><c t=\"str\"><v>", letters, "</v></c></row></sheetData></worksheet>", NULL);
  char *path = book_with (sheet, "<sst/>", "");
  g_autoptr (GError) error = table_file_error (path);

  g_assert_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_DAMAGED);
  table_file_remove (path);
}

/* Cut anywhere, a workbook is refused, and never read in part. */
static void
test_truncated_anywhere (void)
{
  g_autofree char *whole_path = fixture ("types.xlsx");
  g_autofree char *whole = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (whole_path, &whole, &length, NULL));
  for (gsize cut = 4; cut < length; cut += 97)
    {
      char *path = table_file_new ("t.xlsx", whole, (gssize) cut);
      g_autoptr (GError) error = table_file_error (path);

      g_assert_nonnull (error);
      g_assert_true (error->domain == MC_TABLE_ERROR);
      table_file_remove (path);
    }
}

static void
test_other_packages (void)
{
  char *ods = table_file_new_zip ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<a/>", NULL);
  char *zip = table_file_new_zip ("a.txt", "a", NULL);
  g_autoptr (GError) ods_error = table_file_error (ods), zip_error = table_file_error (zip);

  g_assert_error (ods_error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT);
  g_assert_nonnull (strstr (ods_error->message, "OpenDocument"));
  g_assert_error (zip_error, MC_TABLE_ERROR, MC_TABLE_ERROR_FORMAT);
  table_file_remove (ods);
  table_file_remove (zip);
}

/* --- parts ------------------------------------------------------------------------------------------------ */

static void
test_numbers_keep_their_digits (void)
{
  static const struct { const char *cell; const char *plain; } cases[] = {
    { "913304021234567890", "913304021234567890" }, { "25912.729999999999", "25912.73" }, { "0.30000000000000004", "0.3" }, { "1E-3", "0.001" },
    { "1.5E+3", "1500" }, { "9.13304020000001E+17", "913304020000001000" }, { "-0.5", "-0.5" }, { "-12", "-12" }, { "0", "0" }, { "0.0", "0" }, { "1.10", "1.1" },
    { "123456789.123456", "123456789.123456" }, { "", NULL }, { "-", NULL }, { "abc", NULL }, { "1e999", NULL }, { "0x10", NULL }, { "nan", NULL }, { "1 2", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      gboolean is_number = mc_xlsx_append_number (out, cases[i].cell, strlen (cases[i].cell));

      g_assert_cmpint (is_number, ==, cases[i].plain != NULL);
      if (is_number)
        g_assert_cmpstr (out->str, ==, cases[i].plain);
    }
}

static void
test_formats_of_dates (void)
{
  static const struct { const char *code; McNumberStyle style; } cases[] = {
    { "yyyy-mm-dd", MC_NUMBER_DATE }, { "yyyy\"年\"m\"月\"d\"日\"", MC_NUMBER_DATE }, { "[$-804]yyyy年m月d日", MC_NUMBER_DATE }, { "[h]:mm", MC_NUMBER_DATE },
    { "General", MC_NUMBER_PLAIN }, { "#,##0.00_ ;[Red]\\-#,##0.00\\ ", MC_NUMBER_PLAIN }, { "0\"万元\"", MC_NUMBER_PLAIN }, { "0\"days\"", MC_NUMBER_PLAIN },
    { "0.00E+00", MC_NUMBER_PLAIN }, { "@", MC_NUMBER_PLAIN }, { "000000", MC_NUMBER_PADDED }, { "\\d0", MC_NUMBER_PLAIN }, { "[Red]0", MC_NUMBER_PLAIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mc_number_format_from_code (cases[i].code).style, ==, cases[i].style);
}

static void
test_targets (void)
{
  static const struct { const char *part, *target, *resolved; } cases[] = {
    { "xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml" }, { "xl/workbook.xml", "/xl/a.xml", "xl/a.xml" },
    { "xl/worksheets/a.xml", "../styles.xml", "xl/styles.xml" }, { "", "xl/workbook.xml", "xl/workbook.xml" },
    { "xl/a.xml", "../../../../etc/passwd", "etc/passwd" }, { "a.xml", "./b.xml", "b.xml" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *resolved = mc_xlsx_resolve_target (cases[i].part, cases[i].target);

      g_assert_cmpstr (resolved, ==, cases[i].resolved);
    }
}

/* Strings beyond what may stay in memory come back from the temporary file, in any order. */
static void
test_strings_beyond_memory (void)
{
  g_autoptr (GString) xml = g_string_new ("<sst>");
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260228);
  g_autoptr (McXlsxPackage) package = NULL;
  g_autoptr (McXlsxStrings) strings = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  char *path;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (xml, "<si><t>第%u号字符串</t></si>", i);
  g_string_append (xml, "<si><t/></si></sst>");
  path = table_file_new_zip ("s.xml", xml->str, NULL);
  package = mc_xlsx_package_open (path, NULL, NULL);
  strings = mc_xlsx_strings_read (package, "s.xml", 4096, NULL);
  g_assert_cmpuint (mc_xlsx_strings_get_n (strings), ==, 50001);
  for (guint i = 0; i < 5000; i++)
    {
      guint index = i < 100 ? i : (guint) g_rand_int_range (rand, 0, 50000);
      g_autofree char *expected = g_strdup_printf ("第%u号字符串", index);

      g_string_truncate (out, 0);
      g_assert_true (mc_xlsx_strings_append (strings, index, out, NULL));
      g_assert_cmpstr (out->str, ==, expected);
    }
  g_assert_false (mc_xlsx_strings_append (strings, 50001, out, NULL));
  table_file_remove (path);
}

/* A book written by libxlsxwriter, with and without constant memory (shared and inline strings). */
static void
test_libxlsxwriter (gconstpointer constant)
{
  char *path = table_file_new ("w.xlsx", "", 0);
  lxw_workbook_options options = { .constant_memory = GPOINTER_TO_INT (constant) ? LXW_TRUE : LXW_FALSE };
  lxw_workbook *book = workbook_new_opt (path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "一");
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *rows = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *text = g_strdup_printf ("=机构%u", i % 1000);

      worksheet_write_string (sheet, i, 0, text, NULL);
      worksheet_write_number (sheet, i, 2, i, NULL);
      g_string_append_printf (expected, "%u:A=%s|C=%u\n", i + 1, text, i);
    }
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
  rows = table_file_text (path);
  g_assert_cmpstr (rows, ==, expected->str);
  table_file_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/xlsx-reader/types/openpyxl", "types.xlsx", test_types);
  g_test_add_data_func ("/xlsx-reader/types/libreoffice", "types-libreoffice.xlsx", test_types);
  g_test_add_data_func ("/xlsx-reader/types/libxlsxwriter-shared", GINT_TO_POINTER (0), test_libxlsxwriter);
  g_test_add_data_func ("/xlsx-reader/types/libxlsxwriter-inline", GINT_TO_POINTER (1), test_libxlsxwriter);
  g_test_add_func ("/xlsx-reader/sheets", test_sheets);
  for (guint i = 0; i < G_N_ELEMENTS (books); i++)
    {
      g_autofree char *path = g_strconcat ("/xlsx-reader/book/", books[i].name, NULL);

      g_test_add_data_func (path, &books[i], test_book);
    }
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/xlsx-reader/fault/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/xlsx-reader/strict-and-odd-places", test_strict_and_odd_places);
  g_test_add_func ("/xlsx-reader/bomb", test_bomb);
  g_test_add_func ("/xlsx-reader/endless-text", test_endless_text);
  g_test_add_func ("/xlsx-reader/truncated-anywhere", test_truncated_anywhere);
  g_test_add_func ("/xlsx-reader/other-packages", test_other_packages);
  g_test_add_func ("/xlsx-reader/numbers-keep-their-digits", test_numbers_keep_their_digits);
  g_test_add_func ("/xlsx-reader/formats-of-dates", test_formats_of_dates);
  g_test_add_func ("/xlsx-reader/targets", test_targets);
  g_test_add_func ("/xlsx-reader/strings-beyond-memory", test_strings_beyond_memory);
  return g_test_run ();
}
