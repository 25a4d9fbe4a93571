/* SPDX-License-Identifier: GPL-3.0-or-later
 * Edits of a visit: each gives a new value and leaves the old one as it was. */
#include "visit-sample.h"

static void
test_answer (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) before = NULL;
  g_autoptr (McVisit) same = NULL;
  g_autofree char *id = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  before = mc_visit_ref (visit);
  answer (&visit, "A2", "conform");
  id = mc_visit_new_answer_id (mc_visit_get_id (visit), "A2");
  g_assert_cmpstr (mc_record_get_id (mc_visit_get_answer (visit, "A2")), ==, id);
  g_assert_cmpstr (mc_visit_get_value (visit, "A2"), ==, "conform");
  g_assert_null (mc_visit_get_answer (before, "A2"));
  same = mc_visit_with_answer (visit, "A2", "conform", NULL, NULL);
  g_assert_true (same == visit);
  answer (&visit, "A2", NULL);
  g_assert_null (mc_visit_get_value (visit, "A2"));
}

static void
test_bad_answers (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  g_assert_null (mc_visit_with_answer (visit, "Z9", "conform", NULL, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (mc_visit_with_answer (visit, "A2", "4", NULL, &error));
  g_assert_error (error, MC_STANDARD_ERROR, MC_STANDARD_ERROR_SCHEMA);
  g_clear_error (&error);
  g_assert_null (mc_visit_with_note (visit, "Z9", "x", &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
}

/* Nonconform opens a finding; another answer withdraws it with a reason; nonconform again opens the same one, with its text. */
static void
test_finding_follows_answer (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "C6", "nonconform");
  g_assert_true (mc_finding_is_open (mc_visit_get_finding (visit, "C6")));
  set_finding (&visit, "C6", "description", "wet floor");

  answer (&visit, "C6", "conform");
  g_assert_false (mc_finding_is_open (mc_visit_get_finding (visit, "C6")));
  g_assert_true (g_str_has_prefix (finding_text (visit, "C6", "withdrawn_reason"), "The answer was changed to"));
  open = mc_visit_list_findings (visit, FALSE);
  g_assert_cmpuint (open->len, ==, 0);

  answer (&visit, "C6", "nonconform");
  g_assert_true (mc_finding_is_open (mc_visit_get_finding (visit, "C6")));
  g_assert_cmpstr (finding_text (visit, "C6", "description"), ==, "wet floor");

  take_edit (&visit, mc_visit_with_answer (visit, "C6", "not_applicable", "no stairs here", &error), error);
  g_assert_cmpstr (finding_text (visit, "C6", "withdrawn_reason"), ==, "no stairs here");
  answer (&visit, "C6", "nonconform");
  answer (&visit, "C6", NULL);
  g_assert_cmpstr (finding_text (visit, "C6", "withdrawn_reason"), ==, "The answer was taken back");
}

/* What is typed as a note need not be typed again as what was found, until somebody writes something else there. */
static void
test_description_follows_note (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  note (&visit, "C6", "wet");
  g_assert_null (mc_visit_get_value (visit, "C6"));
  answer (&visit, "C6", "nonconform");
  g_assert_cmpstr (finding_text (visit, "C6", "description"), ==, "wet");
  note (&visit, "C6", "wet floor");
  g_assert_cmpstr (finding_text (visit, "C6", "description"), ==, "wet floor");
  set_finding (&visit, "C6", "description", "floor of the second toilet is wet");
  note (&visit, "C6", "wet floor!");
  g_assert_cmpstr (finding_text (visit, "C6", "description"), ==, "floor of the second toilet is wet");
  note (&visit, "C6", "");
  g_assert_null (mc_visit_get_note (visit, "C6"));
  g_assert_cmpstr (mc_visit_get_value (visit, "C6"), ==, "nonconform");
}

static void
test_section_conform (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) marked = NULL;
  g_autoptr (GError) error = NULL;
  guint changed = 0;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "M2", "nonconform");
  answer (&visit, "M3", "not_checked");
  marked = mc_visit_with_section_conform (visit, "M", &changed, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpstr (mc_visit_get_value (marked, "M1"), ==, "conform");
  g_assert_true (mc_record_get_boolean (mc_visit_get_answer (marked, "M1"), "bulk"));
  g_assert_cmpstr (mc_visit_get_value (marked, "M2"), ==, "nonconform");
  g_assert_cmpstr (mc_visit_get_value (marked, "M3"), ==, "not_checked");
  g_assert_null (mc_visit_get_value (marked, "A2"));
  /* A person who then answers the item by itself has looked at it. */
  answer (&marked, "M1", "not_applicable");
  g_assert_true (mc_record_is_null (mc_visit_get_answer (marked, "M1"), "bulk"));
  g_assert_null (mc_visit_with_section_conform (visit, "Z", NULL, &error));
  g_assert_error (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT);
}

/* Nobody sleeps in a community centre without beds: the items of the night are not marked there. */
static void
test_section_conform_leaves_out_what_does_not_apply (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McVisit) marked = NULL;
  guint changed;

  visit_sample_init (&sample);
  mc_record_set_text (sample.facility, "kind", "community_elder_centre");
  mc_record_set_integer (sample.facility, "beds", 0);
  visit = sample_visit (&sample);
  marked = mc_visit_with_section_conform (visit, "B", &changed, NULL);
  g_assert_cmpuint (changed, ==, 0);
  mc_visit_unref (marked);
  marked = mc_visit_with_section_conform (visit, "C", &changed, NULL);
  g_assert_cmpuint (changed, ==, 4); /* C6 to C9 */
}

static void
test_fields (void)
{
  static const struct
  {
    const char *key, *text;
    gboolean good;
  } cases[] = {
    { "note", "text", TRUE }, { "type", "special", TRUE }, { "type", "surprise", FALSE }, { "type", NULL, FALSE },
    { "checked_on", "2026-11-18", TRUE }, { "checked_on", "2026-11-31", FALSE }, { "checked_on", "2023-11-26", FALSE }, { "checked_on", NULL, FALSE },
    { "facility", "x", FALSE }, { "standard", "x", FALSE }, { "area", "x", FALSE }, { "authority", "x", FALSE }, { "retired_on", "2026-01-01", FALSE },
    { "no_such_field", "x", FALSE }, { "late_entry", "yes", FALSE }, { "started_at", "9:00", FALSE },
    { "result_code", "closed", TRUE }, { "result_code", "uncooperative", TRUE }, { "result_code", "none_found", FALSE },
    { "result_code", "corrected", FALSE }, { "result_code", NULL, TRUE },
  };
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (McValue) value = MC_VALUE_INIT;
      g_autoptr (GError) error = NULL;
      McVisit *edited;

      if (cases[i].text)
        mc_value_init_text (&value, cases[i].text);
      g_test_message ("%s = %s", cases[i].key, cases[i].text ? cases[i].text : "null");
      edited = mc_visit_with_field (visit, cases[i].key, &value, &error);
      g_assert_cmpint (edited != NULL, ==, cases[i].good);
      g_assert_cmpint (error == NULL, ==, cases[i].good);
      g_clear_pointer (&edited, mc_visit_unref);
    }
}

