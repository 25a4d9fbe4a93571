/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of the registers: facilities, inspectors, check matters. */
#include "mc-registry-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-check-matter-list-view.h"
#include "mc-facility-list-view.h"
#include "mc-facility-panel.h"
#include "mc-import-view.h"
#include "mc-inspector-list-view.h"
#include "mc-record-editor.h"
#include "mc-registry-export.h"
#include "mc-registry-page-work.h"
#include "widgets/mc-format.h"
#include "widgets/mc-list-view.h"
#include "widgets/mc-question.h"
#include "widgets/mc-side-panel.h"
#include "widgets/mc-wrap-box.h"

struct _McRegistryPage
{
  McPage parent_instance;

  /* Template. */
  GtkWidget *header_buttons;
  McExportStrip *export_strip;
  GtkStack *views;
  GtkToggleButton *facilities_tab;
  GtkToggleButton *inspectors_tab;
  GtkToggleButton *matters_tab;
  GtkStack *stack;
  McSidePanel *side;
  McFacilityListView *facilities;

  /* Parts: borrowed, made once the list is painted, or when the first of them is needed. */
  McFacilityPanel *panel;
  McInspectorListView *inspectors;
  McCheckMatterListView *matters;
  McRecordEditor *editor;
  McImportView *import_view;
  gboolean parts_wait;

  /* Owned. */
  GHashTable *working;   /* set of children that read at the moment */
  McAreaTree *tree;      /* the one that the lists of inspectors were given */
  McRecord *retiring;    /* about which a person is asked */
  gboolean save_when_ready; /* for pictures and audit: the form is tried as it is */
  char *wanted;          /* a facility to be opened once the areas are read */
};

G_DEFINE_FINAL_TYPE (McRegistryPage, mc_registry_page, MC_TYPE_PAGE)

/* --- what is shown ---------------------------------------------------------------------------------------- */

static const char *
chosen_tab (McRegistryPage *self)
{
  if (gtk_toggle_button_get_active (self->inspectors_tab))
    return "inspectors";
  return gtk_toggle_button_get_active (self->matters_tab) ? "matters" : "facilities";
}

static gboolean
is_tab (McRegistryPage *self, const char *tab)
{
  return strcmp (chosen_tab (self), tab) == 0;
}

static gboolean
is_view (McRegistryPage *self, const char *view)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->views), view) == 0;
}

static void
update_title (McRegistryPage *self)
{
  const McFacilityCounts *counts = mc_facility_list_view_get_counts (self->facilities);
  g_autofree char *text = NULL, *count = NULL;

  if (is_tab (self, "inspectors"))
    text = g_strdup_printf (g_dngettext (NULL, "%u inspector", "%u inspectors", mc_inspector_list_view_get_n (self->inspectors)), mc_inspector_list_view_get_n (self->inspectors));
  else if (is_tab (self, "matters"))
    text = g_strdup_printf (g_dngettext (NULL, "%u check matter", "%u check matters", mc_check_matter_list_view_get_n (self->matters)), mc_check_matter_list_view_get_n (self->matters));
  else if (counts)
    {
      count = mc_format_count (counts->all);
      text = g_strdup_printf (_("%s facilities"), count);
    }
  mc_page_set_subtitle (MC_PAGE (self), text);
}

