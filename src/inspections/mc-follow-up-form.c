/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked when something of a follow-up is recorded. */
#include "mc-follow-up-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "store/mc-code-list.h"
#include "widgets/mc-dialog.h"

#define MAX_ROWS 3

/* Lives as long as its dialog or a save of it. */
typedef struct
{
  gatomicrefcount ref_count;
  McStore *store;
  McRecord *follow_up;
  McRecord *edited;     /* what is being saved */
  McFollowUpFormKind kind;
  char *today;
  const char **results; /* of closing; the array is owned */

  /* Borrowed */
  GtkWindow *dialog;    /* weak */
  GtkWidget *list, *message, *confirm;
  GtkWidget *rows[MAX_ROWS];
  GtkWidget *result_row;
} Form;

static void
form_unref (Form *form)
{
  if (!g_atomic_ref_count_dec (&form->ref_count))
    return;
  g_clear_weak_pointer (&form->dialog);
  g_object_unref (form->store);
  mc_record_free (form->follow_up);
  g_clear_pointer (&form->edited, mc_record_free);
  g_free (form->results);
  g_free (form->today);
  g_free (form);
}

static void
form_release (gpointer data, GClosure *closure)
{
  form_unref (data);
}

static void
fail (Form *form, const char *message)
{
  if (!form->dialog)
    return;
  gtk_widget_set_sensitive (form->confirm, TRUE);
  mc_dialog_message_set (form->message, message, TRUE);
}

/* What was typed into a row, without blanks around it; NULL: nothing. Caller frees. */
static char *
typed (Form *form, guint row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->rows[row]))));

  return *text ? g_steal_pointer (&text) : NULL;
}

/* --- saving ------------------------------------------------------------------------------------------------ */

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Form *form = data;
  GError *error = NULL;

  if (mc_store_save (form->store, form->follow_up, form->edited, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail (form, error->message);
  else if (form->dialog)
    gtk_window_destroy (form->dialog);
  form_unref (form);
}

static McRecord *
edit (Form *form, GError **error)
{
  g_autofree char *first = typed (form, 0), *second = typed (form, 1), *third = form->rows[2] ? typed (form, 2) : NULL;

  switch (form->kind)
    {
    case MC_FOLLOW_UP_FORM_EXTEND:
      return mc_follow_up_extend (form->follow_up, first, second, third, error);
    case MC_FOLLOW_UP_FORM_REFER:
      return mc_follow_up_refer (form->follow_up, first, second, third, form->today, error);
    case MC_FOLLOW_UP_FORM_REPLY:
      return mc_follow_up_reply (form->follow_up, first, second, third, form->today, error);
    case MC_FOLLOW_UP_FORM_CLOSE:
    default:
      return mc_follow_up_close (form->follow_up, form->results[adw_combo_row_get_selected (ADW_COMBO_ROW (form->result_row))], first, second,
                                 form->today, error);
    }
}

static void
confirm_cb (Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (!gtk_widget_get_sensitive (form->confirm))
    return;
  g_clear_pointer (&form->edited, mc_record_free);
  form->edited = edit (form, &error);
  if (!form->edited)
    {
      fail (form, error->message);
      return;
    }
  gtk_widget_set_sensitive (form->confirm, FALSE);
  mc_dialog_message_set (form->message, _("Saving…"), FALSE);
  g_atomic_ref_count_inc (&form->ref_count);
  task = g_task_new (NULL, NULL, saved_cb, form);
  g_task_set_task_data (task, form, NULL);
  g_task_run_in_thread (task, save_thread);
}

/* --- its widgets ------------------------------------------------------------------------------------------- */

static void
add_entry (Form *form, guint index, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row), GTK_INPUT_HINT_NO_EMOJI);
  if (text)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_list_box_append (GTK_LIST_BOX (form->list), row);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (confirm_cb), form);
  form->rows[index] = row;
}

static void
add_results (Form *form)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  form->results = mc_follow_up_results (form->follow_up);
  for (guint i = 0; form->results[i]; i++)
    gtk_string_list_append (labels, mc_code_label ("follow-up-result", form->results[i]));
  form->result_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->result_row), _("Outcome"));
  adw_combo_row_set_model (ADW_COMBO_ROW (form->result_row), G_LIST_MODEL (labels));
  gtk_list_box_append (GTK_LIST_BOX (form->list), form->result_row);
}

