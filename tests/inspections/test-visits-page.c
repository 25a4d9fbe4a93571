/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of checks in a real window: its keys, what it saves and when, what it refuses, and that it lets go of all. */
#include "visit-desk.h"

#include <glib/gi18n.h>

#include "inspections/mc-task-list.h"
#include "inspections/mc-visit-list-row.h"
#include "widgets/mc-conflict-row.h"

/* --- keys -------------------------------------------------------------------------------------------------- */

static void
test_answers_go_on (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "visit");
  g_assert_cmpuint (count_answers (&desk), ==, 0);
  g_assert_true (row_has_focus (&desk, 0));
  press (&desk, "1");
  g_assert_true (row_has_focus (&desk, 1));
  press (&desk, "3 4 KP_1");
  g_assert_true (row_has_focus (&desk, 4));
  wait_saved (&desk, code_at (&desk, 0), "value", "conform");
  wait_saved (&desk, code_at (&desk, 1), "value", "not_applicable");
  wait_saved (&desk, code_at (&desk, 2), "value", "not_checked");
  wait_saved (&desk, code_at (&desk, 3), "value", "conform");
  press (&desk, "Up Up Down");
  g_assert_true (row_has_focus (&desk, 3));
  desk_close (&desk);
}

static void
test_two_opens_the_note (void)
{
  Desk desk = { 0 };
  g_autofree char *text = NULL;

  desk_open (&desk, "sample", "visit");
  press (&desk, "2");
  g_assert_true (note_has_focus (&desk, 0));
  press (&desk, "a 1 2 3 b Left Return Escape c");
  g_assert_true (note_has_focus (&desk, 0));
  text = note_text (&desk, 0);
  g_assert_cmpstr (text, ==, "a123\ncb");
  g_assert_cmpuint (count_answers (&desk), ==, 1);
  /* Typing pauses: on disk without leaving the note. */
  wait_saved (&desk, code_at (&desk, 0), "note", "a123\ncb");
  g_assert_true (note_has_focus (&desk, 0));
  press (&desk, "d ctrl+Return");
  g_assert_true (row_has_focus (&desk, 1));
  wait_saved (&desk, code_at (&desk, 0), "note", "a123\ncdb");
  press (&desk, "1");
  wait_saved (&desk, code_at (&desk, 1), "value", "conform");
  desk_close (&desk);
}

static void
test_a_composition_stays (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "visit");
  press (&desk, "F2");
  g_assert_true (note_has_focus (&desk, 0));
  g_signal_emit_by_name (note_at (&desk, 0), "preedit-changed", "yi");
  press (&desk, "ctrl+Return");
  g_assert_true (note_has_focus (&desk, 0));
  g_signal_emit_by_name (note_at (&desk, 0), "preedit-changed", "");
  press (&desk, "ctrl+Return");
  g_assert_true (row_has_focus (&desk, 1));
  g_assert_cmpuint (count_answers (&desk), ==, 0);
  press (&desk, "Return");
  g_assert_true (note_has_focus (&desk, 1));
  desk_close (&desk);
}

static void
test_typing_starts_nothing (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "visit");
  press (&desk, "a j k 5 0 space Escape");
  g_assert_true (row_has_focus (&desk, 0));
  g_assert_null (note_at (&desk, 0));
  g_assert_cmpuint (count_answers (&desk), ==, 0);
  desk_close (&desk);
}

static void
answer_dialog (Desk *desk, const char *answer)
{
  GtkWindow *dialog;

  mc_stage_settle (desk->stage);
  dialog = mc_stage_get_dialog (desk->stage);
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), answer);
  if (mc_stage_get_dialog (desk->stage)) /* as a press of the button does */
    gtk_window_destroy (dialog);
  mc_stage_settle (desk->stage);
  g_assert_null (mc_stage_get_dialog (desk->stage));
}

