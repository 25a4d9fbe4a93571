/* SPDX-License-Identifier: GPL-3.0-or-later
 * The record of one facility: its facts with what should be checked, its visits, its history. */
#include "mc-facility-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mc-authority.h"
#include "mc-facility-class.h"
#include "mc-facility-facts.h"
#include "mc-facility-join-flow.h"
#include "mc-facility-join.h"
#include "mc-facility-search.h"
#include "mc-facility-visits.h"
#include "mc-facility.h"
#include "mc-form-context.h"
#include "mc-risk-badge.h"
#include "store/mc-code-list.h"
#include "widgets/mc-conflict-row.h"
#include "widgets/mc-format.h"
#include "widgets/mc-history-list.h"
#include "widgets/mc-question.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

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
  McFacilityVisits *visits;
  GtkListBox *joined;
  GtkWidget *more_button;
  GtkWidget *notice;
  GtkLabel *notice_label;
  GtkWidget *successor_button;
  GtkLabel *failed_label;
  GtkWidget *visit_button;
  GtkLabel *why_not_label;

  /* Owned. */
  McSession *session;
  McAreaTree *tree;
  char *id;
  GPtrArray *whole;       /* of McRecord: the facility first, then its parts */
  McFacilityTies *ties;   /* with other records; NULL before they are read */
  GtkWidget *chooser;     /* of the record that this one is joined to; a child of the box */
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
  LOCATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
add_name (McFacilityPanel *self, const char *id, const char *name)
{
  g_hash_table_insert (self->names, g_strdup (id), g_strdup (name));
}

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

static void
show_states (McFacilityPanel *self, const McRecord *record)
{
  const char *status = mc_record_get_text (record, "status"), *grade = mc_record_get_text (record, "grade"), *samples = mc_record_get_text (record, "sample_fields");
  guint n = mc_facility_visits_get_n_open_findings (self->visits);
  GtkWidget *badge = mc_risk_badge_new (), *tag;

  mc_wrap_box_remove_all (self->states);
  mc_risk_badge_set (MC_RISK_BADGE (badge), mc_record_get_text (record, "credit_risk_class"));
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

/* What became of a retired record, and the way on or back. */
static void
show_notice (McFacilityPanel *self, const McRecord *record)
{
  const McFacilityTie *successor = self->ties ? self->ties->successor : NULL;
  const char *retired_on = mc_record_get_text (record, "retired_on"), *reason = mc_record_get_text (record, "retired_reason");
  g_autofree char *text = NULL;

  if (successor)
    text = g_strdup_printf (_("This record was found to be the same place as %s. It goes on there, with the checks of both."), successor->name);
  else if (retired_on && reason)
    text = g_strdup_printf (_("Retired on %s: %s"), retired_on, reason);
  else if (retired_on)
    text = g_strdup_printf (_("Retired on %s"), retired_on);
  gtk_label_set_label (self->notice_label, text ? text : "");
  gtk_widget_set_visible (self->notice, text != NULL);
  gtk_widget_set_visible (self->successor_button, successor != NULL);
}

static void
show_ties (McFacilityPanel *self, const McRecord *record)
{
  gboolean can_write = !mc_session_is_read_only (self->session) && !(mc_record_get_state (record) & MC_RECORD_UNKNOWN_FIELDS);
  gboolean retired = !mc_record_is_null (record, "retired_on") || !mc_record_is_null (record, "same_as");
  guint n = self->ties ? self->ties->joined->len : 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->joined))))
    gtk_list_box_remove (self->joined, row);
  for (guint i = 0; i < n; i++)
    {
      const McFacilityTie *tie = self->ties->joined->pdata[i];
      g_autofree char *since = tie->retired_on ? g_strdup_printf (_("the same place, joined on %s"), tie->retired_on) : g_strdup (_("the same place"));

      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), tie->name);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), since);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->joined, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->joined), n > 0);
  show_notice (self, record);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "facility.join", can_write && !retired);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "facility.separate", can_write && retired);
}

static void
joined_activated_cb (McFacilityPanel *self, GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);

  if (self->ties && index >= 0 && index < (int) self->ties->joined->len)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "(ss)", "facility", ((const McFacilityTie *) self->ties->joined->pdata[index])->id);
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
    if (strcmp (mc_record_get_entity (self->whole->pdata[i])->name, "facility_class") == 0 && !mc_facility_class_is_empty (self->whole->pdata[i]))
      g_ptr_array_add (parts, self->whole->pdata[i]);
  mc_session_get_today (self->session, &today);
  gtk_label_set_label (self->name_label, mc_record_get_text (record, "name"));
  gtk_label_set_label (self->place_label, place);
  show_states (self, record);
  show_conflicts (self, record);
  mc_facility_facts_fill (self->facts, record, parts, self->tree, self->names, &today, !mc_session_is_read_only (self->session), enter_cb, self);
  show_action (self, record);
  show_ties (self, record);
  gtk_stack_set_visible_child_name (self->stack, chosen_tab (self));
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
visits_cb (McFacilityPanel *self)
{
  if (mc_facility_panel_get_record (self))
    show_states (self, mc_facility_panel_get_record (self));
}