static void
update_actions (McRegistryPage *self)
{
  gboolean can_write = mc_page_get_store (MC_PAGE (self)) && !mc_page_is_read_only (MC_PAGE (self));
  McFacilityList *list;

  if (!self->stack)
    return;
  list = mc_facility_list_view_get_list (self->facilities);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.new", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.import", can_write && !is_tab (self, "matters"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.undo-import", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.edit", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.retire", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.add-sample-matters", can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registry.export", !mc_export_strip_get_working (self->export_strip) && is_tab (self, "facilities") && list && mc_facility_list_get_n (list) > 0);
}

static void ensure_parts (McRegistryPage *self);

static void
tab_cb (McRegistryPage *self)
{
  if (!is_tab (self, "facilities"))
    ensure_parts (self);
  gtk_stack_set_visible_child_name (self->stack, chosen_tab (self));
  update_title (self);
  update_actions (self);
}

static void
show_view (McRegistryPage *self, const char *view)
{
  gboolean registers = strcmp (view, "registers") == 0;

  gtk_stack_set_visible_child_name (self->views, view);
  gtk_widget_set_visible (self->header_buttons, registers);
  mc_page_set_can_go_back (MC_PAGE (self), !registers);
}

static void
close_panel (McRegistryPage *self)
{
  mc_side_panel_set_show_panel (self->side, FALSE);
  mc_facility_list_view_unselect (self->facilities);
  mc_facility_list_view_focus_list (self->facilities);
}

static void
show_facility (McRegistryPage *self, const char *id)
{
  ensure_parts (self);
  mc_facility_panel_show (self->panel, mc_page_get_session (MC_PAGE (self)), mc_facility_list_view_get_tree (self->facilities), id);
  mc_side_panel_set_show_panel (self->side, TRUE);
}

static void
opened_cb (McRegistryPage *self, const char *id)
{
  show_facility (self, id);
}

/* What was opened from elsewhere is shown in the list too. */
static void
located_cb (McRegistryPage *self, gint64 rowid)
{
  if (mc_side_panel_get_show_panel (self->side))
    mc_facility_list_view_select (self->facilities, rowid);
}

/* Arrow keys walk through the records while one is open beside the list. */
static void
selected_cb (McRegistryPage *self, const char *id)
{
  if (mc_side_panel_get_show_panel (self->side) && !mc_side_panel_get_folded (self->side))
    show_facility (self, id);
}

static void
give_tree (McRegistryPage *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);

  if (wanted)
    show_facility (self, wanted);
  mc_inspector_list_view_set (self->inspectors, mc_page_get_session (MC_PAGE (self)), self->tree);
  mc_check_matter_list_view_set (self->matters, mc_page_get_session (MC_PAGE (self)));
}

/* The first picture is the list of facilities alone. */
static void
parts_cb (GtkWidget *widget)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  if (self->stack)
    ensure_parts (self);
  self->parts_wait = FALSE;
  mc_page_end_work (MC_PAGE (self));
}

static void
updated_cb (McRegistryPage *self)
{
  McAreaTree *tree = mc_facility_list_view_get_tree (self->facilities);

  update_title (self);
  update_actions (self);
  if (mc_facility_list_view_get_list (self->facilities))
    mc_page_tell_first_rows (MC_PAGE (self));
  if (!tree || tree == self->tree)
    return;
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = mc_area_tree_ref (tree);
  if (self->panel)
    give_tree (self);
  else if (!self->parts_wait)
    {
      self->parts_wait = TRUE;
      mc_page_begin_work (MC_PAGE (self));
      mc_list_view_after_paint (GTK_WIDGET (self), parts_cb);
    }
}

static gboolean
try_saving_cb (gpointer data)
{
  McRegistryPage *self = data;

  if (self->save_when_ready && self->editor)
    mc_record_editor_save (self->editor);
  self->save_when_ready = FALSE;
  return G_SOURCE_REMOVE;
}

/* The page is busy while any of its parts is. */
static void
busy_cb (McRegistryPage *self, GParamSpec *pspec, GObject *part)
{
  gboolean busy;

  g_object_get (part, "busy", &busy, NULL);
  if (busy && g_hash_table_add (self->working, part))
    mc_page_begin_work (MC_PAGE (self));
  else if (!busy && g_hash_table_remove (self->working, part))
    mc_page_end_work (MC_PAGE (self));
  if (!busy && self->save_when_ready && part == G_OBJECT (self->editor))
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, try_saving_cb, g_object_ref (self), g_object_unref);
}

/* --- entering, changing, retiring ------------------------------------------------------------------------- */

static void
leave_editor (McRegistryPage *self)
{
  show_view (self, "registers");
}

