/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that gives a user a PIN, or another one. */
#include "mc-pin-form.h"

#include <glib/gi18n.h>

#include "widgets/mc-dialog.h"

/* Owned by the dialog's button, and by the work under way. */
typedef struct
{
  gatomicrefcount ref_count;
  GtkWindow *dialog;  /* weak */
  McStore *store;
  char *user;
  gboolean by_administrator;
  GtkWidget *old_row; /* NULL: not asked for; these are of the dialog */
  GtkWidget *new_row;
  GtkWidget *again_row;
  GtkWidget *message;
  GtkWidget *confirm;
  GTask *task;        /* NULL once answered */
} Form;

static void
answer (Form *form, gboolean done)
{
  g_autoptr (GTask) task = g_steal_pointer (&form->task);

  if (task)
    g_task_return_boolean (task, done);
}

static void
form_unref (gpointer data)
{
  Form *form = data;

  if (!g_atomic_ref_count_dec (&form->ref_count))
    return;
  answer (form, FALSE);
  g_clear_weak_pointer (&form->dialog);
  g_object_unref (form->store);
  g_free (form->user);
  g_free (form);
}

static void
form_release (gpointer data, GClosure *closure)
{
  form_unref (data);
}

static const char *
text_of (GtkWidget *row)
{
  return row ? gtk_editable_get_text (GTK_EDITABLE (row)) : NULL;
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  gboolean done = mc_user_set_pin_finish (result, &error);

  if (done)
    answer (form, TRUE);
  if (form->dialog && done)
    {
      gtk_window_destroy (form->dialog);
    }
  else if (form->dialog)
    {
      gtk_widget_set_sensitive (form->confirm, TRUE);
      mc_dialog_message_set (form->message, error->message, TRUE);
    }
  form_unref (form);
}

static void
confirm_cb (Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pin = mc_pin_clean (text_of (form->new_row), &error), *again = mc_pin_clean (text_of (form->again_row), NULL);

  if (!gtk_widget_get_sensitive (form->confirm))
    return;
  if (!pin || g_strcmp0 (pin, again) != 0)
    {
      mc_dialog_message_set (form->message, pin ? _("The two are not the same. Type the new PIN again.") : error->message, TRUE);
      gtk_widget_grab_focus (pin ? form->again_row : form->new_row);
      return;
    }
  gtk_widget_set_sensitive (form->confirm, FALSE);
  mc_dialog_message_set (form->message, _("Saving…"), FALSE);
  g_atomic_ref_count_inc (&form->ref_count);
  mc_user_set_pin_async (form->store, form->user, text_of (form->old_row), pin, form->by_administrator, g_get_real_time () / G_USEC_PER_SEC, NULL, set_cb, form);
}

static GtkWidget *
add_row (Form *form, GtkWidget *list, const char *title)
{
  GtkWidget *row = mc_dialog_password_row_new (title);

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (confirm_cb), form);
  return row;
}

static GtkWidget *
body_new (Form *form, const McUser *user)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14), *list = gtk_list_box_new ();
  GtkWidget *advice = gtk_label_new (_("4 to 32 digits; six or more are better. It is asked for when you finalise, decide, sign or switch users."));

  gtk_label_set_wrap (GTK_LABEL (advice), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (advice), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (advice), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (advice), 30);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("PIN"), -1);
  if (user->has_pin && !form->by_administrator)
    form->old_row = add_row (form, list, _("PIN so far"));
  form->new_row = add_row (form, list, _("New PIN"));
  form->again_row = add_row (form, list, _("New PIN, again"));
  form->message = mc_dialog_message_new ();
  gtk_box_append (GTK_BOX (body), advice);
  gtk_box_append (GTK_BOX (body), list);
  gtk_box_append (GTK_BOX (body), form->message);
  form->confirm = mc_dialog_add_buttons (GTK_BOX (body), _("Save"));
  g_signal_connect_data (form->confirm, "clicked", G_CALLBACK (confirm_cb), form, form_release, G_CONNECT_SWAPPED);
  return body;
}

void
mc_pin_form_show (GtkWidget *widget, McStore *store, const McUser *user, gboolean by_administrator, GAsyncReadyCallback callback, gpointer user_data)
{
  Form *form = g_new0 (Form, 1);
  g_autofree char *heading = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_STORE (store) && user != NULL);

  heading = g_strdup_printf (_("PIN of %s"), user->name);
  g_atomic_ref_count_init (&form->ref_count);
  form->store = g_object_ref (store);
  form->user = g_strdup (user->id);
  form->by_administrator = by_administrator;
  form->task = g_task_new (NULL, NULL, callback, user_data);
  g_set_weak_pointer (&form->dialog, mc_dialog_new (widget, heading, body_new (form, user)));
  gtk_window_present (form->dialog);
  gtk_widget_grab_focus (form->old_row ? form->old_row : form->new_row);
}

gboolean
mc_pin_form_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
