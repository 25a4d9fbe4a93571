/* SPDX-License-Identifier: GPL-3.0-or-later
 * Begins a check: place, type, standard, day and people, prefilled. */
#include "mc-new-visit.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "registry/mc-facility.h"
#include "registry/mc-inspector.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

/* So many places are offered; more letters narrow them down. */
#define MAX_PLACES 30

struct _McNewVisit
{
  GtkWidget parent_instance;

  /* Template */
  GtkStack *stack;
  McSearchEntry *search_entry;
  GtkLabel *no_place_label;
  GtkListBox *places_list;
  GtkLabel *place_label;
  GtkLabel *known_label;
  GtkBox *fields;
  McStatus *problem;
  GtkWidget *create_button;

  /* Made in init */
  GtkDropDown *type_dropdown;
  GtkDropDown *source_dropdown;
  GtkDropDown *standard_dropdown;
  GtkDropDown *lead_dropdown;
  GtkDropDown *partner_dropdown;
  GtkEditable *day_entry;

  /* Borrowed */
  McPage *page;

  /* Owned */
  McStandards *standards;
  McAreaTree *tree;
  GCancellable *cancellable;
  char *facility;
  char *recheck_of;        /* id of the visit whose findings are looked at again; or NULL */
  McVisit *prepared;       /* as prefilled for the place */
  GPtrArray *places;       /* of McFacilityRow */
  GPtrArray *inspectors;   /* of McInspectorRow */
  GPtrArray *choices;      /* of McStandard */
};

G_DEFINE_FINAL_TYPE (McNewVisit, mc_new_visit, GTK_TYPE_WIDGET)

enum
{
  CREATED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
today_text (McNewVisit *self)
{
  GDate day;

  mc_session_get_today (mc_page_get_session (self->page), &day);
  return mc_iso_date_format (&day);
}

static void
show_problem (McNewVisit *self, const char *message)
{
  mc_status_set (self->problem, MC_STATUS_ERROR, message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
}

/* --- drop-downs -------------------------------------------------------------------------------------------- */

static void
fill_codes (GtkDropDown *dropdown, const char *list, const char *none)
{
  const McCode *const *codes = mc_code_list (list);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (none)
    gtk_string_list_append (labels, none);
  for (guint i = 0; codes[i]; i++)
    gtk_string_list_append (labels, codes[i]->label);
  gtk_drop_down_set_model (dropdown, G_LIST_MODEL (labels));
}

static void
select_code (GtkDropDown *dropdown, const char *list, gboolean with_none, const char *code)
{
  const McCode *const *codes = mc_code_list (list);

  gtk_drop_down_set_selected (dropdown, 0);
  for (guint i = 0; code && codes[i]; i++)
    if (g_str_equal (codes[i]->code, code))
      gtk_drop_down_set_selected (dropdown, i + (with_none ? 1 : 0));
}

static const char *
selected_code (GtkDropDown *dropdown, const char *list, gboolean with_none)
{
  guint selected = gtk_drop_down_get_selected (dropdown);

  if (selected == GTK_INVALID_LIST_POSITION || (with_none && selected == 0))
    return NULL;
  return mc_code_list (list)[selected - (with_none ? 1 : 0)]->code;
}

static void
fill_inspectors (McNewVisit *self, GtkDropDown *dropdown, const char *none, const char *chosen)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (labels, none);
  for (guint i = 0; i < self->inspectors->len; i++)
    {
      const McInspectorRow *row = g_ptr_array_index (self->inspectors, i);
      g_autofree char *label = g_strdup_printf ("%s · %s", row->name, row->employer);

      gtk_string_list_append (labels, label);
      if (g_strcmp0 (row->id, chosen) == 0)
        selected = i + 1;
    }
  gtk_drop_down_set_model (dropdown, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (dropdown, selected);
}

static const char *
selected_inspector (McNewVisit *self, GtkDropDown *dropdown)
{
  guint selected = gtk_drop_down_get_selected (dropdown);

  if (selected == GTK_INVALID_LIST_POSITION || selected == 0 || selected > self->inspectors->len)
    return NULL;
  return ((const McInspectorRow *) g_ptr_array_index (self->inspectors, selected - 1))->id;
}

/* --- the form ---------------------------------------------------------------------------------------------- */

static void
show_standards (McNewVisit *self)
{
  const McRecord *facility = mc_visit_get_facility (self->prepared);
  g_autofree char *day = today_text (self);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  guint selected = 0;

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = mc_standards_list (self->standards, "inspection", NULL, facility ? mc_record_get_text (facility, "kind") : NULL, day);
  for (guint i = 0; i < self->choices->len; i++)
    {
      McStandard *standard = g_ptr_array_index (self->choices, i);

      gtk_string_list_append (titles, mc_standard_get_title (standard));
      if (standard == mc_visit_get_standard (self->prepared))
        selected = i;
    }
  gtk_drop_down_set_model (self->standard_dropdown, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->standard_dropdown, selected);
}

static void
show_known (McNewVisit *self)
{
  const McRecord *facility = mc_visit_get_facility (self->prepared);
  const McRecord *matter = mc_visit_get_matter (self->prepared);
  g_autofree char *text = NULL;

  gtk_label_set_label (self->place_label, facility ? mc_record_get_text (facility, "name") : NULL);
  if (matter)
    text = g_strdup_printf (_("Published check matter: %s"), mc_record_get_text (matter, "name"));
  else
    text = g_strdup (_("No published check matter of your authority covers this place: no published matter, no check. See the third tab of the register."));
  gtk_label_set_label (self->known_label, text);
}

static void
show_form (McNewVisit *self)
{
  const McRecord *visit = mc_visit_get_record (self->prepared);
  g_auto (GStrv) people = mc_visit_get_inspector_ids (self->prepared);

  show_known (self);
  show_standards (self);
  select_code (self->type_dropdown, "visit-type", FALSE, mc_record_get_text (visit, "type"));
  select_code (self->source_dropdown, "visit-source", TRUE, mc_record_get_text (visit, "source"));
  gtk_editable_set_text (self->day_entry, mc_record_get_text (visit, "checked_on"));
  fill_inspectors (self, self->lead_dropdown, _("Please choose"), people[0]);
  fill_inspectors (self, self->partner_dropdown, _("Nobody yet"), people[0] ? people[1] : NULL);
  show_problem (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (self->create_button);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare_finish (result, &error);

  mc_page_end_work (self->page);
  if (!visit)
    {
      gtk_label_set_label (self->no_place_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->no_place_label), TRUE);
      gtk_stack_set_visible_child_name (self->stack, "place");
      return;
    }
  g_clear_pointer (&self->prepared, mc_visit_unref);
  self->prepared = visit;
  show_form (self);
}

static void
prepare (McNewVisit *self)
{
  g_autofree char *day = today_text (self);
  McVisitRequest request = { .facility = self->facility, .today = day, .recheck_of = self->recheck_of };

  mc_page_begin_work (self->page);
  mc_visits_prepare_async (mc_page_get_store (self->page), self->standards, &request, NULL, prepared_cb, g_object_ref (self));
}

static void
inspectors_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *inspectors = mc_inspector_list_finish (result, &error);

  mc_page_end_work (self->page);
  if (!inspectors)
    inspectors = g_ptr_array_new ();
  g_clear_pointer (&self->inspectors, g_ptr_array_unref);
  self->inspectors = inspectors;
  if (self->facility)
    prepare (self);
}

/* --- saving ------------------------------------------------------------------------------------------------ */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;

