/* SPDX-License-Identifier: GPL-3.0-or-later
 * What GtkColumnView 4.8 lacks: scrolling to a row, names of rows, and growing once the first rows are painted. */
#include "mc-list-view.h"

/* Waits for the frame that shows the first rows. */
typedef struct
{
  GtkWidget *view; /* borrowed: the watch goes with it */
  McQueryModel *model;
  gulong painted;
  GdkFrameClock *clock;
  guint grow_source;
} Watch;

/* While somebody types, each key brings another list: the rows out of sight are made when the hands rest. */
#define REST_MS 150

void
mc_list_view_scroll_to (GtkWidget *view, guint position)
{
  GtkWidget *list = view;

  g_return_if_fail (GTK_IS_WIDGET (view));

  /* The action is the inner list's; on the column view it does nothing. */
  if (GTK_IS_COLUMN_VIEW (view))
    list = gtk_widget_get_last_child (view);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
}

static void
stop_waiting (Watch *watch)
{
  /* A window that closes disposes of its clock before its widgets. */
  if (watch->clock && watch->painted && g_signal_handler_is_connected (watch->clock, watch->painted))
    g_signal_handler_disconnect (watch->clock, watch->painted);
  watch->painted = 0;
  g_clear_object (&watch->clock);
}

/* --- after the next frame ----------------------------------------------------------------------------------- */

typedef struct
{
  GWeakRef view;
  GdkFrameClock *clock; /* owned; NULL until it is waited for */
  gulong painted;
  McPaintedFunc func;
} Painted;

static void
painted_call (Painted *painted)
{
  g_autoptr (GtkWidget) view = g_weak_ref_get (&painted->view);

  if (painted->clock)
    g_signal_handler_disconnect (painted->clock, painted->painted);
  if (view)
    painted->func (view);
  g_clear_object (&painted->clock);
  g_weak_ref_clear (&painted->view);
  g_free (painted);
}

static void
frame_painted_cb (GdkFrameClock *clock, Painted *painted)
{
  painted_call (painted);
}

static gboolean
wait_for_paint_cb (gpointer data)
{
  Painted *painted = data;
  g_autoptr (GtkWidget) view = g_weak_ref_get (&painted->view);

  if (!view || !gtk_widget_get_mapped (view))
    {
      painted_call (painted);
      return G_SOURCE_REMOVE;
    }
  painted->clock = g_object_ref (gtk_widget_get_frame_clock (view));
  painted->painted = g_signal_connect (painted->clock, "after-paint", G_CALLBACK (frame_painted_cb), painted);
  gtk_widget_queue_draw (view);
  return G_SOURCE_REMOVE;
}

void
mc_list_view_after_paint (GtkWidget *view, McPaintedFunc func)
{
  Painted *painted;

  g_return_if_fail (GTK_IS_WIDGET (view) && func != NULL);

  painted = g_new0 (Painted, 1);
  g_weak_ref_init (&painted->view, view);
  painted->func = func;
  /* What is being set up at the moment shows it, or not. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, wait_for_paint_cb, painted, NULL);
}

/* --- growing ------------------------------------------------------------------------------------------------ */

static gboolean
grow_cb (gpointer data)
{
  Watch *watch = data;

  watch->grow_source = 0;
  mc_query_model_grow (watch->model);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, Watch *watch)
{
  stop_waiting (watch);
  watch->grow_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, REST_MS, grow_cb, watch, NULL);
}

static void
wait_for_frame (Watch *watch)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (watch->view);

  g_clear_handle_id (&watch->grow_source, g_source_remove);
  if (!mc_query_model_is_growing (watch->model) || watch->painted || !clock || !gtk_widget_get_mapped (watch->view))
    return;
  watch->clock = g_object_ref (clock);
  watch->painted = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), watch);
  gtk_widget_queue_draw (watch->view);
}

static void
view_gone_cb (gpointer data, GObject *view)
{
  Watch *watch = data;

  stop_waiting (watch);
  g_clear_handle_id (&watch->grow_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (watch->model, watch);
  g_object_unref (watch->model);
  g_free (watch);
}

void
mc_list_view_watch (GtkWidget *view, McQueryModel *model)
{
  Watch *watch;

  g_return_if_fail (GTK_IS_WIDGET (view) && MC_IS_QUERY_MODEL (model));

  watch = g_new0 (Watch, 1);
  watch->view = view;
  watch->model = g_object_ref (model);
  g_object_weak_ref (G_OBJECT (view), view_gone_cb, watch);
  g_signal_connect_swapped (view, "map", G_CALLBACK (wait_for_frame), watch);
  g_signal_connect_swapped (model, "notify::growing", G_CALLBACK (wait_for_frame), watch);
  wait_for_frame (watch);
}

void
mc_list_view_name_row (GtkListItem *list_item, const char *name)
{
  GtkWidget *child, *cell, *row;

  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  child = gtk_list_item_get_child (list_item);
  cell = child ? gtk_widget_get_parent (child) : NULL;
  row = cell ? gtk_widget_get_parent (cell) : NULL;
  if (cell)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (row && g_strcmp0 (G_OBJECT_TYPE_NAME (row), "GtkListItemWidget") == 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
