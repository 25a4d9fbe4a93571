/* SPDX-License-Identifier: GPL-3.0-or-later
 * A row of the desk: a state, what it is about, where; and the record that it opens. */
#include "mc-overview-row.h"

struct _McOverviewRow
{
  GtkListBoxRow parent_instance;

  /* Template. */
  McStatus *status;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkWidget *arrow;

  /* Owned. */
  char *entity;
  char *id;
  int group;
};

G_DEFINE_FINAL_TYPE (McOverviewRow, mc_overview_row, GTK_TYPE_LIST_BOX_ROW)

static void
mc_overview_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_OVERVIEW_ROW);

  G_OBJECT_CLASS (mc_overview_row_parent_class)->dispose (object);
}

static void
mc_overview_row_finalize (GObject *object)
{
  McOverviewRow *self = MC_OVERVIEW_ROW (object);

  g_free (self->entity);
  g_free (self->id);

  G_OBJECT_CLASS (mc_overview_row_parent_class)->finalize (object);
}

static void
mc_overview_row_class_init (McOverviewRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mc_overview_row_dispose;
  object_class->finalize = mc_overview_row_finalize;
  g_type_ensure (MC_TYPE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-overview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McOverviewRow, status);
  gtk_widget_class_bind_template_child (widget_class, McOverviewRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, McOverviewRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, McOverviewRow, arrow);
}

static void
mc_overview_row_init (McOverviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mc_overview_row_new (McStatusKind kind, const char *state, const char *title, const char *detail)
{
  McOverviewRow *self = g_object_new (MC_TYPE_OVERVIEW_ROW, NULL);
  g_autofree char *name = g_strjoin (", ", title, state, NULL);

  mc_status_set (self->status, kind, state);
  gtk_widget_set_visible (GTK_WIDGET (self->status), state != NULL || kind != MC_STATUS_PLAIN);
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), title);
  gtk_label_set_label (self->detail_label, detail ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail && *detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail ? detail : "", -1);
  return GTK_WIDGET (self);
}

void
mc_overview_row_set_record (McOverviewRow *self, const char *entity, const char *id)
{
  g_return_if_fail (MC_IS_OVERVIEW_ROW (self));

  g_free (self->entity);
  g_free (self->id);
  self->entity = g_strdup (entity);
  self->id = g_strdup (id);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), id != NULL);
  gtk_widget_set_visible (self->arrow, id != NULL);
}

const char *
mc_overview_row_get_entity (McOverviewRow *self)
{
  g_return_val_if_fail (MC_IS_OVERVIEW_ROW (self), NULL);

  return self->entity;
}

const char *
mc_overview_row_get_id (McOverviewRow *self)
{
  g_return_val_if_fail (MC_IS_OVERVIEW_ROW (self), NULL);

  return self->id;
}

void
mc_overview_row_set_group (McOverviewRow *self, int group)
{
  g_return_if_fail (MC_IS_OVERVIEW_ROW (self));

  self->group = group;
}

int
mc_overview_row_get_group (McOverviewRow *self)
{
  g_return_val_if_fail (MC_IS_OVERVIEW_ROW (self), 0);

  return self->group;
}
