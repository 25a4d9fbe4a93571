/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock phrases while a note is written. */
#include "mc-visit-phrases.h"

#include <glib/gi18n.h>

#include "mc-phrase.h"
#include "mc-visit-view-private.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-dialog.h"
#include "widgets/mc-question.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-unverified.h"

/* Room for some phrases before they are read. */
#define LIST_HEIGHT 220

/* Lives as long as its dialog, or what is read or saved for it. */
typedef struct
{
  gatomicrefcount ref_count;
  McVisitView *view;     /* owned */
  McStore *store;        /* owned */
  char *item;
  char *authority;       /* id; NULL: not in the register */
  GPtrArray *phrases;    /* of McRecord; NULL: not read yet */
  GPtrArray *shown;      /* borrowed of them, in the order of the list */

  /* Borrowed */
  GtkWindow *dialog;     /* weak */
  GtkWidget *entry, *list, *empty, *message, *insert_button, *keep_button;
} Phrases;

/* One record on its way to the disk. */
typedef struct
{
  Phrases *phrases;
  McRecord *base; /* NULL: new */
  McRecord *edited;
} Saving;

static void load (Phrases *self);

static void
phrases_unref (Phrases *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_weak_pointer (&self->dialog);
  g_object_unref (self->view);
  g_object_unref (self->store);
  g_free (self->item);
  g_free (self->authority);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_free (self);
}

