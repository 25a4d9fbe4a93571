/* SPDX-License-Identifier: GPL-3.0-or-later
 * Entering records in a real window: prefilled, what is wrong stands right below its field, names are searched, lists are chips, sheets are chosen. */
#include <adwaita.h>
#include <xlsxwriter.h>

#include "app/mc-window.h"
#include "mc-fixture.h"
#include "mc-stage.h"
#include "registry/mc-check-matter.h"
#include "registry/mc-chip-list.h"
#include "registry/mc-facility-item.h"
#include "registry/mc-facility-join-flow.h"
#include "registry/mc-facility-list-view.h"
#include "registry/mc-facility-panel.h"
#include "registry/mc-import-view.h"
#include "registry/mc-message-row.h"
#include "registry/mc-record-chooser.h"
#include "registry/mc-record-editor.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-page.h"

static char *database;

typedef gboolean (*Wanted) (GtkWidget *widget, const void *data);

static GtkWidget *
find_where (GtkWidget *widget, Wanted wanted, const void *data)
{
  GtkWidget *found = NULL;

  if (wanted (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_where (child, wanted, data);
  return found;
}

static gboolean
is_type (GtkWidget *widget, const void *type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *) type);
}

static GtkWidget *
find (gpointer widget, GType type)
{
  return find_where (widget, is_type, &type);
}

/* A row of the form by what its title begins with. */
static gboolean
is_row (GtkWidget *widget, const void *title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
is_button (GtkWidget *widget, const void *label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_visible (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static McStage *
stage_new (void)
{
  McStage *stage;
  GDate today;

  mc_fixture_today (&today);
  stage = mc_stage_new (database, 1366, 768, &today);
  mc_stage_settle (stage);
  g_assert_true (mc_window_show_page (mc_stage_get_window (stage), "registry"));
  mc_stage_settle (stage);
  return stage;
}

static McPage *
page_of (McStage *stage)
{
  return mc_window_get_page (mc_stage_get_window (stage));
}

static McStore *
store_of (McStage *stage)
{
  return mc_session_get_store (mc_stage_get_session (stage));
}

static GtkWidget *
editor_in (McStage *stage, const char *state)
{
  if (state)
    g_assert_true (mc_page_set_state (page_of (stage), state));
  mc_stage_settle (stage);
  return find (page_of (stage), MC_TYPE_RECORD_EDITOR);
}

static GtkWidget *
row_of (GtkWidget *editor, const char *title)
{
  GtkWidget *row = find_where (editor, is_row, title);

  g_assert_nonnull (row);
  return row;
}

static void
press (McStage *stage, gpointer inside, const char *label)
{
  GtkWidget *button = find_where (inside, is_button, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  mc_stage_settle (stage);
}

/* The message below a row, in the same list; NULL: none is shown. */
static GtkWidget *
message_below (GtkWidget *row)
{
  GtkWidget *message = gtk_widget_get_next_sibling (row);

  g_assert_true (MC_IS_MESSAGE_ROW (message));
  g_assert_true (gtk_widget_get_parent (message) == gtk_widget_get_parent (row));
  return gtk_widget_get_visible (message) ? message : NULL;
}

static gboolean
has_focus (McStage *stage, GtkWidget *row)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (mc_stage_get_window (stage)));

  return focus && (focus == row || gtk_widget_is_ancestor (focus, row));
}

static void
test_a_matter_is_entered (void)
{
  g_autoptr (McStage) stage = stage_new ();
  GtkWidget *editor = editor_in (stage, "new-matter"), *name = row_of (editor, "抽查事项");
  McCheckMatterQuery query = { .text = "消防通道" };
  g_autoptr (GPtrArray) before = mc_check_matter_list (store_of (stage), NULL, NULL), found = NULL;
  g_autoptr (McRecord) matter = NULL;

  /* Authority and area are those of the person. */
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (editor, "主管部门"))), ==, "嘉兴市民政局");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (editor, "区域"))), !=, "待录入");
  press (stage, editor, "保存");
  g_assert_nonnull (message_below (name));
  g_assert_true (has_focus (stage, name));
  g_assert_nonnull (message_below (row_of (editor, "检查对象")));
  gtk_editable_set_text (GTK_EDITABLE (name), "消防通道检查");
  g_assert_null (message_below (name));
  gtk_editable_set_text (GTK_EDITABLE (row_of (editor, "抽查依据")), "《中华人民共和国消防法》第二十八条");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (row_of (editor, "检查对象"), GTK_TYPE_CHECK_BUTTON)), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row_of (editor, "年度检查上限")), "两次");
  press (stage, editor, "保存");
  g_assert_nonnull (message_below (row_of (editor, "年度检查上限")));
  g_assert_true (has_focus (stage, row_of (editor, "年度检查上限")));
  gtk_editable_set_text (GTK_EDITABLE (row_of (editor, "年度检查上限")), "２");
  gtk_editable_set_text (GTK_EDITABLE (row_of (editor, "公布日期")), "2026/1/5");
  press (stage, editor, "保存");
  g_assert_false (mc_page_get_can_go_back (page_of (stage)));
  found = mc_check_matter_list (store_of (stage), &query, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  matter = mc_store_load (store_of (stage), "check_matter", ((McCheckMatterRow *) found->pdata[0])->id, NULL);
  g_assert_cmpint (mc_record_get_integer (matter, "yearly_cap", -1), ==, 2);
  g_assert_cmpstr (mc_record_get_text (matter, "published_on"), ==, "2026-01-05");
  g_assert_cmpstr (mc_record_get_text (matter, "facility_kinds"), ==, "elder_home");

  /* It opens again from the list, with its history, and is retired from there. */
  g_assert_true (mc_page_open_record (page_of (stage), "check_matter", mc_record_get_id (matter)));
  mc_stage_settle (stage);
  g_assert_true (gtk_widget_get_mapped (find (editor, MC_TYPE_HISTORY_LIST)));
  press (stage, editor, "停用…");
  g_assert_nonnull (mc_stage_get_dialog (stage));
  gtk_editable_set_text (GTK_EDITABLE (find (mc_stage_get_dialog (stage), GTK_TYPE_EDITABLE)), "试录");
  press (stage, mc_stage_get_dialog (stage), "停用");
  g_clear_pointer (&found, g_ptr_array_unref);
  found = mc_check_matter_list (store_of (stage), NULL, NULL);
  g_assert_cmpuint (found->len, ==, before->len);
}

