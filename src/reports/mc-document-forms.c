/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is asked when a document was delivered, signed on paper or refused; each asks, and does it. */
#include "mc-document-forms.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/mc-code-list.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-question.h"

/* One form on its way; what the thread needs is copied out of the widgets before it starts. */
typedef struct
{
  McStore *store;
  char *document;
  GtkWidget *widget;  /* owned */
  GtkWidget *first, *second, *third, *choice; /* owned: entries and a drop-down */
  char *role;
  char *day;
  char *texts[3];
  guint pages;
  GBytes *scan;
  gboolean unknown;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->store);
  g_clear_object (&form->widget);
  g_clear_object (&form->first);
  g_clear_object (&form->second);
  g_clear_object (&form->third);
  g_clear_object (&form->choice);
  g_free (form->document);
  g_free (form->role);
  g_free (form->day);
  for (guint i = 0; i < G_N_ELEMENTS (form->texts); i++)
    g_free (form->texts[i]);
  g_clear_pointer (&form->scan, g_bytes_unref);
  g_free (form);
}

/* The form belongs to its task. */
static GTask *
new_task (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Form *form = g_new0 (Form, 1);

  form->store = g_object_ref (target->store);
  form->document = g_strdup (target->document);
  form->widget = g_object_ref (widget);
  form->role = g_strdup (state->missing && state->missing[0] ? state->missing[0] : "facility");
  form->pages = state->document ? (guint) mc_record_get_integer (state->document, "pages", 1) : 1;
  g_task_set_task_data (task, form, form_free);
  return task;
}

static GtkWidget *
add_entry (GtkWidget *grid, int row, const char *label, const char *text)
{
  GtkWidget *name = gtk_label_new_with_mnemonic (label), *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (name), entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text ? text : "");
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), entry, 1, row, 1, 1);
  return g_object_ref (entry);
}

static GtkWidget *
new_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  return grid;
}

static char *
read_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (mc_document_run_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @task. Its form lives until the task ends. */
static void
run (GTask *task, McDocumentFunc func)
{
  Form *form = g_task_get_task_data (task);

  mc_document_run_async (form->store, func, form, NULL, ran_cb, task);
}

gboolean
mc_document_form_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- delivered ---------------------------------------------------------------------------------------------- */

static gboolean
deliver_func (McStore *store, gpointer data, GError **error)
{
  Form *form = data;

  return mc_documents_deliver (store, form->document, form->day, form->role, form->texts[0], form->texts[1], &form->unknown, error);
}

static GtkWidget *
new_ways (void)
{
  const McCode *const *codes = mc_code_list ("delivery-way");
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *choice;

  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (labels, codes[i]->label);
  choice = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (labels)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Way of delivery"), -1);
  return g_object_ref_sink (choice);
}

static void
deliver_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Form *form = g_task_get_task_data (task);
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "save") != 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  form->day = read_entry (form->first);
  form->texts[0] = read_entry (form->second);
  form->texts[1] = read_entry (form->third);
  g_free (form->role);
  form->role = g_strdup (mc_code_list ("delivery-way")[gtk_drop_down_get_selected (GTK_DROP_DOWN (form->choice))]->code);
  run (g_steal_pointer (&task), deliver_func);
}

void
mc_document_form_deliver (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, const GDate *today, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = new_task (widget, target, state, callback, user_data);
  Form *form = g_task_get_task_data (task);
  McQuestion *question = mc_question_new (_("How was it delivered?"), _("Days that the document gives run from the day of delivery."));
  const char *name = state->names ? g_hash_table_lookup (state->names, "facility") : NULL;
  GtkWidget *grid = new_grid (), *label = gtk_label_new_with_mnemonic (_("_Way"));
  char day[16];

  g_date_strftime (day, sizeof day, "%Y-%m-%d", today);
  form->first = add_entry (grid, 0, _("_Day"), day);
  form->choice = new_ways ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), form->choice);
  gtk_grid_attach (GTK_GRID (grid), label, 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), form->choice, 1, 1, 1, 1);
  form->second = add_entry (grid, 2, _("_Received by"), strcmp (target->kind, "referral_letter") == 0 ? NULL : name);
  form->third = add_entry (grid, 3, _("_Note"), NULL);
  mc_question_set_extra (question, grid);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "save", _("Record"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, deliver_asked_cb, task);
}

