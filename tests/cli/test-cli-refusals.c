/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bad input, a bad file and a bad disk: the exit code, a message that says what, and a log that is as it was. */
#include "cli-office.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "store/mc-store.h"

#define IMPORT "import|facilities|roster.csv"
#define HEADER "名称,类型,区域,统一社会信用代码,状态,养老床位（张）,开办日期\n"

static void
refuses_roster (const char *content, gssize length, const char *words_of_message)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_write (&office, "roster.csv", content, length);
  office_refuses (&office, 3, "--json|" IMPORT, words_of_message);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, 0);
}

static void
test_no_header (void)
{
  refuses_roster ("甲,乙\n丙,丁\n", -1, "\"error\"");
}

static void
test_missing_column (void)
{
  refuses_roster ("机构名称,床位\n甲院,10\n乙院,20\n", -1, "\"missing\":{\"kind\":2,\"status\":2,\"area\":2}");
}

static void
test_set_without_value (void)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_write (&office, "roster.csv", HEADER "甲院,养老机构,南湖区,,运营,10,\n", -1);
  office_refuses (&office, 2, "--json|" IMPORT "|--set|status", "--set");
  office_refuses (&office, 3, "--json|" IMPORT "|--set|status=nonsense", "nonsense");
}

static void
test_wrong_encoding (void)
{
  /* Neither UTF-8 nor GB18030. */
  refuses_roster (HEADER "\xff\xfe\xff\xff,养老机构,南湖区,,运营,1,\n", -1, "\"error\"");
}

static void
test_duplicate_rows (void)
{
  refuses_roster (HEADER "甲院,养老机构,南湖区,,运营,10,\n甲院,养老机构,南湖区,,运营,11,\n", -1, "\"row\":3");
}

static void
test_wrong_check_character (void)
{
  refuses_roster (HEADER "甲院,养老机构,南湖区,91330000MA1234567X,运营,10,\n", -1, "\"column\":\"统一社会信用代码\"");
}

static void
test_day_that_does_not_exist (void)
{
  refuses_roster (HEADER "甲院,养老机构,南湖区,,运营,10,2026/2/30\n", -1, "2026/2/30");
}

static void
test_negative_beds (void)
{
  refuses_roster (HEADER "甲院,养老机构,南湖区,,运营,-3,\n", -1, "\"column\":\"养老床位（张）\"");
}

static void
test_unknown_area (void)
{
  refuses_roster (HEADER "甲院,养老机构,亚特兰蒂斯区,,运营,3,\n", -1, "亚特兰蒂斯区");
}

static void
test_good_row_beside_a_bad_one_waits (void)
{
  refuses_roster (HEADER "甲院,养老机构,南湖区,,运营,3,\n乙院,养老机构,南湖区,,运营,-3,\n", -1, "\"row\":3");
}

/* --- workbooks ---------------------------------------------------------------------------------------------- */

static void
refuses_book (const char *content, gssize length)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_write (&office, "roster.xlsx", content, length);
  office_refuses (&office, 3, "import|facilities|roster.xlsx", "roster.xlsx");
}

/* The start of a compound file: a workbook with a password, and the .xls of before 2007, look like this. */
static void
test_encrypted_or_old_workbook (void)
{
  char content[4096] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

  refuses_book (content, sizeof content);
}

static void
test_truncated_workbook (void)
{
  g_autofree char *path = office_source ("tests/registry/data/officials.xlsx");
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  refuses_book (content, (gssize) length / 2);
}

static void
add_part (struct archive *archive, const char *name, const char *start, gsize padding)
{
  struct archive_entry *entry = archive_entry_new ();
  char block[65536];

  memset (block, ' ', sizeof block);
  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_size (entry, (gint64) (strlen (start) + padding));
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  archive_write_data (archive, start, strlen (start));
  for (gsize left = padding; left > 0; left -= MIN (left, sizeof block))
    archive_write_data (archive, block, MIN (left, sizeof block));
  archive_entry_free (entry);
}

