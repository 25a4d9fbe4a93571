/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tells a measuring program when the window's first full picture was painted. */
#include "mc-first-frame.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "widgets/mc-page.h"

#define VARIABLE "MINGCHA_FIRST_FRAME_FD"

/* The list that @widget shows, or NULL. */
static GListModel *
find_list (GtkWidget *widget)
{
  GListModel *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_COLUMN_VIEW (widget))
    return G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static gboolean
is_full (McPage *page)
{
  GListModel *list = page ? find_list (GTK_WIDGET (page)) : NULL;

  return page && ((list && g_list_model_get_n_items (list) >= MC_FIRST_FRAME_ROWS) || !mc_page_get_busy (page));
}

static void
after_paint_cb (GdkFrameClock *clock, McWindow *window)
{
  gint64 now = g_get_monotonic_time ();
  char text[32];
  int length;

  if (!is_full (mc_window_get_page (window)))
    return;
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, window);
  length = g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "\n", now);
  if (write (atoi (g_getenv (VARIABLE)), text, (gsize) length) != length)
    g_debug ("nobody hears of the first frame: %s", g_strerror (errno));
}

void
mc_first_frame_watch (McWindow *window)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  if (!g_getenv (VARIABLE))
    return;
  gtk_widget_realize (GTK_WIDGET (window));
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (after_paint_cb), window, 0);
}
