/* SPDX-License-Identifier: GPL-3.0-or-later
 * The follow-ups in the page of a final check, in a real window: what they say, what is recorded from there, what is refused in words. */
#include <adwaita.h>

#include "inspections/mc-follow-up-card.h"
#include "inspections/mc-follow-up-group.h"
#include "inspections/mc-party-group.h"
#include "registry/mc-record-chooser.h"
#include "visit-desk.h"
#include "widgets/mc-search-entry.h"

/* --- widgets ----------------------------------------------------------------------------------------------- */

static GtkWidget *
find_labelled (GtkWidget *widget, GType type, const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && ((GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
          || (ADW_IS_PREFERENCES_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), label) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_labelled (child, type, label);
  return found;
}

static void
click (GtkWidget *widget, const char *label)
{
  GtkWidget *button = find_labelled (widget, GTK_TYPE_BUTTON, label);

  if (!button)
    g_error ("no button “%s”", label);
  g_signal_emit_by_name (button, "clicked");
}

static void
type_into (GtkWindow *dialog, const char *title, const char *text)
{
  GtkWidget *row = find_labelled (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, title);

  if (!row)
    g_error ("no line “%s”", title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Any label in @widget that has @text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_to_say (GtkWidget *widget, const char *text)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (!says (widget, text))
    {
      if (g_get_monotonic_time () > limit)
        g_error ("“%s” is not said", text);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static void
wait_no_dialog (Desk *desk)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (mc_stage_get_dialog (desk->stage))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  mc_stage_settle (desk->stage);
}

/* For who looks at it: dark, or elder. */
static void
put_on_look (Desk *desk)
{
  const char *look = g_getenv ("MC_TEST_LOOK");

  if (look)
    mc_stage_set_appearance (desk->stage, g_str_equal (look, "dark"), g_str_equal (look, "elder"), g_str_equal (look, "elder") ? 125 : 100);
  mc_stage_settle (desk->stage);
}

static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  graphene_point_t at;

  if (gtk_widget_compute_point (widget, gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled)), &GRAPHENE_POINT_INIT (0, 0), &at))
    gtk_adjustment_set_value (adjustment, (double) at.y - 20 + (GTK_IS_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))) ? gtk_adjustment_get_value (adjustment) : 0));
}

static void
shoot (GtkWindow *window, const char *name)
{
  const char *folder = g_getenv ("MC_TEST_SHOTS");
  g_autofree char *path = folder ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (!path)
    return;
  for (guint i = 0; i < 60; i++) /* let it be laid out */
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (5000);
    }
  texture = mc_stage_paint_window (window);
  gdk_texture_save_to_png (texture, path);
}

/* --- a final check with two findings ------------------------------------------------------------------------ */

static McVisit *
with_finding (McVisit *visit, const char *item, const char *note, const char *competent, const char *way, const char *deadline)
{
  const char *const values[][2] = { { "competent", competent }, { "way", way }, { "deadline_on", deadline } };
  g_autoptr (GError) error = NULL;
  McVisit *edited = mc_visit_with_answer (visit, item, "nonconform", NULL, &error);

  mc_visit_unref (visit);
  visit = mc_visit_with_note (edited, item, note, &error);
  g_assert_no_error (error);
  mc_visit_unref (edited);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_auto (McValue) value = MC_VALUE_INIT;

      if (!values[i][1])
        continue;
      mc_value_init_text (&value, values[i][1]);
      edited = mc_visit_with_finding_field (visit, item, values[i][0], &value, &error);
      g_assert_no_error (error);
      mc_visit_unref (visit);
      visit = edited;
    }
  return visit;
}

/* Another check of the place, lead and partner of the one that is open, with one finding to be corrected by a day and one for the fire service; opens it. */
static void
open_with_findings (Desk *desk)
{
  McStore *store = mc_page_get_store (desk->page);
  const McRecord *record = mc_visit_get_record (visit_of (desk));
  g_autofree char *assistant = g_strdup (mc_record_get_text (record, "assistants"));
  const char *assistants[] = { assistant, NULL };
  const McVisitRequest request = { .facility = mc_record_get_text (record, "facility"), .lead = mc_record_get_text (record, "lead"), .assistants = assistants,
                                   .checked_on = "2026-11-16", .today = "2026-11-19" };
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare (store, mc_standards_get_builtin (), &request, &error);
  g_autoptr (McVisit) saved = NULL;
  const McItem *items;
  guint n;

  g_assert_no_error (error);
  items = mc_standard_get_items (mc_visit_get_standard (visit), &n);
  for (guint i = 0; i < n; i++)
    {
      McVisit *edited = mc_visit_with_answer (visit, items[i].code, "conform", NULL, &error);

      g_assert_no_error (error);
      mc_visit_unref (visit);
      visit = edited;
    }
  visit = with_finding (visit, items[2].code, "二楼储物间堆放杂物", mc_visit_get_own_kind (visit), "by_date", "2026-11-30");
  visit = with_finding (visit, items[4].code, "安全出口锁闭", "fire", "referral", NULL);
  g_assert_true (mc_visits_save (store, NULL, visit, &error));
  saved = mc_visits_load (store, mc_standards_get_builtin (), mc_visit_get_id (visit), &error);
  g_assert_true (mc_visits_finalise (store, saved, "2026-11-19", request.lead, &error));
  g_assert_no_error (error);
  g_assert_true (mc_page_open_record (desk->page, "visit", mc_visit_get_id (visit)));
  mc_visit_unref (visit);
  mc_stage_settle (desk->stage);
}

