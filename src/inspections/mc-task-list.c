/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lists of checks and follow-ups, chosen by chips that say how much waits in each. */
#include "mc-task-list.h"

#include <glib/gi18n.h>

#include "mc-follow-up-item.h"
#include "mc-tasks.h"
#include "mc-visit-list-row.h"
#include "standards/mc-iso-date.h"
#include "widgets/mc-empty.h"
#include "widgets/mc-list-view.h"
#include "widgets/mc-query-model.h"
#include "widgets/mc-wrap-box.h"

/* With less room than this, in ems of the main text, a row is a card. */
#define CARD_EMS 46

typedef enum
{
  DRAFTS,
  AWAITING,
  FOLLOW_UPS,
  OVERDUE,
  CHECKS,
  N_LISTS
} List;

struct _McTaskList
{
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *root;
  GtkStack *stack;
  GtkListView *list_view;
  McEmpty *empty;
  GtkWidget *empty_button;
  GtkToggleButton *drafts_chip;
  GtkToggleButton *awaiting_chip;
  GtkToggleButton *follow_ups_chip;
  GtkToggleButton *overdue_chip;
  GtkToggleButton *checks_chip;
  GtkToggleButton *mine_chip;

  /* Borrowed */
  McPage *page;

  /* Owned */
  McQueryModel *checks;
  GListStore *follow_ups;
  GtkListItemFactory *factory;
  GCancellable *cancellable;
  char *inspector; /* NULL: none */
  gboolean cards;
};

G_DEFINE_FINAL_TYPE (McTaskList, mc_task_list, GTK_TYPE_WIDGET)

enum
{
  VISIT_ACTIVATED,
  RECHECK,
  LISTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
today_text (McTaskList *self)
{
  GDate day;

  mc_session_get_today (mc_page_get_session (self->page), &day);
  return mc_iso_date_format (&day);
}

static GtkToggleButton *
chip_of (McTaskList *self, List list)
{
  GtkToggleButton *const chips[] = { self->drafts_chip, self->awaiting_chip, self->follow_ups_chip, self->overdue_chip, self->checks_chip };

  return chips[list];
}

static List
chosen_list (McTaskList *self)
{
  for (List list = DRAFTS; list < N_LISTS; list++)
    if (gtk_toggle_button_get_active (chip_of (self, list)))
      return list;
  return DRAFTS;
}

static const char *
chosen_inspector (McTaskList *self)
{
  return gtk_toggle_button_get_active (self->mine_chip) ? self->inspector : NULL;
}

/* FALSE: the window was closed while this was read; there is nothing to show it in. */
static gboolean
end_work (McTaskList *self)
{
  if (!self->page)
    return FALSE;
  mc_page_end_work (self->page);
  return TRUE;
}

/* --- rows -------------------------------------------------------------------------------------------------- */

static GObject *
make_item (gint64 rowid, gpointer data)
{
  return G_OBJECT (mc_visit_item_new (rowid));
}

typedef struct
{
  McTaskList *list;
  GPtrArray *items;
  GArray *rowids;
} Fill;

static void
fill_free (Fill *fill)
{
  g_object_unref (fill->list);
  g_ptr_array_unref (fill->items);
  g_array_unref (fill->rowids);
  g_free (fill);
}

/* Rows that are gone are left out of the answer: they are matched by their row number. */
static void
rows_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fill *fill = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mc_visits_load_rows_finish (result, &error);
  guint next = 0;

  for (guint i = 0; rows && i < fill->items->len && next < rows->len; i++)
    {
      McVisitRow *row = g_ptr_array_index (rows, next);

      if (row->rowid != g_array_index (fill->rowids, gint64, i))
        continue;
      g_ptr_array_index (rows, next++) = NULL;
      mc_visit_item_take_row (g_ptr_array_index (fill->items, i), row);
    }
  if (rows)
    g_ptr_array_set_free_func (rows, NULL);
  for (guint i = next; rows && i < rows->len; i++)
    mc_visit_row_free (g_ptr_array_index (rows, i));
  end_work (fill->list);
  fill_free (fill);
}