  mc_page_end_work (self->page);
  gtk_widget_set_sensitive (self->create_button, TRUE);
  if (mc_visits_save_finish (result, &error))
    g_signal_emit (self, signals[CREATED], 0, mc_visit_get_id (self->prepared));
  else
    show_problem (self, error->message);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  McVisit *visit = mc_visits_prepare_finish (result, &error);

  if (!visit)
    {
      mc_page_end_work (self->page);
      gtk_widget_set_sensitive (self->create_button, TRUE);
      show_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->prepared, mc_visit_unref);
  self->prepared = visit;
  mc_visits_save_async (mc_page_get_store (self->page), NULL, visit, NULL, saved_cb, g_object_ref (self));
}

static void
create_cb (McNewVisit *self)
{
  g_autofree char *day = today_text (self);
  guint standard = gtk_drop_down_get_selected (self->standard_dropdown);
  const char *partner = selected_inspector (self, self->partner_dropdown);
  const char *assistants[] = { partner, NULL };
  McVisitRequest request = {
    .facility = self->facility,
    .lead = selected_inspector (self, self->lead_dropdown),
    .assistants = assistants,
    .type = selected_code (self->type_dropdown, "visit-type", FALSE),
    .source = selected_code (self->source_dropdown, "visit-source", TRUE),
    .checked_on = gtk_editable_get_text (self->day_entry),
    .today = day,
  };

  if (g_strcmp0 (request.type, "recheck") == 0)
    request.recheck_of = self->recheck_of;
  if (standard < self->choices->len)
    request.standard = mc_standard_get_version_id (g_ptr_array_index (self->choices, standard));
  gtk_widget_set_sensitive (self->create_button, FALSE);
  mc_page_begin_work (self->page);
  mc_visits_prepare_async (mc_page_get_store (self->page), self->standards, &request, NULL, chosen_cb, g_object_ref (self));
}

static void
cancel_cb (McNewVisit *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* --- the place --------------------------------------------------------------------------------------------- */

static void
clear_places (McNewVisit *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->places_list))))
    gtk_list_box_remove (self->places_list, row);
}

static void
show_places (McNewVisit *self)
{
  clear_places (self);
  for (guint i = 0; i < self->places->len; i++)
    {
      const McFacilityRow *place = g_ptr_array_index (self->places, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *detail = NULL;

      if (!place)
        continue;
      detail = g_strjoin (" · ", mc_code_short_label ("facility-kind", place->kind), place->area_path, NULL);
      gtk_widget_add_css_class (row, "mc-data");
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_name (row, place->id);
      gtk_list_box_append (self->places_list, row);
    }
  gtk_label_set_label (self->no_place_label, _("No place is found. Look for part of its name, or enter it in the register first."));
  gtk_widget_set_visible (GTK_WIDGET (self->no_place_label), self->places->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->places_list), self->places->len > 0);
}

