/* SPDX-License-Identifier: GPL-3.0-or-later
 * One visit: sections, checklist, progress, what is still missing, and what follows the items. */
#include "mc-visit-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-checklist.h"
#include "mc-section-row.h"
#include "mc-visit-details.h"
#include "mc-visit-notices.h"
#include "mc-visit-photos.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-bullet-bar.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

/* With less room the sections become a drop-down, and answers go under their text. In ems of the main text. */
#define SECTIONS_EMS 58
#define WIDE_ROW_EMS 50

/* So much of an item's text names it in the history. */
#define ITEM_NAME_CHARS 12

struct _McVisitView
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *root;
  GtkBox *column;
  GtkBox *body;
  GtkWidget *top;
  GtkWidget *sections_pane;
  GtkWidget *sections_line;
  GtkListBox *sections_list;
  GtkDropDown *sections_dropdown;
  McWrapBox *legend;
  GtkLabel *place_label;
  McBulletBar *bar;
  GtkLabel *count_label;
  McStatus *problems;
  GtkToggleButton *only_problems;
  GtkButton *one_button;
  GtkWidget *print_button;
  GtkLabel *saved_label;
  GtkBox *notices;
  McVisitPhotos *photos;
  McChecklist *checklist;
  GtkWidget *end;
  McVisitDetails *details;
  GtkBox *papers;
  McHistoryList *history;
  GtkWidget *steps;
  GtkWidget *note_button;
  GtkWidget *action_bar;
  GtkWidget *items_button;
  McStatus *state_status;
  GtkWidget *discard_button;
  GtkWidget *amend_button;
  GtkWidget *submit_button;
  GtkWidget *finalise_button;

  /* Borrowed */
  McPage *page;
  GPtrArray *section_rows; /* of McSectionRow; the array is owned */

  /* Owned */
  McStandards *standards;
  McVisitEditor *editor;
  McVisit *draft;          /* the amended visit, not saved; NULL: not amending */
  char *inspector;         /* id of the inspector who works here, or NULL */
  gboolean one;            /* one item at a time */
  gboolean at_end;         /* there: what follows the items is shown, and no item */
  gboolean section_asked;  /* Ctrl+1 was explained once */
  gboolean building;       /* the page counts as busy for the checklist */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (McVisitView, mc_visit_view, GTK_TYPE_WIDGET)

/* What is shown: the amendment being made, else the visit with its newest edits. */
static McVisit *
shown_visit (McVisitView *self)
{
  return self->draft ? self->draft : self->editor ? mc_visit_editor_get_visit (self->editor) : NULL;
}

static gboolean
is_editable (McVisitView *self)
{
  if (!self->editor || mc_page_is_read_only (self->page))
    return FALSE;
  if (mc_visit_get_state (mc_visit_editor_get_saved_visit (self->editor)) & MC_RECORD_UNKNOWN_FIELDS)
    return FALSE;
  return self->draft || !mc_visit_is_finalised (mc_visit_editor_get_visit (self->editor));
}

/* --- what is shown ----------------------------------------------------------------------------------------- */

static void
show_progress (McVisitView *self, const McOutcome *outcome)
{
  guint answered = outcome->total.items - outcome->total.unanswered;
  g_autofree char *count = g_strdup_printf (_("%u / %u answered"), answered, outcome->total.items);
  g_autofree char *problems = g_strdup_printf (ngettext ("%u does not conform", "%u do not conform", outcome->total.nonconform), outcome->total.nonconform);
  g_autofree char *only = g_strdup_printf (_("Problems only %u"), outcome->total.nonconform);

  gtk_label_set_label (self->count_label, count);
  mc_bullet_bar_set (self->bar, answered, MAX (outcome->total.items, 1), count);
  mc_status_set (self->problems, MC_STATUS_ERROR, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), outcome->total.nonconform > 0);
  gtk_button_set_label (GTK_BUTTON (self->only_problems), only);
  gtk_widget_set_visible (GTK_WIDGET (self->only_problems), outcome->total.nonconform > 0 && !self->one);
  for (guint i = 0; i < MIN (outcome->n_sections, self->section_rows->len); i++)
    mc_section_row_update (g_ptr_array_index (self->section_rows, i), &outcome->sections[i].counts);
}