static void
edit (McRegistryPage *self, const char *entity, const McRecord *base, const char *field)
{
  if (!self->tree)
    return;
  ensure_parts (self);
  mc_record_editor_edit (self->editor, mc_page_get_session (MC_PAGE (self)), self->tree, entity, base, mc_facility_list_view_get_area (self->facilities), field);
  show_view (self, "editor");
}

static void
new_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  edit (self, is_tab (self, "inspectors") ? "inspector" : is_tab (self, "matters") ? "check_matter" : "facility", NULL, NULL);
}

static void
edit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);
  const McRecord *record = self->panel ? mc_facility_panel_get_record (self->panel) : NULL;
  const char *field = g_variant_get_string (parameter, NULL);

  if (record)
    edit (self, "facility", record, *field ? field : NULL);
}

static void
saved_cb (McRegistryPage *self, const char *id)
{
  show_view (self, "registers");
  mc_page_toast (MC_PAGE (self), _("Saved"));
  if (is_tab (self, "facilities"))
    show_facility (self, id);
}

static void
edited_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  mc_page_end_work (MC_PAGE (self));
  if (whole)
    edit (self, mc_record_get_entity (whole->pdata[0])->name, whole->pdata[0], NULL);
  else
    mc_question_show_error (GTK_WIDGET (self), _("The record could not be read"), error);
}

/* Inspectors and check matters have no panel: they open in the form, which ends with their history. */
static void
open_in_editor (McRegistryPage *self, const char *entity, const char *id)
{
  mc_page_begin_work (MC_PAGE (self));
  mc_store_load_whole_async (mc_page_get_store (MC_PAGE (self)), entity, id, NULL, edited_loaded_cb, g_object_ref (self));
}

static void
inspector_opened_cb (McRegistryPage *self, const char *id)
{
  if (!mc_page_is_read_only (MC_PAGE (self)))
    open_in_editor (self, "inspector", id);
}

static void
matter_opened_cb (McRegistryPage *self, const char *id)
{
  if (!mc_page_is_read_only (MC_PAGE (self)))
    open_in_editor (self, "check_matter", id);
}

static void
unretired_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!mc_registry_unretire_finish (result, &error))
    mc_question_show_error (GTK_WIDGET (self), _("It was not brought back"), error);
}

/* @data: "entity/id". */
static void
undo_retire (McPage *page, gpointer data)
{
  g_auto (GStrv) parts = g_strsplit (data, "/", 2);

  mc_registry_unretire_async (mc_page_get_store (page), parts[0], parts[1], unretired_cb, g_object_ref (page));
}

static void
retired_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mc_registry_retire_finish (result, &error);

  mc_page_end_work (MC_PAGE (self));
  if (!id)
    {
      mc_question_show_error (GTK_WIDGET (self), _("It was not retired"), error);
      return;
    }
  show_view (self, "registers");
  mc_side_panel_set_show_panel (self->side, FALSE);
  mc_facility_list_view_unselect (self->facilities);
  mc_page_toast_undo (MC_PAGE (self), _("Retired: its record and history stay"), undo_retire, g_strdup_printf ("%s/%s", mc_record_get_entity (self->retiring)->name, id), g_free);
}

static void
retire_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autofree char *reason = NULL;
  g_autofree char *answer = mc_question_ask_finish (result, &reason);
  GDate today;

  if (strcmp (answer, "retire") != 0)
    return;
  mc_session_get_today (mc_page_get_session (MC_PAGE (self)), &today);
  mc_page_begin_work (MC_PAGE (self));
  mc_registry_retire_async (mc_page_get_store (MC_PAGE (self)), self->retiring, reason, &today, retired_cb, g_object_ref (self));
}

