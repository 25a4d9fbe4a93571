/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database that is being opened before there is a window to show it in. */
#pragma once

#include "store/mc-store.h"

G_BEGIN_DECLS

typedef struct _McStoreOpening McStoreOpening;

/* Begins at once, on a thread. @path: NULL is the default one. */
McStoreOpening *mc_store_opening_begin (const char *path, McStoreFlags flags);

const char *mc_store_opening_get_path (McStoreOpening *self);

/* Nobody waits any more: what opens later is closed again. */
void mc_store_opening_cancel (McStoreOpening *self);

/* Calls @callback once from the main loop, never from within; its result is for mc_store_open_finish(). Takes @self. */
void mc_store_opening_wait (McStoreOpening *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
