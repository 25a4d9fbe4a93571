/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes that are appended first and read at any place later: a first part in memory, the rest in a temporary file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _McSpill McSpill;

McSpill *mc_spill_new (gsize in_memory);
void mc_spill_free (McSpill *self);

guint64 mc_spill_get_size (McSpill *self);

/* MC_TABLE_ERROR_FAILED if the temporary file cannot be written. */
gboolean mc_spill_append (McSpill *self, gconstpointer bytes, gsize length, GError **error);

/* Copies @length bytes from @offset on; they must be there. */
gboolean mc_spill_read (McSpill *self, guint64 offset, gpointer bytes, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSpill, mc_spill_free)

G_END_DECLS
