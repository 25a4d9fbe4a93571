/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of one facility: its facts with what should be checked, its visits, its history. */
#include "mc-facility-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "inspections/mc-visits.h"
#include "mc-authority.h"
#include "mc-facility-facts.h"
#include "mc-facility.h"
#include "mc-risk-badge.h"
#include "store/mc-code-list.h"
#include "widgets/mc-conflict-row.h"
#include "widgets/mc-format.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

/* Visits shown before "show all". */
#define FIRST_VISITS 20

struct _McFacilityPanel
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  GtkLabel *name_label;
  GtkLabel *place_label;
  McWrapBox *states;
  GtkToggleButton *facts_tab;
  GtkToggleButton *visits_tab;
  GtkToggleButton *history_tab;
  GtkScrolledWindow *scrolled;
  GtkStack *stack;
  GtkBox *conflicts;
  GtkListBox *facts;
  McHistoryList *recent;
  McHistoryList *history;
  GtkWidget *no_visits_label;
  GtkListBox *visits;
  GtkWidget *all_visits_button;
  GtkLabel *failed_label;
  GtkWidget *visit_button;
  GtkLabel *why_not_label;

  /* Owned. */
  McSession *session;
  McAreaTree *tree;
  char *id;
  GPtrArray *whole;       /* of McRecord: the facility first, then its parts */
  GPtrArray *visit_rows;  /* of McVisitRow */
  GArray *visit_rowids;
  GHashTable *names;      /* id → name, of authorities and areas; labels of fields and of the codes in lists */
  GCancellable *cancellable;
  guint busy;
};

G_DEFINE_FINAL_TYPE (McFacilityPanel, mc_facility_panel, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  CLOSED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
begin (McFacilityPanel *self)
{
  if (self->busy++ == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
end (McFacilityPanel *self)
{
  if (--self->busy == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* TRUE: the answer is of no use any more, or was told as a failure. */
static gboolean
failed (McFacilityPanel *self, const GError *error)
{
  end (self);
  if (!error)
    return self->stack == NULL;
  if (self->stack && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_label (self->failed_label, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  return TRUE;
}

/* --- tabs ------------------------------------------------------------------------------------------------- */

static const char *
chosen_tab (McFacilityPanel *self)
{
  if (gtk_toggle_button_get_active (self->visits_tab))
    return "visits";
  return gtk_toggle_button_get_active (self->history_tab) ? "history" : "facts";
}

static void
tab_cb (McFacilityPanel *self)
{
  const char *tab = chosen_tab (self);
  McStore *store = self->session ? mc_session_get_store (self->session) : NULL;

  gtk_stack_set_visible_child_name (self->stack, tab);
  if (store && strcmp (tab, "history") == 0)
    mc_history_list_set_record (self->history, store, "facility", self->id);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

void
mc_facility_panel_step_tab (McFacilityPanel *self, int step)
{
  GtkToggleButton *tabs[3];
  int now = 0;

  g_return_if_fail (MC_IS_FACILITY_PANEL (self));

  tabs[0] = self->facts_tab;
  tabs[1] = self->visits_tab;
  tabs[2] = self->history_tab;
  for (int i = 0; i < 3; i++)
    if (gtk_toggle_button_get_active (tabs[i]))
      now = i;
  now = (now + step + 3) % 3;
  gtk_toggle_button_set_active (tabs[now], TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (tabs[now]));
}

void
mc_facility_panel_show_tab (McFacilityPanel *self, const char *tab)
{
  g_return_if_fail (MC_IS_FACILITY_PANEL (self) && tab != NULL);

  gtk_toggle_button_set_active (strcmp (tab, "visits") == 0    ? self->visits_tab
                                : strcmp (tab, "history") == 0 ? self->history_tab
                                                               : self->facts_tab,
                                TRUE);
}

/* --- the facts -------------------------------------------------------------------------------------------- */

const McRecord *
mc_facility_panel_get_record (McFacilityPanel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_PANEL (self), NULL);

  return self->whole && self->whole->len > 0 ? self->whole->pdata[0] : NULL;
}

static void
enter_cb (const char *key, gpointer data)
{
  gtk_widget_activate_action (data, "registry.edit", "s", key);
}

static void
conflict_failed_cb (McFacilityPanel *self, const GError *error)
{
  mc_question_show_error (GTK_WIDGET (self), _("The choice was not saved"), error);
}

static void
show_conflicts (McFacilityPanel *self, const McRecord *record)
{
  const McEntity *entity = mc_record_get_entity (record);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->conflicts))))
    gtk_box_remove (self->conflicts, row);
  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (!mc_record_field_in_conflict (record, entity->fields[i].key))
        continue;
      row = mc_conflict_row_new ();
      gtk_box_append (self->conflicts, row);
      g_signal_connect_object (row, "failed", G_CALLBACK (conflict_failed_cb), self, G_CONNECT_SWAPPED);
      mc_conflict_row_set (MC_CONFLICT_ROW (row), mc_session_get_store (self->session), record, entity->fields[i].key);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), gtk_widget_get_first_child (GTK_WIDGET (self->conflicts)) != NULL);
}

static void
add_state (McFacilityPanel *self, GtkWidget *widget)
{
  mc_wrap_box_append (self->states, widget);
}

static guint
count_open_findings (McFacilityPanel *self)
{
  guint n = 0;

  for (guint i = 0; self->visit_rows && i < self->visit_rows->len; i++)
    {
      const McVisitRow *row = self->visit_rows->pdata[i];

      n += row->state & MC_RECORD_SEALED ? row->open_findings : 0;
    }
  return n;
}

static void
show_states (McFacilityPanel *self, const McRecord *record)
{
  const char *status = mc_record_get_text (record, "status"), *grade = mc_record_get_text (record, "grade"), *samples = mc_record_get_text (record, "sample_fields");
  guint n = count_open_findings (self);
  GtkWidget *badge = mc_risk_badge_new (), *tag;

  mc_wrap_box_remove_all (self->states);
  mc_risk_badge_set (MC_RISK_BADGE (badge), mc_record_get_text (record, "credit_risk_class"), FALSE);
  if (g_strcmp0 (samples, "*") == 0)
    {
      tag = gtk_label_new (_("sample"));
      gtk_widget_add_css_class (tag, "mc-tag");
      gtk_widget_set_tooltip_text (tag, _("A generated place, for trying things out"));
      add_state (self, tag);
    }
  add_state (self, badge);
  add_state (self, mc_status_new (MC_STATUS_PLAIN, mc_code_label ("facility-status", status)));
  if (grade)
    add_state (self, mc_status_new (MC_STATUS_PLAIN, mc_code_short_label ("grade", grade)));
  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u open finding", "%u open findings", n), n);

      add_state (self, mc_status_new (MC_STATUS_SOON, text));
    }
}

