/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exports a list as a workbook from a page: asks for the file, shows how far it is, can be cancelled, says how it ended. */
#include "mc-export-strip.h"

#include <glib/gi18n.h>

#include "mc-workbook-request.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-format.h"
#include "widgets/mc-question.h"

struct _McExportStrip
{
  GtkWidget parent_instance;

  /* Children. */
  GtkWidget *box;
  GtkProgressBar *bar;

  GCancellable *cancellable; /* NULL: nothing is being written */
  gint64 shown_from;         /* what is done sooner shows no strip; monotonic, µs */
};

G_DEFINE_FINAL_TYPE (McExportStrip, mc_export_strip, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_WORKING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

#define PATIENCE_US (120 * 1000)

/* One export, from the question for its file to its end. */
typedef struct
{
  McExportStrip *strip;
  McPage *page;
  McExportBegin begin;
  gpointer data;
  GDestroyNotify data_free;
  gint64 *rowids;
  guint n_rowids;
  char *path;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free)
    job->data_free (job->data);
  g_object_unref (job->strip);
  g_object_unref (job->page);
  g_free (job->rowids);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
set_cancellable (McExportStrip *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKING]);
}

static void
say_how_it_ended (Job *job, guint64 n_rows, const GError *error)
{
  g_autofree char *name = g_path_get_basename (job->path), *rows = mc_format_count ((gint64) n_rows);
  g_autofree char *text = g_strdup_printf (_("%s: %s rows written and counted"), name, rows);

  if (!error)
    mc_page_toast (job->page, text);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    mc_page_toast (job->page, _("Export cancelled: no file was written"));
  else
    mc_question_show_error (GTK_WIDGET (job->page), _("The workbook was not written"), error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  McWorkbookResult written = { 0 };

  mc_workbook_request_finish (result, &written, &error);
  set_cancellable (job->strip, NULL);
  mc_page_end_work (job->page);
  if (!job->strip->box)
    return;
  gtk_widget_set_visible (GTK_WIDGET (job->strip), FALSE);
  say_how_it_ended (job, written.rows, error);
}

static void
progress_cb (const char *step, guint64 done, guint64 total, gpointer data)
{
  McExportStrip *self = data;

  if (!self->box || !self->cancellable || g_get_monotonic_time () < self->shown_from)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / (double) total : 0);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GFile) file = mc_file_chooser_save_finish (result, NULL);
  McStore *store = mc_page_get_store (job->page);
  char date[16];
  GDate today;
  McWorkbookRequest request = { .rowids = job->rowids, .n_rowids = job->n_rowids, .only_listed = TRUE, .date = date };

  job->path = file ? g_file_get_path (file) : NULL;
  if (!job->path || !store || !job->strip->box || job->strip->cancellable)
    return;
  mc_session_get_today (mc_page_get_session (job->page), &today);
  g_date_strftime (date, sizeof date, "%Y-%m-%d", &today);
  job->strip->shown_from = g_get_monotonic_time () + PATIENCE_US;
  gtk_progress_bar_set_fraction (job->strip->bar, 0);
  mc_page_begin_work (job->page);
  request.cancellable = g_cancellable_new ();
  set_cancellable (job->strip, request.cancellable);
  request.path = job->path;
  request.progress = progress_cb;
  request.progress_data = job->strip;
  job->begin (store, job->data, &request, written_cb, job);
  g_object_unref (request.cancellable);
  g_steal_pointer (&job);
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_export_strip_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_WORKING: g_value_set_boolean (value, mc_export_strip_get_working (MC_EXPORT_STRIP (object))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_export_strip_dispose (GObject *object)
{
  McExportStrip *self = MC_EXPORT_STRIP (object);

  mc_export_strip_cancel (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (mc_export_strip_parent_class)->dispose (object);
}

static void
mc_export_strip_finalize (GObject *object)
{
  g_clear_object (&MC_EXPORT_STRIP (object)->cancellable);

  G_OBJECT_CLASS (mc_export_strip_parent_class)->finalize (object);
}

static void
mc_export_strip_class_init (McExportStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mc_export_strip_get_property;
  object_class->dispose = mc_export_strip_dispose;
  object_class->finalize = mc_export_strip_finalize;
  properties[PROP_WORKING] = g_param_spec_boolean ("working", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* Most sessions never export: what it shows is made for the first export. */
static void
ensure_children (McExportStrip *self)
{
  GtkWidget *cancel;

  if (self->box)
    return;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->box, "mc-action-bar");
  gtk_box_append (GTK_BOX (self->box), gtk_label_new (_("Writing the workbook…")));
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->bar), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress of the export"), -1);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->bar));
  cancel = gtk_button_new_with_label (_("Cancel"));
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (mc_export_strip_cancel), self);
  gtk_box_append (GTK_BOX (self->box), cancel);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
mc_export_strip_init (McExportStrip *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mc_export_strip_run (McExportStrip *self, McPage *page, const McExport *export)
{
  static const char *const patterns[] = { "*.xlsx", NULL };
  g_autofree char *file_name = g_strdup_printf ("%s.xlsx", export->name);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (MC_IS_EXPORT_STRIP (self) && MC_IS_PAGE (page));

  ensure_children (self);
  *job = (Job){
    .strip = g_object_ref (self),
    .page = g_object_ref (page),
    .begin = export->begin,
    .data = export->data,
    .data_free = export->data_free,
    .rowids = g_memdup2 (export->rowids, sizeof *export->rowids * export->n_rowids),
    .n_rowids = export->n_rowids,
  };
  mc_file_chooser_save (GTK_WIDGET (page), export->title, file_name, _("Excel workbook"), patterns, file_chosen_cb, job);
}

void
mc_export_strip_cancel (McExportStrip *self)
{
  g_return_if_fail (MC_IS_EXPORT_STRIP (self));

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

gboolean
mc_export_strip_get_working (McExportStrip *self)
{
  g_return_val_if_fail (MC_IS_EXPORT_STRIP (self), FALSE);

  return self->cancellable != NULL;
}