static void
ask_retire (McRegistryPage *self, const McRecord *record)
{
  g_autofree char *heading = NULL;
  McQuestion *question;

  g_clear_pointer (&self->retiring, mc_record_free);
  self->retiring = mc_record_copy (record);
  heading = g_strdup_printf (_("Retire %s?"), mc_record_get_text (record, "name"));
  question = mc_question_new (heading, _("It leaves the lists and is never drawn again. Nothing is deleted: the record, the checks and the history stay."));
  mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
  mc_question_add_answer (question, "retire", _("Retire"), MC_QUESTION_DESTRUCTIVE);
  mc_question_ask_text (question, _("Reason"), TRUE);
  mc_question_ask (question, GTK_WIDGET (self), retire_asked_cb, g_object_ref (self));
}

static void
retire_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);
  const McRecord *record = self->panel ? mc_facility_panel_get_record (self->panel) : NULL;

  if (record)
    ask_retire (self, record);
}

static void
new_visit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McFacilityPanel *panel = MC_REGISTRY_PAGE (widget)->panel;
  const char *id = panel ? mc_facility_panel_get_id (panel) : NULL;

  if (id && !gtk_widget_activate_action (widget, "win.new-visit", "s", id))
    mc_page_toast (MC_PAGE (widget), _("Checks cannot be begun from here"));
}

/* --- import, export --------------------------------------------------------------------------------------- */

static void
leave_import (McRegistryPage *self)
{
  mc_import_view_reset (self->import_view);
  show_view (self, "registers");
}

static void
import_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  ensure_parts (self);
  show_view (self, "import");
  mc_import_view_begin (self->import_view, mc_page_get_session (MC_PAGE (self)), is_tab (self, "inspectors") ? MC_IMPORT_INSPECTORS : MC_IMPORT_FACILITIES);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McImportUndo) undo = mc_import_undo_finish (result, &error);
  g_autofree char *text = undo ? mc_registry_describe_undo (undo) : NULL;

  mc_page_end_work (MC_PAGE (self));
  if (!undo)
    mc_question_show_error (GTK_WIDGET (self), _("The import was not undone"), error);
  else if (undo->kept == 0)
    mc_page_toast (MC_PAGE (self), text);
  else
    mc_registry_show_kept (GTK_WIDGET (self), text, undo);
}

static void
undo_import (McPage *page, gpointer data)
{
  mc_page_begin_work (page);
  mc_import_undo_async (mc_page_get_store (page), NULL, undone_cb, g_object_ref (page));
}

static void
imported_cb (McRegistryPage *self, const char *summary)
{
  show_view (self, "registers");
  mc_page_toast_undo (MC_PAGE (self), summary, undo_import, NULL, NULL);
}

static void
undo_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (strcmp (answer, "undo") == 0)
    undo_import (MC_PAGE (self), NULL);
}

static void
batch_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = mc_registry_describe_last_batch_finish (result, &error);
  McQuestion *question;

  if (error)
    mc_question_show_error (GTK_WIDGET (self), _("The last import could not be looked up"), error);
  else if (!text)
    mc_page_toast (MC_PAGE (self), _("There is no import to undo"));
  else
    {
      question = mc_question_new (_("Undo the last import?"), text);
      mc_question_add_answer (question, "cancel", _("Cancel"), MC_QUESTION_PLAIN);
      mc_question_add_answer (question, "undo", _("Undo it"), MC_QUESTION_DESTRUCTIVE);
      mc_question_ask (question, GTK_WIDGET (self), undo_asked_cb, g_object_ref (self));
    }
}

static void
undo_import_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_registry_describe_last_batch_async (mc_page_get_store (MC_PAGE (widget)), batch_cb, g_object_ref (widget));
}

static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  mc_registry_export (self->export_strip, MC_PAGE (self), mc_facility_list_view_get_list (self->facilities));
}

static void
samples_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (MC_PAGE (self));
  if (!mc_registry_add_samples_finish (result, &error))
    mc_question_show_error (GTK_WIDGET (self), _("The sample matters were not added"), error);
}

static void
add_samples_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mc_page_begin_work (MC_PAGE (widget));
  mc_registry_add_samples_async (mc_page_get_store (MC_PAGE (widget)), samples_added_cb, g_object_ref (widget));
}

