/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rules of a visit: what is missing before it can be finalised, its result, notice, and what the last one said. */
#include <glib/gi18n.h>
#include <string.h>

#include "mc-visit-private.h"
#include "standards/mc-iso-date.h"

typedef struct
{
  const McVisit *visit;
  GPtrArray *gaps;
} Check;

void
mc_gap_free (McGap *gap)
{
  g_free (gap->text);
  g_free (gap);
}

/* Takes @text. */
static void
add_gap (Check *check, McGapKind kind, gboolean blocks, const McItem *item, const char *key, char *text)
{
  McGap *gap = g_new0 (McGap, 1);

  *gap = (McGap) { kind, blocks, item, key, text };
  g_ptr_array_add (check->gaps, gap);
}

static GHashTable *
collect_values (const McVisit *self)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer code, part;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &code, &part))
    {
      const char *value = mc_record_get_text (((McVisitPart *) part)->record, "value");

      if (value)
        g_hash_table_insert (values, code, (gpointer) value);
    }
  return values;
}

McOutcome *
mc_visit_evaluate (const McVisit *self)
{
  g_autoptr (GHashTable) values = collect_values (self);

  return mc_assessment_evaluate (self->standard, mc_visit_get_facility (self), mc_visit_get_record (self), values);
}

/* --- items and findings ----------------------------------------------------------------------------------- */

static void
check_grave_way (Check *check, const McItem *item, const McRecord *finding)
{
  if (!mc_finding_way_is_grave (mc_record_get_text (finding, "way")))
    return;
  if (mc_record_is_null (finding, "legal_review"))
    add_gap (check, MC_GAP_FINDING_LEGAL_REVIEW, TRUE, item, "legal_review",
             g_strdup_printf (_("%s: a suspension or an urgent measure needs its legal review."), item->code));
  if (mc_record_is_null (finding, "others_told_at"))
    add_gap (check, MC_GAP_FINDING_OTHERS_TOLD, TRUE, item, "others_told_at",
             g_strdup_printf (_("%s: write down when the other departments were told."), item->code));
}

static void
check_way (Check *check, const McItem *item, const McRecord *finding)
{
  const char *way = mc_record_get_text (finding, "way");
  g_autofree char *reason = NULL;

  if (!way)
    {
      add_gap (check, MC_GAP_FINDING_WAY, TRUE, item, "way", g_strdup_printf (_("%s: how is it to be corrected?"), item->code));
      return;
    }
  if (!mc_finding_way_allowed (way, mc_record_get_text (finding, "competent"), mc_visit_get_own_kind_for (check->visit, mc_record_get_text (finding, "competent")),
                               mc_record_get_text (finding, "severity"), &reason))
    add_gap (check, MC_GAP_FINDING_NOT_ALLOWED, TRUE, item, "way", g_strdup_printf ("%s: %s", item->code, reason));
  if (mc_finding_way_needs_deadline (way) && mc_record_is_null (finding, "deadline_on"))
    add_gap (check, MC_GAP_FINDING_DEADLINE, TRUE, item, "deadline_on", g_strdup_printf (_("%s: by which day is it to be corrected?"), item->code));
  else if (!mc_record_is_null (finding, "deadline_on")
           && g_strcmp0 (mc_record_get_text (finding, "deadline_on"), mc_record_get_text (mc_visit_get_record (check->visit), "checked_on")) < 0)
    add_gap (check, MC_GAP_FINDING_DEADLINE, TRUE, item, "deadline_on", g_strdup_printf (_("%s: the deadline is before the day of the check."), item->code));
  check_grave_way (check, item, finding);
}