/* Says when the last edit reached the disk, and marks the rows that wait for it. */
static void
show_saved (McVisitView *self)
{
  gint64 at = mc_visit_editor_get_saved_at (self->editor);
  g_autoptr (GDateTime) utc = at ? g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC) : NULL;
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local ? g_date_time_format (local, "%H:%M:%S") : NULL;
  g_autofree char *text = NULL;

  if (mc_visit_editor_get_saving (self->editor))
    text = g_strdup (_("Saving…"));
  else if (time)
    text = g_strdup_printf (_("Saved %s"), time);
  else
    text = g_strdup (_("Everything is saved as you go"));
  gtk_label_set_label (self->saved_label, text);
  self->updating = TRUE;
  mc_checklist_update (self->checklist, shown_visit (self), mc_visit_editor_get_saved_visit (self->editor), is_editable (self));
  self->updating = FALSE;
}

/* The one thing that holds back the finalising, in words; NULL: nothing. */
static char *
first_gap (McVisitView *self, McVisit *visit, const McOutcome *outcome)
{
  g_autofree char *day = NULL;
  g_autoptr (GPtrArray) gaps = NULL;
  guint unanswered = 0;
  GDate today;

  mc_session_get_today (mc_page_get_session (self->page), &today);
  day = mc_iso_date_format (&today);
  gaps = mc_visit_list_gaps_of (visit, outcome, day, self->inspector);
  for (guint i = 0; i < gaps->len; i++)
    {
      const McGap *gap = g_ptr_array_index (gaps, i);

      if (!gap->blocks || (gap->kind == MC_GAP_RESULT && outcome->total.unanswered > 0))
        continue;
      if (gap->kind != MC_GAP_UNANSWERED)
        return g_strdup (gap->text);
      unanswered++;
    }
  return unanswered ? g_strdup_printf (ngettext ("%u item is not answered yet", "%u items are not answered yet", unanswered), unanswered) : NULL;
}

static void
show_state (McVisitView *self, McVisit *visit, const McOutcome *outcome)
{
  gboolean finalised = mc_visit_is_finalised (mc_visit_editor_get_visit (self->editor));
  g_autofree char *gap = finalised && !self->draft ? NULL : first_gap (self, visit, outcome);

  if (self->draft)
    mc_status_set (self->state_status, gap ? MC_STATUS_WARNING : MC_STATUS_BUSY,
                   gap ? gap : _("An amendment is being made; the finalised record stays as it is until you finish"));
  else if (finalised)
    mc_status_set (self->state_status, MC_STATUS_LOCKED, _("Finalised; it can only be amended now"));
  else
    mc_status_set (self->state_status, gap ? MC_STATUS_PLAIN : MC_STATUS_OK, gap ? gap : _("Complete; finalising fixes the text"));
  gtk_widget_set_visible (GTK_WIDGET (self->legend), is_editable (self));
  gtk_widget_set_visible (GTK_WIDGET (self->saved_label), !finalised && !mc_page_is_read_only (self->page));
  gtk_widget_set_visible (self->finalise_button, !finalised);
  gtk_widget_set_visible (self->amend_button, finalised && !self->draft);
  gtk_widget_set_visible (self->submit_button, self->draft != NULL);
  gtk_widget_set_visible (self->discard_button, self->draft != NULL);
  gtk_widget_set_sensitive (self->note_button, is_editable (self));
  mc_visit_actions_update (self, gap == NULL);
}

