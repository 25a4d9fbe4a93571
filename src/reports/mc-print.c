/* SPDX-License-Identifier: GPL-3.0-or-later
 * Prints a document, or saves it as PDF: the pages are the same. */
#include "mc-print.h"

#include <glib/gi18n.h>

#include "inspections/mc-visits.h"
#include "mc-site-record.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-question.h"

/* One document on its way to paper or to a file. */
typedef struct
{
  GtkWidget *widget; /* owned */
  McDocument *document;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->document, mc_document_free);
  g_object_unref (job->widget);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
fail (Job *job, const GError *error)
{
  mc_question_show_error (job->widget, _("The document was not made"), error);
}

/* --- reading, on a thread of its own ------------------------------------------------------------------------ */

/* What the thread is given: nothing of the window, so that no widget is let go there. */
typedef struct
{
  McStore *store;
  char *id;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request->id);
  g_free (request);
}

static void
read_values (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  g_autoptr (McStandards) standards = mc_standards_load (request->store, &error);
  g_autoptr (McVisit) visit = standards ? mc_visits_load (request->store, standards, request->id, &error) : NULL;
  McDocumentValues *values = visit ? mc_site_record_load_values (request->store, visit, &error) : NULL;

  if (values)
    g_task_return_pointer (task, values, (GDestroyNotify) mc_document_values_unref);
  else
    g_task_return_error (task, error);
}

/* --- saving ------------------------------------------------------------------------------------------------- */

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = mc_file_chooser_save_finish (result, &error);

  if (error)
    fail (job, error);
  else if (file && !mc_document_write_pdf (job->document, g_file_peek_path (file), NULL, &error))
    fail (job, error);
}

static void
save (Job *job)
{
  static const char *const patterns[] = { "*.pdf", NULL };
  g_autofree char *name = g_strconcat (mc_document_get_title (job->document), ".pdf", NULL);

  mc_file_chooser_save (job->widget, _("Save as PDF"), name, _("PDF documents"), patterns, file_chosen_cb, job);
}

/* --- printing ----------------------------------------------------------------------------------------------- */

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  mc_document_draw_page (job->document, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      fail (job, error);
    }
}

static void
print (Job *job)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GError) error = NULL;

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, mc_document_get_title (job->document));
  gtk_print_operation_set_n_pages (operation, (int) mc_document_get_n_pages (job->document));
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), job);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (job->widget)), &error);
  if (error)
    fail (job, error);
}

void
mc_print_pages (GtkWidget *widget, McDocument *document)
{
  Job job = { widget, document };

  print (&job);
}

/* --- asking ------------------------------------------------------------------------------------------------- */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "print") == 0)
    print (job);
  else if (g_strcmp0 (answer, "save") == 0)
    save (g_steal_pointer (&job));
}

static void
values_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDocumentValues) values = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *body = NULL;
  McQuestion *question;
  GtkWidget *widget = job->widget;

  job->document = values ? mc_site_record_lay_out (values, &error) : NULL;
  if (!job->document || !mc_document_check_characters (job->document, &error))
    {
      fail (job, error);
      return;
    }
  body = g_strdup_printf (ngettext ("%u page, A4. Print it, or save it as PDF.", "%u pages, A4. Print them, or save them as PDF.",
                                    mc_document_get_n_pages (job->document)), mc_document_get_n_pages (job->document));
  question = mc_question_new (mc_document_get_title (job->document), body);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "save", _("Save as PDF…"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "print", _("Print…"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, asked_cb, g_steal_pointer (&job));
}

void
mc_print_document (GtkWidget *widget, McStore *store, const char *kind, const char *id)
{
  g_autoptr (GTask) task = NULL;
  Request *request;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget) && MC_IS_STORE (store));
  g_return_if_fail (g_strcmp0 (kind, "site_record") == 0);

  job = g_new0 (Job, 1);
  job->widget = g_object_ref (widget);
  request = g_new0 (Request, 1);
  request->store = g_object_ref (store);
  request->id = g_strdup (id);
  task = g_task_new (NULL, NULL, values_read_cb, job);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_values);
}
