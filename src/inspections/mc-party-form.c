/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another authority takes part in a check: which, and who comes for it. */
#include "mc-party-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "registry/mc-authority.h"
#include "registry/mc-chip-list.h"
#include "registry/mc-inspector.h"
#include "registry/mc-record-chooser.h"
#include "store/mc-code-list.h"
#include "widgets/mc-dialog.h"

/* Lives as long as its dialog, or what is read for it. */
typedef struct
{
  gatomicrefcount ref_count;
  McStore *store;          /* owned */
  McVisitEditor *editor;   /* owned */
  GPtrArray *authorities;  /* of McAuthority; NULL: not read yet */
  GPtrArray *inspectors;   /* of McInspectorRow */
  char *authority, *lead;  /* ids */

  /* Borrowed */
  GtkWindow *dialog;       /* weak */
  GtkWidget *list, *authority_row, *lead_row, *assistants, *message, *confirm;
  GtkWidget *authority_chooser, *lead_chooser, *assistant_chooser;
} Form;

static void
form_unref (Form *form)
{
  if (!g_atomic_ref_count_dec (&form->ref_count))
    return;
  g_clear_weak_pointer (&form->dialog);
  g_object_unref (form->store);
  g_object_unref (form->editor);
  g_clear_pointer (&form->authorities, g_ptr_array_unref);
  g_clear_pointer (&form->inspectors, g_ptr_array_unref);
  g_free (form->authority);
  g_free (form->lead);
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

/* --- what there is to choose ------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *authorities, *inspectors;
} Register;

static void
register_free (gpointer data)
{
  Register *there = data;

  g_clear_pointer (&there->authorities, g_ptr_array_unref);
  g_clear_pointer (&there->inspectors, g_ptr_array_unref);
  g_free (there);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const McInspectorQuery query = { 0 };
  GError *error = NULL;
  g_autoptr (McAreaTree) tree = mc_area_tree_load (source, &error);
  Register *there = g_new0 (Register, 1);

  there->authorities = tree ? mc_authority_list (source, &error) : NULL;
  there->inspectors = there->authorities ? mc_inspector_list (source, tree, &query, &error) : NULL;
  if (there->inspectors)
    {
      g_task_return_pointer (task, there, register_free);
      return;
    }
  register_free (there);
  g_task_return_error (task, error);
}

/* The inspectors of the chosen authority. */
static void
offer_inspectors (Form *form)
{
  g_autoptr (GPtrArray) choices = mc_record_choices_new ();

  for (guint i = 0; i < form->inspectors->len; i++)
    {
      const McInspectorRow *row = g_ptr_array_index (form->inspectors, i);

      if (g_strcmp0 (row->authority, form->authority) == 0)
        g_ptr_array_add (choices, mc_record_choice_new (row->id, row->name, row->certificate_no));
    }
  mc_record_chooser_set_choices (MC_RECORD_CHOOSER (form->lead_chooser), choices);
  mc_record_chooser_set_choices (MC_RECORD_CHOOSER (form->assistant_chooser), choices);
  mc_dialog_message_set (form->message, form->authority && choices->len == 0
                           ? _("The register has no inspector of this authority yet. It can take part now; say later who comes, before finalising.") : NULL, FALSE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Form *form = data;
  g_autoptr (GError) error = NULL;
  Register *there = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GPtrArray) choices = mc_record_choices_new ();
  const char *own = mc_record_get_text (mc_visit_get_record (mc_visit_editor_get_visit (form->editor)), "authority");

  if (there && form->dialog)
    {
      form->authorities = g_steal_pointer (&there->authorities);
      form->inspectors = g_steal_pointer (&there->inspectors);
      for (guint i = 0; i < form->authorities->len; i++)
        {
          const McAuthority *authority = g_ptr_array_index (form->authorities, i);

          if (g_strcmp0 (authority->id, own) != 0)
            g_ptr_array_add (choices, mc_record_choice_new (authority->id, authority->name, mc_code_label ("authority-kind", authority->kind)));
        }
      mc_record_chooser_set_choices (MC_RECORD_CHOOSER (form->authority_chooser), choices);
      if (choices->len == 0)
        mc_dialog_message_set (form->message, _("The register has no other authority yet."), FALSE);
    }
  else if (!there)
    fail (form, error->message);
  g_clear_pointer (&there, register_free);
  form_unref (form);
}

static void
authority_chosen_cb (Form *form, const char *id, const char *name)
{
  g_free (form->authority);
  form->authority = g_strdup (id);
  g_clear_pointer (&form->lead, g_free);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (form->authority_row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (form->lead_row), _("not chosen yet"));
  mc_chip_list_remove_all (MC_CHIP_LIST (form->assistants));
  offer_inspectors (form);
  gtk_widget_set_sensitive (form->confirm, TRUE);
}

static void
lead_chosen_cb (Form *form, const char *id, const char *name)
{
  g_free (form->lead);
  form->lead = g_strdup (id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (form->lead_row), name);
}

static void
assistant_chosen_cb (Form *form, const char *id, const char *name)
{
  if (g_strcmp0 (id, form->lead) != 0)
    mc_chip_list_add (MC_CHIP_LIST (form->assistants), id, name);
}

/* --- adding ------------------------------------------------------------------------------------------------ */

/* What is read of the register before the check changes. */
typedef struct
{
  Form *form;
  char *authority, *lead;
  char **assistants;
  McRecord *record;
  GPtrArray *known; /* of McRecord */
} Adding;

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  form_unref (adding->form);
  g_free (adding->authority);
  g_free (adding->lead);
  g_strfreev (adding->assistants);
  g_clear_pointer (&adding->record, mc_record_free);
  g_ptr_array_unref (adding->known);
  g_free (adding);
}

