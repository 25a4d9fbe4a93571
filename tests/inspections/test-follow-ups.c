/* SPDX-License-Identifier: GPL-3.0-or-later
 * Follow-ups in the store: begun by finalising, renewed by amending, closed by a re-check, listed by what is due. */
#include "office.h"

#include "inspections/mc-follow-ups.h"

/* A finalised check of 2026-11-19 with C6 to be corrected by 2026-12-03 and A1.1 referred to the fire brigade; returns its id. */
static char *
finalise_with_findings (Office *office)
{
  g_autoptr (McVisit) visit = prepare (office, NULL);
  g_autoptr (McVisit) saved = NULL;
  g_autoptr (GError) error = NULL;

  conform_all (&visit);
  answer (&visit, "C6", "nonconform");
  set_finding (&visit, "C6", "description", "Door locked");
  set_finding (&visit, "C6", "competent", "civil_affairs");
  set_finding (&visit, "C6", "way", "by_date");
  set_finding (&visit, "C6", "deadline_on", "2026-12-03");
  answer (&visit, "A1.1", "nonconform");
  set_finding (&visit, "A1.1", "description", "No sprinkler");
  set_finding (&visit, "A1.1", "competent", "fire");
  save (office, NULL, visit);
  saved = reload (office, mc_visit_get_id (visit));
  g_assert_true (mc_visits_finalise (office->store, saved, SAMPLE_DAY, office->lead, &error));
  g_assert_no_error (error);
  return g_strdup (mc_visit_get_id (visit));
}

static McFollowUpList *
list (Office *office, McFollowUpsKind kind, const char *today)
{
  McFollowUpQuery query = { .kind = kind, .today = today };
  g_autoptr (GError) error = NULL;
  McFollowUpList *rows = mc_follow_ups_list (office->store, &query, &error);

  g_assert_no_error (error);
  return rows;
}

static void
test_begun_by_finalising (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McFollowUpList) open = NULL;
  const McFollowUpRow *row;

  office_init (&office);
  id = finalise_with_findings (&office);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM follow_up", 2);
  open = list (&office, MC_FOLLOW_UPS_OPEN, "2026-12-04");
  g_assert_cmpuint (open->total, ==, 2);
  g_assert_cmpuint (open->overdue, ==, 1);
  row = g_ptr_array_index (open->rows, 0);
  g_assert_cmpstr (row->due_on, ==, "2026-12-03");
  g_assert_cmpstr (row->description, ==, "Door locked");
  g_assert_cmpstr (row->facility_name, ==, "Home");
  g_assert_cmpstr (row->inspector_name, ==, "Lead");
  row = g_ptr_array_index (open->rows, 1); /* what has no day comes last */
  g_assert_cmpstr (row->way, ==, "referral");
  g_assert_null (row->due_on);
}

/* A check in progress orders nothing yet. */
static void
test_draft_has_none (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;

  office_init (&office);
  visit = prepare (&office, NULL);
  answer (&visit, "C6", "nonconform");
  save (&office, NULL, visit);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM follow_up", 0);
}

static void
test_renewed_by_amending (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McVisit) base = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  id = finalise_with_findings (&office);
  base = reload (&office, id);
  edited = mc_visit_ref (base);
  set_finding (&edited, "C6", "deadline_on", "2026-12-10");
  answer (&edited, "A1.1", "conform");
  g_assert_true (mc_visits_amend (office.store, base, edited, "2026-11-20", office.lead, "Read again", &error));
  g_assert_no_error (error);
  assert_raw_text (office.folder.db, "SELECT deadline_on FROM follow_up WHERE item = 'C6'", "2026-12-10");
  assert_raw_text (office.folder.db, "SELECT closed_result FROM follow_up WHERE item = 'A1.1'", "finding_withdrawn");
}

/* The follow-up goes on while the seal of its check stands: nothing is late. */
static void
test_goes_on_beside_the_seal (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (McRecord) edited = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  const McRecord *base = NULL;

  office_init (&office);
  id = finalise_with_findings (&office);
  records = mc_follow_ups_load (office.store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (mc_record_get_text (g_ptr_array_index (records, i), "item"), "C6"))
      base = g_ptr_array_index (records, i);
  edited = mc_follow_up_extend (base, "2026-12-20", "Parts are late", "Head", &error);
  g_assert_no_error (error);
  store_save_ok (office.store, base, edited);
  visit = reload (&office, id);
  g_assert_cmpint (mc_visit_get_state (visit), ==, MC_RECORD_SEALED);
  assert_raw_text (office.folder.db, "SELECT extended_to FROM follow_up WHERE item = 'C6'", "2026-12-20");
}

