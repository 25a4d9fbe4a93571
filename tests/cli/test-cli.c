/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole path on the 72 projects of the plan, from the first run to the workbook, and back from a backup. */
#include "cli-office.h"

#include <string.h>

#define HAS(text) g_assert_nonnull (strstr (office.out, text))

static void
test_dry_run_changes_nothing (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *roster = office_source (OFFICE_ROSTER);
  g_autofree char *dry = g_strconcat ("import|facilities|", roster, "|--dry-run", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  office_init (&office, TRUE);
  before = office_log (&office);
  g_assert_cmpint (office_json_int (&office, dry, "created"), ==, OFFICE_ROWS);
  after = office_log (&office);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, 0);
}

static void
test_same_sheet_again_changes_nothing (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *roster = office_source (OFFICE_ROSTER);
  g_autofree char *words = g_strconcat ("import|facilities|", roster, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  office_init (&office, TRUE);
  g_assert_cmpint (office_json_int (&office, words, "created"), ==, OFFICE_ROWS);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, OFFICE_ROWS);
  before = office_log (&office);
  g_assert_cmpint (office_json_int (&office, words, "unchanged"), ==, OFFICE_ROWS);
  after = office_log (&office);
  g_assert_cmpstr (before, ==, after);
}

/* The roster with @from in place of @to, as FILE. */
static void
write_corrected (Office *office, const char *name, const char *from, const char *to)
{
  g_autofree char *path = office_source (OFFICE_ROSTER);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *corrected = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, from, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  corrected = g_strjoinv (to, parts);
  office_write (office, name, corrected, -1);
}

#define BEDS "SELECT beds FROM facility WHERE name = '" OFFICE_FACILITY "'"

static void
test_corrected_sheet_updates_and_undo_sets_back (void)
{
  g_auto (Office) office = { NULL };
  g_autoptr (JsonNode) node = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  g_assert_cmpint (office_raw_int (&office, BEDS), ==, 420);
  write_corrected (&office, "corrected.csv", "运营,低,420,", "运营,低,421,");
  node = office_json (&office, "import|facilities|corrected.csv");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "updated"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "unchanged"), ==, OFFICE_ROWS - 1);
  g_assert_cmpint (office_raw_int (&office, BEDS), ==, 421);

  office_does (&office, "history|facility|" OFFICE_FACILITY);
  HAS ("420 → 421");
  HAS ("检查员01");
  g_assert_cmpint (office_json_int (&office, "import|undo", "restored"), ==, 1);
  g_assert_cmpint (office_raw_int (&office, BEDS), ==, 420);
}

#define NAMED(name) "SELECT count (*) FROM facility WHERE name = '" name "'"

static void
test_renamed_row_waits_for_a_person (void)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_import (&office);
  write_corrected (&office, "renamed.csv", ",王江泾镇康养中心,", ",王江泾镇康养服务中心,");
  g_assert_cmpint (office_json_int (&office, "import|facilities|renamed.csv", "unsure"), ==, 1);
  g_assert_cmpint (office_raw_int (&office, NAMED ("王江泾镇康养服务中心")), ==, 0);

  office_does (&office, "import|facilities|renamed.csv|--accept-renames");
  g_assert_cmpint (office_raw_int (&office, NAMED ("王江泾镇康养服务中心")), ==, 1);
  g_assert_cmpint (office_raw_int (&office, NAMED ("王江泾镇康养中心")), ==, 0);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, OFFICE_ROWS);
}

static void
test_map_sheet_and_report (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *report = NULL;

  office_init (&office, TRUE);
  office_write (&office, "own.csv", "单位全称,归类,片区,床\n甲院,养老机构,南湖区,30\n乙院,养老机构,南湖区,-5\n", -1);
  office_run (&office, "import|facilities|own.csv|--map|A=name|--map|归类=kind|--map|C=area|--map|床=beds|--map|=运营=status|--report|faults.csv");
  g_assert_cmpint (office.status, ==, 3);
  report = office_path (&office, "faults.csv");
  g_assert_true (g_file_test (report, G_FILE_TEST_EXISTS));
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, 0);
  office_does (&office, "import|facilities|own.csv|--map|A=name|--map|归类=kind|--map|C=area|--map|床=beds|--map|=运营=status|--good-rows");
  g_assert_cmpint (office_raw_int (&office, "SELECT beds FROM facility WHERE name = '甲院'"), ==, 30);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility"), ==, 1);
}

