/* SPDX-License-Identifier: GPL-3.0-or-later
 * What stands before the pages: the database is being opened, something is in the way, or this is the first run. */
#include "mc-gate.h"

#include <glib/gi18n.h>

#include "mc-first-run.h"
#include "mc-store-problem.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-header.h"

struct _McGate
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *body;
  McHeader *header;
  GtkStack *stack;
  McEmpty *problem;
  GtkWidget *retry_button;
  GtkWidget *read_button;

  /* Borrowed: a child of the stack, made when it is needed. */
  McFirstRun *first_run;
};

G_DEFINE_FINAL_TYPE (McGate, mc_gate, GTK_TYPE_WIDGET)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
finished_cb (McGate *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
mc_gate_dispose (GObject *object)
{
  McGate *self = MC_GATE (object);

  self->first_run = NULL;
  g_clear_pointer (&self->body, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_GATE);

  G_OBJECT_CLASS (mc_gate_parent_class)->dispose (object);
}

static void
mc_gate_class_init (McGateClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_gate_dispose;
  signals[FINISHED] = g_signal_new ("finished", MC_TYPE_GATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_HEADER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/app/mc-gate.ui");
  gtk_widget_class_bind_template_child (widget_class, McGate, body);
  gtk_widget_class_bind_template_child (widget_class, McGate, header);
  gtk_widget_class_bind_template_child (widget_class, McGate, stack);
  gtk_widget_class_bind_template_child (widget_class, McGate, problem);
  gtk_widget_class_bind_template_child (widget_class, McGate, retry_button);
  gtk_widget_class_bind_template_child (widget_class, McGate, read_button);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_gate_init (McGate *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (McGate *self, const char *state, const char *title)
{
  g_object_set (self->header, "title", title, NULL);
  gtk_stack_set_visible_child_name (self->stack, state);
}

GtkWidget *
mc_gate_new (McSession *session)
{
  McGate *self = g_object_new (MC_TYPE_GATE, NULL);

  g_object_set (self->header, "session", session, NULL);
  return GTK_WIDGET (self);
}

void
mc_gate_show_loading (McGate *self)
{
  g_return_if_fail (MC_IS_GATE (self));

  show (self, "loading", _("Mingcha"));
}

void
mc_gate_show_problem (McGate *self, const GError *error)
{
  McStoreProblem problem;

  g_return_if_fail (MC_IS_GATE (self) && error != NULL);

  problem = mc_store_problem_for (error);
  mc_empty_set (self->problem, problem.icon_name, problem.title, problem.advice, error->message);
  gtk_widget_set_visible (self->retry_button, problem.may_retry);
  gtk_widget_set_visible (self->read_button, problem.may_read);
  show (self, "problem", _("Mingcha"));
}

void
mc_gate_show_first_run (McGate *self, const char *path, McStore *store)
{
  g_return_if_fail (MC_IS_GATE (self) && path != NULL);

  if (!self->first_run)
    {
      self->first_run = g_object_new (MC_TYPE_FIRST_RUN, NULL);
      g_signal_connect_object (self->first_run, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->first_run), "first-run");
    }
  mc_first_run_set_path (self->first_run, path);
  mc_first_run_set_store (self->first_run, store);
  show (self, "first-run", _("First run"));
}

const char *
mc_gate_get_state (McGate *self)
{
  g_return_val_if_fail (MC_IS_GATE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

McStore *
mc_gate_get_store (McGate *self)
{
  g_return_val_if_fail (MC_IS_GATE (self), NULL);

  return self->first_run ? mc_first_run_get_store (self->first_run) : NULL;
}

gboolean
mc_gate_get_busy (McGate *self)
{
  g_return_val_if_fail (MC_IS_GATE (self), FALSE);

  return self->first_run && mc_first_run_get_busy (self->first_run);
}