/* Everything follows from one look at the visit. */
static void
show_visit (McVisitView *self)
{
  McVisit *visit = shown_visit (self);
  g_autoptr (McOutcome) outcome = NULL;

  if (!visit)
    return;
  outcome = mc_visit_evaluate (visit);
  self->updating = TRUE;
  show_progress (self, outcome);
  mc_visit_details_update (self->details, visit, is_editable (self));
  show_state (self, visit, outcome);
  mc_visit_notices_update (self->notices, self->page, self->standards, visit);
  mc_visit_photos_set_visit (self->photos, self->page, visit, self->checklist, is_editable (self) && !self->draft);
  show_saved (self);
  self->updating = FALSE;
}

/* --- the place in the checklist ---------------------------------------------------------------------------- */

static void
show_place (McVisitView *self)
{
  guint n = mc_checklist_get_n_items (self->checklist), current = mc_checklist_get_current (self->checklist);
  g_autofree char *place = g_strdup_printf (_("Item %u of %u"), current + 1, n);

  gtk_label_set_label (self->place_label, place);
  gtk_widget_set_visible (GTK_WIDGET (self->place_label), self->one && !self->at_end);
  gtk_widget_set_visible (GTK_WIDGET (self->checklist), !self->at_end);
  gtk_widget_set_visible (GTK_WIDGET (self->photos), !self->one || self->at_end);
  gtk_widget_set_visible (self->end, !self->one || self->at_end);
  gtk_widget_set_visible (self->steps, self->one && !self->at_end);
  gtk_widget_set_visible (self->action_bar, !self->one || self->at_end);
  gtk_widget_set_visible (self->items_button, self->at_end);
  gtk_widget_set_visible (self->print_button, !self->one || self->at_end);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.previous-item", self->at_end || current > 0);
  if (n == 0)
    return;
  self->updating = TRUE;
  gtk_drop_down_set_selected (self->sections_dropdown, self->at_end ? self->section_rows->len : mc_checklist_get_item (self->checklist, current)->section);
  self->updating = FALSE;
}

static void
go_to (McVisitView *self, guint index)
{
  self->at_end = FALSE;
  show_place (self);
  mc_checklist_go_to (self->checklist, index);
}

/* On a button: who typed one answer too many has not typed it into a text. */
static void
go_to_end (McVisitView *self)
{
  self->at_end = self->one;
  show_place (self);
  if (gtk_widget_get_sensitive (self->finalise_button) && gtk_widget_get_visible (self->finalise_button))
    gtk_widget_grab_focus (self->finalise_button);
  else if (self->at_end)
    gtk_widget_grab_focus (self->items_button);
}

static void
current_changed_cb (McVisitView *self)
{
  show_place (self);
}

static void
ended_cb (McVisitView *self)
{
  go_to_end (self);
}

static void
next_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  guint current = mc_checklist_get_current (self->checklist);

  if (current + 1 < mc_checklist_get_n_items (self->checklist))
    go_to (self, current + 1);
  else
    go_to_end (self);
}

static void
previous_item_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  guint current = mc_checklist_get_current (self->checklist);

  go_to (self, self->at_end || current == 0 ? current : current - 1);
}

static void
write_note_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_checklist_open_note (MC_VISIT_VIEW (widget)->checklist);
}

static void
one_at_a_time_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  mc_visit_view_flush (self);
  g_object_set (mc_page_get_session (self->page), "one-at-a-time", !self->one, NULL);
  go_to (self, mc_checklist_get_current (self->checklist));
}

/* --- edits ------------------------------------------------------------------------------------------------- */

static void
show_refusal (McVisitView *self, const GError *error)
{
  mc_question_show_error (GTK_WIDGET (self), _("This was not taken"), error);
  show_visit (self);
  mc_checklist_refresh (self->checklist);
}

/* Takes @edited, the next state of the amendment; or says why there is none. */
static void
take_draft (McVisitView *self, McVisit *edited, const GError *error)
{
  if (!edited)
    {
      show_refusal (self, error);
      return;
    }
  mc_visit_unref (self->draft);
  self->draft = edited;
  show_visit (self);
}

