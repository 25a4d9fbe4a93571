/* SPDX-License-Identifier: GPL-3.0-or-later
 * One visit: sections, checklist, progress, what is still missing, and its finalising. */
#include "mc-visit-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-item-row.h"
#include "mc-section-row.h"
#include "mc-visit-details.h"
#include "mc-visit-notices.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-bullet-bar.h"
#include "widgets/mc-format.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

/* With less room the sections become a drop-down, and answers go under their text. In ems of the main text. */
#define SECTIONS_EMS 58
#define WIDE_ROW_EMS 50

struct _McVisitView
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *root;
  GtkWidget *sections_pane;
  GtkWidget *sections_line;
  GtkListBox *sections_list;
  GtkDropDown *sections_dropdown;
  McWrapBox *legend;
  McBulletBar *bar;
  GtkLabel *count_label;
  McStatus *problems;
  GtkToggleButton *only_problems;
  GtkLabel *saved_label;
  GtkBox *notices;
  GtkScrolledWindow *scroller;
  GtkListBox *items_list;
  McVisitDetails *details;
  McHistoryList *history;
  McStatus *state_status;
  GtkWidget *discard_button;
  GtkWidget *amend_button;
  GtkWidget *submit_button;
  GtkWidget *finalise_button;

  /* Borrowed */
  McPage *page;
  GPtrArray *section_rows; /* of McSectionRow; the array is owned */
  GPtrArray *rows;         /* of McItemRow; the array is owned */

  /* Owned */
  McStandards *standards;
  McVisitEditor *editor;
  McVisit *previous;
  McVisit *draft;          /* the amended visit, not saved; NULL: not amending */
  char *inspector;         /* id of the inspector who works here, or NULL */
  gboolean section_asked;  /* Ctrl+1 was explained once */
  gboolean updating;
  guint scroll_tick;       /* a row that has no place yet is waited for */
  guint scroll_frames;
};

G_DEFINE_FINAL_TYPE (McVisitView, mc_visit_view, GTK_TYPE_WIDGET)

static char *
today_text (McVisitView *self)
{
  GDate day;

  mc_session_get_today (mc_page_get_session (self->page), &day);
  return mc_iso_date_format (&day);
}

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
show_progress (McVisitView *self, McVisit *visit)
{
  g_autoptr (McOutcome) outcome = mc_visit_evaluate (visit);
  guint answered = outcome->total.items - outcome->total.unanswered;
  g_autofree char *count = g_strdup_printf (_("%u / %u answered"), answered, outcome->total.items);
  g_autofree char *problems = g_strdup_printf (ngettext ("%u does not conform", "%u do not conform", outcome->total.nonconform), outcome->total.nonconform);
  g_autofree char *only = g_strdup_printf (_("Problems only %u"), outcome->total.nonconform);

  gtk_label_set_label (self->count_label, count);
  mc_bullet_bar_set (self->bar, answered, MAX (outcome->total.items, 1), count);
  mc_status_set (self->problems, MC_STATUS_ERROR, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), outcome->total.nonconform > 0);
  gtk_button_set_label (GTK_BUTTON (self->only_problems), only);
  gtk_widget_set_visible (GTK_WIDGET (self->only_problems), outcome->total.nonconform > 0);
  for (guint i = 0; i < MIN (outcome->n_sections, self->section_rows->len); i++)
    mc_section_row_update (g_ptr_array_index (self->section_rows, i), &outcome->sections[i].counts);
}

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
}

static gboolean
is_problem (McVisitView *self, McItemRow *row)
{
  McVisit *visit = shown_visit (self);
  const McItem *item = mc_item_row_get_item (row);

  return visit && mc_standard_read_answer (mc_visit_get_standard (visit), item, mc_visit_get_value (visit, item->code)) == MC_ANSWER_NONCONFORM;
}

static gboolean
filter_func (GtkListBoxRow *row, gpointer data)
{
  McVisitView *self = data;

  return !gtk_toggle_button_get_active (self->only_problems) || is_problem (self, MC_ITEM_ROW (row));
}

/* The rows of a section are one card: its first and its last row have the round corners. */
static void
round_cards (McVisitView *self)
{
  McItemRow *before = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      McItemRow *row = g_ptr_array_index (self->rows, i);
      gboolean first;

      if (!filter_func (GTK_LIST_BOX_ROW (row), self))
        continue;
      first = !before || mc_item_row_get_item (before)->section != mc_item_row_get_item (row)->section;
      if (before)
        mc_item_row_set_last (before, first);
      mc_item_row_set_first (row, first);
      before = row;
    }
  if (before)
    mc_item_row_set_last (before, TRUE);
}

