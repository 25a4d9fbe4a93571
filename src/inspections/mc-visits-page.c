/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of checks: the list of visits, and the checklist of the one that is open. */
#include "mc-visits-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mc-follow-up-group.h"
#include "mc-new-visit.h"
#include "mc-party-group.h"
#include "mc-task-list.h"
#include "mc-visit-view.h"
#include "reports/mc-document-group.h"
#include "reports/mc-export-strip.h"
#include "reports/mc-visit-workbook.h"
#include "store/mc-code-list.h"
#include "widgets/mc-empty.h"

struct _McVisitsPage
{
  McPage parent_instance;

  /* Template */
  GtkWidget *list_buttons;
  GtkStack *stack;
  McEmpty *failed;
  McTaskList *tasks;
  McExportStrip *export_strip;
  McVisitView *visit_view;
  McNewVisit *new_visit;
  McPartyGroup *parties;       /* these three in the visit view */
  McFollowUpGroup *follow_ups;
  McDocumentGroup *documents;

  /* Owned */
  McStandards *standards;
  GCancellable *cancellable;
  char *inspector;     /* of the user; NULL: none */
  char *wanted;        /* id of the visit to open as soon as the standards are read */
  char *wanted_item;   /* code of the item to open it at; NULL: where one left it */
  char *wanted_place;  /* id of the place to check, "" to choose one; NULL: nothing is wanted */
  McVisit *opening;
  gboolean show_problem; /* the focus goes to the first problem, not to the first item without an answer */
  gboolean show_end;     /* it goes to what follows the items */
};

G_DEFINE_FINAL_TYPE (McVisitsPage, mc_visits_page, MC_TYPE_PAGE)

static void open_visit (McVisitsPage *self, const char *id);
static void user_changed (McVisitsPage *self);
static void begin_new (McVisitsPage *self, const char *facility);

/* --- the list ---------------------------------------------------------------------------------------------- */

static void
begin_export (McStore *store, gpointer data, const McWorkbookRequest *request, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_visit_workbook_write_async (store, data, request, callback, user_data);
}

/* The checks that are listed, and what they found. */
static void
export_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McVisitsPage *self = MC_VISITS_PAGE (widget);
  g_autoptr (GArray) rowids = mc_task_list_get_checks (self->tasks);
  McExport export = { .title = _("Export the list as shown"), .name = _("Checks"), .begin = begin_export, .data_free = (GDestroyNotify) mc_standards_unref };

  if (!rowids || !self->standards)
    return;
  export.rowids = (const gint64 *) (gpointer) rowids->data;
  export.n_rowids = rowids->len;
  export.data = mc_standards_ref (self->standards);
  mc_export_strip_run (self->export_strip, MC_PAGE (self), &export);
}

static void
update_export (McVisitsPage *self)
{
  g_autoptr (GArray) rowids = mc_task_list_get_checks (self->tasks);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visits.export", rowids && rowids->len > 0 && self->standards);
}

/* --- one visit --------------------------------------------------------------------------------------------- */

static void
show_list (McVisitsPage *self)
{
  mc_visit_view_flush (self->visit_view);
  mc_visit_view_set_editor (self->visit_view, NULL, NULL, NULL);
  mc_party_group_set_editor (self->parties, mc_page_get_session (MC_PAGE (self)), NULL);
  mc_follow_up_group_set_editor (self->follow_ups, mc_page_get_session (MC_PAGE (self)), NULL);
  mc_document_group_set_visit (self->documents, mc_page_get_session (MC_PAGE (self)), NULL);
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_set_visible (self->list_buttons, TRUE);
  mc_page_set_title (MC_PAGE (self), _("Checks"));
  mc_page_set_subtitle (MC_PAGE (self), NULL);
  mc_page_set_can_go_back (MC_PAGE (self), FALSE);
  mc_task_list_load (self->tasks);
}

static void
show_visit_title (McVisitsPage *self, McVisit *visit)
{
  const McRecord *facility = mc_visit_get_facility (visit);
  const McRecord *record = mc_visit_get_record (visit);
  g_autofree char *subtitle = g_strjoin (" · ", mc_code_label ("visit-type", mc_record_get_text (record, "type")),
                                         mc_record_get_text (record, "checked_on"), mc_standard_get_title (mc_visit_get_standard (visit)), NULL);

  mc_page_set_title (MC_PAGE (self), facility ? mc_record_get_text (facility, "name") : _("A place not known here"));
  mc_page_set_subtitle (MC_PAGE (self), subtitle);
}

