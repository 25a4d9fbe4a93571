/* SPDX-License-Identifier: GPL-3.0-or-later
 * What comes after a check by the command line: more time, a referral and its reply, a re-check that closes, authorities that take part. */
#include "cli-office.h"

#include <string.h>

static void
does (Office *office, const char *format, const char *visit)
{
  g_auto (GStrv) parts = g_strsplit (format, "$", -1);
  g_autofree char *words = g_strjoinv (visit, parts);

  office_does (office, words);
}

static void
refuses (Office *office, int status, const char *format, const char *visit, const char *message)
{
  g_auto (GStrv) parts = g_strsplit (format, "$", -1);
  g_autofree char *words = g_strjoinv (visit, parts);

  office_refuses (office, status, words, message);
}

/* A finalised check with A2 to be corrected by a day. */
static char *
finalised (Office *office)
{
  g_autofree char *visit = NULL;

  office_init (office, TRUE);
  office_import (office);
  visit = office_visit (office);
  does (office, "visit|answer|$|A2|nonconform|--note|No sign at the exit", visit);
  does (office, "visit|finding|$|A2|competent=civil_affairs|way=by_date|deadline_on=2099-06-01", visit);
  does (office, "visit|finalise|$", visit);
  return g_steal_pointer (&visit);
}

static void
test_more_time (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = finalised (&office);
  g_autofree char *until = NULL;

  does (&office, "visit|follow-up|$|A2|extend|--until|2099-07-01|--reason|Parts are late|--approved-by|Head", visit);
  until = office_raw (&office, "SELECT extended_to FROM follow_up");
  g_assert_cmpstr (until, ==, "2099-07-01");
  g_assert_nonnull (strstr (office_does (&office, "visit|follow-ups"), "2099-07-01"));
  g_assert_null (strstr (office_does (&office, "visit|follow-ups|--overdue"), "2099-07-01"));
}

static void
test_a_recheck_closes (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = finalised (&office), *recheck = NULL, *result = NULL, *words = NULL;
  g_autoptr (JsonNode) node = NULL;

  words = g_strconcat ("visit|recheck|", visit, NULL);
  node = office_json (&office, words);
  recheck = g_strdup (json_object_get_string_member (json_node_get_object (node), "id"));
  does (&office, "visit|answer|$|A2|conform", recheck);
  does (&office, "visit|finalise|$", recheck);
  result = office_raw (&office, "SELECT closed_result FROM follow_up");
  g_assert_cmpstr (result, ==, "corrected");
  refuses (&office, 3, "visit|recheck|$", visit, "");
  refuses (&office, 3, "visit|follow-up|$|A2|close|--result|corrected", visit, "closed");
}

static void
test_refusals (void)
{
  static const struct { const char *words, *message; int status; } cases[] = {
    { "visit|follow-up|$|A2|extend|--until|2099-02-30|--reason|x|--approved-by|y", "2099-02-30", 3 },
    { "visit|follow-up|$|A2|extend|--until|2099-07-01", "approved", 3 },
    { "visit|follow-up|$|A2|close|--result|corrected", "re-check", 3 },
    { "visit|follow-up|$|A2|reply|--text|Done", "referred", 3 },
    { "visit|follow-up|$|A3|refer|--to|Fire brigade", "A3", 3 },
    { "visit|follow-up|$|A2|postpone", "postpone", 2 },
    { "visit|follow-up|$", "usage", 2 },
    { "visit|party|$|add|Nobody", "Nobody", 3 },
    { "visit|party|$|invite|Nobody", "invite", 2 },
  };
  g_auto (Office) office = { NULL };
  g_autofree char *visit = finalised (&office);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    refuses (&office, cases[i].status, cases[i].words, visit, cases[i].message);
}

static void
test_party (void)
{
  g_auto (Office) office = { NULL };
  g_autofree char *visit = NULL, *other = NULL, *add = NULL, *remove = NULL, *type = NULL;

  office_init (&office, TRUE);
  office_import (&office);
  visit = office_visit (&office);
  other = office_raw (&office, "SELECT name FROM authority WHERE id NOT IN (SELECT authority FROM visit) ORDER BY id LIMIT 1");
  g_assert_cmpstr (other, !=, "");
  add = g_strconcat ("visit|party|$|add|", other, NULL);
  does (&office, add, visit);
  g_assert_cmpint (office_raw_int (&office, "SELECT count(*) FROM visit_party WHERE withdrawn_reason IS NULL"), ==, 1);
  type = office_raw (&office, "SELECT type FROM visit");
  g_assert_cmpstr (type, ==, "joint");
  remove = g_strconcat ("visit|party|$|remove|", other, NULL);
  refuses (&office, 3, remove, visit, "");
  g_free (remove);
  remove = g_strconcat ("visit|party|$|remove|", other, "|--reason|Could not come", NULL);
  does (&office, remove, visit);
  g_assert_cmpint (office_raw_int (&office, "SELECT count(*) FROM visit_party WHERE withdrawn_reason IS NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/follow-up/more-time", test_more_time);
  g_test_add_func ("/cli/follow-up/a-recheck-closes", test_a_recheck_closes);
  g_test_add_func ("/cli/follow-up/refusals", test_refusals);
  g_test_add_func ("/cli/follow-up/party", test_party);
  return g_test_run ();
}