static void
show_items (McVisitView *self, McVisit *visit)
{
  McVisit *saved = mc_visit_editor_get_saved_visit (self->editor);
  gboolean editable = is_editable (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      McItemRow *row = g_ptr_array_index (self->rows, i);
      const char *code = mc_item_row_get_item (row)->code;
      gboolean is_saved = g_strcmp0 (mc_visit_get_value (visit, code), mc_visit_get_value (saved, code)) == 0;

      mc_item_row_update (row, visit, editable, is_saved);
    }
  if (gtk_toggle_button_get_active (self->only_problems))
    gtk_list_box_invalidate_filter (self->items_list);
  round_cards (self);
}

/* The one thing that holds back the finalising, in words; NULL: nothing. */
static char *
first_gap (McVisitView *self, McVisit *visit)
{
  g_autofree char *day = today_text (self);
  g_autoptr (GPtrArray) gaps = mc_visit_list_gaps (visit, day, self->inspector);
  g_autoptr (McOutcome) outcome = mc_visit_evaluate (visit);
  guint unanswered = 0;

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
show_state (McVisitView *self, McVisit *visit)
{
  gboolean finalised = mc_visit_is_finalised (mc_visit_editor_get_visit (self->editor));
  gboolean writable = !mc_page_is_read_only (self->page);
  g_autofree char *gap = finalised && !self->draft ? NULL : first_gap (self, visit);

  if (self->draft)
    mc_status_set (self->state_status, gap ? MC_STATUS_WARNING : MC_STATUS_BUSY,
                   gap ? gap : _("An amendment is being made; the finalised record stays as it is until you finish"));
  else if (finalised)
    mc_status_set (self->state_status, MC_STATUS_LOCKED, _("Finalised; it can only be amended now"));
  else
    mc_status_set (self->state_status, gap ? MC_STATUS_PLAIN : MC_STATUS_OK, gap ? gap : _("Complete; finalising fixes the text"));
  gtk_widget_set_visible (GTK_WIDGET (self->legend), is_editable (self));
  gtk_widget_set_visible (GTK_WIDGET (self->saved_label), !finalised && writable);
  gtk_widget_set_visible (self->finalise_button, !finalised);
  gtk_widget_set_visible (self->amend_button, finalised && !self->draft);
  gtk_widget_set_visible (self->submit_button, self->draft != NULL);
  gtk_widget_set_visible (self->discard_button, self->draft != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.finalise", writable && !finalised && !gap);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.amend", writable && finalised && !self->draft);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visit.submit-amendment", writable && self->draft && !gap);
}

static void
show_visit (McVisitView *self)
{
  McVisit *visit = shown_visit (self);

  if (!visit)
    return;
  self->updating = TRUE;
  show_progress (self, visit);
  show_items (self, visit);
  mc_visit_details_update (self->details, visit, is_editable (self));
  show_state (self, visit);
  show_saved (self);
  mc_visit_notices_update (self->notices, self->page, self->standards, visit);
  self->updating = FALSE;
}

/* --- rows -------------------------------------------------------------------------------------------------- */

static void
focus_row (McVisitView *self, guint index)
{
  if (index < self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, index));
}

