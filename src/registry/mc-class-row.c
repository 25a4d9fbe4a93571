/* SPDX-License-Identifier: GPL-3.0-or-later
 * The row of a form for the classes of one kind: how many, with how many children and carers. */
#include "mc-class-row.h"

#include <glib/gi18n.h>

#include "mc-facility-class.h"
#include "mc-field-value.h"
#include "mc-message-row.h"
#include "store/mc-code-list.h"
#include "widgets/mc-wrap-box.h"

static const char *const keys[] = { "classes", "children", "carers" };

struct _McClassRow
{
  GObject parent_instance;

  char *class_kind;
  McRecord *base;
  GtkWidget *row; /* borrowed from the group */
  GtkWidget *entries[G_N_ELEMENTS (keys)];
  McMessageRow *message;
};

G_DEFINE_FINAL_TYPE (McClassRow, mc_class_row, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (McClassRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
mc_class_row_finalize (GObject *object)
{
  McClassRow *self = MC_CLASS_ROW (object);

  g_clear_pointer (&self->base, mc_record_free);
  g_free (self->class_kind);

  G_OBJECT_CLASS (mc_class_row_parent_class)->finalize (object);
}

static void
mc_class_row_class_init (McClassRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_class_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", MC_TYPE_CLASS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_class_row_init (McClassRow *self)
{
}

static GtkWidget *
number_new (McClassRow *self, guint i, const char *kind)
{
  const McField *field = mc_entity_field (mc_entity_find ("facility_class"), keys[i]);
  g_autofree char *text = self->base ? mc_field_value_to_text (field, mc_record_get (self->base, field->key)) : NULL;
  g_autofree char *name = g_strdup_printf (_("%s: %s"), kind, _(field->label));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (_(field->label));

  self->entries[i] = g_object_new (GTK_TYPE_ENTRY, "text", text ? text : "", "width-chars", 5, "max-width-chars", 5, "xalign", 1.0, "input-purpose", GTK_INPUT_PURPOSE_DIGITS,
                                   "input-hints", GTK_INPUT_HINT_NO_EMOJI, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entries[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->entries[i], "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->entries[i]);
  return box;
}

McClassRow *
mc_class_row_new (AdwPreferencesGroup *group, const char *class_kind, const McRecord *part)
{
  McClassRow *self = g_object_new (MC_TYPE_CLASS_ROW, NULL);
  const char *kind = mc_code_label ("class-kind", class_kind);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *numbers = mc_wrap_box_new (18, 6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", kind, "xalign", 0.0, "wrap", TRUE, NULL);

  self->class_kind = g_strdup (class_kind);
  self->base = part ? mc_record_copy (part) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    mc_wrap_box_append (MC_WRAP_BOX (numbers), number_new (self, i, kind));
  gtk_widget_add_css_class (box, "mc-fact");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), numbers);
  self->row = g_object_new (ADW_TYPE_PREFERENCES_ROW, "title", kind, "child", box, "activatable", FALSE, "focusable", FALSE, NULL);
  self->message = MC_MESSAGE_ROW (mc_message_row_new ());
  adw_preferences_group_add (group, self->row);
  adw_preferences_group_add (group, GTK_WIDGET (self->message));
  return self;
}

McRecord *
mc_class_row_get_part (McClassRow *self, const char *facility, GPtrArray *problems)
{
  const McEntity *entity = mc_entity_find ("facility_class");
  g_autoptr (McRecord) part = NULL;
  g_autoptr (GPtrArray) wrong = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (MC_IS_CLASS_ROW (self) && facility != NULL && problems != NULL, NULL);

  id = mc_facility_class_id_for (facility, self->class_kind);
  part = self->base ? mc_record_copy (self->base) : mc_record_new (entity, id);
  mc_record_set_text (part, "facility", facility);
  mc_record_set_text (part, "class_kind", self->class_kind);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    mc_field_value_take (mc_entity_field (entity, keys[i]), gtk_editable_get_text (GTK_EDITABLE (self->entries[i])), part, problems);
  wrong = mc_facility_class_check (part);
  for (guint i = 0; i < wrong->len; i++)
    g_ptr_array_add (problems, g_steal_pointer (&wrong->pdata[i]));
  if (!self->base && mc_facility_class_is_empty (part))
    return NULL;
  return g_steal_pointer (&part);
}

const McRecord *
mc_class_row_get_base (McClassRow *self)
{
  g_return_val_if_fail (MC_IS_CLASS_ROW (self), NULL);

  return self->base;
}

void
mc_class_row_set_problems (McClassRow *self, const GPtrArray *problems)
{
  const McProblem *first = NULL;

  g_return_if_fail (MC_IS_CLASS_ROW (self));

  for (guint i = 0; problems && i < G_N_ELEMENTS (keys); i++)
    {
      const McProblem *problem = mc_problems_find (problems, keys[i]);

      if (problem && (!first || (first->level != MC_PROBLEM_ERROR && problem->level == MC_PROBLEM_ERROR)))
        first = problem;
    }
  mc_message_row_set (self->message, self->row, first);
}

void
mc_class_row_focus (McClassRow *self)
{
  g_return_if_fail (MC_IS_CLASS_ROW (self));

  gtk_widget_grab_focus (self->entries[0]);
}