static void
test_an_inspector_begins_at_ones_authority (void)
{
  g_autoptr (McStage) stage = stage_new ();
  GtkWidget *editor = editor_in (stage, "new-inspector");

  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row_of (editor, "主管部门"))), ==, "嘉兴市民政局");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row_of (editor, "工作单位"))), ==, "嘉兴市民政局");
  g_assert_nonnull (find (row_of (editor, "回避对象"), MC_TYPE_CHIP_LIST));
  g_assert_false (gtk_widget_get_visible (find (editor, MC_TYPE_HISTORY_LIST)));
}

/* Leaving with something typed asks first, by the button too. */
static void
test_leaving_asks (void)
{
  g_autoptr (McStage) stage = stage_new ();
  GtkWidget *editor = editor_in (stage, "new-inspector");

  gtk_editable_set_text (GTK_EDITABLE (row_of (editor, "姓名")), "A");
  press (stage, editor, "取消");
  g_assert_nonnull (mc_stage_get_dialog (stage));
  g_assert_true (mc_page_get_can_go_back (page_of (stage)));
  press (stage, mc_stage_get_dialog (stage), "离开");
  g_assert_false (mc_page_get_can_go_back (page_of (stage)));
}

static char *
find_facility (McStage *stage, const char *text)
{
  g_autoptr (GPtrArray) ids = mc_facility_find (store_of (stage), text, 1, NULL);

  g_assert_cmpuint (ids->len, ==, 1);
  return g_strdup (ids->pdata[0]);
}

static gboolean
is_entry (GtkWidget *widget, const void *data)
{
  return GTK_IS_ENTRY (widget);
}

