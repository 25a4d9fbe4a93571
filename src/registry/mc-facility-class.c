/* SPDX-License-Identifier: GPL-3.0-or-later
 * The classes of a childcare facility: how many of each kind, with how many children and carers. Pure. */
#include "mc-facility-class.h"

#include <glib/gi18n.h>

#include "mc-record-check.h"
#include "store/mc-uuid.h"

char *
mc_facility_class_id_for (const char *facility, const char *class_kind)
{
  g_return_val_if_fail (facility != NULL && class_kind != NULL, NULL);

  return mc_uuid_new_for ("facility_class", facility, class_kind, NULL);
}

gboolean
mc_facility_class_is_empty (const McRecord *part)
{
  return mc_record_get_integer (part, "classes", 0) == 0 && mc_record_get_integer (part, "children", 0) == 0 && mc_record_get_integer (part, "carers", 0) == 0;
}

GPtrArray *
mc_facility_class_check (const McRecord *part)
{
  GPtrArray *problems = mc_problems_new ();
  gint64 classes = mc_record_get_integer (part, "classes", -1), children = mc_record_get_integer (part, "children", -1), carers = mc_record_get_integer (part, "carers", -1);

  mc_check_numbers (problems, part);
  if (classes == 0 && children > 0)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "classes", _("There are children, but no class.")));
  if (children > 0 && carers == 0)
    g_ptr_array_add (problems, mc_problem_new (MC_PROBLEM_CHECK, "carers", _("There are children, but no carer.")));
  return problems;
}
