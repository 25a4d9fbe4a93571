/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of facilities: search as you type, filters, the table, and the sums of what is shown. */
#include "mc-facility-list-view.h"

#include <glib/gi18n.h>

#include "mc-area-chooser.h"
#include "mc-facility-columns.h"
#include "mc-facility-item.h"
#include "mc-facility-model.h"
#include "store/mc-code-list.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-format.h"
#include "widgets/mc-list-view.h"
#include "widgets/mc-pane.h"
#include "widgets/mc-search-entry.h"
#include "widgets/mc-wrap-box.h"

/* Below this width the filters hide behind one button: the rows need the height. */
#define CHIPS_EMS 40

struct _McFacilityListView
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  McSearchEntry *search;
  GtkToggleButton *filter_button;
  GtkWidget *chips;
  GtkToggleButton *all_chip;
  GtkToggleButton *elder_chip;
  GtkToggleButton *childcare_chip;
  GtkMenuButton *area_chip;
  GtkMenuButton *risk_chip;
  GtkToggleButton *not_checked_chip;
  GtkToggleButton *findings_chip;
  GtkStack *stack;
  GtkWidget *scrolled;
  GtkColumnView *view;
  GtkLabel *summary;
  McEmpty *failed;

  /* Owned. */
  McFacilityModel *model;
  McFacilityColumns *columns;
  GtkSingleSelection *selection;
  McAreaChooser *area_chooser; /* borrowed from its chip */
  GSimpleAction *risk;
  char *area;
  gint64 selected; /* row number; −1: none */
  guint fit_source;
  int fitted_width;
  double fitted_em;
  gboolean narrow;
  gboolean waits_for_paint;
  gboolean replacing;
};

G_DEFINE_FINAL_TYPE (McFacilityListView, mc_facility_list_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  OPENED,
  SELECTED,
  UPDATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- words ------------------------------------------------------------------------------------------------ */

static void
append_group (GString *text, const char *format, guint n, const char *sum_format, gint64 sum, guint n_without)
{
  g_autofree char *count = mc_format_count (n), *total = mc_format_count (sum);
  g_autofree char *places = g_strdup_printf (g_dngettext (NULL, "%u without a number", "%u without a number", n_without), n_without);

  g_string_append (text, _("  ·  "));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, count);
  if (n > n_without)
    g_string_append_printf (text, sum_format, total);
#pragma GCC diagnostic pop
  if (n_without > 0)
    g_string_append_printf (text, _(" (%s)"), places);
}

/* @brief: the number alone, where the rows need the height. */
static char *
summary_text (const McFacilitySums *sums, gboolean brief)
{
  GString *text = g_string_new (NULL);
  g_autofree char *all = mc_format_count (sums->n);

  g_string_append_printf (text, _("%s facilities"), all);
  if (sums->n_elder > 0 && !brief)
    append_group (text, _("elder care %s"), sums->n_elder, _(", %s beds"), sums->beds, sums->n_elder_without_beds);
  if (sums->n_childcare > 0 && !brief)
    append_group (text, _("childcare %s"), sums->n_childcare, _(", %s places"), sums->places, sums->n_childcare_without_places);
  return g_string_free (text, FALSE);
}

static void
label_chip (GtkWidget *chip, const char *words, guint n)
{
  g_autofree char *count = mc_format_count (n);
  g_autofree char *label = g_strdup_printf ("%s %s", words, count);

  gtk_button_set_label (GTK_BUTTON (chip), label);
}

static void
label_chips (McFacilityListView *self)
{
  const McFacilityCounts *counts = mc_facility_list_view_get_counts (self);
  static const McFacilityCounts none = { 0 };

  if (!counts)
    counts = &none;
  label_chip (GTK_WIDGET (self->all_chip), _("All"), counts->all);
  label_chip (GTK_WIDGET (self->elder_chip), mc_code_label ("facility-field", "elder"), counts->elder);
  label_chip (GTK_WIDGET (self->childcare_chip), mc_code_label ("facility-field", "childcare"), counts->childcare);
  label_chip (GTK_WIDGET (self->not_checked_chip), _("Not checked for 12 months"), counts->not_checked);
  label_chip (GTK_WIDGET (self->findings_chip), _("With open findings"), counts->open_findings);
}

static void
set_active_class (GtkWidget *chip, gboolean active)
{
  if (active)
    gtk_widget_add_css_class (chip, "active");
  else
    gtk_widget_remove_css_class (chip, "active");
}

static const char *
risk_class (McFacilityListView *self)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (self->risk));
  const McCode *code = mc_code_find ("credit-risk-class", g_variant_get_string (state, NULL));

  return code ? code->code : NULL;
}

