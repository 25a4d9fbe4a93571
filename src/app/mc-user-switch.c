/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another user at the same window, and one's own PIN. */
#include "mc-user-switch.h"

#include <glib/gi18n.h>

#include "mc-person-chooser.h"
#include "mc-pin-form.h"
#include "mc-session-start.h"
#include "store/mc-code-list.h"
#include "widgets/mc-pin-ask.h"
#include "widgets/mc-question.h"

typedef struct
{
  McWindow *window;
  char *user;
} Switch;

static void
switch_free (Switch *data)
{
  g_object_unref (data->window);
  g_free (data->user);
  g_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Switch, switch_free)

static void
proven_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Switch) data = user_data;

  if (mc_pin_ask_finish (result))
    mc_window_switch_user (data->window, data->user);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McWindow) window = user_data;
  g_autofree char *user = mc_person_choose_finish (result);
  Switch *data;

  if (!user)
    return;
  data = g_new0 (Switch, 1);
  data->window = g_object_ref (window);
  data->user = g_strdup (user);
  mc_pin_ask (GTK_WIDGET (window), mc_window_get_session (window), user, _("Switch user"), proven_cb, data);
}

static GPtrArray *
list_people (GPtrArray *users, const char *current)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_person_free);

  for (guint i = 0; i < users->len; i++)
    {
      const McUser *user = users->pdata[i];
      McPerson *person = g_new0 (McPerson, 1);

      person->id = g_strdup (user->id);
      person->name = g_strdup (user->name);
      person->detail = g_strdup_printf ("%s · %s", user->authority_name ? user->authority_name : "", mc_code_label ("role", user->role));
      person->has_pin = user->has_pin;
      person->is_current = g_strcmp0 (user->id, current) == 0;
      g_ptr_array_add (people, person);
    }
  return people;
}

/* NULL, having said why: not read. */
static McSessionStart *
finish_load (McWindow *window, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  McSessionStart *start = mc_session_start_load_finish (result, &error);

  if (!start)
    mc_question_show_error (GTK_WIDGET (window), _("The users could not be read"), error);
  return start;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McWindow) window = user_data;
  g_autoptr (McSessionStart) start = finish_load (window, result);
  g_autoptr (GPtrArray) people = NULL;

  if (!start)
    return;
  people = list_people (start->users, mc_session_get_user (mc_window_get_session (window)));
  mc_person_choose (GTK_WIDGET (window), _("Who works now?"), _("Nobody else works with this computer yet. Add them under Preferences, Users."), people,
                    chosen_cb, g_object_ref (window));
}

static void
begin (McWindow *window, GAsyncReadyCallback callback)
{
  McSession *session = mc_window_get_session (window);
  McStore *store = mc_session_get_store (session);

  if (store && mc_session_get_user (session))
    mc_session_start_load_async (store, mc_session_get_user (session), NULL, callback, g_object_ref (window));
}

void
mc_user_switch_begin (McWindow *window)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  begin (window, loaded_cb);
}

static void
pin_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McWindow) window = user_data;

  if (mc_pin_form_finish (result) && mc_window_get_page (window))
    mc_page_toast (mc_window_get_page (window), _("The new PIN counts from now on"));
}

static void
loaded_for_pin_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (McWindow) window = user_data;
  g_autoptr (McSessionStart) start = finish_load (window, result);
  McSession *session = mc_window_get_session (window);

  if (start && start->user && mc_session_get_store (session))
    mc_pin_form_show (GTK_WIDGET (window), mc_session_get_store (session), start->user, FALSE, pin_set_cb, g_object_ref (window));
}

void
mc_user_switch_set_pin (McWindow *window)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  begin (window, loaded_for_pin_cb);
}