static gboolean
answered_cb (McVisitView *self, const char *item, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (self->draft)
    take_draft (self, mc_visit_with_answer (self->draft, item, value, NULL, &error), error);
  else if (!mc_visit_editor_answer (self->editor, item, value, NULL, &error))
    show_refusal (self, error);
  return error == NULL;
}

static void
note_changed_cb (McVisitView *self, const char *item, const char *note)
{
  g_autoptr (GError) error = NULL;

  if (!is_editable (self))
    return;
  if (self->draft)
    take_draft (self, mc_visit_with_note (self->draft, item, note, &error), error);
  else if (!mc_visit_editor_note (self->editor, item, note, &error))
    show_refusal (self, error);
}

static void
finding_changed_cb (McVisitView *self, const char *item, const char *key, McValue *value)
{
  g_autoptr (GError) error = NULL;

  if (self->updating)
    return;
  if (self->draft)
    take_draft (self, mc_visit_with_finding_field (self->draft, item, key, value, &error), error);
  else if (!mc_visit_editor_set_finding_field (self->editor, item, key, value, &error))
    show_refusal (self, error);
}

static void
field_changed_cb (McVisitView *self, const char *key, McValue *value)
{
  g_autoptr (GError) error = NULL;

  if (self->updating || !is_editable (self))
    return;
  if (self->draft)
    take_draft (self, mc_visit_with_field (self->draft, key, value, &error), error);
  else if (!mc_visit_editor_set_field (self->editor, key, value, &error))
    show_refusal (self, error);
}

static void
only_problems_cb (McVisitView *self)
{
  mc_checklist_set_only_problems (self->checklist, gtk_toggle_button_get_active (self->only_problems));
}

/* The page is busy while rows are being built. */
static void
building_cb (McVisitView *self)
{
  gboolean building;

  g_object_get (self->checklist, "busy", &building, NULL);
  if (building == self->building || !self->page)
    return;
  self->building = building;
  if (building)
    mc_page_begin_work (self->page);
  else
    mc_page_end_work (self->page);
}

/* --- sections ---------------------------------------------------------------------------------------------- */

static void
clear_sections (McVisitView *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->section_rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections_list))))
    gtk_list_box_remove (self->sections_list, child);
}

static void
add_sections (McVisitView *self, McStandard *standard)
{
  guint n;
  const McSection *sections = mc_standard_get_sections (standard, &n);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = mc_section_row_new (&sections[i]);
      g_autofree char *title = g_strdup_printf ("%s  %s", sections[i].code, sections[i].title);

      g_ptr_array_add (self->section_rows, row);
      gtk_list_box_append (self->sections_list, row);
      gtk_string_list_append (titles, title);
    }
  gtk_string_list_append (titles, _("After the items"));
  self->updating = TRUE;
  gtk_drop_down_set_model (self->sections_dropdown, G_LIST_MODEL (titles));
  self->updating = FALSE;
}

static void
go_to_section (McVisitView *self, guint section)
{
  guint n = mc_checklist_get_n_items (self->checklist);

  for (guint i = 0; i < n; i++)
    if (mc_checklist_get_item (self->checklist, i)->section == section)
      {
        go_to (self, i);
        return;
      }
}

static void
section_activated_cb (McVisitView *self, GtkListBoxRow *row)
{
  go_to_section (self, (guint) gtk_list_box_row_get_index (row));
}

static void
section_selected_cb (McVisitView *self)
{
  guint selected = gtk_drop_down_get_selected (self->sections_dropdown);

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected < self->section_rows->len)
    go_to_section (self, selected);
  else if (self->one)
    go_to_end (self);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

static guint
current_section (McVisitView *self)
{
  return mc_checklist_get_item (self->checklist, mc_checklist_get_current (self->checklist))->section;
}

static void
next_section_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  go_to_section (self, MIN (current_section (self) + 1, self->section_rows->len - 1));
}

static void
previous_section_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  guint section = current_section (self);

  go_to_section (self, section > 0 ? section - 1 : 0);
}