static void
test_names_stand_in_for_ids (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *words = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  office_does (&office, "facility|show|" OFFICE_FACILITY);
  HAS ("秀洲区");
  HAS ("嘉兴市民政局");
  office_does (&office, "inspector|show|检查员02");
  HAS ("嘉兴市民政局");
  visit = office_visit (&office);
  words = g_strconcat ("visit|show|", visit, NULL);
  office_does (&office, words);
  HAS (OFFICE_FACILITY);
  HAS ("检查员02");
  office_does (&office, "visit|list|--facility|" OFFICE_FACILITY);
  HAS (visit);
}

static guint
width_until (const char *line, const char *end)
{
  guint width = 0;

  for (const char *at = line; at < end; at = g_utf8_next_char (at))
    width += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return width;
}

static void
test_lists_are_aligned (void)
{
  g_auto (Office) office = { NULL };
  g_auto (GStrv) lines = NULL;
  guint column = 0;

  office_init (&office, TRUE);
  office_import (&office);
  lines = g_strsplit (office_does (&office, "facility|list|--group|childcare"), "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      const char *kind = strstr (lines[i], "  托育机构  ");

      if (!kind)
        continue;
      g_assert_cmpuint (column ? column : width_until (lines[i], kind), ==, width_until (lines[i], kind));
      column = width_until (lines[i], kind);
    }
  g_assert_cmpuint (column, >, 0);
}

/* --- the check ---------------------------------------------------------------------------------------------- */

static void
describe_finding (Office *office, const char *visit)
{
  g_autofree char *answer = g_strdup_printf ("visit|answer|%s|A2|不符合|--note|二楼安全出口没有指示标志", visit);
  g_autofree char *finding = g_strdup_printf ("visit|finding|%s|A2|way=by_date|deadline_on=2099-12-31", visit);

  office_does (office, answer);
  office_does (office, finding);
}

/* The text of the PDF; NULL if pdftotext is not here. */
static char *
pdf_text (Office *office, const char *name)
{
  const char *const argv[] = { "pdftotext", "-layout", name, "-", NULL };

  if (!g_find_program_in_path ("pdftotext"))
    return NULL;
  office_run_argv (office, argv);
  g_assert_cmpint (office->status, ==, 0);
  return g_strdup (office->out);
}

static void
test_finalised_check_is_sealed_and_amended (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *finalise = NULL;
  g_autofree char *amend = NULL;
  g_autofree char *later = NULL;
  g_autofree char *show = NULL;
  g_autofree char *seal = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  finalise = g_strdup_printf ("visit|finalise|%s", visit);
  later = g_strdup_printf ("visit|answer|%s|A3|nonconform", visit);
  amend = g_strdup_printf ("visit|amend|%s|--reason|笔误|--item|A2|description=三楼安全出口没有指示标志", visit);
  show = g_strdup_printf ("visit|show|%s", visit);
  describe_finding (&office, visit);
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM answer WHERE value IS NOT NULL"), ==, 40);

  seal = g_strdup (office_does (&office, finalise));
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM seal"), ==, 1);
  office_refuses (&office, 3, later, "amend");
  g_assert_cmpstr (office_does (&office, amend), !=, seal);
  office_does (&office, show);
  HAS ("三楼安全出口没有指示标志");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM visit"), ==, 1);
}

static void
test_record_and_workbooks_leave (void)
{
  static const char *const books[] = { "facilities", "visits" };
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *reader = office_source ("tests/reports/read-workbook.py");

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  describe_finding (&office, visit);
  words = g_strdup_printf ("visit|finalise|%s", visit);
  office_does (&office, words);
  g_free (words);
  words = g_strdup_printf ("document|site_record|%s|--out|record.pdf", visit);
  office_does (&office, words);
  text = pdf_text (&office, "record.pdf");
  if (text)
    g_assert_nonnull (strstr (text, OFFICE_FACILITY));
  for (gsize i = 0; i < G_N_ELEMENTS (books); i++)
    {
      g_autofree char *file = g_strconcat (books[i], ".xlsx", NULL);
      g_autofree char *export = g_strdup_printf ("export|%s|--out|%s", books[i], file);
      const char *const argv[] = { "/usr/bin/python3", reader, file, NULL };

      g_assert_cmpint (office_json_int (&office, export, "rows"), >=, i == 0 ? OFFICE_ROWS : 1);
      office_run_argv (&office, argv);
      g_assert_cmpint (office.status, ==, 0);
      HAS (OFFICE_FACILITY);
    }
}

