/* SPDX-License-Identifier: GPL-3.0-or-later
 * The form in which a record of a register is entered or changed, with what is wrong beside each field. */
#include "mc-record-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-class-row.h"
#include "mc-field-row.h"
#include "mc-record-form.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McRecordEditor
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  GtkScrolledWindow *scrolled;
  GtkLabel *title_label;
  GtkBox *groups;
  McStatus *status;
  McHistoryList *history;
  GtkWidget *retire_button;
  GtkWidget *save_button;

  /* Owned. */
  McSession *session;
  McAreaTree *tree;
  const McRecordForm *form;
  McFormContext *context; /* NULL before it is read */
  char *area;             /* a new record begins with; may be NULL */
  McRecord *base;    /* as the person saw it; NULL: new */
  McRecord *draft;   /* what the form began with; of a new record with a throw-away id */
  McRecord *pending; /* what is being saved */
  char *field;       /* gets the focus */
  GPtrArray *rows;   /* of McFieldRow */
  GPtrArray *classes;/* of McClassRow */
  GtkWidget *class_group;
  GHashTable *touched; /* set of keys (static) */
  gboolean tried;      /* to save: from then on every problem is shown */
  guint busy;
};

G_DEFINE_FINAL_TYPE (McRecordEditor, mc_record_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  SAVED,
  CANCELLED,
  RETIRE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_busy (McRecordEditor *self, int step)
{
  self->busy = (guint) ((int) self->busy + step);
  if (self->save_button)
    gtk_widget_set_sensitive (self->save_button, self->busy == 0 && self->session && !mc_session_is_read_only (self->session));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- checking --------------------------------------------------------------------------------------------- */

/* What the form says; what is wrong with it in @problems. */
static McRecord *
read_form (McRecordEditor *self, GPtrArray **problems)
{
  McRecord *edited = mc_record_copy (self->draft);
  g_autoptr (GPtrArray) unreadable = mc_problems_new (), wrong = NULL;
  GDate today;

  for (guint i = 0; i < self->rows->len; i++)
    mc_field_row_get_value (self->rows->pdata[i], edited, unreadable);
  if (self->base)
    mc_record_form_forget_samples (self->base, edited);
  mc_session_get_today (self->session, &today);
  wrong = mc_record_form_check (self->form, edited, self->tree, &today);
  for (guint i = 0; i < wrong->len; i++)
    g_ptr_array_add (unreadable, g_steal_pointer (&wrong->pdata[i]));
  *problems = g_steal_pointer (&unreadable);
  return edited;
}

/* Rows of the other kind of care are out of the way, unless they hold a value. */
static void
show_rows_of_kind (McRecordEditor *self, const McRecord *edited)
{
  for (guint i = 0; i < self->rows->len; i++)
    mc_field_row_set_visible (self->rows->pdata[i], mc_record_form_asks_for (edited, mc_field_row_get_field (self->rows->pdata[i])->key));
  if (self->class_group)
    gtk_widget_set_visible (self->class_group, mc_record_form_asks_for (edited, "facility_class") || (self->context->parts && self->context->parts->len > 0));
}

static gboolean
is_error (const McProblem *problem)
{
  return problem && problem->level == MC_PROBLEM_ERROR;
}

/* Shows what is wrong with the classes; gives the first row with an error. */
static McClassRow *
check_classes (McRecordEditor *self, guint *n_errors)
{
  McClassRow *first = NULL;

  for (guint i = 0; i < self->classes->len; i++)
    {
      g_autoptr (GPtrArray) problems = mc_problems_new ();
      McRecord *part = mc_class_row_get_part (self->classes->pdata[i], mc_record_get_id (self->draft), problems);

      mc_class_row_set_problems (self->classes->pdata[i], problems);
      if (mc_problems_have_errors (problems))
        {
          first = first ? first : self->classes->pdata[i];
          *n_errors += 1;
        }
      g_clear_pointer (&part, mc_record_free);
    }
  return first;
}

static guint
show_problems (McRecordEditor *self, GPtrArray *problems)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const char *key = mc_field_row_get_field (self->rows->pdata[i])->key;
      const McProblem *problem = mc_problems_find (problems, key);
      gboolean shown = self->tried || g_hash_table_contains (self->touched, key);

      mc_field_row_set_problem (self->rows->pdata[i], shown ? problem : NULL);
      n += is_error (problem) ? 1 : 0;
    }
  return n;
}

