/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialog that adds a user to this computer: name, role, authority, area, and a PIN if wanted. */
#include "mc-user-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "store/mc-code-list.h"
#include "widgets/mc-dialog.h"

/* Owned by the dialog's button, and by the work under way. */
typedef struct
{
  gatomicrefcount ref_count;
  GtkWindow *dialog;    /* weak; the widgets below are of it */
  McStore *store;
  GtkWidget *name_row;
  GtkWidget *role_row;
  GtkWidget *authority_row;
  GtkWidget *area_row;
  GtkWidget *pin_row;
  GtkWidget *message;
  GtkWidget *confirm;
  GPtrArray *areas;     /* of const McArea: those of area_row */
  char *name;
  char *pin;
  GTask *task;          /* NULL once answered */
} Form;

static void
answer (Form *form, const char *name)
{
  g_autoptr (GTask) task = g_steal_pointer (&form->task);

  if (task)
    g_task_return_pointer (task, g_strdup (name), g_free);
}

static void
form_unref (Form *form)
{
  if (!g_atomic_ref_count_dec (&form->ref_count))
    return;
  answer (form, NULL);
  g_clear_weak_pointer (&form->dialog);
  g_object_unref (form->store);
  g_ptr_array_unref (form->areas);
  g_free (form->name);
  g_free (form->pin);
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

static void
finish (Form *form)
{
  answer (form, form->name);
  if (form->dialog)
    gtk_window_destroy (form->dialog);
}

static void
pin_set_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;

  /* The user is there; a PIN can be set later too. */
  if (!mc_user_set_pin_finish (result, &error))
    g_warning ("the PIN of the new user was not set: %s", error->message);
  finish (form);
  form_unref (form);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mc_setup_run_finish (result, &error);

  if (id && form->pin)
    {
      mc_user_set_pin_async (form->store, id, NULL, form->pin, FALSE, g_get_real_time () / G_USEC_PER_SEC, NULL, pin_set_cb, form);
      return;
    }
  if (id)
    finish (form);
  else
    fail (form, error->message);
  form_unref (form);
}

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* What is asked for a PIN: nothing, or one of the right form. */
static gboolean
take_pin (Form *form)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&form->pin, g_free);
  if (!*text_of (form->pin_row))
    return TRUE;
  form->pin = mc_pin_clean (text_of (form->pin_row), &error);
  if (!form->pin)
    fail (form, error->message);
  return form->pin != NULL;
}

static void
confirm_cb (Form *form)
{
  const McArea *area = form->areas->pdata[MIN (adw_combo_row_get_selected (ADW_COMBO_ROW (form->area_row)), form->areas->len - 1)];
  const McCode *const *roles = mc_code_list ("role");
  const McSetupOptions options = { .area_code = area->code ? area->code : area->name,
                                   .authority_name = text_of (form->authority_row),
                                   .user_name = text_of (form->name_row),
                                   .role = roles[adw_combo_row_get_selected (ADW_COMBO_ROW (form->role_row))]->code };

  if (!gtk_widget_get_sensitive (form->confirm) || !take_pin (form))
    return;
  gtk_widget_set_sensitive (form->confirm, FALSE);
  mc_dialog_message_set (form->message, _("Saving…"), FALSE);
  g_free (form->name);
  form->name = g_strstrip (g_strdup (options.user_name));
  g_atomic_ref_count_inc (&form->ref_count);
  mc_setup_add_user_async (form->store, &options, NULL, added_cb, form);
}

/* --- its widgets ---------------------------------------------------------------------------------------------- */

static GtkWidget *
add_entry (Form *form, GtkWidget *list, GtkWidget *row, const char *title, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row), GTK_INPUT_HINT_NO_EMOJI);
  if (text)
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (confirm_cb), form);
  return row;
}

static GtkWidget *
add_combo (GtkWidget *list, const char *title, GtkStringList *choices)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
add_roles (GtkWidget *list)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const McCode *const *roles = mc_code_list ("role");

  for (guint i = 0; roles[i]; i++)
    gtk_string_list_append (labels, roles[i]->label);
  return add_combo (list, _("Role"), labels);
}

/* The area of who adds, and those in it. */
static GtkWidget *
add_areas (Form *form, GtkWidget *list, const char *id)
{
  McAreaTree *tree = mc_area_tree_get_builtin ();
  const McArea *own = mc_area_tree_find (tree, id);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) children = own ? mc_area_tree_get_children (tree, own) : g_ptr_array_new ();

  form->areas = g_ptr_array_new ();
  if (own)
    g_ptr_array_add (form->areas, (gpointer) own);
  for (guint i = 0; i < children->len; i++)
    g_ptr_array_add (form->areas, children->pdata[i]);
  for (guint i = 0; i < form->areas->len; i++)
    gtk_string_list_append (names, ((const McArea *) form->areas->pdata[i])->name);
  return add_combo (list, _("Area"), names);
}

static GtkWidget *
body_new (Form *form, GtkWidget *widget, const McUser *like)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14), *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New user"), -1);
  form->name_row = add_entry (form, list, adw_entry_row_new (), _("Name"), NULL);
  form->role_row = add_roles (list);
  form->authority_row = add_entry (form, list, adw_entry_row_new (), _("Full name of the authority, as on documents"), like->authority_name);
  form->area_row = add_areas (form, list, like->area);
  form->pin_row = mc_dialog_password_row_new (_("PIN (may be left out)"));
  gtk_list_box_append (GTK_LIST_BOX (list), form->pin_row);
  form->message = mc_dialog_message_new ();
  gtk_box_append (GTK_BOX (body), mc_dialog_scroller_new (widget, list));
  gtk_box_append (GTK_BOX (body), form->message);
  form->confirm = mc_dialog_add_buttons (GTK_BOX (body), _("Add"));
  g_signal_connect_data (form->confirm, "clicked", G_CALLBACK (confirm_cb), form, form_release, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (form->confirm, form->areas->len > 0);
  return body;
}

void
mc_user_form_show (GtkWidget *widget, McStore *store, const McUser *like, GAsyncReadyCallback callback, gpointer user_data)
{
  Form *form = g_new0 (Form, 1);

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_STORE (store) && like != NULL);

  g_atomic_ref_count_init (&form->ref_count);
  form->store = g_object_ref (store);
  form->task = g_task_new (NULL, NULL, callback, user_data);
  g_set_weak_pointer (&form->dialog, mc_dialog_new (widget, _("Add a user"), body_new (form, widget, like)));
  gtk_window_present (form->dialog);
  gtk_widget_grab_focus (form->name_row);
}

char *
mc_user_form_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
