/* SPDX-License-Identifier: GPL-3.0-or-later
 * The outcome of an assessment: counts, vetoes, and grades by total and by section, on both sides of every limit. */
#include "standards/mc-assessment.h"

#include <string.h>

#define BASIS "\"basis\":{\"document\":\"Law\",\"certainty\":\"found\"}"
#define HEAD(kind) \
  "{\"id\":\"test\",\"version\":\"1\",\"kind\":\"" kind "\",\"title\":\"T\",\"authority_kind\":\"civil_affairs\"," BASIS "," \
  "\"effective_from\":\"2019-07-01\",\"answers\":[{\"code\":\"conform\",\"label\":\"Y\"},{\"code\":\"nonconform\",\"label\":\"N\"}," \
  "{\"code\":\"not_applicable\",\"label\":\"NA\"},{\"code\":\"not_checked\",\"label\":\"NC\"}],"
#define ITEM(code, section, rest) \
  "{\"code\":\"" code "\",\"section\":\"" section "\",\"text\":\"t\",\"plain\":\"p\"," BASIS ",\"competent\":[\"civil_affairs\"]," rest "}"

/* Sections and cut-offs of GB/T 37276-2018 as its regional rules give them; "P" stands for the basic requirements. */
static const char rating[] = HEAD ("rating")
  "\"sections\":[{\"code\":\"E\",\"title\":\"e\",\"max\":120},{\"code\":\"F\",\"title\":\"f\",\"max\":130},"
  "{\"code\":\"O\",\"title\":\"o\",\"max\":150},{\"code\":\"S\",\"title\":\"s\",\"max\":600},{\"code\":\"P\",\"title\":\"p\"}],"
  "\"items\":[" ITEM ("E1", "E", "\"answer\":\"score\",\"max\":120") "," ITEM ("F1", "F", "\"answer\":\"score\",\"max\":130") ","
  ITEM ("O1", "O", "\"answer\":\"score\",\"max\":150") "," ITEM ("S1", "S", "\"answer\":\"score\",\"max\":600") ","
  ITEM ("P1", "P", "\"answer\":\"conform\"") "," ITEM ("P2", "P", "\"answer\":\"conform\",\"veto\":true") "],"
  "\"grades\":[{\"grade\":\"1\",\"min_total\":360,\"min_section_percent\":40},{\"grade\":\"2\",\"min_total\":450,\"min_section_percent\":50},"
  "{\"grade\":\"3\",\"min_total\":570,\"min_section_percent\":60},{\"grade\":\"4\",\"min_total\":780,\"min_section_percent\":80},"
  "{\"grade\":\"5\",\"min_total\":900,\"min_section_percent\":90,\"requires\":[\"P1\"]}]}";

/* The total binds here: the percentages are low. */
static const char total_binds[] = HEAD ("rating")
  "\"sections\":[{\"code\":\"A\",\"title\":\"a\"},{\"code\":\"B\",\"title\":\"b\"}],"
  "\"items\":[" ITEM ("A1", "A", "\"answer\":\"score\",\"max\":50") "," ITEM ("B1", "B", "\"answer\":\"score\",\"max\":50") "],"
  "\"grades\":[{\"grade\":\"pass\",\"min_total\":60,\"min_section_percent\":20}]}";

static const char checklist[] = HEAD ("inspection")
  "\"sections\":[{\"code\":\"A\",\"title\":\"a\"},{\"code\":\"B\",\"title\":\"b\"}],"
  "\"items\":[" ITEM ("A1", "A", "\"answer\":\"conform\"") "," ITEM ("A2", "A", "\"answer\":\"conform\",\"applies_if\":{\"field\":\"beds\",\"ge\":10}") ","
  ITEM ("B1", "B", "\"answer\":\"conform\",\"veto\":true") "," ITEM ("B2", "B", "\"answer\":\"number\"") ","
  ITEM ("B3", "B", "\"answer\":\"document\"") "]}";

