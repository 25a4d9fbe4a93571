/* SPDX-License-Identifier: GPL-3.0-or-later
 * The import of a sheet, step by step: file, preview of every row, decision, result. Nothing is changed before the last button. */
#include "mc-import-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-import-line.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-file-chooser.h"
#include "widgets/mc-format.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

/* Rows of the sheet that the preview shows; messages are all shown, as many as the plan keeps. */
#define SHOWN_ROWS 1000

struct _McImportView
{
  GtkWidget parent_instance;

  /* Template. */
  GtkStack *stack;
  McEmpty *choose;
  GtkLabel *working_label;
  GtkProgressBar *bar;
  GtkLabel *file_label;
  McWrapBox *counts;
  GtkToggleButton *columns_tab;
  GtkToggleButton *rows_tab;
  GtkToggleButton *unsure_tab;
  GtkToggleButton *messages_tab;
  GtkStack *lists;
  GtkListBox *columns;
  GtkWidget *again_button;
  GtkWidget *all_line;
  GtkListView *lines_view;
  GtkLabel *more_label;
  McStatus *why_not;
  GtkCheckButton *good_rows;
  GtkWidget *report_button;
  GtkButton *apply_button;

  /* Owned. */
  McSession *session;
  McImportKind kind;
  char *path;
  GHashTable *maps;   /* column letters → key of a field, "" for none: what the person chose */
  McImportPlan *plan;
  GListStore *lines;
  guint64 n_decided;  /* of the unsure rows */
  GCancellable *cancellable;
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
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
show_failure (McImportView *self, const GError *error)
{
  mc_empty_set (self->choose, "dialog-error-symbolic", _("The sheet could not be read"), _("Nothing was changed. Mend the sheet or choose another one."), error->message);
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McImportView) self = data;
  g_autoptr (GFile) file = mc_file_chooser_open_finish (result, NULL);
  char *path = file ? g_file_get_path (file) : NULL;

  if (!path || !self->stack)
    return;
  g_free (self->path);
  self->path = path;
  g_hash_table_remove_all (self->maps);
  plan_file (self);
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
  n = count (self, MC_IMPORT_CREATED) + count (self, MC_IMPORT_UPDATED) + self->n_decided;
  number = mc_format_count ((gint64) n);
  label = g_strdup_printf (_("Import %s rows"), number);
  left_out = g_strdup_printf (g_dngettext (NULL, "Leave %u bad row out, import the others", "Leave %u bad rows out, import the others", (gulong) rejected), (guint) rejected);
  gtk_button_set_label (self->apply_button, label);
  gtk_check_button_set_label (self->good_rows, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->good_rows), rejected > 0 && n > 0);
  if (n == 0 && count (self, MC_IMPORT_UNSURE) > 0)
    why_not = _("Decide on the rows to be confirmed first");
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
show_messages (McImportView *self)
{
  GPtrArray *messages = mc_import_plan_get_messages (self->plan);
  guint64 all = mc_import_plan_get_n_messages (self->plan);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *number = mc_format_count ((gint64) (all - messages->len)), *more = g_strdup_printf (_("%s more stand in the report: save it to see them all."), number);

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (lines, mc_import_line_new_message (messages->pdata[i]));
  g_list_store_splice (self->lines, 0, 0, lines->pdata, lines->len);
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), all > messages->len);
}

static guint
add_rows (McImportView *self, GPtrArray *lines, McImportOutcome outcome, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = limit > 0 ? mc_import_plan_get_rows (self->plan, outcome, 0, limit, &error) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    g_ptr_array_add (lines, mc_import_line_new_row (rows->pdata[i], self->kind));
  return rows ? rows->len : 0;
}

static void
show_rows (McImportView *self, gboolean unsure)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 all = unsure ? count (self, MC_IMPORT_UNSURE) : count (self, MC_IMPORT_UPDATED) + count (self, MC_IMPORT_CREATED);
  g_autofree char *number = NULL, *more = NULL;
  guint shown;

  if (unsure)
    shown = add_rows (self, lines, MC_IMPORT_UNSURE, SHOWN_ROWS);
  else
    {
      /* What changes is looked at more closely than what is new. */
      shown = add_rows (self, lines, MC_IMPORT_UPDATED, SHOWN_ROWS);
      shown += add_rows (self, lines, MC_IMPORT_CREATED, SHOWN_ROWS - shown);
    }
  number = mc_format_count ((gint64) (all - shown));
  more = g_strdup_printf (_("and %s more rows"), number);
  g_list_store_splice (self->lines, 0, 0, lines->pdata, lines->len);
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), all > shown);
}