/* What keeps a check from beginning is said beside the button. */
static void
show_action (McFacilityPanel *self, const McRecord *record)
{
  const char *why_not = NULL;

  if (mc_session_is_read_only (self->session))
    why_not = _("The database is open for reading only.");
  else if (mc_record_get_state (record) & MC_RECORD_UNKNOWN_FIELDS)
    why_not = _("Written by a newer version of this program: update it first.");
  else if (!mc_record_is_null (record, "retired_on"))
    why_not = _("This facility is retired.");
  gtk_widget_set_sensitive (self->visit_button, why_not == NULL);
  gtk_label_set_label (self->why_not_label, why_not ? why_not : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_not_label), why_not != NULL);
}

static void
show_record (McFacilityPanel *self)
{
  const McRecord *record = mc_facility_panel_get_record (self);
  const McArea *area;
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *path = NULL, *place = NULL;
  GDate today;

  if (!record || !self->stack)
    return;
  area = self->tree ? mc_area_tree_find (self->tree, mc_record_get_text (record, "area")) : NULL;
  path = area ? mc_area_get_path (area, NULL) : g_strdup ("");
  place = g_strdup_printf ("%s · %s", mc_code_label ("facility-kind", mc_record_get_text (record, "kind")), path);
  for (guint i = 1; i < self->whole->len; i++)
    if (strcmp (mc_record_get_entity (self->whole->pdata[i])->name, "facility_class") == 0)
      g_ptr_array_add (parts, self->whole->pdata[i]);
  mc_session_get_today (self->session, &today);
  gtk_label_set_label (self->name_label, mc_record_get_text (record, "name"));
  gtk_label_set_label (self->place_label, place);
  show_states (self, record);
  show_conflicts (self, record);
  mc_facility_facts_fill (self->facts, record, parts, self->tree, self->names, &today, !mc_session_is_read_only (self->session), enter_cb, self);
  show_action (self, record);
  gtk_stack_set_visible_child_name (self->stack, chosen_tab (self));
}

