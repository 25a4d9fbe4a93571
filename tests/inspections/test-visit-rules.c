/* SPDX-License-Identifier: GPL-3.0-or-later
 * What holds back the finalising of a visit, on both sides of every limit; results, notice, the last visit's answers. */
#include "visit-sample.h"

#include <string.h>

#define NOTHING ((McGapKind) -1)

/* The gaps of @kind; @blocks (may be NULL): whether the last of them blocks. */
static guint
count_gaps (const McVisit *visit, const char *inspector, McGapKind kind, gboolean *blocks)
{
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, SAMPLE_DAY, inspector);
  guint n = 0;

  for (guint i = 0; i < gaps->len; i++)
    {
      const McGap *gap = g_ptr_array_index (gaps, i);

      g_assert_nonnull (gap->text);
      if (gap->kind != kind)
        continue;
      n++;
      if (blocks)
        *blocks = gap->blocks;
    }
  return n;
}

static guint
count_blocking (const McVisit *visit, const char *inspector)
{
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, SAMPLE_DAY, inspector);
  guint n = 0;

  for (guint i = 0; i < gaps->len; i++)
    n += ((McGap *) g_ptr_array_index (gaps, i))->blocks ? 1 : 0;
  g_assert_cmpint (mc_visit_gaps_block (gaps), ==, n > 0);
  return n;
}

static McVisit *
complete_visit (VisitSample *sample)
{
  McVisit *visit;

  visit_sample_init (sample);
  visit = sample_visit (sample);
  conform_all (&visit);
  return visit;
}

static const char *
lead_of (const VisitSample *sample)
{
  return mc_record_get_id (sample->lead);
}

static void
test_complete (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, SAMPLE_DAY, lead_of (&sample));

  g_assert_cmpuint (gaps->len, ==, 0);
  g_assert_false (mc_visit_gaps_block (gaps));
}

static void
test_unanswered (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  answer (&visit, "C6", NULL);
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_UNANSWERED, NULL), ==, 1);
  answer (&visit, "C6", "not_checked"); /* a person said so */
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0);
}

/* An item that does not apply is not asked for; one that may apply is. */
static void
test_unanswered_of_what_applies (void)
{
  static const struct
  {
    const char *kind;
    int beds; /* −1: not known */
    guint gaps;
  } cases[] = {
    { "elder_home", -1, 40 }, { "elder_home", 0, 40 }, { "township_elder_centre", 1, 38 }, { "township_elder_centre", 0, 24 },
    { "township_elder_centre", -1, 38 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;

      visit_sample_init (&sample);
      mc_record_set_text (sample.facility, "kind", cases[i].kind);
      if (cases[i].beds >= 0)
        mc_record_set_integer (sample.facility, "beds", cases[i].beds);
      else
        mc_record_set_null (sample.facility, "beds");
      visit = sample_visit (&sample);
      g_test_message ("%s, %d beds", cases[i].kind, cases[i].beds);
      g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_UNANSWERED, NULL), ==, cases[i].gaps);
    }
}

static void
test_finding (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  const char *lead = lead_of (&sample);

  answer (&visit, "C6", "nonconform");
  g_assert_cmpuint (count_gaps (visit, lead, MC_GAP_FINDING_DESCRIPTION, NULL), ==, 1);
  g_assert_cmpuint (count_gaps (visit, lead, MC_GAP_FINDING_WAY, NULL), ==, 1);
  g_assert_cmpuint (count_blocking (visit, lead), ==, 2);
  note (&visit, "C6", "wet floor");
  set_finding (&visit, "C6", "way", "by_date");
  g_assert_cmpuint (count_gaps (visit, lead, MC_GAP_FINDING_DEADLINE, NULL), ==, 1);
  g_assert_cmpuint (count_blocking (visit, lead), ==, 1);
  set_finding (&visit, "C6", "deadline_on", "2026-11-26");
  g_assert_cmpuint (count_blocking (visit, lead), ==, 0);
  set_field (&visit, "checked_on", "2026-11-18");
  g_assert_cmpuint (count_blocking (visit, lead), ==, 0);
  set_finding (&visit, "C6", "way", "immediate");
  g_assert_cmpuint (count_blocking (visit, lead), ==, 0);
  answer (&visit, "C6", "conform");
  g_assert_cmpuint (count_blocking (visit, lead), ==, 0);
}

