/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a record must be before it is written, as far as it can be told without the database. Pure. */
#pragma once

#include "mc-error.h"
#include "mc-record.h"

G_BEGIN_DECLS

/* Checks the type of a value against its field: INPUT, in words. */
gboolean mc_save_check_value (const McField *field, const McValue *value, GError **error);

/* Are all required fields filled in? INPUT, in words. */
gboolean mc_save_check_required (const McRecord *record, GError **error);

/* Puts the kind and the name of the record before an error that concerns it alone. @record (may be NULL) gives the name. */
void mc_save_name_record (GError **error, const char *entity, const char *id, const McRecord *record);

G_END_DECLS