static McStandard *
read_standard (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  McStandard *standard = mc_standard_new_from_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  return standard;
}

/* @answers: "CODE=VALUE CODE=VALUE …" */
static McOutcome *
evaluate (McStandard *standard, const McRecord *facility, const char *answers)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (answers, " ", -1);

  for (guint i = 0; pairs[i]; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      if (*pairs[i])
        g_hash_table_insert (table, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  return mc_assessment_evaluate (standard, facility, NULL, table);
}

/* Per section minimum in points: 48/52/60/240, 60/65/75/300, 72/78/90/360, 96/104/120/480, 108/117/135/540. */
static void
test_grades_of_gb37276 (void)
{
  static const struct
  {
    const char *answers;
    const char *grade;
  } cases[] = {
    { "E1=120 F1=130 O1=150 S1=600 P1=conform P2=conform", "5" },
    { "E1=108 F1=117 O1=135 S1=540 P1=conform P2=conform", "5" },
    { "E1=107.99 F1=117 O1=135 S1=600 P1=conform P2=conform", "4" },
    { "E1=108 F1=116.99 O1=135 S1=600 P1=conform P2=conform", "4" },
    { "E1=108 F1=117 O1=134.99 S1=600 P1=conform P2=conform", "4" },
    { "E1=120 F1=130 O1=150 S1=539.99 P1=conform P2=conform", "4" },
    { "E1=120 F1=130 O1=150 S1=600 P1=nonconform P2=conform", "4" },     /* required for 5 */
    { "E1=120 F1=130 O1=150 S1=600 P1=not_applicable P2=conform", "5" },
    { "E1=96 F1=104 O1=120 S1=480 P1=conform P2=conform", "4" },
    { "E1=95.99 F1=130 O1=150 S1=600 P1=conform P2=conform", "3" },
    { "E1=120 F1=130 O1=150 S1=479.99 P1=conform P2=conform", "3" },      /* 879.99 points in all: the section binds */
    { "E1=72 F1=78 O1=90 S1=360 P1=conform P2=conform", "3" },
    { "E1=72 F1=77.99 O1=90 S1=600 P1=conform P2=conform", "2" },
    { "E1=60 F1=65 O1=75 S1=300 P1=conform P2=conform", "2" },
    { "E1=60 F1=65 O1=74.99 S1=600 P1=conform P2=conform", "1" },
    { "E1=48 F1=52 O1=60 S1=240 P1=conform P2=conform", "1" },
    { "E1=48 F1=52 O1=60 S1=239.99 P1=conform P2=conform", NULL },
    { "E1=47.99 F1=130 O1=150 S1=600 P1=conform P2=conform", NULL },
    { "E1=120 F1=130 O1=150 S1=600 P1=conform P2=nonconform", NULL },     /* veto */
    { "E1=120 F1=130 O1=150 S1=600 P1=conform", NULL },                   /* something is unanswered */
    { "", NULL },
  };
  g_autoptr (McStandard) standard = read_standard (rating);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McOutcome) outcome = evaluate (standard, NULL, cases[i].answers);

      g_test_message ("%s", cases[i].answers);
      g_assert_cmpint (outcome->max, ==, 100000);
      g_assert_cmpstr (outcome->grade ? outcome->grade->grade : NULL, ==, cases[i].grade);
    }
}

static void
test_total (void)
{
  static const struct
  {
    const char *answers;
    gboolean pass;
  } cases[] = {
    { "A1=50 B1=10", TRUE }, { "A1=49.99 B1=10", FALSE }, { "A1=50 B1=9.99", FALSE }, { "A1=30 B1=30", TRUE }, { "A1=30 B1=29.99", FALSE },
  };
  g_autoptr (McStandard) standard = read_standard (total_binds);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McOutcome) outcome = evaluate (standard, NULL, cases[i].answers);

      g_test_message ("%s", cases[i].answers);
      g_assert_cmpint (outcome->grade != NULL, ==, cases[i].pass);
    }
}

