/* SPDX-License-Identifier: GPL-3.0-or-later
 * Who has a PIN finalises with it alone; the first run takes one, or leaves nothing behind. */
#include "cli-office.h"

#include <string.h>

static void
test_first_run_with_a_bad_pin_leaves_nothing (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *path = NULL;

  office_init (&office, FALSE);
  office_write (&office, "pin", "12a4\n", -1);
  office_refuses (&office, 3, "init|--area|3304|--user|检查员01|--role|inspector|--pin-file|pin", "PIN");
  office_refuses (&office, 3, "init|--area|3304|--user|检查员01|--role|inspector|--pin-file|missing", "missing");
  path = office_path (&office, "jx.db");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_finalising_asks_for_it (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL, *plain = NULL, *wrong = NULL, *right = NULL;

  office_init (&office, FALSE);
  office_write (&office, "pin", "246810\n", -1);
  office_write (&office, "other", "111111\n", -1);
  office_does (&office, "init|--area|3304|--user|检查员01|--role|inspector|--samples|--pin-file|pin");
  office_import (&office);
  visit = office_visit (&office);
  plain = g_strdup_printf ("visit|finalise|%s", visit);
  wrong = g_strdup_printf ("--pin-file|other|visit|finalise|%s", visit);
  right = g_strdup_printf ("--pin-file|pin|visit|finalise|%s", visit);
  office_refuses (&office, 3, plain, "--pin-file");
  office_refuses (&office, 3, wrong, "PIN");
  g_assert_cmpint (office_raw_int (&office, "SELECT wrong FROM user_pin"), ==, 1);
  office_does (&office, right);
  g_assert_cmpint (office_raw_int (&office, "SELECT wrong FROM user_pin"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/pin/first-run-with-a-bad-pin", test_first_run_with_a_bad_pin_leaves_nothing);
  g_test_add_func ("/cli/pin/finalising-asks-for-it", test_finalising_asks_for_it);
  return g_test_run ();
}
