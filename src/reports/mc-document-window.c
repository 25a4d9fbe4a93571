/* SPDX-License-Identifier: GPL-3.0-or-later
 * One document of a check: its pages as they are printed, and all that is done with it. */
#include "mc-document-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-document-forms.h"
#include "mc-document-sign-window.h"
#include "mc-document-view.h"
#include "mc-print.h"
#include "store/mc-code-list.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-question.h"
#include "widgets/mc-wrap-box.h"

#define DEFAULT_WIDTH 960
#define DEFAULT_HEIGHT 700

struct _McDocumentWindow
{
  AdwWindow parent_instance;

  /* Children. */
  GtkWidget *title;
  GtkWidget *view;
  GtkWidget *state_label;
  GtkWidget *issue_button, *print_button, *pdf_button, *docx_button;
  GtkWidget *sign_button, *paper_button, *refuse_button, *deliver_button, *withdraw_button;

  /* Owned. */
  McSession *session;
  McDocumentTarget *target;
  McDocumentState *state;
};

G_DEFINE_FINAL_TYPE (McDocumentWindow, mc_document_window, ADW_TYPE_WINDOW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load (McDocumentWindow *self);

static void
fail (McDocumentWindow *self, const char *heading, const GError *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  mc_question_show_error (gtk_widget_get_visible (GTK_WIDGET (self)) || !parent ? GTK_WIDGET (self) : GTK_WIDGET (parent), heading, error);
}

/* --- what is shown ------------------------------------------------------------------------------------------ */

static char *
describe_missing (char **missing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; missing && missing[i]; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? _(", ") : "", mc_code_label ("signature-role", missing[i]));
  return g_string_free (text, FALSE);
}

static char *
describe_state (McDocumentWindow *self)
{
  const McRecord *document = self->state->document;
  const char *delivered_on = document ? mc_record_get_text (document, "delivered_on") : NULL;
  g_autofree char *missing = describe_missing (self->state->missing);
  GString *text = g_string_new (NULL);

  if (!document)
    return g_strdup (self->state->content->draft ? _("A draft: it can be issued once the check is finalised.") : _("Not issued yet. This is how it will be printed."));
  g_string_append (text, mc_signing_state_label (self->state->signing));
  if (*missing)
    g_string_append_printf (text, _(" (missing: %s)"), missing);
  if (delivered_on)
    g_string_append_printf (text, _("; delivered on %s"), delivered_on);
  else if (self->state->delivered_kind)
    g_string_append (text, _("; not delivered yet"));
  return g_string_free (text, FALSE);
}

static void
update (McDocumentWindow *self)
{
  const McRecord *document = self->state->document;
  gboolean writable = !mc_session_is_read_only (self->session);
  gboolean awaiting = document && self->state->signing == MC_SIGNING_AWAITING && writable;
  g_autofree char *text = describe_state (self);

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), self->state->content->title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), self->state->content->number);
  gtk_window_set_title (GTK_WINDOW (self), self->state->content->title);
  gtk_label_set_label (GTK_LABEL (self->state_label), text);
  gtk_widget_set_visible (self->issue_button, !document && writable && !self->state->content->draft);
  gtk_widget_set_visible (self->sign_button, awaiting);
  gtk_widget_set_visible (self->paper_button, awaiting);
  gtk_widget_set_visible (self->refuse_button, awaiting);
  gtk_widget_set_visible (self->deliver_button, document && writable && self->state->delivered_kind && !mc_record_get_text (document, "delivered_on"));
  gtk_widget_set_visible (self->withdraw_button, document && writable);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autoptr (GError) error = NULL;
  McDocumentState *state = mc_document_load_finish (result, &error);

  if (!state)
    {
      fail (self, _("The document was not made"), error);
      if (!gtk_widget_get_visible (GTK_WIDGET (self)))
        gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  g_clear_pointer (&self->state, mc_document_state_free);
  self->state = state;
  update (self);
  /* The pages keep what they are drawn from; the state needs no more than its head. */
  mc_document_view_take_document (MC_DOCUMENT_VIEW (self->view), mc_document_new_from_content (mc_document_content_ref (state->content)));
  gtk_window_present (GTK_WINDOW (self));
}

static void
load (McDocumentWindow *self)
{
  mc_document_load_async (self->target, loaded_cb, g_object_ref (self));
}

static void
changed (McDocumentWindow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  load (self);
}

/* --- printing and saving ------------------------------------------------------------------------------------ */

static gboolean
check_characters (McDocumentWindow *self)
{
  McDocument *document = mc_document_view_get_document (MC_DOCUMENT_VIEW (self->view));
  g_autoptr (GError) error = NULL;

  if (document && mc_document_check_characters (document, &error))
    return TRUE;
  if (error)
    fail (self, _("The document was not made"), error);
  return FALSE;
}