static void
fill_items (McQueryModel *model, GPtrArray *items, const gint64 *rowids, gpointer data)
{
  McTaskList *self = data;
  McStore *store = self->page ? mc_page_get_store (self->page) : NULL;
  Fill *fill;

  if (!store)
    return;
  fill = g_new0 (Fill, 1);
  fill->list = g_object_ref (self);
  fill->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (fill->items, g_object_ref (g_ptr_array_index (items, i)));
  fill->rowids = g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (gint64)), rowids, items->len);
  mc_page_begin_work (self->page);
  mc_visits_load_rows_async (store, (const gint64 *) (gpointer) fill->rowids->data, fill->rowids->len, self->cancellable, rows_loaded_cb, fill);
}

static void
show_name (GtkListItem *list_item, const char *name)
{
  if (name)
    mc_list_view_name_row (list_item, name);
}

static void
item_loaded_cb (McVisitItem *item, GParamSpec *pspec, GtkListItem *list_item)
{
  const McVisitRow *row = mc_visit_item_get_row (item);

  mc_visit_list_row_set_row (MC_VISIT_LIST_ROW (gtk_list_item_get_child (list_item)), row);
  show_name (list_item, row ? row->facility_name : NULL);
}

static void
recheck_cb (McTaskList *self, McVisitListRow *widget)
{
  const McFollowUpRow *row = mc_visit_list_row_get_follow_up (widget);

  if (row)
    g_signal_emit (self, signals[RECHECK], 0, row->facility, row->visit);
}

static void
setup_cb (McTaskList *self, GtkListItem *list_item)
{
  GtkWidget *row = mc_visit_list_row_new ();

  g_signal_connect_object (row, "recheck", G_CALLBACK (recheck_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_cb (McTaskList *self, GtkListItem *list_item)
{
  GObject *item = gtk_list_item_get_item (list_item);
  McVisitListRow *row = MC_VISIT_LIST_ROW (gtk_list_item_get_child (list_item));
  g_autofree char *today = NULL;

  mc_visit_list_row_set_card (row, self->cards);
  if (MC_IS_VISIT_ITEM (item))
    {
      g_signal_connect_object (item, "notify::loaded", G_CALLBACK (item_loaded_cb), list_item, 0);
      item_loaded_cb (MC_VISIT_ITEM (item), NULL, list_item);
      return;
    }
  today = today_text (self);
  mc_visit_list_row_set_follow_up (row, MC_FOLLOW_UP_ITEM (item), today, !mc_page_is_read_only (self->page));
  show_name (list_item, mc_follow_up_item_get_row (MC_FOLLOW_UP_ITEM (item))->facility_name);
}

static void
unbind_cb (McTaskList *self, GtkListItem *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), item_loaded_cb, list_item);
}

static void
activated_cb (McTaskList *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list_view)), position);

  if (MC_IS_FOLLOW_UP_ITEM (item))
    {
      const McFollowUpRow *row = mc_follow_up_item_get_row (MC_FOLLOW_UP_ITEM (item));

      g_signal_emit (self, signals[VISIT_ACTIVATED], 0, row->visit, row->item);
    }
  else if (MC_IS_VISIT_ITEM (item) && mc_visit_item_get_row (MC_VISIT_ITEM (item)))
    g_signal_emit (self, signals[VISIT_ACTIVATED], 0, mc_visit_item_get_row (MC_VISIT_ITEM (item))->id, NULL);
}

/* --- lists ------------------------------------------------------------------------------------------------- */

static void
show_empty (McTaskList *self)
{
  List list = chosen_list (self);

  switch (list)
    {
    case AWAITING:
      mc_empty_set (self->empty, "document-edit-symbolic", _("No check awaits signatures"), _("A check comes here when it is finalised: print its record and have it signed."), NULL);
      break;
    case FOLLOW_UPS:
      mc_empty_set (self->empty, "emblem-ok-symbolic", _("Nothing is waited for"), _("What a finalised check ordered to be corrected or referred comes here, until a re-check or a reply closes it."), NULL);
      break;
    case OVERDUE:
      mc_empty_set (self->empty, "emblem-ok-symbolic", _("Nothing is overdue"), _("What was not corrected by its day comes here."), NULL);
      break;
    case CHECKS:
      mc_empty_set (self->empty, "emblem-ok-symbolic", _("No checks yet"), _("Begin one: choose a place, and the checklist opens."), NULL);
      break;
    case DRAFTS:
    case N_LISTS:
    default:
      mc_empty_set (self->empty, "emblem-ok-symbolic", _("No check is under way"), _("Begin one: choose a place, and the checklist opens."), NULL);
    }
  gtk_widget_set_visible (self->empty_button, list == DRAFTS || list == CHECKS);
}