/* --- parts ------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  GCallback callback;
} PartSignal;

static gpointer
part_new (McRegistryPage *self, GType type, const PartSignal *signals)
{
  GtkWidget *part = g_object_new (type, NULL);

  g_signal_connect_object (part, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; signals[i].name; i++)
    g_signal_connect_object (part, signals[i].name, signals[i].callback, self, G_CONNECT_SWAPPED);
  return part;
}

static void
make_parts (McRegistryPage *self)
{
  static const PartSignal of_panel[] = { { "closed", G_CALLBACK (close_panel) }, { "located", G_CALLBACK (located_cb) }, { NULL } };
  static const PartSignal of_inspectors[] = { { "opened", G_CALLBACK (inspector_opened_cb) }, { "updated", G_CALLBACK (updated_cb) }, { NULL } };
  static const PartSignal of_matters[] = { { "opened", G_CALLBACK (matter_opened_cb) }, { "updated", G_CALLBACK (updated_cb) }, { NULL } };
  static const PartSignal of_editor[] = {
    { "saved", G_CALLBACK (saved_cb) }, { "cancelled", G_CALLBACK (mc_page_go_back) }, { "retire", G_CALLBACK (ask_retire) }, { NULL }
  };
  static const PartSignal of_import[] = { { "applied", G_CALLBACK (imported_cb) }, { "cancelled", G_CALLBACK (leave_import) }, { NULL } };

  self->panel = part_new (self, MC_TYPE_FACILITY_PANEL, of_panel);
  self->inspectors = part_new (self, MC_TYPE_INSPECTOR_LIST_VIEW, of_inspectors);
  self->matters = part_new (self, MC_TYPE_CHECK_MATTER_LIST_VIEW, of_matters);
  self->editor = part_new (self, MC_TYPE_RECORD_EDITOR, of_editor);
  self->import_view = part_new (self, MC_TYPE_IMPORT_VIEW, of_import);
  g_object_set (self->side, "panel", self->panel, NULL);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->inspectors), "inspectors");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->matters), "matters");
  gtk_stack_add_named (self->views, GTK_WIDGET (self->editor), "editor");
  gtk_stack_add_named (self->views, GTK_WIDGET (self->import_view), "import");
}

static void
ensure_parts (McRegistryPage *self)
{
  if (self->panel)
    return;
  make_parts (self);
  if (self->tree)
    give_tree (self);
}

/* --- the page --------------------------------------------------------------------------------------------- */

static void
mc_registry_page_store_changed (McPage *page, McStore *store)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);
  GDate today;

  mc_session_get_today (mc_page_get_session (page), &today);
  mc_facility_list_view_set_store (self->facilities, store, &today);
  update_actions (self);
}

static void
mc_registry_page_records_changed (McPage *page, const McChangeSet *changes)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);

  mc_facility_list_view_records_changed (self->facilities, changes);
  if (!self->panel)
    return;
  mc_facility_panel_records_changed (self->panel, changes);
  mc_inspector_list_view_records_changed (self->inspectors, changes);
  mc_check_matter_list_view_records_changed (self->matters, changes);
}

static gboolean
mc_registry_page_start_search (McPage *page, const char *text)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);

  if (!is_view (self, "registers"))
    return FALSE;
  if (is_tab (self, "inspectors"))
    mc_inspector_list_view_search (self->inspectors, text);
  else if (is_tab (self, "matters"))
    mc_check_matter_list_view_search (self->matters, text);
  else
    mc_facility_list_view_search (self->facilities, text);
  return TRUE;
}

static void
leave_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McRegistryPage) self = data;
  g_autofree char *answer = mc_question_ask_finish (result, NULL);

  if (strcmp (answer, "leave") == 0)
    leave_editor (self);
}

static void
mc_registry_page_go_back (McPage *page)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);
  McQuestion *question;

  if (is_view (self, "import"))
    leave_import (self);
  else if (!mc_record_editor_is_changed (self->editor))
    leave_editor (self);
  else
    {
      question = mc_question_new (_("Leave without saving?"), _("What you changed in this form is not saved yet."));
      mc_question_add_answer (question, "cancel", _("Go on editing"), MC_QUESTION_PLAIN);
      mc_question_add_answer (question, "leave", _("Leave"), MC_QUESTION_DESTRUCTIVE);
      mc_question_ask (question, GTK_WIDGET (self), leave_asked_cb, g_object_ref (self));
    }
}

