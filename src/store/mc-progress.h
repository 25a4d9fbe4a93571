/* SPDX-License-Identifier: GPL-3.0-or-later
 * How long work tells how far it is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @step: what is being done, translated, for the user ("Reading the log"). @total 0: not known yet. Blocking functions call it
 * on the thread that called them; asynchronous ones in the main context of their caller. At most about thirty times a second. */
typedef void (*McProgressFunc) (const char *step, guint64 done, guint64 total, gpointer user_data);

G_END_DECLS