static void
tab_cb (McImportView *self)
{
  gboolean unsure = gtk_toggle_button_get_active (self->unsure_tab), columns = gtk_toggle_button_get_active (self->columns_tab);

  if (!self->plan)
    return;
  g_list_store_remove_all (self->lines);
  gtk_stack_set_visible_child_name (self->lists, columns ? "columns" : "lines");
  gtk_widget_set_visible (self->all_line, unsure);
  if (gtk_toggle_button_get_active (self->messages_tab))
    show_messages (self);
  else if (!columns)
    show_rows (self, unsure);
}

/* --- columns ---------------------------------------------------------------------------------------------- */

static char *
letters_of (guint column)
{
  char letters[8];
  gsize i = sizeof letters - 1;

  letters[i] = '\0';
  for (; column > 0 && i > 0; column = (column - 1) / 26)
    letters[--i] = (char) ('A' + (column - 1) % 26);
  return g_strdup (letters + i);
}

/* A row of the list of columns, with the combo that says what its column is. */
typedef struct
{
  McImportView *view; /* borrowed: the row is inside it */
  char *letters;
} ColumnChoice;

static void
column_choice_free (gpointer data, GClosure *closure)
{
  ColumnChoice *choice = data;

  g_free (choice->letters);
  g_free (choice);
}

static void
column_cb (AdwComboRow *row, GParamSpec *pspec, ColumnChoice *choice)
{
  const McField *const *fields = mc_import_fields (choice->view->kind);
  guint selected = adw_combo_row_get_selected (row);

  g_hash_table_insert (choice->view->maps, g_strdup (choice->letters), g_strdup (selected == 0 ? "" : fields[selected - 1]->key));
  gtk_widget_set_visible (choice->view->again_button, TRUE);
}

static GtkWidget *
column_row_new (McImportView *self, const McImportColumn *column, GtkStringList *labels)
{
  const McField *const *fields = mc_import_fields (self->kind);
  ColumnChoice *choice = g_new0 (ColumnChoice, 1);
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *title = NULL;
  guint selected = 0;

  choice->view = self;
  choice->letters = letters_of (column->column);
  title = g_strdup_printf (_("Column %s: %s"), choice->letters, column->title ? column->title : _("without a title"));
  for (guint i = 0; column->field && fields[i]; i++)
    if (fields[i] == column->field)
      selected = i + 1;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (column->remark)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->remark);
  else if (column->unit)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), column->unit);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (column_cb), choice, column_choice_free, 0);
  return row;
}

static void
show_columns (McImportView *self)
{
  const McImportMapping *mapping = mc_import_plan_get_mapping (self->plan);
  const McField *const *fields = mc_import_fields (self->kind);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->columns))))
    gtk_list_box_remove (self->columns, row);
  gtk_string_list_append (labels, _("not taken"));
  for (guint i = 0; fields[i]; i++)
    gtk_string_list_append (labels, _(fields[i]->label));
  for (guint i = 0; i < mapping->columns->len; i++)
    {
      const McImportColumn *column = mapping->columns->pdata[i];

      if (column->column > 0)
        gtk_list_box_append (self->columns, column_row_new (self, column, labels));
    }
  gtk_widget_set_visible (self->again_button, FALSE);
}

static void
again_cb (McImportView *self)
{
  plan_file (self);
}

/* --- decisions -------------------------------------------------------------------------------------------- */

static void
count_decided (McImportView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  self->n_decided = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (McImportLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      self->n_decided += mc_import_line_is_unsure (line) && mc_import_line_get_decision (line) != MC_IMPORT_UNDECIDED ? 1 : 0;
    }
  update_apply (self);
}

static void
decided_cb (McImportView *self, McImportLine *line, int decision)
{
  mc_import_plan_decide (self->plan, mc_import_line_get_row (line), (McImportDecision) decision);
  count_decided (self);
}

static void
decide_all (McImportView *self, McImportDecision decision)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  mc_import_plan_decide (self->plan, 0, decision);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (McImportLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (mc_import_line_is_unsure (line))
        mc_import_line_set_decision (line, decision);
    }
  self->n_decided = decision == MC_IMPORT_UNDECIDED ? 0 : count (self, MC_IMPORT_UNSURE);
  update_apply (self);
}

