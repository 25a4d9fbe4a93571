/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks before two records become one, says what happens, and offers the way back. */
#include "mc-facility-join-flow.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-facility-join.h"
#include "store/mc-code-list.h"
#include "widgets/mc-page.h"
#include "widgets/mc-question.h"

typedef struct
{
  GtkWidget *widget; /* owned */
  McSession *session;
  McAreaTree *tree;
  McRecord *facility;
  McRecord *into;
} Flow;

static void
flow_free (Flow *flow)
{
  g_object_unref (flow->widget);
  g_object_unref (flow->session);
  g_clear_pointer (&flow->tree, mc_area_tree_unref);
  g_clear_pointer (&flow->facility, mc_record_free);
  g_clear_pointer (&flow->into, mc_record_free);
  g_free (flow);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static Flow *
flow_new (GtkWidget *widget, McSession *session, McAreaTree *tree, const McRecord *facility)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->widget = g_object_ref (widget);
  flow->session = g_object_ref (session);
  flow->tree = tree ? mc_area_tree_ref (tree) : NULL;
  flow->facility = facility ? mc_record_copy (facility) : NULL;
  return flow;
}

static McPage *
page_of (GtkWidget *widget)
{
  return MC_PAGE (gtk_widget_get_ancestor (widget, MC_TYPE_PAGE));
}

static void
open_facility (GtkWidget *widget, const char *id)
{
  gtk_widget_activate_action (widget, "win.open-record", "(ss)", "facility", id);
}

/* --- coming back ------------------------------------------------------------------------------------------ */

static void
separated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  McPage *page = page_of (flow->widget);

  if (!mc_store_commit_finish (MC_STORE (source), result, &error))
    {
      mc_question_show_error (flow->widget, _("The facility was not brought back"), error);
      return;
    }
  if (page)
    mc_page_toast (page, _("Back in the register: it stands for itself again"));
  open_facility (flow->widget, mc_record_get_id (flow->facility));
}

static void
separate (Flow *flow)
{
  McTransaction *transaction = mc_transaction_new ();

  mc_facility_separate (transaction, flow->facility);
  mc_store_commit_async (mc_session_get_store (flow->session), transaction, NULL, separated_cb, flow);
}

void
mc_facility_separate_flow (GtkWidget *widget, McSession *session, const McRecord *facility)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_SESSION (session) && facility != NULL);

  separate (flow_new (widget, session, NULL, facility));
}

static void
loaded_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  if (!whole)
    {
      mc_question_show_error (flow->widget, _("The facility was not brought back"), error);
      return;
    }
  flow->facility = mc_record_copy (whole->pdata[0]);
  separate (g_steal_pointer (&flow));
}

static void
undo (McPage *page, gpointer data)
{
  Flow *flow = flow_new (GTK_WIDGET (page), mc_page_get_session (page), NULL, NULL);

  mc_store_load_whole_async (mc_page_get_store (page), "facility", data, NULL, loaded_again_cb, flow);
}

/* --- joining ---------------------------------------------------------------------------------------------- */

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  McPage *page = page_of (flow->widget);

  if (!mc_store_commit_finish (MC_STORE (source), result, &error))
    {
      mc_question_show_error (flow->widget, _("The two were not joined; nothing was changed"), error);
      return;
    }
  text = g_strdup_printf (_("Joined: the record goes on as %s"), mc_record_get_text (flow->into, "name"));
  if (page)
    mc_page_toast_undo (page, text, undo, g_strdup (mc_record_get_id (flow->facility)), g_free);
  open_facility (flow->widget, mc_record_get_id (flow->into));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);
  McStore *store = mc_session_get_store (flow->session);
  McTransaction *transaction;
  GDate today;

  if (strcmp (answer, "join") != 0 || !store)
    return;
  transaction = mc_transaction_new ();
  mc_session_get_today (flow->session, &today);
  mc_facility_join (transaction, flow->facility, flow->into, &today);
  mc_store_commit_async (store, transaction, NULL, joined_cb, g_steal_pointer (&flow));
}

/* Name, kind and place: what tells two records apart. */
static char *
describe (const Flow *flow, const McRecord *facility)
{
  const McArea *area = flow->tree ? mc_area_tree_find (flow->tree, mc_record_get_text (facility, "area")) : NULL;
  g_autofree char *path = area ? mc_area_get_path (area, NULL) : g_strdup ("");

  return g_strdup_printf ("%s · %s · %s", mc_record_get_text (facility, "name"), mc_code_label ("facility-kind", mc_record_get_text (facility, "kind")), path);
}

static void
ask (Flow *flow)
{
  g_autofree char *one = describe (flow, flow->facility), *other = describe (flow, flow->into), *body = NULL;
  McQuestion *question;

  body = g_strdup_printf (_("This record gives way:\n%s\n\nThis one is kept:\n%s\n\nThe first leaves the lists and is never drawn again. Its checks and its history stay and are shown with the one that is kept; "
                            "a later import of it updates the one that is kept. Nothing is deleted, and the two can be separated again."),
                          one, other);
  question = mc_question_new (_("Are these two the same place?"), body);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "join", _("Join them"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, flow->widget, asked_cb, flow);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  if (whole)
    flow->into = mc_record_copy (whole->pdata[0]);
  if (!whole || !mc_facility_join_check (flow->facility, flow->into, &error))
    {
      mc_question_show_error (flow->widget, _("The two cannot be joined"), error);
      return;
    }
  ask (g_steal_pointer (&flow));
}

void
mc_facility_join_flow (GtkWidget *widget, McSession *session, McAreaTree *tree, const McRecord *facility, const char *into)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_SESSION (session) && facility != NULL && into != NULL);

  mc_store_load_whole_async (mc_session_get_store (session), "facility", into, NULL, loaded_cb, flow_new (widget, session, tree, facility));
}
