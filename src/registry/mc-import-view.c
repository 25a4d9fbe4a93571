/* SPDX-License-Identifier: GPL-3.0-or-later
 * The import of a sheet, step by step: file, preview of every row, decision, result. Nothing is changed before the last button. */
#include "mc-import-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-import-column-list.h"
#include "mc-import-line-list.h"
#include "mc-import-questions.h"
#include "mc-table-sheets.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-format.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McImportView
{
  GtkWidget parent_instance;

  /* Template. */
  GtkStack *stack;
  McEmpty *choose;
  GtkDropDown *other_sheet; /* where the one that was tried could not be read */
  GtkLabel *working_label;
  GtkProgressBar *bar;
  GtkLabel *file_label;
  GtkWidget *sheet_line;
  GtkDropDown *sheet_dropdown;
  McWrapBox *counts;
  GtkToggleButton *columns_tab;
  GtkToggleButton *rows_tab;
  GtkToggleButton *unsure_tab;
  GtkToggleButton *messages_tab;
  GtkStack *lists;
  McImportQuestions *questions;
  McImportColumnList *columns;
  McImportLineList *lines;
  McStatus *why_not;
  GtkCheckButton *good_rows;
  GtkWidget *report_button;
  GtkButton *apply_button;

  /* Owned. */
  McSession *session;
  McImportKind kind;
  char *path;
  GError *failure;    /* of the last reading */
  GPtrArray *sheets;  /* of McTableSheetInfo; NULL before they are counted */
  int sheet;          /* from 0; -1: the first one that has a header */
  McImportPlan *plan;
  GCancellable *cancellable;
  GCancellable *counting;
  guint busy;
};

