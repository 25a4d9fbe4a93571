/* SPDX-License-Identifier: GPL-3.0-or-later
 * Visits in the store: prepared, saved, finalised, amended, listed; looked at through a second handle. */
#include "office.h"

#include "inspections/mc-due.h"
#include "inspections/mc-follow-ups.h"

#include <string.h>

static void
test_prepare (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  const McRecord *record;

  office_init (&office);
  visit = prepare (&office, NULL);
  record = mc_visit_get_record (visit);
  g_assert_cmpstr (mc_record_get_text (record, "lead"), ==, office.lead);
  g_assert_cmpstr (mc_record_get_text (record, "recorder"), ==, office.lead);
  g_assert_cmpstr (mc_record_get_text (record, "authority"), ==, office.authority);
  g_assert_cmpstr (mc_record_get_text (record, "area"), ==, office.area);
  g_assert_nonnull (mc_record_get_text (record, "check_matter"));
  g_assert_cmpstr (mc_standard_get_key (mc_visit_get_standard (visit)), ==, "elder-care-inspection");
  g_assert_null (mc_record_get_text (record, "previous"));
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM visit", 0); /* prepared, not saved */
}

/* The second visit takes the partner of the first and stands beside it. */
static void
test_prepare_again (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *first = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) previous = NULL;
  g_autoptr (GError) error = NULL;
  McVisitRequest request = { .today = SAMPLE_DAY };
  McPreviousAnswer seen;

  office_init (&office);
  first = finalise_one (&office, "2026-05-06");
  request.facility = office.facility;
  visit = mc_visits_prepare (office.store, office.standards, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "assistants"), ==, office.assistant);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "previous"), ==, first);
  previous = mc_visits_load_previous (office.store, office.standards, visit, &error);
  g_assert_no_error (error);
  g_assert_true (mc_visit_get_previous_answer (previous, mc_visit_get_standard (visit), "C6", &seen));
  g_assert_cmpint (seen.meaning, ==, MC_ANSWER_CONFORM);
}

static void
test_prepare_refusals (void)
{
  static const struct
  {
    const char *facility, *lead, *standard;
    GQuark (*domain) (void);
  } cases[] = {
    { "01900000-0000-7000-8000-000000000001", NULL, NULL, mc_inspection_error_quark },
    { NULL, "01900000-0000-7000-8000-000000000001", NULL, mc_inspection_error_quark },
    { NULL, NULL, "no-such-standard", mc_standard_error_quark },
    { NULL, NULL, "childcare-inspection", mc_inspection_error_quark },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Office) office = { { NULL } };
      McVisitRequest request = { .today = SAMPLE_DAY };
      g_autoptr (GError) error = NULL;

      office_init (&office);
      request.facility = cases[i].facility ? cases[i].facility : office.facility;
      request.lead = cases[i].lead;
      request.standard = cases[i].standard;
      g_assert_null (mc_visits_prepare (office.store, office.standards, &request, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, cases[i].domain ());
    }
}

static void
test_prepare_without_user (void)
{
  g_auto (Office) office = { { NULL } };
  McVisitRequest request = { .today = SAMPLE_DAY };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  mc_store_set_user (office.store, NULL);
  request.facility = office.facility;
  g_assert_null (mc_visits_prepare (office.store, office.standards, &request, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  request.lead = office.assistant;
  visit = mc_visits_prepare (office.store, office.standards, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "authority"), ==, office.authority);
}

/* One answer is one line; a finding that it opens is written in the same transaction. */
static void
test_save_writes_the_difference (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autofree char *id = NULL;
  gint64 lines;

  office_init (&office);
  visit = prepare (&office, NULL);
  save (&office, NULL, visit);
  id = g_strdup (mc_visit_get_id (visit));
  g_clear_pointer (&visit, mc_visit_unref);

  visit = reload (&office, id);
  lines = raw_integer (office.folder.db, "SELECT count(*) FROM change");
  edited = mc_visit_ref (visit);
  answer (&edited, "A2", "conform");
  save (&office, visit, edited);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM change", lines + 1);
  assert_raw_text (office.folder.db, "SELECT value FROM answer WHERE item = 'A2'", "conform");

  g_clear_pointer (&visit, mc_visit_unref);
  visit = reload (&office, id);
  answer (&visit, "C6", "nonconform");
  save (&office, edited, visit);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM change", lines + 3);
  assert_raw_text (office.folder.db, "SELECT severity FROM finding WHERE item = 'C6'", "serious");
  save (&office, visit, visit);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM change", lines + 3);
}

/* A note is personal: its text stands in no line. */
static void
test_note_is_sealed (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) again = NULL;

  office_init (&office);
  visit = prepare (&office, NULL);
  note (&visit, "C6", "Room of Mrs. Wang");
  save (&office, NULL, visit);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM change WHERE line LIKE '%Wang%'", 0);
  assert_raw_text (office.folder.db, "SELECT note FROM answer WHERE item = 'C6'", "Room of Mrs. Wang");
  again = reload (&office, mc_visit_get_id (visit));
  g_assert_cmpstr (mc_visit_get_note (again, "C6"), ==, "Room of Mrs. Wang");
}

