/* SPDX-License-Identifier: GPL-3.0-or-later
 * A visit as a list shows it: place, day, type and lead, and how far it is; or what follows from one of its findings. */
#include "mc-visit-list-row.h"

#include <glib/gi18n.h>

#include "mc-due.h"
#include "standards/mc-iso-date.h"
#include "store/mc-code-list.h"
#include "widgets/mc-format.h"
#include "widgets/mc-status.h"
#include "widgets/mc-wrap-box.h"

struct _McVisitListRow
{
  GtkWidget parent_instance;

  /* Template */
  GtkBox *root;
  GtkLabel *name_label;
  GtkLabel *found_label;
  GtkLabel *detail_label;
  GtkBox *states;
  McStatus *state;
  McStatus *findings;
  GtkWidget *recheck_button;

  /* Owned */
  McFollowUpItem *follow_up; /* or NULL */
};

G_DEFINE_FINAL_TYPE (McVisitListRow, mc_visit_list_row, GTK_TYPE_WIDGET)

enum
{
  RECHECK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
recheck_cb (McVisitListRow *self)
{
  g_signal_emit (self, signals[RECHECK], 0);
}

static void
mc_visit_list_row_dispose (GObject *object)
{
  g_clear_object (&MC_VISIT_LIST_ROW (object)->follow_up);
  gtk_widget_dispose_template (GTK_WIDGET (object), MC_TYPE_VISIT_LIST_ROW);
  G_OBJECT_CLASS (mc_visit_list_row_parent_class)->dispose (object);
}

static void
mc_visit_list_row_class_init (McVisitListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_visit_list_row_dispose;
  signals[RECHECK] = g_signal_new ("recheck", MC_TYPE_VISIT_LIST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MC_TYPE_STATUS);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-visit-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, root);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, found_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, states);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, state);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, findings);
  gtk_widget_class_bind_template_child (widget_class, McVisitListRow, recheck_button);
  gtk_widget_class_bind_template_callback (widget_class, recheck_cb);
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

static void
show_name (McVisitListRow *self, const char *name, gboolean loaded)
{
  gtk_label_set_label (self->name_label, name ? name : loaded ? _("A place not known here") : "…");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
}

void
mc_visit_list_row_set_row (McVisitListRow *self, const McVisitRow *row)
{
  g_autofree char *detail = row ? mc_visit_row_describe (row) : NULL;

  g_clear_object (&self->follow_up);
  gtk_widget_set_visible (GTK_WIDGET (self->found_label), FALSE);
  gtk_widget_set_visible (self->recheck_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->state), row != NULL);
  show_name (self, row ? row->facility_name : NULL, row != NULL);
  gtk_label_set_label (self->detail_label, detail);
  if (row)
    show_state (self, row);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->findings), FALSE);
}

static McStatusKind
due_kind (McDueGroup group)
{
  if (group == MC_DUE_OVERDUE)
    return MC_STATUS_ERROR;
  return group == MC_DUE_LATER ? MC_STATUS_LATER : MC_STATUS_SOON;
}

/* What is left until the day, or how far it is over. */
static void
show_due (McVisitListRow *self, const McFollowUpRow *row, const char *today)
{
  g_autofree char *left = NULL, *date = NULL;
  GDate from, to;

  if (!row->due_on || !mc_iso_date_parse (today, &from) || !mc_iso_date_parse (row->due_on, &to))
    {
      mc_status_set (self->state, MC_STATUS_UNKNOWN, _("No day is set"));
      gtk_widget_set_visible (GTK_WIDGET (self->findings), FALSE);
      return;
    }
  left = mc_due_describe (mc_working_days_get_builtin (), &from, &to);
  date = mc_format_date (row->due_on);
  mc_status_set (self->state, due_kind (mc_due_group (&from, &to)), left);
  mc_status_set (self->findings, MC_STATUS_PLAIN, date);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), TRUE);
}

void
mc_visit_list_row_set_follow_up (McVisitListRow *self, McFollowUpItem *item, const char *today, gboolean may_recheck)
{
  const McFollowUpRow *row = mc_follow_up_item_get_row (item);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *detail = NULL;

  g_set_object (&self->follow_up, item);
  show_name (self, row->facility_name, TRUE);
  gtk_label_set_label (self->found_label, row->description);
  gtk_widget_set_visible (GTK_WIDGET (self->found_label), row->description != NULL);
  g_ptr_array_add (parts, row->item);
  g_ptr_array_add (parts, (char *) mc_code_label ("severity", row->severity));
  g_ptr_array_add (parts, (char *) mc_code_label ("finding-way", row->way));
  if (row->area_name)
    g_ptr_array_add (parts, row->area_name);
  if (row->inspector_name)
    g_ptr_array_add (parts, row->inspector_name);
  g_ptr_array_add (parts, NULL);
  detail = g_strjoinv (" · ", (char **) parts->pdata);
  gtk_label_set_label (self->detail_label, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  show_due (self, row, today);
  gtk_widget_set_visible (self->recheck_button, may_recheck && !row->closed_on);
}

const McFollowUpRow *
mc_visit_list_row_get_follow_up (McVisitListRow *self)
{
  return self->follow_up ? mc_follow_up_item_get_row (self->follow_up) : NULL;
}

void
mc_visit_list_row_set_card (McVisitListRow *self, gboolean card)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->root), card ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->root, card ? 4 : 12);
  gtk_label_set_ellipsize (self->name_label, card ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (self->name_label, card);
  gtk_label_set_wrap_mode (self->name_label, PANGO_WRAP_WORD_CHAR);
}