static void
print_cb (McDocumentWindow *self)
{
  if (check_characters (self))
    mc_print_pages (GTK_WIDGET (self), mc_document_view_get_document (MC_DOCUMENT_VIEW (self->view)));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = mc_file_chooser_save_finish (result, &error);
  McDocument *document = mc_document_view_get_document (MC_DOCUMENT_VIEW (self->view));
  const char *path = file ? g_file_peek_path (file) : NULL;

  if (path && g_str_has_suffix (path, ".docx"))
    mc_document_write_docx (document, path, NULL, &error);
  else if (path)
    mc_document_write_pdf (document, path, NULL, &error);
  if (error)
    fail (self, _("The document was not saved"), error);
}

static void
save_pdf_cb (McDocumentWindow *self)
{
  static const char *const patterns[] = { "*.pdf", NULL };
  g_autofree char *name = g_strconcat (self->state->content->title, ".pdf", NULL);

  if (check_characters (self))
    mc_file_chooser_save (GTK_WIDGET (self), _("Save as PDF"), name, _("PDF documents"), patterns, file_chosen_cb, g_object_ref (self));
}

static void
save_docx_cb (McDocumentWindow *self)
{
  static const char *const patterns[] = { "*.docx", NULL };
  g_autofree char *name = g_strconcat (self->state->content->title, ".docx", NULL);

  if (check_characters (self))
    mc_file_chooser_save (GTK_WIDGET (self), _("Save for WPS"), name, _("Text documents (.docx)"), patterns, file_chosen_cb, g_object_ref (self));
}

/* --- issuing and withdrawing -------------------------------------------------------------------------------- */

typedef struct
{
  McDocumentTarget *target;
  char *text;
  char *day;
  char *id; /* of what was issued */
} Issue;

static void
issue_free (gpointer data)
{
  Issue *issue = data;

  mc_document_target_free (issue->target);
  g_free (issue->text);
  g_free (issue->day);
  g_free (issue->id);
  g_free (issue);
}

static gboolean
issue_func (McStore *store, gpointer data, GError **error)
{
  Issue *issue = data;
  gboolean letter = strcmp (issue->target->kind, "referral_letter") == 0;
  const char *text = issue->text && *issue->text ? issue->text : NULL;
  const McDocumentOrder order = {
    .kind = issue->target->kind, .visit = issue->target->visit, .competent = issue->target->competent,
    .addressed_to = letter ? text : NULL, .basis = letter ? NULL : text, .issued_on = issue->day,
  };

  issue->id = mc_documents_issue (store, &order, error);
  return issue->id != NULL;
}

static void
issued_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autoptr (GError) error = NULL;
  Issue *issue = mc_document_run_get_data (result);

  if (mc_document_run_finish (result, &error))
    {
      g_free (self->target->document);
      self->target->document = g_strdup (issue->id);
      changed (self);
    }
  else
    fail (self, _("The document was not issued"), error);
}

static void
issue_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autofree char *text = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &text);
  GDate today;
  char day[16];
  Issue *issue;

  if (g_strcmp0 (answer, "issue") != 0)
    return;
  mc_session_get_today (self->session, &today);
  g_date_strftime (day, sizeof day, "%Y-%m-%d", &today);
  issue = g_new0 (Issue, 1);
  issue->target = mc_document_target_new (self->target->store, self->target->kind, self->target->visit, NULL, self->target->competent);
  issue->text = g_steal_pointer (&text);
  issue->day = g_strdup (day);
  mc_document_run_async (self->target->store, issue_func, issue, issue_free, issued_cb, g_object_ref (self));
}

static void
issue_cb (McDocumentWindow *self)
{
  McQuestion *question = mc_question_new (_("Issue this document?"),
                                          _("It gets its number and is kept as it is shown. It can be withdrawn later, with a reason; its number is not used again."));

  if (strcmp (self->target->kind, "referral_letter") == 0)
    mc_question_ask_text (question, _("Full name of the authority it goes to"), FALSE);
  else if (strcmp (self->target->kind, "rectification_order") == 0)
    mc_question_ask_text (question, _("Legal basis of the order (empty: a line to write it on)"), FALSE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "issue", _("Issue"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, GTK_WIDGET (self), issue_asked_cb, g_object_ref (self));
}

typedef struct
{
  char *document;
  char *reason;
} Withdrawal;

static void
withdrawal_free (gpointer data)
{
  Withdrawal *withdrawal = data;

  g_free (withdrawal->document);
  g_free (withdrawal->reason);
  g_free (withdrawal);
}

static gboolean
withdraw_func (McStore *store, gpointer data, GError **error)
{
  const Withdrawal *withdrawal = data;

  return mc_documents_withdraw (store, withdrawal->document, withdrawal->reason, error);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_document_run_finish (result, &error))
    {
      fail (self, _("Nothing was changed"), error);
      return;
    }
  g_clear_pointer (&self->target->document, g_free);
  changed (self);
}