static void
test_finalise (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autoptr (GError) error = NULL;
  McSealInfo *seal;

  office_init (&office);
  edited = prepare (&office, NULL);
  save (&office, NULL, edited);
  visit = reload (&office, mc_visit_get_id (edited));

  g_assert_false (mc_visits_finalise (office.store, visit, SAMPLE_DAY, office.lead, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INCOMPLETE);
  g_assert_nonnull (strstr (error->message, "\nC6: not answered."));
  g_clear_error (&error);
  assert_raw_integer (office.folder.db, "SELECT count(*) FROM seal", 0);

  mc_visit_unref (edited);
  edited = mc_visit_ref (visit);
  conform_all (&edited);
  save (&office, visit, edited);
  mc_visit_unref (visit);
  visit = reload (&office, mc_visit_get_id (edited));
  g_assert_true (mc_visits_finalise (office.store, visit, SAMPLE_DAY, office.lead, &error));
  g_assert_no_error (error);
  assert_raw_text (office.folder.db, "SELECT result_code FROM visit", "none_found");
  assert_raw_integer (office.folder.db, "SELECT state FROM visit", MC_RECORD_SEALED);
  seal = mc_store_get_seal (office.store, "visit", mc_visit_get_id (visit), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seal->kind, ==, "finalise");
  mc_seal_info_free (seal);

  mc_visit_unref (visit);
  visit = reload (&office, mc_visit_get_id (edited));
  g_assert_true (mc_visit_is_finalised (visit));
  g_assert_false (mc_visits_finalise (office.store, visit, SAMPLE_DAY, office.lead, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE);
  g_clear_error (&error);

  /* Nothing is written into a finalised visit without naming its seal. */
  mc_visit_unref (edited);
  edited = mc_visit_ref (visit);
  answer (&edited, "C6", "not_checked");
  g_assert_false (mc_visits_save (office.store, visit, edited, &error));
  g_assert_error (error, MC_STORE_ERROR, MC_STORE_ERROR_SEALED);
  assert_raw_text (office.folder.db, "SELECT value FROM answer WHERE item = 'C6'", "conform");
}

static void
test_amend (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autoptr (McVisit) same = NULL;
  g_autoptr (GError) error = NULL;
  McSealInfo *before, *after;

  office_init (&office);
  id = finalise_one (&office, NULL);
  before = mc_store_get_seal (office.store, "visit", id, NULL);
  visit = reload (&office, id);
  edited = mc_visit_ref (visit);
  answer (&edited, "C6", "nonconform");
  g_assert_false (mc_visits_amend (office.store, visit, edited, SAMPLE_DAY, office.lead, "wrong key", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INCOMPLETE); /* a finding without text and way */
  g_clear_error (&error);
  note (&edited, "C6", "wet floor");
  set_finding (&edited, "C6", "way", "corrected_on_site");
  g_assert_false (mc_visits_amend (office.store, visit, edited, SAMPLE_DAY, office.lead, " ", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  same = mc_visit_ref (visit);
  note (&same, "C7", "x");
  note (&same, "C7", NULL); /* changed and changed back */
  g_assert_false (mc_visits_amend (office.store, visit, same, SAMPLE_DAY, office.lead, "nothing", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);

  g_assert_true (mc_visits_amend (office.store, visit, edited, SAMPLE_DAY, office.lead, "wrong key", &error));
  g_assert_no_error (error);
  assert_raw_text (office.folder.db, "SELECT value FROM answer WHERE item = 'C6'", "nonconform");
  assert_raw_text (office.folder.db, "SELECT result_code FROM visit", "corrected");
  assert_raw_integer (office.folder.db, "SELECT whole_state FROM visit", MC_RECORD_SEALED);
  after = mc_store_get_seal (office.store, "visit", id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after->text, !=, before->text);
  mc_seal_info_free (before);
  mc_seal_info_free (after);
}

static void
test_amend_a_draft (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) edited = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  visit = prepare (&office, NULL);
  edited = mc_visit_ref (visit);
  conform_all (&edited);
  g_assert_false (mc_visits_amend (office.store, visit, edited, SAMPLE_DAY, office.lead, "why", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_STATE);
}

static GPtrArray *
list_rows (Office *self, McVisitListKind kind, const char *inspector)
{
  McVisitQuery query = { kind, inspector, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = mc_visits_list (self->store, &query, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = mc_visits_load_rows (self->store, (const gint64 *) (gconstpointer) rowids->data, rowids->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, rowids->len);
  return rows;
}

static void
test_lists (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *early = NULL, *late = NULL, *stranger = NULL;
  g_autoptr (McVisit) draft = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) finalised = NULL;
  g_autoptr (GPtrArray) assisted = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  McVisitCounts counts;
  McVisitRow *row;

  office_init (&office);
  early = finalise_one (&office, "2026-03-02");
  late = finalise_one (&office, "2026-10-12");
  draft = prepare (&office, "2026-06-01");
  answer (&draft, "C6", "nonconform");
  set_finding (&draft, "C6", "way", "by_date");
  set_finding (&draft, "C6", "deadline_on", "2026-06-15");
  answer (&draft, "C7", "nonconform");
  set_finding (&draft, "C7", "way", "by_date");
  set_finding (&draft, "C7", "deadline_on", "2026-06-02");
  answer (&draft, "C7", "conform"); /* withdrawn: its deadline is none any more */
  save (&office, NULL, draft);
  stranger = add_inspector (&office, "Stranger");

  all = list_rows (&office, MC_VISIT_LIST_ALL, NULL);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (((McVisitRow *) g_ptr_array_index (all, 0))->id, ==, late);
  g_assert_cmpstr (((McVisitRow *) g_ptr_array_index (all, 2))->id, ==, early);
  finalised = list_rows (&office, MC_VISIT_LIST_FINALISED, office.lead);
  g_assert_cmpuint (finalised->len, ==, 2);
  assisted = list_rows (&office, MC_VISIT_LIST_ALL, office.assistant);
  g_assert_cmpuint (assisted->len, ==, 3);
  none = list_rows (&office, MC_VISIT_LIST_ALL, stranger);
  g_assert_cmpuint (none->len, ==, 0);

  drafts = list_rows (&office, MC_VISIT_LIST_DRAFTS, office.lead);
  g_assert_cmpuint (drafts->len, ==, 1);
  row = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (row->id, ==, mc_visit_get_id (draft));
  g_assert_cmpstr (row->facility_name, ==, "Home");
  g_assert_cmpstr (row->area_name, ==, "Nanhu");
  g_assert_cmpstr (row->lead_name, ==, "Lead");
  g_assert_cmpstr (row->type, ==, "routine");
  g_assert_cmpuint (row->answered, ==, 2);
  g_assert_cmpuint (row->open_findings, ==, 1);
  g_assert_cmpstr (row->next_deadline, ==, "2026-06-15");
  g_assert_null (row->result);

  g_assert_true (mc_visits_count (office.store, NULL, &counts, &error));
  g_assert_cmpuint (counts.drafts, ==, 1);
  g_assert_cmpuint (counts.finalised, ==, 2);
  g_assert_true (mc_visits_count (office.store, stranger, &counts, &error));
  g_assert_cmpuint (counts.drafts + counts.finalised, ==, 0);
}

/* Adds a signature of @role to the record of the visit. */
static void
sign (Office *office, const char *document, const char *role, const char *way)
{
  g_autoptr (McRecord) signature = mc_record_new (mc_entity_find ("signature"), NULL);

  mc_record_set_text (signature, "document", document);
  mc_record_set_text (signature, "role", role);
  mc_record_set_text (signature, "name", "Somebody");
  mc_record_set_text (signature, "way", way);
  mc_record_set_integer (signature, "signed_at", 1);
  store_save_ok (office->store, NULL, signature);
}

static char *
issue_record (Office *office, const char *visit)
{
  g_autoptr (McRecord) document = mc_record_new (mc_entity_find ("document"), NULL);

  mc_record_set_text (document, "kind", "site_record");
  mc_record_set_text (document, "visit", visit);
  mc_record_set_text (document, "facility", office->facility);
  mc_record_set_text (document, "authority", office->authority);
  mc_record_set_text (document, "area", office->area);
  mc_record_set_text (document, "issued_on", SAMPLE_DAY);
  store_save_ok (office->store, NULL, document);
  return g_strdup (mc_record_get_id (document));
}

static void
assert_awaiting (Office *office, guint n)
{
  g_autoptr (GPtrArray) rows = list_rows (office, MC_VISIT_LIST_AWAITING, NULL);
  g_autoptr (GError) error = NULL;
  McVisitCounts counts;

  g_assert_cmpuint (rows->len, ==, n);
  g_assert_true (mc_visits_count (office->store, NULL, &counts, &error));
  g_assert_cmpuint (counts.awaiting, ==, n);
}

/* A final check awaits signatures until all three have signed on the screen, or the signed paper is kept. */
static void
test_awaits_signatures (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *one = NULL, *two = NULL, *on_screen = NULL, *on_paper = NULL;

  office_init (&office);
  one = finalise_one (&office, "2026-03-02");
  two = finalise_one (&office, "2026-10-12");
  assert_awaiting (&office, 2);
  on_screen = issue_record (&office, one);
  sign (&office, on_screen, "lead", "screen");
  sign (&office, on_screen, "assistant", "screen");
  assert_awaiting (&office, 2);
  sign (&office, on_screen, "facility", "refused");
  assert_awaiting (&office, 1);
  on_paper = issue_record (&office, two);
  sign (&office, on_paper, "lead", "paper");
  assert_awaiting (&office, 0);
}

/* What is due follows the follow-up of a final check with its extension, until that is closed. */
static void
test_due_follows_the_follow_up (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL, saved = NULL;
  g_autoptr (GPtrArray) follow_ups = NULL;
  g_autoptr (McRecord) longer = NULL, closed = NULL;
  g_autoptr (McDueList) draft = NULL, ordered = NULL, extended = NULL, over = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  visit = prepare (&office, NULL);
  conform_all (&visit);
  answer (&visit, "C6", "nonconform");
  set_finding (&visit, "C6", "description", "Door locked");
  set_finding (&visit, "C6", "competent", "civil_affairs");
  set_finding (&visit, "C6", "way", "by_date");
  set_finding (&visit, "C6", "deadline_on", "2026-12-03");
  save (&office, NULL, visit);
  draft = mc_due_list_load (office.store, office.lead, "2026-12-04", 10, &error);
  g_assert_cmpuint (draft->total, ==, 0); /* nothing is ordered before it is final */
  saved = reload (&office, mc_visit_get_id (visit));
  g_assert_true (mc_visits_finalise (office.store, saved, SAMPLE_DAY, office.lead, &error));
  ordered = mc_due_list_load (office.store, NULL, "2026-12-04", 10, &error);
  g_assert_cmpuint (ordered->total, ==, 1);
  follow_ups = mc_follow_ups_load (office.store, mc_visit_get_id (visit), &error);
  longer = mc_follow_up_extend (g_ptr_array_index (follow_ups, 0), "2026-12-10", "Parts are late", office.lead, &error);
  g_assert_no_error (error);
  store_save_ok (office.store, g_ptr_array_index (follow_ups, 0), longer);
  extended = mc_due_list_load (office.store, NULL, "2026-12-04", 10, &error);
  g_assert_cmpstr (((McDue *) g_ptr_array_index (extended->rows, 0))->deadline_on, ==, "2026-12-10");
  g_assert_cmpstr (((McDue *) g_ptr_array_index (extended->rows, 0))->description, ==, "Door locked");
  g_assert_cmpuint (extended->overdue, ==, 0);
  closed = mc_record_copy (longer);
  mc_record_set_text (closed, "closed_on", "2026-12-08");
  mc_record_set_text (closed, "closed_result", "corrected");
  store_save_ok (office.store, longer, closed);
  over = mc_due_list_load (office.store, NULL, "2026-12-04", 10, &error);
  g_assert_cmpuint (over->total, ==, 0);
}

static void
test_previous (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *early = NULL, *late = NULL, *found = NULL, *before_late = NULL, *of_childcare = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  early = finalise_one (&office, "2026-03-02");
  late = finalise_one (&office, "2026-10-12");
  found = mc_visits_find_previous (office.store, office.standards, office.facility, NULL, "elder-care-inspection", &error);
  g_assert_cmpstr (found, ==, late);
  before_late = mc_visits_find_previous (office.store, office.standards, office.facility, late, "elder-care-inspection", &error);
  g_assert_cmpstr (before_late, ==, early);
  of_childcare = mc_visits_find_previous (office.store, office.standards, office.facility, NULL, "childcare-inspection", &error);
  g_assert_null (of_childcare);
  g_assert_no_error (error);
}

/* An old visit whose version of the standard is not here says so and does not open with another one. */
static void
test_unknown_version (void)
{
  g_auto (Office) office = { { NULL } };
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  office_init (&office);
  id = store_add_visit (office.store);
  g_assert_null (mc_visits_load (office.store, office.standards, id, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_NOT_FOUND);
}

/* --- the forms for the window ----------------------------------------------------------------------------- */

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_async (void)
{
  g_auto (Office) office = { { NULL } };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) loaded = NULL;
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  McVisitRequest request = { .today = SAMPLE_DAY };
  McVisitQuery query = { MC_VISIT_LIST_FINALISED, NULL, NULL };
  GAsyncResult *result = NULL;

  office_init (&office);
  request.facility = office.facility;
  request.assistants = (const char *[]) { office.assistant, NULL };
  mc_visits_prepare_async (office.store, office.standards, &request, NULL, keep_result_cb, &result);
  visit = mc_visits_prepare_finish (wait_for (&result), &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  conform_all (&visit);
  mc_visits_save_async (office.store, NULL, visit, NULL, keep_result_cb, &result);
  g_assert_true (mc_visits_save_finish (wait_for (&result), &error));
  g_clear_object (&result);
  mc_visits_load_async (office.store, office.standards, mc_visit_get_id (visit), NULL, keep_result_cb, &result);
  loaded = mc_visits_load_finish (wait_for (&result), &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  g_assert_cmpstr (mc_visit_get_value (loaded, "C6"), ==, "conform");

  mc_visits_finalise_async (office.store, loaded, SAMPLE_DAY, office.assistant, NULL, keep_result_cb, &result);
  g_assert_false (mc_visits_finalise_finish (wait_for (&result), &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INCOMPLETE);
  g_clear_error (&error);
  g_clear_object (&result);
  mc_visits_finalise_async (office.store, loaded, SAMPLE_DAY, office.lead, NULL, keep_result_cb, &result);
  g_assert_true (mc_visits_finalise_finish (wait_for (&result), &error));
  g_clear_object (&result);

  mc_visits_list_async (office.store, &query, NULL, keep_result_cb, &result);
  rowids = mc_visits_list_finish (wait_for (&result), &error);
  g_clear_object (&result);
  g_assert_cmpuint (rowids->len, ==, 1);
  mc_visits_load_rows_async (office.store, (const gint64 *) (gconstpointer) rowids->data, 1, NULL, keep_result_cb, &result);
  rows = mc_visits_load_rows_finish (wait_for (&result), &error);
  g_clear_object (&result);
  g_assert_no_error (error);
  g_assert_cmpstr (((McVisitRow *) g_ptr_array_index (rows, 0))->result, ==, "none_found");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/inspections/visits/prepare", test_prepare);
  g_test_add_func ("/inspections/visits/prepare-again", test_prepare_again);
  g_test_add_func ("/inspections/visits/prepare-refusals", test_prepare_refusals);
  g_test_add_func ("/inspections/visits/prepare-without-user", test_prepare_without_user);
  g_test_add_func ("/inspections/visits/save-writes-the-difference", test_save_writes_the_difference);
  g_test_add_func ("/inspections/visits/note-is-sealed", test_note_is_sealed);
  g_test_add_func ("/inspections/visits/finalise", test_finalise);
  g_test_add_func ("/inspections/visits/amend", test_amend);
  g_test_add_func ("/inspections/visits/amend-a-draft", test_amend_a_draft);
  g_test_add_func ("/inspections/visits/lists", test_lists);
  g_test_add_func ("/inspections/visits/awaits-signatures", test_awaits_signatures);
  g_test_add_func ("/inspections/visits/due-follows-the-follow-up", test_due_follows_the_follow_up);
  g_test_add_func ("/inspections/visits/previous", test_previous);
  g_test_add_func ("/inspections/visits/unknown-version", test_unknown_version);
  g_test_add_func ("/inspections/visits/async", test_async);
  return g_test_run ();
}