static void
test_the_section_asks_once (void)
{
  Desk desk = { 0 };
  guint section, n;

  desk_open (&desk, "sample", "visit");
  section = mc_item_row_get_item (row_at (&desk, 0))->section;
  for (n = 0; mc_item_row_get_item (row_at (&desk, (int) n))->section == section; n++)
    ;
  press (&desk, "ctrl+1");
  answer_dialog (&desk, "cancel");
  g_assert_cmpuint (count_answers (&desk), ==, 0);
  gtk_widget_grab_focus (GTK_WIDGET (row_at (&desk, 0)));
  press (&desk, "ctrl+1");
  answer_dialog (&desk, "mark");
  g_assert_cmpuint (count_answers (&desk), ==, n);
  wait_saved (&desk, code_at (&desk, 0), "bulk", "1");
  gtk_widget_grab_focus (GTK_WIDGET (row_at (&desk, (int) n)));
  press (&desk, "ctrl+1");
  g_assert_null (mc_stage_get_dialog (desk.stage));
  g_assert_cmpuint (count_answers (&desk), >, n);
  desk_close (&desk);
}

/* --- saving ------------------------------------------------------------------------------------------------ */

static void
test_called_saved_is_on_disk (void)
{
  Desk desk = { 0 };
  g_autofree char *said = NULL;
  gint64 limit;

  desk_open (&desk, "sample", "visit");
  limit = g_get_monotonic_time () + WAIT_LIMIT;
  g_assert_true (mc_answer_buttons_choose (MC_ANSWER_BUTTONS (find (GTK_WIDGET (row_at (&desk, 0)), MC_TYPE_ANSWER_BUTTONS)), 0));
  said = g_strdup_printf ("%s. %s", "符合", _("Saved"));
  while (TRUE)
    {
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row_at (&desk, 0)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said);

      if (!other)
        break;
      if (g_get_monotonic_time () > limit)
        g_error ("the row says “%s”, not “%s”", other, said);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
  g_clear_pointer (&said, g_free);
  said = saved_value (&desk, code_at (&desk, 0), "value");
  g_assert_cmpstr (said, ==, "conform");
  mc_stage_settle (desk.stage);
  desk_close (&desk);
}

static void
test_leaving_saves_the_note (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "visit");
  press (&desk, "F2");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (note_at (&desk, 0)), "门口有积水", -1);
  g_assert_null (mc_visit_get_note (visit_of (&desk), code_at (&desk, 0)));
  g_assert_true (mc_window_show_page (mc_stage_get_window (desk.stage), "registry"));
  /* At once: before typing would have paused. */
  g_assert_cmpstr (mc_visit_get_note (visit_of (&desk), code_at (&desk, 0)), ==, "门口有积水");
  wait_saved (&desk, code_at (&desk, 0), "note", "门口有积水");
  desk_close (&desk);
}

static int
find_problem (Desk *desk)
{
  for (int i = 0; row_at (desk, i); i++)
    if (g_strcmp0 (mc_visit_get_value (visit_of (desk), code_at (desk, i)), "nonconform") == 0)
      return i;
  g_assert_not_reached ();
}

static void
test_a_refused_way_changes_nothing (void)
{
  Desk desk = { 0 };
  g_auto (McValue) value = MC_VALUE_INIT;
  int index;

  desk_open (&desk, "sample", "nonconform");
  index = find_problem (&desk);
  g_assert_true (row_has_focus (&desk, index));
  mc_value_init_text (&value, "suspend_without_law");
  g_signal_emit_by_name (row_at (&desk, index), "finding-changed", "way", &value);
  mc_stage_settle (desk.stage);
  g_assert_nonnull (mc_stage_get_dialog (desk.stage));
  gtk_window_destroy (mc_stage_get_dialog (desk.stage));
  g_assert_cmpstr (mc_record_get_text (mc_visit_get_finding (visit_of (&desk), code_at (&desk, index)), "way"), ==, "by_date");
  desk_close (&desk);
}

/* --- finalising, amending, conflicts ------------------------------------------------------------------------- */

static GtkWidget *
find_action (GtkWidget *widget, const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_action (child, action);
  return found;
}