static void
test_classes_are_entered (void)
{
  g_autoptr (McStage) stage = stage_new ();
  g_autofree char *id = find_facility (stage, "新丰镇托育服务点");
  g_autoptr (GPtrArray) parts = NULL, history = NULL;
  GtkWidget *editor, *row;
  McFacilityPanel *panel;

  mc_page_open_record (page_of (stage), "facility", id);
  mc_stage_settle (stage);
  editor = editor_in (stage, "edit");
  row = row_of (editor, "乳儿班");
  gtk_editable_set_text (GTK_EDITABLE (find_where (row, is_entry, NULL)), "很多");
  press (stage, editor, "保存");
  g_assert_nonnull (message_below (row));
  g_assert_true (has_focus (stage, row));
  gtk_editable_set_text (GTK_EDITABLE (find_where (row, is_entry, NULL)), "2");
  g_assert_null (message_below (row));
  press (stage, editor, "保存");
  parts = mc_store_load_parts (store_of (stage), "facility_class", id, NULL);
  g_assert_cmpuint (parts->len, ==, 1);
  g_assert_cmpstr (mc_record_get_text (parts->pdata[0], "class_kind"), ==, "infant");
  g_assert_cmpint (mc_record_get_integer (parts->pdata[0], "classes", -1), ==, 2);

  /* The history names the classes that its entries are of. */
  panel = MC_FACILITY_PANEL (find (page_of (stage), MC_TYPE_FACILITY_PANEL));
  mc_facility_panel_show_tab (panel, "history");
  mc_stage_settle (stage);
  history = mc_store_history (store_of (stage), "facility", id, 0, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const McHistoryEntry *entry = history->pdata[i];
      g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      g_autofree char *text = NULL;

      if (!entry->field || g_strcmp0 (entry->field->key, "classes") != 0)
        continue;
      g_hash_table_insert (names, entry->record, (gpointer) "乳儿班");
      text = mc_history_describe (entry, names);
      g_assert_true (g_str_has_prefix (text, "乳儿班 · "));
      return;
    }
  g_assert_not_reached ();
}

static const char *
selected_facility (McStage *stage)
{
  GtkWidget *view = find (page_of (stage), GTK_TYPE_COLUMN_VIEW);
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));
  McFacilityItem *item = gtk_single_selection_get_selected_item (selection);

  return item ? mc_facility_item_get_row (item)->id : NULL;
}

static void
test_an_opened_record_is_shown_in_the_list (void)
{
  g_autoptr (McStage) stage = stage_new ();
  McFacilityListView *view = MC_FACILITY_LIST_VIEW (find (page_of (stage), MC_TYPE_FACILITY_LIST_VIEW));
  g_autofree char *id = find_facility (stage, "新丰镇托育服务点");
  GtkAdjustment *adjustment;

  g_assert_null (selected_facility (stage));
  g_assert_true (mc_window_open_record (mc_stage_get_window (stage), "facility", id));
  mc_stage_settle (stage);
  g_assert_cmpstr (selected_facility (stage), ==, id);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (find (view, GTK_TYPE_COLUMN_VIEW), GTK_TYPE_SCROLLED_WINDOW)));
  g_assert_nonnull (adjustment);
}