static void
test_new_lead_is_no_assistant (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  set_field (&visit, "lead", mc_record_get_id (sample.assistant));
  g_assert_true (mc_record_is_null (mc_visit_get_record (visit), "assistants"));
  set_field (&visit, "assistants", "b, a\nb");
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_record (visit), "assistants"), ==, "a\nb");
}

static gboolean
try_finding (const McVisit *visit, const char *item, const char *key, const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  McVisit *edited;

  mc_value_init_text (&value, text);
  edited = mc_visit_with_finding_field (visit, item, key, &value, &error);
  g_assert_true ((edited == NULL) == (error != NULL));
  if (!edited)
    return FALSE;
  mc_visit_unref (edited);
  return TRUE;
}

static void
test_finding_fields (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  g_assert_false (try_finding (visit, "C6", "description", "x")); /* there is none */
  answer (&visit, "C6", "nonconform");
  answer (&visit, "M2", "nonconform");
  g_assert_true (try_finding (visit, "C6", "way", "by_date"));
  g_assert_false (try_finding (visit, "C6", "way", "referral"));
  g_assert_false (try_finding (visit, "C6", "way", "scolding"));
  g_assert_false (try_finding (visit, "M2", "way", "by_date"));      /* fire is competent */
  g_assert_true (try_finding (visit, "M2", "way", "transfer"));
  g_assert_true (try_finding (visit, "C6", "deadline_on", SAMPLE_DAY));
  g_assert_false (try_finding (visit, "C6", "deadline_on", "2026-11-18"));
  g_assert_false (try_finding (visit, "C6", "deadline_on", "soon"));
  g_assert_false (try_finding (visit, "C6", "item", "C7"));
  g_assert_false (try_finding (visit, "C6", "withdrawn_reason", "x")); /* the answer does that */
  answer (&visit, "C6", "conform");
  g_assert_false (try_finding (visit, "C6", "description", "x"));
}

/* What no longer fits goes: the way with another authority or severity, the deadline with another way. */
static void
test_finding_is_tidied (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "C6", "nonconform");
  set_finding (&visit, "C6", "way", "by_date");
  set_finding (&visit, "C6", "deadline_on", "2026-12-01");
  set_finding (&visit, "C6", "competent", "market_supervision");
  g_assert_cmpstr (finding_text (visit, "C6", "way"), ==, "referral");
  g_assert_cmpstr (finding_text (visit, "C6", "deadline_on"), ==, "2026-12-01");
  set_finding (&visit, "C6", "competent", "civil_affairs");
  g_assert_null (finding_text (visit, "C6", "way"));
  set_finding (&visit, "C6", "way", "corrected_on_site");
  g_assert_null (finding_text (visit, "C6", "deadline_on"));
  set_finding (&visit, "C6", "way", "suspension_order");
  set_finding (&visit, "C6", "severity", "minor");
  g_assert_null (finding_text (visit, "C6", "way"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/visit-edit/answer", test_answer);
  g_test_add_func ("/inspections/visit-edit/bad-answers", test_bad_answers);
  g_test_add_func ("/inspections/visit-edit/finding-follows-answer", test_finding_follows_answer);
  g_test_add_func ("/inspections/visit-edit/description-follows-note", test_description_follows_note);
  g_test_add_func ("/inspections/visit-edit/section-conform", test_section_conform);
  g_test_add_func ("/inspections/visit-edit/section-conform-leaves-out-what-does-not-apply", test_section_conform_leaves_out_what_does_not_apply);
  g_test_add_func ("/inspections/visit-edit/fields", test_fields);
  g_test_add_func ("/inspections/visit-edit/new-lead-is-no-assistant", test_new_lead_is_no_assistant);
  g_test_add_func ("/inspections/visit-edit/finding-fields", test_finding_fields);
  g_test_add_func ("/inspections/visit-edit/finding-is-tidied", test_finding_is_tidied);
  return g_test_run ();
}
