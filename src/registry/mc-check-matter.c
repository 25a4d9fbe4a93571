/* SPDX-License-Identifier: GPL-3.0-or-later
 * Check matters without a database: ids, to whom they apply, and the check of a record. */
#include "mc-check-matter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-record-check.h"
#include "store/mc-code-list.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

void
mc_check_matter_row_free (McCheckMatterRow *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->code);
  g_free (row->name);
  g_free (row->authority);
  g_free (row->authority_name);
  g_free (row->area);
  g_free (row->facility_kinds);
  g_free (row->basis);
  g_free (row->certainty);
  g_free (row->method);
  g_free (row->importance);
  g_free (row->ratio);
  g_free (row->frequency);
  g_free (row->standard);
  g_free (row->published_on);
  g_free (row->sample_fields);
  g_free (row);
}

gboolean
mc_check_matter_row_applies (const McCheckMatterRow *row, const char *kind, const GDate *day)
{
  g_auto (GStrv) kinds = g_strsplit (row->facility_kinds ? row->facility_kinds : "", "\n", -1);
  GDate published;

  if (!mc_check_parse_date (row->published_on, &published) || g_date_compare (&published, day) > 0)
    return FALSE;
  return kind == NULL || g_strv_contains ((const char *const *) kinds, kind);
}

char *
mc_check_matter_id_for (const char *authority, const char *name)
{
  g_autofree char *key = mc_text_name_key (name);

  return mc_uuid_new_for ("check_matter", authority, key, NULL);
}

static void
check_kinds (GPtrArray *problems, const McRecord *matter)
{
  const char *kinds = mc_record_get_text (matter, "facility_kinds");
  g_auto (GStrv) codes = g_strsplit (kinds ? kinds : "", "\n", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    if (*codes[i] && mc_code_find ("facility-kind", codes[i]) == NULL)
      g_ptr_array_add (problems,
                       mc_problem_new (MC_PROBLEM_CHECK, "facility_kinds", _("%s: this version does not know \"%s\"."), mc_check_label (matter, "facility_kinds"), codes[i]));
}

GPtrArray *
mc_check_matter_check (const McRecord *matter, McAreaTree *tree, const GDate *today)
{
  GPtrArray *problems = mc_problems_new ();

  mc_check_required (problems, matter);
  mc_check_choices (problems, matter);
  mc_check_numbers (problems, matter);
  mc_check_dates (problems, matter);
  mc_check_area (problems, matter, tree);
  mc_check_not_after (problems, MC_PROBLEM_CHECK, matter, "published_on", today);
  check_kinds (problems, matter);
  if (mc_record_is_null (matter, "published_on"))
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "published_on", _("The matter is not published: nothing may be checked by it yet.")));
  if (mc_record_is_null (matter, "standard"))
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "standard", _("No inspection standard is named: a check of it has no list of items.")));
  return problems;
}
