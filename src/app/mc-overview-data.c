/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the desk shows: drafts, days that come due, and the counts of the register. */
#include "mc-overview-data.h"

#include <glib/gi18n.h>

#include "standards/mc-iso-date.h"

typedef struct
{
  McStore *store;
  char *inspector;
  char *today;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request->inspector);
  g_free (request->today);
  g_free (request);
}

static GPtrArray *
load_drafts (const Request *request, GError **error)
{
  const McVisitQuery query = { MC_VISIT_LIST_DRAFTS, request->inspector, NULL };
  g_autoptr (GArray) rowids = mc_visits_list (request->store, &query, error);

  if (!rowids)
    return NULL;
  return mc_visits_load_rows (request->store, (const gint64 *) (gpointer) rowids->data, MIN (rowids->len, MC_OVERVIEW_MAX_DRAFTS), error);
}

static gboolean
load_counts (const Request *request, McOverviewData *overview, GError **error)
{
  g_autofree char *since = NULL;
  GDate today;

  if (!mc_visits_count (request->store, request->inspector, &overview->counts, error))
    return FALSE;
  g_return_val_if_fail (mc_iso_date_parse (request->today, &today), FALSE);
  since = mc_year_before (&today);
  return mc_facility_counts_load (request->store, since, &overview->facilities, error);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  g_autoptr (McOverviewData) overview = g_new0 (McOverviewData, 1);
  GError *error = NULL;

  overview->drafts = load_drafts (request, &error);
  if (overview->drafts && load_counts (request, overview, &error))
    overview->due = mc_due_list_load (request->store, request->inspector, request->today, MC_OVERVIEW_MAX_DUE, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&overview), (GDestroyNotify) mc_overview_data_free);
}

void
mc_overview_data_free (McOverviewData *data)
{
  g_clear_pointer (&data->drafts, g_ptr_array_unref);
  g_clear_pointer (&data->due, mc_due_list_free);
  g_free (data);
}

void
mc_overview_data_load_async (McStore *store, const char *inspector, const char *today, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->store = g_object_ref (store);
  request->inspector = g_strdup (inspector);
  request->today = g_strdup (today);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}

McOverviewData *
mc_overview_data_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

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

char *
mc_year_before (const GDate *today)
{
  GDate date;

  g_return_val_if_fail (g_date_valid (today), NULL);

  date = *today;
  g_date_subtract_years (&date, 1);
  return mc_iso_date_format (&date);
}