G_DEFINE_FINAL_TYPE (McImportView, mc_import_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  APPLIED,
  CANCELLED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void plan_file (McImportView *self);

static void
set_busy (McImportView *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static guint64
count (McImportView *self, McImportOutcome outcome)
{
  return mc_import_plan_count (self->plan, outcome);
}

/* --- asking for the file ---------------------------------------------------------------------------------- */

static void
show_choose (McImportView *self)
{
  gboolean facilities = self->kind == MC_IMPORT_FACILITIES;

  mc_empty_set (self->choose, "document-open-symbolic", facilities ? _("Import facilities") : _("Import inspectors"),
                _("Choose the sheet as you keep it: .xlsx of Excel or WPS, or .csv. Title rows, notes and empty columns may stay. "
                  "First a preview shows what would happen; nothing is changed before you say so."),
                NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->other_sheet), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
show_failure (McImportView *self, const GError *error)
{
  gboolean others = self->sheets && self->sheets->len > 1;

  mc_empty_set (self->choose, "dialog-error-symbolic", _("The sheet could not be read"),
                others ? _("Nothing was changed. Choose another sheet of the workbook, mend the sheet, or choose another file.")
                       : _("Nothing was changed. Mend the sheet or choose another one."),
                error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->other_sheet), others);
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

/* --- the sheets of a workbook ----------------------------------------------------------------------------- */

static char *
describe_sheet (const McTableSheetInfo *info)
{
  g_autofree char *number = mc_format_count ((gint64) info->rows);

  if (info->more)
    return g_strdup_printf (info->hidden ? _("%s (hidden, over %s rows)") : _("%s (over %s rows)"), info->name, number);
  if (info->rows == 0)
    return g_strdup_printf (info->hidden ? _("%s (hidden, empty)") : _("%s (empty)"), info->name);
  return g_strdup_printf (info->hidden ? _("%s (hidden, %s rows)") : _("%s (%s rows)"), info->name, number);
}

static guint
find_sheet (McImportView *self, const char *name)
{
  for (guint i = 0; name && i < self->sheets->len; i++)
    if (strcmp (((const McTableSheetInfo *) self->sheets->pdata[i])->name, name) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void sheet_cb (GtkDropDown *dropdown, GParamSpec *pspec, McImportView *self);

static void
select_sheet (McImportView *self, GtkDropDown *dropdown, guint sheet)
{
  g_signal_handlers_block_by_func (dropdown, sheet_cb, self);
  gtk_drop_down_set_selected (dropdown, sheet);
  g_signal_handlers_unblock_by_func (dropdown, sheet_cb, self);
}

/* Which sheet of several the preview is of. */
static void
show_sheets (McImportView *self)
{
  gboolean several = self->sheets && self->sheets->len > 1;
  guint shown = GTK_INVALID_LIST_POSITION;

  if (several)
    shown = self->plan ? find_sheet (self, mc_import_plan_get_sheet_name (self->plan)) : self->sheet >= 0 ? (guint) self->sheet : shown;
  gtk_widget_set_visible (self->sheet_line, several);
  if (!several)
    return;
  select_sheet (self, self->sheet_dropdown, shown);
  select_sheet (self, self->other_sheet, shown);
}

static void
fill_sheets (McImportView *self, GtkDropDown *dropdown)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->sheets->len; i++)
    {
      g_autofree char *name = describe_sheet (self->sheets->pdata[i]);

      gtk_string_list_append (names, name);
    }
  g_signal_handlers_block_by_func (dropdown, sheet_cb, self);
  gtk_drop_down_set_model (dropdown, G_LIST_MODEL (names));
  g_signal_handlers_unblock_by_func (dropdown, sheet_cb, self);
}

static void
sheets_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *sheets = mc_table_sheets_list_finish (result, &error);

  set_busy (self, -1);
  if (!sheets || !self->stack)
    {
      /* A file that cannot be read at all: the preview says so. */
      g_clear_pointer (&sheets, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  self->sheets = sheets;
  fill_sheets (self, self->sheet_dropdown);
  fill_sheets (self, self->other_sheet);
  show_sheets (self);
  if (self->failure)
    show_failure (self, self->failure);
}

static void
count_sheets (McImportView *self)
{
  if (self->counting)
    g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  gtk_widget_set_visible (self->sheet_line, FALSE);
  self->counting = g_cancellable_new ();
  self->sheet = -1;
  mc_import_column_list_forget (self->columns);
  mc_import_questions_forget (self->questions);
  set_busy (self, 1);
  mc_table_sheets_list_async (self->path, self->counting, sheets_cb, g_object_ref (self));
}

static void
sheet_cb (GtkDropDown *dropdown, GParamSpec *pspec, McImportView *self)
{
  guint selected = gtk_drop_down_get_selected (dropdown);

  if (!self->sheets || selected >= self->sheets->len)
    return;
  self->sheet = (int) ((const McTableSheetInfo *) self->sheets->pdata[selected])->sheet;
  mc_import_column_list_forget (self->columns);
  mc_import_questions_forget (self->questions);
  plan_file (self);
}

/* --- choosing the file ------------------------------------------------------------------------------------ */

static void
read_path (McImportView *self, char *path)
{
  g_free (self->path);
  self->path = path;
  count_sheets (self);
  plan_file (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GFile) file = mc_file_chooser_open_finish (result, NULL);
  char *path = file ? g_file_get_path (file) : NULL;

  if (!path || !self->stack)
    return;
  read_path (self, path);
}

static void
choose_cb (McImportView *self)
{
  static const char *const patterns[] = { "*.xlsx", "*.csv", "*.txt", "*.XLSX", "*.CSV", NULL };

  mc_file_chooser_open (GTK_WIDGET (self), _("Choose the sheet"), _("Sheets (.xlsx, .csv)"), patterns, chosen_cb, g_object_ref (self));
}

/* --- the preview ------------------------------------------------------------------------------------------ */

static void
add_count (McImportView *self, McStatusKind kind, const char *words, guint64 n)
{
  g_autofree char *number = mc_format_count ((gint64) n), *text = g_strdup_printf ("%s %s", words, number);

  if (n > 0)
    mc_wrap_box_append (self->counts, mc_status_new (kind, text));
}

static void
label_tab (GtkToggleButton *tab, const char *words, guint64 n)
{
  g_autofree char *number = mc_format_count ((gint64) n), *text = g_strdup_printf ("%s %s", words, number);

  gtk_button_set_label (GTK_BUTTON (tab), text);
  gtk_widget_set_visible (GTK_WIDGET (tab), n > 0);
}

static void
show_counts (McImportView *self)
{
  mc_wrap_box_remove_all (self->counts);
  add_count (self, MC_STATUS_OK, _("new"), count (self, MC_IMPORT_CREATED));
  add_count (self, MC_STATUS_OK, _("changed"), count (self, MC_IMPORT_UPDATED));
  add_count (self, MC_STATUS_PLAIN, _("unchanged"), count (self, MC_IMPORT_UNCHANGED));
  add_count (self, MC_STATUS_UNKNOWN, _("to be confirmed"), count (self, MC_IMPORT_UNSURE));
  add_count (self, MC_STATUS_ERROR, _("cannot be taken"), count (self, MC_IMPORT_REJECTED));
  add_count (self, MC_STATUS_NOT_APPLICABLE, _("passed over"), count (self, MC_IMPORT_SKIPPED));
  label_tab (self->rows_tab, _("New and changed"), count (self, MC_IMPORT_CREATED) + count (self, MC_IMPORT_UPDATED));
  label_tab (self->unsure_tab, _("To be confirmed"), count (self, MC_IMPORT_UNSURE));
  label_tab (self->messages_tab, _("Problems and remarks"), mc_import_plan_get_n_messages (self->plan));
}

/* What would be written if the button were pressed now, and why it cannot be. */
static void
update_apply (McImportView *self)
{
  guint64 rejected, n;
  g_autofree char *label = NULL, *left_out = NULL, *number = NULL;
  const char *why_not = NULL;

  if (!self->plan)
    return;
  rejected = count (self, MC_IMPORT_REJECTED);
  n = count (self, MC_IMPORT_CREATED) + count (self, MC_IMPORT_UPDATED) + mc_import_line_list_get_n_decided (self->lines);
  number = mc_format_count ((gint64) n);
  label = g_strdup_printf (_("Import %s rows"), number);
  left_out = g_strdup_printf (g_dngettext (NULL, "Leave %u bad row out, import the others", "Leave %u bad rows out, import the others", (gulong) rejected), (guint) rejected);
  gtk_button_set_label (self->apply_button, label);
  gtk_check_button_set_label (self->good_rows, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->good_rows), rejected > 0 && n > 0);
  if (n == 0 && count (self, MC_IMPORT_UNSURE) > 0)
    why_not = _("Decide on the rows to be confirmed first");
  else if (n == 0 && gtk_widget_get_visible (GTK_WIDGET (self->questions)))
    why_not = _("Choose above what the rows do not say, or mend the sheet");
  else if (n == 0)
    why_not = rejected > 0 ? _("No row can be taken: mend the sheet") : _("Everything is in the register already");
  else if (rejected > 0 && !gtk_check_button_get_active (self->good_rows))
    why_not = _("Some rows cannot be taken: mend the sheet, or leave them out");
  mc_status_set (self->why_not, MC_STATUS_WARNING, why_not ? why_not : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), why_not != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), why_not == NULL);
  gtk_widget_set_visible (self->report_button, mc_import_plan_get_n_messages (self->plan) > 0);
}

static void
tab_cb (McImportView *self)
{
  gboolean columns = gtk_toggle_button_get_active (self->columns_tab);

  if (!self->plan)
    return;
  gtk_stack_set_visible_child_name (self->lists, columns ? "columns" : "lines");
  if (!columns)
    mc_import_line_list_show (self->lines, gtk_toggle_button_get_active (self->messages_tab) ? MC_IMPORT_LINES_MESSAGES
                                           : gtk_toggle_button_get_active (self->unsure_tab) ? MC_IMPORT_LINES_UNSURE
                                                                                              : MC_IMPORT_LINES_ROWS);
}

/* --- reading and writing ---------------------------------------------------------------------------------- */

static void
progress_cb (double fraction, guint64 rows, gpointer data)
{
  McImportView *self = data;
  g_autofree char *number = mc_format_count ((gint64) rows), *text = g_strdup_printf (_("%s rows"), number);

  if (!self->bar)
    return;
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->bar);
  gtk_progress_bar_set_text (self->bar, text);
  gtk_progress_bar_set_show_text (self->bar, TRUE);
}

