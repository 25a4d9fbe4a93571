/* SPDX-License-Identifier: GPL-3.0-or-later
 * The log tables: lines in their chains, the openings of sealed values, and what other records must know of a line. */
#pragma once

#include "mc-chain.h"
#include "mc-change.h"
#include "mc-database.h"

G_BEGIN_DECLS

/* --- ids as 16 bytes --- */

void mc_log_pack_uuid (const char *uuid, guint8 bytes[16]);
void mc_log_unpack_uuid (const guint8 bytes[16], char uuid[37]);

/* --- chains --- */

typedef struct
{
  gint64 n;             /* of table chain; 0: not there */
  char device[37];
  guint8 public_key[32];
  guint64 last_seq;     /* 0: no line yet */
  McDigest last_link;   /* link 0 if there is no line */
  gint64 last_at;       /* of the last line; set by mc_log_load_chain() only where it can be read */
} McLogChain;

/* @chain->n stays 0 if @device has no chain here. FALSE with @error only for a failure. */
gboolean mc_log_load_chain (McDatabase *database, const char *device, McLogChain *chain, GError **error);

/* Adds the chain of @chain->device with its public key; sets n and link 0. */
gboolean mc_log_add_chain (McDatabase *database, McLogChain *chain, GError **error);

/* --- lines --- */

/* Appends the next line of @chain: digest and link are computed, @chain goes on, n is returned in @n (may be NULL). @record NULL: a grammar of a newer version. */
gboolean mc_log_append_line (McDatabase *database, McLogChain *chain, const char *record, const char *line, gsize length,
                             gint64 *n, GError **error);
gboolean mc_log_append_stub (McDatabase *database, McLogChain *chain, const McDigest *digest, GError **error);

/* Notes in `seal`, `refused`, `erased` (deleting the opening) and `blob` what the line @n = @change says of other records and
 * values. Called once for each line, by save, apply and rebuild alike, before its record is derived. */
gboolean mc_log_index_line (McDatabase *database, gint64 n, const McChange *change, GError **error);

/* The parsed lines of @record of @entity (others of that id are left out), in the order of arrival: McChange, upgraded. Grammar errors
 * are CORRUPT. */
GPtrArray *mc_log_load_lines (McDatabase *database, const McEntity *entity, const char *record, GError **error);

/* The lines with a seal of @root, refused or not. */
GPtrArray *mc_log_load_seals (McDatabase *database, const char *root, GError **error);

/* Set of McRef: what verdicts refuse of @record and (of a part; may be NULL) of its root. NULL if none. */
gboolean mc_log_load_refused (McDatabase *database, const char *record, const char *root, GHashTable **refused, GError **error);

/* --- openings --- */

gboolean mc_log_add_opening (McDatabase *database, const McDigest *digest, const guint8 salt[MC_SALT_BYTES], const char *value, GError **error);

/* Replaces a SEALED @value by its opened text; stays SEALED and *@missing is TRUE where there is no opening. */
gboolean mc_log_open_value (McDatabase *database, McValue *value, gboolean *missing, GError **error);

/* Was this (hex digest of a sealed value) erased by a line here? Else an opening that is missing was never given to this file. */
gboolean mc_log_is_erased (McDatabase *database, const char *hex_digest, gboolean *erased, GError **error);

/* n of table change of a line; 0 if it is not here. */
gboolean mc_log_find_line (McDatabase *database, const McRef *ref, gint64 *n, GError **error);

G_END_DECLS
