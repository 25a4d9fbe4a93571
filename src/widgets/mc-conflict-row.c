/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two edits that disagree: the values of one field, from which a person picks. */
#include "mc-conflict-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-format.h"
#include "mc-history-list.h"

struct _McConflictRow
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  GtkLabel *title_label;
  GtkListBox *list;
  GtkWidget *pick_button;

  /* Owned. */
  McStore *store;
  McRecord *record;
  char *key;
  char *about;
  GHashTable *words;
  GPtrArray *choices; /* of McHistoryEntry */
  GPtrArray *checks;  /* of GtkCheckButton, borrowed from the rows */
  guint generation;   /* which set() an answer belongs to */
};

G_DEFINE_FINAL_TYPE (McConflictRow, mc_conflict_row, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  McStore *store;
  char *entity, *id, *key;
  guint generation;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->store);
  g_free (request->entity);
  g_free (request->id);
  g_free (request->key);
  g_free (request);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;
  GPtrArray *choices = mc_store_conflict_choices (request->store, request->entity, request->id, request->key, &error);

  if (choices)
    g_task_return_pointer (task, choices, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static const McHistoryEntry *
chosen (McConflictRow *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      return self->choices->pdata[i];
  return NULL;
}

static void
toggled_cb (McConflictRow *self)
{
  if (!self->pick_button) /* disposed */
    return;
  gtk_widget_set_sensitive (self->pick_button, chosen (self) != NULL);
}

static char *
describe (McConflictRow *self, const McValue *value)
{
  const McField *field = mc_entity_field (mc_record_get_entity (self->record), self->key);
  g_autofree char *text = mc_format_value (field, value, NULL);
  const char *word = self->words ? g_hash_table_lookup (self->words, text) : NULL;

  return g_strdup (word ? word : *text ? text : _("empty"));
}

static void
add_choice (McConflictRow *self, const McHistoryEntry *entry)
{
  g_autofree char *text = describe (self, &entry->new_value), *origin = mc_history_describe_origin (entry);
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->checks->pdata[0]);
  gtk_widget_add_css_class (row, "mc-data"); /* who, and on which device */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), origin);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "mc-data"); /* what was written, who and which device */
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (self->list, row);
}

static void
clear (McConflictRow *self)
{
  GtkWidget *row;

  g_ptr_array_set_size (self->checks, 0);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  McConflictRow *self = MC_CONFLICT_ROW (source);
  g_autoptr (GError) error = NULL;
  GPtrArray *choices = g_task_propagate_pointer (G_TASK (result), &error);
  Request *request = g_task_get_task_data (G_TASK (result));

  if (request->generation != self->generation || !self->list)
    {
      g_clear_pointer (&choices, g_ptr_array_unref);
      return;
    }
  clear (self);
  if (!choices)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  self->choices = choices;
  for (guint i = 0; i < choices->len; i++)
    add_choice (self, choices->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), choices->len > 1);
  toggled_cb (self);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McConflictRow) self = data;
  g_autoptr (GError) error = NULL;

  if (mc_store_commit_finish (MC_STORE (source), result, &error))
    g_signal_emit (self, signals[PICKED], 0);
  else
    {
      toggled_cb (self);
      g_signal_emit (self, signals[FAILED], 0, error);
    }
}

static void
pick_cb (McConflictRow *self)
{
  const McHistoryEntry *entry = chosen (self);
  McTransaction *transaction;

  if (!entry)
    return;
  transaction = mc_transaction_new ();
  mc_transaction_pick (transaction, self->record, self->key, &entry->new_value);
  gtk_widget_set_sensitive (self->pick_button, FALSE);
  mc_store_commit_async (self->store, transaction, NULL, committed_cb, g_object_ref (self));
}

static void
mc_conflict_row_dispose (GObject *object)
{
  McConflictRow *self = MC_CONFLICT_ROW (object);

  g_clear_pointer (&self->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_CONFLICT_ROW);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->record, mc_record_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->about, g_free);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (mc_conflict_row_parent_class)->dispose (object);
}

static void
mc_conflict_row_class_init (McConflictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_conflict_row_dispose;
  signals[PICKED] = g_signal_new ("picked", MC_TYPE_CONFLICT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MC_TYPE_CONFLICT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/widgets/mc-conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McConflictRow, body);
  gtk_widget_class_bind_template_child (widget_class, McConflictRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, McConflictRow, list);
  gtk_widget_class_bind_template_child (widget_class, McConflictRow, pick_button);
  gtk_widget_class_bind_template_callback (widget_class, pick_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mcconflict");
}

static void
mc_conflict_row_init (McConflictRow *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mc_conflict_row_new (void)
{
  return g_object_new (MC_TYPE_CONFLICT_ROW, NULL);
}

void
mc_conflict_row_set_words (McConflictRow *self, const char *about, GHashTable *words)
{
  g_return_if_fail (MC_IS_CONFLICT_ROW (self));

  g_free (self->about);
  self->about = g_strdup (about);
  g_clear_pointer (&self->words, g_hash_table_unref);
  self->words = words ? g_hash_table_ref (words) : NULL;
}

void
mc_conflict_row_set (McConflictRow *self, McStore *store, const McRecord *record, const char *key)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *title = NULL;
  g_autofree char *what = NULL;
  Request *request;

  g_return_if_fail (MC_IS_CONFLICT_ROW (self) && MC_IS_STORE (store) && record != NULL && key != NULL);

  g_set_object (&self->store, store);
  g_clear_pointer (&self->record, mc_record_free);
  self->record = mc_record_copy (record);
  g_free (self->key);
  self->key = g_strdup (key);
  what = g_strjoin (" ", self->about ? self->about : _(mc_entity_field (mc_record_get_entity (record), key)->label),
                    self->about ? _(mc_entity_field (mc_record_get_entity (record), key)->label) : NULL, NULL);
  title = g_strdup_printf (_("Two edits disagree: %s"), what);
  gtk_label_set_label (self->title_label, title);

  request = g_new0 (Request, 1);
  request->store = g_object_ref (store);
  request->entity = g_strdup (mc_record_get_entity (record)->name);
  request->id = g_strdup (mc_record_get_id (record));
  request->key = g_strdup (key);
  request->generation = ++self->generation;
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, load_in_thread);
}