static void
test_shortfalls (void)
{
  g_autoptr (McStandard) standard = read_standard (rating);
  g_autoptr (McOutcome) outcome = evaluate (standard, NULL, "E1=100 F1=117 O1=135 S1=540 P1=nonconform P2=conform");
  g_autoptr (McOutcome) best = evaluate (standard, NULL, "E1=120 F1=130 O1=150 S1=600 P1=conform P2=conform");
  McShortfall *lack = (McShortfall *) outcome->shortfalls->data;

  g_assert_cmpstr (outcome->grade->grade, ==, "4");
  g_assert_cmpuint (outcome->shortfalls->len, ==, 3);
  g_assert_cmpstr (lack[0].grade->grade, ==, "5");
  g_assert_null (lack[0].section);
  g_assert_cmpint (lack[0].missing, ==, 800);   /* 892 of 900 */
  g_assert_cmpstr (lack[1].section->code, ==, "E");
  g_assert_cmpint (lack[1].missing, ==, 800);   /* 100 of 108 */
  g_assert_cmpstr (lack[2].item->code, ==, "P1");
  g_assert_cmpuint (best->shortfalls->len, ==, 0);
}

static void
test_counts (void)
{
  g_autoptr (McStandard) standard = read_standard (checklist);
  g_autoptr (McOutcome) outcome = evaluate (standard, NULL, "A1=conform B1=nonconform B2=3 B3=not_checked");

  g_assert_cmpuint (outcome->total.items, ==, 5);
  g_assert_cmpuint (outcome->total.conform, ==, 1);
  g_assert_cmpuint (outcome->total.nonconform, ==, 1);
  g_assert_cmpuint (outcome->total.values, ==, 1);
  g_assert_cmpuint (outcome->total.not_checked, ==, 1);
  g_assert_cmpuint (outcome->total.unanswered, ==, 1);
  g_assert_cmpuint (outcome->sections[0].counts.items, ==, 2);
  g_assert_cmpuint (outcome->sections[1].counts.unanswered, ==, 0);
  g_assert_cmpstr (((const McItem *) g_ptr_array_index (outcome->unanswered, 0))->code, ==, "A2");
  g_assert_cmpstr (((const McItem *) g_ptr_array_index (outcome->nonconform, 0))->code, ==, "B1");
  g_assert_cmpstr (((const McItem *) g_ptr_array_index (outcome->vetoed, 0))->code, ==, "B1");
  g_assert_null (outcome->grade);
}

/* An item that does not apply is not asked for; one whose condition is not known is; one that was answered always counts. */
static void
test_applicability (void)
{
  static const struct
  {
    int beds; /* −1: not known */
    const char *answers;
    guint items, unanswered, nonconform;
  } cases[] = {
    { 9, "", 4, 4, 0 }, { 10, "", 5, 5, 0 }, { -1, "", 5, 5, 0 }, { 9, "A2=nonconform", 5, 4, 1 }, { 9, "A2=", 4, 4, 0 },
  };
  g_autoptr (McStandard) standard = read_standard (checklist);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (McRecord) facility = mc_record_new (mc_entity_find ("facility"), NULL);
      g_autoptr (McOutcome) outcome = NULL;

      if (cases[i].beds >= 0)
        mc_record_set_integer (facility, "beds", cases[i].beds);
      outcome = evaluate (standard, facility, cases[i].answers);
      g_assert_cmpuint (outcome->total.items, ==, cases[i].items);
      g_assert_cmpuint (outcome->total.unanswered, ==, cases[i].unanswered);
      g_assert_cmpuint (outcome->total.nonconform, ==, cases[i].nonconform);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/standards/assessment/grades-of-gb37276", test_grades_of_gb37276);
  g_test_add_func ("/standards/assessment/total", test_total);
  g_test_add_func ("/standards/assessment/shortfalls", test_shortfalls);
  g_test_add_func ("/standards/assessment/counts", test_counts);
  g_test_add_func ("/standards/assessment/applicability", test_applicability);
  return g_test_run ();
}