static void
label_menus (McFacilityListView *self)
{
  McAreaTree *tree = mc_facility_list_view_get_tree (self);
  const McArea *area = self->area && tree ? mc_area_tree_find (tree, self->area) : NULL;
  const char *risk = risk_class (self);
  g_autofree char *risk_label = risk ? g_strdup_printf ("%s %s", risk, mc_code_label ("credit-risk-class", risk)) : NULL;

  gtk_menu_button_set_label (self->area_chip, area ? area->name : _("Area"));
  gtk_menu_button_set_label (self->risk_chip, risk_label ? risk_label : _("Risk"));
  set_active_class (GTK_WIDGET (self->area_chip), area != NULL);
  set_active_class (GTK_WIDGET (self->risk_chip), risk != NULL);
}

static guint
count_filters (McFacilityListView *self)
{
  return (gtk_toggle_button_get_active (self->all_chip) ? 0 : 1) + (self->area ? 1 : 0) + (risk_class (self) ? 1 : 0)
         + (gtk_toggle_button_get_active (self->not_checked_chip) ? 1 : 0) + (gtk_toggle_button_get_active (self->findings_chip) ? 1 : 0);
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
run_query (McFacilityListView *self)
{
  guint n = count_filters (self);
  g_autofree char *filters = n > 0 ? g_strdup_printf (_("Filter (%u)"), n) : NULL;
  McFacilityQuery query = {
    .group = gtk_toggle_button_get_active (self->elder_chip) ? "elder" : gtk_toggle_button_get_active (self->childcare_chip) ? "childcare" : NULL,
    .area = self->area,
    .risk_class = risk_class (self),
    .open_findings = gtk_toggle_button_get_active (self->findings_chip),
  };

  gtk_button_set_label (GTK_BUTTON (self->filter_button), filters ? filters : _("Filter"));
  label_menus (self);
  if (!self->model)
    return;
  if (gtk_toggle_button_get_active (self->not_checked_chip))
    query.not_checked_since = mc_facility_model_get_since (self->model);
  mc_facility_columns_get_sort (self->columns, &query.sort, &query.descending);
  mc_facility_model_set_query (self->model, &query);
}

static void
chip_cb (McFacilityListView *self, GParamSpec *pspec, GtkToggleButton *chip)
{
  /* Of a group of chips one goes off when another comes on: one query for both. */
  if (gtk_toggle_button_get_active (chip) || chip == self->not_checked_chip || chip == self->findings_chip)
    run_query (self);
}

static void
area_chosen_cb (McFacilityListView *self, const char *id)
{
  g_free (self->area);
  self->area = g_strdup (id);
  run_query (self);
}

static void
risk_cb (McFacilityListView *self, GVariant *parameter)
{
  g_simple_action_set_state (self->risk, parameter);
  run_query (self);
}

static void
text_cb (McFacilityListView *self)
{
  const char *text = mc_search_entry_get_text (self->search);

  if (!self->model)
    return;
  mc_facility_columns_set_search (self->columns, text);
  mc_facility_model_set_text (self->model, text);
}

static void
show_all_cb (McFacilityListView *self)
{
  g_clear_pointer (&self->area, g_free);
  g_simple_action_set_state (self->risk, g_variant_new_string (""));
  gtk_toggle_button_set_active (self->all_chip, TRUE);
  gtk_toggle_button_set_active (self->not_checked_chip, FALSE);
  gtk_toggle_button_set_active (self->findings_chip, FALSE);
  mc_search_entry_set_text (self->search, "");
  run_query (self);
}

static void
reload_cb (McFacilityListView *self)
{
  if (self->model)
    mc_facility_model_reload (self->model);
}

/* --- the selection ---------------------------------------------------------------------------------------- */

static McFacilityRow *
selected_row (McFacilityListView *self)
{
  McFacilityItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item ? mc_facility_item_get_row (item) : NULL;
}

static void
selection_cb (McFacilityListView *self)
{
  McFacilityItem *item = gtk_single_selection_get_selected_item (self->selection);
  McFacilityRow *row = selected_row (self);

  if (self->replacing || !item)
    return;
  self->selected = mc_facility_item_get_rowid (item);
  if (row)
    g_signal_emit (self, signals[SELECTED], 0, row->id);
}

static void
activate_cb (McFacilityListView *self, guint position)
{
  g_autoptr (McFacilityItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  McFacilityRow *row = item ? mc_facility_item_get_row (item) : NULL;

  if (row)
    g_signal_emit (self, signals[OPENED], 0, row->id);
}

static void
clicked_cb (McFacilityListView *self)
{
  McFacilityRow *row = selected_row (self);

  if (row)
    g_signal_emit (self, signals[OPENED], 0, row->id);
}

/* The row that was selected stays selected where it went. */
static void
select_again (McFacilityListView *self)
{
  guint position;

  self->replacing = TRUE;
  if (self->selected >= 0 && mc_query_model_find (mc_facility_model_get_rows (self->model), self->selected, &position)
      && position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_single_selection_set_selected (self->selection, position);
  self->replacing = FALSE;
}

static void
search_next_cb (McFacilityListView *self)
{
  mc_facility_list_view_focus_list (self);
}

static void
search_activate_cb (McFacilityListView *self)
{
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  clicked_cb (self);
}

/* --- what is shown ---------------------------------------------------------------------------------------- */

static void painted_cb (GtkWidget *widget);

static void
updated_cb (McFacilityListView *self)
{
  McFacilityList *list = mc_facility_model_get_list (self->model);
  const char *page = "loading";

  label_chips (self);
  label_menus (self);
  if (list)
    {
      g_autofree char *text = summary_text (mc_facility_list_get_sums (list), self->narrow);
      gboolean empty = mc_facility_list_get_n (list) == 0, filtered = count_filters (self) > 0 || *mc_search_entry_get_text (self->search);

      page = !empty ? "list" : filtered ? "nothing" : "empty";
      if (!mc_facility_list_is_partial (list))
        gtk_label_set_label (self->summary, text);
      select_again (self);
    }
  if (mc_facility_model_get_tree (self->model))
    mc_area_chooser_set_tree (self->area_chooser, mc_facility_model_get_tree (self->model));
  gtk_stack_set_visible_child_name (self->stack, page);
  if (!self->waits_for_paint)
    mc_list_view_after_paint (GTK_WIDGET (self), painted_cb);
  self->waits_for_paint = TRUE;
  g_signal_emit (self, signals[UPDATED], 0);
}

/* A list that is long is read on once its first rows are painted. */
static void
painted_cb (GtkWidget *widget)
{
  McFacilityListView *self = MC_FACILITY_LIST_VIEW (widget);

  self->waits_for_paint = FALSE;
  if (self->model)
    mc_facility_model_read_rest (self->model);
}

static void
failed_cb (McFacilityListView *self, const GError *error)
{
  mc_empty_set (self->failed, "dialog-error-symbolic", _("The list could not be read"), _("Nothing was changed. Try again; if it fails again, check the database."), error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
busy_cb (McFacilityListView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* --- width ------------------------------------------------------------------------------------------------ */

static void
show_chips (McFacilityListView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), self->narrow);
  gtk_widget_set_visible (self->chips, !self->narrow || gtk_toggle_button_get_active (self->filter_button));
}

static gboolean
fit_cb (gpointer data)
{
  McFacilityListView *self = data;
  double em = mc_widget_get_em (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->fit_source = 0;
  self->fitted_width = width;
  self->fitted_em = em;
  self->narrow = width < CHIPS_EMS * em;
  show_chips (self);
  g_object_set (self->search, "placeholder-text", self->narrow ? _("Search the register") : _("Name, code, place, pinyin or initials"), NULL);
  if (self->model && mc_facility_model_get_list (self->model))
    updated_cb (self);
  mc_facility_columns_fit (self->columns, width, em);
  return G_SOURCE_REMOVE;
}

/* Before the next frame, but never from within an allocation. */
static void
queue_fit (McFacilityListView *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

static void
mc_facility_list_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  McFacilityListView *self = MC_FACILITY_LIST_VIEW (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  /* The columns go by the width there is; they ask for none. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 240);
}

static void
mc_facility_list_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McFacilityListView *self = MC_FACILITY_LIST_VIEW (widget);
  int least;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->box, &(GtkAllocation){ 0, 0, MAX (width, least), height }, baseline);
  if (width != self->fitted_width)
    queue_fit (self);
}

static void
mc_facility_list_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (mc_facility_list_view_parent_class)->css_changed (widget, change);
  queue_fit (MC_FACILITY_LIST_VIEW (widget));
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
mc_facility_list_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  McFacilityListView *self = MC_FACILITY_LIST_VIEW (object);

  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, self->model && mc_facility_model_get_busy (self->model)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_list_view_dispose (GObject *object)
{
  McFacilityListView *self = MC_FACILITY_LIST_VIEW (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->view)
    g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), run_query, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_FACILITY_LIST_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->columns);
  g_clear_object (&self->model);
  g_clear_object (&self->risk);
  g_clear_pointer (&self->area, g_free);

  G_OBJECT_CLASS (mc_facility_list_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-facility-list-view.ui");
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, box);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, search);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, filter_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, chips);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, all_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, elder_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, childcare_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, area_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, risk_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, not_checked_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, findings_chip);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, stack);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, view);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, summary);
  gtk_widget_class_bind_template_child (widget_class, McFacilityListView, failed);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_chips);
  gtk_widget_class_bind_template_callback (widget_class, chip_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
mc_facility_list_view_class_init (McFacilityListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_facility_list_view_get_property;
  object_class->dispose = mc_facility_list_view_dispose;
  widget_class->measure = mc_facility_list_view_measure;
  widget_class->size_allocate = mc_facility_list_view_size_allocate;
  widget_class->css_changed = mc_facility_list_view_css_changed;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[OPENED] = g_signal_new ("opened", MC_TYPE_FACILITY_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SELECTED] = g_signal_new ("selected", MC_TYPE_FACILITY_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[UPDATED] = g_signal_new ("updated", MC_TYPE_FACILITY_LIST_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_SEARCH_ENTRY);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
}

static void
add_actions (McFacilityListView *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) show_all = g_simple_action_new ("show-all", NULL), reload = g_simple_action_new ("reload", NULL);

  self->risk = g_simple_action_new_stateful ("risk", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect_object (self->risk, "activate", G_CALLBACK (risk_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (show_all, "activate", G_CALLBACK (show_all_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reload, "activate", G_CALLBACK (reload_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->risk));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (show_all));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (reload));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "facilities", G_ACTION_GROUP (group));
}

static void
mc_facility_list_view_init (McFacilityListView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->selected = -1;
  add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->columns = mc_facility_columns_new (self->view);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (run_query), self, G_CONNECT_SWAPPED);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (selection_cb), self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (click, "released", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (gtk_widget_get_last_child (GTK_WIDGET (self->view)), GTK_EVENT_CONTROLLER (click));
  self->area_chooser = MC_AREA_CHOOSER (mc_area_chooser_new (_("All areas")));
  g_signal_connect_object (self->area_chooser, "chosen", G_CALLBACK (area_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->area_chip, GTK_WIDGET (self->area_chooser));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  label_chips (self);
  label_menus (self);
}

void
mc_facility_list_view_set_store (McFacilityListView *self, McStore *store, const GDate *today)
{
  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  if (self->model)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->model);
  if (!store)
    return;
  self->model = mc_facility_model_new (store, today);
  mc_facility_model_set_patient (self->model, TRUE);
  g_signal_connect_swapped (self->model, "updated", G_CALLBACK (updated_cb), self);
  g_signal_connect_swapped (self->model, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (self->model, "notify::busy", G_CALLBACK (busy_cb), self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (mc_facility_model_get_rows (self->model)));
  mc_list_view_watch (GTK_WIDGET (self->view), mc_facility_model_get_rows (self->model));
  run_query (self);
}

void
mc_facility_list_view_records_changed (McFacilityListView *self, const McChangeSet *changes)
{
  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  if (self->model)
    mc_facility_model_records_changed (self->model, changes);
}

McAreaTree *
mc_facility_list_view_get_tree (McFacilityListView *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_LIST_VIEW (self), NULL);

  return self->model ? mc_facility_model_get_tree (self->model) : NULL;
}

McFacilityList *
mc_facility_list_view_get_list (McFacilityListView *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_LIST_VIEW (self), NULL);

  return self->model ? mc_facility_model_get_list (self->model) : NULL;
}

const McFacilityCounts *
mc_facility_list_view_get_counts (McFacilityListView *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_LIST_VIEW (self), NULL);

  return self->model ? mc_facility_model_get_counts (self->model) : NULL;
}

const char *
mc_facility_list_view_get_area (McFacilityListView *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_LIST_VIEW (self), NULL);

  return self->area;
}

void
mc_facility_list_view_search (McFacilityListView *self, const char *text)
{
  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  if (text)
    mc_search_entry_set_text (self->search, text);
}

void
mc_facility_list_view_focus_list (McFacilityListView *self)
{
  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_child_focus (gtk_widget_get_last_child (GTK_WIDGET (self->view)), GTK_DIR_TAB_FORWARD);
}

void
mc_facility_list_view_select (McFacilityListView *self, gint64 rowid)
{
  McQueryModel *rows;
  guint position;

  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  if (!self->model || self->selected == rowid)
    return;
  rows = mc_facility_model_get_rows (self->model);
  if (!mc_query_model_find (rows, rowid, &position))
    {
      mc_facility_list_view_unselect (self);
      return;
    }
  mc_query_model_grow (rows);
  self->selected = rowid;
  select_again (self);
  mc_list_view_scroll_to (GTK_WIDGET (self->view), position);
}

void
mc_facility_list_view_unselect (McFacilityListView *self)
{
  g_return_if_fail (MC_IS_FACILITY_LIST_VIEW (self));

  self->selected = -1;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
}
