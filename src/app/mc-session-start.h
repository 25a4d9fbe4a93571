/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is read once a store is open: is this the first run, and who works. */
#pragma once

#include "registry/mc-user.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean first_run; /* there is no user yet */
  GPtrArray *users;   /* of McUser */
  McUser *user;       /* borrowed from users: who worked last, else the first; NULL in a first run */
  GHashTable *settings; /* how they read: of char * by char * */
} McSessionStart;
void mc_session_start_free (McSessionStart *start);

/* @last_user: id; may be NULL or one that is gone. */
void mc_session_start_load_async (McStore *store, const char *last_user, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
McSessionStart *mc_session_start_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSessionStart, mc_session_start_free)

G_END_DECLS