/* A sheet that is 64 MiB of blanks in a file of 64 KiB. */
static void
test_zip_bomb (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;
  struct archive *archive = archive_write_new ();

  office_init (&office, TRUE);
  path = office_path (&office, "bomb.xlsx");
  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  add_part (archive, "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 0);
  add_part (archive, "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
            "<sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>", 0);
  add_part (archive, "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>", 0);
  add_part (archive, "xl/worksheets/sheet1.xml", "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>", (gsize) 1 << 26);
  archive_write_free (archive);
  office_refuses (&office, 3, "import|facilities|bomb.xlsx", "bomb.xlsx");
}

/* --- standards ---------------------------------------------------------------------------------------------- */

static void
test_standard_that_is_none (void)
{
  g_auto (Office) office = { NULL };
  g_autoptr (GString) deep = g_string_new (NULL);

  office_init (&office, TRUE);
  office_write (&office, "a.json", "{\"id\":\"own\",\"version\":1}", -1);
  office_refuses (&office, 3, "import|standard|a.json", "version");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  office_write (&office, "deep.json", deep->str, -1);
  office_refuses (&office, 3, "import|standard|deep.json", "deep");
  office_refuses (&office, 3, "import|standard|missing.json", "missing.json");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM standard"), ==, 0);
}

static void
test_standard_of_ones_own_is_taken_once (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = office_source ("data/standards/elder-care-inspection.json");
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *own = NULL;

  office_init (&office, TRUE);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, "\"title\": \"", 2);
  own = g_strjoinv ("\"title\": \"样例：", parts);
  office_write (&office, "own.json", own, -1);
  office_does (&office, "import|standard|own.json");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM standard"), ==, 1);
  office_does (&office, "import|standard|own.json");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM standard"), ==, 1);
}

/* --- the check ---------------------------------------------------------------------------------------------- */

static void
test_values_that_are_none (void)
{
  static const char *const bad[] = { "late_entry=perhaps", "started_at=yesterday", "type=tea", "lead=nobody", "checked_on=2026-02-30", "size=3", "note" };
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *words = g_strdup_printf ("visit|set|%s|%s", visit, bad[i]);

      office_refuses (&office, 3, words, "mingcha-cli: ");
    }
  {
    g_autofree char *item = g_strdup_printf ("visit|answer|%s|Z9|conform", visit);
    g_autofree char *value = g_strdup_printf ("visit|answer|%s|A2|perhaps", visit);
    g_autofree char *section = g_strdup_printf ("visit|answer|%s|--section|Z", visit);

    office_refuses (&office, 3, item, "Z9");
    office_refuses (&office, 3, value, "perhaps");
    office_refuses (&office, 3, section, "Z");
  }
  office_refuses (&office, 3, "visit|show|00000000-0000-0000-0000-000000000000", "mingcha-cli: ");
  office_refuses (&office, 3, "visit|new|--facility|没有这一家", "没有这一家");
  office_refuses (&office, 3, "history|tea|1", "tea");
  office_refuses (&office, 3, "--as|nobody|import|undo", "nobody");
  office_refuses (&office, 3, "facility|list|--area|亚特兰蒂斯区", "亚特兰蒂斯区");
}

static void
test_unfinished_check_is_not_finalised (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *finalise = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  answer = g_strdup_printf ("visit|answer|%s|A2|nonconform", visit);
  finalise = g_strdup_printf ("visit|finalise|%s", visit);
  office_does (&office, answer);
  office_refuses (&office, 3, finalise, "A2");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM seal"), ==, 0);
}

/* --- usage -------------------------------------------------------------------------------------------------- */

static void
test_words_that_are_no_command (void)
{
  static const char *const wrong[] = { "", "dance", "import", "import|tea|x.csv", "init", "verify|now", "verify|--fast", "--fast|verify", IMPORT "|--sheet|x",
                                       IMPORT "|--sheet|-1", "export|facilities|--out|x.pdf", "document|poem|1|--out|x.pdf", "visit|answer|1|2", "rebuild" };
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    office_refuses (&office, 2, wrong[i], "mingcha-cli");
  office_does (&office, "--help");
  office_does (&office, "import|facilities|--help");
  office_does (&office, "--version");
}

static void
test_failures_are_json_too (void)
{
  g_auto (Office) office = { NULL };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *error;

  office_init (&office, TRUE);
  office_run (&office, "import|facilities|missing.csv|--json");
  g_assert_cmpint (office.status, ==, 3);
  g_assert_cmpstr (office.err, ==, "");
  node = json_from_string (office.out, NULL);
  g_assert_nonnull (node);
  error = json_object_get_object_member (json_node_get_object (node), "error");
  g_assert_cmpint (json_object_get_int_member (error, "exit"), ==, 3);
  g_assert_nonnull (strstr (json_object_get_string_member (error, "message"), "missing.csv"));
}