static void
show_failure (McVisitsPage *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  mc_empty_set (self->failed, "dialog-error-symbolic", _("This check cannot be shown"), _("Nothing was changed and nothing is lost."), error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  mc_page_set_can_go_back (MC_PAGE (self), TRUE);
}

/* In a joint check, the first item without an answer that the user's authority answers; NULL: any. */
static const char *
first_own_item (McVisitsPage *self, const McVisit *visit)
{
  g_autoptr (GPtrArray) parties = mc_visit_list_parties (visit, FALSE);
  const McRecord *inspector = self->inspector ? mc_visit_find_inspector (visit, self->inspector) : NULL;
  const char *authority = inspector ? mc_record_get_text (inspector, "authority") : NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (parties->len == 0 || !authority || mc_visit_is_finalised (visit))
    return NULL;
  items = mc_visit_list_items_for (visit, authority);
  for (guint i = 0; i < items->len; i++)
    if (!mc_visit_get_value (visit, ((const McItem *) g_ptr_array_index (items, i))->code))
      return ((const McItem *) g_ptr_array_index (items, i))->code;
  return NULL;
}

static void
show_visit (McVisitsPage *self, McVisit *visit, McVisit *previous)
{
  g_autoptr (McVisitEditor) editor = mc_visit_editor_new (mc_page_get_store (MC_PAGE (self)), self->standards, visit);

  user_changed (self);
  show_visit_title (self, visit);
  mc_visit_view_set_editor (self->visit_view, self->standards, editor, previous);
  mc_party_group_set_editor (self->parties, mc_page_get_session (MC_PAGE (self)), editor);
  mc_follow_up_group_set_editor (self->follow_ups, mc_page_get_session (MC_PAGE (self)), editor);
  mc_document_group_set_visit (self->documents, mc_page_get_session (MC_PAGE (self)), mc_visit_get_id (visit));
  gtk_stack_set_visible_child_name (self->stack, "visit");
  gtk_widget_set_visible (self->list_buttons, FALSE);
  mc_page_set_can_go_back (MC_PAGE (self), TRUE);
  if (self->wanted_item)
    mc_visit_view_focus_item (self->visit_view, self->wanted_item);
  else if (self->show_end)
    mc_visit_view_focus_end (self->visit_view);
  else if (self->show_problem)
    mc_visit_view_focus_first_problem (self->visit_view);
  else if (first_own_item (self, visit))
    mc_visit_view_focus_item (self->visit_view, first_own_item (self, visit));
  else
    mc_visit_view_focus_first_open (self->visit_view);
  self->show_problem = self->show_end = FALSE;
  g_clear_pointer (&self->wanted_item, g_free);
}

static void
previous_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McVisit) previous = mc_visits_load_previous_finish (result, &error);
  g_autoptr (McVisit) visit = g_steal_pointer (&self->opening);

  mc_page_end_work (MC_PAGE (self));
  if (visit && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_visit (self, visit, previous);
}

static void
visit_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitsPage) self = data;
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_load_finish (result, &error);

  if (!visit)
    {
      mc_page_end_work (MC_PAGE (self));
      show_failure (self, error);
      return;
    }
  g_clear_pointer (&self->opening, mc_visit_unref);
  self->opening = visit;
  mc_visits_load_previous_async (mc_page_get_store (MC_PAGE (self)), self->standards, visit, self->cancellable, previous_loaded_cb, g_object_ref (self));
}

static void
open_visit (McVisitsPage *self, const char *id)
{
  g_free (self->wanted);
  self->wanted = NULL;
  if (!self->standards)
    {
      self->wanted = g_strdup (id);
      return;
    }
  mc_visit_view_flush (self->visit_view);
  mc_page_begin_work (MC_PAGE (self));
  mc_visits_load_async (mc_page_get_store (MC_PAGE (self)), self->standards, id, self->cancellable, visit_loaded_cb, g_object_ref (self));
}

static void
task_activated_cb (McVisitsPage *self, const char *id, const char *item)
{
  g_free (self->wanted_item);
  self->wanted_item = g_strdup (item);
  open_visit (self, id);
}

/* --- a new visit ------------------------------------------------------------------------------------------- */

static void
created_cb (McVisitsPage *self, const char *id)
{
  open_visit (self, id);
}