static void
show_model (McTaskList *self, GListModel *model, gboolean empty)
{
  GListModel *shown = G_LIST_MODEL (gtk_list_view_get_model (self->list_view));

  if (!shown || gtk_no_selection_get_model (GTK_NO_SELECTION (shown)) != model)
    {
      g_autoptr (GtkNoSelection) selection = gtk_no_selection_new (g_object_ref (model));

      gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
    }
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "rows");
  g_signal_emit (self, signals[LISTED], 0);
}

static void
show_failure (McTaskList *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  mc_empty_set (self->empty, "dialog-error-symbolic", _("The list could not be read"), _("Nothing was changed."), error->message);
  gtk_widget_set_visible (self->empty_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
checks_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McTaskList) self = data;
  g_autoptr (GError) error = NULL;
  GArray *rowids = mc_visits_list_finish (result, &error);
  gboolean empty = rowids && rowids->len == 0;

  if (!end_work (self))
    {
      g_clear_pointer (&rowids, g_array_unref);
      return;
    }
  if (!rowids)
    {
      show_failure (self, error);
      return;
    }
  mc_query_model_replace (self->checks, rowids);
  show_model (self, G_LIST_MODEL (self->checks), empty);
}

static void
follow_ups_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McTaskList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McFollowUpList) list = mc_follow_ups_list_finish (result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (!end_work (self))
    return;
  if (!list)
    {
      show_failure (self, error);
      return;
    }
  g_ptr_array_set_free_func (list->rows, NULL); /* the items take them */
  for (guint i = 0; i < list->rows->len; i++)
    g_ptr_array_add (items, mc_follow_up_item_new (g_ptr_array_index (list->rows, i)));
  g_list_store_splice (self->follow_ups, 0, g_list_model_get_n_items (G_LIST_MODEL (self->follow_ups)), items->pdata, items->len);
  show_model (self, G_LIST_MODEL (self->follow_ups), items->len == 0);
}

static void
show_count (McTaskList *self, List list, const char *title, guint count)
{
  g_autofree char *label = count >= MC_VISIT_COUNT_MAX && list == AWAITING ? g_strdup_printf ("%s %u+", title, MC_VISIT_COUNT_MAX - 1)
                                                                            : g_strdup_printf ("%s %u", title, count);

  gtk_button_set_label (GTK_BUTTON (chip_of (self, list)), label);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McTaskList) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree McTaskCounts *counts = mc_task_counts_load_finish (result, &error);

  if (!end_work (self) || !counts)
    return;
  show_count (self, DRAFTS, _("Drafts"), counts->drafts);
  show_count (self, AWAITING, _("Awaiting signatures"), counts->awaiting);
  show_count (self, FOLLOW_UPS, _("Follow-up"), counts->follow_ups);
  show_count (self, OVERDUE, _("Overdue"), counts->overdue);
  show_count (self, CHECKS, _("All checks"), counts->checks);
  mc_page_set_badge (self->page, counts->drafts);
}

static void
load_counts (McTaskList *self, McStore *store, const char *today)
{
  mc_page_begin_work (self->page);
  mc_task_counts_load_async (store, chosen_inspector (self), today, self->cancellable, counted_cb, g_object_ref (self));
}

static void
load_checks (McTaskList *self, McStore *store, McVisitListKind kind)
{
  const McVisitQuery query = { .kind = kind, .inspector = chosen_inspector (self) };

  mc_page_begin_work (self->page);
  mc_visits_list_async (store, &query, self->cancellable, checks_loaded_cb, g_object_ref (self));
}

static void
load_follow_ups (McTaskList *self, McStore *store, McFollowUpsKind kind, const char *today)
{
  const McFollowUpQuery query = { .kind = kind, .inspector = chosen_inspector (self), .today = today };

  mc_page_begin_work (self->page);
  mc_follow_ups_list_async (store, &query, self->cancellable, follow_ups_loaded_cb, g_object_ref (self));
}

static void
chip_toggled_cb (McTaskList *self, GtkToggleButton *chip)
{
  if (gtk_toggle_button_get_active (chip) || chip == self->mine_chip)
    mc_task_list_load (self);
}

/* --- widget ------------------------------------------------------------------------------------------------ */

static void
mc_task_list_dispose (GObject *object)
{
  McTaskList *self = MC_TASK_LIST (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), MC_TYPE_TASK_LIST);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (mc_task_list_parent_class)->dispose (object);
}