/* --- the file ----------------------------------------------------------------------------------------------- */

static void
test_first_run_with_wrong_words_leaves_nothing (void)
{
  static const char *const wrong[] = { "init|--area|999999|--user|a|--role|inspector", "init|--area|3304|--user|a|--role|king", "init|--area|3304|--user| |--role|inspector",
                                       "init|--area|3304|--user|a|--role|inspector|--authority-kind|tea" };
  g_auto (Office) office = { NULL };
  g_autoptr (GDir) folder = NULL;

  office_init (&office, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    office_refuses (&office, 3, wrong[i], "mingcha-cli: ");
  office_refuses (&office, 2, "--as|a|init|--area|3304|--user|a|--role|inspector", "--as");
  folder = g_dir_open (office.folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, NULL);
}

static void
test_first_run_spares_a_file_that_is_there (void)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_refuses (&office, 4, "init|--area|3304|--user|b|--role|inspector", "jx.db");
  office_write (&office, "jx.db", "a letter", -1);
  office_refuses (&office, 4, "init|--area|3304|--user|b|--role|inspector", "jx.db");
  office_refuses (&office, 4, "verify", "jx.db");
  office_refuses (&office, 4, "import|undo", "jx.db");
}

static void
test_missing_file (void)
{
  g_auto (Office) office = { NULL };

  office_init (&office, FALSE);
  office_refuses (&office, 4, "facility|list", "jx.db");
  office_refuses (&office, 4, "import|undo", "jx.db");
  office_refuses (&office, 3, "restore|missing.backup", "missing.backup");
}

static void
test_backup_that_is_none (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  gsize length;

  office_init (&office, TRUE);
  office_write (&office, "letter.backup", "a letter", -1);
  office_refuses (&office, 3, "restore|letter.backup", "letter.backup");
  office_does (&office, "backup|jx.backup");
  office_refuses (&office, 3, "backup|jx.db", "jx.db");
  path = office_path (&office, "jx.backup");
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  office_write (&office, "half.backup", content, (gssize) length / 2);
  office_refuses (&office, 3, "restore|half.backup", "half.backup");
  office_refuses (&office, 4, "rebuild|--out|jx.db", "jx.db");
  office_does (&office, "verify|--whole");
}

static void
change_file (Office *office, gsize offset, const void *bytes, gsize n)
{
  g_autofree char *path = office_path (office, "jx.db");
  FILE *file = g_fopen (path, "r+b");

  g_assert_cmpint (fseek (file, (long) offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, n, file), ==, n);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_file_of_a_newer_version (void)
{
  static const guint8 version[] = { 0, 0, 3, 232 };
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  change_file (&office, 60, version, sizeof version); /* user_version stands there */
  office_refuses (&office, 4, "facility|list", "newer");
  office_refuses (&office, 4, "import|undo", "newer");
}

static void
test_damaged_file (void)
{
  g_auto (Office) office = { NULL };
  guint8 noise[8192];

  office_init (&office, TRUE);
  memset (noise, 0xa5, sizeof noise);
  change_file (&office, 100, noise, sizeof noise);
  office_run (&office, "verify|--whole");
  g_assert_cmpint (office.status, ==, 4);
  g_assert_cmpstr (office.err, !=, "");
  office_run (&office, "import|undo");
  g_assert_cmpint (office.status, ==, 4);
}

static void
test_changed_value_is_found (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  path = office_path (&office, "jx.db");
  {
    const char *const argv[] = { "sqlite3", path, "UPDATE facility SET beds = beds + 1 WHERE name = '" OFFICE_FACILITY "'", NULL };

    if (!g_find_program_in_path ("sqlite3"))
      {
        g_test_skip ("there is no sqlite3 to change a value with");
        return;
      }
    office_run_argv (&office, argv);
    g_assert_cmpint (office.status, ==, 0);
  }
  office_run (&office, "verify|--whole");
  g_assert_cmpint (office.status, ==, 1);
  g_assert_nonnull (strstr (office.out, "beds"));
}

static void
copy_file (Office *office, const char *from, const char *to)
{
  g_autofree char *source = office_path (office, from);
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &content, &length, NULL));
  office_write (office, to, content, (gssize) length);
}