static GtkWidget *
card_of (Desk *desk, const char *words)
{
  GtkWidget *group = find (GTK_WIDGET (desk->page), MC_TYPE_FOLLOW_UP_GROUP);
  GtkWidget *card;

  wait_to_say (group, words);
  card = find (group, MC_TYPE_FOLLOW_UP_CARD);
  while (!says (card, words))
    card = gtk_widget_get_next_sibling (card);
  return card;
}

/* --- rules ------------------------------------------------------------------------------------------------- */

static void
recorded_from_the_check (void)
{
  Desk desk;
  GtkWindow *dialog;
  GtkWidget *group;
  g_autofree char *until = NULL;
  g_autofree char *to = NULL;
  g_autofree char *reply = NULL;

  desk_open (&desk, "sample", "finalised");
  group = find (GTK_WIDGET (desk.page), MC_TYPE_FOLLOW_UP_GROUP);
  g_assert_false (gtk_widget_get_visible (group)); /* no finding, no follow-up */
  open_with_findings (&desk);

  put_on_look (&desk);
  click (card_of (&desk, "储物间"), "延期…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  type_into (dialog, "延期至（如 2026-01-31）", "2026-11-20");
  click (GTK_WIDGET (dialog), "登记");
  wait_to_say (GTK_WIDGET (dialog), "2026-11-30"); /* refused, and why; what was typed stays */
  g_assert_nonnull (find_labelled (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "延期至（如 2026-01-31）"));
  type_into (dialog, "延期至（如 2026-01-31）", "2026-12-11");
  type_into (dialog, "原因", "配件未到货");
  type_into (dialog, "批准人", "检查员01");
  shoot (dialog, "extend.png");
  click (GTK_WIDGET (dialog), "登记");
  wait_no_dialog (&desk);
  wait_to_say (group, "延期至 2026-12-11");
  until = ask_disk (&desk, "SELECT extended_to FROM follow_up WHERE way = 'by_date'");
  g_assert_cmpstr (until, ==, "2026-12-11");

  click (card_of (&desk, "安全出口"), "登记抄告（移送）…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  type_into (dialog, "受文机关全称", "秀洲区消防救援大队");
  click (GTK_WIDGET (dialog), "登记");
  wait_no_dialog (&desk);
  wait_to_say (group, "等待复函");
  to = ask_disk (&desk, "SELECT referred_to FROM follow_up WHERE way = 'referral'");
  g_assert_cmpstr (to, ==, "秀洲区消防救援大队");

  click (card_of (&desk, "安全出口"), "登记复函…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  type_into (dialog, "复函内容", "已责令开启");
  click (GTK_WIDGET (dialog), "登记");
  wait_no_dialog (&desk);
  wait_to_say (group, "可以结案");
  mc_visit_view_focus_end (desk.view);
  mc_stage_settle (desk.stage);
  scroll_to (group);
  shoot (window_of (&desk), "group.png");
  click (card_of (&desk, "安全出口"), "结案…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  g_assert_false (says (GTK_WIDGET (dialog), "须经复查登记")); /* a referral is closed by its reply */
  shoot (dialog, "close.png");
  click (GTK_WIDGET (dialog), "结案");
  wait_no_dialog (&desk);
  wait_to_say (group, "已结案");
  reply = ask_disk (&desk, "SELECT closed_on FROM follow_up WHERE way = 'referral'");
  g_assert_cmpstr (reply, ==, "2026-11-19");
  desk_close (&desk);
}

/* The button opens the form of a new check, of the type re-check. */
static void
recheck_begins (void)
{
  Desk desk;
  GtkWindow *dialog;

  desk_open (&desk, "sample", "finalised");
  open_with_findings (&desk);
  click (card_of (&desk, "储物间"), "结案…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  g_assert_true (says (GTK_WIDGET (dialog), "须经复查登记"));
  shoot (dialog, "close-correction.png");
  gtk_window_close (dialog);
  wait_no_dialog (&desk);
  click (find (GTK_WIDGET (desk.page), MC_TYPE_FOLLOW_UP_GROUP), "复查…");
  mc_stage_settle (desk.stage);
  wait_to_say (GTK_WIDGET (desk.page), "复查");
  desk_close (&desk);
}

/* A question that is asked over a dialog. */
static GtkWindow *
wait_for_question (void)
{
  gint64 limit = g_get_monotonic_time () + WAIT_LIMIT;

  while (g_get_monotonic_time () < limit)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

          if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
            return window;
        }
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_error ("nothing is asked");
}

/* Ctrl+K on a note: nothing there yet, the note is kept as a phrase, and Enter puts it into another item's note. */
static void
phrase_kept_and_put_in (void)
{
  Desk desk;
  GtkWindow *dialog;
  g_autofree char *item = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *text = NULL;
  g_autofree char *retired = NULL;
  GtkWindow *question;
  GtkWidget *entry;

  desk_open (&desk, "sample", "nonconform");
  g_assert_true (row_has_focus (&desk, 5) || note_has_focus (&desk, 5));
  item = g_strdup (code_at (&desk, 5));
  gtk_widget_grab_focus (GTK_WIDGET (note_at (&desk, 5)));
  press (&desk, "ctrl+k");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  wait_to_say (GTK_WIDGET (dialog), "还没有常用语");
  shoot (dialog, "phrases-empty.png");
  click (GTK_WIDGET (dialog), "将本条说明存为常用语");
  wait_to_say (GTK_WIDGET (dialog), "一楼东侧");
  kept = ask_disk (&desk, "SELECT item FROM phrase");
  g_assert_cmpstr (kept, ==, item);
  shoot (dialog, "phrases.png");
  gtk_window_close (dialog);
  wait_no_dialog (&desk);
  g_assert_true (note_has_focus (&desk, 5));

  /* In the note of another item, whose own phrases do not have it. */
  press (&desk, "Shift+Tab"); /* out of the note */
  gtk_widget_grab_focus (GTK_WIDGET (row_at (&desk, 6)));
  mc_stage_settle (desk.stage);
  press (&desk, "F2");
  g_assert_true (note_has_focus (&desk, 6));
  g_signal_emit_by_name (note_at (&desk, 6), "preedit-changed", "yi");
  press (&desk, "ctrl+k"); /* it belongs to the input method */
  g_assert_null (mc_stage_get_dialog (desk.stage));
  g_signal_emit_by_name (note_at (&desk, 6), "preedit-changed", "");
  press (&desk, "ctrl+k");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  wait_to_say (GTK_WIDGET (dialog), "没有适用的常用语");
  entry = find (GTK_WIDGET (dialog), MC_TYPE_SEARCH_ENTRY);
  mc_search_entry_set_text (MC_SEARCH_ENTRY (entry), "jishui");
  wait_to_say (GTK_WIDGET (dialog), "一楼东侧");
  g_signal_emit_by_name (entry, "activate");
  wait_no_dialog (&desk);
  wait_saved (&desk, code_at (&desk, 6), "note", "一楼东侧走廊清洁后地面有积水，约 2 平方米，未放置警示标志；公共卫生间门口防滑垫翘起。");
  text = note_text (&desk, 6);
  g_assert_nonnull (strstr (text, "一楼东侧"));

  /* Retired: nobody is offered it any more. */
  press (&desk, "ctrl+k");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  mc_search_entry_set_text (MC_SEARCH_ENTRY (find (GTK_WIDGET (dialog), MC_TYPE_SEARCH_ENTRY)), "jishui");
  wait_to_say (GTK_WIDGET (dialog), "一楼东侧");
  g_signal_emit_by_name (find (find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX), GTK_TYPE_BUTTON), "clicked");
  question = wait_for_question ();
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (question), GTK_TYPE_EDITABLE)), "表述不准");
  click (GTK_WIDGET (question), "停用");
  wait_to_say (GTK_WIDGET (dialog), "已停用");
  retired = ask_disk (&desk, "SELECT retired_reason FROM phrase");
  g_assert_cmpstr (retired, ==, "表述不准");
  gtk_window_close (dialog);
  wait_no_dialog (&desk);
  desk_close (&desk);
}