/* Opens a check of two inspectors with all but the last @n_open answers; its number of items. */
static int
open_with_answers (Desk *desk, guint n_open)
{
  g_autofree char *facility = ask_disk (desk, "SELECT facility FROM visit WHERE checked_on = '2026-11-10'");
  g_autofree char *partner = ask_disk (desk, "SELECT id FROM inspector WHERE name = '检查员04'");
  const char *assistants[] = { partner, NULL };
  const McVisitRequest request = { .facility = facility, .assistants = assistants, .checked_on = "2026-11-19", .today = "2026-11-19" };
  McStore *store = mc_page_get_store (desk->page);
  g_autoptr (GError) error = NULL;
  g_autoptr (McVisit) visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  const McItem *items;
  guint n;

  g_assert_no_error (error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n);
  for (guint i = 0; i + n_open < n; i++)
    {
      McVisit *edited = mc_visit_with_answer (visit, items[i].code, "conform", NULL, &error);

      g_assert_no_error (error);
      mc_visit_unref (visit);
      visit = edited;
    }
  g_assert_true (mc_visits_save (store, NULL, visit, &error));
  g_assert_true (mc_page_open_record (desk->page, "visit", mc_visit_get_id (visit)));
  mc_stage_settle (desk->stage);
  return (int) n;
}

static int
open_almost_complete (Desk *desk)
{
  return open_with_answers (desk, 1);
}

static void
finalise (Desk *desk, int n)
{
  GtkWidget *button = find_action (GTK_WIDGET (desk->view), "visit.finalise");

  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (row_has_focus (desk, n - 1));
  press (desk, "1");
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  answer_dialog (desk, "finalise");
  g_assert_true (mc_visit_is_finalised (visit_of (desk)));
}

static void
test_finalises_when_complete (void)
{
  Desk desk = { 0 };
  int n;

  desk_open (&desk, "sample", "list");
  n = open_almost_complete (&desk);
  finalise (&desk, n);
  g_assert_false (gtk_widget_get_visible (find_action (GTK_WIDGET (desk.view), "visit.finalise")));
  gtk_widget_grab_focus (GTK_WIDGET (row_at (&desk, 0)));
  press (&desk, "3 F2");
  g_assert_cmpstr (mc_visit_get_value (visit_of (&desk), code_at (&desk, 0)), ==, "conform");
  g_assert_null (mc_stage_get_dialog (desk.stage));
  desk_close (&desk);
}

/* A check of 36 items without findings takes 40 keys: one for each item, and the rest to finalise it. */
static void
test_a_check_of_36_items_takes_40_keys (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "list");
  open_with_answers (&desk, 36);
  n_keys = 0;
  for (guint i = 0; i < 36; i++)
    press (&desk, "1");
  press (&desk, "Return");
  g_assert_nonnull (mc_stage_get_dialog (desk.stage));
  run ("xdotool key Return");
  for (n_keys++; !mc_visit_is_finalised (visit_of (&desk)); g_main_context_iteration (NULL, TRUE))
    ;
  mc_stage_settle (desk.stage);
  g_test_message ("%u keys", n_keys);
  g_assert_cmpuint (n_keys, <=, 40);
  desk_close (&desk);
}

/* --- one item at a time -------------------------------------------------------------------------------------- */

static guint
count_shown (Desk *desk)
{
  guint n = 0;

  for (int i = 0; row_at (desk, i); i++)
    n += gtk_widget_get_child_visible (GTK_WIDGET (row_at (desk, i))) ? 1 : 0;
  return n;
}

static void
test_elder_mode_shows_one_item (void)
{
  Desk desk = { 0 };

  desk_open (&desk, "sample", "visit");
  g_assert_cmpuint (count_shown (&desk), ==, 40);
  mc_stage_set_appearance (desk.stage, FALSE, TRUE, 100);
  g_assert_cmpuint (count_shown (&desk), ==, 1);
  /* A button shows them all, in elder mode too; and one again. */
  g_signal_emit_by_name (find_action (GTK_WIDGET (desk.view), "visit.one-at-a-time"), "clicked");
  mc_stage_settle (desk.stage);
  g_assert_cmpuint (count_shown (&desk), ==, 40);
  g_signal_emit_by_name (find_action (GTK_WIDGET (desk.view), "visit.one-at-a-time"), "clicked");
  mc_stage_settle (desk.stage);
  g_assert_cmpuint (count_shown (&desk), ==, 1);
  mc_stage_set_appearance (desk.stage, FALSE, FALSE, 100);
  desk_close (&desk);
}

