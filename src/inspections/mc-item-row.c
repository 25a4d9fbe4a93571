/* SPDX-License-Identifier: GPL-3.0-or-later
 * One item of the checklist: its text, the last answer, the answer buttons, and below them note and finding. */
#include "mc-item-row.h"

#include <glib/gi18n.h>

#include "mc-item-details.h"
#include "widgets/mc-answer-buttons.h"
#include "widgets/mc-status.h"

struct _McItemRow
{
  GtkListBoxRow parent_instance;

  /* Template */
  GtkBox *box;
  GtkBox *line;
  GtkLabel *code_label;
  GtkLabel *text_label;
  GtkLabel *plain_label;
  GtkWidget *previous_box;
  McStatus *previous_status;
  McAnswerButtons *buttons;

  /* Borrowed */
  McItemDetails *details; /* a child; NULL until it is needed */
  GtkWidget *details_line;
  GtkWidget *details_indent;
  const McItem *item;

  /* Owned */
  McStandard *standard;
  McVisit *visit;
  GtkSizeGroup *codes;
  gboolean editable;
  gboolean narrow;
  gboolean note_open;
};

G_DEFINE_FINAL_TYPE (McItemRow, mc_item_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ANSWERED,
  NOTE_CHANGED,
  FINDING_CHANGED,
  NEXT_ITEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static McAnswerTone
tone_of (McAnswerMeaning meaning)
{
  switch (meaning)
    {
    case MC_ANSWER_CONFORM:
      return MC_ANSWER_GOOD;
    case MC_ANSWER_NONCONFORM:
      return MC_ANSWER_BAD;
    case MC_ANSWER_NOT_APPLICABLE:
      return MC_ANSWER_NEUTRAL;
    case MC_ANSWER_NONE:
    case MC_ANSWER_NOT_CHECKED:
    case MC_ANSWER_VALUE:
    default:
      return MC_ANSWER_OPEN;
    }
}

static McStatusKind
status_of (McAnswerMeaning meaning)
{
  switch (meaning)
    {
    case MC_ANSWER_CONFORM:
      return MC_STATUS_OK;
    case MC_ANSWER_NONCONFORM:
      return MC_STATUS_ERROR;
    case MC_ANSWER_NOT_APPLICABLE:
      return MC_STATUS_NOT_APPLICABLE;
    case MC_ANSWER_NONE:
    case MC_ANSWER_NOT_CHECKED:
    case MC_ANSWER_VALUE:
    default:
      return MC_STATUS_UNKNOWN;
    }
}

static void
set_choices (McItemRow *self)
{
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (self->standard, &n);
  g_autofree McAnswerChoice *choices = g_new0 (McAnswerChoice, n);

  for (guint i = 0; i < n; i++)
    choices[i] = (McAnswerChoice) { answers[i].code, answers[i].label, tone_of (answers[i].meaning) };
  mc_answer_buttons_set_choices (self->buttons, choices, n);
}

/* TRUE while the focus is in a text of the row: keys belong to it, and to the input method. */
static gboolean
focus_is_in_text (McItemRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

static void
forward_note_cb (McItemRow *self, const char *note)
{
  g_signal_emit (self, signals[NOTE_CHANGED], 0, note);
}

static void
forward_finding_cb (McItemRow *self, const char *key, McValue *value)
{
  g_signal_emit (self, signals[FINDING_CHANGED], 0, key, value);
}

static void
forward_next_cb (McItemRow *self)
{
  g_signal_emit (self, signals[NEXT_ITEM], 0);
}

static void
ensure_details (McItemRow *self)
{
  if (self->details)
    return;
  self->details = MC_ITEM_DETAILS (mc_item_details_new (self->item));
  g_signal_connect_object (self->details, "note-changed", G_CALLBACK (forward_note_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "finding-changed", G_CALLBACK (forward_finding_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "next-item", G_CALLBACK (forward_next_cb), self, G_CONNECT_SWAPPED);
  mc_item_details_set_narrow (self->details, self->narrow);
  self->details_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->details_indent = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_visible (self->details_indent, !self->narrow);
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), TRUE);
  if (self->codes)
    gtk_size_group_add_widget (self->codes, self->details_indent);
  gtk_box_append (GTK_BOX (self->details_line), self->details_indent);
  gtk_box_append (GTK_BOX (self->details_line), GTK_WIDGET (self->details));
  gtk_box_append (self->box, self->details_line);
}

/* A note or an open finding shows by itself; an empty note only once it was opened. */
static void
show_details (McItemRow *self)
{
  const McRecord *finding = self->visit ? mc_visit_get_finding (self->visit, self->item->code) : NULL;
  gboolean open = self->note_open || (self->visit && mc_visit_get_note (self->visit, self->item->code))
                  || (finding && mc_finding_is_open (finding));

  if (open)
    ensure_details (self);
  if (!self->details)
    return;
  gtk_widget_set_visible (self->details_line, open);
  if (open && self->visit)
    mc_item_details_update (self->details, self->visit, self->editable);
}

/* --- keys -------------------------------------------------------------------------------------------------- */

static gboolean
key_pressed_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, McItemRow *self)
{
  int index;

  if (!self->editable || focus_is_in_text (self))
    return GDK_EVENT_PROPAGATE;
  index = mc_answer_key_index (keyval, state);
  if (index >= 0)
    return mc_answer_buttons_choose (self->buttons, (guint) index);
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_F2 || ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && gtk_widget_is_focus (GTK_WIDGET (self))))
    {
      mc_item_row_open_note (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
answered_cb (McItemRow *self, const char *value)
{
  gboolean bad = mc_standard_read_answer (self->standard, self->item, value) == MC_ANSWER_NONCONFORM;

  g_signal_emit (self, signals[ANSWERED], 0, value, !bad);
  if (bad)
    mc_item_row_open_note (self);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_item_row_dispose (GObject *object)
{
  McItemRow *self = MC_ITEM_ROW (object);

  self->details = NULL;
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL); /* the row would unparent it a second time */
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_ITEM_ROW);
  g_clear_object (&self->codes);
  g_clear_pointer (&self->visit, mc_visit_unref);
  g_clear_pointer (&self->standard, mc_standard_unref);
  G_OBJECT_CLASS (mc_item_row_parent_class)->dispose (object);
}

static void
mc_item_row_class_init (McItemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_item_row_dispose;
  signals[ANSWERED] = g_signal_new ("answered", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[NOTE_CHANGED] = g_signal_new ("note-changed", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FINDING_CHANGED] = g_signal_new ("finding-changed", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[NEXT_ITEM] = g_signal_new ("next-item", MC_TYPE_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_ANSWER_BUTTONS);
  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-item-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McItemRow, box);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, line);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, code_label);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, plain_label);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, previous_box);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, previous_status);
  gtk_widget_class_bind_template_child (widget_class, McItemRow, buttons);
  gtk_widget_class_bind_template_callback (widget_class, answered_cb);
}

