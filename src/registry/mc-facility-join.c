/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two records found to be one place: one is retired as the same as the other, and readers follow it. */
#include "mc-facility-join.h"

#include <glib/gi18n.h>

#include "mc-facility.h"

gboolean
mc_facility_join_check (const McRecord *facility, const McRecord *into, GError **error)
{
  const char *kind = mc_facility_kind_group (mc_record_get_text (facility, "kind")), *other = mc_facility_kind_group (mc_record_get_text (into, "kind"));

  if (g_strcmp0 (mc_record_get_id (facility), mc_record_get_id (into)) == 0)
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("This is the same record. Nothing was changed."));
  else if (!mc_record_is_null (facility, "retired_on"))
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("%s is retired already. Nothing was changed."), mc_record_get_text (facility, "name"));
  else if (!mc_record_is_null (into, "retired_on") || !mc_record_is_null (into, "same_as"))
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT, _("%s is retired: choose a record that is in use. Nothing was changed."), mc_record_get_text (into, "name"));
  else if (kind && other && g_strcmp0 (kind, other) != 0)
    g_set_error (error, MC_REGISTRY_ERROR, MC_REGISTRY_ERROR_INPUT,
                 _("One is elder care, the other childcare: an operator may run both at one address, and they stay two records. Nothing was changed."));
  else
    return TRUE;
  return FALSE;
}

void
mc_facility_join (McTransaction *transaction, const McRecord *facility, const McRecord *into, const GDate *today)
{
  g_autoptr (McRecord) edited = mc_record_copy (facility);
  g_autofree char *reason = g_strdup_printf (_("the same place as %s"), mc_record_get_text (into, "name"));
  char date[16];

  g_date_strftime (date, sizeof date, "%Y-%m-%d", today);
  mc_record_set_text (edited, "same_as", mc_record_get_id (into));
  mc_record_set_text (edited, "retired_on", date);
  mc_record_set_text (edited, "retired_reason", reason);
  mc_transaction_save (transaction, facility, edited);
}

void
mc_facility_separate (McTransaction *transaction, const McRecord *facility)
{
  g_autoptr (McRecord) edited = mc_record_copy (facility);

  mc_record_set_null (edited, "same_as");
  mc_record_set_null (edited, "retired_on");
  mc_record_set_null (edited, "retired_reason");
  mc_transaction_save (transaction, facility, edited);
}