/* --- refused ------------------------------------------------------------------------------------------------ */

static gboolean
refuse_func (McStore *store, gpointer data, GError **error)
{
  const Form *form = data;

  return mc_documents_refuse (store, form->document, form->role, form->texts[2], form->texts[0], form->texts[1], g_get_real_time () / 1000, error);
}

static void
refuse_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Form *form = g_task_get_task_data (task);
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "save") != 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  form->texts[0] = read_entry (form->first);
  form->texts[1] = read_entry (form->second);
  run (g_steal_pointer (&task), refuse_func);
}

void
mc_document_form_refuse (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (widget, target, state, callback, user_data);
  Form *form = g_task_get_task_data (task);
  g_autofree char *heading = g_strdup_printf (_("%s: signature refused"), mc_code_label ("signature-role", form->role));
  McQuestion *question = mc_question_new (heading, _("The reason and a witness, or the second inspector, are recorded in place of the signature."));
  const char *name = state->names ? g_hash_table_lookup (state->names, form->role) : NULL;
  const char *second = state->names ? g_hash_table_lookup (state->names, "assistant") : NULL;
  GtkWidget *grid = new_grid ();

  form->texts[2] = g_strdup (name);
  form->first = add_entry (grid, 0, _("_Reason"), NULL);
  form->second = add_entry (grid, 1, _("_Witness"), second);
  mc_question_set_extra (question, grid);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "save", _("Record"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, refuse_asked_cb, task);
}

/* --- on paper ----------------------------------------------------------------------------------------------- */

static gboolean
paper_func (McStore *store, gpointer data, GError **error)
{
  const Form *form = data;

  return mc_documents_sign_on_paper (store, form->document, form->role, NULL, form->scan, form->pages, g_get_real_time () / 1000, error);
}

static void
paper_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Form *form = g_task_get_task_data (task);
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "save") != 0)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  form->pages = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (form->first));
  run (g_steal_pointer (&task), paper_func);
}

/* Takes @task. */
static void
ask_pages (GTask *task)
{
  Form *form = g_task_get_task_data (task);
  g_autofree char *body = g_strdup_printf (ngettext ("The printed document has %u page. The scan must show it with all signatures.",
                                                     "The printed document has %u pages. The scan must show all of them with all signatures.", form->pages),
                                           form->pages);
  McQuestion *question = mc_question_new (_("How many pages has the scan?"), body);

  form->first = g_object_ref_sink (gtk_spin_button_new_with_range (1, 999, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (form->first), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pages of the scan"), -1);
  mc_question_set_extra (question, form->first);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "save", _("Keep the Scan"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, form->widget, paper_asked_cb, task);
}

static void
scan_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Form *form = g_task_get_task_data (task);
  GError *error = NULL;

  form->scan = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  if (form->scan)
    ask_pages (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
scan_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GFile) file = mc_file_chooser_open_finish (result, &error);

  if (file)
    g_file_load_bytes_async (file, NULL, scan_read_cb, g_steal_pointer (&task));
  else if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, FALSE);
}

void
mc_document_form_paper (GtkWidget *widget, const McDocumentTarget *target, const McDocumentState *state, GAsyncReadyCallback callback, gpointer user_data)
{
  static const char *const patterns[] = { "*.pdf", "*.jpg", "*.jpeg", "*.png", NULL };

  mc_file_chooser_open (widget, _("Scan of the signed document"), _("PDF and pictures"), patterns, scan_chosen_cb,
                        new_task (widget, target, state, callback, user_data));
}