static void
places_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *places = mc_facility_rows_load_finish (result, &error);

  mc_page_end_work (self->page);
  if (!places)
    return;
  g_clear_pointer (&self->places, g_ptr_array_unref);
  self->places = places;
  show_places (self);
}

static void
list_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McFacilityList) list = mc_facility_list_load_finish (result, &error);

  if (!list)
    {
      mc_page_end_work (self->page);
      return;
    }
  mc_facility_rows_load_async (mc_page_get_store (self->page), self->tree, mc_facility_list_get_rowids (list), mc_facility_list_get_n (list),
                               NULL, places_loaded_cb, g_object_ref (self));
}

static void
search (McNewVisit *self)
{
  McFacilityQuery query = { .text = mc_search_entry_get_text (self->search_entry), .sort = MC_FACILITY_SORT_NAME, .limit = MAX_PLACES };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  mc_page_begin_work (self->page);
  mc_facility_list_load_async (mc_page_get_store (self->page), self->tree, &query, self->cancellable, list_loaded_cb, g_object_ref (self));
}

static void
search_changed_cb (McNewVisit *self)
{
  if (self->tree)
    search (self);
}

static void
search_next_cb (McNewVisit *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->places_list, 0);

  if (first)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
place_activated_cb (McNewVisit *self, GtkListBoxRow *row)
{
  g_free (self->facility);
  self->facility = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));
  prepare (self);
}

static void
tree_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McNewVisit) self = data;
  g_autoptr (GError) error = NULL;
  McAreaTree *tree = mc_area_tree_load_finish (result, &error);
  McInspectorQuery query = { 0 };

  if (!tree)
    {
      mc_page_end_work (self->page);
      return;
    }
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree;
  mc_inspector_list_async (mc_page_get_store (self->page), tree, &query, NULL, inspectors_loaded_cb, g_object_ref (self));
  if (!self->facility)
    search (self);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

/* A label above its control: reads the same at every text size. */
static void
add_field (McNewVisit *self, const char *title, GtkWidget *control)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), control);
  gtk_box_append (self->fields, box);
}

static GtkDropDown *
add_dropdown (McNewVisit *self, const char *title)
{
  GtkWidget *dropdown = gtk_drop_down_new (NULL, NULL);

  add_field (self, title, dropdown);
  return GTK_DROP_DOWN (dropdown);
}

static void
mc_new_visit_dispose (GObject *object)
{
  McNewVisit *self = MC_NEW_VISIT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_NEW_VISIT);
  g_clear_pointer (&self->standards, mc_standards_unref);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->facility, g_free);
  g_clear_pointer (&self->recheck_of, g_free);
  g_clear_pointer (&self->prepared, mc_visit_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->inspectors, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_new_visit_parent_class)->dispose (object);
}

static void
mc_new_visit_class_init (McNewVisitClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_new_visit_dispose;
  signals[CREATED] = g_signal_new ("created", MC_TYPE_NEW_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", MC_TYPE_NEW_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MC_TYPE_SEARCH_ENTRY);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-new-visit.ui");
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, stack);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, search_entry);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, no_place_label);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, places_list);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, place_label);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, known_label);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, fields);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, problem);
  gtk_widget_class_bind_template_child (widget_class, McNewVisit, create_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_new_visit_init (McNewVisit *self)
{
  GtkWidget *entry = gtk_entry_new ();

  self->inspectors = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->type_dropdown = add_dropdown (self, _("Type of check"));
  self->standard_dropdown = add_dropdown (self, _("Inspection standard"));
  add_field (self, _("Checked on (year-month-day); a day before today makes it a later entry"), entry);
  self->day_entry = GTK_EDITABLE (entry);
  self->lead_dropdown = add_dropdown (self, _("Lead inspector"));
  self->partner_dropdown = add_dropdown (self, _("Assistant"));
  self->source_dropdown = add_dropdown (self, _("Source"));
  fill_codes (self->type_dropdown, "visit-type", NULL);
  fill_codes (self->source_dropdown, "visit-source", _("None"));
}

void
mc_new_visit_begin (McNewVisit *self, McPage *page, McStandards *standards, const char *facility)
{
  g_return_if_fail (mc_page_get_store (page) != NULL);

  self->page = page;
  mc_standards_ref (standards);
  g_clear_pointer (&self->standards, mc_standards_unref);
  self->standards = standards;
  g_free (self->facility);
  self->facility = facility && *facility ? g_strdup (facility) : NULL;
  g_clear_pointer (&self->recheck_of, g_free);
  g_clear_pointer (&self->prepared, mc_visit_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->no_place_label), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "place");
  mc_search_entry_set_text (self->search_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  mc_page_begin_work (page);
  mc_area_tree_load_async (mc_page_get_store (page), NULL, tree_loaded_cb, g_object_ref (self));
}

void
mc_new_visit_set_recheck (McNewVisit *self, const char *visit)
{
  g_free (self->recheck_of);
  self->recheck_of = g_strdup (visit);
}
