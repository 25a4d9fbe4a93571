/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which documents a check calls for, and which of its findings each is about. */
#include "mc-paper.h"

#include <string.h>

#include "standards/mc-iso-date.h"

void
mc_paper_free (McPaper *paper)
{
  g_strfreev (paper->items);
  g_free (paper);
}

static gboolean
is_way (const McRecord *finding, const char *const *ways)
{
  const char *way = mc_record_get_text (finding, "way");

  return way && g_strv_contains (ways, way);
}

gboolean
mc_paper_concerns (const char *kind, const McRecord *finding, const char *own_kind, const char *competent)
{
  static const char *const ordered[] = { "immediate", "by_date", NULL };
  static const char *const told[] = { "referral", "transfer", "suspension_order", "urgent_measure", NULL };
  const char *whose = mc_record_get_text (finding, "competent");
  gboolean own = !whose || g_strcmp0 (whose, own_kind) == 0;

  if (strcmp (kind, "rectification_order") == 0)
    return own && is_way (finding, ordered);
  if (strcmp (kind, "referral_letter") == 0)
    return !own && is_way (finding, told) && (!competent || strcmp (competent, whose) == 0);
  return TRUE;
}

static void
add_paper (GPtrArray *papers, const char *kind, const char *competent, GPtrArray *items)
{
  McPaper *paper = g_new0 (McPaper, 1);

  paper->kind = kind;
  paper->competent = competent;
  if (items)
    {
      g_ptr_array_add (items, NULL);
      paper->items = g_strdupv ((char **) items->pdata);
    }
  g_ptr_array_add (papers, paper);
}

/* One paper for the findings that it concerns, if there are any. */
static void
add_about (GPtrArray *papers, const char *kind, const char *competent, GPtrArray *findings, const char *own_kind)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    if (mc_paper_concerns (kind, g_ptr_array_index (findings, i), own_kind, competent))
      g_ptr_array_add (items, (char *) mc_record_get_text (g_ptr_array_index (findings, i), "item"));
  if (items->len > 0)
    add_paper (papers, kind, competent, items);
}

/* One letter for each authority, in the order in which the findings name them. */
static void
add_letters (GPtrArray *papers, GPtrArray *findings, const char *own_kind)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < findings->len; i++)
    {
      const McRecord *finding = g_ptr_array_index (findings, i);
      const char *competent = mc_record_get_text (finding, "competent");

      if (mc_paper_concerns ("referral_letter", finding, own_kind, NULL) && g_hash_table_add (seen, (char *) competent))
        add_about (papers, "referral_letter", competent, findings, own_kind);
    }
}

GPtrArray *
mc_papers_called_for (const McVisit *visit)
{
  GPtrArray *papers = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_paper_free);
  g_autoptr (GPtrArray) findings = mc_visit_list_findings (visit, FALSE);
  const char *own_kind = mc_visit_get_own_kind (visit);

  add_paper (papers, "inspection_approval", NULL, NULL);
  add_paper (papers, "inspection_notice", NULL, NULL);
  add_paper (papers, "site_record", NULL, NULL);
  if (g_strcmp0 (mc_record_get_text (mc_visit_get_record (visit), "type"), "recheck") == 0)
    add_paper (papers, "recheck_record", NULL, NULL);
  add_about (papers, "rectification_order", NULL, findings, own_kind);
  add_letters (papers, findings, own_kind);
  add_paper (papers, "result_notice", NULL, NULL);
  add_paper (papers, "delivery_proof", NULL, NULL);
  return papers;
}

/* --- days ------------------------------------------------------------------------------------------------- */

gboolean
mc_paper_days_between (McWorkingDays *calendar, const char *from, const char *to, int *days)
{
  GDate first, last;

  return mc_iso_date_parse (from, &first) && mc_iso_date_parse (to, &last) && mc_working_days_between (calendar, &first, &last, days);
}

char *
mc_paper_deadline_from_delivery (McWorkingDays *calendar, const char *counted_from, const char *deadline_on, const char *delivered_on)
{
  GDate delivered, deadline;
  int days;

  if (!mc_paper_days_between (calendar, counted_from, deadline_on, &days) || days < 0 || !mc_iso_date_parse (delivered_on, &delivered)
      || !mc_working_days_add (calendar, &delivered, (guint) days, &deadline))
    return NULL;
  return mc_iso_date_format (&deadline);
}