static void
check_finding (Check *check, const McItem *item)
{
  const McRecord *finding = mc_visit_get_finding (check->visit, item->code);
  const char *value = mc_visit_get_value (check->visit, item->code);
  gboolean nonconform = mc_standard_read_answer (check->visit->standard, item, value) == MC_ANSWER_NONCONFORM;

  if (finding && !mc_finding_is_open (finding))
    finding = NULL;
  if (!finding)
    {
      if (nonconform)
        add_gap (check, MC_GAP_FINDING_MISSING, TRUE, item, NULL, g_strdup_printf (_("%s: does not conform, but has no finding; answer it again."), item->code));
      return;
    }
  if (mc_record_is_null (finding, "description"))
    add_gap (check, MC_GAP_FINDING_DESCRIPTION, TRUE, item, "description", g_strdup_printf (_("%s: what was found?"), item->code));
  check_way (check, item, finding);
}

static void
check_items (Check *check, const McOutcome *outcome)
{
  const McVisit *visit = check->visit;
  gboolean early = mc_visit_result_ends_early (mc_record_get_text (mc_visit_get_record (visit), "result_code"));
  const McItem *items;
  guint n;

  items = mc_standard_get_items (visit->standard, &n);
  for (guint i = 0; i < n; i++)
    {
      if (!early && g_ptr_array_find (outcome->unanswered, &items[i], NULL))
        add_gap (check, MC_GAP_UNANSWERED, TRUE, &items[i], NULL, g_strdup_printf (_("%s: not answered."), items[i].code));
      check_finding (check, &items[i]);
    }
  if (!early && outcome->total.conform + outcome->total.nonconform + outcome->total.values == 0)
    add_gap (check, MC_GAP_RESULT, TRUE, NULL, "result_code", g_strdup (_("No item was checked: give the result that says why.")));
}

/* --- people ----------------------------------------------------------------------------------------------- */

static const char *
name_of (const McRecord *inspector)
{
  const char *name = inspector ? mc_record_get_text (inspector, "name") : NULL;

  return name ? name : _("an inspector that is not known here");
}

static void
check_certificate (Check *check, const char *id, gboolean lead, const char *checked_on)
{
  const McRecord *inspector = mc_visit_find_inspector (check->visit, id);
  const char *expires = inspector ? mc_record_get_text (inspector, "certificate_expires_on") : NULL;

  if (!expires)
    add_gap (check, MC_GAP_CERTIFICATE_UNKNOWN, FALSE, NULL, lead ? "lead" : "assistants",
             g_strdup_printf (_("%s: until when the certificate is valid is not in the register."), name_of (inspector)));
  else if (g_strcmp0 (expires, checked_on) < 0)
    add_gap (check, lead ? MC_GAP_CERTIFICATE_EXPIRED : MC_GAP_PARTNER_CERTIFICATE, lead, NULL, lead ? "lead" : "assistants",
             g_strdup_printf (_("%s: the certificate was valid until %s only."), name_of (inspector), expires));
}

static void
check_recusal (Check *check, const char *id)
{
  const McRecord *inspector = mc_visit_find_inspector (check->visit, id);
  const McRecord *facility = mc_visit_get_facility (check->visit);
  const char *recusals = inspector ? mc_record_get_text (inspector, "recusals") : NULL;
  g_auto (GStrv) from = g_strsplit (recusals ? recusals : "", "\n", -1);
  const char *operator = facility ? mc_record_get_text (facility, "operator") : NULL;

  if ((facility && g_strv_contains ((const char *const *) from, mc_record_get_id (facility)))
      || (operator && g_strv_contains ((const char *const *) from, operator)))
    add_gap (check, MC_GAP_RECUSAL, TRUE, NULL, "lead", g_strdup_printf (_("%s is recused from this place."), name_of (inspector)));
}

