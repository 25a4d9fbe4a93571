/* SPDX-License-Identifier: GPL-3.0-or-later
 * A dialog with a list of people, of whom one is chosen: who works here now, who takes over. */
#include "mc-person-chooser.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/mc-dialog.h"

#define AVATAR_SIZE 34

/* What a dialog holds until it is answered; owned by its list. */
typedef struct
{
  GtkWindow *dialog; /* borrowed */
  GPtrArray *people;
  GTask *task;       /* NULL once answered */
} Choice;

void
mc_person_free (McPerson *person)
{
  g_free (person->id);
  g_free (person->name);
  g_free (person->detail);
  g_free (person);
}

static void
answer (Choice *choice, const char *id)
{
  g_autoptr (GTask) task = g_steal_pointer (&choice->task);

  if (task)
    g_task_return_pointer (task, g_strdup (id), g_free);
}

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  answer (choice, NULL);
  g_ptr_array_unref (choice->people);
  g_free (choice);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Choice *choice)
{
  const McPerson *person = choice->people->pdata[gtk_list_box_row_get_index (row)];
  GtkWindow *dialog = choice->dialog;

  answer (choice, person->id);
  gtk_window_destroy (dialog);
}

static GtkWidget *
row_new (const McPerson *person)
{
  GtkWidget *row = adw_action_row_new (), *avatar = adw_avatar_new (AVATAR_SIZE, person->name, FALSE);
  g_autofree char *detail = person->is_current ? g_strdup_printf ("%s · %s", person->detail ? person->detail : "", _("works now")) : g_strdup (person->detail ? person->detail : "");

  g_object_set (row, "use-markup", FALSE, "title-lines", 0, "subtitle-lines", 0, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), person->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "mc-data");
  if (person->has_pin)
    {
      GtkWidget *lock = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

      gtk_widget_set_tooltip_text (lock, _("Has a PIN"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), lock);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !person->is_current);
  gtk_widget_set_sensitive (row, !person->is_current);
  return row;
}

static GtkWidget *
list_new (Choice *choice, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (guint i = 0; i < choice->people->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), row_new (choice->people->pdata[i]));
  g_signal_connect_data (list, "row-activated", G_CALLBACK (row_activated_cb), choice, choice_free, 0);
  return list;
}

static gboolean
can_choose (GPtrArray *people)
{
  for (guint i = 0; i < people->len; i++)
    if (!((McPerson *) people->pdata[i])->is_current)
      return TRUE;
  return FALSE;
}

void
mc_person_choose (GtkWidget *widget, const char *heading, const char *empty, GPtrArray *people, GAsyncReadyCallback callback, gpointer user_data)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14), *message = mc_dialog_message_new (), *cancel = gtk_button_new_with_label (_("Cancel")), *list;
  Choice *choice = g_new0 (Choice, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && heading != NULL && people != NULL);

  choice->people = g_ptr_array_ref (people);
  choice->task = g_task_new (NULL, NULL, callback, user_data);
  list = list_new (choice, heading);
  gtk_widget_set_visible (list, people->len > 0);
  gtk_box_append (GTK_BOX (body), mc_dialog_scroller_new (widget, list));
  mc_dialog_message_set (message, can_choose (people) ? NULL : empty, FALSE);
  gtk_box_append (GTK_BOX (body), message);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_add_css_class (cancel, "mc-main");
  gtk_widget_set_halign (cancel, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (body), cancel);
  choice->dialog = mc_dialog_new (widget, heading, body);
  gtk_window_present (choice->dialog);
}

char *
mc_person_choose_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
