/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inspectors without a database: ids, certificates, and the check of a record. */
#include "mc-inspector.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-record-check.h"
#include "store/mc-code-list.h"
#include "store/mc-text-key.h"
#include "store/mc-uuid.h"

/* A certificate that ends within this many days is worth a hint. */
#define SOON_DAYS 60

void
mc_inspector_row_free (McInspectorRow *row)
{
  if (row == NULL)
    return;
  g_free (row->id);
  g_free (row->name);
  g_free (row->employer);
  g_free (row->authority);
  g_free (row->authority_name);
  g_free (row->area);
  g_free (row->area_path);
  g_free (row->certificate_no);
  g_free (row->certificate_expires_on);
  g_free (row->fields);
  g_free (row->sample_fields);
  g_free (row);
}

McCertificateState
mc_inspector_row_certificate (const McInspectorRow *row, const GDate *day)
{
  GDate last;

  if (row->certificate_no == NULL)
    return MC_CERTIFICATE_NONE;
  if (!mc_check_parse_date (row->certificate_expires_on, &last))
    return MC_CERTIFICATE_UNDATED;
  return g_date_compare (day, &last) <= 0 ? MC_CERTIFICATE_VALID : MC_CERTIFICATE_EXPIRED;
}

char *
mc_inspector_id_for (const char *employer, const char *name)
{
  g_autofree char *employer_key = mc_text_name_key (employer);
  g_autofree char *name_key = mc_text_name_key (name);

  return mc_uuid_new_for ("inspector", employer_key, name_key, NULL);
}

static void
check_certificate (GPtrArray *problems, const McRecord *inspector, const GDate *today)
{
  const char *expires = mc_record_get_text (inspector, "certificate_expires_on");
  GDate last;

  if (mc_record_is_null (inspector, "certificate_no"))
    {
      g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "certificate_no", _("No certificate number is entered: a check needs two inspectors with certificates.")));
      return;
    }
  if (!mc_check_parse_date (expires, &last))
    return;
  if (g_date_compare (&last, today) < 0)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "certificate_expires_on", _("The certificate expired on %s."), expires));
  else if (g_date_days_between (today, &last) <= SOON_DAYS)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "certificate_expires_on", _("The certificate expires on %s."), expires));
}

static void
check_fields (GPtrArray *problems, const McRecord *inspector)
{
  const char *fields = mc_record_get_text (inspector, "fields");
  g_auto (GStrv) codes = g_strsplit (fields ? fields : "", "\n", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    if (*codes[i] && mc_code_find ("facility-field", codes[i]) == NULL)
      g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "fields", _("%s: this version does not know \"%s\"."), mc_check_label (inspector, "fields"), codes[i]));
}

GPtrArray *
mc_inspector_check (const McRecord *inspector, McAreaTree *tree, const GDate *today)
{
  GPtrArray *problems = mc_problems_new ();

  mc_check_required (problems, inspector);
  mc_check_choices (problems, inspector);
  mc_check_dates (problems, inspector);
  mc_check_area (problems, inspector, tree);
  mc_check_phone (problems, inspector, "phone");
  check_certificate (problems, inspector, today);
  check_fields (problems, inspector);
  return problems;
}
