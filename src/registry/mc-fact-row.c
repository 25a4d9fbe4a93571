/* SPDX-License-Identifier: GPL-3.0-or-later
 * One fact of a record: its label, its value or that it is not entered yet, and what is doubtful about it. */
#include "mc-fact-row.h"

#include <glib/gi18n.h>

#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McFactRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *texts;
  GtkWidget *value_line; /* McWrapBox: value and tags */
  GtkWidget *suffix;
  GtkWidget *enter_button;
  char *label;
  gboolean missing;
};

G_DEFINE_FINAL_TYPE (McFactRow, mc_fact_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ENTER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
text_new (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
clicked_cb (McFactRow *self)
{
  g_signal_emit (self, signals[ENTER], 0);
}

static void
mc_fact_row_finalize (GObject *object)
{
  g_free (MC_FACT_ROW (object)->label);

  G_OBJECT_CLASS (mc_fact_row_parent_class)->finalize (object);
}

static void
mc_fact_row_class_init (McFactRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_fact_row_finalize;
  signals[ENTER] = g_signal_new ("enter", MC_TYPE_FACT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mc_fact_row_init (McFactRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->suffix = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->value_line = mc_wrap_box_new (8, 2);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->suffix, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "mc-fact");
  gtk_box_append (GTK_BOX (box), self->texts);
  gtk_box_append (GTK_BOX (box), self->suffix);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mc_fact_row_new (const char *label, const char *value)
{
  McFactRow *self = g_object_new (MC_TYPE_FACT_ROW, NULL);
  GtkWidget *caption = text_new (label, "caption"), *shown;
  g_autofree char *name = NULL;

  self->label = g_strdup (label);
  self->missing = !value || !*value;
  gtk_widget_add_css_class (caption, "dim-label");
  shown = text_new (self->missing ? _("not entered yet") : value, self->missing ? "dim-label" : NULL);
  gtk_label_set_selectable (GTK_LABEL (shown), FALSE);
  mc_wrap_box_append (MC_WRAP_BOX (self->value_line), shown);
  gtk_box_append (GTK_BOX (self->texts), caption);
  gtk_box_append (GTK_BOX (self->texts), self->value_line);
  /* Translators: label and value of a field */
  name = g_strdup_printf (_("%s: %s"), label, self->missing ? _("not entered yet") : value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
mc_fact_row_set_can_enter (McFactRow *self, gboolean can_enter)
{
  g_autofree char *name = NULL;

  g_return_if_fail (MC_IS_FACT_ROW (self));

  if (!self->missing || !can_enter || self->enter_button)
    return;
  self->enter_button = gtk_button_new_with_label (_("Enter"));
  name = g_strdup_printf (_("Enter %s"), self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enter_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->enter_button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->suffix), self->enter_button);
}

void
mc_fact_row_set_check (McFactRow *self, const char *reason)
{
  GtkWidget *status, *text;

  g_return_if_fail (MC_IS_FACT_ROW (self) && reason != NULL);

  status = mc_status_new (MC_STATUS_WARNING, _("Please check"));
  text = text_new (reason, "caption");
  gtk_widget_add_css_class (text, "mc-warning");
  gtk_box_append (GTK_BOX (self->suffix), status);
  gtk_box_append (GTK_BOX (self->texts), text);
}

void
mc_fact_row_add_tag (McFactRow *self, const char *text, const char *tooltip)
{
  GtkWidget *tag;

  g_return_if_fail (MC_IS_FACT_ROW (self) && text != NULL);

  tag = gtk_label_new (text);
  gtk_widget_add_css_class (tag, "mc-tag");
  gtk_widget_add_css_class (tag, "caption");
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (tag, tooltip);
  mc_wrap_box_append (MC_WRAP_BOX (self->value_line), tag);
}