static void
visits_failed_cb (McFacilityPanel *self, GError *error)
{
  gtk_label_set_label (self->failed_label, error->message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
visits_busy_cb (McFacilityPanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
name_ties (McFacilityPanel *self)
{
  if (self->ties->successor)
    add_name (self, self->ties->successor->id, self->ties->successor->name);
  for (guint i = 0; i < self->ties->joined->len; i++)
    {
      const McFacilityTie *tie = self->ties->joined->pdata[i];

      add_name (self, tie->id, tie->name);
    }
}

static void
ties_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McFacilityPanel) self = data;
  g_autoptr (GError) error = NULL;
  McFacilityTies *ties = mc_facility_ties_load_finish (result, &error);

  if (failed (self, error))
    {
      g_clear_pointer (&ties, mc_facility_ties_free);
      return;
    }
  g_clear_pointer (&self->ties, mc_facility_ties_free);
  self->ties = ties;
  name_ties (self);
  mc_facility_visits_load (self->visits, mc_session_get_store (self->session), self->id, ties->joined);
  if (mc_facility_panel_get_record (self))
    show_ties (self, mc_facility_panel_get_record (self));
  g_signal_emit (self, signals[LOCATED], 0, ties->rowid);
}

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

      add_name (self, authority->id, authority->name);
    }
  show_record (self);
}

/* The history says of which classes its entries are. */
static void
name_parts (McFacilityPanel *self)
{
  for (guint i = 1; i < self->whole->len; i++)
    if (strcmp (mc_record_get_entity (self->whole->pdata[i])->name, "facility_class") == 0)
      add_name (self, mc_record_get_id (self->whole->pdata[i]), mc_code_label ("class-kind", mc_record_get_text (self->whole->pdata[i], "class_kind")));
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
  name_parts (self);
  show_record (self);
}

static void
load (McFacilityPanel *self)
{
  McStore *store = mc_session_get_store (self->session);

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
  mc_facility_ties_load_async (store, self->id, self->cancellable, ties_cb, g_object_ref (self));
}

/* --- the same place --------------------------------------------------------------------------------------- */

static void
into_chosen_cb (McFacilityPanel *self, const char *id)
{
  const McRecord *record = mc_facility_panel_get_record (self);

  if (record && id)
    mc_facility_join_flow (GTK_WIDGET (self), self->session, self->tree, record, id);
}

static void
drop_chooser (McFacilityPanel *self)
{
  g_clear_pointer (&self->chooser, gtk_widget_unparent);
}

static void
join_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (widget);
  graphene_rect_t bounds;

  drop_chooser (self);
  if (!gtk_widget_compute_bounds (self->more_button, self->box, &bounds))
    return;
  self->chooser = mc_record_chooser_new (_("The record that is kept: name, code or pinyin initials"));
  mc_facility_search_attach (MC_RECORD_CHOOSER (self->chooser), mc_session_get_store (self->session), self->tree, MC_FACILITY_SEARCH_PLACES, self->id);
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (into_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->chooser, self->box);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->chooser));
}

static void
separate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (widget);

  if (mc_facility_panel_get_record (self))
    mc_facility_separate_flow (widget, self->session, mc_facility_panel_get_record (self));
}

static void
open_successor_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (widget);

  if (self->ties && self->ties->successor)
    gtk_widget_activate_action (widget, "win.open-record", "(ss)", "facility", self->ties->successor->id);
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
close_cb (McFacilityPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
is_reading_visits (McFacilityPanel *self)
{
  gboolean busy = FALSE;

  if (self->visits)
    g_object_get (self->visits, "busy", &busy, NULL);
  return busy;
}

static void
mc_facility_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY: g_value_set_boolean (value, MC_FACILITY_PANEL (object)->busy > 0 || is_reading_visits (MC_FACILITY_PANEL (object))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mc_facility_panel_dispose (GObject *object)
{
  McFacilityPanel *self = MC_FACILITY_PANEL (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  drop_chooser (self);
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
  g_clear_pointer (&self->ties, mc_facility_ties_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
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
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, visits);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, joined);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, more_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, notice);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, notice_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, successor_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, failed_label);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, visit_button);
  gtk_widget_class_bind_template_child (widget_class, McFacilityPanel, why_not_label);
  gtk_widget_class_bind_template_callback (widget_class, tab_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, joined_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, visits_cb);
  gtk_widget_class_bind_template_callback (widget_class, visits_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, visits_busy_cb);
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
  signals[LOCATED] = g_signal_new ("located", MC_TYPE_FACILITY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", MC_TYPE_FACILITY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "facility.join", NULL, join_cb);
  gtk_widget_class_install_action (widget_class, "facility.separate", NULL, separate_cb);
  gtk_widget_class_install_action (widget_class, "facility.open-successor", NULL, open_successor_cb);
  g_type_ensure (MC_TYPE_FACILITY_VISITS);
  g_type_ensure (MC_TYPE_HISTORY_LIST);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
mc_facility_panel_init (McFacilityPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What values and history have beside the names of authorities and parts, which are read. */
static void
name_values (McFacilityPanel *self)
{
  g_clear_pointer (&self->names, g_hash_table_unref);
  self->names = mc_form_names_new (self->tree, "facility");
  mc_history_list_set_words (self->recent, self->names);
  mc_history_list_set_words (self->history, self->names);
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
      g_clear_pointer (&self->ties, mc_facility_ties_free);
      g_clear_pointer (&self->whole, g_ptr_array_unref);
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