static void
check_people (Check *check, const char *inspector)
{
  const McVisit *visit = check->visit;
  const McRecord *record = mc_visit_get_record (visit);
  const char *checked_on = mc_record_get_text (record, "checked_on");
  const char *lead = mc_record_get_text (record, "lead");
  g_auto (GStrv) ids = mc_visit_get_inspector_ids (visit);
  guint least = mc_standard_get_inspectors_min (visit->standard, NULL);

  if (g_strv_length (ids) < least)
    add_gap (check, MC_GAP_INSPECTORS, TRUE, NULL, "assistants",
             g_strdup_printf (ngettext ("A check needs at least %u inspector.", "A check needs at least %u inspectors.", least), least));
  for (guint i = 0; ids[i]; i++)
    {
      check_certificate (check, ids[i], g_strcmp0 (ids[i], lead) == 0, checked_on);
      check_recusal (check, ids[i]);
    }
  if (!inspector || g_strcmp0 (inspector, lead) != 0)
    add_gap (check, MC_GAP_NOT_LEAD, TRUE, NULL, "lead",
             g_strdup_printf (_("Only the lead inspector (%s) finalises."), name_of (mc_visit_find_inspector (visit, lead))));
}

/* A joint check is one of two authorities or more (opinions of Jiaxing on joint supervision, 2022, No. 1). */
static void
check_parties (Check *check)
{
  g_autoptr (GPtrArray) parties = mc_visit_list_parties (check->visit, FALSE);

  if (parties->len == 0 && g_strcmp0 (mc_record_get_text (mc_visit_get_record (check->visit), "type"), "joint") == 0)
    add_gap (check, MC_GAP_JOINT, TRUE, NULL, "type", g_strdup (_("A joint check needs two authorities or more: add the others that take part.")));
  for (guint i = 0; i < parties->len; i++)
    {
      const McRecord *party = g_ptr_array_index (parties, i);
      const McRecord *authority = mc_visit_find_authority (check->visit, mc_record_get_text (party, "authority"));

      if (mc_record_is_null (party, "lead"))
        add_gap (check, MC_GAP_PARTY_LEAD, TRUE, NULL, "parties",
                 g_strdup_printf (_("%s takes part: who came for it?"), authority ? mc_record_get_text (authority, "name") : _("An authority that is not known here")));
    }
}

/* --- the visit as a whole --------------------------------------------------------------------------------- */

static void
check_record (Check *check, const char *today)
{
  const McVisit *visit = check->visit;
  const char *checked_on = mc_record_get_text (mc_visit_get_record (visit), "checked_on");
  const McRecord *matter = mc_visit_get_matter (visit);
  const char *published = matter ? mc_record_get_text (matter, "published_on") : NULL;
  McRecordState state = mc_visit_get_state (visit);

  if (g_strcmp0 (checked_on, today) > 0)
    add_gap (check, MC_GAP_FUTURE, TRUE, NULL, "checked_on", g_strdup (_("The day of the check has not come.")));
  if (state & MC_RECORD_CONFLICT)
    add_gap (check, MC_GAP_CONFLICT, TRUE, NULL, NULL, g_strdup (_("Two edits disagree: pick the right one first.")));
  if (state & MC_RECORD_LATE)
    add_gap (check, MC_GAP_LATE, TRUE, NULL, NULL, g_strdup (_("A late change waits: take it in or set it aside first.")));
  if (state & MC_RECORD_UNKNOWN_FIELDS)
    add_gap (check, MC_GAP_NEWER, TRUE, NULL, NULL, g_strdup (_("A newer version of the program wrote a part of this: update first.")));
  if (!published || g_strcmp0 (published, checked_on) > 0)
    add_gap (check, MC_GAP_MATTER, FALSE, NULL, "check_matter", g_strdup (_("No published check matter is named: what is not published may not be checked.")));
}

GPtrArray *
mc_visit_list_gaps (const McVisit *self, const char *today, const char *inspector)
{
  g_autoptr (McOutcome) outcome = mc_visit_evaluate (self);

  return mc_visit_list_gaps_of (self, outcome, today, inspector);
}

GPtrArray *
mc_visit_list_gaps_of (const McVisit *self, const McOutcome *outcome, const char *today, const char *inspector)
{
  Check check = { self, g_ptr_array_new_with_free_func ((GDestroyNotify) mc_gap_free) };

  check_items (&check, outcome);
  check_people (&check, inspector);
  check_parties (&check);
  check_record (&check, today);
  return check.gaps;
}

