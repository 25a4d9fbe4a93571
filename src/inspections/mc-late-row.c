/* SPDX-License-Identifier: GPL-3.0-or-later
 * Late changes of a finalised visit: each is taken in as an amendment or set aside, with a reason. */
#include "mc-late-row.h"

#include <glib/gi18n.h>

#include "store/mc-store.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-question.h"
#include "widgets/mc-wrap-box.h"

struct _McLateRow
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *box;
  GtkWidget *list;
  GCancellable *cancellable;
  char *visit;

  /* Borrowed */
  McPage *page;
};

G_DEFINE_FINAL_TYPE (McLateRow, mc_late_row, GTK_TYPE_WIDGET)

/* One late change that a person decides about. */
typedef struct
{
  McLateRow *row;
  char *entity;
  char *record;
  McRef change;
  gboolean take_in;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->entity);
  g_free (decision->record);
  g_free (decision);
}

static void
decision_closure_free (gpointer data, GClosure *closure)
{
  decision_free (data);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McLateRow) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_store_commit_finish (MC_STORE (source), result, &error))
    mc_question_show_error (GTK_WIDGET (self), _("The decision was not saved"), error);
}

static void
reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Decision *decision = data;
  g_autoptr (McLateRow) self = decision->row; /* the reference that decide_cb() took */
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  McStore *store = mc_page_get_store (self->page);
  McTransaction *transaction;

  if (g_strcmp0 (answer, "decide") == 0 && store)
    {
      transaction = mc_transaction_new ();
      if (decision->take_in)
        mc_transaction_take_in (transaction, decision->entity, decision->record, &decision->change, reason);
      else
        mc_transaction_set_aside (transaction, decision->entity, decision->record, &decision->change, reason);
      mc_store_commit_async (store, transaction, NULL, committed_cb, g_object_ref (self));
    }
  decision_free (decision);
}

static void
decide_cb (GtkButton *button, Decision *asked)
{
  Decision *decision = g_new0 (Decision, 1);
  McQuestion *question = mc_question_new (asked->take_in ? _("Take this late change in?") : _("Set this late change aside?"),
                                          asked->take_in ? _("The record is amended by it, and names your reason.")
                                                         : _("It stays in the history with your reason, and has no effect."));

  *decision = *asked;
  decision->row = g_object_ref (asked->row);
  decision->entity = g_strdup (asked->entity);
  decision->record = g_strdup (asked->record);
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "decide", asked->take_in ? _("Take in") : _("Set aside"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, GTK_WIDGET (asked->row), reason_cb, decision);
}

static GtkWidget *
decision_button (McLateRow *self, const McHistoryEntry *entry, gboolean take_in)
{
  GtkWidget *button = gtk_button_new_with_label (take_in ? _("Take in…") : _("Set aside…"));
  Decision *decision = g_new0 (Decision, 1);

  decision->row = self; /* an ancestor of the button */
  decision->entity = g_strdup (entry->entity->name);
  decision->record = g_strdup (entry->record);
  decision->change = entry->change;
  decision->take_in = take_in;
  g_signal_connect_data (button, "clicked", G_CALLBACK (decide_cb), decision, decision_closure_free, 0);
  return button;
}

static GtkWidget *
text_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_entry (McLateRow *self, const McHistoryEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *buttons = mc_wrap_box_new (8, 6);
  g_autofree char *what = mc_history_describe (entry, NULL);
  g_autofree char *origin = mc_history_describe_origin (entry);

  gtk_box_append (GTK_BOX (box), text_label (what, NULL));
  gtk_box_append (GTK_BOX (box), text_label (origin, "caption"));
  mc_wrap_box_append (MC_WRAP_BOX (buttons), decision_button (self, entry, TRUE));
  mc_wrap_box_append (MC_WRAP_BOX (buttons), decision_button (self, entry, FALSE));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_box_append (GTK_BOX (self->list), box);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McLateRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = mc_store_history_finish (MC_STORE (source), result, &error);
  GtkWidget *child;

  if (!entries)
    return;
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; i < entries->len; i++)
    {
      const McHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->kind == MC_HISTORY_LATE && entry->entity)
        add_entry (self, entry);
    }
}

static void
mc_late_row_dispose (GObject *object)
{
  McLateRow *self = MC_LATE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->visit, g_free);
  G_OBJECT_CLASS (mc_late_row_parent_class)->dispose (object);
}

static void
mc_late_row_class_init (McLateRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_late_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_late_row_init (McLateRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "mc-notice");
  gtk_box_append (GTK_BOX (self->box), text_label (_("Late additions: made before their author knew of the finalising"), "heading"));
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
mc_late_row_new (void)
{
  return g_object_new (MC_TYPE_LATE_ROW, NULL);
}

void
mc_late_row_set (McLateRow *self, McPage *page, const char *visit)
{
  McStore *store = mc_page_get_store (page);

  self->page = page;
  g_free (self->visit);
  self->visit = g_strdup (visit);
  if (store)
    mc_store_history_async (store, "visit", visit, 0, self->cancellable, loaded_cb, g_object_ref (self));
}
