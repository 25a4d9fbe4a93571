/* SPDX-License-Identifier: GPL-3.0-or-later
 * A database that is being opened before there is a window to show it in. */
#include "mc-store-opening.h"

struct _McStoreOpening
{
  char *path;
  GCancellable *cancellable;
  GAsyncResult *result;         /* NULL until it is there */
  GAsyncReadyCallback callback; /* NULL until somebody waits */
  gpointer callback_data;
};

static void
opening_free (McStoreOpening *self)
{
  g_free (self->path);
  g_object_unref (self->cancellable);
  g_clear_object (&self->result);
  g_free (self);
}

static gboolean
deliver_cb (gpointer data)
{
  McStoreOpening *self = data;

  self->callback (NULL, self->result, self->callback_data);
  opening_free (self);
  return G_SOURCE_REMOVE;
}

static void
close_again (McStoreOpening *self)
{
  g_autoptr (McStore) store = mc_store_open_finish (self->result, NULL);

  if (store)
    mc_store_close (store);
  opening_free (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  McStoreOpening *self = data;

  self->result = g_object_ref (result);
  if (self->callback)
    deliver_cb (self);
  else if (g_cancellable_is_cancelled (self->cancellable))
    close_again (self);
}

McStoreOpening *
mc_store_opening_begin (const char *path, McStoreFlags flags)
{
  McStoreOpening *self = g_new0 (McStoreOpening, 1);

  self->path = path ? g_strdup (path) : mc_store_default_path ();
  self->cancellable = g_cancellable_new ();
  mc_store_open_async (self->path, flags, self->cancellable, opened_cb, self);
  return self;
}

const char *
mc_store_opening_get_path (McStoreOpening *self)
{
  return self->path;
}

void
mc_store_opening_cancel (McStoreOpening *self)
{
  g_return_if_fail (self->callback == NULL);

  g_cancellable_cancel (self->cancellable);
  if (self->result)
    close_again (self);
}

void
mc_store_opening_wait (McStoreOpening *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->callback == NULL && callback != NULL);

  self->callback = callback;
  self->callback_data = user_data;
  if (self->result)
    g_idle_add_full (G_PRIORITY_DEFAULT, deliver_cb, self, NULL);
}