static gboolean
add_known (McStore *store, Adding *adding, const char *id, GError **error)
{
  McRecord *record = mc_store_load (store, "inspector", id, error);

  if (record)
    g_ptr_array_add (adding->known, record);
  return record != NULL;
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Adding *adding = data;
  GError *error = NULL;
  gboolean done;

  adding->record = mc_store_load (source, "authority", adding->authority, &error);
  done = adding->record && (!adding->lead || add_known (source, adding, adding->lead, &error));
  for (guint i = 0; done && adding->assistants[i]; i++)
    done = add_known (source, adding, adding->assistants[i], &error);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const Adding *adding = g_task_get_task_data (G_TASK (result));
  Form *form = adding->form;
  g_autoptr (GError) error = NULL;

  if (!form->dialog)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error)
      && mc_visit_editor_set_party (form->editor, adding->record, adding->lead, (const char *const *) adding->assistants, adding->known, &error))
    gtk_window_destroy (form->dialog);
  else
    fail (form, error->message);
}

static void
confirm_cb (Form *form)
{
  g_autoptr (GTask) task = g_task_new (form->store, NULL, loaded_cb, NULL);
  g_autoptr (GPtrArray) ids = mc_chip_list_get_ids (MC_CHIP_LIST (form->assistants));
  g_autoptr (GStrvBuilder) assistants = g_strv_builder_new ();
  Adding *adding = g_new0 (Adding, 1);

  for (guint i = 0; i < ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (ids, i), form->lead) != 0)
      g_strv_builder_add (assistants, g_ptr_array_index (ids, i));
  g_atomic_ref_count_inc (&form->ref_count);
  *adding = (Adding) { .form = form, .authority = g_strdup (form->authority), .lead = g_strdup (form->lead), .assistants = g_strv_builder_end (assistants),
                       .known = g_ptr_array_new_with_free_func ((GDestroyNotify) mc_record_free) };
  gtk_widget_set_sensitive (form->confirm, FALSE);
  g_task_set_task_data (task, adding, adding_free);
  g_task_run_in_thread (task, load_thread);
}

/* --- its widgets ------------------------------------------------------------------------------------------- */

static GtkWidget *
menu_button_new (const char *label, const char *name, GtkWidget *chooser)
{
  GtkWidget *button = g_object_new (GTK_TYPE_MENU_BUTTON, "label", label, "popover", chooser, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
add_choice (Form *form, const char *title, const char *name, GtkWidget **chooser, void (*chosen) (Form *form, const char *id, const char *name))
{
  GtkWidget *row = adw_action_row_new ();

  *chooser = mc_record_chooser_new (_("Name, or pinyin initials"));
  g_signal_connect_swapped (*chooser, "chosen", G_CALLBACK (chosen), form);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("not chosen yet"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu_button_new (_("Choose…"), name, *chooser));
  gtk_list_box_append (GTK_LIST_BOX (form->list), row);
  return row;
}

static void
add_assistants (Form *form)
{
  GtkWidget *row = adw_preferences_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_("Assistants"));

  form->assistant_chooser = mc_record_chooser_new (_("Name, or pinyin initials"));
  g_signal_connect_swapped (form->assistant_chooser, "chosen", G_CALLBACK (assistant_chosen_cb), form);
  form->assistants = mc_chip_list_new (_("none"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (form->assistants, TRUE);
  gtk_box_append (GTK_BOX (line), form->assistants);
  gtk_box_append (GTK_BOX (line), menu_button_new (_("Add…"), _("Add an assistant"), form->assistant_chooser));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), line);
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 8, "margin-bottom", 8, NULL);
  g_object_set (row, "child", box, "activatable", FALSE, "focusable", FALSE, NULL);
  gtk_list_box_append (GTK_LIST_BOX (form->list), row);
}

static GtkWidget *
body_new (Form *form, GtkWidget *widget)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);

  form->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (form->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (form->list, "boxed-list");
  gtk_widget_set_valign (form->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Who takes part"), -1);
  form->authority_row = add_choice (form, _("Authority that takes part"), _("Choose the authority"), &form->authority_chooser, authority_chosen_cb);
  form->lead_row = add_choice (form, _("Lead inspector"), _("Choose the lead inspector"), &form->lead_chooser, lead_chosen_cb);
  add_assistants (form);
  form->message = mc_dialog_message_new ();
  gtk_box_append (GTK_BOX (body), mc_dialog_scroller_new (widget, form->list));
  gtk_box_append (GTK_BOX (body), form->message);
  form->confirm = mc_dialog_add_buttons (GTK_BOX (body), _("Add"));
  gtk_widget_set_sensitive (form->confirm, FALSE);
  g_signal_connect_data (form->confirm, "clicked", G_CALLBACK (confirm_cb), form, form_release, G_CONNECT_SWAPPED);
  return body;
}

void
mc_party_form_show (GtkWidget *widget, McStore *store, McVisitEditor *editor)
{
  Form *form = g_new0 (Form, 1);
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_STORE (store) && MC_IS_VISIT_EDITOR (editor));

  g_atomic_ref_count_init (&form->ref_count);
  form->store = g_object_ref (store);
  form->editor = g_object_ref (editor);
  g_set_weak_pointer (&form->dialog, mc_dialog_new (widget, _("Another authority takes part"), body_new (form, widget)));
  gtk_window_present (form->dialog);
  g_atomic_ref_count_inc (&form->ref_count);
  task = g_task_new (store, NULL, read_cb, form);
  g_task_run_in_thread (task, read_thread);
}