/* --- visits ----------------------------------------------------------------------------------------------- */

static void
visit_activated_cb (McFacilityPanel *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);
  const McVisitRow *visit = self->visit_rows && index >= 0 && index < (int) self->visit_rows->len ? self->visit_rows->pdata[index] : NULL;

  if (visit)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", "visit", visit->id);
}

static GtkWidget *
visit_row_new (const McVisitRow *visit)
{
  GtkWidget *row = adw_action_row_new (), *status;
  gboolean finished = (visit->state & MC_RECORD_SEALED) != 0;
  g_autofree char *title = g_strdup_printf ("%s · %s", visit->checked_on, mc_code_label ("visit-type", visit->type));
  g_autofree char *subtitle = g_strdup_printf (_("Lead: %s · %s"), visit->lead_name ? visit->lead_name : "", visit->standard_title ? visit->standard_title : "");

  if (!finished)
    status = mc_status_new (MC_STATUS_BUSY, _("Under way"));
  else if (visit->open_findings > 0)
    {
      g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u open finding", "%u open findings", visit->open_findings), visit->open_findings);

      status = mc_status_new (MC_STATUS_ERROR, text);
    }
  else
    status = mc_status_new (MC_STATUS_LOCKED, mc_code_label ("result-code", visit->result));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), status);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
show_visits (McFacilityPanel *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->visits))))
    gtk_list_box_remove (self->visits, row);
  for (guint i = 0; i < self->visit_rows->len; i++)
    gtk_list_box_append (self->visits, visit_row_new (self->visit_rows->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->visits), self->visit_rows->len > 0);
  gtk_widget_set_visible (self->no_visits_label, self->visit_rows->len == 0);
  gtk_widget_set_visible (self->all_visits_button, self->visit_rowids->len > self->visit_rows->len);
  if (mc_facility_panel_get_record (self))
    show_states (self, mc_facility_panel_get_record (self));
}

static void
visit_rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityPanel) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = mc_visits_load_rows_finish (result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->visit_rows, g_ptr_array_unref);
  self->visit_rows = rows;
  show_visits (self);
}

static void
read_visit_rows (McFacilityPanel *self, guint n)
{
  begin (self);
  mc_visits_load_rows_async (mc_session_get_store (self->session), (const gint64 *) (gpointer) self->visit_rowids->data, n, self->cancellable,
                             visit_rows_cb, g_object_ref (self));
}

static void
all_visits_cb (McFacilityPanel *self)
{
  read_visit_rows (self, self->visit_rowids->len);
}

static void
visits_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityPanel) self = data;
  g_autoptr (GError) error = NULL;
  GArray *rowids = mc_visits_list_finish (result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&rowids, g_array_unref);
      return;
    }
  g_clear_pointer (&self->visit_rowids, g_array_unref);
  self->visit_rowids = rowids;
  read_visit_rows (self, MIN (rowids->len, FIRST_VISITS));
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
authorities_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) authorities = mc_authority_list_finish (result, &error);

  if (failed (self, error))
    return;
  for (guint i = 0; i < authorities->len; i++)
    {
      const McAuthority *authority = authorities->pdata[i];

      g_hash_table_insert (self->names, g_strdup (authority->id), g_strdup (authority->name));
    }
  show_record (self);
}

static void
whole_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityPanel) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *whole = mc_store_load_whole_finish (MC_STORE (source), result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&whole, g_ptr_array_unref);
      return;
    }
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  self->whole = whole;
  show_record (self);
}

static void
load (McFacilityPanel *self)
{
  McStore *store = mc_session_get_store (self->session);
  McVisitQuery query = { .kind = MC_VISIT_LIST_ALL, .facility = self->id };

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!store || !self->id)
    return;
  self->cancellable = g_cancellable_new ();
  begin (self);
  mc_store_load_whole_async (store, "facility", self->id, self->cancellable, whole_cb, g_object_ref (self));
  begin (self);
  mc_authority_list_async (store, self->cancellable, authorities_cb, g_object_ref (self));
  begin (self);
  mc_visits_list_async (store, &query, self->cancellable, visits_listed_cb, g_object_ref (self));
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
close_cb (McFacilityPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
mc_facility_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_FACILITY_PANEL (object)->busy > 0); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_panel_dispose (GObject *object)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_FACILITY_PANEL);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (mc_facility_panel_parent_class)->dispose (object);
}

