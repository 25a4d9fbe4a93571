/* SPDX-License-Identifier: GPL-3.0-or-later
 * What may be ordered about a finding, and by when. */
#include "mc-finding.h"

#include <glib/gi18n.h>
#include <string.h>

#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "store/mc-uuid.h"

G_DEFINE_QUARK (mc-inspection-error-quark, mc_inspection_error)

char *
mc_finding_new_id (const char *visit, const char *item)
{
  return mc_uuid_new_for ("finding", visit, item, NULL);
}

static const char *
pick_competent (const McItem *item, const char *own_kind)
{
  if (own_kind && g_strv_contains (item->competent, own_kind))
    return own_kind;
  return item->competent[0];
}

McRecord *
mc_finding_new (const char *visit, const McItem *item, const char *own_kind)
{
  g_autofree char *id = mc_finding_new_id (visit, item->code);
  McRecord *finding = mc_record_new (mc_entity_find ("finding"), id);
  const char *competent = pick_competent (item, own_kind);
  g_autoptr (GString) basis = g_string_new (NULL);

  for (guint i = 0; i < item->n_basis; i++)
    {
      g_autofree char *text = mc_basis_to_text (&item->basis[i]);

      if (i > 0)
        g_string_append_c (basis, '\n');
      g_string_append (basis, text);
    }
  mc_record_set_text (finding, "visit", visit);
  mc_record_set_text (finding, "item", item->code);
  mc_record_set_text (finding, "basis", basis->str);
  mc_record_set_text (finding, "certainty", item->basis[0].certainty);
  mc_record_set_text (finding, "severity", item->severity ? item->severity : "minor");
  mc_record_set_text (finding, "competent", competent);
  if (g_strcmp0 (competent, own_kind) != 0)
    mc_record_set_text (finding, "way", "referral");
  return finding;
}

gboolean
mc_finding_is_open (const McRecord *finding)
{
  return mc_record_is_null (finding, "withdrawn_reason");
}

gboolean
mc_finding_way_is_grave (const char *way)
{
  return g_strcmp0 (way, "suspension_order") == 0 || g_strcmp0 (way, "urgent_measure") == 0;
}

/* NULL: the way is allowed; else the reason why it is not, untranslated. */
static const char *
why_not (const char *way, gboolean own, const char *severity)
{
  gboolean major = g_strcmp0 (severity, "major_hazard") == 0;

  if (strcmp (way, "transfer") == 0)
    return NULL;
  if (strcmp (way, "referral") == 0)
    return own ? N_("This is your own authority's matter: order it to be corrected, or name another authority first.") : NULL;
  if (!mc_finding_way_is_grave (way))
    return own ? NULL : N_("Another authority is competent for this: urge the correction and refer it to that authority in writing.");
  if (own)
    return major || g_strcmp0 (severity, "serious") == 0 ? NULL : N_("A suspension or an urgent measure is for serious findings and major hazards only.");
  return major ? NULL : N_("In another authority's matter a suspension or an urgent measure is for major hazards only.");
}

gboolean
mc_finding_way_allowed (const char *way, const char *competent, const char *own_kind, const char *severity, char **reason)
{
  gboolean own = own_kind && g_strcmp0 (competent, own_kind) == 0;
  const char *why = way && mc_code_find ("finding-way", way) ? why_not (way, own, severity) : N_("There is no such way of correction.");

  if (why && reason)
    *reason = g_strdup (_(why));
  return why == NULL;
}

const char **
mc_finding_ways (const char *competent, const char *own_kind, const char *severity)
{
  const McCode *const *codes = mc_code_list ("finding-way");
  GPtrArray *ways = g_ptr_array_new ();

  for (guint i = 0; codes[i]; i++)
    if (mc_finding_way_allowed (codes[i]->code, competent, own_kind, severity, NULL))
      g_ptr_array_add (ways, (char *) codes[i]->code);
  g_ptr_array_add (ways, NULL);
  return (const char **) g_ptr_array_free (ways, FALSE);
}

gboolean
mc_finding_way_needs_deadline (const char *way)
{
  return g_strcmp0 (way, "by_date") == 0;
}

char *
mc_finding_deadline (McWorkingDays *calendar, const char *checked_on, guint working_days)
{
  GDate from, to;

  g_date_clear (&to, 1);
  if (!mc_iso_date_parse (checked_on, &from) || !mc_working_days_add (calendar, &from, working_days, &to))
    return NULL;
  return mc_iso_date_format (&to);
}

gboolean
mc_finding_days_left (const McRecord *finding, McWorkingDays *calendar, const char *day, int *days)
{
  GDate from, to;

  return mc_iso_date_parse (mc_record_get_text (finding, "deadline_on"), &to) && mc_iso_date_parse (day, &from)
         && mc_working_days_between (calendar, &from, &to, days);
}