gboolean
mc_visit_gaps_block (GPtrArray *gaps)
{
  for (guint i = 0; i < gaps->len; i++)
    if (((McGap *) g_ptr_array_index (gaps, i))->blocks)
      return TRUE;
  return FALSE;
}

gboolean
mc_visit_result_ends_early (const char *result)
{
  static const char *const early[] = { "unreachable", "no_activity", "uncooperative", "closed", NULL };

  return result && g_strv_contains (early, result);
}

const char *
mc_visit_get_result (const McVisit *self)
{
  const char *set = mc_record_get_text (mc_visit_get_record (self), "result_code");
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (self, FALSE);

  if (mc_visit_result_ends_early (set))
    return set;
  if (findings->len == 0)
    return "none_found";
  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (mc_record_get_text (g_ptr_array_index (findings, i), "way"), "corrected_on_site") != 0)
      return "pending";
  return "corrected";
}

gboolean
mc_visit_may_announce (McStandard *standard, const char *type, int *working_days, const McBasis **basis)
{
  const McNoticeRule *rule = mc_standard_find_notice_rule (standard, type);

  if (basis)
    *basis = rule ? &rule->basis : NULL;
  if (working_days)
    *working_days = rule ? rule->working_days : -1;
  return strcmp (type, "case") != 0 && !(rule && rule->forbidden);
}

gboolean
mc_visit_get_previous_answer (const McVisit *previous, McStandard *standard, const char *code, McPreviousAnswer *answer)
{
  const McItem *item;
  const McRecord *finding;

  if (!previous || strcmp (mc_standard_get_key (previous->standard), mc_standard_get_key (standard)) != 0)
    return FALSE;
  item = mc_standard_find_item (previous->standard, code);
  if (!item)
    return FALSE;
  finding = mc_visit_get_finding (previous, code);
  answer->value = mc_visit_get_value (previous, code);
  answer->label = mc_standard_answer_label (previous->standard, item, answer->value);
  answer->meaning = mc_standard_read_answer (previous->standard, item, answer->value);
  answer->finding = finding && mc_finding_is_open (finding) ? finding : NULL;
  return answer->value != NULL || answer->finding != NULL;
}

static gboolean
matter_fits (const McRecord *matter, const char *facility_kind, const char *authority, const char *key, const char *day)
{
  const char *kinds = mc_record_get_text (matter, "facility_kinds");
  const char *published = mc_record_get_text (matter, "published_on");
  const char *standard = mc_record_get_text (matter, "standard");
  g_auto (GStrv) list = g_strsplit (kinds ? kinds : "", "\n", -1);

  return published && strcmp (published, day) <= 0 && mc_record_is_null (matter, "retired_on") && mc_record_is_null (matter, "same_as")
         && g_strcmp0 (mc_record_get_text (matter, "authority"), authority) == 0
         && facility_kind && g_strv_contains ((const char *const *) list, facility_kind)
         && (!standard || strcmp (standard, key) == 0);
}

const McRecord *
mc_visit_pick_matter (GPtrArray *matters, const char *facility_kind, const char *authority, McStandard *standard, const char *day)
{
  const char *key = mc_standard_get_key (standard);
  const McRecord *best = NULL;

  for (guint i = 0; i < matters->len; i++)
    {
      const McRecord *matter = g_ptr_array_index (matters, i);

      if (!matter_fits (matter, facility_kind, authority, key, day))
        continue;
      /* One that names the standard before one that names none; then by id, so that it does not depend on the order. */
      if (!best || mc_record_is_null (best, "standard") > mc_record_is_null (matter, "standard")
          || (mc_record_is_null (best, "standard") == mc_record_is_null (matter, "standard")
              && strcmp (mc_record_get_id (matter), mc_record_get_id (best)) < 0))
        best = matter;
    }
  return best;
}
