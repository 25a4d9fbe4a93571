/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rows of a sheet as the preview of an import shows them: what is new or changes, what a person must decide, what was wrong. */
#include "mc-import-line-list.h"

#include <glib/gi18n.h>

#include "mc-import-line.h"
#include "widgets/mc-format.h"
#include "widgets/mc-wrap-box.h"

/* Rows of the sheet that the preview shows; messages are all shown, as many as the plan keeps. */
#define SHOWN_ROWS 1000

struct _McImportLineList
{
  GtkWidget parent_instance;

  /* Template. */
  GtkWidget *box;
  GtkWidget *all_line;
  GtkListView *view;
  GtkLabel *more_label;

  /* Owned. */
  McImportPlan *plan;
  McImportKind kind;
  GListStore *lines;
  GHashTable *decided; /* numbers of the rows that were decided one by one */
  McImportDecision for_all;
};

G_DEFINE_FINAL_TYPE (McImportLineList, mc_import_line_list, GTK_TYPE_WIDGET)

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- what is shown ---------------------------------------------------------------------------------------- */

static void
show_more (McImportLineList *self, guint64 n, const char *words)
{
  g_autofree char *number = mc_format_count ((gint64) n), *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text = g_strdup_printf (words, number);
#pragma GCC diagnostic pop
  gtk_label_set_label (self->more_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n > 0);
}

static void
show_messages (McImportLineList *self)
{
  GPtrArray *messages = mc_import_plan_get_messages (self->plan);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (lines, mc_import_line_new_message (messages->pdata[i]));
  g_list_store_splice (self->lines, 0, 0, lines->pdata, lines->len);
  show_more (self, mc_import_plan_get_n_messages (self->plan) - messages->len, _("%s more stand in the report: save it to see them all."));
}

static guint
add_rows (McImportLineList *self, GPtrArray *lines, McImportOutcome outcome, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = limit > 0 ? mc_import_plan_get_rows (self->plan, outcome, 0, limit, &error) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    g_ptr_array_add (lines, mc_import_line_new_row (rows->pdata[i], self->kind));
  return rows ? rows->len : 0;
}

static void
show_rows (McImportLineList *self, gboolean unsure)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 all = unsure ? mc_import_plan_count (self->plan, MC_IMPORT_UNSURE)
                       : mc_import_plan_count (self->plan, MC_IMPORT_UPDATED) + mc_import_plan_count (self->plan, MC_IMPORT_CREATED);
  guint shown;

  if (unsure)
    shown = add_rows (self, lines, MC_IMPORT_UNSURE, SHOWN_ROWS);
  else
    {
      /* What changes is looked at more closely than what is new. */
      shown = add_rows (self, lines, MC_IMPORT_UPDATED, SHOWN_ROWS);
      shown += add_rows (self, lines, MC_IMPORT_CREATED, SHOWN_ROWS - shown);
    }
  g_list_store_splice (self->lines, 0, 0, lines->pdata, lines->len);
  show_more (self, all - shown, _("and %s more rows"));
}

/* --- decisions -------------------------------------------------------------------------------------------- */

static void
decided_cb (McImportLineList *self, McImportLine *line, int decision)
{
  gpointer row = GSIZE_TO_POINTER (mc_import_line_get_row (line));

  mc_import_plan_decide (self->plan, mc_import_line_get_row (line), (McImportDecision) decision);
  /* Beside a decision on all, what is kept are the exceptions from it. */
  if ((decision == MC_IMPORT_UNDECIDED) == (self->for_all == MC_IMPORT_UNDECIDED))
    g_hash_table_remove (self->decided, row);
  else
    g_hash_table_add (self->decided, row);
  g_signal_emit (self, signals[DECIDED], 0);
}

static void
decide_all (McImportLineList *self, McImportDecision decision)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));

  mc_import_plan_decide (self->plan, 0, decision);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (McImportLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      if (mc_import_line_is_unsure (line))
        mc_import_line_set_decision (line, decision);
    }
  g_hash_table_remove_all (self->decided);
  self->for_all = decision;
  g_signal_emit (self, signals[DECIDED], 0);
}

static void
all_same_cb (McImportLineList *self)
{
  decide_all (self, MC_IMPORT_SAME);
}

static void
all_other_cb (McImportLineList *self)
{
  decide_all (self, MC_IMPORT_OTHER);
}

static void
all_undecided_cb (McImportLineList *self)
{
  decide_all (self, MC_IMPORT_UNDECIDED);
}

/* --- the class -------------------------------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, McImportLineList *self)
{
  GtkWidget *row = mc_import_line_row_new ();

  g_signal_connect_object (row, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  mc_import_line_row_bind (MC_IMPORT_LINE_ROW (gtk_list_item_get_child (list_item)), list_item);
}

static void
mc_import_line_list_dispose (GObject *object)
{
  McImportLineList *self = MC_IMPORT_LINE_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_IMPORT_LINE_LIST);
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (mc_import_line_list_parent_class)->dispose (object);
}

static void
mc_import_line_list_finalize (GObject *object)
{
  McImportLineList *self = MC_IMPORT_LINE_LIST (object);

  g_clear_pointer (&self->plan, mc_import_plan_unref);
  g_hash_table_unref (self->decided);

  G_OBJECT_CLASS (mc_import_line_list_parent_class)->finalize (object);
}

static void
mc_import_line_list_class_init (McImportLineListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_import_line_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_import_line_list_finalize;
  signals[DECIDED] = g_signal_new ("decided", MC_TYPE_IMPORT_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/registry/mc-import-line-list.ui");
  gtk_widget_class_bind_template_child (widget_class, McImportLineList, box);
  gtk_widget_class_bind_template_child (widget_class, McImportLineList, all_line);
  gtk_widget_class_bind_template_child (widget_class, McImportLineList, view);
  gtk_widget_class_bind_template_child (widget_class, McImportLineList, more_label);
  gtk_widget_class_bind_template_callback (widget_class, all_same_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_undecided_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_import_line_list_init (McImportLineList *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  self->lines = g_list_store_new (MC_TYPE_IMPORT_LINE);
  self->decided = g_hash_table_new (NULL, NULL);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->lines)));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

void
mc_import_line_list_set_plan (McImportLineList *self, McImportPlan *plan, McImportKind kind)
{
  g_return_if_fail (MC_IS_IMPORT_LINE_LIST (self));

  g_list_store_remove_all (self->lines);
  g_hash_table_remove_all (self->decided);
  self->for_all = MC_IMPORT_UNDECIDED;
  if (plan)
    mc_import_plan_ref (plan);
  g_clear_pointer (&self->plan, mc_import_plan_unref);
  self->plan = plan;
  self->kind = kind;
}

void
mc_import_line_list_show (McImportLineList *self, McImportLines which)
{
  g_return_if_fail (MC_IS_IMPORT_LINE_LIST (self));

  g_list_store_remove_all (self->lines);
  gtk_widget_set_visible (self->all_line, which == MC_IMPORT_LINES_UNSURE);
  if (!self->plan)
    return;
  if (which == MC_IMPORT_LINES_MESSAGES)
    show_messages (self);
  else
    show_rows (self, which == MC_IMPORT_LINES_UNSURE);
}

guint64
mc_import_line_list_get_n_decided (McImportLineList *self)
{
  guint n;

  g_return_val_if_fail (MC_IS_IMPORT_LINE_LIST (self), 0);

  n = g_hash_table_size (self->decided);
  return self->for_all == MC_IMPORT_UNDECIDED ? n : mc_import_plan_count (self->plan, MC_IMPORT_UNSURE) - n;
}
