/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is wrong or doubtful in the record of a facility. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-credit-code.h"
#include "mc-facility-private.h"
#include "mc-record-check.h"
#include "store/mc-code-list.h"

#define MAX_NAME_CHARACTERS 200
#define PLAUSIBLE_BEDS 5000
#define PLAUSIBLE_PLACES 1000

/* Measures for the Administration of Elder-care Institutions (Order 66 of the Ministry of Civil Affairs), article 2. */
#define MIN_BEDS_OF_INSTITUTION 10

/* The national inclusive programme pays 20,000 yuan a bed and 10,000 yuan a place: a hint only, towns do otherwise. */
#define FEN_PER_BED (20000 * 100)
#define FEN_PER_PLACE (10000 * 100)
#define FEN_PER_WAN 1000000

static void
add (GPtrArray *problems, McProblem *problem)
{
  g_ptr_array_add (problems, problem);
}

static void
check_name (GPtrArray *problems, const McRecord *facility)
{
  const char *name = mc_record_get_text (facility, "name");

  if (name == NULL)
    return;
  if (g_utf8_strlen (name, -1) > MAX_NAME_CHARACTERS)
    add (problems, mc_problem_new (MC_PROBLEM_ERROR, "name", _("The name has %ld characters; at most %d are allowed."), g_utf8_strlen (name, -1), MAX_NAME_CHARACTERS));
  if (strpbrk (name, "\n\r\t"))
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "name", _("The name contains a line break or a tab.")));
}

static void
check_credit_code (GPtrArray *problems, const McRecord *facility)
{
  const char *code = mc_record_get_text (facility, "credit_code");
  g_autofree char *wrong = code ? mc_credit_code_explain (code) : NULL;
  g_autofree char *normal = code ? mc_credit_code_normalise (code) : NULL;

  if (wrong)
    add (problems, mc_problem_new (MC_PROBLEM_ERROR, "credit_code", "%s", wrong));
  else if (code && strcmp (code, normal) != 0)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "credit_code", _("The credit code is written %s."), normal));
}

/* A part cannot be larger than the whole. */
static void
check_part (GPtrArray *problems, const McRecord *facility, const char *part, const char *whole)
{
  gint64 part_number = mc_record_get_integer (facility, part, -1);
  gint64 whole_number = mc_record_get_integer (facility, whole, -1);

  if (part_number < 0)
    return;
  if (whole_number < 0 && mc_record_is_null (facility, whole))
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, whole, _("%s is given, but %s is not."), mc_check_label (facility, part), mc_check_label (facility, whole)));
  else if (part_number > whole_number)
    add (problems, mc_problem_new (MC_PROBLEM_ERROR, part, _("%s (%lld) cannot be more than %s (%lld)."),
                                   mc_check_label (facility, part), (long long) part_number, mc_check_label (facility, whole),
                                   (long long) whole_number));
}

static void
check_plausible (GPtrArray *problems, const McRecord *facility, const char *key, gint64 most)
{
  gint64 number = mc_record_get_integer (facility, key, 0);

  if (number > most)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, key, _("%s: %lld is unusually many."), mc_check_label (facility, key), (long long) number));
}

static void
check_capacity (GPtrArray *problems, const McRecord *facility)
{
  const char *kind = mc_record_get_text (facility, "kind");
  McFacilityGroup group = mc_facility_group_of_kind (kind);
  gint64 beds = mc_record_get_integer (facility, "beds", -1);

  check_part (problems, facility, "nursing_beds", "beds");
  check_part (problems, facility, "dementia_beds", "beds");
  check_plausible (problems, facility, "beds", PLAUSIBLE_BEDS);
  check_plausible (problems, facility, "childcare_places", PLAUSIBLE_PLACES);
  if (group == MC_GROUP_ELDER && mc_record_get_integer (facility, "childcare_places", 0) > 0)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "childcare_places", _("An elder-care place with childcare places: if both are run there, they are two facilities.")));
  if (group == MC_GROUP_CHILDCARE && beds > 0)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "beds", _("A childcare place with elder-care beds: if both are run there, they are two facilities.")));
  if (g_strcmp0 (kind, "elder_home") == 0 && beds >= 0 && beds < MIN_BEDS_OF_INSTITUTION)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "beds", _("An elder-care institution has at least 10 beds (Order 66 of the Ministry of Civil Affairs).")));
}