/* A day of the check that was corrected later may lie after the deadline. */
static void
test_deadline_before_the_check (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  set_field (&visit, "checked_on", "2026-11-10");
  answer (&visit, "C6", "nonconform");
  note (&visit, "C6", "wet floor");
  set_finding (&visit, "C6", "way", "by_date");
  set_finding (&visit, "C6", "deadline_on", "2026-11-18");
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0);
  set_field (&visit, "checked_on", SAMPLE_DAY);
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_FINDING_DEADLINE, NULL), ==, 1);
}

/* An order on another's matter can come in by a synchronised line; it is not finalised. */
static void
test_order_on_anothers_matter (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  g_autoptr (McVisit) again = NULL;
  g_autoptr (GPtrArray) records = NULL;
  McVisitContext context;

  answer (&visit, "M2", "nonconform");
  note (&visit, "M2", "no sprinklers");
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0); /* referral is there already */
  records = mc_visit_list_records (visit);
  for (guint i = 0; i < records->len; i++)
    if (strcmp (mc_record_get_entity (g_ptr_array_index (records, i))->name, "finding") == 0)
      mc_record_set_text (g_ptr_array_index (records, i), "way", "immediate");
  context = (McVisitContext) { sample.standard, sample.facility, sample.authority, sample.inspectors, sample.matter };
  again = mc_visit_new_from_records (records, &context);
  g_assert_cmpuint (count_gaps (again, lead_of (&sample), MC_GAP_FINDING_NOT_ALLOWED, NULL), ==, 1);
  g_assert_cmpuint (count_blocking (again, lead_of (&sample)), ==, 1);
}

static void
test_grave_ways (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  g_auto (McValue) told = MC_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  answer (&visit, "M2", "nonconform");
  note (&visit, "M2", "no sprinklers");
  set_finding (&visit, "M2", "way", "suspension_order");
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_FINDING_LEGAL_REVIEW, NULL), ==, 1);
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_FINDING_OTHERS_TOLD, NULL), ==, 1);
  set_finding (&visit, "M2", "legal_review", "Reviewer 01");
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 1);
  mc_value_init_integer (&told, 1763712000000);
  take_edit (&visit, mc_visit_with_finding_field (visit, "M2", "others_told_at", &told, &error), error);
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0);
}

static void
test_finding_missing (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  g_autoptr (McVisit) again = NULL;
  g_autoptr (GPtrArray) records = NULL;
  McVisitContext context;

  answer (&visit, "C6", "nonconform");
  records = mc_visit_list_records (visit);
  for (guint i = records->len; i > 0; i--)
    if (strcmp (mc_record_get_entity (g_ptr_array_index (records, i - 1))->name, "finding") == 0)
      g_ptr_array_remove_index (records, i - 1);
  context = (McVisitContext) { sample.standard, sample.facility, sample.authority, sample.inspectors, sample.matter };
  again = mc_visit_new_from_records (records, &context);
  g_assert_cmpuint (count_gaps (again, lead_of (&sample), MC_GAP_FINDING_MISSING, NULL), ==, 1);
  answer (&again, "C6", "nonconform"); /* as the message says: answer it again */
  g_assert_cmpuint (count_gaps (again, lead_of (&sample), MC_GAP_FINDING_MISSING, NULL), ==, 0);
}

static void
test_inspectors (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  set_field (&visit, "assistants", NULL);
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_INSPECTORS, NULL), ==, 1);
  set_field (&visit, "assistants", lead_of (&sample)); /* the lead does not count twice */
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_INSPECTORS, NULL), ==, 1);
  set_field (&visit, "assistants", mc_record_get_id (sample.assistant));
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_INSPECTORS, NULL), ==, 0);
}

static void
test_certificates (void)
{
  static const struct
  {
    const char *lead, *assistant;
    McGapKind kind;
    gboolean blocks;
  } cases[] = {
    { SAMPLE_DAY, SAMPLE_DAY, NOTHING, FALSE }, /* the last day counts */
    { "2026-11-18", SAMPLE_DAY, MC_GAP_CERTIFICATE_EXPIRED, TRUE },
    { SAMPLE_DAY, "2026-11-18", MC_GAP_PARTNER_CERTIFICATE, FALSE },
    { NULL, SAMPLE_DAY, MC_GAP_CERTIFICATE_UNKNOWN, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;
      g_autoptr (GPtrArray) gaps = NULL;

      visit_sample_init (&sample);
      mc_record_set_text (sample.lead, "certificate_expires_on", cases[i].lead);
      mc_record_set_text (sample.assistant, "certificate_expires_on", cases[i].assistant);
      visit = sample_visit (&sample);
      conform_all (&visit);
      gaps = mc_visit_list_gaps (visit, SAMPLE_DAY, lead_of (&sample));
      g_assert_cmpuint (gaps->len, ==, cases[i].kind == NOTHING ? 0 : 1);
      if (gaps->len == 0)
        continue;
      g_assert_cmpint (((McGap *) g_ptr_array_index (gaps, 0))->kind, ==, cases[i].kind);
      g_assert_cmpint (((McGap *) g_ptr_array_index (gaps, 0))->blocks, ==, cases[i].blocks);
    }
}

static void
test_recusal (void)
{
  static const gboolean by_operator[] = { FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (by_operator); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;

      visit_sample_init (&sample);
      mc_record_set_text (sample.assistant, "recusals", by_operator[i] ? "Operator" : mc_record_get_id (sample.facility));
      visit = sample_visit (&sample);
      conform_all (&visit);
      g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_RECUSAL, NULL), ==, 1);
    }
}