static void
say (McRecordEditor *self, McStatusKind kind, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->status), text != NULL);
  if (text)
    mc_status_set (self->status, kind, text);
}

static void
show_count (McRecordEditor *self, guint n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u field must be corrected first", "%u fields must be corrected first", n), n) : NULL;

  say (self, MC_STATUS_ERROR, text);
}

static void
check (McRecordEditor *self)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (McRecord) edited = read_form (self, &problems);
  guint n;

  show_rows_of_kind (self, edited);
  n = show_problems (self, problems);
  check_classes (self, &n);
  show_count (self, self->tried ? n : 0);
}

static void
changed_cb (McRecordEditor *self, McFieldRow *row)
{
  g_hash_table_add (self->touched, (gpointer) mc_field_row_get_field (row)->key);
  check (self);
}

static void
class_changed_cb (McRecordEditor *self)
{
  g_hash_table_add (self->touched, (gpointer) "facility_class");
  check (self);
}

static void
focus_first_error (McRecordEditor *self, GPtrArray *problems, McClassRow *wrong_class)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (!is_error (mc_problems_find (problems, mc_field_row_get_field (self->rows->pdata[i])->key)))
        continue;
      mc_field_row_focus (self->rows->pdata[i]);
      return;
    }
  if (wrong_class)
    mc_class_row_focus (wrong_class);
}

/* --- saving ----------------------------------------------------------------------------------------------- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McRecord) saved = g_steal_pointer (&self->pending);

  set_busy (self, -1);
  if (!mc_store_commit_finish (MC_STORE (source), result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("It was not saved; what you entered is still in the form"), error);
      return;
    }
  g_hash_table_remove_all (self->touched);
  g_signal_emit (self, signals[SAVED], 0, mc_record_get_id (saved));
}

static void
commit (McRecordEditor *self)
{
  McTransaction *transaction = mc_transaction_new ();

  mc_transaction_save (transaction, self->base, self->pending);
  for (guint i = 0; i < self->classes->len; i++)
    {
      g_autoptr (GPtrArray) problems = mc_problems_new ();
      g_autoptr (McRecord) part = mc_class_row_get_part (self->classes->pdata[i], mc_record_get_id (self->pending), problems);

      if (part)
        mc_transaction_save (transaction, mc_class_row_get_base (self->classes->pdata[i]), part);
    }
  set_busy (self, 1);
  mc_store_commit_async (mc_session_get_store (self->session), transaction, NULL, committed_cb, g_object_ref (self));
}

/* A new record with the id that somebody else would give the same thing. */
static McRecord *
with_own_id (McRecordEditor *self, const McRecord *draft)
{
  const McEntity *entity = mc_record_get_entity (draft);
  g_autofree char *id = mc_record_form_id_for (self->form, draft);
  McRecord *record = mc_record_new (entity, id);

  for (guint i = 0; i < entity->n_fields; i++)
    mc_record_set (record, entity->fields[i].key, mc_record_get_at (draft, i));
  return record;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  set_busy (self, -1);
  if (g_error_matches (error, MC_STORE_ERROR, MC_STORE_ERROR_NOT_FOUND))
    {
      commit (self);
      return;
    }
  g_clear_pointer (&self->pending, mc_record_free);
  if (error)
    mc_question_show_error (GTK_WIDGET (self), _("It was not saved; what you entered is still in the form"), error);
  else if (!mc_record_is_null (whole->pdata[0], "retired_on"))
    say (self, MC_STATUS_ERROR, _("The same one is in the register already, but retired"));
  else
    say (self, MC_STATUS_ERROR, _("The same one is in the register already: open it and change it there"));
}