/* What is there already stands in the rows. */
static void
add_rows (Form *form)
{
  const McRecord *record = form->follow_up;
  const char *referred_on = mc_record_get_text (record, "referred_on"), *reply_on = mc_record_get_text (record, "reply_on");

  switch (form->kind)
    {
    case MC_FOLLOW_UP_FORM_EXTEND:
      add_entry (form, 0, _("New day, as 2026-01-31"), NULL);
      add_entry (form, 1, _("Reason"), NULL);
      add_entry (form, 2, _("Approved by"), NULL);
      break;
    case MC_FOLLOW_UP_FORM_REFER:
      add_entry (form, 0, _("Full name of the authority it goes to"), mc_record_get_text (record, "referred_to"));
      add_entry (form, 1, _("Day it went out, as 2026-01-31"), referred_on ? referred_on : form->today);
      add_entry (form, 2, _("Reply due on (may be left out)"), mc_record_get_text (record, "reply_due_on"));
      break;
    case MC_FOLLOW_UP_FORM_REPLY:
      add_entry (form, 0, _("Day it came, as 2026-01-31"), reply_on ? reply_on : form->today);
      add_entry (form, 1, _("Number of the reply (may be left out)"), mc_record_get_text (record, "reply_no"));
      add_entry (form, 2, _("What the reply says"), mc_record_get_text (record, "reply_text"));
      break;
    case MC_FOLLOW_UP_FORM_CLOSE:
    default:
      add_results (form);
      add_entry (form, 0, _("Day, as 2026-01-31"), form->today);
      add_entry (form, 1, _("Note (may be left out)"), mc_record_get_text (record, "note"));
    }
}

static const char *
heading (McFollowUpFormKind kind)
{
  switch (kind)
    {
    case MC_FOLLOW_UP_FORM_EXTEND:
      return _("Give more time");
    case MC_FOLLOW_UP_FORM_REFER:
      return _("Record the referral");
    case MC_FOLLOW_UP_FORM_REPLY:
      return _("Record the reply");
    case MC_FOLLOW_UP_FORM_CLOSE:
    default:
      return _("Close the follow-up");
    }
}

/* What was ordered to be corrected, and may not be called so before somebody saw it. */
static gboolean
can_be_corrected (Form *form)
{
  return mc_follow_up_get_state (form->follow_up) == MC_FOLLOW_UP_REPLY || g_strv_contains (form->results, "corrected");
}

static GtkWidget *
body_new (Form *form, GtkWidget *widget)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  form->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (form->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (form->list, "boxed-list");
  gtk_widget_set_valign (form->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->list), GTK_ACCESSIBLE_PROPERTY_LABEL, heading (form->kind), -1);
  add_rows (form);
  form->message = mc_dialog_message_new ();
  gtk_box_append (GTK_BOX (body), mc_dialog_scroller_new (widget, form->list));
  gtk_box_append (GTK_BOX (body), form->message);
  if (form->kind == MC_FOLLOW_UP_FORM_CLOSE && !can_be_corrected (form))
    mc_dialog_message_set (form->message, _("That it was corrected is recorded by a re-check."), FALSE);
  form->confirm = mc_dialog_add_buttons (GTK_BOX (body), form->kind == MC_FOLLOW_UP_FORM_CLOSE ? _("Close it") : _("Record"));
  g_signal_connect_data (form->confirm, "clicked", G_CALLBACK (confirm_cb), form, form_release, G_CONNECT_SWAPPED);
  return body;
}

void
mc_follow_up_form_show (GtkWidget *widget, McStore *store, const McRecord *follow_up, McFollowUpFormKind kind, const char *today)
{
  Form *form = g_new0 (Form, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_STORE (store) && follow_up != NULL && today != NULL);

  g_atomic_ref_count_init (&form->ref_count);
  form->store = g_object_ref (store);
  form->follow_up = mc_record_copy (follow_up);
  form->kind = kind;
  form->today = g_strdup (today);
  g_set_weak_pointer (&form->dialog, mc_dialog_new (widget, heading (kind), body_new (form, widget)));
  gtk_window_present (form->dialog);
  gtk_widget_grab_focus (form->rows[0]);
}