static void
mc_task_list_finalize (GObject *object)
{
  McTaskList *self = MC_TASK_LIST (object);

  g_clear_object (&self->checks);
  g_clear_object (&self->follow_ups);
  g_clear_object (&self->factory);
  g_clear_object (&self->cancellable);
  g_free (self->inspector);
  G_OBJECT_CLASS (mc_task_list_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/mingcha/Mingcha/ui/inspections/mc-task-list.ui");
  gtk_widget_class_bind_template_child (widget_class, McTaskList, root);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, stack);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, list_view);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, empty);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, empty_button);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, drafts_chip);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, awaiting_chip);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, follow_ups_chip);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, overdue_chip);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, checks_chip);
  gtk_widget_class_bind_template_child (widget_class, McTaskList, mine_chip);
  gtk_widget_class_bind_template_callback (widget_class, chip_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
mc_task_list_class_init (McTaskListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_task_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = mc_task_list_finalize;
  signals[VISIT_ACTIVATED] = g_signal_new ("visit-activated", MC_TYPE_TASK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RECHECK] = g_signal_new ("recheck", MC_TYPE_TASK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LISTED] = g_signal_new ("listed", MC_TYPE_TASK_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MC_TYPE_EMPTY);
  g_type_ensure (MC_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
mc_task_list_init (McTaskList *self)
{
  self->cancellable = g_cancellable_new ();
  self->checks = mc_query_model_new (MC_TYPE_VISIT_ITEM, make_item, fill_items, self, NULL);
  self->follow_ups = g_list_store_new (MC_TYPE_FOLLOW_UP_ITEM);
  self->factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (self->factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list_view, self->factory);
  mc_list_view_watch (GTK_WIDGET (self->list_view), self->checks);
}

GtkWidget *
mc_task_list_new (void)
{
  return g_object_new (MC_TYPE_TASK_LIST, NULL);
}

void
mc_task_list_set_page (McTaskList *self, McPage *page)
{
  g_set_weak_pointer (&self->page, page);
}

void
mc_task_list_set_inspector (McTaskList *self, const char *inspector)
{
  g_free (self->inspector);
  self->inspector = g_strdup (inspector);
  gtk_widget_set_visible (GTK_WIDGET (self->mine_chip), inspector != NULL);
}

void
mc_task_list_load (McTaskList *self)
{
  static const McVisitListKind kinds[] = { [DRAFTS] = MC_VISIT_LIST_DRAFTS, [AWAITING] = MC_VISIT_LIST_AWAITING, [CHECKS] = MC_VISIT_LIST_ALL };
  McStore *store = self->page ? mc_page_get_store (self->page) : NULL;
  List list = chosen_list (self);
  g_autofree char *today = NULL;

  if (!store)
    return;
  today = today_text (self);
  load_counts (self, store, today);
  if (list == FOLLOW_UPS || list == OVERDUE)
    load_follow_ups (self, store, list == OVERDUE ? MC_FOLLOW_UPS_OVERDUE : MC_FOLLOW_UPS_OPEN, today);
  else
    load_checks (self, store, kinds[list]);
}

GArray *
mc_task_list_get_checks (McTaskList *self)
{
  List list = chosen_list (self);
  GArray *rowids;
  guint n;

  if (list == FOLLOW_UPS || list == OVERDUE)
    return NULL;
  n = mc_query_model_get_total (self->checks);
  rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);
  for (guint i = 0; i < n; i++)
    {
      gint64 rowid = mc_query_model_get_rowid (self->checks, i);

      g_array_append_val (rowids, rowid);
    }
  return rowids;
}

void
mc_task_list_show_follow_ups (McTaskList *self, gboolean follow_ups)
{
  gtk_toggle_button_set_active (follow_ups ? self->follow_ups_chip : self->drafts_chip, TRUE);
}

void
mc_task_list_refresh (McTaskList *self)
{
  mc_query_model_refresh (self->checks);
}

void
mc_task_list_cancel (McTaskList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

void
mc_task_list_update_appearance (McTaskList *self)
{
  guint ems = mc_page_get_em_width (self->page);
  gboolean cards = ems > 0 && ems < CARD_EMS;

  if (self->cards == cards)
    return;
  self->cards = cards;
  /* All rows are bound again. */
  gtk_list_view_set_factory (self->list_view, NULL);
  gtk_list_view_set_factory (self->list_view, self->factory);
}