static void
begin_new (McVisitsPage *self, const char *facility)
{
  g_free (self->wanted_place);
  self->wanted_place = NULL;
  if (!self->standards)
    {
      self->wanted_place = g_strdup (facility);
      return;
    }
  mc_visit_view_flush (self->visit_view);
  mc_new_visit_begin (self->new_visit, MC_PAGE (self), self->standards, facility);
  mc_page_set_title (MC_PAGE (self), _("New check"));
  mc_page_set_subtitle (MC_PAGE (self), NULL);
  mc_page_set_can_go_back (MC_PAGE (self), TRUE);
  gtk_widget_set_visible (self->list_buttons, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "new");
}

static void
recheck_cb (McVisitsPage *self, const char *facility, const char *visit)
{
  begin_new (self, facility);
  mc_new_visit_set_recheck (self->new_visit, visit);
}

static void
new_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin_new (MC_VISITS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

/* --- the store --------------------------------------------------------------------------------------------- */

static void
standards_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McVisitsPage) self = data;
  g_autoptr (GError) error = NULL;
  McStandards *standards = mc_standards_load_finish (result, &error);
  g_autofree char *wanted = NULL;
  g_autofree char *wanted_place = NULL;

  mc_page_end_work (MC_PAGE (self));
  if (!standards)
    {
      show_failure (self, error);
      return;
    }
  g_clear_pointer (&self->standards, mc_standards_unref);
  self->standards = standards;
  update_export (self);
  wanted = g_steal_pointer (&self->wanted);
  wanted_place = g_steal_pointer (&self->wanted_place);
  if (wanted)
    open_visit (self, wanted);
  else if (wanted_place)
    begin_new (self, wanted_place);
}

static void
user_changed (McVisitsPage *self)
{
  McSession *session = mc_page_get_session (MC_PAGE (self));

  g_free (self->inspector);
  self->inspector = g_strdup (session ? mc_session_get_inspector (session) : NULL);
  mc_task_list_set_inspector (self->tasks, self->inspector);
  mc_visit_view_set_inspector (self->visit_view, self->inspector);
}

static void
store_changed (McPage *page, McStore *store)
{
  McVisitsPage *self = MC_VISITS_PAGE (page);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mc_task_list_cancel (self->tasks);
  g_clear_pointer (&self->standards, mc_standards_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "visits.new", store && !mc_page_is_read_only (page));
  if (!store)
    return;
  mc_page_begin_work (page);
  mc_standards_load_async (store, self->cancellable, standards_loaded_cb, g_object_ref (self));
  user_changed (self);
  mc_task_list_load (self->tasks);
}

static void
records_changed (McPage *page, const McChangeSet *changes)
{
  McVisitsPage *self = MC_VISITS_PAGE (page);

  if (!changes->records || mc_change_set_has_entity (changes, "visit") || mc_change_set_has_entity (changes, "facility")
      || mc_change_set_has_entity (changes, "follow_up") || mc_change_set_has_entity (changes, "signature") || mc_change_set_has_entity (changes, "document"))
    mc_task_list_load (self->tasks);
  else if (mc_change_set_has_entity (changes, "answer") || mc_change_set_has_entity (changes, "finding"))
    mc_task_list_refresh (self->tasks);
}

static void
appearance_changed (McPage *page)
{
  mc_task_list_update_appearance (MC_VISITS_PAGE (page)->tasks);
  mc_visit_view_update_appearance (MC_VISITS_PAGE (page)->visit_view);
}

static void
hidden (McPage *page)
{
  mc_visit_view_flush (MC_VISITS_PAGE (page)->visit_view);
}

static void
go_back (McPage *page)
{
  show_list (MC_VISITS_PAGE (page));
}

static gboolean
open_record (McPage *page, const char *entity, const char *id)
{
  if (g_strcmp0 (entity, "visit") != 0)
    return FALSE;
  open_visit (MC_VISITS_PAGE (page), id);
  return TRUE;
}

/* --- states for the audit and the pictures ----------------------------------------------------------------- */

static const char *const states[] = { "list", "follow-ups", "new", "visit", "nonconform", "end", "finalised", "conflict", NULL };

static const char *const *
list_states (McPage *page)
{
  return states;
}

static gboolean
is_in_state (const McVisitRow *row, const char *state)
{
  if (g_str_equal (state, "conflict"))
    return (row->state & MC_RECORD_CONFLICT) != 0;
  if (g_str_equal (state, "finalised"))
    return (row->state & MC_RECORD_SEALED) != 0;
  return g_str_equal (state, "visit") || g_str_equal (state, "end") || (!(row->state & MC_RECORD_SEALED) && row->open_findings > 0);
}

