/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line of an item: its code and text, what the last visit said, and the answer buttons. */
#include "mc-item-line.h"

#include <glib/gi18n.h>

#include "widgets/mc-status.h"
#include "widgets/mc-unverified.h"
#include "widgets/mc-wrap-box.h"

struct _McItemLine
{
  GtkWidget parent_instance;

  /* Template */
  GtkBox *box;
  GtkBox *line;
  GtkBox *texts;
  GtkLabel *code_label;
  GtkLabel *text_label;
  GtkLabel *plain_label;
  GtkWidget *previous_box;
  GtkLabel *previous_label;
  McStatus *previous_status;
  McAnswerButtons *buttons;

  /* Borrowed */
  const McItem *item;
  GtkWidget *basis_box; /* a child; NULL until the item is alone on the page */
};

G_DEFINE_FINAL_TYPE (McItemLine, mc_item_line, GTK_TYPE_WIDGET)

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
set_choices (McItemLine *self, McStandard *standard)
{
  guint n;
  const McAnswerLabel *answers = mc_standard_get_answers (standard, &n);
  g_autofree McAnswerChoice *choices = g_new0 (McAnswerChoice, n);

  for (guint i = 0; i < n; i++)
    choices[i] = (McAnswerChoice) { answers[i].code, answers[i].label, tone_of (answers[i].meaning) };
  mc_answer_buttons_set_choices (self->buttons, choices, n);
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static GtkWidget *
make_basis (const McItem *item)
{
  GtkWidget *box = mc_wrap_box_new (8, 4);
  g_autofree char *text = mc_basis_to_text (&item->basis[0]);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  mc_wrap_box_append (MC_WRAP_BOX (box), label);
  if (mc_basis_is_unverified (&item->basis[0]))
    {
      GtkWidget *unverified = g_object_new (MC_TYPE_UNVERIFIED, NULL);

      mc_unverified_set_source (MC_UNVERIFIED (unverified), text);
      mc_wrap_box_append (MC_WRAP_BOX (box), unverified);
    }
  return box;
}

static void
show_basis (McItemLine *self, gboolean large)
{
  if (large && !self->basis_box)
    {
      self->basis_box = make_basis (self->item);
      gtk_box_append (self->texts, self->basis_box);
    }
  if (self->basis_box)
    gtk_widget_set_visible (self->basis_box, large);
}

/* What the last visit said stands beside the texts, or below them. */
static void
place_previous (McItemLine *self, gboolean below)
{
  GtkBox *from = GTK_BOX (gtk_widget_get_parent (self->previous_box)), *to = below ? self->texts : self->line;

  if (from == to)
    return;
  g_object_ref (self->previous_box);
  gtk_box_remove (from, self->previous_box);
  gtk_box_append (to, self->previous_box);
  g_object_unref (self->previous_box);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->previous_box), below ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self->previous_box), below ? 8 : 0);
}

/* What was found then, under the text. */
static void
show_previous_finding (McItemLine *self, const McRecord *finding)
{
  const char *description = mc_record_get_text (finding, "description");
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (!description)
    return;
  text = g_strdup_printf (_("Found last time: %s"), description);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "mc-data");
  gtk_box_append (self->texts, label);
}

static void
mc_item_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_ITEM_LINE);
  G_OBJECT_CLASS (mc_item_line_parent_class)->dispose (object);
}

static void
mc_item_line_class_init (McItemLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_item_line_dispose;
  g_type_ensure (MC_TYPE_ANSWER_BUTTONS);
  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-item-line.ui");
  gtk_widget_class_bind_template_child (widget_class, McItemLine, box);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, line);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, texts);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, code_label);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, text_label);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, plain_label);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, previous_box);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, previous_label);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, previous_status);
  gtk_widget_class_bind_template_child (widget_class, McItemLine, buttons);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_item_line_init (McItemLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_item_line_new (McStandard *standard, const McItem *item)
{
  McItemLine *self = g_object_new (MC_TYPE_ITEM_LINE, NULL);

  self->item = item;
  gtk_label_set_label (self->code_label, item->code);
  gtk_label_set_label (self->text_label, item->text);
  gtk_label_set_label (self->plain_label, item->plain);
  g_object_set (self->buttons, "item-label", item->code, NULL);
  set_choices (self, standard);
  return GTK_WIDGET (self);
}

McAnswerButtons *
mc_item_line_get_buttons (McItemLine *self)
{
  return self->buttons;
}

void
mc_item_line_set_previous (McItemLine *self, const McPreviousAnswer *previous)
{
  gtk_widget_set_visible (self->previous_box, previous != NULL);
  if (previous)
    mc_status_set (self->previous_status, status_of (previous->meaning), *previous->label ? previous->label : _("Not answered"));
  if (previous && previous->finding)
    show_previous_finding (self, previous->finding);
}

void
mc_item_line_set_look (McItemLine *self, const McItemLook *look)
{
  gboolean large = look->layout == MC_ITEM_LARGE;
  gboolean wide = look->layout == MC_ITEM_WIDE;
  gboolean plain = look->plain && self->item->plain;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box), wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  place_previous (self, large);
  gtk_widget_set_halign (GTK_WIDGET (self->buttons), wide ? GTK_ALIGN_END : large ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  mc_answer_buttons_set_large (self->buttons, large);
  gtk_label_set_width_chars (self->code_label, large ? -1 : (int) look->code_chars);
  gtk_widget_set_valign (GTK_WIDGET (self->code_label), large ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_label_set_width_chars (self->previous_label, wide ? (int) look->previous_chars : -1);
  gtk_widget_set_visible (GTK_WIDGET (self->plain_label), plain);
  set_class (GTK_WIDGET (self->plain_label), "heading", !large);
  set_class (GTK_WIDGET (self->plain_label), "title-3", large);
  set_class (GTK_WIDGET (self->text_label), "title-3", large && !plain);
  gtk_box_reorder_child_after (self->texts, GTK_WIDGET (self->plain_label), large ? NULL : GTK_WIDGET (self->text_label));
  show_basis (self, large);
}
