/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long work tells how far it is. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @step: what is being done, translated, for the user ("Reading the log"). @total 0: not known yet. Blocking functions call it
 * on the thread that called them; asynchronous ones in the main context of their caller. At most about thirty times a second. */
typedef void (*McProgressFunc) (const char *step, guint64 done, guint64 total, gpointer user_data);

/* For those who do the work: one teller for each piece of work, on its stack. */
typedef struct
{
  McProgressFunc func;
  gpointer data;
  const char *step;
  gint64 told_at; /* monotonic, µs */
} McProgress;

/* Tells at once if @step is another than before, else only if it was not told for 33 ms. @step must be a static string. */
void mc_progress_tell (McProgress *self, const char *step, guint64 done, guint64 total);

/* Carries calls from a thread to the main context that is the thread-default where it is made. */
typedef struct _McProgressRelay McProgressRelay;

McProgressRelay *mc_progress_relay_new (McProgressFunc func, gpointer data);
void mc_progress_relay_unref (McProgressRelay *self);
void mc_progress_relay_tell (const char *step, guint64 done, guint64 total, gpointer relay); /* an McProgressFunc */

G_END_DECLS
