/* SPDX-License-Identifier: GPL-3.0-or-later
 * Handing over: all open work of one inspector becomes another's, with a reason. */
#include "mc-visits-handover-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-visit.h"

static const char *const entities[] = { [MC_OPEN_VISIT] = "visit", [MC_OPEN_PARTY] = "visit_party", [MC_OPEN_FOLLOW_UP] = "follow_up" };

/* One handing over while it is put together. */
typedef struct
{
  McStore *store;
  const char *from, *to;
  McTransaction *transaction;
  GString *moved[MC_OPEN_N_KINDS]; /* ids, one a line */
  guint n[MC_OPEN_N_KINDS];
} Handover;

static void
handover_clear (Handover *self)
{
  g_clear_pointer (&self->transaction, mc_transaction_free);
  for (guint i = 0; i < MC_OPEN_N_KINDS; i++)
    if (self->moved[i])
      g_string_free (self->moved[i], TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Handover, handover_clear)

/* @text with @to in the place of @from; each stands there once, and who leads is no assistant. NULL: nobody. Caller frees. */
static char *
replace_in_list (const char *text, const char *from, const char *to, const char *lead)
{
  g_auto (GStrv) ids = g_strsplit (text ? text : "", "\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; ids[i]; i++)
    {
      const char *id = strcmp (ids[i], from) == 0 ? to : ids[i];

      if (*id && g_strcmp0 (id, lead) != 0 && !g_ptr_array_find_with_equal_func (kept, id, g_str_equal, NULL))
        g_ptr_array_add (kept, (gpointer) id);
    }
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("\n", (char **) kept->pdata);
}

static void
move_people (McRecord *record, const char *from, const char *to)
{
  g_autofree char *assistants = NULL;

  if (g_strcmp0 (mc_record_get_text (record, "lead"), from) == 0)
    mc_record_set_text (record, "lead", to);
  assistants = replace_in_list (mc_record_get_text (record, "assistants"), from, to, mc_record_get_text (record, "lead"));
  mc_record_set_text (record, "assistants", assistants);
}

static gboolean
move_one (Handover *self, McOpenKind kind, const char *id, GError **error)
{
  g_autoptr (McRecord) base = mc_store_load (self->store, entities[kind], id, error);
  g_autoptr (McRecord) edited = NULL;

  if (!base)
    return FALSE;
  edited = mc_record_copy (base);
  if (kind == MC_OPEN_FOLLOW_UP)
    mc_record_set_text (edited, "inspector", self->to);
  else
    move_people (edited, self->from, self->to);
  mc_transaction_save (self->transaction, base, edited);
  g_string_append_printf (self->moved[kind], "%s%s", self->moved[kind]->len ? "\n" : "", id);
  self->n[kind]++;
  return TRUE;
}

static gboolean
move_all (Handover *self, GError **error)
{
  for (guint kind = 0; kind < MC_OPEN_N_KINDS; kind++)
    {
      g_autoptr (GPtrArray) ids = mc_open_work_list (self->store, (McOpenKind) kind, self->from, error);

      if (!ids)
        return FALSE;
      self->moved[kind] = g_string_new (NULL);
      for (guint i = 0; i < ids->len; i++)
        if (!move_one (self, (McOpenKind) kind, ids->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, MC_INSPECTION_ERROR, MC_INSPECTION_ERROR_INPUT, message);
  return FALSE;
}

/* Both inspectors, of one authority; who takes over must still be in the register. */
static gboolean
check_people (Handover *self, McRecord **from, McRecord **to, GError **error)
{
  if (strcmp (self->from, self->to) == 0)
    return fail (error, _("Choose another person to take over. Nothing was changed."));
  *from = mc_store_load (self->store, "inspector", self->from, error);
  *to = *from ? mc_store_load (self->store, "inspector", self->to, error) : NULL;
  if (!*to)
    return FALSE;
  if (mc_record_get_text (*to, "retired_on"))
    return fail (error, _("Who is to take over is retired from the register. Nothing was changed."));
  if (g_strcmp0 (mc_record_get_text (*from, "authority"), mc_record_get_text (*to, "authority")) != 0)
    return fail (error, _("Both must be of the same authority: a check belongs to it. Nothing was changed."));
  return TRUE;
}

static void
write_handover (Handover *self, const McRecord *from, const char *reason, const char *today)
{
  g_autoptr (McRecord) record = mc_record_new (mc_entity_find ("handover"), NULL);

  mc_record_set_text (record, "authority", mc_record_get_text (from, "authority"));
  mc_record_set_text (record, "area", mc_record_get_text (from, "area"));
  mc_record_set_text (record, "from_inspector", self->from);
  mc_record_set_text (record, "to_inspector", self->to);
  mc_record_set_text (record, "handed_on", today);
  mc_record_set_text (record, "reason", reason);
  mc_record_set_text (record, "visits", self->moved[MC_OPEN_VISIT]->len ? self->moved[MC_OPEN_VISIT]->str : NULL);
  mc_record_set_text (record, "follow_ups", self->moved[MC_OPEN_FOLLOW_UP]->len ? self->moved[MC_OPEN_FOLLOW_UP]->str : NULL);
  mc_transaction_save (self->transaction, NULL, record);
}

gboolean
mc_visits_count_open_work (McStore *store, const char *inspector, McOpenWork *work, GError **error)
{
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) follow_ups = NULL;

  g_return_val_if_fail (MC_IS_STORE (store) && inspector != NULL && work != NULL, FALSE);

  visits = mc_open_work_list (store, MC_OPEN_VISIT, inspector, error);
  follow_ups = visits ? mc_open_work_list (store, MC_OPEN_FOLLOW_UP, inspector, error) : NULL;
  if (!follow_ups)
    return FALSE;
  *work = (McOpenWork){ visits->len, follow_ups->len };
  return TRUE;
}

gboolean
mc_visits_hand_over (McStore *store, const char *from, const char *to, const char *reason, const char *today, McOpenWork *moved, GError **error)
{
  g_auto (Handover) self = { .store = store, .from = from, .to = to, .transaction = mc_transaction_new () };
  g_autoptr (McRecord) giver = NULL;
  g_autoptr (McRecord) taker = NULL;
  g_autofree char *clean = g_strstrip (g_strdup (reason ? reason : ""));

  g_return_val_if_fail (MC_IS_STORE (store) && from != NULL && to != NULL && today != NULL, FALSE);

  if (*clean == '\0')
    return fail (error, _("A handover needs its reason. Nothing was changed."));
  if (!check_people (&self, &giver, &taker, error) || !move_all (&self, error))
    return FALSE;
  if (self.n[MC_OPEN_VISIT] + self.n[MC_OPEN_PARTY] + self.n[MC_OPEN_FOLLOW_UP] == 0)
    return fail (error, _("There is nothing open to hand over. Nothing was changed."));
  write_handover (&self, giver, clean, today);
  if (!mc_store_commit (store, self.transaction, error))
    return FALSE;
  if (moved)
    *moved = (McOpenWork){ self.n[MC_OPEN_VISIT], self.n[MC_OPEN_FOLLOW_UP] };
  return TRUE;
}

/* --- in a thread ------------------------------------------------------------------------------------------ */

typedef struct
{
  char *from, *to, *reason, *today;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->from);
  g_free (request->to);
  g_free (request->reason);
  g_free (request->today);
  g_free (request);
}

static void
hand_over_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  g_autofree McOpenWork *moved = g_new0 (McOpenWork, 1);
  GError *error = NULL;

  if (mc_visits_hand_over (source, request->from, request->to, request->reason, request->today, moved, &error))
    g_task_return_pointer (task, g_steal_pointer (&moved), g_free);
  else
    g_task_return_error (task, error);
}

void
mc_visits_hand_over_async (McStore *store, const char *from, const char *to, const char *reason, const char *today, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->from = g_strdup (from);
  request->to = g_strdup (to);
  request->reason = g_strdup (reason);
  request->today = g_strdup (today);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, hand_over_thread);
}

gboolean
mc_visits_hand_over_finish (GAsyncResult *result, McOpenWork *moved, GError **error)
{
  g_autofree McOpenWork *found = g_task_propagate_pointer (G_TASK (result), error);

  if (!found)
    return FALSE;
  if (moved)
    *moved = *found;
  return TRUE;
}