static void
save_cb (McRecordEditor *self)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (McRecord) edited = NULL;
  McClassRow *wrong_class;
  guint n;

  if (self->busy > 0 || self->rows->len == 0)
    return;
  edited = read_form (self, &problems);
  self->tried = TRUE;
  n = show_problems (self, problems);
  wrong_class = check_classes (self, &n);
  show_count (self, n);
  if (n > 0)
    {
      focus_first_error (self, problems, wrong_class);
      return;
    }
  g_clear_pointer (&self->pending, mc_record_free);
  if (self->base)
    {
      self->pending = g_steal_pointer (&edited);
      commit (self);
      return;
    }
  self->pending = with_own_id (self, edited);
  set_busy (self, 1);
  mc_store_load_whole_async (mc_session_get_store (self->session), mc_record_get_entity (edited)->name, mc_record_get_id (self->pending), NULL,
                             looked_up_cb, g_object_ref (self));
}

static void
cancel_cb (McRecordEditor *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
retire_cb (McRecordEditor *self)
{
  g_signal_emit (self, signals[RETIRE], 0, self->base);
}

static gboolean
save_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  save_cb (MC_RECORD_EDITOR (widget));
  return TRUE;
}

/* --- the form --------------------------------------------------------------------------------------------- */

static void
clear_form (McRecordEditor *self)
{
  GtkWidget *group;

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->classes, 0);
  self->class_group = NULL;
  while ((group = gtk_widget_get_first_child (GTK_WIDGET (self->groups))))
    gtk_box_remove (self->groups, group);
  g_hash_table_remove_all (self->touched);
  self->tried = FALSE;
  say (self, MC_STATUS_PLAIN, NULL);
}

static const McRecord *
find_part (McRecordEditor *self, const char *class_kind)
{
  GPtrArray *parts = self->context->parts;

  for (guint i = 0; parts && i < parts->len; i++)
    if (g_strcmp0 (mc_record_get_text (parts->pdata[i], "class_kind"), class_kind) == 0)
      return parts->pdata[i];
  return NULL;
}

static void
add_classes (McRecordEditor *self, GtkWidget *group)
{
  for (const McCode *const *code = mc_code_list ("class-kind"); *code; code++)
    {
      McClassRow *row = mc_class_row_new (ADW_PREFERENCES_GROUP (group), (*code)->code, find_part (self, (*code)->code));

      g_signal_connect_object (row, "changed", G_CALLBACK (class_changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->classes, row);
    }
  self->class_group = group;
}

static void
add_group (McRecordEditor *self, const McFormGroup *group)
{
  GtkWidget *widget = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), _(group->title));
  for (guint i = 0; group->keys[i]; i++)
    {
      const McField *field = mc_entity_field (mc_record_get_entity (self->draft), group->keys[i]);
      McFieldRow *row = mc_field_row_new (ADW_PREFERENCES_GROUP (widget), field, self->context);

      mc_field_row_set_value (row, mc_record_get (self->draft, field->key));
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
    }
  if (group->part)
    add_classes (self, widget);
  gtk_box_append (self->groups, widget);
}

/* A facility's own panel ends with its history; what has no panel shows it here. */
static void
show_history (McRecordEditor *self)
{
  gboolean shown = self->base && strcmp (self->form->entity, "facility") != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->history), shown);
  gtk_widget_set_visible (self->retire_button, shown && mc_record_is_null (self->base, "retired_on"));
  mc_history_list_set_words (self->history, self->context->names);
  mc_history_list_set_record (self->history, self->context->store, self->form->entity, shown ? mc_record_get_id (self->base) : NULL);
}

static gboolean
focus_cb (gpointer data)
{
  McRecordEditor *self = data;

  for (guint i = 0; i < self->rows->len; i++)
    if (!self->field || strcmp (mc_field_row_get_field (self->rows->pdata[i])->key, self->field) == 0)
      {
        mc_field_row_focus (self->rows->pdata[i]);
        break;
      }
  return G_SOURCE_REMOVE;
}

/* A new record begins where the person works; where there is one authority only, it is the one. */
static void
begin_draft (McRecordEditor *self)
{
  const McUser *user = self->context->user;
  GPtrArray *authorities = self->context->authorities;
  const McRecordChoice *only = authorities->len == 1 ? authorities->pdata[0] : NULL;

  if (!self->base)
    mc_record_form_begin (self->form, self->draft, self->area ? self->area : user ? user->area : NULL, user ? user->authority : only ? only->id : NULL,
                          user ? user->authority_name : only ? only->name : NULL);
}

