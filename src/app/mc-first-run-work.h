/* SPDX-License-Identifier: GPL-3.0-or-later
 * The work of the first run: database, areas, authority, user, and the sample roster. */
#pragma once

#include "registry/mc-setup.h"

G_BEGIN_DECLS

/* @store: one that is open and has no user; NULL: @path is created. @with_samples: the sample check matters and the roster of 72
 * projects too. Runs on a thread of its own. */
void mc_first_run_work_async (const char *path, McStore *store, const McSetupOptions *options, gboolean with_samples,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/* The store, with its user. On failure of the samples alone the store is given too, and @sample_error says what was wrong. */
McStore *mc_first_run_work_finish (GAsyncResult *result, GError **sample_error, GError **error);

G_END_DECLS