static Phrases *
phrases_ref (Phrases *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
phrases_release (gpointer data, GClosure *closure)
{
  phrases_unref (data);
}

static void
say (Phrases *self, const char *text, gboolean wrong)
{
  if (self->dialog)
    mc_dialog_message_set (self->message, text, wrong);
}

/* The check as it is being written: its amendment, if one is made; NULL: it was closed meanwhile. Borrowed. */
static McVisit *
visit_of (Phrases *self)
{
  McVisit *draft = mc_visit_view_get_draft (self->view);
  McVisitEditor *editor = mc_visit_view_get_editor (self->view);

  return draft ? draft : editor ? mc_visit_editor_get_visit (editor) : NULL;
}

/* --- putting one in ---------------------------------------------------------------------------------------- */

static gboolean
put_in (Phrases *self, const McRecord *phrase, GError **error)
{
  McVisit *draft = mc_visit_view_get_draft (self->view);
  g_autoptr (McVisit) edited = NULL;

  if (!visit_of (self))
    return TRUE;
  if (!draft)
    return mc_visit_editor_insert_phrase (mc_visit_view_get_editor (self->view), self->item, phrase, error);
  edited = mc_visit_with_phrase (draft, self->item, phrase, error);
  if (edited)
    mc_visit_view_set_draft (self->view, edited);
  return edited != NULL;
}

static void
insert_at (Phrases *self, guint index)
{
  g_autoptr (GError) error = NULL;

  if (!self->shown || index >= self->shown->len)
    return;
  if (put_in (self, g_ptr_array_index (self->shown, index), &error))
    gtk_window_destroy (self->dialog);
  else
    say (self, error->message, TRUE);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Phrases *self)
{
  insert_at (self, (guint) gtk_list_box_row_get_index (row));
}

static void
insert_cb (Phrases *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  insert_at (self, row ? (guint) gtk_list_box_row_get_index (row) : 0);
}

static void
next_cb (Phrases *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* --- keeping and retiring ---------------------------------------------------------------------------------- */

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  phrases_unref (saving->phrases);
  g_clear_pointer (&saving->base, mc_record_free);
  mc_record_free (saving->edited);
  g_free (saving);
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Saving *saving = data;
  GError *error = NULL;

  if (mc_store_save (source, saving->base, saving->edited, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  Phrases *self = saving->phrases;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    say (self, error->message, TRUE);
  else
    {
      say (self, saving->base ? _("The phrase is retired and is no longer offered.") : _("Kept. It is offered from now on."), FALSE);
      load (self);
    }
}

/* Takes both records; @base may be NULL. */
static void
save (Phrases *self, McRecord *base, McRecord *edited)
{
  g_autoptr (GTask) task = g_task_new (self->store, NULL, saved_cb, NULL);
  Saving *saving = g_new0 (Saving, 1);

  *saving = (Saving) { phrases_ref (self), base, edited };
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_thread);
}

static void
keep_cb (Phrases *self)
{
  g_autoptr (GError) error = NULL;
  McVisit *visit = visit_of (self);
  McRecord *phrase = visit ? mc_phrase_new_from_finding (visit, self->item, &error) : NULL;

  if (phrase)
    save (self, NULL, phrase);
  else if (error)
    say (self, error->message, TRUE);
}

typedef struct
{
  Phrases *phrases;
  McRecord *phrase;
} Retiring;

static void
retire_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Retiring *retiring = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  Phrases *self = retiring->phrases;
  GDate day;

  if (g_strcmp0 (answer, "retire") == 0)
    {
      McRecord *edited = mc_record_copy (retiring->phrase);
      g_autofree char *today = NULL;

      mc_session_get_today (mc_page_get_session (mc_visit_view_get_page (self->view)), &day);
      today = mc_iso_date_format (&day);
      mc_record_set_text (edited, "retired_on", today);
      mc_record_set_text (edited, "retired_reason", reason);
      save (self, g_steal_pointer (&retiring->phrase), edited);
    }
  g_clear_pointer (&retiring->phrase, mc_record_free);
  phrases_unref (self);
}

static void
retire_cb (GtkWidget *button, Phrases *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  McQuestion *question = mc_question_new (_("Retire this phrase?"), _("It is no longer offered to anybody of the authority. Notes that have it keep it."));
  Retiring *retiring = g_new0 (Retiring, 1);

  *retiring = (Retiring) { phrases_ref (self), mc_record_copy (g_ptr_array_index (self->shown, index)) };
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "retire", _("Retire"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask (question, button, retire_asked_cb, retiring);
}

/* --- the list ---------------------------------------------------------------------------------------------- */

static GtkWidget *
label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "mc-data");
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
row_new (Phrases *self, const McRecord *phrase)
{
  const char *text = mc_record_get_text (phrase, "text"), *basis = mc_record_get_text (phrase, "basis");
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *retire = gtk_button_new_from_icon_name ("user-trash-symbolic");
  const char *certainty = mc_record_get_text (phrase, "certainty");
  gboolean sure = g_strcmp0 (certainty, "source") == 0 || g_strcmp0 (certainty, "found") == 0;

  gtk_box_append (GTK_BOX (words), label_new (text, NULL));
  if (basis)
    gtk_box_append (GTK_BOX (words), label_new (basis, "caption"));
  if (basis && !sure)
    gtk_box_append (GTK_BOX (words), mc_unverified_new (basis));
  gtk_widget_set_tooltip_text (retire, _("Retire this phrase…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (retire), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Retire this phrase…"), -1);
  gtk_widget_add_css_class (retire, "flat");
  gtk_widget_set_valign (retire, GTK_ALIGN_CENTER);
  g_signal_connect (retire, "clicked", G_CALLBACK (retire_cb), self);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), retire);
  g_object_set (line, "margin-start", 12, "margin-end", 8, "margin-top", 8, "margin-bottom", 8, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

static void
show_empty (Phrases *self)
{
  gboolean none = self->shown->len == 0;

  gtk_label_set_label (GTK_LABEL (self->empty), self->phrases->len == 0
                         ? _("There are no stock phrases yet. Write a note, then keep it here as a phrase: the whole authority is offered it.")
                         : _("No phrase for this. Write other words, or pinyin, to search in all of them."));
  gtk_widget_set_visible (self->empty, none);
  gtk_widget_set_visible (self->list, !none);
  gtk_widget_set_sensitive (self->insert_button, !none);
}

static void
fill (Phrases *self)
{
  McVisit *visit = visit_of (self);
  GtkWidget *row;

  if (!self->phrases || !self->dialog || !visit)
    return;
  while ((row = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = mc_phrases_pick (self->phrases, mc_standard_get_key (mc_visit_get_standard (visit)), self->item,
                                 mc_search_entry_get_text (MC_SEARCH_ENTRY (self->entry)));
  for (guint i = 0; i < self->shown->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (self, g_ptr_array_index (self->shown, i)));
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
  show_empty (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Phrases *self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *phrases = g_task_propagate_pointer (G_TASK (result), &error);

  if (phrases)
    {
      g_clear_pointer (&self->shown, g_ptr_array_unref);
      g_clear_pointer (&self->phrases, g_ptr_array_unref);
      self->phrases = phrases;
      fill (self);
    }
  else
    say (self, error->message, TRUE);
  phrases_unref (self);
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *phrases = mc_phrases_load (source, data, &error);

  if (phrases)
    g_task_return_pointer (task, phrases, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
load (Phrases *self)
{
  g_autoptr (GTask) task = g_task_new (self->store, NULL, loaded_cb, phrases_ref (self));

  g_task_set_task_data (task, g_strdup (self->authority ? self->authority : ""), g_free);
  g_task_run_in_thread (task, load_thread);
}

/* --- the dialog -------------------------------------------------------------------------------------------- */

static GtkWidget *
list_new (Phrases *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_valign (self->list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Stock phrases"), -1);
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  self->empty = label_new (NULL, NULL);
  gtk_widget_remove_css_class (self->empty, "mc-data");
  gtk_widget_set_visible (self->empty, FALSE);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->empty);
  return box;
}

static GtkWidget *
body_new (Phrases *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  GtkWidget *scroller;

  self->entry = g_object_new (MC_TYPE_SEARCH_ENTRY, "placeholder-text", _("Search: words, pinyin or initials"), NULL);
  g_signal_connect_swapped (self->entry, "notify::text", G_CALLBACK (fill), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (insert_cb), self);
  g_signal_connect_swapped (self->entry, "next", G_CALLBACK (next_cb), self);
  gtk_box_append (GTK_BOX (body), self->entry);
  scroller = mc_dialog_scroller_new (GTK_WIDGET (self->view), list_new (self));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_box_append (GTK_BOX (body), scroller);
  self->message = mc_dialog_message_new ();
  gtk_box_append (GTK_BOX (body), self->message);
  self->keep_button = gtk_button_new_with_label (_("Keep this note as a stock phrase"));
  gtk_widget_set_halign (self->keep_button, GTK_ALIGN_START);
  g_signal_connect_swapped (self->keep_button, "clicked", G_CALLBACK (keep_cb), self);
  gtk_box_append (GTK_BOX (body), self->keep_button);
  self->insert_button = mc_dialog_add_buttons (GTK_BOX (body), _("Put it in"));
  gtk_widget_set_sensitive (self->insert_button, FALSE);
  g_signal_connect_data (self->insert_button, "clicked", G_CALLBACK (insert_cb), self, phrases_release, G_CONNECT_SWAPPED);
  return body;
}

static void
phrases_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *view = MC_VISIT_VIEW (widget);
  McStore *store = mc_visit_view_get_editor (view) ? mc_page_get_store (mc_visit_view_get_page (view)) : NULL;
  gboolean writable = store && !mc_page_is_read_only (mc_visit_view_get_page (view));
  const McRecord *authority;
  Phrases *self;

  if (!writable)
    return;
  mc_visit_view_flush (view);
  self = g_new0 (Phrases, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->view = g_object_ref (view);
  self->store = g_object_ref (store);
  self->item = g_variant_dup_string (parameter, NULL);
  authority = mc_visit_get_authority (visit_of (self));
  self->authority = authority ? g_strdup (mc_record_get_id (authority)) : NULL;
  g_set_weak_pointer (&self->dialog, mc_dialog_new (widget, _("Stock phrases"), body_new (self)));
  gtk_widget_set_sensitive (self->keep_button, mc_visit_get_note (visit_of (self), self->item) != NULL);
  gtk_window_present (self->dialog);
  gtk_widget_child_focus (self->entry, GTK_DIR_TAB_FORWARD);
  load (self);
}

void
mc_visit_phrases_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "visit.phrases", "s", phrases_cb);
}
