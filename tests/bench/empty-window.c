/* SPDX-License-Identifier: GPL-3.0-or-later
 * An empty window of the size of ours; tells its first frame as ours does. */
#include <adwaita.h>
#include <stdlib.h>
#include <unistd.h>

static void
after_paint_cb (GdkFrameClock *clock)
{
  const char *number = g_getenv ("MINGCHA_FIRST_FRAME_FD");
  char text[32];
  int length = g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, NULL);
  if (number && write (atoi (number), text, (gsize) length) != length)
    g_warning ("nobody listens");
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);

  gtk_window_set_default_size (GTK_WINDOW (window), 1376, 778);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("org.mingcha.EmptyWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