static void
mark_section (McVisitView *self, guint section)
{
  guint n_sections, n = 0;
  const McSection *sections = mc_standard_get_sections (mc_visit_get_standard (shown_visit (self)), &n_sections);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  if (self->draft)
    take_draft (self, mc_visit_with_section_conform (self->draft, sections[section].code, &n, &error), error);
  else if (!mc_visit_editor_section_conform (self->editor, sections[section].code, &n, &error))
    show_refusal (self, error);
  if (error)
    return;
  said = g_strdup_printf (ngettext ("%u item marked as conforming, logged as answered with its section",
                                    "%u items marked as conforming, logged as answered with their section", n), n);
  mc_page_toast (self->page, said);
}

static void
section_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "mark") != 0 || !is_editable (self))
    return;
  self->section_asked = TRUE;
  mark_section (self, current_section (self));
}

static void
section_conform_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  McQuestion *question;

  if (!is_editable (self))
    return;
  if (self->section_asked)
    {
      mark_section (self, current_section (self));
      return;
    }
  question = mc_question_new (_("Mark what is unanswered in this section as conforming?"),
                              _("Only items without an answer are marked. The record says that they were answered together."));
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "mark", _("Mark"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, section_asked_cb, g_object_ref (self));
}

/* Code and the beginning of the text. */
static char *
name_item (const McItem *item)
{
  g_autofree char *begin = g_utf8_substring (item->text, 0, MIN (g_utf8_strlen (item->text, -1), ITEM_NAME_CHARS));

  return g_strdup_printf (g_utf8_strlen (item->text, -1) > ITEM_NAME_CHARS ? "%s %s…" : "%s %s", item->code, begin);
}

static void
name_items (GHashTable *words, McStandard *standard, const char *visit)
{
  guint n;
  const McItem *items = mc_standard_get_items (standard, &n);

  for (guint i = 0; i < n; i++)
    {
      g_hash_table_insert (words, mc_visit_new_answer_id (visit, items[i].code), name_item (&items[i]));
      g_hash_table_insert (words, mc_finding_new_id (visit, items[i].code), name_item (&items[i]));
    }
}

/* The history calls answers as the standard does, and says which item a value is of. */
static void
name_answers (McVisitView *self, McStandard *standard)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (words, g_strdup (answers[i].code), g_strdup (answers[i].label));
  name_items (words, standard, mc_visit_get_id (mc_visit_editor_get_visit (self->editor)));
  mc_history_list_set_words (self->history, words);
}

/* Which keys do what, in the standard's own words. */
static void
show_legend (McVisitView *self, McStandard *standard)
{
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words, g_strdup_printf ("%u %s", i + 1, answers[i].label));
  g_ptr_array_add (words, g_strdup (_("↑ ↓ item")));
  g_ptr_array_add (words, g_strdup (_("F2 note")));
  g_ptr_array_add (words, g_strdup (_("Ctrl+Enter next")));
  g_ptr_array_add (words, g_strdup (_("Ctrl+K phrases")));
  g_ptr_array_add (words, g_strdup (_("Ctrl+1 whole section")));
  mc_wrap_box_remove_all (self->legend);
  for (guint i = 0; i < words->len; i++)
    {
      GtkWidget *label = gtk_label_new (g_ptr_array_index (words, i));

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "mc-key");
      mc_wrap_box_append (self->legend, label);
    }
}

/* --- the editor -------------------------------------------------------------------------------------------- */