static void
show_working (McImportView *self, const char *text)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->working_label, text);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_progress_bar_set_show_text (self->bar, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "working");
}

static void
stop_cb (McImportView *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
}

static void
show_plan (McImportView *self)
{
  g_autofree char *name = g_path_get_basename (self->path);
  const char *sheet = mc_import_plan_get_sheet_name (self->plan);
  g_autofree char *title = sheet && *sheet && strcmp (sheet, name) != 0 ? g_strdup_printf (_("%s, sheet “%s”"), name, sheet) : g_strdup (name);

  gtk_label_set_label (self->file_label, title);
  gtk_check_button_set_active (self->good_rows, FALSE);
  mc_import_line_list_set_plan (self->lines, self->plan, self->kind);
  mc_import_column_list_show (self->columns, self->plan, self->kind);
  mc_import_questions_show (self->questions, self->plan, self->kind);
  show_sheets (self);
  show_counts (self);
  update_apply (self);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  gtk_toggle_button_set_active (count (self, MC_IMPORT_REJECTED) > 0   ? self->messages_tab
                                : count (self, MC_IMPORT_UNSURE) > 0   ? self->unsure_tab
                                                                       : self->columns_tab,
                                TRUE);
  tab_cb (self);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GError) error = NULL;
  McImportPlan *plan = mc_import_plan_finish (result, &error);

  set_busy (self, -1);
  if (!self->stack)
    {
      g_clear_pointer (&plan, mc_import_plan_unref);
      return;
    }
  g_clear_pointer (&self->plan, mc_import_plan_unref);
  self->plan = plan;
  if (plan)
    show_plan (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_choose (self);
  else
    {
      self->failure = g_steal_pointer (&error);
      show_failure (self, self->failure);
      show_sheets (self);
    }
}