static void
withdraw_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  Withdrawal *withdrawal;

  if (g_strcmp0 (answer, "withdraw") != 0)
    return;
  withdrawal = g_new0 (Withdrawal, 1);
  *withdrawal = (Withdrawal) { g_strdup (self->target->document), g_steal_pointer (&reason) };
  mc_document_run_async (self->target->store, withdraw_func, withdrawal, withdrawal_free, withdrawn_cb, g_object_ref (self));
}

static void
withdraw_cb (McDocumentWindow *self)
{
  McQuestion *question = mc_question_new (_("Withdraw this document?"), _("It stays in the records as withdrawn. Its number is not used again."));

  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "withdraw", _("Withdraw"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask (question, GTK_WIDGET (self), withdraw_asked_cb, g_object_ref (self));
}

/* --- delivering and signing --------------------------------------------------------------------------------- */

static void
form_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McDocumentWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (mc_document_form_finish (result, &error))
    changed (self);
  else if (error)
    fail (self, _("Nothing was changed"), error);
}

static void
deliver_cb (McDocumentWindow *self)
{
  GDate today;

  mc_session_get_today (self->session, &today);
  mc_document_form_deliver (GTK_WIDGET (self), self->target, self->state, &today, form_done_cb, g_object_ref (self));
}

static void
paper_cb (McDocumentWindow *self)
{
  mc_document_form_paper (GTK_WIDGET (self), self->target, self->state, form_done_cb, g_object_ref (self));
}

static void
refuse_cb (McDocumentWindow *self)
{
  mc_document_form_refuse (GTK_WIDGET (self), self->target, self->state, form_done_cb, g_object_ref (self));
}

static void
sign_cb (McDocumentWindow *self)
{
  McDocumentSignWindow *window = mc_document_sign_window_new (GTK_WINDOW (self), self->session, self->target, self->state);

  g_signal_connect_object (window, "signed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* --- the window --------------------------------------------------------------------------------------------- */

static GtkWidget *
add_button (McDocumentWindow *self, GtkWidget *box, const char *label, void (*clicked) (McDocumentWindow *self))
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  mc_wrap_box_append (MC_WRAP_BOX (box), button);
  return button;
}

static void
add_buttons (McDocumentWindow *self, GtkWidget *box)
{
  self->issue_button = add_button (self, box, _("_Issue…"), issue_cb);
  self->print_button = add_button (self, box, _("_Print…"), print_cb);
  self->pdf_button = add_button (self, box, _("Save as P_DF…"), save_pdf_cb);
  self->docx_button = add_button (self, box, _("Save for _WPS…"), save_docx_cb);
  self->sign_button = add_button (self, box, _("Read and _Sign…"), sign_cb);
  self->paper_button = add_button (self, box, _("Signed on P_aper…"), paper_cb);
  self->refuse_button = add_button (self, box, _("Signature _Refused…"), refuse_cb);
  self->deliver_button = add_button (self, box, _("D_elivered…"), deliver_cb);
  self->withdraw_button = add_button (self, box, _("Wi_thdraw…"), withdraw_cb);
  gtk_widget_add_css_class (self->issue_button, "suggested-action");
  gtk_widget_add_css_class (self->sign_button, "suggested-action");
}

static void
mc_document_window_dispose (GObject *object)
{
  McDocumentWindow *self = MC_DOCUMENT_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->target, mc_document_target_free);
  g_clear_pointer (&self->state, mc_document_state_free);
  G_OBJECT_CLASS (mc_document_window_parent_class)->dispose (object);
}

static void
mc_document_window_class_init (McDocumentWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_document_window_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
mc_document_window_init (McDocumentWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *buttons = mc_wrap_box_new (8, 8);

  self->title = adw_window_title_new ("", "");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  self->view = mc_document_view_new ();
  self->state_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->state_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->state_label), 0);
  gtk_widget_set_margin_start (self->state_label, 16);
  gtk_widget_set_margin_end (self->state_label, 16);
  gtk_widget_set_margin_top (self->state_label, 10);
  gtk_widget_set_margin_start (buttons, 16);
  gtk_widget_set_margin_end (buttons, 16);
  gtk_widget_set_margin_top (buttons, 8);
  gtk_widget_set_margin_bottom (buttons, 12);
  add_buttons (self, buttons);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->view);
  gtk_box_append (GTK_BOX (box), self->state_label);
  gtk_box_append (GTK_BOX (box), buttons);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

McDocumentWindow *
mc_document_window_new (GtkWidget *widget, McSession *session, McDocumentTarget *target)
{
  McDocumentWindow *self = g_object_new (MC_TYPE_DOCUMENT_WINDOW, "transient-for", gtk_widget_get_root (widget), NULL);

  self->session = g_object_ref (session);
  self->target = target;
  load (self);
  return self;
}