static void
test_only_the_lead (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_NOT_LEAD, NULL), ==, 0);
  g_assert_cmpuint (count_gaps (visit, mc_record_get_id (sample.assistant), MC_GAP_NOT_LEAD, NULL), ==, 1);
  g_assert_cmpuint (count_gaps (visit, NULL, MC_GAP_NOT_LEAD, NULL), ==, 1);
}

static void
test_future (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  set_field (&visit, "checked_on", "2026-11-20");
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_FUTURE, NULL), ==, 1);
}

static void
test_states (void)
{
  static const struct
  {
    McRecordState state;
    McGapKind kind;
  } cases[] = { { MC_RECORD_CONFLICT, MC_GAP_CONFLICT }, { MC_RECORD_LATE, MC_GAP_LATE }, { MC_RECORD_UNKNOWN_FIELDS, MC_GAP_NEWER } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint part = 0; part < 2; part++)
      {
        g_auto (VisitSample) sample = { NULL };
        g_autoptr (McVisit) visit = complete_visit (&sample);
        g_autoptr (McVisit) again = NULL;
        g_autoptr (GPtrArray) records = mc_visit_list_records (visit);
        McVisitContext context = { sample.standard, sample.facility, sample.authority, sample.inspectors, sample.matter };

        mc_record_set_state (g_ptr_array_index (records, part), cases[i].state);
        again = mc_visit_new_from_records (records, &context);
        g_assert_cmpuint (count_gaps (again, lead_of (&sample), cases[i].kind, NULL), ==, 1);
        g_assert_cmpuint (count_blocking (again, lead_of (&sample)), ==, 1);
      }
}

static void
test_matter (void)
{
  static const struct
  {
    const char *published;
    guint gaps;
  } cases[] = { { NULL, 1 }, { "2026-11-20", 1 }, { SAMPLE_DAY, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;
      gboolean blocks = TRUE;

      visit_sample_init (&sample);
      mc_record_set_text (sample.matter, "published_on", cases[i].published);
      visit = sample_visit (&sample);
      g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_MATTER, &blocks), ==, cases[i].gaps);
      if (cases[i].gaps)
        g_assert_false (blocks);
    }
}

static void
test_result (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);

  g_assert_cmpstr (mc_visit_get_result (visit), ==, "none_found");
  answer (&visit, "C6", "nonconform");
  g_assert_cmpstr (mc_visit_get_result (visit), ==, "pending");
  set_finding (&visit, "C6", "way", "corrected_on_site");
  g_assert_cmpstr (mc_visit_get_result (visit), ==, "corrected");
  answer (&visit, "M2", "nonconform");
  g_assert_cmpstr (mc_visit_get_result (visit), ==, "pending");
  answer (&visit, "M2", "conform");
  answer (&visit, "C6", "conform");
  g_assert_cmpstr (mc_visit_get_result (visit), ==, "none_found");
  set_field (&visit, "result_code", "uncooperative");
  g_assert_cmpstr (mc_visit_get_result (visit), ==, "uncooperative");
}

/* A place that has closed cannot be checked item by item. */
static void
test_ends_early (void)
{
  static const char *const codes[] = { "unreachable", "no_activity", "uncooperative", "closed" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McVisit) visit = NULL;

      visit_sample_init (&sample);
      visit = sample_visit (&sample);
      g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 41); /* 40 items, and nothing checked at all */
      set_field (&visit, "result_code", codes[i]);
      g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0);
    }
}

