/* SPDX-License-Identifier: GPL-3.0-or-later
 * A .csv in any of its encodings and spellings gives the same rows, and bytes that are no text are named with their place. */
#include "table-file.h"

#define TEXT "名称,县区,床位\n甲院,南湖区,120\n"
#define ROWS "1:A=名称|B=县区|C=床位\n2:A=甲院|B=南湖区|C=120\n"

typedef struct
{
  const char *name;
  const char *content;
  const char *rows;
} Spelling;

static const Spelling spellings[] = {
  { "comma", TEXT, ROWS },
  { "bom", "\xef\xbb\xbf" TEXT, ROWS },
  { "semicolon", "名称;县区;床位\n甲院;南湖区;120\n", ROWS },
  { "tab", "名称\t县区\t床位\n甲院\t南湖区\t120\n", ROWS },
  { "return-line-feed", "名称,县区,床位\r\n甲院,南湖区,120\r\n", ROWS },
  { "return", "名称,县区,床位\r甲院,南湖区,120\r", ROWS },
  { "no-last-break", "名称,县区,床位\n甲院,南湖区,120", ROWS },
  { "quotes", "\"名称\",\"县区\",\"床位\"\n\"甲院\",\"南湖区\",\"120\"\n", ROWS },
  { "sep-line", "sep=;\n名称;县区;床位\n甲院;南湖区;120\n", ROWS },
  { "title-with-commas", "甲,乙\n名称;县区;床位\n甲院;南湖区;120\n丙;丁;3\n", "1:A=甲,乙\n2:A=名称|B=县区|C=床位\n3:A=甲院|B=南湖区|C=120\n4:A=丙|B=丁|C=3\n" },
  { "break-in-cell", "a,\"x\ny\"\nb,c\n", "1:A=a|B=x\ny\n2:A=b|B=c\n" },
  { "doubled-quote", "a,\"x \"\"y\"\" z\"\n", "1:A=a|B=x \"y\" z\n" },
  { "quote-in-cell", "a,x\"y\"z\n", "1:A=a|B=x\"y\"z\n" },
  { "formula-text", "a,=\"0012\"\n", "1:A=a|B=0012\n" },
  { "empty-cells", ",a,,b,\n", "1:B=a|D=b\n" },
  { "blank-rows-count", "a,b\n\n  \n,\nc,d\n", "1:A=a|B=b\n5:A=c|B=d\n" },
};

static void
test_spelling (gconstpointer data)
{
  const Spelling *spelling = data;
  char *path = table_file_new ("t.csv", spelling->content, -1);
  g_autofree char *rows = table_file_text (path);

  g_assert_cmpstr (rows, ==, spelling->rows);
  table_file_remove (path);
}

static void
test_encoding (gconstpointer encoding)
{
  gsize length;
  g_autofree char *bytes = g_convert (TEXT, -1, encoding, "UTF-8", NULL, &length, NULL);
  gboolean wide = g_str_has_prefix (encoding, "UTF-16");
  g_autoptr (GString) content = g_string_new (NULL);
  g_autofree char *rows = NULL;
  char *path;

  if (wide)
    g_string_append_len (content, g_str_has_suffix (encoding, "LE") ? "\xff\xfe" : "\xfe\xff", 2);
  g_string_append_len (content, bytes, (gssize) length);
  path = table_file_new ("t.csv", content->str, (gssize) content->len);
  rows = table_file_text (path);
  g_assert_cmpstr (rows, ==, ROWS);
  table_file_remove (path);
}

/* Characters beyond GB 2312, four bytes each in GB 18030, and rows that lie over the pieces in which files are read. */
static void
test_rare_characters_over_pieces (void)
{
  g_autoptr (GString) text = g_string_new ("名称,备注\n");
  g_autofree char *bytes = NULL, *rows = NULL;
  gsize length;
  char *path;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "㛃𬭩𠮷%u,丙\n", i);
  bytes = g_convert (text->str, -1, "GB18030", "UTF-8", NULL, &length, NULL);
  path = table_file_new ("t.csv", bytes, (gssize) length);
  rows = table_file_text (path);
  g_assert_nonnull (strstr (rows, "20001:A=㛃𬭩𠮷19999|B=丙\n"));
  g_assert_null (strstr (rows, "error"));
  table_file_remove (path);
}

typedef struct
{
  const char *name;
  const char *content;
  gssize length;
  McTableError code;
  const char *says; /* what the message must name */
} Fault;