/* The commands of README.md as they stand there, but for the line that finds the program. */
static void
test_readme_works_as_printed (void)
{
  static const char *const made[] = { "jx.db", "record.pdf", "facilities.xlsx", "visits.xlsx" };
  g_auto (Office) office = { NULL };
  g_autofree char *readme = office_source ("README.md");
  g_autofree char *text = NULL;
  g_autofree char *script = NULL;
  g_autofree char *data = office_source ("data/samples/jiaxing-72.csv");
  g_autofree char *copy = NULL;
  g_autofree char *folder = NULL;
  const char *start;
  const char *end;

  office_init (&office, FALSE);
  folder = office_path (&office, "data/samples");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (data, &copy, NULL, NULL));
  office_write (&office, OFFICE_ROSTER, copy, -1);
  g_assert_true (g_file_get_contents (readme, &text, NULL, NULL));
  start = strstr (text, "mingcha-cli --db");
  g_assert_nonnull (start);
  end = strstr (start, "```");
  g_assert_nonnull (end);
  script = g_strdup_printf ("set -e -o pipefail; mingcha-cli () { \"$MINGCHA_CLI\" \"$@\"; }\n%.*s", (int) (end - start), start);
  {
    const char *const argv[] = { "bash", "-c", script, NULL };

    office_run_argv (&office, argv);
  }
  g_assert_cmpstr (office.err, ==, "");
  g_assert_cmpint (office.status, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *path = office_path (&office, made[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
}

/* --- care --------------------------------------------------------------------------------------------------- */

static void
test_what_is_stored_is_what_the_log_says (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  g_assert_cmpint (office_json_int (&office, "verify|--whole", "found"), ==, 0);
  g_assert_cmpint (office_json_int (&office, "rebuild|--out|again.db", "lines"), >=, office_raw_int (&office, "SELECT count (*) FROM change"));
  office_does (&office, "--db|again.db|verify|--whole");
  office_does (&office, "--db|again.db|facility|show|" OFFICE_FACILITY);
}

static void
test_backup_brings_the_office_back (void)
{
  g_auto (Office) office = { NULL };

  office_init (&office, TRUE);
  office_import (&office);
  office_does (&office, "backup|jx.backup");
  office_does (&office, "import|undo");
  office_does (&office, "import|undo");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility WHERE retired_on IS NULL"), ==, 0);
  office_does (&office, "restore|jx.backup");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM facility WHERE retired_on IS NULL"), ==, OFFICE_ROWS);
  office_does (&office, "verify|--whole");
  /* A restored file goes on as a new device, so that no number of a line is used twice. */
  office_does (&office, "import|undo");
  g_assert_cmpint (office_raw_int (&office, "SELECT count (*) FROM device"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/dry-run-changes-nothing", test_dry_run_changes_nothing);
  g_test_add_func ("/cli/same-sheet-again-changes-nothing", test_same_sheet_again_changes_nothing);
  g_test_add_func ("/cli/corrected-sheet-updates-and-undo-sets-back", test_corrected_sheet_updates_and_undo_sets_back);
  g_test_add_func ("/cli/renamed-row-waits-for-a-person", test_renamed_row_waits_for_a_person);
  g_test_add_func ("/cli/map-and-report", test_map_sheet_and_report);
  g_test_add_func ("/cli/names-stand-in-for-ids", test_names_stand_in_for_ids);
  g_test_add_func ("/cli/lists-are-aligned", test_lists_are_aligned);
  g_test_add_func ("/cli/finalised-check-is-sealed-and-amended", test_finalised_check_is_sealed_and_amended);
  g_test_add_func ("/cli/record-and-workbooks-leave", test_record_and_workbooks_leave);
  g_test_add_func ("/cli/readme-works-as-printed", test_readme_works_as_printed);
  g_test_add_func ("/cli/stored-is-what-the-log-says", test_what_is_stored_is_what_the_log_says);
  g_test_add_func ("/cli/backup-brings-the-office-back", test_backup_brings_the_office_back);
  return g_test_run ();
}