static void
test_two_places_are_joined_and_separated (void)
{
  g_autoptr (McStage) stage = stage_new ();
  McFacilityListView *view = MC_FACILITY_LIST_VIEW (find (page_of (stage), MC_TYPE_FACILITY_LIST_VIEW));
  McFacilityPanel *panel = MC_FACILITY_PANEL (find (page_of (stage), MC_TYPE_FACILITY_PANEL));
  g_autofree char *id = find_facility (stage, "新丰镇托育服务点"), *into = find_facility (stage, "余新镇托育服务点");
  guint all = mc_facility_list_get_n (mc_facility_list_view_get_list (view));

  mc_window_open_record (mc_stage_get_window (stage), "facility", id);
  mc_stage_settle (stage);
  mc_facility_join_flow (GTK_WIDGET (panel), mc_stage_get_session (stage), mc_facility_list_view_get_tree (view), mc_facility_panel_get_record (panel), into);
  while (!mc_stage_get_dialog (stage))
    g_main_context_iteration (NULL, TRUE);
  press (stage, mc_stage_get_dialog (stage), "合并");
  while (g_strcmp0 (mc_facility_panel_get_id (panel), into) != 0)
    g_main_context_iteration (NULL, TRUE);
  mc_stage_settle (stage);
  g_assert_cmpuint (mc_facility_list_get_n (mc_facility_list_view_get_list (view)), ==, all - 1);
  g_assert_nonnull (find_where (GTK_WIDGET (panel), is_row, "新丰镇托育服务点"));
  g_assert_cmpstr (selected_facility (stage), ==, into);

  /* The retired one says where it went, and comes back. */
  mc_window_open_record (mc_stage_get_window (stage), "facility", id);
  mc_stage_settle (stage);
  g_assert_null (selected_facility (stage));
  press (stage, panel, "恢复");
  mc_stage_settle (stage);
  g_assert_cmpuint (mc_facility_list_get_n (mc_facility_list_view_get_list (view)), ==, all);
  g_assert_cmpstr (mc_facility_panel_get_id (panel), ==, id);
}

static void
chosen_cb (McRecordChooser *chooser, const char *id, const char *name, char **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup (id);
}

static void
test_a_record_is_chosen_by_name_or_pinyin (void)
{
  g_autoptr (GPtrArray) choices = mc_record_choices_new ();
  GtkWidget *chooser = g_object_ref_sink (mc_record_chooser_new ("Name")), *entry = find (chooser, GTK_TYPE_ENTRY);
  g_autofree char *chosen = NULL;

  g_ptr_array_add (choices, mc_record_choice_new ("a", "嘉兴市民政局", "嘉兴市"));
  g_ptr_array_add (choices, mc_record_choice_new ("b", "嘉兴市卫生健康委员会", "嘉兴市"));
  mc_record_chooser_set_choices (MC_RECORD_CHOOSER (chooser), choices);
  g_signal_connect (chooser, "chosen", G_CALLBACK (chosen_cb), &chosen);
  gtk_editable_set_text (GTK_EDITABLE (entry), "卫生");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "b");
  gtk_editable_set_text (GTK_EDITABLE (entry), "mzj");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "a");
  gtk_editable_set_text (GTK_EDITABLE (entry), "zzzz");
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (chosen, ==, "a");
  g_object_unref (chooser);
}

static void
test_chips_are_taken_out (void)
{
  GtkWidget *chips = g_object_ref_sink (mc_chip_list_new ("none"));
  g_autoptr (GPtrArray) ids = NULL;

  g_assert_true (mc_chip_list_add (MC_CHIP_LIST (chips), "a", "A"));
  g_assert_true (mc_chip_list_add (MC_CHIP_LIST (chips), "b", "B"));
  g_assert_false (mc_chip_list_add (MC_CHIP_LIST (chips), "a", "A"));
  g_signal_emit_by_name (find (chips, GTK_TYPE_BUTTON), "clicked");
  ids = mc_chip_list_get_ids (MC_CHIP_LIST (chips));
  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpstr (ids->pdata[0], ==, "b");
  g_object_unref (chips);
}

/* Two rosters and a sheet of notes in one workbook. */
static char *
write_workbook (const char *folder)
{
  char *path = g_build_filename (folder, "rosters.xlsx", NULL);
  lxw_workbook *book = workbook_new (path);
  static const char *const names[] = { "说明", "南湖区", "秀洲区" };

  for (int i = 0; i < 3; i++)
    {
      lxw_worksheet *sheet = workbook_add_worksheet (book, names[i]);

      worksheet_write_string (sheet, 0, 0, i == 0 ? "本表由各区填报" : "养老机构名录", NULL);
      if (i == 0)
        continue;
      worksheet_write_string (sheet, 1, 0, "机构名称", NULL);
      worksheet_write_string (sheet, 1, 1, "机构类型", NULL);
      worksheet_write_string (sheet, 1, 2, "所属区域", NULL);
      worksheet_write_string (sheet, 1, 3, "运营状态", NULL);
      for (int row = 0; row < i; row++)
        {
          g_autofree char *name = g_strdup_printf ("%s新康养中心%d", names[i], row);

          worksheet_write_string (sheet, (lxw_row_t) (2 + row), 0, name, NULL);
          worksheet_write_string (sheet, (lxw_row_t) (2 + row), 1, "养老机构", NULL);
          worksheet_write_string (sheet, (lxw_row_t) (2 + row), 2, names[i], NULL);
          worksheet_write_string (sheet, (lxw_row_t) (2 + row), 3, "运营", NULL);
        }
    }
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
  return path;
}