/* What the person chose for the columns, and for the rows that say nothing. */
static char **
get_maps (McImportView *self)
{
  g_auto (GStrv) columns = mc_import_column_list_get_maps (self->columns), answers = mc_import_questions_get_maps (self->questions);
  g_autoptr (GStrvBuilder) maps = g_strv_builder_new ();

  g_strv_builder_addv (maps, (const char **) columns);
  g_strv_builder_addv (maps, (const char **) answers);
  return g_strv_builder_end (maps);
}

static void
plan_file (McImportView *self)
{
  McImportOptions options = { .kind = self->kind, .path = self->path, .sheet = self->sheet };
  g_auto (GStrv) maps = get_maps (self);
  g_autofree char *name = g_path_get_basename (self->path), *text = g_strdup_printf (_("Reading %s: nothing is changed yet"), name);

  options.maps = (const char *const *) maps;
  g_clear_error (&self->failure);
  show_working (self, text);
  set_busy (self, 1);
  mc_import_plan_async (mc_session_get_store (self->session), &options, progress_cb, self, self->cancellable, planned_cb, g_object_ref (self));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *batch = mc_import_apply_finish (self->plan, result, &error);
  g_autofree char *text = NULL, *created = NULL, *updated = NULL;

  set_busy (self, -1);
  if (!self->stack)
    return;
  if (!batch)
    {
      gtk_stack_set_visible_child_name (self->stack, "preview");
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mc_question_show_error (GTK_WIDGET (self), _("The import was not carried out; nothing was changed"), error);
      return;
    }
  created = mc_format_count ((gint64) count (self, MC_IMPORT_CREATED));
  updated = mc_format_count ((gint64) count (self, MC_IMPORT_UPDATED));
  text = g_strdup_printf (_("Imported: %s new, %s changed"), created, updated);
  mc_import_view_reset (self);
  g_signal_emit (self, signals[APPLIED], 0, text);
}

static void
apply_cb (McImportView *self)
{
  McImportFlags flags = gtk_check_button_get_active (self->good_rows) ? MC_IMPORT_GOOD_ROWS : 0;

  show_working (self, _("Importing: all of it or nothing"));
  set_busy (self, 1);
  mc_import_apply_async (self->plan, flags, progress_cb, self, self->cancellable, applied_cb, g_object_ref (self));
}

