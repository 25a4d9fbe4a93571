/* SPDX-License-Identifier: GPL-3.0-or-later
 * A section of the checklist in the list at its side: letter, title, bar, n/m, problems in words. */
#include "mc-section-row.h"

#include <glib/gi18n.h>

#include "widgets/mc-bullet-bar.h"
#include "widgets/mc-status.h"

struct _McSectionRow
{
  GtkListBoxRow parent_instance;

  /* Template */
  GtkLabel *code_label;
  GtkLabel *title_label;
  McBulletBar *bar;
  GtkLabel *count_label;
  McStatus *problems;
};

G_DEFINE_FINAL_TYPE (McSectionRow, mc_section_row, GTK_TYPE_LIST_BOX_ROW)

static void
mc_section_row_dispose (GObject *object)
{
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (object), NULL); /* the row would unparent it a second time */
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_SECTION_ROW);
  G_OBJECT_CLASS (mc_section_row_parent_class)->dispose (object);
}

static void
mc_section_row_class_init (McSectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_section_row_dispose;
  g_type_ensure (MC_TYPE_BULLET_BAR);
  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-section-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McSectionRow, code_label);
  gtk_widget_class_bind_template_child (widget_class, McSectionRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, McSectionRow, bar);
  gtk_widget_class_bind_template_child (widget_class, McSectionRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, McSectionRow, problems);
}

static void
mc_section_row_init (McSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_section_row_new (const McSection *section)
{
  McSectionRow *self = g_object_new (MC_TYPE_SECTION_ROW, NULL);

  gtk_label_set_label (self->code_label, section->code);
  gtk_label_set_label (self->title_label, section->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, section->title, -1);
  return GTK_WIDGET (self);
}

void
mc_section_row_update (McSectionRow *self, const McAnswerCounts *counts)
{
  guint answered = counts->items - counts->unanswered;
  g_autofree char *count = g_strdup_printf ("%u / %u", answered, counts->items);
  g_autofree char *said = g_strdup_printf (_("%u of %u answered"), answered, counts->items);
  g_autofree char *problems = g_strdup_printf (ngettext ("%u does not conform", "%u do not conform", counts->nonconform), counts->nonconform);

  gtk_label_set_label (self->count_label, count);
  mc_bullet_bar_set (self->bar, answered, MAX (counts->items, 1), said);
  mc_status_set (self->problems, MC_STATUS_ERROR, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), counts->nonconform > 0);
}
