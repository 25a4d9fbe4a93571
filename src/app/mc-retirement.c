/* SPDX-License-Identifier: GPL-3.0-or-later
 * Retiring a user, step by step: their open work, why, done. */
#include "mc-retirement.h"

#include <glib/gi18n.h>

#include "inspections/mc-visits-handover.h"
#include "mc-handover.h"
#include "registry/mc-user.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-question.h"

/* Goes from step to step as the data of its task. */
typedef struct
{
  GtkWidget *widget; /* owned */
  McSession *session;
  McUser user;       /* what is needed of it */
  McOpenWork work;
  char *handed_over; /* in words; NULL: nothing was */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->widget);
  g_object_unref (step->session);
  g_free (step->user.id);
  g_free (step->user.name);
  g_free (step->user.authority);
  g_free (step->user.inspector);
  g_free (step->handed_over);
  g_free (step);
}

/* What was handed over stays so, and is told. */
static void
give_up (GTask *task)
{
  Step *step = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&step->handed_over), g_free);
}

static void
fail (GTask *task, const GError *error)
{
  Step *step = g_task_get_task_data (task);

  mc_question_show_error (step->widget, _("The user was not retired"), error);
  give_up (task);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (mc_user_retire_finish (result, &error))
    g_task_return_pointer (task, g_strdup (_("Retired. What this user recorded stays.")), g_free);
  else
    fail (task, error);
}

static void
reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  g_autofree char *day = NULL;
  GDate today;

  if (g_strcmp0 (answer, "retire") != 0)
    {
      give_up (task);
      return;
    }
  mc_session_get_today (step->session, &today);
  day = mc_iso_date_format (&today);
  mc_user_retire_async (mc_session_get_store (step->session), step->user.id, day, reason, NULL, done_cb, g_steal_pointer (&task));
}

/* Takes @task. */
static void
ask_reason (GTask *task)
{
  Step *step = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (_("Retire %s?"), step->user.name);
  McQuestion *question = mc_question_new (heading, _("They can no longer work on this computer. What they recorded stays, under their name."));

  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "retire", _("Retire"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask (question, step->widget, reason_cb, task);
}

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);

  step->handed_over = mc_handover_finish (result);
  if (step->handed_over)
    ask_reason (g_steal_pointer (&task));
  else
    give_up (task);
}

static void
open_work_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "hand-over") == 0)
    mc_handover_begin (step->widget, step->session, &step->user, handed_over_cb, g_steal_pointer (&task));
  else if (g_strcmp0 (answer, "retire") == 0)
    ask_reason (g_steal_pointer (&task));
  else
    give_up (task);
}

/* Takes @task. */
static void
ask_open_work (GTask *task)
{
  Step *step = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (_("%s has open work"), step->user.name);
  g_autofree char *body = g_strdup_printf (_("%u checks under way and %u follow-ups are theirs. Hand them over first: once retired, they cannot finish them."),
                                           step->work.visits, step->work.follow_ups);
  McQuestion *question = mc_question_new (heading, body);

  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "retire", _("Retire all the same"), MC_QUESTION_DESTRUCTIVE);
  mc_question_add_answer (question, "hand-over", _("Hand over first"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, step->widget, open_work_cb, task);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (task, error);
  else if (step->work.visits + step->work.follow_ups > 0)
    ask_open_work (g_steal_pointer (&task));
  else
    ask_reason (g_steal_pointer (&task));
}

static void
count_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Step *step = data;
  GError *error = NULL;

  if (mc_visits_count_open_work (source, step->user.inspector, &step->work, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mc_retirement_begin (GtkWidget *widget, McSession *session, const McUser *user, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  g_autoptr (GTask) count = NULL;
  Step *step;

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_SESSION (session) && user != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  step = g_new0 (Step, 1);
  step->widget = g_object_ref (widget);
  step->session = g_object_ref (session);
  step->user = (McUser){ .id = g_strdup (user->id), .name = g_strdup (user->name), .authority = g_strdup (user->authority), .inspector = g_strdup (user->inspector) };
  g_task_set_task_data (task, step, step_free);
  if (!step->user.inspector)
    {
      ask_reason (task);
      return;
    }
  count = g_task_new (mc_session_get_store (session), NULL, counted_cb, task);
  g_task_set_task_data (count, step, NULL); /* the other task outlives it */
  g_task_run_in_thread (count, count_thread);
}

char *
mc_retirement_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
