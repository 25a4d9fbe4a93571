/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a day stands that something must be done by, in words. */
#include "mc-due.h"

#include <glib/gi18n.h>

McDueGroup
mc_due_group (const GDate *today, const GDate *deadline)
{
  int days;
  /* Days until the Sunday of the next week. */
  int horizon;

  g_return_val_if_fail (g_date_valid (today) && g_date_valid (deadline), MC_DUE_LATER);

  days = g_date_days_between (today, deadline);
  horizon = 7 - (int) g_date_get_weekday (today) + 7;
  if (days < 0)
    return MC_DUE_OVERDUE;
  if (days == 0)
    return MC_DUE_TODAY;
  return days <= horizon ? MC_DUE_SOON : MC_DUE_LATER;
}

const char *
mc_due_group_title (McDueGroup group)
{
  switch (group)
    {
    case MC_DUE_OVERDUE:
      return _("Overdue");
    case MC_DUE_TODAY:
      return _("Today");
    case MC_DUE_SOON:
      return _("This week and the next");
    case MC_DUE_LATER:
    default:
      return _("Later");
    }
}

char *
mc_due_describe (McWorkingDays *calendar, const GDate *today, const GDate *deadline)
{
  int days;
  gboolean working;

  g_return_val_if_fail (calendar != NULL && g_date_valid (today) && g_date_valid (deadline), NULL);

  if (g_date_compare (today, deadline) == 0)
    return g_strdup (_("today"));
  working = mc_working_days_between (calendar, today, deadline, &days);
  if (!working)
    days = g_date_days_between (today, deadline);
  if (working && days == 0)
    return g_strdup (g_date_compare (deadline, today) > 0 ? _("before the next working day") : _("over since the weekend"));
  if (days < 0)
    return g_strdup_printf (working ? ngettext ("%d working day over", "%d working days over", (gulong) -days) : ngettext ("%d day over", "%d days over", (gulong) -days), -days);
  return g_strdup_printf (working ? ngettext ("%d working day left", "%d working days left", (gulong) days) : ngettext ("%d day left", "%d days left", (gulong) days), days);
}
