/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ids of records: UUID version 7 for what one person makes, version 5 for what two can make independently. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_UUID_LENGTH 36

/* RFC 9562 version 7: 48 bits of ms since 1970, the rest random, ascending within the process. Caller frees. */
char *mc_uuid_new (void);

/* RFC 9562 version 5 (SHA-1) in Mingcha's own namespace, of the parts joined by U+001F. End with NULL. Caller frees. */
char *mc_uuid_new_for (const char *first_part, ...) G_GNUC_NULL_TERMINATED;

/* TRUE for 36 characters of lower-case hex and dashes in their places. */
gboolean mc_uuid_is_valid (const char *text);

G_END_DECLS
