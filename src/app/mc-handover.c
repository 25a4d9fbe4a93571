/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing a person's open work to another, step by step: to whom, why, done. */
#include "mc-handover.h"

#include <glib/gi18n.h>

#include "inspections/mc-visits-handover.h"
#include "mc-person-chooser.h"
#include "registry/mc-inspector.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-question.h"

/* Goes from step to step as the data of its task. */
typedef struct
{
  GtkWidget *widget; /* owned */
  McSession *session;
  char *from, *from_name, *authority;
  char *to, *to_name;
  McOpenWork work;
  GPtrArray *people; /* of McPerson */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->widget);
  g_object_unref (step->session);
  g_free (step->from);
  g_free (step->from_name);
  g_free (step->authority);
  g_free (step->to);
  g_free (step->to_name);
  g_clear_pointer (&step->people, g_ptr_array_unref);
  g_free (step);
}

static void
give_up (GTask *task)
{
  g_task_return_pointer (task, NULL, NULL);
}

static void
fail (GTask *task, const GError *error)
{
  Step *step = g_task_get_task_data (task);

  mc_question_show_error (step->widget, _("Nothing was handed over"), error);
  give_up (task);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  McOpenWork moved;

  if (mc_visits_hand_over_finish (result, &moved, &error))
    g_task_return_pointer (task, g_strdup_printf (_("%u checks and %u follow-ups are %s's now"), moved.visits, moved.follow_ups, step->to_name), g_free);
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

  if (g_strcmp0 (answer, "hand-over") != 0)
    {
      give_up (task);
      return;
    }
  mc_session_get_today (step->session, &today);
  day = mc_iso_date_format (&today);
  mc_visits_hand_over_async (mc_session_get_store (step->session), step->from, step->to, reason, day, NULL, done_cb, g_steal_pointer (&task));
}

static void
ask_reason (GTask *task)
{
  Step *step = g_task_get_task_data (task);
  g_autofree char *body = g_strdup_printf (_("%u checks under way and %u follow-ups go from %s to %s. What is finalised stays as it was signed."), step->work.visits,
                                           step->work.follow_ups, step->from_name, step->to_name);
  McQuestion *question = mc_question_new (_("Hand over?"), body);

  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "hand-over", _("Hand over"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, step->widget, reason_cb, task);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);

  step->to = mc_person_choose_finish (result);
  for (guint i = 0; step->to && i < step->people->len; i++)
    if (g_str_equal (((McPerson *) step->people->pdata[i])->id, step->to))
      step->to_name = g_strdup (((McPerson *) step->people->pdata[i])->name);
  if (step->to)
    ask_reason (g_steal_pointer (&task));
  else
    give_up (task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Step *step = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *heading = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  heading = g_strdup_printf (_("Who takes over from %s?"), step->from_name);
  mc_person_choose (step->widget, heading, _("There is no other inspector of this authority in the register. Add one there first."), step->people, chosen_cb,
                    g_steal_pointer (&task));
}

/* The other inspectors of the authority. NULL: not read. */
static GPtrArray *
list_people (McStore *store, const Step *step, GError **error)
{
  const McInspectorQuery query = { .authority = step->authority };
  g_autoptr (McAreaTree) tree = mc_area_tree_load (store, error);
  g_autoptr (GPtrArray) rows = tree ? mc_inspector_list (store, tree, &query, error) : NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_person_free);

  if (!rows)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const McInspectorRow *row = rows->pdata[i];
      McPerson *person;

      if (g_strcmp0 (row->id, step->from) == 0)
        continue;
      person = g_new0 (McPerson, 1);
      person->id = g_strdup (row->id);
      person->name = g_strdup (row->name);
      person->detail = g_strdup (row->employer);
      g_ptr_array_add (people, person);
    }
  return g_steal_pointer (&people);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Step *step = data;
  GError *error = NULL;

  if (!mc_visits_count_open_work (source, step->from, &step->work, &error) || !(step->people = list_people (source, step, &error)))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
mc_handover_begin (GtkWidget *widget, McSession *session, const McUser *user, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) load = g_task_new (mc_session_get_store (session), NULL, loaded_cb, task);
  Step *step = g_new0 (Step, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && user != NULL && user->inspector != NULL);

  step->widget = g_object_ref (widget);
  step->session = g_object_ref (session);
  step->from = g_strdup (user->inspector);
  step->from_name = g_strdup (user->name);
  step->authority = g_strdup (user->authority);
  g_task_set_task_data (task, step, step_free);
  g_task_set_task_data (load, step, NULL); /* the other task outlives it */
  g_task_run_in_thread (load, load_thread);
}

char *
mc_handover_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
