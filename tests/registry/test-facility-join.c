/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two records found to be one place: the first leaves the lists and leads to the second, its checks are found there, and it comes back. */
#include "registry/mc-facility-join.h"

#include <sqlite3.h>

#include "inspections/mc-visits.h"
#include "registry/mc-facility.h"
#include "test-registry-store.h"

static McRecord *
facility_new (TestStore *test, const char *kind, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (test->store, &error);
  const char *area = mc_area_tree_find_code (tree, "330402")->id;
  g_autofree char *id = mc_facility_id_for (kind, NULL, area, name);
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("facility"), id);
  McRecord *saved;

  mc_record_set_text (record, "name", name);
  mc_record_set_text (record, "kind", kind);
  mc_record_set_text (record, "status", "operating");
  mc_record_set_text (record, "area", area);
  mc_store_save (test->store, NULL, record, &error);
  g_assert_no_error (error);
  saved = mc_store_load (test->store, "facility", id, &error);
  g_assert_no_error (error);
  return saved;
}

static void
commit (TestStore *test, McTransaction *transaction)
{
  g_autoptr (GError) error = NULL;

  mc_store_commit (test->store, transaction, &error);
  g_assert_no_error (error);
}

static void
join (TestStore *test, const char *id, const char *into)
{
  g_autoptr (McTransaction) transaction = mc_transaction_new ();
  g_autoptr (McRecord) facility = mc_store_load (test->store, "facility", id, NULL), other = mc_store_load (test->store, "facility", into, NULL);
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 19, G_DATE_NOVEMBER, 2026);
  mc_facility_join (transaction, facility, other, &today);
  commit (test, transaction);
}

static guint
count_listed (TestStore *test)
{
  g_autoptr (McAreaTree) tree = mc_area_tree_load (test->store, NULL);
  McFacilityQuery query = { 0 };
  g_autoptr (McFacilityList) list = mc_facility_list_load (test->store, tree, &query, NULL, NULL);

  return mc_facility_list_get_n (list);
}

static McFacilityTies *
load_ties (TestStore *test, const char *id)
{
  g_autoptr (GError) error = NULL;
  McFacilityTies *ties = mc_facility_ties_load (test->store, id, &error);

  g_assert_no_error (error);
  return ties;
}

static void
test_leads_to_the_record_that_is_kept (TestStore *test, gconstpointer data)
{
  g_autoptr (McRecord) a = NULL, b = NULL, c = NULL, back = NULL;
  g_autoptr (McFacilityTies) of_a = NULL, of_c = NULL, again = NULL;
  g_autoptr (McTransaction) transaction = mc_transaction_new ();

  test_store_set_up (test, "330402");
  a = facility_new (test, "elder_home", "A");
  b = facility_new (test, "elder_home", "B");
  c = facility_new (test, "elder_home", "C");
  join (test, mc_record_get_id (a), mc_record_get_id (b));
  g_assert_cmpuint (count_listed (test), ==, 2);
  join (test, mc_record_get_id (b), mc_record_get_id (c));
  g_assert_cmpuint (count_listed (test), ==, 1);
  of_a = load_ties (test, mc_record_get_id (a));
  g_assert_cmpstr (of_a->successor->name, ==, "C"); /* over B */
  g_assert_cmpuint (of_a->joined->len, ==, 0);
  of_c = load_ties (test, mc_record_get_id (c));
  g_assert_null (of_c->successor);
  g_assert_cmpuint (of_c->joined->len, ==, 2);
  g_assert_cmpstr (((McFacilityTie *) of_c->joined->pdata[0])->name, ==, "A");
  g_assert_cmpstr (((McFacilityTie *) of_c->joined->pdata[0])->retired_on, ==, "2026-11-19");
  back = mc_store_load (test->store, "facility", mc_record_get_id (a), NULL);
  mc_facility_separate (transaction, back);
  commit (test, transaction);
  g_assert_cmpuint (count_listed (test), ==, 2);
  again = load_ties (test, mc_record_get_id (c));
  g_assert_cmpuint (again->joined->len, ==, 1);
}

static void
test_a_circle_ends (TestStore *test, gconstpointer data)
{
  g_autoptr (McRecord) a = NULL, b = NULL;
  g_autoptr (McFacilityTies) ties = NULL;

  test_store_set_up (test, "330402");
  a = facility_new (test, "elder_home", "A");
  b = facility_new (test, "elder_home", "B");
  join (test, mc_record_get_id (a), mc_record_get_id (b));
  join (test, mc_record_get_id (b), mc_record_get_id (a)); /* as two devices may do */
  ties = load_ties (test, mc_record_get_id (a));
  g_assert_cmpstr (ties->successor->name, ==, "B");
  g_assert_cmpuint (ties->joined->len, ==, 1);
}