/* Two frames on the rows have their places. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->items_list));
  graphene_rect_t bounds;

  if (++self->scroll_frames < 3)
    return G_SOURCE_CONTINUE;
  self->scroll_tick = 0;
  if (focus && gtk_widget_compute_bounds (focus, gtk_widget_get_parent (GTK_WIDGET (self->items_list)), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, (double) (bounds.origin.y + bounds.size.height) + gtk_adjustment_get_page_size (adjustment) / 3);
  return G_SOURCE_REMOVE;
}

/* For a visit that is just being opened; what must be decided first stays in sight. */
static void
focus_new_row (McVisitView *self, guint index)
{
  focus_row (self, index);
  self->scroll_frames = 0;
  if (!self->scroll_tick && !gtk_widget_get_visible (GTK_WIDGET (self->notices)))
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
focus_after (McVisitView *self, McItemRow *row)
{
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;
  for (index++; index < self->rows->len; index++)
    if (gtk_widget_get_child_visible (g_ptr_array_index (self->rows, index)))
      {
        focus_row (self, index);
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_refusal (McVisitView *self, const GError *error)
{
  mc_question_show_error (GTK_WIDGET (self), _("This was not taken"), error);
  show_visit (self);
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

static void
answered_cb (McVisitView *self, const char *value, gboolean go_on, McItemRow *row)
{
  const char *code = mc_item_row_get_item (row)->code;
  g_autoptr (GError) error = NULL;

  if (self->draft)
    take_draft (self, mc_visit_with_answer (self->draft, code, value, NULL, &error), error);
  else if (!mc_visit_editor_answer (self->editor, code, value, NULL, &error))
    show_refusal (self, error);
  if (go_on && !error)
    focus_after (self, row);
}

static void
note_changed_cb (McVisitView *self, const char *note, McItemRow *row)
{
  const char *code = mc_item_row_get_item (row)->code;
  g_autoptr (GError) error = NULL;

  if (!is_editable (self))
    return;
  if (self->draft)
    take_draft (self, mc_visit_with_note (self->draft, code, note, &error), error);
  else if (!mc_visit_editor_note (self->editor, code, note, &error))
    show_refusal (self, error);
}

static void
finding_changed_cb (McVisitView *self, const char *key, McValue *value, McItemRow *row)
{
  const char *code = mc_item_row_get_item (row)->code;
  g_autoptr (GError) error = NULL;

  if (self->updating)
    return;
  if (self->draft)
    take_draft (self, mc_visit_with_finding_field (self->draft, code, key, value, &error), error);
  else if (!mc_visit_editor_set_finding_field (self->editor, code, key, value, &error))
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
section_header_func (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  McVisitView *self = data;
  guint n;
  const McSection *sections = mc_standard_get_sections (mc_visit_get_standard (shown_visit (self)), &n);
  guint section = mc_item_row_get_item (MC_ITEM_ROW (row))->section;
  g_autofree char *title = NULL;
  GtkWidget *label;

  if (before && mc_item_row_get_item (MC_ITEM_ROW (before))->section == section)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) || section >= n)
    return;
  title = g_strdup_printf ("%s  %s", sections[section].code, sections[section].title);
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "mc-section-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
filter_changed_cb (McVisitView *self)
{
  gtk_list_box_invalidate_filter (self->items_list);
  gtk_list_box_invalidate_headers (self->items_list);
  round_cards (self);
}

static void
clear_rows (McVisitView *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->section_rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->items_list))))
    gtk_list_box_remove (self->items_list, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections_list))))
    gtk_list_box_remove (self->sections_list, child);
}

static void
add_rows (McVisitView *self, McStandard *standard)
{
  guint n_items, n_sections;
  const McItem *items = mc_standard_get_items (standard, &n_items);
  const McSection *sections = mc_standard_get_sections (standard, &n_sections);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autoptr (GtkSizeGroup) codes = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  g_autoptr (GtkSizeGroup) before = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  for (guint i = 0; i < n_items; i++)
    {
      GtkWidget *row = mc_item_row_new (standard, &items[i]);
      McPreviousAnswer answer;

      if (self->previous && mc_visit_get_previous_answer (self->previous, standard, items[i].code, &answer))
        mc_item_row_set_previous (MC_ITEM_ROW (row), &answer);
      mc_item_row_join_columns (MC_ITEM_ROW (row), codes, before);
      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "note-changed", G_CALLBACK (note_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "finding-changed", G_CALLBACK (finding_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "next-item", G_CALLBACK (focus_after), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->items_list, row);
    }
  for (guint i = 0; i < n_sections; i++)
    {
      GtkWidget *row = mc_section_row_new (&sections[i]);
      g_autofree char *title = g_strdup_printf ("%s  %s", sections[i].code, sections[i].title);

      g_ptr_array_add (self->section_rows, row);
      gtk_list_box_append (self->sections_list, row);
      gtk_string_list_append (titles, title);
    }
  self->updating = TRUE;
  gtk_drop_down_set_model (self->sections_dropdown, G_LIST_MODEL (titles));
  self->updating = FALSE;
}

static void
name_answers (McVisitView *self, McStandard *standard)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (words, g_strdup (answers[i].code), g_strdup (answers[i].label));
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

/* --- sections ---------------------------------------------------------------------------------------------- */

static void
go_to_section (McVisitView *self, guint section)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (mc_item_row_get_item (g_ptr_array_index (self->rows, i))->section == section)
      {
        focus_row (self, i);
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

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    go_to_section (self, selected);
}

/* The section of the item that has the focus; the first one if none has. */
static guint
current_section (McVisitView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_state_flags (g_ptr_array_index (self->rows, i)) & GTK_STATE_FLAG_FOCUS_WITHIN)
      return mc_item_row_get_item (g_ptr_array_index (self->rows, i))->section;
  return 0;
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

/* --- finalising and amending ------------------------------------------------------------------------------- */

static void
finalised_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (self->page);
  if (mc_visits_finalise_finish (result, &error))
    mc_page_toast (self->page, _("Finalised. Print the site record and have it signed."));
  else
    mc_question_show_error (GTK_WIDGET (self), _("The check was not finalised"), error);
}

