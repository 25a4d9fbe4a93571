/* SPDX-License-Identifier: GPL-3.0-or-later
 * The line below a row of a form that says what is wrong in it. */
#include "mc-message-row.h"

#include "widgets/mc-status.h"

/* A row of preferences: a group puts anything else below its list, away from the field. */
struct _McMessageRow
{
  AdwPreferencesRow parent_instance;

  McStatus *status;
};

G_DEFINE_FINAL_TYPE (McMessageRow, mc_message_row, ADW_TYPE_PREFERENCES_ROW)

static void
mc_message_row_class_init (McMessageRowClass *klass)
{
}

static void
mc_message_row_init (McMessageRow *self)
{
  self->status = MC_STATUS (mc_status_new (MC_STATUS_WARNING, ""));
  g_object_set (self->status, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "mc-field-message");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->status));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mc_message_row_new (void)
{
  return g_object_new (MC_TYPE_MESSAGE_ROW, NULL);
}

void
mc_message_row_set (McMessageRow *self, GtkWidget *row, const McProblem *problem)
{
  gboolean wrong = problem && problem->level == MC_PROBLEM_ERROR;

  g_return_if_fail (MC_IS_MESSAGE_ROW (self) && GTK_IS_WIDGET (row));

  gtk_widget_set_visible (GTK_WIDGET (self), problem != NULL && gtk_widget_get_visible (row));
  if (problem)
    mc_status_set (self->status, wrong ? MC_STATUS_ERROR : MC_STATUS_WARNING, problem->message);
  if (problem)
    gtk_widget_add_css_class (row, "mc-has-message");
  else
    gtk_widget_remove_css_class (row, "mc-has-message");
  if (wrong)
    gtk_widget_add_css_class (row, "mc-invalid");
  else
    gtk_widget_remove_css_class (row, "mc-invalid");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem ? problem->message : "", -1);
}