static void
check_grade (GPtrArray *problems, const McRecord *facility)
{
  const char *kind = mc_record_get_text (facility, "kind");
  const McCode *grade = mc_code_find ("grade", mc_record_get_text (facility, "grade"));
  const char *fits = NULL;

  if (kind == NULL || grade == NULL)
    return;
  if (strcmp (kind, "elder_home") == 0 || strcmp (kind, "rural_elder_home") == 0)
    fits = "elder_home";
  else if (strcmp (kind, "township_elder_centre") == 0 || strcmp (kind, "community_elder_centre") == 0)
    fits = "centre";
  else if (mc_facility_group_of_kind (kind) == MC_GROUP_CHILDCARE)
    fits = "childcare";
  if (g_strcmp0 (grade->group, fits) != 0)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "grade", _("The grade %s is not one for this kind of facility."), grade->label));
}

static void
check_order (GPtrArray *problems, const McRecord *facility, const char *earlier, const char *later)
{
  const char *first = mc_record_get_text (facility, earlier);
  const char *second = mc_record_get_text (facility, later);
  GDate a, b;

  if (mc_check_parse_date (first, &a) && mc_check_parse_date (second, &b) && g_date_compare (&a, &b) > 0)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, later, _("%s (%s) is before %s (%s)."), mc_check_label (facility, later), second,
                                   mc_check_label (facility, earlier), first));
}

static void
check_days (GPtrArray *problems, const McRecord *facility, const GDate *today)
{
  mc_check_not_after (problems, MC_PROBLEM_ERROR, facility, "registered_on", today);
  mc_check_not_after (problems, MC_PROBLEM_ERROR, facility, "filed_on", today);
  if (g_strcmp0 (mc_record_get_text (facility, "status"), "preparing") != 0)
    mc_check_not_after (problems, MC_PROBLEM_CHECK, facility, "opened_on", today);
  check_order (problems, facility, "registered_on", "filed_on");
  check_order (problems, facility, "registered_on", "opened_on");
}

static void
check_money (GPtrArray *problems, const McRecord *facility)
{
  McFacilityGroup group = mc_facility_group_of_kind (mc_record_get_text (facility, "kind"));
  gint64 all = mc_record_get_integer (facility, "investment", -1);
  gint64 central = mc_record_get_integer (facility, "central_investment", -1);
  gint64 units = mc_record_get_integer (facility, group == MC_GROUP_ELDER ? "beds" : "childcare_places", -1);
  gint64 usual = units * (group == MC_GROUP_ELDER ? FEN_PER_BED : FEN_PER_PLACE);

  if (all >= 0 && central > all)
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "central_investment", _("The central budget investment is more than the total investment.")));
  if (central <= 0 || units < 0 || units > PLAUSIBLE_BEDS || group == MC_GROUP_NONE || central == usual)
    return;
  add (problems, mc_problem_new (MC_PROBLEM_CHECK, "central_investment",
                                 group == MC_GROUP_ELDER ? _("By 20,000 yuan a bed it would be %lld ten thousand yuan. This is a hint only.")
                                                         : _("By 10,000 yuan a place it would be %lld ten thousand yuan. This is a hint only."),
                                 (long long) (usual / FEN_PER_WAN)));
}

static void
check_breadth_of_area (GPtrArray *problems, const McRecord *facility, McAreaTree *tree)
{
  const McArea *area = tree ? mc_area_tree_find (tree, mc_record_get_text (facility, "area")) : NULL;

  if (area && (g_strcmp0 (area->level, "province") == 0 || g_strcmp0 (area->level, "city") == 0))
    add (problems, mc_problem_new (MC_PROBLEM_CHECK, "area", _("%s: only the %s is given, no county or township."), mc_check_label (facility, "area"), area->name));
}

GPtrArray *
mc_facility_check (const McRecord *facility, McAreaTree *tree, const GDate *today)
{
  GPtrArray *problems = mc_problems_new ();

  mc_check_required (problems, facility);
  mc_check_choices (problems, facility);
  mc_check_numbers (problems, facility);
  mc_check_dates (problems, facility);
  mc_check_area (problems, facility, tree);
  check_name (problems, facility);
  check_credit_code (problems, facility);
  check_capacity (problems, facility);
  check_grade (problems, facility);
  check_days (problems, facility, today);
  check_money (problems, facility);
  check_breadth_of_area (problems, facility, tree);
  mc_check_phone (problems, facility, "contact_phone");
  return problems;
}