static void
editor_failed_cb (McVisitView *self, const GError *error)
{
  mc_question_show_error (GTK_WIDGET (self), _("The last answers are not saved yet"), error);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
clear_editor (McVisitView *self)
{
  if (self->editor)
    g_signal_handlers_disconnect_by_data (self->editor, self);
  g_clear_object (&self->editor);
  g_clear_pointer (&self->draft, mc_visit_unref);
  g_clear_pointer (&self->standards, mc_standards_unref);
}

static void
mc_visit_view_dispose (GObject *object)
{
  McVisitView *self = MC_VISIT_VIEW (object);

  clear_editor (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_VISIT_VIEW);
  G_OBJECT_CLASS (mc_visit_view_parent_class)->dispose (object);
}

static void
mc_visit_view_finalize (GObject *object)
{
  McVisitView *self = MC_VISIT_VIEW (object);

  g_ptr_array_unref (self->section_rows);
  g_free (self->inspector);
  G_OBJECT_CLASS (mc_visit_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-visit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McVisitView, root);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, column);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, body);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, top);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_pane);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_line);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_list);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_dropdown);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, legend);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, place_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, bar);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, count_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, problems);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, only_problems);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, one_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, print_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, saved_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, notices);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, photos);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, checklist);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, end);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, details);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, papers);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, history);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, steps);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, note_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, action_bar);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, items_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, state_status);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, discard_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, amend_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, submit_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, finalise_button);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, only_problems_cb);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, finding_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, current_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ended_cb);
  gtk_widget_class_bind_template_callback (widget_class, building_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
}

static void
mc_visit_view_class_init (McVisitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_visit_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_visit_view_finalize;
  g_type_ensure (MC_TYPE_BULLET_BAR);
  g_type_ensure (MC_TYPE_CHECKLIST);
  g_type_ensure (MC_TYPE_HISTORY_LIST);
  g_type_ensure (MC_TYPE_PANE);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_VISIT_DETAILS);
  g_type_ensure (MC_TYPE_VISIT_PHOTOS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  mc_visit_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "visit.section-conform", NULL, section_conform_cb);
  gtk_widget_class_install_action (widget_class, "visit.next-section", NULL, next_section_cb);
  gtk_widget_class_install_action (widget_class, "visit.previous-section", NULL, previous_section_cb);
  gtk_widget_class_install_action (widget_class, "visit.next-item", NULL, next_item_cb);
  gtk_widget_class_install_action (widget_class, "visit.previous-item", NULL, previous_item_cb);
  gtk_widget_class_install_action (widget_class, "visit.write-note", NULL, write_note_cb);
  gtk_widget_class_install_action (widget_class, "visit.one-at-a-time", NULL, one_at_a_time_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_CONTROL_MASK, "visit.section-conform", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "visit.next-section", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "visit.previous-section", NULL);
}

static void
mc_visit_view_init (McVisitView *self)
{
  self->section_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  mc_visit_photos_take_paste (self->photos, GTK_WIDGET (self));
}

GtkWidget *
mc_visit_view_new (void)
{
  return g_object_new (MC_TYPE_VISIT_VIEW, NULL);
}

void
mc_visit_view_set_page (McVisitView *self, McPage *page)
{
  self->page = page;
}