static McVisit *
prepare_recheck (Office *office, const char *of, GError **error)
{
  McVisitRequest request = { .facility = office->facility, .today = "2026-12-04", .recheck_of = of };

  return mc_visits_prepare (office->store, office->standards, &request, error);
}

static void
test_closed_by_a_recheck (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McVisit) recheck = NULL;
  g_autoptr (McVisit) saved = NULL;
  g_autoptr (McVisit) none = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  id = finalise_with_findings (&office);
  recheck = prepare_recheck (&office, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (recheck), "type"), ==, "recheck");
  g_assert_null (mc_visit_get_value (recheck, "C6"));
  g_assert_cmpstr (mc_visit_get_value (recheck, "C7"), ==, "not_checked");
  answer (&recheck, "C6", "conform");
  answer (&recheck, "A1.1", "conform");
  save (&office, NULL, recheck);
  saved = reload (&office, mc_visit_get_id (recheck));
  g_assert_true (mc_visits_finalise (office.store, saved, "2026-12-04", office.lead, &error));
  g_assert_no_error (error);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM follow_up WHERE closed_result = 'corrected' AND closed_on = '2026-12-04'", 2);
  assert_raw_text (office.folder.db, "SELECT recheck_visit FROM follow_up WHERE item = 'C6'", mc_visit_get_id (recheck));
  none = prepare_recheck (&office, id, &error); /* nothing is left to look at */
  g_assert_null (none);
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
}

/* What is not corrected goes on with the finding of the re-check. */
static void
test_not_corrected_goes_on (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McVisit) recheck = NULL;
  g_autoptr (McVisit) saved = NULL;
  g_autoptr (McFollowUpList) open = NULL;
  g_autoptr (McFollowUpList) closed = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  id = finalise_with_findings (&office);
  recheck = prepare_recheck (&office, id, &error);
  g_assert_no_error (error);
  answer (&recheck, "A1.1", "not_checked");
  answer (&recheck, "C6", "nonconform");
  set_finding (&recheck, "C6", "description", "Still locked");
  set_finding (&recheck, "C6", "competent", "civil_affairs");
  set_finding (&recheck, "C6", "severity", "serious");
  set_finding (&recheck, "C6", "way", "transfer");
  save (&office, NULL, recheck);
  saved = reload (&office, mc_visit_get_id (recheck));
  g_assert_true (mc_visits_finalise (office.store, saved, "2026-12-04", office.lead, &error));
  g_assert_no_error (error);
  open = list (&office, MC_FOLLOW_UPS_OPEN, "2026-12-04");
  closed = list (&office, MC_FOLLOW_UPS_CLOSED, "2026-12-04");
  g_assert_cmpuint (open->total, ==, 2); /* the referral of the first check and the transfer of the re-check */
  g_assert_cmpuint (closed->total, ==, 1);
  g_assert_cmpstr (((McFollowUpRow *) g_ptr_array_index (closed->rows, 0))->closed_result, ==, "not_corrected");
}

static void
test_lists_by_whom_and_where (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  McFollowUpQuery query = { .kind = MC_FOLLOW_UPS_OVERDUE, .today = "2026-12-04" };

  office_init (&office);
  id = finalise_with_findings (&office);
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (McFollowUpList) rows = NULL;

      query.inspector = i == 1 ? office.lead : i == 2 ? office.assistant : NULL;
      query.facility = i == 3 ? office.facility : NULL;
      rows = mc_follow_ups_list (office.store, &query, NULL);
      g_assert_cmpuint (rows->total, ==, i == 2 ? 0 : 1);
      g_assert_cmpuint (rows->rows->len, ==, rows->total);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/follow-ups/begun-by-finalising", test_begun_by_finalising);
  g_test_add_func ("/follow-ups/draft-has-none", test_draft_has_none);
  g_test_add_func ("/follow-ups/renewed-by-amending", test_renewed_by_amending);
  g_test_add_func ("/follow-ups/goes-on-beside-the-seal", test_goes_on_beside_the_seal);
  g_test_add_func ("/follow-ups/closed-by-a-recheck", test_closed_by_a_recheck);
  g_test_add_func ("/follow-ups/not-corrected-goes-on", test_not_corrected_goes_on);
  g_test_add_func ("/follow-ups/lists-by-whom-and-where", test_lists_by_whom_and_where);
  return g_test_run ();
}
