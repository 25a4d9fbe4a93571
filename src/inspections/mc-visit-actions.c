/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one does with a visit as a whole: finalise it, amend it, print its record. */
#include "mc-visit-view-private.h"

#include <glib/gi18n.h>

#include "mc-visit-phrases.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-pin-ask.h"
#include "widgets/mc-question.h"

static McPage *
page_of (McVisitView *self)
{
  return mc_visit_view_get_page (self);
}

static char *
today_text (McVisitView *self)
{
  GDate day;

  mc_session_get_today (mc_page_get_session (page_of (self)), &day);
  return mc_iso_date_format (&day);
}

static void
finalised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (page_of (self));
  if (mc_visits_finalise_finish (result, &error))
    mc_page_toast (page_of (self), _("Finalised. Print the site record and have it signed."));
  else
    mc_question_show_error (GTK_WIDGET (self), _("The check was not finalised"), error);
}

static void
flushed_for_finalise_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = today_text (self);

  if (!mc_visit_editor_flush_finish (MC_VISIT_EDITOR (source), result, &error))
    {
      mc_page_end_work (page_of (self));
      mc_question_show_error (GTK_WIDGET (self), _("The check was not finalised"), error);
      return;
    }
  mc_visits_finalise_async (mc_page_get_store (page_of (self)), mc_visit_editor_get_saved_visit (MC_VISIT_EDITOR (source)), day, mc_visit_view_get_inspector (self),
                            NULL, finalised_cb, g_object_ref (self));
}

static void
proven_for_finalise_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;

  if (!mc_pin_ask_finish (result) || !mc_visit_view_get_editor (self))
    return;
  mc_page_begin_work (page_of (self));
  mc_visit_editor_flush_async (mc_visit_view_get_editor (self), NULL, flushed_for_finalise_cb, g_object_ref (self));
}

static void
finalise_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "finalise") == 0 && mc_visit_view_get_editor (self))
    mc_pin_ask (GTK_WIDGET (self), mc_page_get_session (page_of (self)), NULL, _("Finalise this check"), proven_for_finalise_cb, g_object_ref (self));
}

static void
finalise_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  McQuestion *question = mc_question_new (_("Finalise this check?"),
                                          _("The text is fixed and gets a check code that is printed on the record. Afterwards it can only be amended, with a reason."));

  mc_visit_view_flush (self);
  mc_question_add_answer (question, "cancel", _("Not yet"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "finalise", _("Finalise"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, finalise_asked_cb, g_object_ref (self));
}

static void
amend_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  mc_visit_view_set_draft (self, mc_visit_editor_get_saved_visit (mc_visit_view_get_editor (self)));
  mc_visit_view_go_to (self, 0);
}

static void
discard_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_visit_view_set_draft (MC_VISIT_VIEW (widget), NULL);
}

static void
amended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (page_of (self));
  if (!mc_visits_amend_finish (result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("The amendment was not saved"), error);
      return;
    }
  mc_visit_view_set_draft (self, NULL);
  mc_page_toast (page_of (self), _("Amended. The record lists the amendment with its reason."));
}

static void
amend_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  g_autofree char *day = today_text (self);

  if (g_strcmp0 (answer, "amend") != 0 || !mc_visit_view_get_draft (self))
    return;
  mc_page_begin_work (page_of (self));
  mc_visits_amend_async (mc_page_get_store (page_of (self)), mc_visit_editor_get_saved_visit (mc_visit_view_get_editor (self)), mc_visit_view_get_draft (self), day, mc_visit_view_get_inspector (self),
                         reason, NULL, amended_cb, g_object_ref (self));
}

static void
submit_amendment_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  McQuestion *question = mc_question_new (_("Finish the amendment?"), _("The finalised text stays in the history; the record names what was amended, and why."));

  mc_visit_view_flush (self);
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "amend", _("Amend"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, amend_reason_cb, g_object_ref (self));
}

static void
flushed_for_print_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_visit_editor_flush_finish (MC_VISIT_EDITOR (source), result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("The record cannot be made yet"), error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.print-document", "(ss)", "site_record",
                              mc_visit_get_id (mc_visit_editor_get_visit (MC_VISIT_EDITOR (source))));
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  if (!mc_visit_view_get_editor (self))
    return;
  mc_visit_view_flush (self);
  mc_visit_editor_flush_async (mc_visit_view_get_editor (self), NULL, flushed_for_print_cb, g_object_ref (self));
}

void
mc_visit_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "visit.finalise", NULL, finalise_cb);
  gtk_widget_class_install_action (widget_class, "visit.amend", NULL, amend_cb);
  gtk_widget_class_install_action (widget_class, "visit.submit-amendment", NULL, submit_amendment_cb);
  gtk_widget_class_install_action (widget_class, "visit.discard-amendment", NULL, discard_cb);
  gtk_widget_class_install_action (widget_class, "visit.print", NULL, print_cb);
  mc_visit_phrases_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "visit.print", NULL);
}

void
mc_visit_actions_update (McVisitView *self, gboolean complete)
{
  gboolean writable = !mc_page_is_read_only (page_of (self));
  gboolean finalised = mc_visit_is_finalised (mc_visit_editor_get_visit (mc_visit_view_get_editor (self)));
  gboolean amending = mc_visit_view_get_draft (self) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.finalise", writable && !finalised && complete);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.amend", writable && finalised && !amending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.submit-amendment", writable && amending && complete);
}