static gboolean
mc_registry_page_next_pane (McPage *page)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (!is_view (self, "registers") || !is_tab (self, "facilities") || !mc_side_panel_get_show_panel (self->side))
    return FALSE;
  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->panel)))
    mc_facility_list_view_focus_list (self->facilities);
  else
    mc_facility_panel_focus (self->panel);
  return TRUE;
}

static gboolean
mc_registry_page_open_record (McPage *page, const char *entity, const char *id)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);

  if (strcmp (entity, "facility") == 0)
    {
      show_view (self, "registers");
      gtk_toggle_button_set_active (self->facilities_tab, TRUE);
      if (self->tree)
        show_facility (self, id);
      else
        {
          g_free (self->wanted);
          self->wanted = g_strdup (id);
        }
      return TRUE;
    }
  if (strcmp (entity, "inspector") == 0)
    {
      gtk_toggle_button_set_active (self->inspectors_tab, TRUE);
      open_in_editor (self, "inspector", id);
      return TRUE;
    }
  if (strcmp (entity, "check_matter") == 0)
    {
      gtk_toggle_button_set_active (self->matters_tab, TRUE);
      open_in_editor (self, "check_matter", id);
      return TRUE;
    }
  return FALSE;
}

static const char *const *
mc_registry_page_list_states (McPage *page)
{
  static const char *const states[] = { "record", "visits", "history", "conflict", "no-match", "inspectors", "matters", "new", "new-inspector", "new-matter", "new-errors", "edit", "import-preview", "import-errors", "import-questions", NULL };

  return states;
}

static gboolean
open_first (McRegistryPage *self, gboolean in_conflict)
{
  g_autofree char *id = mc_registry_find_first (mc_page_get_store (MC_PAGE (self)), self->tree, mc_facility_list_view_get_list (self->facilities), in_conflict);

  if (!id)
    return FALSE;
  mc_registry_page_open_record (MC_PAGE (self), "facility", id);
  return TRUE;
}

static gboolean
set_panel_state (McRegistryPage *self, const char *state)
{
  if (!open_first (self, strcmp (state, "conflict") == 0))
    return FALSE;
  mc_facility_panel_show_tab (self->panel, state);
  return TRUE;
}

static gboolean
set_import_state (McRegistryPage *self, McRegistryExample example)
{
  g_autofree char *path = mc_registry_write_example (example);

  if (!path || mc_page_is_read_only (MC_PAGE (self)))
    return FALSE;
  show_view (self, "import");
  mc_import_view_read (self->import_view, mc_page_get_session (MC_PAGE (self)), MC_IMPORT_FACILITIES, path);
  return TRUE;
}

static gboolean
mc_registry_page_set_state (McPage *page, const char *state)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (page);

  if (!self->tree)
    return FALSE;
  ensure_parts (self);
  show_view (self, "registers");
  mc_side_panel_set_show_panel (self->side, FALSE);
  gtk_toggle_button_set_active (g_str_has_suffix (state, "inspectors") || g_str_has_suffix (state, "inspector") ? self->inspectors_tab
                                : g_str_has_suffix (state, "matters") || g_str_has_suffix (state, "matter")     ? self->matters_tab
                                                                                                                : self->facilities_tab,
                                TRUE);
  if (strcmp (state, "inspectors") == 0 || strcmp (state, "matters") == 0)
    return TRUE;
  if (strcmp (state, "no-match") == 0)
    {
      mc_facility_list_view_search (self->facilities, "zzzzzz");
      return TRUE;
    }
  if (strcmp (state, "new") == 0)
    {
      edit (self, "facility", NULL, NULL);
      return TRUE;
    }
  if (g_str_has_prefix (state, "new-"))
    {
      self->save_when_ready = strcmp (state, "new-errors") == 0;
      edit (self, strcmp (state, "new-matter") == 0 ? "check_matter" : strcmp (state, "new-inspector") == 0 ? "inspector" : "facility", NULL, NULL);
      return TRUE;
    }
  if (strcmp (state, "edit") == 0)
    return mc_facility_panel_get_record (self->panel) && (edit (self, "facility", mc_facility_panel_get_record (self->panel), NULL), TRUE);
  if (g_str_has_prefix (state, "import-"))
    return set_import_state (self, strcmp (state, "import-errors") == 0      ? MC_REGISTRY_EXAMPLE_FAULTS
                                   : strcmp (state, "import-questions") == 0 ? MC_REGISTRY_EXAMPLE_NAMES
                                                                             : MC_REGISTRY_EXAMPLE_GOOD);
  return set_panel_state (self, state);
}

