/* SPDX-License-Identifier: GPL-3.0-or-later
 * What opens below an item of the checklist: its note, and its finding if it does not conform. */
#include "mc-item-details.h"

#include <glib/gi18n.h>
#include <string.h>

#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-format.h"
#include "widgets/mc-typed-text.h"
#include "widgets/mc-unverified.h"
#include "widgets/mc-wrap-box.h"

struct _McItemDetails
{
  GtkWidget parent_instance;

  /* Template */
  GtkBox *box;
  GtkTextView *note_view;
  GtkLabel *note_label;
  GtkWidget *finding_box;
  GtkLabel *description_label;
  GtkLabel *basis_label;
  McUnverified *unverified;
  GtkLabel *competent_label;
  GtkBox *severity_box;
  GtkDropDown *way_dropdown;
  GtkWidget *deadline_box;
  GtkSpinButton *days_spin;
  GtkLabel *deadline_label;

  /* Borrowed */
  const McItem *item;

  /* Owned */
  McTypedText *note;
  char *checked_on;
  const char **ways;       /* codes that may be taken; the codes are static */
  GPtrArray *severities;   /* of GtkToggleButton, in the order of the code list; borrowed */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (McItemDetails, mc_item_details, GTK_TYPE_WIDGET)

enum
{
  NOTE_CHANGED,
  FINDING_CHANGED,
  NEXT_ITEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_finding (McItemDetails *self, const char *key, const char *text)
{
  g_auto (McValue) value = MC_VALUE_INIT;

  if (text && *text)
    mc_value_init_text (&value, text);
  g_signal_emit (self, signals[FINDING_CHANGED], 0, key, &value);
}

static void
show_ways (McItemDetails *self, const McRecord *finding, const char *own_kind)
{
  const char *way = mc_record_get_text (finding, "way");
  const char **ways = mc_finding_ways (mc_record_get_text (finding, "competent"), own_kind, mc_record_get_text (finding, "severity"));
  gboolean same = self->ways && g_strv_equal ((const char *const *) self->ways, (const char *const *) ways);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint chosen = 0;

  g_free (self->ways);
  self->ways = ways;
  gtk_string_list_append (labels, _("Please choose"));
  for (guint i = 0; self->ways[i]; i++)
    {
      gtk_string_list_append (labels, mc_code_label ("finding-way", self->ways[i]));
      if (g_strcmp0 (self->ways[i], way) == 0)
        chosen = i + 1;
    }
  /* Not while the person chooses: GtkDropDown 4.8 goes on using the row that a new model takes away. */
  if (!same)
    gtk_drop_down_set_model (self->way_dropdown, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->way_dropdown, chosen);
  gtk_widget_set_visible (self->deadline_box, way && mc_finding_way_needs_deadline (way));
}

static void
show_deadline (McItemDetails *self, const McRecord *finding)
{
  const char *deadline = mc_record_get_text (finding, "deadline_on");
  g_autofree char *text = NULL;
  int days = 0;

  if (deadline && mc_finding_days_left (finding, mc_working_days_get_builtin (), self->checked_on, &days) && days > 0)
    gtk_spin_button_set_value (self->days_spin, days);
  else if (!deadline)
    gtk_spin_button_set_value (self->days_spin, 0);
  if (deadline)
    {
      g_autoptr (GDate) day = g_date_new ();
      g_autofree char *date = mc_format_date (deadline);
      g_autofree char *weekday = NULL;

      if (mc_iso_date_parse (deadline, day))
        weekday = mc_format_weekday (day);
      text = g_strdup_printf ("%s %s", date, weekday ? weekday : "");
    }
  gtk_label_set_label (self->deadline_label, text ? text : _("No day is set yet"));
}

static void
show_finding (McItemDetails *self, const McRecord *finding, const char *own_kind, const char *note)
{
  const char *description = mc_record_get_text (finding, "description");
  gboolean other = description && g_strcmp0 (description, note) != 0; /* somebody worded the finding apart from the note */
  const char *competent = mc_record_get_text (finding, "competent");
  const char *basis = mc_record_get_text (finding, "basis");
  const char *severity = mc_record_get_text (finding, "severity");
  const McCode *const *codes = mc_code_list ("severity");
  g_autofree char *who = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->description_label), other);
  if (other)
    gtk_label_set_label (self->description_label, description);
  gtk_label_set_label (self->basis_label, basis ? basis : _("No basis given"));
  if (g_strcmp0 (competent, own_kind) == 0)
    who = g_strdup (_("Competent: this authority"));
  else
    who = g_strdup_printf (_("Competent: %s. Urge correction and refer in writing; no order of one's own."),
                           mc_code_label ("authority-kind", competent));
  gtk_label_set_label (self->competent_label, who);
  for (guint i = 0; i < self->severities->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->severities, i), g_strcmp0 (codes[i]->code, severity) == 0);
  show_ways (self, finding, own_kind);
  show_deadline (self, finding);
}