static void
test_nothing_checked (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = complete_visit (&sample);
  guint n;
  const McItem *items = mc_standard_get_items (sample.standard, &n);

  for (guint i = 0; i < n; i++)
    answer (&visit, items[i].code, "not_checked");
  g_assert_cmpuint (count_gaps (visit, lead_of (&sample), MC_GAP_RESULT, NULL), ==, 1);
  answer (&visit, "C6", "conform");
  g_assert_cmpuint (count_blocking (visit, lead_of (&sample)), ==, 0);
}

static void
test_notice (void)
{
  static const struct
  {
    const char *key, *type;
    gboolean may;
    int days;
    gboolean has_basis;
  } cases[] = {
    { "elder-care-inspection", "routine", TRUE, 3, TRUE },
    { "elder-care-inspection", "special", TRUE, 3, TRUE },
    { "elder-care-inspection", "case", FALSE, -1, TRUE },
    { "elder-care-inspection", "joint", TRUE, -1, FALSE },
    { "childcare-inspection", "routine", TRUE, -1, FALSE }, /* no source decides for health authorities */
    { "childcare-inspection", "case", FALSE, -1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      McStandard *standard = mc_standards_find_latest (mc_standards_get_builtin (), cases[i].key, SAMPLE_DAY, NULL);
      const McBasis *basis;
      int days = 0;

      g_test_message ("%s %s", cases[i].key, cases[i].type);
      g_assert_cmpint (mc_visit_may_announce (standard, cases[i].type, &days, &basis), ==, cases[i].may);
      g_assert_cmpint (days, ==, cases[i].days);
      g_assert_cmpint (basis != NULL, ==, cases[i].has_basis);
    }
}

/* Whatever a standard says or leaves out: a case check is never announced. */
static void
test_case_check_is_never_announced (void)
{
  McStandard *builtin = mc_standards_find_latest (mc_standards_get_builtin (), "elder-care-inspection", SAMPLE_DAY, NULL);
  GBytes *document = mc_standard_get_document (builtin);
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (document, NULL), (gssize) g_bytes_get_size (document));
  g_autoptr (GBytes) edited = NULL;
  g_autoptr (McStandard) standard = NULL;
  g_autoptr (GError) error = NULL;
  const McBasis *basis;
  int days;

  g_assert_cmpuint (g_string_replace (text, "\"type\": \"case\"", "\"type\": \"recheck\"", 0), ==, 1);
  edited = g_bytes_new (text->str, text->len);
  standard = mc_standard_new_from_bytes (edited, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (mc_visit_may_announce (standard, "case", &days, &basis));
  g_assert_null (basis);
  g_assert_false (mc_visit_may_announce (standard, "recheck", &days, &basis)); /* this standard forbids it */
  g_assert_nonnull (basis);
}

static void
test_previous_answer (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) previous = complete_visit (&sample);
  McStandard *childcare = mc_standards_find_latest (mc_standards_get_builtin (), "childcare-inspection", SAMPLE_DAY, NULL);
  McPreviousAnswer seen;

  answer (&previous, "C6", "nonconform");
  answer (&previous, "C7", "nonconform");
  answer (&previous, "C7", "conform");
  answer (&previous, "C8", NULL);
  g_assert_true (mc_visit_get_previous_answer (previous, sample.standard, "C6", &seen));
  g_assert_cmpstr (seen.value, ==, "nonconform");
  g_assert_cmpint (seen.meaning, ==, MC_ANSWER_NONCONFORM);
  g_assert_nonnull (seen.finding);
  g_assert_true (mc_visit_get_previous_answer (previous, sample.standard, "C7", &seen));
  g_assert_cmpint (seen.meaning, ==, MC_ANSWER_CONFORM);
  g_assert_null (seen.finding); /* withdrawn */
  g_assert_false (mc_visit_get_previous_answer (previous, sample.standard, "C8", &seen));
  g_assert_false (mc_visit_get_previous_answer (previous, sample.standard, "Z1", &seen));
  g_assert_false (mc_visit_get_previous_answer (previous, childcare, "C6", &seen));
  g_assert_false (mc_visit_get_previous_answer (NULL, sample.standard, "C6", &seen));
}

static void
test_progress (void)
{
  g_auto (VisitSample) sample = { NULL };
  g_autoptr (McVisit) visit = NULL;
  g_autoptr (McOutcome) outcome = NULL;

  visit_sample_init (&sample);
  visit = sample_visit (&sample);
  answer (&visit, "C6", "nonconform");
  answer (&visit, "C7", "conform");
  note (&visit, "C8", "a note is no answer");
  outcome = mc_visit_evaluate (visit);
  g_assert_cmpstr (outcome->sections[2].section->code, ==, "C");
  g_assert_cmpuint (outcome->sections[2].counts.items, ==, 9);
  g_assert_cmpuint (outcome->sections[2].counts.unanswered, ==, 7);
  g_assert_cmpuint (outcome->sections[2].counts.nonconform, ==, 1);
  g_assert_cmpuint (outcome->total.unanswered, ==, 38);
}