/* The newest check in that state; NULL: there is none. Caller frees. */
static char *
find_in_state (McVisitsPage *self, const char *state)
{
  McStore *store = mc_page_get_store (MC_PAGE (self));
  const McVisitQuery query = { .kind = MC_VISIT_LIST_ALL };
  g_autoptr (GArray) rowids = store ? mc_visits_list (store, &query, NULL) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  char *id = NULL;

  rows = rowids ? mc_visits_load_rows (store, (const gint64 *) (gpointer) rowids->data, rowids->len, NULL) : NULL;
  for (guint i = 0; rows && i < rows->len && !id; i++)
    if (is_in_state (g_ptr_array_index (rows, i), state))
      id = g_strdup (((const McVisitRow *) g_ptr_array_index (rows, i))->id);
  return id;
}

static gboolean
set_state (McPage *page, const char *state)
{
  McVisitsPage *self = MC_VISITS_PAGE (page);
  g_autofree char *id = NULL;

  if (g_str_equal (state, "list") || g_str_equal (state, "follow-ups"))
    {
      mc_task_list_show_follow_ups (self->tasks, g_str_equal (state, "follow-ups"));
      show_list (self);
      return TRUE;
    }
  if (g_str_equal (state, "new"))
    {
      begin_new (self, "");
      return TRUE;
    }
  id = find_in_state (self, state);
  if (!id)
    return FALSE;
  self->show_problem = g_str_equal (state, "nonconform");
  self->show_end = g_str_equal (state, "end");
  open_visit (self, id);
  return TRUE;
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_visits_page_dispose (GObject *object)
{
  McVisitsPage *self = MC_VISITS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_VISITS_PAGE);
  G_OBJECT_CLASS (mc_visits_page_parent_class)->dispose (object);
}

static void
mc_visits_page_finalize (GObject *object)
{
  McVisitsPage *self = MC_VISITS_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->standards, mc_standards_unref);
  g_clear_pointer (&self->opening, mc_visit_unref);
  g_free (self->inspector);
  g_free (self->wanted);
  g_free (self->wanted_item);
  g_free (self->wanted_place);
  G_OBJECT_CLASS (mc_visits_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-visits-page.ui");
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, list_buttons);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, failed);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, tasks);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, export_strip);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, visit_view);
  gtk_widget_class_bind_template_child (widget_class, McVisitsPage, new_visit);
  gtk_widget_class_bind_template_callback (widget_class, task_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, recheck_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_export);
  gtk_widget_class_bind_template_callback (widget_class, created_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_list);
}

static void
mc_visits_page_class_init (McVisitsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  McPageClass *page_class = MC_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_visits_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_visits_page_finalize;
  page_class->store_changed = store_changed;
  page_class->records_changed = records_changed;
  page_class->appearance_changed = appearance_changed;
  page_class->hidden = hidden;
  page_class->go_back = go_back;
  page_class->open_record = open_record;
  page_class->list_states = list_states;
  page_class->set_state = set_state;
  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_EXPORT_STRIP);
  g_type_ensure (MC_TYPE_NEW_VISIT);
  g_type_ensure (MC_TYPE_TASK_LIST);
  g_type_ensure (MC_TYPE_VISIT_VIEW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "visits.new", "s", new_cb);
  gtk_widget_class_install_action (widget_class, "visits.export", NULL, export_cb);
}

static void
mc_visits_page_init (McVisitsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  mc_task_list_set_page (self->tasks, MC_PAGE (self));
  mc_visit_view_set_page (self->visit_view, MC_PAGE (self));
  self->parties = MC_PARTY_GROUP (mc_party_group_new ());
  gtk_box_append (mc_visit_view_get_papers (self->visit_view), GTK_WIDGET (self->parties));
  self->follow_ups = MC_FOLLOW_UP_GROUP (mc_follow_up_group_new ());
  g_signal_connect_object (self->follow_ups, "recheck", G_CALLBACK (recheck_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (mc_visit_view_get_papers (self->visit_view), GTK_WIDGET (self->follow_ups));
  self->documents = MC_DOCUMENT_GROUP (mc_document_group_new ());
  gtk_box_append (mc_visit_view_get_papers (self->visit_view), GTK_WIDGET (self->documents));
  g_signal_connect_object (self, "notify::em-width", G_CALLBACK (appearance_changed), self, G_CONNECT_SWAPPED);
}
