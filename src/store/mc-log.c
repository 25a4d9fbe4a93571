/* SPDX-License-Identifier: GPL-3.0-or-later
 * The log tables: lines in their chains, the openings of sealed values, and what other records must know of a line. */
#include "mc-log.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mc-merge.h"

/* --- ids -------------------------------------------------------------------------------------------------- */

/* Of a lower-case digit. */
static guint8
hex_value (char c)
{
  return (guint8) ((c & 15) + (c > '9' ? 9 : 0));
}

void
mc_log_pack_uuid (const char *uuid,
                  guint8      bytes[16])
{
  guint n = 0;

  for (const char *p = uuid; p[0] && p[1] && n < 16; p++)
    if (*p != '-')
      {
        bytes[n++] = (guint8) ((hex_value (p[0]) & 15) << 4 | (hex_value (p[1]) & 15));
        p++;
      }
  memset (bytes + n, 0, 16 - n);
}

void
mc_log_unpack_uuid (const guint8 bytes[16],
                    char         uuid[37])
{
  char hex[33];

  mc_hex_from_bytes (bytes, 16, hex);
  g_snprintf (uuid, 37, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static void
bind_uuid (sqlite3_stmt *statement,
           int           index,
           const char   *uuid)
{
  guint8 bytes[16] = { 0 };

  mc_log_pack_uuid (uuid, bytes);
  sqlite3_bind_blob (statement, index, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

static void
bind_digest (sqlite3_stmt *statement,
             int           index,
             const char   *hex)
{
  guint8 bytes[32] = { 0 };

  (void) mc_hex_to_bytes (hex, bytes, sizeof bytes);
  sqlite3_bind_blob (statement, index, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

/* --- chains ----------------------------------------------------------------------------------------------- */

static gboolean
copy_blob (sqlite3_stmt *statement,
           int           column,
           guint8       *bytes,
           int           length)
{
  if (sqlite3_column_bytes (statement, column) != length)
    return FALSE;
  memcpy (bytes, sqlite3_column_blob (statement, column), (gsize) length);
  return TRUE;
}

static gboolean
load_tip (McDatabase  *database,
          McLogChain  *chain,
          GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT seq, link, line FROM change WHERE chain = ?1 ORDER BY seq DESC LIMIT 1", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain->n);
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      const char *line = (const char *) sqlite3_column_text (statement, 2);
      g_autoptr (McChange) change = line ? mc_change_parse (line, sqlite3_column_bytes (statement, 2), NULL) : NULL;

      chain->last_seq = (guint64) sqlite3_column_int64 (statement, 0);
      chain->last_at = change ? change->at : 0;
      if (!copy_blob (statement, 1, chain->last_link.bytes, 32))
        {
          mc_store_set_sqlite_error (error, NULL, SQLITE_CORRUPT);
          more = -1;
        }
      mc_database_done (statement);
    }
  return more >= 0;
}

gboolean
mc_log_load_chain (McDatabase  *database,
                   const char  *device,
                   McLogChain  *chain,
                   GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT n, public_key FROM chain WHERE device = ?1", error);
  int more;

  memset (chain, 0, sizeof *chain);
  g_strlcpy (chain->device, device, sizeof chain->device);
  mc_chain_start (device, &chain->last_link);
  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, device, -1, SQLITE_STATIC);
  more = mc_database_step (database, statement, error);
  if (more <= 0)
    return more == 0;
  chain->n = sqlite3_column_int64 (statement, 0);
  if (!copy_blob (statement, 1, chain->public_key, 32))
    {
      mc_store_set_sqlite_error (error, NULL, SQLITE_CORRUPT);
      more = -1;
    }
  mc_database_done (statement);
  return more == 1 && load_tip (database, chain, error);
}

gboolean
mc_log_add_chain (McDatabase  *database,
                  McLogChain  *chain,
                  GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT INTO chain (device, public_key) VALUES (?1, ?2)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, chain->device, -1, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, chain->public_key, 32, SQLITE_STATIC);
  if (!mc_database_run (database, statement, error))
    return FALSE;
  chain->n = sqlite3_last_insert_rowid (mc_database_get_handle (database));
  mc_chain_start (chain->device, &chain->last_link);
  chain->last_seq = 0;
  chain->last_at = 0;
  return TRUE;
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static gboolean
append (McDatabase      *database,
        McLogChain      *chain,
        const char      *record,
        const char      *line,
        gsize           length,
        const McDigest  *digest,
        gint64          *n,
        GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database,
                                                   "INSERT INTO change (chain, seq, record, line, digest, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  guint8 id[16];
  McDigest link;

  if (!statement)
    return FALSE;
  mc_chain_next (&chain->last_link, digest, &link);
  sqlite3_bind_int64 (statement, 1, chain->n);
  sqlite3_bind_int64 (statement, 2, (gint64) chain->last_seq + 1);
  if (record)
    {
      mc_log_pack_uuid (record, id);
      sqlite3_bind_blob (statement, 3, id, sizeof id, SQLITE_STATIC);
    }
  if (line)
    sqlite3_bind_text (statement, 4, line, (int) length, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 5, digest->bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 6, link.bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
  if (!mc_database_run (database, statement, error))
    return FALSE;
  chain->last_seq++;
  chain->last_link = link;
  if (n)
    *n = sqlite3_last_insert_rowid (mc_database_get_handle (database));
  return TRUE;
}

gboolean
mc_log_append_line (McDatabase  *database,
                    McLogChain  *chain,
                    const char  *record,
                    const char  *line,
                    gsize        length,
                    gint64      *n,
                    GError     **error)
{
  McDigest digest;

  mc_digest_of (line, length, &digest);
  return append (database, chain, record, line, length, &digest, n, error);
}

gboolean
mc_log_append_stub (McDatabase     *database,
                    McLogChain     *chain,
                    const McDigest *digest,
                    GError        **error)
{
  return append (database, chain, NULL, NULL, 0, digest, NULL, error);
}

gboolean
mc_log_find_line (McDatabase   *database,
                  const McRef  *ref,
                  gint64       *n,
                  GError      **error)
{
  sqlite3_stmt *statement = mc_database_statement (database,
                                                   "SELECT change.n FROM chain JOIN change ON change.chain = chain.n WHERE device = ?1 AND seq = ?2", error);
  int more;

  *n = 0;
  if (!statement)
    return FALSE;
  sqlite3_bind_text (statement, 1, ref->device, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, (gint64) ref->seq);
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      *n = sqlite3_column_int64 (statement, 0);
      mc_database_done (statement);
    }
  return more >= 0;
}

/* --- what a line says of others --------------------------------------------------------------------------- */

static gboolean
index_seal (McDatabase      *database,
            gint64           n,
            const McChange  *change,
            GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT OR IGNORE INTO seal (root, change) VALUES (?1, ?2)", error);

  if (!statement)
    return FALSE;
  bind_uuid (statement, 1, change->record);
  sqlite3_bind_int64 (statement, 2, n);
  return mc_database_run (database, statement, error);
}

static gboolean
index_verdict (McDatabase      *database,
               gint64           n,
               const McChange  *change,
               GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT OR IGNORE INTO refused (record, device, seq, change) VALUES (?1, ?2, ?3, ?4)", error);

  if (!statement)
    return FALSE;
  bind_uuid (statement, 1, change->record);
  sqlite3_bind_text (statement, 2, change->verdict.device, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, (gint64) change->verdict.seq);
  sqlite3_bind_int64 (statement, 4, n);
  return mc_database_run (database, statement, error);
}

static gboolean
run_with_digest (McDatabase  *database,
                 const char  *sql,
                 const char  *hex,
                 gboolean     as_text,
                 GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);

  if (!statement)
    return FALSE;
  if (as_text)
    sqlite3_bind_text (statement, 1, hex, -1, SQLITE_STATIC);
  else
    bind_digest (statement, 1, hex);
  return mc_database_run (database, statement, error);
}

static gboolean
index_erasure (McDatabase      *database,
               gint64           n,
               const McChange  *change,
               GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT OR IGNORE INTO erased (digest, kind, change) VALUES (?1, ?2, ?3)", error);
  gboolean is_blob = change->erases == MC_ERASES_BLOB;

  if (!statement)
    return FALSE;
  bind_digest (statement, 1, change->erases_digest);
  sqlite3_bind_text (statement, 2, is_blob ? "blob" : "sealed", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, n);
  if (!mc_database_run (database, statement, error))
    return FALSE;
  if (is_blob)
    return run_with_digest (database,
                            "INSERT INTO blob (digest, state) VALUES (?1, 'erased') ON CONFLICT (digest) DO UPDATE SET state = 'erased'",
                            change->erases_digest, TRUE, error);
  return run_with_digest (database, "DELETE FROM opened WHERE digest = ?1", change->erases_digest, FALSE, error);
}

/* A blob that a line names and that is not here is awaited. */
static gboolean
index_blobs (McDatabase      *database,
             const McChange  *change,
             GError         **error)
{
  const McEntity *entity = mc_entity_find (change->entity);

  for (guint i = 0; entity && i < entity->n_fields; i++)
    {
      const McFieldChange *set = entity->fields[i].type == MC_FIELD_BLOB ? mc_change_field (change, entity->fields[i].key) : NULL;
      guint8 digest[32];

      if (!set || set->value.type != MC_VALUE_TEXT || !mc_hex_to_bytes (set->value.text, digest, sizeof digest))
        continue;
      if (!run_with_digest (database, "INSERT OR IGNORE INTO blob (digest, state) VALUES (?1, 'to_fetch')", set->value.text, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mc_log_index_line (McDatabase      *database,
                   gint64           n,
                   const McChange  *change,
                   GError         **error)
{
  return (!change->seal || index_seal (database, n, change, error)) &&
         (change->verdict.seq == 0 || index_verdict (database, n, change, error)) &&
         (change->erases == MC_ERASES_NOTHING || index_erasure (database, n, change, error)) &&
         index_blobs (database, change, error);
}

/* --- reading lines ---------------------------------------------------------------------------------------- */

static void
free_change (gpointer change)
{
  mc_change_free (change);
}

/* What stands in the file was checked when it came in; what cannot be read now was damaged since. */
static gboolean
add_line (GPtrArray       *lines,
          sqlite3_stmt    *statement,
          const McEntity  *entity,
          GError         **error)
{
  g_autoptr (McChange) change = NULL;
  const char *line = (const char *) sqlite3_column_text (statement, 0);

  change = line ? mc_change_parse (line, sqlite3_column_bytes (statement, 0), NULL) : NULL;
  if (!change)
    {
      mc_store_set_sqlite_error (error, NULL, SQLITE_CORRUPT);
      return FALSE;
    }
  mc_change_upgrade (change);
  if (!entity || strcmp (change->entity, entity->name) == 0)
    g_ptr_array_add (lines, g_steal_pointer (&change));
  return TRUE;
}

static GPtrArray *
load (McDatabase      *database,
      const char      *sql,
      const char      *record,
      const McEntity  *entity,
      GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, sql, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (free_change);
  int more;

  if (!statement)
    return NULL;
  bind_uuid (statement, 1, record);
  while ((more = mc_database_step (database, statement, error)) == 1)
    if (!add_line (lines, statement, entity, error))
      {
        mc_database_done (statement);
        return NULL;
      }
  return more < 0 ? NULL : g_steal_pointer (&lines);
}

GPtrArray *
mc_log_load_lines (McDatabase      *database,
                   const McEntity  *entity,
                   const char      *record,
                   GError         **error)
{
  return load (database, "SELECT line FROM change WHERE record = ?1 AND line IS NOT NULL ORDER BY n", record, entity, error);
}

GPtrArray *
mc_log_load_seals (McDatabase  *database,
                   const char  *root,
                   GError     **error)
{
  return load (database, "SELECT line FROM seal JOIN change ON change.n = seal.change WHERE root = ?1 ORDER BY seal.change", root, NULL, error);
}

static gboolean
add_refused (McDatabase   *database,
             const char   *record,
             GHashTable  **refused,
             GError      **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT device, seq FROM refused WHERE record = ?1", error);
  int more;

  if (!statement)
    return FALSE;
  bind_uuid (statement, 1, record);
  while ((more = mc_database_step (database, statement, error)) == 1)
    {
      McRef *ref = g_new0 (McRef, 1);

      g_strlcpy (ref->device, (const char *) sqlite3_column_text (statement, 0), sizeof ref->device);
      ref->seq = (guint64) sqlite3_column_int64 (statement, 1);
      if (!*refused)
        *refused = g_hash_table_new_full (mc_ref_hash, mc_ref_hash_equal, g_free, NULL);
      g_hash_table_add (*refused, ref);
    }
  return more == 0;
}

gboolean
mc_log_load_refused (McDatabase   *database,
                     const char   *record,
                     const char   *root,
                     GHashTable  **refused,
                     GError      **error)
{
  g_autoptr (GHashTable) found = NULL;

  *refused = NULL;
  if (!add_refused (database, record, &found, error) ||
      (root && *root && strcmp (root, record) != 0 && !add_refused (database, root, &found, error)))
    return FALSE;
  *refused = g_steal_pointer (&found);
  return TRUE;
}

/* --- openings --------------------------------------------------------------------------------------------- */

gboolean
mc_log_add_opening (McDatabase      *database,
                    const McDigest  *digest,
                    const guint8     salt[MC_SALT_BYTES],
                    const char      *value,
                    GError         **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "INSERT OR IGNORE INTO opened (digest, salt, value) VALUES (?1, ?2, ?3)", error);

  if (!statement)
    return FALSE;
  sqlite3_bind_blob (statement, 1, digest->bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 2, salt, MC_SALT_BYTES, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, value, -1, SQLITE_STATIC);
  return mc_database_run (database, statement, error);
}

gboolean
mc_log_open_value (McDatabase  *database,
                   McValue     *value,
                   gboolean    *missing,
                   GError     **error)
{
  sqlite3_stmt *statement;
  int more;

  if (value->type != MC_VALUE_SEALED)
    return TRUE;
  statement = mc_database_statement (database, "SELECT value FROM opened WHERE digest = ?1", error);
  if (!statement)
    return FALSE;
  bind_digest (statement, 1, value->text);
  more = mc_database_step (database, statement, error);
  if (more == 1)
    {
      g_autofree char *text = g_strdup ((const char *) sqlite3_column_text (statement, 0));

      mc_database_done (statement);
      /* One that was damaged on the disk is no text any more; verify names it. */
      if (!text || !g_utf8_validate (text, -1, NULL))
        {
          if (missing)
            *missing = TRUE;
          return TRUE;
        }
      mc_value_clear (value);
      mc_value_init_text (value, text);
    }
  else if (missing)
    *missing = TRUE;
  return more >= 0;
}

gboolean
mc_log_is_erased (McDatabase  *database,
                  const char  *hex_digest,
                  gboolean    *erased,
                  GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT 1 FROM erased WHERE digest = ?1 AND kind = 'sealed'", error);
  int more;

  if (!statement)
    return FALSE;
  bind_digest (statement, 1, hex_digest);
  more = mc_database_step (database, statement, error);
  *erased = more == 1;
  if (more == 1)
    mc_database_done (statement);
  return more >= 0;
}