static void
flushed_for_finalise_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = today_text (self);

  if (!mc_visit_editor_flush_finish (MC_VISIT_EDITOR (source), result, &error))
    {
      mc_page_end_work (self->page);
      mc_question_show_error (GTK_WIDGET (self), _("The check was not finalised"), error);
      return;
    }
  mc_visits_finalise_async (mc_page_get_store (self->page), mc_visit_editor_get_saved_visit (MC_VISIT_EDITOR (source)), day, self->inspector,
                            NULL, finalised_cb, g_object_ref (self));
}

static void
finalise_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (g_strcmp0 (answer, "finalise") != 0 || !self->editor)
    return;
  mc_page_begin_work (self->page);
  mc_visit_editor_flush_async (self->editor, NULL, flushed_for_finalise_cb, g_object_ref (self));
}

static void
finalise_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  McQuestion *question = mc_question_new (_("Finalise this check?"),
                                          _("The text is fixed and gets a check code that is printed on the record. Afterwards it can only be amended, with a reason."));

  mc_visit_view_flush (self);
  mc_question_add_answer (question, "cancel", _("Not yet"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "finalise", _("Finalise"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, finalise_asked_cb, g_object_ref (self));
}

static void
amend_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  self->draft = mc_visit_ref (mc_visit_editor_get_saved_visit (self->editor));
  show_visit (self);
  focus_row (self, 0);
}

static void
discard_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  g_clear_pointer (&self->draft, mc_visit_unref);
  show_visit (self);
}

static void
amended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (self->page);
  if (!mc_visits_amend_finish (result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("The amendment was not saved"), error);
      return;
    }
  g_clear_pointer (&self->draft, mc_visit_unref);
  show_visit (self);
  mc_page_toast (self->page, _("Amended. The record lists the amendment with its reason."));
}

static void
amend_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  g_autofree char *day = today_text (self);

  if (g_strcmp0 (answer, "amend") != 0 || !self->draft)
    return;
  mc_page_begin_work (self->page);
  mc_visits_amend_async (mc_page_get_store (self->page), mc_visit_editor_get_saved_visit (self->editor), self->draft, day, self->inspector,
                         reason, NULL, amended_cb, g_object_ref (self));
}

static void
submit_amendment_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);
  McQuestion *question = mc_question_new (_("Finish the amendment?"), _("The finalised text stays in the history; the record names what was amended, and why."));

  mc_visit_view_flush (self);
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "amend", _("Amend"), MC_QUESTION_SUGGESTED);
  mc_question_ask (question, widget, amend_reason_cb, g_object_ref (self));
}

static void
flushed_for_print_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitView) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_visit_editor_flush_finish (MC_VISIT_EDITOR (source), result, &error))
    {
      mc_question_show_error (GTK_WIDGET (self), _("The record cannot be made yet"), error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.print-document", "(ss)", "site_record",
                              mc_visit_get_id (mc_visit_editor_get_visit (MC_VISIT_EDITOR (source))));
}

static void
print_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitView *self = MC_VISIT_VIEW (widget);

  if (!self->editor)
    return;
  mc_visit_view_flush (self);
  mc_visit_editor_flush_async (self->editor, NULL, flushed_for_print_cb, g_object_ref (self));
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
  g_clear_pointer (&self->previous, mc_visit_unref);
  g_clear_pointer (&self->standards, mc_standards_unref);
}

static void
mc_visit_view_dispose (GObject *object)
{
  McVisitView *self = MC_VISIT_VIEW (object);

  if (self->items_list)
    clear_rows (self); /* while the header function still has a visit to look at */
  clear_editor (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_VISIT_VIEW);
  G_OBJECT_CLASS (mc_visit_view_parent_class)->dispose (object);
}

static void
mc_visit_view_finalize (GObject *object)
{
  McVisitView *self = MC_VISIT_VIEW (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->section_rows);
  g_free (self->inspector);
  G_OBJECT_CLASS (mc_visit_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-visit-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McVisitView, root);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_pane);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_line);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_list);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, sections_dropdown);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, legend);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, bar);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, count_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, problems);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, only_problems);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, saved_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, notices);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, scroller);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, items_list);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, details);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, history);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, state_status);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, discard_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, amend_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, submit_button);
  gtk_widget_class_bind_template_child (widget_class, McVisitView, finalise_button);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
}

