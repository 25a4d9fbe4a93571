/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit as a list shows it: place, day, type and lead, and how far it is. */
#include "mc-visit-list-row.h"

#include <glib/gi18n.h>

#include "store/mc-code-list.h"
#include "widgets/mc-format.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McVisitListRow
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *root;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  McStatus *state;
  McStatus *findings;
};

G_DEFINE_FINAL_TYPE (McVisitListRow, mc_visit_list_row, GTK_TYPE_WIDGET)

static void
mc_visit_list_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_VISIT_LIST_ROW);
  G_OBJECT_CLASS (mc_visit_list_row_parent_class)->dispose (object);
}

static void
mc_visit_list_row_class_init (McVisitListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_visit_list_row_dispose;
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-visit-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, root);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, state);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, findings);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_visit_list_row_init (McVisitListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_visit_list_row_new (void)
{
  return g_object_new (MC_TYPE_VISIT_LIST_ROW, NULL);
}

static void
show_state (McVisitListRow *self, const McVisitRow *row)
{
  g_autofree char *draft = g_strdup_printf (ngettext ("Draft, %u answered", "Draft, %u answered", row->answered), row->answered);
  g_autofree char *findings = g_strdup_printf (ngettext ("%u finding open", "%u findings open", row->open_findings), row->open_findings);

  if (row->state & MC_RECORD_CONFLICT)
    mc_status_set (self->state, MC_STATUS_WARNING, _("Two edits disagree"));
  else if (row->state & MC_RECORD_LATE)
    mc_status_set (self->state, MC_STATUS_WARNING, _("A late addition waits"));
  else if (row->state & MC_RECORD_SEALED)
    mc_status_set (self->state, MC_STATUS_LOCKED, row->result ? mc_code_label ("result-code", row->result) : _("Finalised"));
  else
    mc_status_set (self->state, MC_STATUS_BUSY, draft);
  mc_status_set (self->findings, MC_STATUS_ERROR, findings);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), row->open_findings > 0);
}

void
mc_visit_list_row_set_row (McVisitListRow *self, const McVisitRow *row)
{
  g_autofree char *detail = row ? mc_visit_row_describe (row) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->state), row != NULL);
  gtk_label_set_label (self->name_label, row && row->facility_name ? row->facility_name : row ? _("A place not known here") : "…");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), row ? row->facility_name : NULL);
  gtk_label_set_label (self->detail_label, detail);
  if (row)
    show_state (self, row);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->findings), FALSE);
}
