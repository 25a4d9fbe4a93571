/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a Chinese user reads: no English word but the names of programs, files, options and fields. */
#include "cli-office.h"

#include <locale.h>
#include <string.h>

/* Words that are no language: program, options, commands, placeholders of files and codes. */
static gboolean
is_a_name (const char *word)
{
  static const char *const names[] = { "mingcha", "cli", "json", "help", "db", "jx", "csv", "xlsx", "xls", "pdf", "init", "import", "facilities", "inspectors",
                                       "standard", "undo", "sheet", "roster", "missing", "Excel", "good", "rows", "report", "accept", "renames",
                                       "visit", "new", "facility", "out", "export", "rebuild", "document", "id", NULL };

  return strlen (word) < 2 || g_strv_contains (names, word) || strpbrk (word, "0123456789") != NULL || word[strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_")] == '\0';
}

static void
assert_chinese (Office *office, int status, const char *words)
{
  g_autofree char *said = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("(?<![-A-Za-z])[A-Za-z][A-Za-z0-9_]*", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gboolean han = FALSE;

  office_run (office, words);
  said = g_strconcat (office->err, office->out, NULL);
  parts = g_strsplit (said, office->folder, -1); /* its name is nobody's language */
  text = g_strjoinv ("", parts);
  g_assert_cmpint (office->status, ==, status);
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    han |= g_unichar_get_script (g_utf8_get_char (at)) == G_UNICODE_SCRIPT_HAN;
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);

      if (!is_a_name (word))
        {
          g_test_message ("%s: “%s” in %s", words, word, text);
          g_test_fail ();
        }
    }
  g_assert_true (han);
}

static void
test_no_english_word (void)
{
  g_auto (Office) office = { NULL };
  char compound[1024] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

  if (!g_getenv ("LOCPATH") && !setlocale (LC_ALL, "zh_CN.UTF-8"))
    {
      g_test_skip ("there is no locale zh_CN.UTF-8 here; ./dev makes one and sets LOCPATH");
      return;
    }
  office_init (&office, FALSE);
  office.language = g_strdup ("zh_CN.UTF-8");
  assert_chinese (&office, 4, "facility|list");
  assert_chinese (&office, 3, "init|--area|999999|--user|甲|--role|inspector");
  assert_chinese (&office, 0, "init|--area|3304|--user|甲|--role|inspector|--samples");
  assert_chinese (&office, 4, "init|--area|3304|--user|甲|--role|inspector");
  assert_chinese (&office, 3, "import|facilities|missing.csv");
  assert_chinese (&office, 3, "import|undo");
  assert_chinese (&office, 2, "import|facilities");
  assert_chinese (&office, 2, "import|facilities|missing.csv|--sheet|x");
  assert_chinese (&office, 2, "visit|new");
  assert_chinese (&office, 3, "visit|new|--facility|无此机构");
  assert_chinese (&office, 2, "export|facilities");
  assert_chinese (&office, 3, "import|standard|missing.json");
  office_write (&office, "roster.csv", "名称,类型,区域,状态,养老床位（张）\n甲院,养老机构,无此区,运营,-3\n乙院,养老机构,南湖区,运营,2026/2/30\n", -1);
  assert_chinese (&office, 3, "import|facilities|roster.csv");
  office_write (&office, "roster.csv", "甲,乙\n丙,丁\n", -1);
  assert_chinese (&office, 3, "import|facilities|roster.csv");
  office_write (&office, "roster.xlsx", compound, sizeof compound);
  assert_chinese (&office, 3, "import|facilities|roster.xlsx");
  office_write (&office, "roster.json", "{\"id\":", -1);
  assert_chinese (&office, 3, "import|standard|roster.json");
  assert_chinese (&office, 0, "verify|--whole");
}

/* A name in Chinese is read and written where no locale is set, as in a bare container. */
static void
test_no_locale_is_set (void)
{
  g_auto (Office) office = { NULL };
  const char *const argv[] = { "env", "-u", "LANG", "-u", "LANGUAGE", "LC_ALL=C", g_getenv ("MINGCHA_CLI"), "--db", "jx.db", "init", "--area", "3304", "--user", "检查员01",
                               "--role", "检查员", NULL };

  office_init (&office, FALSE);
  office_run_argv (&office, argv);
  g_assert_cmpstr (office.err, ==, "");
  g_assert_cmpint (office.status, ==, 0);
  g_assert_nonnull (strstr (office.out, "检查员01"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/words/no-english-word", test_no_english_word);
  g_test_add_func ("/cli/words/no-locale-is-set", test_no_locale_is_set);
  return g_test_run ();
}