/* --- callbacks --------------------------------------------------------------------------------------------- */

static void
note_typed_cb (McItemDetails *self, const char *note)
{
  g_signal_emit (self, signals[NOTE_CHANGED], 0, note);
}

/* The controller runs before the text's own, and before the input method: while a composition is open the key does nothing and the composition stays. */
static gboolean
next_item_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McItemDetails *self = data;

  if (mc_typed_text_is_composing (self->note))
    return TRUE;
  mc_item_details_flush (self);
  g_signal_emit (self, signals[NEXT_ITEM], 0);
  return TRUE;
}

static gboolean
print_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McItemDetails *self = data;

  if (!mc_typed_text_is_composing (self->note))
    gtk_widget_activate_action (GTK_WIDGET (self), "visit.print", NULL);
  return TRUE;
}

static gboolean
phrases_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  McItemDetails *self = data;

  if (!mc_typed_text_is_composing (self->note) && gtk_text_view_get_editable (self->note_view))
    gtk_widget_activate_action (GTK_WIDGET (self), "visit.phrases", "s", self->item->code);
  return TRUE;
}

static void
severity_toggled_cb (GtkToggleButton *button, McItemDetails *self)
{
  guint index;

  if (self->updating || !gtk_toggle_button_get_active (button) || !g_ptr_array_find (self->severities, button, &index))
    return;
  emit_finding (self, "severity", mc_code_list ("severity")[index]->code);
}

static void
way_selected_cb (McItemDetails *self)
{
  guint selected = gtk_drop_down_get_selected (self->way_dropdown);

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  emit_finding (self, "way", selected == 0 ? NULL : self->ways[selected - 1]);
}

static void
days_changed_cb (McItemDetails *self)
{
  int days = gtk_spin_button_get_value_as_int (self->days_spin);
  g_autofree char *deadline = NULL;

  if (self->updating)
    return;
  if (days > 0)
    deadline = mc_finding_deadline (mc_working_days_get_builtin (), self->checked_on, (guint) days);
  if (days > 0 && !deadline)
    {
      gtk_label_set_label (self->deadline_label, _("Unknown: the table of holidays does not reach so far"));
      return;
    }
  emit_finding (self, "deadline_on", deadline);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
add_severities (McItemDetails *self)
{
  const McCode *const *codes = mc_code_list ("severity");
  GtkToggleButton *first = NULL;

  for (guint i = 0; codes[i]; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (codes[i]->label);

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      first = first ? first : GTK_TOGGLE_BUTTON (button);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, codes[i]->label, -1);
      g_signal_connect (button, "toggled", G_CALLBACK (severity_toggled_cb), self);
      gtk_box_append (self->severity_box, button);
      g_ptr_array_add (self->severities, button);
    }
}