static void
test_what_cannot_be_joined (TestStore *test, gconstpointer data)
{
  g_autoptr (McRecord) home = NULL, nursery = NULL, other = NULL, retired = NULL;
  g_autoptr (GError) itself = NULL, kinds = NULL, gone = NULL;

  test_store_set_up (test, "330402");
  home = facility_new (test, "elder_home", "A");
  nursery = facility_new (test, "childcare", "A");
  other = facility_new (test, "rural_elder_home", "B");
  g_assert_true (mc_facility_join_check (home, other, NULL));
  g_assert_false (mc_facility_join_check (home, home, &itself));
  g_assert_error (itself, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  g_assert_false (mc_facility_join_check (home, nursery, &kinds));
  g_assert_error (kinds, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
  join (test, mc_record_get_id (other), mc_record_get_id (home));
  retired = mc_store_load (test->store, "facility", mc_record_get_id (other), NULL);
  g_assert_false (mc_facility_join_check (retired, home, NULL));
  g_assert_false (mc_facility_join_check (home, retired, &gone));
  g_assert_error (gone, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT);
}

static void
visit_new (TestStore *test, const McRecord *facility, const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McUser) user = mc_user_find (test->store, mc_store_get_user (test->store), &error);
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("visit"), NULL);

  mc_record_set_text (record, "facility", mc_record_get_id (facility));
  mc_record_set_text (record, "authority", user->authority);
  mc_record_set_text (record, "area", mc_record_get_text (facility, "area"));
  mc_record_set_text (record, "type", "routine");
  mc_record_set_text (record, "standard", "0000000000000000000000000000000000000000000000000000000000000000");
  mc_record_set_text (record, "checked_on", day);
  mc_record_set_text (record, "lead", user->inspector);
  mc_store_save (test->store, NULL, record, &error);
  g_assert_no_error (error);
}

/* One list of checks for the records of one place, newest first. */
static void
test_checks_of_both_are_one_list (TestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) a = NULL, b = NULL, c = NULL;
  g_autoptr (GArray) both = NULL, one = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *ids = NULL;
  McVisitQuery query = { .kind = MC_VISIT_LIST_ALL };

  test_store_set_up (test, "330402");
  a = facility_new (test, "elder_home", "A");
  b = facility_new (test, "elder_home", "B");
  c = facility_new (test, "elder_home", "C");
  visit_new (test, a, "2026-03-01");
  visit_new (test, b, "2026-05-01");
  visit_new (test, b, "2026-01-01");
  visit_new (test, c, "2026-04-01");
  ids = g_strdup_printf ("%s\n%s", mc_record_get_id (a), mc_record_get_id (b));
  query.facility = ids;
  both = mc_visits_list (test->store, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (both->len, ==, 3);
  rows = mc_visits_load_rows (test->store, (const gint64 *) (gpointer) both->data, both->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((McVisitRow *) rows->pdata[0])->checked_on, ==, "2026-05-01");
  g_assert_cmpstr (((McVisitRow *) rows->pdata[1])->facility_name, ==, "A");
  g_assert_cmpstr (((McVisitRow *) rows->pdata[2])->checked_on, ==, "2026-01-01");
  query.facility = mc_record_get_id (a);
  one = mc_visits_list (test->store, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
}

/* A check of any of the records is the last one of the place that is kept. */
static void
test_last_check_follows (TestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McAreaTree) tree = NULL;
  g_autoptr (McRecord) a = NULL, b = NULL, c = NULL;
  g_autoptr (McFacilityTies) ties = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  sqlite3 *db = NULL;

  test_store_set_up (test, "330402");
  a = facility_new (test, "elder_home", "A");
  b = facility_new (test, "elder_home", "B");
  c = facility_new (test, "elder_home", "C");
  visit_new (test, a, "2026-03-01");
  visit_new (test, b, "2026-02-01");
  g_assert_cmpint (sqlite3_open (test->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE visit SET state = state | 2; UPDATE facility SET same_as = (SELECT id FROM facility WHERE name = 'B') WHERE name = 'A';"
                                     "UPDATE facility SET same_as = (SELECT id FROM facility WHERE name = 'C') WHERE name = 'B'", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  tree = mc_area_tree_load (test->store, &error);
  g_assert_no_error (error);
  ties = mc_facility_ties_load (test->store, mc_record_get_id (c), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ties->joined->len, ==, 2);
  rows = mc_facility_rows_load (test->store, tree, &ties->rowid, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((McFacilityRow *) rows->pdata[0])->last_checked_on, ==, "2026-03-01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/facility-join/leads-to-the-record-that-is-kept", TestStore, NULL, test_store_open, test_leads_to_the_record_that_is_kept, test_store_close);
  g_test_add ("/facility-join/a-circle-ends", TestStore, NULL, test_store_open, test_a_circle_ends, test_store_close);
  g_test_add ("/facility-join/what-cannot-be-joined", TestStore, NULL, test_store_open, test_what_cannot_be_joined, test_store_close);
  g_test_add ("/facility-join/checks-of-both-are-one-list", TestStore, NULL, test_store_open, test_checks_of_both_are_one_list, test_store_close);
  g_test_add ("/facility-join/last-check-follows", TestStore, NULL, test_store_open, test_last_check_follows, test_store_close);
  return g_test_run ();
}