static void
test_one_item_has_the_same_keys (void)
{
  Desk desk = { 0 };
  g_autofree char *text = NULL;

  desk_open (&desk, "sample", "visit");
  mc_stage_set_appearance (desk.stage, FALSE, TRUE, 100);
  g_assert_true (row_has_focus (&desk, 0));
  press (&desk, "1 3 Left Right Down Up");
  g_assert_true (row_has_focus (&desk, 2));
  press (&desk, "2");
  g_assert_true (note_has_focus (&desk, 2));
  press (&desk, "a 1 Left b ctrl+Return");
  g_assert_true (row_has_focus (&desk, 3));
  text = note_text (&desk, 2);
  g_assert_cmpstr (text, ==, "ab1");
  wait_saved (&desk, code_at (&desk, 0), "value", "conform");
  wait_saved (&desk, code_at (&desk, 1), "value", "not_applicable");
  wait_saved (&desk, code_at (&desk, 2), "note", "ab1");
  g_assert_cmpuint (count_answers (&desk), ==, 3);
  desk_close (&desk);
}

/* After the last item comes what follows the items; one answer too many is typed into nothing. */
static void
test_the_end_follows_the_last_item (void)
{
  Desk desk = { 0 };
  GtkWidget *button;
  int n;

  desk_open (&desk, "sample", "list");
  mc_stage_set_appearance (desk.stage, FALSE, TRUE, 100);
  n = open_almost_complete (&desk);
  g_assert_true (row_has_focus (&desk, n - 1));
  press (&desk, "1");
  button = find_action (GTK_WIDGET (desk.view), "visit.finalise");
  g_assert_true (gtk_window_get_focus (window_of (&desk)) == button);
  press (&desk, "1 alt+Up");
  g_assert_cmpuint (count_answers (&desk), ==, (guint) n);
  g_assert_cmpuint (count_shown (&desk), ==, 1);
  desk_close (&desk);
}

static void
test_an_amendment_waits_for_its_reason (void)
{
  Desk desk = { 0 };
  g_autofree char *before = NULL;
  GtkWidget *entry;
  int n;

  desk_open (&desk, "sample", "list");
  n = open_almost_complete (&desk);
  finalise (&desk, n);
  g_signal_emit_by_name (find_action (GTK_WIDGET (desk.view), "visit.amend"), "clicked");
  mc_stage_settle (desk.stage);
  g_assert_true (mc_visit_view_is_amending (desk.view));
  press (&desk, "3");
  before = saved_value (&desk, code_at (&desk, 0), "value");
  g_assert_cmpstr (before, ==, "conform");
  g_signal_emit_by_name (find_action (GTK_WIDGET (desk.view), "visit.submit-amendment"), "clicked");
  mc_stage_settle (desk.stage);
  entry = find (GTK_WIDGET (mc_stage_get_dialog (desk.stage)), GTK_TYPE_TEXT);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (mc_stage_get_dialog (desk.stage)), "amend"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "笔误");
  answer_dialog (&desk, "amend");
  wait_saved (&desk, code_at (&desk, 0), "value", "not_applicable");
  g_assert_false (mc_visit_view_is_amending (desk.view));
  desk_close (&desk);
}