static void
test_pick_matter (void)
{
  static const struct
  {
    const char *key, *text;
    gboolean fits;
  } cases[] = {
    { NULL, NULL, TRUE },
    { "facility_kinds", "elder_home\nrural_elder_home", TRUE }, { "facility_kinds", "childcare", FALSE },
    { "published_on", SAMPLE_DAY, TRUE }, { "published_on", "2026-11-20", FALSE }, { "published_on", NULL, FALSE },
    { "authority", "01900000-0000-7000-8000-000000000001", FALSE }, { "retired_on", "2026-01-01", FALSE },
    { "standard", "elder-care-inspection", TRUE }, { "standard", "childcare-inspection", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (GPtrArray) matters = g_ptr_array_new ();

      visit_sample_init (&sample);
      if (cases[i].key)
        mc_record_set_text (sample.matter, cases[i].key, cases[i].text);
      g_ptr_array_add (matters, sample.matter);
      g_assert_true (mc_visit_pick_matter (matters, "elder_home", mc_record_get_id (sample.authority), sample.standard, SAMPLE_DAY)
                     == (cases[i].fits ? sample.matter : NULL));
    }
}

/* One that names the standard comes before one that names none, whatever their order. */
static void
test_pick_the_nearer_matter (void)
{
  for (int swap = 0; swap < 2; swap++)
    {
      g_auto (VisitSample) sample = { NULL };
      g_autoptr (McRecord) nearer = NULL;
      g_autoptr (GPtrArray) matters = g_ptr_array_new ();

      visit_sample_init (&sample);
      nearer = mc_record_copy (sample.matter);
      mc_record_set_text (nearer, "standard", "elder-care-inspection");
      g_ptr_array_add (matters, swap ? nearer : sample.matter);
      g_ptr_array_add (matters, swap ? sample.matter : nearer);
      g_assert_true (mc_visit_pick_matter (matters, "elder_home", mc_record_get_id (sample.authority), sample.standard, SAMPLE_DAY) == nearer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inspections/visit-rules/complete", test_complete);
  g_test_add_func ("/inspections/visit-rules/unanswered", test_unanswered);
  g_test_add_func ("/inspections/visit-rules/unanswered-of-what-applies", test_unanswered_of_what_applies);
  g_test_add_func ("/inspections/visit-rules/finding", test_finding);
  g_test_add_func ("/inspections/visit-rules/deadline-before-the-check", test_deadline_before_the_check);
  g_test_add_func ("/inspections/visit-rules/order-on-anothers-matter", test_order_on_anothers_matter);
  g_test_add_func ("/inspections/visit-rules/grave-ways", test_grave_ways);
  g_test_add_func ("/inspections/visit-rules/finding-missing", test_finding_missing);
  g_test_add_func ("/inspections/visit-rules/inspectors", test_inspectors);
  g_test_add_func ("/inspections/visit-rules/certificates", test_certificates);
  g_test_add_func ("/inspections/visit-rules/recusal", test_recusal);
  g_test_add_func ("/inspections/visit-rules/only-the-lead", test_only_the_lead);
  g_test_add_func ("/inspections/visit-rules/future", test_future);
  g_test_add_func ("/inspections/visit-rules/states", test_states);
  g_test_add_func ("/inspections/visit-rules/matter", test_matter);
  g_test_add_func ("/inspections/visit-rules/result", test_result);
  g_test_add_func ("/inspections/visit-rules/ends-early", test_ends_early);
  g_test_add_func ("/inspections/visit-rules/nothing-checked", test_nothing_checked);
  g_test_add_func ("/inspections/visit-rules/notice", test_notice);
  g_test_add_func ("/inspections/visit-rules/case-check-is-never-announced", test_case_check_is_never_announced);
  g_test_add_func ("/inspections/visit-rules/previous-answer", test_previous_answer);
  g_test_add_func ("/inspections/visit-rules/progress", test_progress);
  g_test_add_func ("/inspections/visit-rules/pick-matter", test_pick_matter);
  g_test_add_func ("/inspections/visit-rules/pick-the-nearer-matter", test_pick_the_nearer_matter);
  return g_test_run ();
}