static void
context_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRecordEditor) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McFormContext) context = mc_form_context_load_finish (result, &error);

  set_busy (self, -1);
  if (!self->groups || (context && g_strcmp0 (context->record, self->base ? mc_record_get_id (self->base) : NULL) != 0))
    return; /* gone, or another record was opened since */
  clear_form (self);
  if (!context)
    {
      say (self, MC_STATUS_ERROR, error->message);
      return;
    }
  g_clear_pointer (&self->context, mc_form_context_free);
  self->context = g_steal_pointer (&context);
  begin_draft (self);
  for (guint i = 0; i < self->form->n_groups; i++)
    add_group (self, &self->form->groups[i]);
  show_rows_of_kind (self, self->draft);
  show_history (self);
  if (mc_session_is_read_only (self->session))
    say (self, MC_STATUS_WARNING, _("The database is open for reading only."));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, focus_cb, g_object_ref (self), g_object_unref);
}

static void
mc_record_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_RECORD_EDITOR (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_record_editor_dispose (GObject *object)
{
  McRecordEditor *self = MC_RECORD_EDITOR (object);

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->classes, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_RECORD_EDITOR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_record_editor_parent_class)->dispose (object);
}

static void
mc_record_editor_finalize (GObject *object)
{
  McRecordEditor *self = MC_RECORD_EDITOR (object);

  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->base, mc_record_free);
  g_clear_pointer (&self->draft, mc_record_free);
  g_clear_pointer (&self->pending, mc_record_free);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->classes);
  g_clear_pointer (&self->context, mc_form_context_free);
  g_free (self->area);
  g_hash_table_unref (self->touched);
  g_free (self->field);

  G_OBJECT_CLASS (mc_record_editor_parent_class)->finalize (object);
}

static void
mc_record_editor_class_init (McRecordEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_record_editor_get_property;
  object_class->dispose = mc_record_editor_dispose;
  object_class->finalize = mc_record_editor_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SAVED] = g_signal_new ("saved", MC_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", MC_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RETIRE] = g_signal_new ("retire", MC_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (MC_TYPE_HISTORY_LIST);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-record-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, box);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, scrolled);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, groups);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, status);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, history);
  gtk_widget_class_bind_template_child (widget_class, McRecordEditor, retire_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, retire_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save_key_cb, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_record_editor_init (McRecordEditor *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->classes = g_ptr_array_new_with_free_func (g_object_unref);
  self->touched = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
title_of (McRecordEditor *self)
{
  return self->base ? mc_record_get_text (self->base, "name") : _(self->form->new_title);
}

void
mc_record_editor_edit (McRecordEditor *self, McSession *session, McAreaTree *tree, const char *entity, const McRecord *base, const char *area, const char *field)
{
  g_autofree char *day = NULL;
  GDate today;

  g_return_if_fail (MC_IS_RECORD_EDITOR (self) && MC_IS_SESSION (session) && tree != NULL && mc_session_get_store (session) != NULL);
  g_return_if_fail (mc_record_form_find (entity) != NULL);

  g_set_object (&self->session, session);
  mc_area_tree_ref (tree);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree;
  self->form = mc_record_form_find (entity);
  g_clear_pointer (&self->base, mc_record_free);
  self->base = base ? mc_record_copy (base) : NULL;
  g_clear_pointer (&self->draft, mc_record_free);
  self->draft = base ? mc_record_copy (base) : mc_record_new (mc_entity_find (entity), NULL);
  g_free (self->area);
  self->area = g_strdup (area);
  g_free (self->field);
  self->field = g_strdup (field);
  clear_form (self);
  gtk_label_set_label (self->title_label, title_of (self));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  mc_session_get_today (session, &today);
  day = mc_iso_date_format (&today);
  set_busy (self, 1);
  mc_form_context_load_async (mc_session_get_store (session), tree, mc_entity_find (entity), base, day, context_cb, g_object_ref (self));
}

gboolean
mc_record_editor_is_changed (McRecordEditor *self)
{
  g_return_val_if_fail (MC_IS_RECORD_EDITOR (self), FALSE);

  return g_hash_table_size (self->touched) > 0;
}

void
mc_record_editor_save (McRecordEditor *self)
{
  g_return_if_fail (MC_IS_RECORD_EDITOR (self));

  save_cb (self);
}