static gboolean
step_tab_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  if (!is_view (self, "registers") || !is_tab (self, "facilities") || !mc_side_panel_get_show_panel (self->side))
    return FALSE;
  mc_facility_panel_step_tab (self->panel, g_variant_get_int32 (arguments));
  return TRUE;
}

/* In the bubble phase: a text keeps its Esc. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (widget);

  if (!is_view (self, "registers") || !is_tab (self, "facilities") || !mc_side_panel_get_show_panel (self->side))
    return FALSE;
  close_panel (self);
  return TRUE;
}

static void
mc_registry_page_dispose (GObject *object)
{
  McRegistryPage *self = MC_REGISTRY_PAGE (object);

  self->panel = NULL;
  self->inspectors = NULL;
  self->matters = NULL;
  self->editor = NULL;
  self->import_view = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_REGISTRY_PAGE);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->retiring, mc_record_free);

  G_OBJECT_CLASS (mc_registry_page_parent_class)->dispose (object);
}

static void
mc_registry_page_finalize (GObject *object)
{
  g_hash_table_unref (MC_REGISTRY_PAGE (object)->working);

  G_OBJECT_CLASS (mc_registry_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-registry-page.ui");
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, header_buttons);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, export_strip);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, views);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, facilities_tab);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, inspectors_tab);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, matters_tab);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, side);
  gtk_widget_class_bind_template_child (widget_class, McRegistryPage, facilities);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
  gtk_widget_class_bind_template_callback (widget_class, busy_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "registry.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "registry.edit", "s", edit_cb);
  gtk_widget_class_install_action (widget_class, "registry.retire", NULL, retire_cb);
  gtk_widget_class_install_action (widget_class, "registry.new-visit", NULL, new_visit_cb);
  gtk_widget_class_install_action (widget_class, "registry.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "registry.undo-import", NULL, undo_import_cb);
  gtk_widget_class_install_action (widget_class, "registry.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "registry.add-sample-matters", NULL, add_samples_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, step_tab_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, step_tab_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

static void
mc_registry_page_class_init (McRegistryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  McPageClass *page_class = MC_PAGE_CLASS (klass);

  object_class->dispose = mc_registry_page_dispose;
  object_class->finalize = mc_registry_page_finalize;
  page_class->store_changed = mc_registry_page_store_changed;
  page_class->records_changed = mc_registry_page_records_changed;
  page_class->start_search = mc_registry_page_start_search;
  page_class->go_back = mc_registry_page_go_back;
  page_class->next_pane = mc_registry_page_next_pane;
  page_class->open_record = mc_registry_page_open_record;
  page_class->list_states = mc_registry_page_list_states;
  page_class->set_state = mc_registry_page_set_state;

  g_type_ensure (MC_TYPE_EXPORT_STRIP);
  g_type_ensure (MC_TYPE_FACILITY_LIST_VIEW);
  g_type_ensure (MC_TYPE_SIDE_PANEL);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  install_actions (widget_class);
  bind_template (widget_class);
}

static void
mc_registry_page_init (McRegistryPage *self)
{
  self->working = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}
