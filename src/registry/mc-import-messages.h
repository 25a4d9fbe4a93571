/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is to be said about the rows of an import: the first 10,000 in memory, all of them in a temporary file. */
#pragma once

#include "mc-import.h"

G_BEGIN_DECLS

typedef struct _McImportMessages McImportMessages;

McImportMessages *mc_import_messages_new (void);
void mc_import_messages_free (McImportMessages *self);

/* Takes @text. @column_title may be NULL. */
gboolean mc_import_messages_add (McImportMessages *self, McImportOutcome outcome, guint64 row, guint column, const char *column_title, char *text, GError **error);

guint64 mc_import_messages_get_n (McImportMessages *self);
/* The first ones, by row (of McImportMessage); borrowed. */
GPtrArray *mc_import_messages_get_first (McImportMessages *self);
gboolean mc_import_messages_write_report (McImportMessages *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McImportMessages, mc_import_messages_free)

G_END_DECLS