static void
mc_facility_panel_finalize (GObject *object)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (object);

  g_clear_pointer (&self->tree, mc_area_tree_unref);
  g_clear_pointer (&self->whole, g_ptr_array_unref);
  g_clear_pointer (&self->visit_rows, g_ptr_array_unref);
  g_clear_pointer (&self->visit_rowids, g_array_unref);
  g_hash_table_unref (self->names);
  g_free (self->id);

  G_OBJECT_CLASS (mc_facility_panel_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-facility-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, box);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, place_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, states);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, facts_tab);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, visits_tab);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, history_tab);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, scrolled);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, conflicts);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, recent);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, history);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, no_visits_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, visits);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, all_visits_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, failed_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, visit_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, why_not_label);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, visit_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_visits_cb);
}

static void
mc_facility_panel_class_init (McFacilityPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = mc_facility_panel_get_property;
  object_class->dispose = mc_facility_panel_dispose;
  object_class->finalize = mc_facility_panel_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CLOSED] = g_signal_new ("closed", MC_TYPE_FACILITY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_HISTORY_LIST);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
mc_facility_panel_init (McFacilityPanel *self)
{
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  mc_history_list_set_words (self->recent, self->names);
  mc_history_list_set_words (self->history, self->names);
}

static void
add_name (McFacilityPanel *self, const char *id, const char *name)
{
  g_hash_table_insert (self->names, g_strdup (id), g_strdup (name));
}

/* What the history has beside the names of authorities, which are read. */
static void
name_values (McFacilityPanel *self)
{
  static const char *const entities[] = { "facility", "facility_class" };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      const McEntity *entity = mc_entity_find (entities[i]);

      for (guint j = 0; j < entity->n_fields; j++)
        add_name (self, entity->fields[j].key, _(entity->fields[j].label));
    }
  for (const McCode *const *code = mc_code_list ("facility-field"); *code; code++)
    add_name (self, (*code)->code, (*code)->label);
  for (guint i = 0; self->tree && i < mc_area_tree_get_n_areas (self->tree); i++)
    {
      const McArea *area = mc_area_tree_get (self->tree, i);

      add_name (self, area->id, area->name);
    }
}

void
mc_facility_panel_show (McFacilityPanel *self, McSession *session, McAreaTree *tree, const char *id)
{
  McStore *store;

  g_return_if_fail (MC_IS_FACILITY_PANEL (self) && MC_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_clear_pointer (&self->tree, mc_area_tree_unref);
  self->tree = tree ? mc_area_tree_ref (tree) : NULL;
  if (g_strcmp0 (self->id, id) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (id);
      g_clear_pointer (&self->visit_rows, g_ptr_array_unref);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
    }
  name_values (self);
  store = mc_session_get_store (session);
  load (self); /* before the histories: the names of authorities are read first */
  mc_history_list_set_record (self->recent, store, "facility", id);
  if (store && gtk_toggle_button_get_active (self->history_tab))
    mc_history_list_set_record (self->history, store, "facility", id);
}

const char *
mc_facility_panel_get_id (McFacilityPanel *self)
{
  g_return_val_if_fail (MC_IS_FACILITY_PANEL (self), NULL);

  return self->id;
}

void
mc_facility_panel_records_changed (McFacilityPanel *self, const McChangeSet *changes)
{
  g_return_if_fail (MC_IS_FACILITY_PANEL (self));

  if (self->id && (!changes->records || mc_change_set_has_record (changes, "facility", self->id) || mc_change_set_has_entity (changes, "visit")
                   || mc_change_set_has_entity (changes, "facility_class") || mc_change_set_has_entity (changes, "finding")))
    load (self);
}

void
mc_facility_panel_focus (McFacilityPanel *self)
{
  g_return_if_fail (MC_IS_FACILITY_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (gtk_toggle_button_get_active (self->visits_tab)    ? self->visits_tab
                                     : gtk_toggle_button_get_active (self->history_tab) ? self->history_tab
                                                                                        : self->facts_tab));
}
