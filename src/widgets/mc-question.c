/* SPDX-License-Identifier: GPL-3.0-or-later
 * A question to the person, or a message that must be read. Our one use of AdwMessageDialog. */
#include "mc-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _McQuestion
{
  GObject parent_instance;

  AdwMessageDialog *dialog;
  GtkWidget *extra_box;
  GtkWidget *entry; /* NULL: no text is asked for */
  gboolean text_required;
  GPtrArray *answers; /* of char *, without "cancel" */
};

G_DEFINE_FINAL_TYPE (McQuestion, mc_question, G_TYPE_OBJECT)

typedef struct
{
  char *answer;
  char *text;
} Outcome;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->answer);
  g_free (outcome->text);
  g_free (outcome);
}

static char *
typed_text (McQuestion *self)
{
  return self->entry ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)))) : NULL;
}

static void
update_answers (McQuestion *self)
{
  g_autofree char *text = typed_text (self);
  gboolean enabled = !self->text_required || (text && *text);

  for (guint i = 0; i < self->answers->len; i++)
    adw_message_dialog_set_response_enabled (self->dialog, self->answers->pdata[i], enabled);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  McQuestion *self = g_task_get_source_object (task);
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->answer = g_strdup (response);
  outcome->text = typed_text (self);
  g_task_return_pointer (task, outcome, outcome_free);
}

static void
task_release (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/* Both layouts of the button row are exposed and each button reads its label twice: name the buttons themselves. */
static void
name_buttons (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_button_get_label (GTK_BUTTON (widget)), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
mc_question_dispose (GObject *object)
{
  McQuestion *self = MC_QUESTION (object);

  g_clear_object (&self->extra_box);
  g_clear_object (&self->dialog);
  g_clear_pointer (&self->answers, g_ptr_array_unref);

  G_OBJECT_CLASS (mc_question_parent_class)->dispose (object);
}

static void
mc_question_class_init (McQuestionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_question_dispose;
}

static void
mc_question_init (McQuestion *self)
{
  self->answers = g_ptr_array_new_with_free_func (g_free);
}

McQuestion *
mc_question_new (const char *heading, const char *body)
{
  McQuestion *self = g_object_new (MC_TYPE_QUESTION, NULL);

  self->dialog = ADW_MESSAGE_DIALOG (g_object_ref_sink (adw_message_dialog_new (NULL, heading, body)));
  self->extra_box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  return self;
}

void
mc_question_add_answer (McQuestion *self, const char *answer, const char *label, McQuestionTone tone)
{
  static const AdwResponseAppearance appearances[] = { ADW_RESPONSE_DEFAULT, ADW_RESPONSE_SUGGESTED, ADW_RESPONSE_DESTRUCTIVE };

  g_return_if_fail (MC_IS_QUESTION (self) && answer != NULL && label != NULL);

  adw_message_dialog_add_response (self->dialog, answer, label);
  adw_message_dialog_set_response_appearance (self->dialog, answer, appearances[tone]);
  if (g_strcmp0 (answer, "cancel") != 0)
    g_ptr_array_add (self->answers, g_strdup (answer));
  if (tone == MC_QUESTION_SUGGESTED)
    adw_message_dialog_set_default_response (self->dialog, answer);
}

void
mc_question_ask_text (McQuestion *self, const char *label, gboolean required)
{
  GtkWidget *list;

  g_return_if_fail (MC_IS_QUESTION (self) && self->entry == NULL);

  list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), label);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (self->entry), GTK_INPUT_HINT_NO_EMOJI);
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  gtk_box_append (GTK_BOX (self->extra_box), list);
  self->text_required = required;
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (update_answers), self, G_CONNECT_SWAPPED);
}

void
mc_question_set_extra (McQuestion *self, GtkWidget *extra)
{
  g_return_if_fail (MC_IS_QUESTION (self) && GTK_IS_WIDGET (extra));

  gtk_box_append (GTK_BOX (self->extra_box), extra);
}

void
mc_question_ask (McQuestion *self, GtkWidget *widget, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  GtkRoot *root;

  g_return_if_fail (MC_IS_QUESTION (self) && GTK_IS_WIDGET (widget));

  root = gtk_widget_get_root (widget);
  task = g_task_new (self, NULL, callback, user_data);
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (GTK_WINDOW (self->dialog), GTK_WINDOW (root));
      if (gtk_widget_has_css_class (GTK_WIDGET (root), "elder"))
        gtk_widget_add_css_class (GTK_WIDGET (self->dialog), "elder");
    }
  if (gtk_widget_get_first_child (self->extra_box))
    adw_message_dialog_set_extra_child (self->dialog, self->extra_box);
  update_answers (self);
  name_buttons (GTK_WIDGET (self->dialog));
  g_signal_connect_data (self->dialog, "response", G_CALLBACK (response_cb), task, task_release, 0);
  gtk_window_present (GTK_WINDOW (self->dialog));
  g_object_unref (self);
}

char *
mc_question_ask_finish (GAsyncResult *result, char **text)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), NULL);
  char *answer = g_steal_pointer (&outcome->answer);

  if (text)
    *text = g_steal_pointer (&outcome->text);
  outcome_free (outcome);
  return answer;
}

void
mc_question_show_error (GtkWidget *widget, const char *heading, const GError *error)
{
  McQuestion *question;

  g_return_if_fail (GTK_IS_WIDGET (widget) && heading != NULL && error != NULL);

  question = mc_question_new (heading, error->message);
  mc_question_add_answer (question, "cancel", _("Close"), MC_QUESTION_PLAIN);
  mc_question_ask (question, widget, NULL, NULL);
}