static void
mc_item_row_init (McItemRow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
mc_item_row_new (McStandard *standard, const McItem *item)
{
  McItemRow *self = g_object_new (MC_TYPE_ITEM_ROW, NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", item->code, item->text);

  self->standard = mc_standard_ref (standard);
  self->item = item;
  gtk_label_set_label (self->code_label, item->code);
  gtk_label_set_label (self->text_label, item->text);
  gtk_label_set_label (self->plain_label, item->plain);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set (self->buttons, "item-label", item->code, NULL);
  set_choices (self);
  return GTK_WIDGET (self);
}

const McItem *
mc_item_row_get_item (McItemRow *self)
{
  return self->item;
}

void
mc_item_row_set_previous (McItemRow *self, const McPreviousAnswer *previous)
{
  gtk_widget_set_visible (self->previous_box, previous != NULL);
  if (previous)
    mc_status_set (self->previous_status, status_of (previous->meaning), *previous->label ? previous->label : _("Not answered"));
}

void
mc_item_row_update (McItemRow *self, const McVisit *visit, gboolean editable, gboolean saved)
{
  const char *value = mc_visit_get_value (visit, self->item->code);
  gboolean bad = mc_standard_read_answer (self->standard, self->item, value) == MC_ANSWER_NONCONFORM;
  g_autofree char *said = NULL;

  mc_visit_ref ((McVisit *) visit);
  g_clear_pointer (&self->visit, mc_visit_unref);
  self->visit = (McVisit *) visit;
  self->editable = editable;
  mc_answer_buttons_set_value (self->buttons, value);
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), editable);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self), "mc-nonconform");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "mc-nonconform");
  said = value ? g_strdup_printf ("%s. %s", mc_standard_answer_label (self->standard, self->item, value), saved ? _("Saved") : _("Saving"))
               : g_strdup (_("Not answered"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  show_details (self);
}

void
mc_item_row_join_columns (McItemRow *self, GtkSizeGroup *codes, GtkSizeGroup *previous)
{
  g_set_object (&self->codes, codes);
  gtk_size_group_add_widget (codes, GTK_WIDGET (self->code_label));
  gtk_size_group_add_widget (previous, self->previous_box);
}

static void
set_class (McItemRow *self, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), css_class);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), css_class);
}

void
mc_item_row_set_first (McItemRow *self, gboolean first)
{
  set_class (self, "mc-first", first);
}

void
mc_item_row_set_last (McItemRow *self, gboolean last)
{
  set_class (self, "mc-last", last);
}

void
mc_item_row_set_narrow (McItemRow *self, gboolean narrow)
{
  self->narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->line), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_halign (GTK_WIDGET (self->buttons), narrow ? GTK_ALIGN_START : GTK_ALIGN_END);
  if (!self->details)
    return;
  gtk_widget_set_visible (self->details_indent, !narrow);
  mc_item_details_set_narrow (self->details, narrow);
}

void
mc_item_row_set_plain (McItemRow *self, gboolean plain)
{
  gtk_widget_set_visible (GTK_WIDGET (self->plain_label), plain && self->item->plain);
}

void
mc_item_row_open_note (McItemRow *self)
{
  self->note_open = TRUE;
  show_details (self);
  mc_item_details_focus_note (self->details);
}

void
mc_item_row_flush (McItemRow *self)
{
  if (self->details)
    mc_item_details_flush (self->details);
}