/* Two files that went on under one device would use a number of a line twice. */
static void
test_copied_file_is_another_device (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *original = NULL;

  office_init (&office, TRUE);
  before = office_log (&office);
  copy_file (&office, "jx.db", "copy.db");
  office_write (&office, "roster.csv", HEADER "甲院,养老机构,南湖区,,运营,3,\n", -1);
  office_does (&office, "--db|copy.db|" IMPORT);
  after = office_log (&office);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM chain"), ==, 1);
  copy = office_path (&office, "copy.db");
  original = office_path (&office, "jx.db");
  g_assert_cmpint (g_rename (copy, original), ==, 0);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM chain"), ==, 2);
}

static void
test_second_writer_is_told_who_holds_the_file (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;
  g_autofree char *pid = g_strdup_printf ("%ld", (long) getpid ());
  g_autoptr (McStore) store = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office, TRUE);
  path = office_path (&office, "jx.db");
  store = mc_store_open (path, 0, &error);
  g_assert_no_error (error);
  office_refuses (&office, 4, "import|undo", pid);
  office_refuses (&office, 4, "import|undo", g_get_prgname ());
  office_does (&office, "facility|list"); /* reading goes on */
  mc_store_close (store);
}

/* --- the disk ----------------------------------------------------------------------------------------------- */

