/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a verification looked at and found. */
#include <glib/gi18n.h>

#include "mc-verify-database.h"

void
mc_finding_free (McFinding *finding)
{
  if (!finding)
    return;
  g_free (finding->where);
  g_free (finding->message);
  g_free (finding);
}

static void
free_finding (gpointer finding)
{
  mc_finding_free (finding);
}

McVerifyReport *
mc_verify_report_new (gboolean whole)
{
  McVerifyReport *report = g_new0 (McVerifyReport, 1);

  report->whole = whole;
  report->findings = g_ptr_array_new_with_free_func (free_finding);
  return report;
}

void
mc_verify_report_free (McVerifyReport *report)
{
  if (!report)
    return;
  g_ptr_array_unref (report->findings);
  g_free (report);
}

const char *
mc_finding_kind_label (McFindingKind kind)
{
  switch (kind)
    {
    case MC_FINDING_FILE:
      return N_("Database file");
    case MC_FINDING_LINE:
      return N_("Line of the log");
    case MC_FINDING_CHAIN:
      return N_("Chain of the log");
    case MC_FINDING_CHECKPOINT:
      return N_("Signed checkpoint");
    case MC_FINDING_OPENING:
      return N_("Personal value");
    case MC_FINDING_SEAL:
      return N_("Sealed record");
    case MC_FINDING_RECORD:
      return N_("Stored record");
    case MC_FINDING_BLOB:
      return N_("Photo or file");
    default:
      g_return_val_if_reached (NULL);
    }
}

void
mc_verify_report_take (McVerifyReport *report, McFindingKind kind, char *where, char *message)
{
  McFinding *finding;

  report->n_findings++;
  if (report->findings->len >= MC_VERIFY_MAX_FINDINGS)
    {
      g_free (where);
      g_free (message);
      return;
    }
  finding = g_new0 (McFinding, 1);
  finding->kind = kind;
  finding->where = where;
  finding->message = message;
  g_ptr_array_add (report->findings, finding);
}