static void
all_same_cb (McImportView *self)
{
  decide_all (self, MC_IMPORT_SAME);
}

static void
all_other_cb (McImportView *self)
{
  decide_all (self, MC_IMPORT_OTHER);
}

static void
all_undecided_cb (McImportView *self)
{
  decide_all (self, MC_IMPORT_UNDECIDED);
}

static void
setup_line_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, McImportView *self)
{
  GtkWidget *row = mc_import_line_row_new ();

  g_signal_connect_object (row, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_line_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  mc_import_line_row_bind (MC_IMPORT_LINE_ROW (gtk_list_item_get_child (list_item)), list_item);
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
  self->n_decided = 0;
  gtk_check_button_set_active (self->good_rows, FALSE);
  show_counts (self);
  show_columns (self);
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
    show_failure (self, error);
}

static void
plan_file (McImportView *self)
{
  g_autoptr (GPtrArray) maps = g_ptr_array_new_with_free_func (g_free);
  McImportOptions options = { .kind = self->kind, .path = self->path, .sheet = -1 };
  g_autofree char *name = g_path_get_basename (self->path), *text = g_strdup_printf (_("Reading %s: nothing is changed yet"), name);
  GHashTableIter iter;
  gpointer letters, key;

  g_hash_table_iter_init (&iter, self->maps);
  while (g_hash_table_iter_next (&iter, &letters, &key))
    g_ptr_array_add (maps, g_strdup_printf ("%s=%s", (char *) letters, (char *) key));
  g_ptr_array_add (maps, NULL);
  options.maps = (const char *const *) maps->pdata;
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
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_IMPORT_VIEW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lines);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_import_view_parent_class)->dispose (object);
}

static void
mc_import_view_finalize (GObject *object)
{
  McImportView *self = MC_IMPORT_VIEW (object);

  g_clear_pointer (&self->plan, mc_import_plan_unref);
  g_hash_table_unref (self->maps);
  g_free (self->path);

  G_OBJECT_CLASS (mc_import_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-import-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McImportView, stack);
  gtk_widget_class_bind_template_child (widget_class, McImportView, choose);
  gtk_widget_class_bind_template_child (widget_class, McImportView, working_label);
  gtk_widget_class_bind_template_child (widget_class, McImportView, bar);
  gtk_widget_class_bind_template_child (widget_class, McImportView, file_label);
  gtk_widget_class_bind_template_child (widget_class, McImportView, counts);
  gtk_widget_class_bind_template_child (widget_class, McImportView, columns_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, rows_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, unsure_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, messages_tab);
  gtk_widget_class_bind_template_child (widget_class, McImportView, lists);
  gtk_widget_class_bind_template_child (widget_class, McImportView, columns);
  gtk_widget_class_bind_template_child (widget_class, McImportView, again_button);
  gtk_widget_class_bind_template_child (widget_class, McImportView, all_line);
  gtk_widget_class_bind_template_child (widget_class, McImportView, lines_view);
  gtk_widget_class_bind_template_child (widget_class, McImportView, more_label);
  gtk_widget_class_bind_template_child (widget_class, McImportView, why_not);
  gtk_widget_class_bind_template_child (widget_class, McImportView, good_rows);
  gtk_widget_class_bind_template_child (widget_class, McImportView, report_button);
  gtk_widget_class_bind_template_child (widget_class, McImportView, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_undecided_cb);
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
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_import_view_init (McImportView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->maps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lines = g_list_store_new (MC_TYPE_IMPORT_LINE);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_line_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_line_cb), self);
  gtk_list_view_set_factory (self->lines_view, factory);
  gtk_list_view_set_model (self->lines_view, GTK_SELECTION_MODEL (selection));
  g_object_unref (factory);
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
  self->path = g_strdup (path);
  plan_file (self);
}

void
mc_import_view_reset (McImportView *self)
{
  g_return_if_fail (MC_IS_IMPORT_VIEW (self));

  stop_cb (self);
  g_list_store_remove_all (self->lines);
  g_clear_pointer (&self->plan, mc_import_plan_unref);
  g_clear_pointer (&self->path, g_free);
  g_hash_table_remove_all (self->maps);
}