static void
cancel_cb (McImportView *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* --- the report ------------------------------------------------------------------------------------------- */

static void
write_report (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (mc_import_plan_write_report (data, g_task_get_name (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
report_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  McImportView *self = MC_IMPORT_VIEW (source);
  g_autoptr (GError) error = NULL;

  set_busy (self, -1);
  if (!g_task_propagate_boolean (G_TASK (result), &error) && self->stack)
    mc_question_show_error (GTK_WIDGET (self), _("The report was not written"), error);
}

static void
report_file_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GFile) file = mc_file_chooser_save_finish (result, NULL);
  g_autofree char *path = file ? g_file_get_path (file) : NULL;
  g_autoptr (GTask) task = NULL;

  if (!path || !self->plan)
    return;
  task = g_task_new (self, NULL, report_written_cb, NULL);
  g_task_set_name (task, path);
  g_task_set_task_data (task, mc_import_plan_ref (self->plan), (GDestroyNotify) mc_import_plan_unref);
  set_busy (self, 1);
  g_task_run_in_thread (task, write_report);
}

static void
report_cb (McImportView *self)
{
  static const char *const patterns[] = { "*.csv", NULL };
  g_autofree char *name = g_strdup_printf ("%s.csv", _("Report of the import"));

  mc_file_chooser_save (GTK_WIDGET (self), _("Save the report"), name, _("Table (.csv)"), patterns, report_file_cb, g_object_ref (self));
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_import_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_IMPORT_VIEW (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_import_view_dispose (GObject *object)
{
  McImportView *self = MC_IMPORT_VIEW (object);

  stop_cb (self);
  if (self->counting)
    g_cancellable_cancel (self->counting);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_IMPORT_VIEW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->counting);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_import_view_parent_class)->dispose (object);
}

static void
mc_import_view_finalize (GObject *object)
{
  McImportView *self = MC_IMPORT_VIEW (object);

  g_clear_pointer (&self->plan, mc_import_plan_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self->path);

  G_OBJECT_CLASS (mc_import_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-import-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McImportView, stack);
  gtk_widget_class_bind_template_child (widget_class, McImportView, choose);
  gtk_widget_class_bind_template_child (widget_class, McImportView, other_sheet);
  gtk_widget_class_bind_template_child (widget_class, McImportView, working_label);
  gtk_widget_class_bind_template_child (widget_class, McImportView, bar);
  gtk_widget_class_bind_template_child (widget_class, McImportView, file_label);
  gtk_widget_class_bind_template_child (widget_class, McImportView, sheet_line);
  gtk_widget_class_bind_template_child (widget_class, McImportView, sheet_dropdown);
  gtk_widget_class_bind_template_child (widget_class, McImportView, counts);
  gtk_widget_class_bind_template_child (widget_class, McImportView, columns_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, rows_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, unsure_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, messages_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, lists);
  gtk_widget_class_bind_template_child (widget_class, McImportView, questions);
  gtk_widget_class_bind_template_child (widget_class, McImportView, columns);
  gtk_widget_class_bind_template_child (widget_class, McImportView, lines);
  gtk_widget_class_bind_template_child (widget_class, McImportView, why_not);
  gtk_widget_class_bind_template_child (widget_class, McImportView, good_rows);
  gtk_widget_class_bind_template_child (widget_class, McImportView, report_button);
  gtk_widget_class_bind_template_child (widget_class, McImportView, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_file);
  gtk_widget_class_bind_template_callback (widget_class, sheet_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_apply);
  gtk_widget_class_bind_template_callback (widget_class, report_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
mc_import_view_class_init (McImportViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_import_view_get_property;
  object_class->dispose = mc_import_view_dispose;
  object_class->finalize = mc_import_view_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[APPLIED] = g_signal_new ("applied", MC_TYPE_IMPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", MC_TYPE_IMPORT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_IMPORT_COLUMN_LIST);
  g_type_ensure (MC_TYPE_IMPORT_LINE_LIST);
  g_type_ensure (MC_TYPE_IMPORT_QUESTIONS);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_import_view_init (McImportView *self)
{
  self->sheet = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mc_import_view_begin (McImportView *self, McSession *session, McImportKind kind)
{
  g_return_if_fail (MC_IS_IMPORT_VIEW (self) && MC_IS_SESSION (session));

  mc_import_view_reset (self);
  g_set_object (&self->session, session);
  self->kind = kind;
  show_choose (self);
  choose_cb (self);
}

void
mc_import_view_read (McImportView *self, McSession *session, McImportKind kind, const char *path)
{
  g_return_if_fail (MC_IS_IMPORT_VIEW (self) && MC_IS_SESSION (session) && path != NULL);

  mc_import_view_reset (self);
  g_set_object (&self->session, session);
  self->kind = kind;
  read_path (self, g_strdup (path));
}

void
mc_import_view_reset (McImportView *self)
{
  g_return_if_fail (MC_IS_IMPORT_VIEW (self));

  stop_cb (self);
  if (self->counting)
    g_cancellable_cancel (self->counting);
  mc_import_line_list_set_plan (self->lines, NULL, self->kind);
  mc_import_column_list_forget (self->columns);
  mc_import_questions_forget (self->questions);
  g_clear_pointer (&self->plan, mc_import_plan_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_error (&self->failure);
}