/* Runs words as nobody; FALSE, and the test is skipped, where that cannot be. */
static gboolean
run_as_nobody (Office *office, const char *words)
{
  g_autofree char *line = g_strconcat ("setpriv|--reuid|65534|--regid|65534|--clear-groups|", g_getenv ("MINGCHA_CLI"), "|--db|jx.db|", words, NULL);
  g_auto (GStrv) argv = g_strsplit (line, "|", -1);
  const char *const probe[] = { "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "test", "-x", g_getenv ("MINGCHA_CLI"), NULL };

  if (getuid () != 0 || !g_find_program_in_path ("setpriv"))
    {
      g_test_skip ("only root can become another user");
      return FALSE;
    }
  office_run_argv (office, probe);
  if (office->status != 0)
    {
      g_test_skip ("another user may not run the program from here");
      return FALSE;
    }
  office_run_argv (office, (const char *const *) argv);
  return TRUE;
}

static void
test_folder_that_may_not_be_written (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  path = office_path (&office, "jx.db");
  g_assert_cmpint (g_chmod (office.folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  if (!run_as_nobody (&office, "import|undo"))
    return;
  g_assert_cmpint (office.status, ==, 4);
  g_assert_cmpstr (office.err, !=, "");
  run_as_nobody (&office, "facility|list");
  g_assert_cmpint (office.status, ==, 0);
  g_assert_nonnull (strstr (office.out, OFFICE_FACILITY));
  run_as_nobody (&office, "export|facilities|--out|x.xlsx");
  g_assert_cmpint (office.status, ==, 4);
}

/* Runs words with a disk of @size on the folder "small", to which @file was copied first; FALSE where that is refused. */
static gboolean
run_on_small_disk (Office *office, const char *size, const char *file, const char *words)
{
  g_autofree char *script = g_strdup_printf ("mkdir -p small && mount -t tmpfs -o size=%s tmpfs small || exit 77; %s%s%s \"$0\" \"$@\"; status=$?; ls small >&2; exit $status", size,
                                             file ? "cp " : "", file ? file : "", file ? " small/ || exit 78;" : "");
  g_autofree char *line = g_strconcat ("unshare|-m|sh|-c|", "SCRIPT|", g_getenv ("MINGCHA_CLI"), "|", words, NULL);
  g_auto (GStrv) argv = g_strsplit (line, "|", -1);
  const char *const probe[] = { "unshare", "-m", "sh", "-c", "mkdir -p small && mount -t tmpfs tmpfs small", NULL };

  if (!g_find_program_in_path ("unshare"))
    {
      g_test_skip ("there is no unshare");
      return FALSE;
    }
  office_run_argv (office, probe);
  if (office->status != 0)
    {
      g_test_skip ("a mount namespace was refused");
      return FALSE;
    }
  g_free (argv[4]);
  argv[4] = g_steal_pointer (&script);
  office_run_argv (office, (const char *const *) argv);
  return TRUE;
}

static void
test_full_disk (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *roster = office_source ("data/samples/roster-2000.csv");
  g_autofree char *import = g_strconcat ("--db|small/jx.db|import|facilities|", roster, NULL);

  office_init (&office, TRUE);
  office_import (&office);
  if (!run_on_small_disk (&office, "64k", NULL, "--db|small/jx.db|init|--area|3304|--user|a|--role|inspector"))
    return;
  g_assert_cmpint (office.status, ==, 4);
  g_assert_null (strstr (office.err, "\njx.db\n")); /* nothing half made is left */

  run_on_small_disk (&office, "1200k", "jx.db", import);
  g_assert_cmpint (office.status, ==, 4);

  run_on_small_disk (&office, "4k", NULL, "--db|jx.db|export|facilities|--out|small/x.xlsx");
  g_assert_cmpint (office.status, ==, 4);
  g_assert_null (strstr (office.err, "\nx.xlsx\n"));
  run_on_small_disk (&office, "16k", NULL, "--db|jx.db|backup|small/x.backup");
  g_assert_cmpint (office.status, ==, 4);
  office_does (&office, "verify|--whole");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/refusals/no-header", test_no_header);
  g_test_add_func ("/cli/refusals/missing-column", test_missing_column);
  g_test_add_func ("/cli/refusals/set-without-value", test_set_without_value);
  g_test_add_func ("/cli/refusals/wrong-encoding", test_wrong_encoding);
  g_test_add_func ("/cli/refusals/duplicate-rows", test_duplicate_rows);
  g_test_add_func ("/cli/refusals/wrong-check-character", test_wrong_check_character);
  g_test_add_func ("/cli/refusals/day-that-does-not-exist", test_day_that_does_not_exist);
  g_test_add_func ("/cli/refusals/negative-beds", test_negative_beds);
  g_test_add_func ("/cli/refusals/unknown-area", test_unknown_area);
  g_test_add_func ("/cli/refusals/good-row-beside-a-bad-one", test_good_row_beside_a_bad_one_waits);
  g_test_add_func ("/cli/refusals/encrypted-or-old-workbook", test_encrypted_or_old_workbook);
  g_test_add_func ("/cli/refusals/truncated-workbook", test_truncated_workbook);
  g_test_add_func ("/cli/refusals/zip-bomb", test_zip_bomb);
  g_test_add_func ("/cli/refusals/standard-that-is-none", test_standard_that_is_none);
  g_test_add_func ("/cli/refusals/own-standard-is-taken-once", test_standard_of_ones_own_is_taken_once);
  g_test_add_func ("/cli/refusals/values-that-are-none", test_values_that_are_none);
  g_test_add_func ("/cli/refusals/unfinished-check", test_unfinished_check_is_not_finalised);
  g_test_add_func ("/cli/refusals/words-that-are-no-command", test_words_that_are_no_command);
  g_test_add_func ("/cli/refusals/failures-are-json-too", test_failures_are_json_too);
  g_test_add_func ("/cli/refusals/first-run-with-wrong-words", test_first_run_with_wrong_words_leaves_nothing);
  g_test_add_func ("/cli/refusals/first-run-spares-a-file", test_first_run_spares_a_file_that_is_there);
  g_test_add_func ("/cli/refusals/missing-file", test_missing_file);
  g_test_add_func ("/cli/refusals/backup-that-is-none", test_backup_that_is_none);
  g_test_add_func ("/cli/refusals/newer-version", test_file_of_a_newer_version);
  g_test_add_func ("/cli/refusals/damaged-file", test_damaged_file);
  g_test_add_func ("/cli/refusals/changed-value", test_changed_value_is_found);
  g_test_add_func ("/cli/refusals/copied-file", test_copied_file_is_another_device);
  g_test_add_func ("/cli/refusals/second-writer", test_second_writer_is_told_who_holds_the_file);
  g_test_add_func ("/cli/refusals/read-only-folder", test_folder_that_may_not_be_written);
  g_test_add_func ("/cli/refusals/full-disk", test_full_disk);
  return g_test_run ();
}