static void
test_a_conflict_is_picked (void)
{
  Desk desk = { 0 };
  GtkWidget *conflict;

  desk_open (&desk, "conflict", "conflict");
  conflict = find (GTK_WIDGET (desk.view), MC_TYPE_CONFLICT_ROW);
  g_assert_nonnull (conflict);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (conflict, GTK_TYPE_CHECK_BUTTON)), TRUE);
  gtk_widget_activate (find (conflict, GTK_TYPE_BUTTON));
  for (gint64 limit = g_get_monotonic_time () + WAIT_LIMIT; find (GTK_WIDGET (desk.view), MC_TYPE_CONFLICT_ROW); g_main_context_iteration (NULL, TRUE))
    g_assert_cmpint (g_get_monotonic_time (), <, limit);
  g_assert_false (mc_visit_get_state (visit_of (&desk)) & MC_RECORD_CONFLICT);
  mc_stage_settle (desk.stage);
  desk_close (&desk);
}

/* --- lists --------------------------------------------------------------------------------------------------- */

/* What is overdue comes first; a follow-up opens its check at its item. Only checks are exported. */
static void
test_a_follow_up_opens_its_item (void)
{
  Desk desk = { 0 };
  const McFollowUpRow *row;
  g_autofree char *visit = NULL, *item = NULL;
  int index = 0;

  desk_open (&desk, "long", "list");
  g_assert_true (gtk_widget_get_sensitive (find_action (gtk_widget_get_ancestor (GTK_WIDGET (desk.page), GTK_TYPE_WINDOW), "visits.export")));
  g_assert_true (mc_page_set_state (desk.page, "follow-ups"));
  mc_stage_settle (desk.stage);
  g_assert_false (gtk_widget_get_sensitive (find_action (gtk_widget_get_ancestor (GTK_WIDGET (desk.page), GTK_TYPE_WINDOW), "visits.export")));
  row = mc_visit_list_row_get_follow_up (MC_VISIT_LIST_ROW (find (GTK_WIDGET (desk.page), MC_TYPE_VISIT_LIST_ROW)));
  g_assert_nonnull (row);
  g_assert_cmpstr (row->due_on, ==, "2026-11-13");
  visit = g_strdup (row->visit);
  item = g_strdup (row->item);
  g_signal_emit_by_name (find (GTK_WIDGET (desk.page), GTK_TYPE_LIST_VIEW), "activate", 0);
  mc_stage_settle (desk.stage);
  g_assert_cmpstr (mc_visit_get_id (visit_of (&desk)), ==, visit);
  while (strcmp (code_at (&desk, index), item) != 0)
    index++;
  g_assert_true (row_has_focus (&desk, index));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!desk_init ())
    return EXIT_SUCCESS;
  g_test_add_func ("/visits-page/answers-go-on", test_answers_go_on);
  g_test_add_func ("/visits-page/two-opens-the-note", test_two_opens_the_note);
  g_test_add_func ("/visits-page/a-composition-stays", test_a_composition_stays);
  g_test_add_func ("/visits-page/typing-starts-nothing", test_typing_starts_nothing);
  g_test_add_func ("/visits-page/the-section-asks-once", test_the_section_asks_once);
  g_test_add_func ("/visits-page/called-saved-is-on-disk", test_called_saved_is_on_disk);
  g_test_add_func ("/visits-page/leaving-saves-the-note", test_leaving_saves_the_note);
  g_test_add_func ("/visits-page/a-refused-way-changes-nothing", test_a_refused_way_changes_nothing);
  g_test_add_func ("/visits-page/finalises-when-complete", test_finalises_when_complete);
  g_test_add_func ("/visits-page/a-check-of-36-items-takes-40-keys", test_a_check_of_36_items_takes_40_keys);
  g_test_add_func ("/visits-page/elder-mode-shows-one-item", test_elder_mode_shows_one_item);
  g_test_add_func ("/visits-page/one-item-has-the-same-keys", test_one_item_has_the_same_keys);
  g_test_add_func ("/visits-page/the-end-follows-the-last-item", test_the_end_follows_the_last_item);
  g_test_add_func ("/visits-page/an-amendment-waits-for-its-reason", test_an_amendment_waits_for_its_reason);
  g_test_add_func ("/visits-page/a-conflict-is-picked", test_a_conflict_is_picked);
  g_test_add_func ("/visits-page/a-follow-up-opens-its-item", test_a_follow_up_opens_its_item);
  return g_test_run ();
}
