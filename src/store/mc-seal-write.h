/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sealing, amending, late changes, erasures: the writes that are not saves. */
#pragma once

#include "mc-save.h"

G_BEGIN_DECLS

/* Each carries out the function mc_transaction_… of its name. */
gboolean mc_seal_write (McSaver *saver, const McEntity *entity, const char *root, const char *kind, GError **error);
gboolean mc_seal_amend (McSaver *saver, const McEntity *entity, const char *root, const char *reason, GError **error);
gboolean mc_seal_set_aside (McSaver *saver, const McEntity *entity, const char *record, const McRef *change, const char *reason, GError **error);
gboolean mc_seal_take_in (McSaver *saver, const McEntity *entity, const char *record, const McRef *change, const char *reason, GError **error);
gboolean mc_seal_erase_value (McSaver *saver, const McEntity *entity, const char *record, const char *key, const char *reason, GError **error);
gboolean mc_seal_erase_blob (McSaver *saver, const McEntity *entity, const char *record, const char *digest, const char *reason, GError **error);
gboolean mc_seal_pick (McSaver *saver, const McRecord *base, const char *key, const McValue *value, GError **error);

G_END_DECLS