static gboolean
is_sheet_dropdown (GtkWidget *widget, const void *data)
{
  return GTK_IS_DROP_DOWN (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
has_text (GtkWidget *widget, const void *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static void
assert_shown (GtkWidget *view, const char *text)
{
  if (!find_where (view, has_text, text))
    g_error ("%s is not shown", text);
}

static void
choose_sheet (McStage *stage, GtkWidget *view, guint sheet)
{
  GtkWidget *dropdown = find_where (view, is_sheet_dropdown, NULL);

  g_assert_nonnull (dropdown);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dropdown), sheet);
  mc_stage_settle (stage);
}

static void
test_the_sheet_is_chosen (gconstpointer folder)
{
  g_autoptr (McStage) stage = stage_new ();
  g_autofree char *path = write_workbook (folder);
  GtkWidget *view = find (page_of (stage), MC_TYPE_IMPORT_VIEW), *dropdown;
  GListModel *names;

  g_assert_true (mc_page_set_state (page_of (stage), "import-preview"));
  mc_stage_settle (stage);
  g_assert_null (find_where (view, is_sheet_dropdown, NULL)); /* a .csv has one sheet */
  mc_import_view_read (MC_IMPORT_VIEW (view), mc_stage_get_session (stage), MC_IMPORT_FACILITIES, path);
  mc_stage_settle (stage);
  dropdown = find_where (view, is_sheet_dropdown, NULL);
  g_assert_nonnull (dropdown);
  names = gtk_drop_down_get_model (GTK_DROP_DOWN (dropdown));
  g_assert_cmpuint (g_list_model_get_n_items (names), ==, 3);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 2), ==, "秀洲区（4 行）");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (dropdown)), ==, 1); /* the first with a header */
  assert_shown (view, "新增 1");
  choose_sheet (stage, view, 2);
  assert_shown (view, "新增 2");
  choose_sheet (stage, view, 0);
  assert_shown (view, "无法读取表格");
  choose_sheet (stage, view, 1);
  assert_shown (view, "新增 1");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  folder = g_dir_make_tmp ("mingcha-forms-XXXXXX", NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  /* One set of folders for all cases: a database belongs to the device that made it. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!mc_stage_init ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  database = g_build_filename (folder, "mingcha.db", NULL);
  mc_fixture_make ("sample", database);
  g_test_add_func ("/registry-forms/a-matter-is-entered", test_a_matter_is_entered);
  g_test_add_func ("/registry-forms/an-inspector-begins-at-ones-authority", test_an_inspector_begins_at_ones_authority);
  g_test_add_func ("/registry-forms/leaving-asks", test_leaving_asks);
  g_test_add_func ("/registry-forms/classes-are-entered", test_classes_are_entered);
  g_test_add_func ("/registry-forms/an-opened-record-is-shown-in-the-list", test_an_opened_record_is_shown_in_the_list);
  g_test_add_func ("/registry-forms/two-places-are-joined-and-separated", test_two_places_are_joined_and_separated);
  g_test_add_func ("/registry-forms/a-record-is-chosen-by-name-or-pinyin", test_a_record_is_chosen_by_name_or_pinyin);
  g_test_add_func ("/registry-forms/chips-are-taken-out", test_chips_are_taken_out);
  g_test_add_data_func ("/registry-forms/the-sheet-is-chosen", folder, test_the_sheet_is_chosen);
  return g_test_run ();
}