static const Fault faults[] = {
  { "bad-utf8", "名称,县区\n甲甲甲甲,南湖区\n乙\xff,丙\n", -1, MC_TABLE_ERROR_ENCODING, "Row 3" },
  { "bad-utf8-byte", "名称,县区\n甲甲甲甲,南湖区\n乙\xff,丙\n", -1, MC_TABLE_ERROR_ENCODING, "byte 41 (FF)" },
  { "cut-utf8", "名称,县区\n甲甲甲甲,南湖区\n乙\xe4\xb8", -1, MC_TABLE_ERROR_ENCODING, "Row 3" },
  { "bad-gb18030", "\xc3\xfb\xb3\xc6,a\n\xff\xff,b\n", -1, MC_TABLE_ERROR_ENCODING, "Row 2" },
  { "open-quote", "a,b\n1,2\n3,\"4\n5,6\n", -1, MC_TABLE_ERROR_DAMAGED, "Row 3" },
  { "empty", "", 0, MC_TABLE_ERROR_FORMAT, "empty" },
  { "web-page", "\n <html><table><tr><td>a", -1, MC_TABLE_ERROR_FORMAT, "web page" },
  { "pdf", "%PDF-1.7\n", -1, MC_TABLE_ERROR_FORMAT, "not a table" },
  { "binary", "a\0b\0\1\2", 6, MC_TABLE_ERROR_FORMAT, "not a table" },
  { "old-xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0k\0b\0o\0o\0k\0", 25, MC_TABLE_ERROR_FORMAT, ".xls" },
  { "encrypted", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 41, MC_TABLE_ERROR_ENCRYPTED, "password" },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  char *path = table_file_new ("t.csv", fault->content, fault->length);
  g_autoptr (GError) error = table_file_error (path);

  g_assert_error (error, MC_TABLE_ERROR, (int) fault->code);
  g_assert_nonnull (strstr (error->message, fault->says));
  g_assert_nonnull (strstr (error->message, "Nothing was changed"));
  table_file_remove (path);
}

static void
test_endless_cell_ends (void)
{
  g_autofree char *content = g_strnfill (3 * 1024 * 1024, 'a');
  char *path = table_file_new ("t.csv", content, -1);
  g_autoptr (GError) error = table_file_error (path);

  g_assert_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_LIMIT);
  table_file_remove (path);
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = table_file_error ("/nowhere/t.csv");
  g_autoptr (GError) folder_error = table_file_error ("/");

  g_assert_error (error, MC_TABLE_ERROR, MC_TABLE_ERROR_NOT_FOUND);
  g_assert_error (folder_error, MC_TABLE_ERROR, MC_TABLE_ERROR_NOT_FOUND);
}

static void
test_reads_again (void)
{
  char *path = table_file_new ("t.csv", TEXT, -1);
  g_autoptr (McTableReader) reader = mc_table_reader_open (path, NULL, NULL, NULL);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *rows = table_text (reader, 0);

      g_assert_cmpstr (rows, ==, ROWS);
    }
  g_assert_cmpstr (mc_table_reader_get_format (reader), ==, "UTF-8");
  g_assert_cmpuint (mc_table_reader_get_n_sheets (reader), ==, 1);
  table_file_remove (path);
}

static void
test_cancelled (void)
{
  char *path = table_file_new ("t.csv", TEXT, -1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (McTableReader) reader = NULL;

  g_cancellable_cancel (cancellable);
  reader = mc_table_reader_open (path, NULL, cancellable, &error);
  g_assert_null (reader);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  table_file_remove (path);
}

static void
test_column_names (void)
{
  static const struct { guint column; const char *name; } cases[] = { { 1, "A" }, { 26, "Z" }, { 27, "AA" }, { 702, "ZZ" }, { 703, "AAA" }, { 16384, "XFD" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = mc_table_column_name (cases[i].column);

      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpuint (mc_table_column_from_name (name), ==, cases[i].column);
    }
  g_assert_cmpuint (mc_table_column_from_name ("XFE"), ==, 0);
  g_assert_cmpuint (mc_table_column_from_name (""), ==, 0);
  g_assert_cmpuint (mc_table_column_from_name ("A1"), ==, 0);
}

static void
test_date_numbers (void)
{
  static const struct { gint64 serial; gboolean uses_1904; const char *iso; } cases[] = {
    { 1, FALSE, "1900-01-01" }, { 59, FALSE, "1900-02-28" }, { 60, FALSE, NULL }, { 61, FALSE, "1900-03-01" }, { 0, FALSE, NULL }, { -1, FALSE, NULL },
    { 46081, FALSE, "2026-02-28" }, { 2958465, FALSE, "9999-12-31" }, { 2958466, FALSE, NULL }, { 0, TRUE, "1904-01-01" }, { 44619, TRUE, "2026-02-28" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char iso[11];
      gboolean is_day = mc_table_date_from_serial (cases[i].serial, cases[i].uses_1904, iso);

      g_assert_cmpint (is_day, ==, cases[i].iso != NULL);
      if (is_day)
        g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

int
main (int argc, char **argv)
{
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE", "GB18030", "GBK" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-reader/spelling/", spellings[i].name, NULL);

      g_test_add_data_func (path, &spellings[i], test_spelling);
    }
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-reader/encoding/", encodings[i], NULL);

      g_test_add_data_func (path, encodings[i], test_encoding);
    }
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/csv-reader/fault/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  g_test_add_func ("/csv-reader/rare-characters-over-pieces", test_rare_characters_over_pieces);
  g_test_add_func ("/csv-reader/endless-cell-ends", test_endless_cell_ends);
  g_test_add_func ("/csv-reader/missing-file", test_missing_file);
  g_test_add_func ("/csv-reader/reads-again", test_reads_again);
  g_test_add_func ("/csv-reader/cancelled", test_cancelled);
  g_test_add_func ("/csv-reader/column-names", test_column_names);
  g_test_add_func ("/csv-reader/date-numbers", test_date_numbers);
  return g_test_run ();
}