/* Answers what is open before the first open item that is not the leading authority's; the next one that is. */
static const char *
answer_up_to_another (Desk *desk)
{
  const McItem *items;
  guint n;
  gboolean passed = FALSE;

  items = mc_standard_get_items (mc_visit_get_standard (visit_of (desk)), &n);
  for (guint i = 0; i < n; i++)
    {
      gboolean own = mc_visit_get_item_authority (visit_of (desk), &items[i]) == mc_visit_get_authority (visit_of (desk));

      if (mc_visit_get_value (visit_of (desk), items[i].code))
        continue;
      if (own && passed)
        return items[i].code;
      if (own)
        g_assert_true (mc_visit_editor_answer (mc_visit_view_get_editor (desk->view), items[i].code, "conform", NULL, NULL));
      passed |= !own;
    }
  return NULL;
}

/* Opened again, a joint check begins with what the user's own authority answers. */
static void
assert_own_items_first (Desk *desk)
{
  g_autofree char *own = g_strdup (answer_up_to_another (desk));
  g_autofree char *id = g_strdup (mc_visit_get_id (visit_of (desk)));
  GtkWidget *focus;

  g_assert_nonnull (own);
  mc_stage_settle (desk->stage);
  while (mc_visit_editor_get_saving (mc_visit_view_get_editor (desk->view)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (mc_page_set_state (desk->page, "list"));
  mc_stage_settle (desk->stage);
  g_assert_true (mc_page_open_record (desk->page, "visit", id));
  mc_stage_settle (desk->stage);
  focus = gtk_window_get_focus (window_of (desk));
  g_assert_true (MC_IS_ITEM_ROW (focus));
  g_assert_cmpstr (mc_item_row_get_item (MC_ITEM_ROW (focus))->code, ==, own);
}

/* A draft becomes a joint check with another authority of the register; it is taken out with a reason. */
static void
authority_takes_part (void)
{
  Desk desk;
  GtkWindow *dialog;
  GtkWidget *group;
  g_autoptr (McRecord) authority = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (McValue) value = MC_VALUE_INIT;
  g_autofree char *reason = NULL;
  GtkWidget *chooser;

  desk_open (&desk, "sample", "nonconform");
  group = find (GTK_WIDGET (desk.page), MC_TYPE_PARTY_GROUP);
  g_assert_false (gtk_widget_get_visible (group));
  authority = mc_record_new (mc_entity_find ("authority"), NULL);
  mc_record_set_text (authority, "name", "嘉兴市消防救援支队");
  mc_record_set_text (authority, "kind", "fire");
  mc_record_set_text (authority, "area", mc_record_get_text (mc_visit_get_authority (visit_of (&desk)), "area"));
  g_assert_true (mc_store_save (mc_page_get_store (desk.page), NULL, authority, &error));
  g_assert_no_error (error);
  mc_value_init_text (&value, "joint");
  g_assert_true (mc_visit_editor_set_field (mc_visit_view_get_editor (desk.view), "type", &value, &error));
  g_assert_no_error (error);
  mc_stage_settle (desk.stage);
  g_assert_true (gtk_widget_get_visible (group));

  put_on_look (&desk);
  click (group, "增加部门…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  chooser = find (GTK_WIDGET (dialog), MC_TYPE_RECORD_CHOOSER);
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  shoot (dialog, "party.png");
  g_signal_emit_by_name (chooser, "chosen", mc_record_get_id (authority), "嘉兴市消防救援支队");
  wait_to_say (GTK_WIDGET (dialog), "还没有该部门的检查人员");
  click (GTK_WIDGET (dialog), "添加");
  wait_no_dialog (&desk);
  wait_to_say (group, "嘉兴市消防救援支队");
  mc_visit_view_focus_end (desk.view);
  mc_stage_settle (desk.stage);
  scroll_to (group);
  shoot (window_of (&desk), "parties.png");

  assert_own_items_first (&desk);
  wait_to_say (group, "嘉兴市消防救援支队");
  click (group, "移出…");
  dialog = mc_stage_wait_for_dialog (desk.stage);
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), GTK_TYPE_EDITABLE)), "临时有火警");
  click (GTK_WIDGET (dialog), "移出");
  for (gint64 limit = g_get_monotonic_time () + WAIT_LIMIT; !reason || !*reason;)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
      g_free (reason);
      reason = ask_disk (&desk, "SELECT withdrawn_reason FROM visit_party");
    }
  g_assert_cmpstr (reason, ==, "临时有火警");
  mc_stage_settle (desk.stage);
  g_assert_false (says (group, "嘉兴市消防救援支队"));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!desk_init ())
    return EXIT_SUCCESS;
  g_test_add_func ("/follow-up-group/recorded-from-the-check", recorded_from_the_check);
  g_test_add_func ("/follow-up-group/recheck-begins", recheck_begins);
  g_test_add_func ("/follow-up-group/phrase-kept-and-put-in", phrase_kept_and_put_in);
  g_test_add_func ("/follow-up-group/authority-takes-part", authority_takes_part);
  return g_test_run ();
}