static void
mc_visit_view_class_init (McVisitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_visit_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_visit_view_finalize;
  g_type_ensure (MC_TYPE_BULLET_BAR);
  g_type_ensure (MC_TYPE_HISTORY_LIST);
  g_type_ensure (MC_TYPE_PANE);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_VISIT_DETAILS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  gtk_widget_class_install_action (widget_class, "visit.finalise", NULL, finalise_cb);
  gtk_widget_class_install_action (widget_class, "visit.amend", NULL, amend_cb);
  gtk_widget_class_install_action (widget_class, "visit.submit-amendment", NULL, submit_amendment_cb);
  gtk_widget_class_install_action (widget_class, "visit.discard-amendment", NULL, discard_cb);
  gtk_widget_class_install_action (widget_class, "visit.section-conform", NULL, section_conform_cb);
  gtk_widget_class_install_action (widget_class, "visit.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "visit.next-section", NULL, next_section_cb);
  gtk_widget_class_install_action (widget_class, "visit.previous-section", NULL, previous_section_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_CONTROL_MASK, "visit.section-conform", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "visit.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "visit.next-section", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "visit.previous-section", NULL);
}

static void
mc_visit_view_init (McVisitView *self)
{
  self->rows = g_ptr_array_new ();
  self->section_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->items_list, section_header_func, self, NULL);
  gtk_list_box_set_filter_func (self->items_list, filter_func, self, NULL);
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
  McVisit *visit;

  clear_rows (self);
  clear_editor (self);
  mc_history_list_set_record (self->history, NULL, NULL, NULL);
  if (!editor)
    return;
  self->editor = g_object_ref (editor);
  self->standards = mc_standards_ref (standards);
  self->previous = previous ? mc_visit_ref (previous) : NULL;
  visit = mc_visit_editor_get_visit (editor);
  gtk_toggle_button_set_active (self->only_problems, FALSE);
  add_rows (self, mc_visit_get_standard (visit));
  show_legend (self, mc_visit_get_standard (visit));
  g_signal_connect_object (editor, "changed", G_CALLBACK (show_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "failed", G_CALLBACK (editor_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::saved-at", G_CALLBACK (show_visit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "notify::saving", G_CALLBACK (show_visit), self, G_CONNECT_SWAPPED);
  name_answers (self, mc_visit_get_standard (visit));
  mc_history_list_set_record (self->history, mc_page_get_store (self->page), "visit", mc_visit_get_id (visit));
  mc_visit_view_update_appearance (self);
  show_visit (self);
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

void
mc_visit_view_update_appearance (McVisitView *self)
{
  guint ems = mc_page_get_em_width (self->page);
  gboolean sections = ems == 0 || ems >= SECTIONS_EMS;
  gboolean elder = mc_session_get_elder (mc_page_get_session (self->page));

  gtk_widget_set_visible (self->sections_pane, sections);
  gtk_widget_set_visible (self->sections_line, sections);
  gtk_widget_set_visible (GTK_WIDGET (self->sections_dropdown), !sections);
  for (guint i = 0; i < self->rows->len; i++)
    {
      mc_item_row_set_narrow (g_ptr_array_index (self->rows, i), ems > 0 && ems < WIDE_ROW_EMS + (sections ? 15 : 0));
      mc_item_row_set_plain (g_ptr_array_index (self->rows, i), elder);
    }
}

void
mc_visit_view_focus_first_open (McVisitView *self)
{
  McVisit *visit = shown_visit (self);

  for (guint i = 0; visit && i < self->rows->len; i++)
    if (!mc_visit_get_value (visit, mc_item_row_get_item (g_ptr_array_index (self->rows, i))->code))
      {
        focus_new_row (self, i);
        return;
      }
  focus_new_row (self, 0);
}

void
mc_visit_view_focus_first_problem (McVisitView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (is_problem (self, g_ptr_array_index (self->rows, i)))
      {
        focus_new_row (self, i);
        return;
      }
  focus_new_row (self, 0);
}

void
mc_visit_view_flush (McVisitView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    mc_item_row_flush (g_ptr_array_index (self->rows, i));
  if (self->editor)
    mc_visit_details_flush (self->details);
}

gboolean
mc_visit_view_is_amending (McVisitView *self)
{
  return self->draft != NULL;
}