void
mc_visit_view_set_editor (McVisitView *self, McStandards *standards, McVisitEditor *editor, McVisit *previous)
{
  McStandard *standard;

  mc_visit_photos_set_visit (self->photos, self->page, NULL, self->checklist, FALSE);
  mc_checklist_set_standard (self->checklist, NULL, NULL);
  clear_sections (self);
  clear_editor (self);
  mc_history_list_set_record (self->history, NULL, NULL, NULL);
  if (!editor)
    return;
  self->editor = g_object_ref (editor);
  self->standards = mc_standards_ref (standards);
  self->at_end = FALSE;
  standard = mc_visit_get_standard (mc_visit_editor_get_visit (editor));
  gtk_toggle_button_set_active (self->only_problems, FALSE);
  mc_visit_view_update_appearance (self);
  mc_checklist_set_standard (self->checklist, standard, previous);
  add_sections (self, standard);
  show_legend (self, standard);
  g_signal_connect_object (editor, "changed", G_CALLBACK (show_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "failed", G_CALLBACK (editor_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::saved-at", G_CALLBACK (show_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::saving", G_CALLBACK (show_saved), self, G_CONNECT_SWAPPED);
  name_answers (self, standard);
  mc_history_list_set_record (self->history, mc_page_get_store (self->page), "visit", mc_visit_get_id (mc_visit_editor_get_visit (editor)));
  show_visit (self);
  show_place (self);
}

void
mc_visit_view_set_inspector (McVisitView *self, const char *inspector)
{
  g_free (self->inspector);
  self->inspector = g_strdup (inspector);
  show_visit (self);
}

McVisitEditor *
mc_visit_view_get_editor (McVisitView *self)
{
  return self->editor;
}

McPage *
mc_visit_view_get_page (McVisitView *self)
{
  return self->page;
}

const char *
mc_visit_view_get_inspector (McVisitView *self)
{
  return self->inspector;
}

McVisit *
mc_visit_view_get_draft (McVisitView *self)
{
  return self->draft;
}

void
mc_visit_view_set_draft (McVisitView *self, McVisit *draft)
{
  g_autoptr (McVisit) before = g_steal_pointer (&self->draft);

  self->draft = draft ? mc_visit_ref (draft) : NULL;
  show_visit (self);
}

void
mc_visit_view_go_to (McVisitView *self, guint index)
{
  go_to (self, index);
}

GtkBox *
mc_visit_view_get_papers (McVisitView *self)
{
  return self->papers;
}

/* With one item at a time in large text the room is the item's: the line at the top scrolls with it. */
static void
place_top (McVisitView *self, gboolean scrolls)
{
  GtkBox *from = GTK_BOX (gtk_widget_get_parent (self->top)), *to = scrolls ? self->body : self->column;

  if (from == to)
    return;
  g_object_ref (self->top);
  gtk_box_remove (from, self->top);
  gtk_box_prepend (to, self->top);
  g_object_unref (self->top);
}

void
mc_visit_view_update_appearance (McVisitView *self)
{
  McSession *session = mc_page_get_session (self->page);
  guint ems = mc_page_get_em_width (self->page);
  gboolean room = ems == 0 || ems >= SECTIONS_EMS;
  gboolean narrow, sections;

  self->one = mc_session_get_one_at_a_time (session);
  self->at_end = self->at_end && self->one;
  sections = room && !self->one;
  narrow = ems > 0 && ems < WIDE_ROW_EMS + (sections ? 15 : 0);
  gtk_widget_set_visible (self->sections_pane, sections);
  gtk_widget_set_visible (self->sections_line, sections);
  gtk_widget_set_visible (GTK_WIDGET (self->sections_dropdown), !sections);
  place_top (self, self->one && ems < WIDE_ROW_EMS);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !self->one || ems >= WIDE_ROW_EMS);
  gtk_button_set_label (self->one_button, self->one ? _("Show all items") : _("One at a time"));
  mc_checklist_set_look (self->checklist, self->one ? MC_ITEM_LARGE : narrow ? MC_ITEM_NARROW : MC_ITEM_WIDE, self->one || mc_session_get_elder (session));
  if (self->editor)
    show_visit (self);
  show_place (self);
}

void
mc_visit_view_focus_first_open (McVisitView *self)
{
  go_to (self, (guint) MAX (0, mc_checklist_find_unanswered (self->checklist)));
}

void
mc_visit_view_focus_first_problem (McVisitView *self)
{
  go_to (self, (guint) MAX (0, mc_checklist_find_problem (self->checklist)));
}

void
mc_visit_view_focus_end (McVisitView *self)
{
  go_to_end (self);
  if (!self->one)
    gtk_widget_child_focus (GTK_WIDGET (self->details), GTK_DIR_TAB_FORWARD);
}

void
mc_visit_view_focus_item (McVisitView *self, const char *code)
{
  guint n = mc_checklist_get_n_items (self->checklist);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (mc_checklist_get_item (self->checklist, i)->code, code))
      {
        go_to (self, i);
        return;
      }
  mc_visit_view_focus_first_open (self);
}

void
mc_visit_view_flush (McVisitView *self)
{
  mc_checklist_flush (self->checklist);
  if (self->editor)
    mc_visit_details_flush (self->details);
}

gboolean
mc_visit_view_is_amending (McVisitView *self)
{
  return self->draft != NULL;
}