static void
add_shortcuts (McItemDetails *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                                                                       gtk_keyval_trigger_new (GDK_KEY_KP_Enter, GDK_CONTROL_MASK)),
                                                          gtk_callback_action_new (next_item_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_p, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (print_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_k, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (phrases_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->note_view), controller);
}

static void
mc_item_details_dispose (GObject *object)
{
  McItemDetails *self = MC_ITEM_DETAILS (object);

  g_clear_object (&self->note);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_ITEM_DETAILS);
  G_OBJECT_CLASS (mc_item_details_parent_class)->dispose (object);
}

static void
mc_item_details_finalize (GObject *object)
{
  McItemDetails *self = MC_ITEM_DETAILS (object);

  g_free (self->checked_on);
  g_free (self->ways);
  g_ptr_array_unref (self->severities);
  G_OBJECT_CLASS (mc_item_details_parent_class)->finalize (object);
}

static void
mc_item_details_class_init (McItemDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mc_item_details_dispose;
  object_class->finalize = mc_item_details_finalize;
  signals[NOTE_CHANGED] = g_signal_new ("note-changed", MC_TYPE_ITEM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FINDING_CHANGED] = g_signal_new ("finding-changed", MC_TYPE_ITEM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[NEXT_ITEM] = g_signal_new ("next-item", MC_TYPE_ITEM_DETAILS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_UNVERIFIED);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-item-details.ui");
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, box);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, note_view);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, note_label);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, finding_box);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, basis_label);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, description_label);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, unverified);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, competent_label);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, severity_box);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, way_dropdown);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, deadline_box);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, days_spin);
  gtk_widget_class_bind_template_child (widget_class, McItemDetails, deadline_label);
  gtk_widget_class_bind_template_callback (widget_class, way_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, days_changed_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_item_details_init (McItemDetails *self)
{
  self->severities = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_severities (self);
  add_shortcuts (self);
  self->note = mc_typed_text_new (GTK_WIDGET (self->note_view));
  g_signal_connect_object (self->note, "typed", G_CALLBACK (note_typed_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
mc_item_details_new (const McItem *item)
{
  McItemDetails *self = g_object_new (MC_TYPE_ITEM_DETAILS, NULL);
  g_autofree char *name = g_strdup_printf (_("Note on %s"), item->code);

  self->item = item;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->note_view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
mc_item_details_update (McItemDetails *self, const McVisit *visit, gboolean editable)
{
  const McRecord *finding = mc_visit_get_finding (visit, self->item->code);
  gboolean open = finding && mc_finding_is_open (finding);
  g_autofree char *source = mc_basis_is_unverified (&self->item->basis[0]) ? mc_basis_to_text (&self->item->basis[0]) : NULL;

  self->updating = TRUE;
  g_free (self->checked_on);
  self->checked_on = g_strdup (mc_record_get_text (mc_visit_get_record (visit), "checked_on"));
  mc_typed_text_show (self->note, mc_visit_get_note (visit, self->item->code));
  gtk_text_view_set_editable (self->note_view, editable);
  gtk_text_view_set_cursor_visible (self->note_view, editable);
  gtk_label_set_label (self->note_label, open ? _("What was found") : _("Note"));
  gtk_widget_set_visible (self->finding_box, open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->severity_box), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->way_dropdown), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->days_spin), editable);
  mc_unverified_set_source (self->unverified, source);
  if (open)
    show_finding (self, finding, mc_visit_get_own_kind_for (visit, mc_record_get_text (finding, "competent")), mc_visit_get_note (visit, self->item->code));
  self->updating = FALSE;
}

void
mc_item_details_set_narrow (McItemDetails *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->box, !narrow);
}

void
mc_item_details_focus_note (McItemDetails *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->note_view));
}

gboolean
mc_item_details_has_focus (McItemDetails *self)
{
  return (gtk_widget_get_state_flags (GTK_WIDGET (self)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

void
mc_item_details_flush (McItemDetails *self)
{
  mc_typed_text_flush (self->note);
}
