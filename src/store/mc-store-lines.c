/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines that this store holds, read out as they travel. */
#include "mc-lines.h"
#include "mc-store-internal.h"

typedef struct
{
  const char *device;
  guint64 from_seq;
  gboolean with_openings;
  GString *out;
} Reading;

static gboolean
append_openings (McDatabase  *database,
                 const char  *line,
                 gsize        length,
                 GString     *out,
                 GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT digest, salt, value FROM opened WHERE digest = ?1", error);
  char hex[2 * MC_DIGEST_BYTES + 1];
  gsize position = 0;

  if (!statement)
    return FALSE;
  while (mc_lines_find_sealed (line, length, &position, hex))
    {
      McDigest digest;
      int more;

      if (!mc_digest_from_hex (hex, &digest))
        continue;
      sqlite3_bind_blob (statement, 1, digest.bytes, MC_DIGEST_BYTES, SQLITE_STATIC);
      more = mc_database_step (database, statement, error);
      if (more < 0)
        return FALSE;
      if (more == 1 && sqlite3_column_bytes (statement, 1) == MC_SALT_BYTES)
        mc_lines_append_opening (out, digest.bytes, sqlite3_column_blob (statement, 1), (const char *) sqlite3_column_text (statement, 2));
      mc_database_done (statement);
    }
  return TRUE;
}

static gboolean
append_chain (McDatabase  *database,
              gint64       chain,
              const char  *device,
              Reading     *reading,
              GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT seq, line, digest FROM change WHERE chain = ?1 AND seq >= ?2 ORDER BY seq", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain);
  sqlite3_bind_int64 (statement, 2, (gint64) reading->from_seq);
  while ((more = mc_database_step (database, statement, error)) == 1)
    {
      const char *line = (const char *) sqlite3_column_text (statement, 1);
      gsize length = (gsize) sqlite3_column_bytes (statement, 1);

      if (!line && sqlite3_column_bytes (statement, 2) == MC_DIGEST_BYTES)
        mc_lines_append_stub (reading->out, device, (guint64) sqlite3_column_int64 (statement, 0), sqlite3_column_blob (statement, 2));
      if (!line)
        continue;
      mc_lines_append_line (reading->out, line, length);
      if (reading->with_openings && !append_openings (database, line, length, reading->out, error))
        {
          mc_database_done (statement);
          return FALSE;
        }
    }
  return more == 0;
}

static gboolean
append_checkpoints (McDatabase  *database,
                    gint64       chain,
                    const char  *device,
                    Reading     *reading,
                    GError     **error)
{
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT seq, link, signature FROM checkpoint WHERE chain = ?1 AND seq >= ?2 ORDER BY seq", error);
  int more;

  if (!statement)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, chain);
  sqlite3_bind_int64 (statement, 2, (gint64) reading->from_seq);
  while ((more = mc_database_step (database, statement, error)) == 1)
    if (sqlite3_column_bytes (statement, 1) == MC_DIGEST_BYTES && sqlite3_column_bytes (statement, 2) == MC_SIGNATURE_BYTES)
      mc_lines_append_checkpoint (reading->out, device, (guint64) sqlite3_column_int64 (statement, 0),
                                  sqlite3_column_blob (statement, 1), sqlite3_column_blob (statement, 2));
  return more == 0;
}

static gboolean
read_lines (McDatabase    *database,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Reading *reading = data;
  sqlite3_stmt *statement = mc_database_statement (database, "SELECT n, device FROM chain WHERE ?1 IS NULL OR device = ?1 ORDER BY device", error);
  int more;

  if (!statement)
    return FALSE;
  if (reading->device)
    sqlite3_bind_text (statement, 1, reading->device, -1, SQLITE_STATIC);
  while ((more = mc_database_step (database, statement, error)) == 1)
    {
      const char *device = (const char *) sqlite3_column_text (statement, 1);
      gint64 chain = sqlite3_column_int64 (statement, 0);

      if (!append_chain (database, chain, device, reading, error) || !append_checkpoints (database, chain, device, reading, error))
        {
          mc_database_done (statement);
          return FALSE;
        }
    }
  return more == 0;
}

char *
mc_store_read_lines (McStore     *self,
                     const char  *device,
                     guint64      from_seq,
                     gboolean     with_openings,
                     GError     **error)
{
  Reading reading = { device, from_seq, with_openings, g_string_new (NULL) };
  gboolean done = mc_store_run_read (self, read_lines, &reading, NULL, error);

  return g_string_free (reading.out, !done);
}
